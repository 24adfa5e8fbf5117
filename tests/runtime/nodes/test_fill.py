"""Filling in 填写, in the middle of a workflow."""

from typing import Any

from tests.runtime.stories import BOTH, acts, drawing, refused, submitted


def fill(**settings: Any) -> dict[str, Any]:
    """Something to fill in, then the end."""
    return {"a": {"type": "fill", "on": {"submit": "yes"}, **settings}}


def test_without_a_rule_the_initiator_fills_it_in() -> None:
    play = submitted(drawing(fill()))
    assert play.asked == {"a": ["ini"]}

    acts(play, "ini", "submit")

    assert play.state["status"] == "approved"


def test_the_first_who_submits_moves_it_on() -> None:
    play = submitted(drawing(fill(assignees=BOTH)))

    acts(play, "bo", "submit")

    assert (play.state["status"], play.closed) == ("approved", {"ann": "skipped"})


def test_nobody_to_fill_it_in_is_skipped_where_that_is_set() -> None:
    play = submitted(drawing(fill(assignees=[{"role": "ghost"}], empty="skip")))

    assert play.state["status"] == "approved"


def test_only_submitting_is_possible_and_with_a_comment_where_that_is_set() -> None:
    play = submitted(drawing(fill(comment_required=["submit"])))
    event = {"type": "answered", "node": "a", "person": "ini", "by": "ini"}

    assert refused(play, **event, action="approve") == "not_possible_here"
    assert refused(play, **event, action="submit", comment=" ") == "comment_required"
