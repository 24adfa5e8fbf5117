"""Patterns of one's own that would hold other engines up for hours 正则拒绝服务."""

import pytest

from builder.formats import matches_pattern, usable_pattern

SLOW = [r"(a+)+", r"([a-zA-Z]+)*", r"(a|aa)+", r"(a|a?)+", r"(.*a){20}", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(a*)*b"]
REFUSED = [r"(a)\1", r"(?=a)a", r"(?<!a)b", r"(", r"((a{1000}){1000}){1000}", r"a)|(b"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("pattern", SLOW)
def test_a_pattern_is_done_with_a_long_text_before_the_world_ends(pattern: str) -> None:
    """An engine that tries every way would need more years than there are; ours reads the text once."""
    usable_pattern(pattern)
    assert matches_pattern(pattern, "a" * 200_000 + "!") in (True, False)


@pytest.mark.parametrize("pattern", REFUSED)
def test_a_pattern_that_cannot_be_matched_so_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="linear time"):
        usable_pattern(pattern)
