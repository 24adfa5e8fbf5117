"""A branch 条件分支: the first guard that holds, or every one, or else."""

from typing import Any

import pytest

from tests.runtime.stories import ANN, BO, approve, drawing, submitted


def nodes(take: str) -> dict[str, Any]:
    """Two guards and an else, joined when several ways are taken."""
    when = {"some": "n > 2", "more": "n > 5"}
    return {
        "x": {"type": "branch", "take": take, "when": when, "on": {"some": "a", "more": "b", "else": "c"}},
        "a": approve("j", ANN),
        "b": approve("j", BO),
        "c": approve("j", [{"member": "cy"}]),
        "j": {"type": "join", "on": {"next": "yes"}},
    }


@pytest.mark.parametrize(
    ("take", "n", "asked"),
    [
        ("first", 1, {"c": ["cy"]}),
        ("first", 3, {"a": ["ann"]}),
        ("first", 9, {"a": ["ann"]}),
        ("all", 1, {"c": ["cy"]}),
        ("all", 9, {"a": ["ann"], "b": ["bo"]}),
    ],
)
def test_the_way_taken(take: str, n: int, asked: dict[str, list[str]]) -> None:
    assert submitted(drawing(nodes(take)), n=n).asked == asked


def test_a_branch_without_guards_goes_the_other_way() -> None:
    play = submitted(drawing({"x": {"type": "branch", "on": {"else": "a"}}, "a": approve("yes")}))

    assert play.asked == {"a": ["ann"]}
