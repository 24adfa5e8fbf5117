"""Patterns of one's own that would hold other engines up for hours 正则拒绝服务."""

import time

import pytest

from builder.formats import matches_pattern, usable_pattern

SLOW = [r"(a+)+", r"([a-zA-Z]+)*", r"(a|aa)+", r"(a|a?)+", r"(.*a){20}", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(a*)*b"]
REFUSED = [r"(a)\1", r"(?=a)a", r"(?<!a)b", r"(", r"((a{1000}){1000}){1000}", r"a)|(b"]


@pytest.mark.parametrize("pattern", SLOW)
def test_a_pattern_needs_time_in_proportion_to_the_text(pattern: str) -> None:
    usable_pattern(pattern)
    matches_pattern(pattern, "a")
    began = time.process_time()
    matches_pattern(pattern, "a" * 2_000 + "!")
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize("pattern", REFUSED)
def test_a_pattern_that_cannot_be_matched_so_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="linear time"):
        usable_pattern(pattern)
