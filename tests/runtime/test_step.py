"""The pure machine 流程推进: stories on small drawings; every state passes through JSON between events."""

from typing import Any

import pytest

from builder.definition import Workflow
from builder.problem import Refusal
from runtime.node import Unknown
from runtime.step import NEW, fold, step
from tests.cases.approvals import Company, Performance
from tests.runtime.stories import ANN, BO, BOTH, PEOPLE, acts, approve, drawing, refused, submitted


def parallel(**after: Any) -> Workflow:
    """Two branches: ann then cy, and bo; both must arrive before `last`."""
    return drawing(
        {
            "split": {"type": "parallel", "on": {"left": "first", "right": "other"}},
            "first": approve("second", ANN),
            "second": approve("join", [{"member": "cy"}]),
            "other": approve("join", BO),
            "join": {"type": "join", "on": {"next": "last"}},
            "last": approve("yes", [{"member": "di"}]),
            **after,
        }
    )


def test_a_fact_that_is_missing_is_asked_for() -> None:
    with pytest.raises(Unknown) as unknown:
        step(drawing({"a": approve("yes")}), NEW, {"type": "started", "by": "ini", "at": ""})

    assert (unknown.value.question.key, unknown.value.question.about) == ("people:a", ANN)


def test_a_step_leaves_the_state_it_was_given_alone() -> None:
    play = submitted(drawing({"a": approve("yes")}))
    before = fold(play.workflow, play.events)

    acts(play, "ann", "approve")

    assert before["status"] == "running"
    assert play.state["status"] == "approved"


def test_an_instance_starts_once() -> None:
    assert refused(submitted(drawing({"a": approve("yes")})), type="started", by="ini") == "already_started"


def test_a_rejection_with_no_way_for_it_ends_the_instance_as_rejected() -> None:
    play = submitted(drawing({"a": {"type": "approve", "assignees": ANN, "on": {"approved": "yes"}}}))

    acts(play, "ann", "reject")

    assert (play.state["status"], play.asked) == ("rejected", {})


def test_a_rejection_in_one_branch_closes_the_other_branches() -> None:
    play = submitted(parallel())

    acts(play, "ann", "reject")

    assert (play.state["status"], play.closed) == ("rejected", {"bo": "ended"})


def test_a_return_within_a_branch_leaves_the_other_branch_alone() -> None:
    play = submitted(parallel())
    acts(play, "ann", "approve")

    acts(play, "cy", "return", to="first")

    assert play.asked == {"first": ["ann"], "other": ["bo"]}


def test_a_return_from_behind_the_join_keeps_what_the_other_branch_decided() -> None:
    play = submitted(parallel())
    for who in ("ann", "cy", "bo"):
        acts(play, who, "approve")

    acts(play, "di", "return", to="second")
    assert play.asked == {"second": ["cy"]}

    acts(play, "cy", "approve")
    assert play.asked == {"last": ["di"]}


def test_a_return_into_the_other_branch_is_refused() -> None:
    play = submitted(parallel())

    event = {"type": "answered", "node": "other", "person": "bo", "by": "bo", "action": "return", "to": "first"}

    assert refused(play, **event) == "return_to_running"


def test_a_return_to_the_start_arms_the_join_anew() -> None:
    play = submitted(parallel())
    acts(play, "bo", "approve")
    acts(play, "ann", "return", to="start")
    assert play.asked == {"draft": ["ini"]}

    acts(play, "ini", "submit")
    acts(play, "ann", "approve")
    acts(play, "cy", "approve")

    assert play.asked == {"other": ["bo"]}


def test_a_loop_backwards_out_of_a_branch_does_not_fire_the_join_early() -> None:
    workflow = parallel(first={**approve("second", ANN), "on": {"approved": "second", "rejected": "draft"}})
    play = submitted(workflow)
    acts(play, "bo", "approve")

    acts(play, "ann", "reject")

    assert play.asked == {"draft": ["ini"]}


def test_a_join_within_a_branch_does_not_wait_for_the_join_around_it() -> None:
    nodes: dict[str, Any] = {
        "outer": {"type": "parallel", "on": {"left": "inner", "right": "other"}},
        "inner": {"type": "parallel", "on": {"a": "one", "b": "two"}},
        "one": approve("inner_join", ANN),
        "two": approve("inner_join", BO),
        "other": approve("outer_join", [{"member": "cy"}]),
        "inner_join": {"type": "join", "on": {"next": "outer_join"}},
        "outer_join": {"type": "join", "on": {"next": "last"}},
        "last": {**approve("yes", [{"member": "di"}]), "on": {"approved": "yes", "rejected": "outer"}},
    }
    play = submitted(drawing(nodes))

    for who in ("cy", "ann", "bo"):
        acts(play, who, "approve")

    assert play.asked == {"last": ["di"]}


def test_two_branches_without_a_join_ask_at_the_common_node_once() -> None:
    nodes = {"split": {"type": "parallel", "on": {"a": "last", "b": "last"}}, "last": approve("yes")}

    assert submitted(drawing(nodes)).asked == {"last": ["ann"]}


def test_a_copy_tells_everybody_and_does_not_wait() -> None:
    nodes = {"tell": {"type": "copy", "assignees": BOTH, "on": {"next": "a"}}, "a": approve("yes")}

    play = submitted(drawing(nodes))

    assert play.asked == {"a": ["ann"]}
    assert [line["by"] for line in play.state["log"] if line["action"] == "copied"] == ["ann", "bo"]


def test_somebody_who_agreed_just_before_agrees_again_with_a_line_in_the_log() -> None:
    play = submitted(drawing({"a": approve("b", ANN), "b": approve("c", ANN), "c": approve("yes", BO)}))

    acts(play, "ann", "approve")

    assert play.asked == {"c": ["bo"]}
    assert {"by": "ann", "action": "auto_agreed", "node": "b"}.items() <= play.state["log"][-1].items()


def test_a_node_that_was_returned_to_is_not_agreed_to_unasked() -> None:
    nodes = {"a": approve("b", ANN), "b": approve("c", BOTH, agree="all"), "c": approve("yes", [{"member": "cy"}])}
    play = submitted(drawing(nodes))
    acts(play, "ann", "approve")
    acts(play, "bo", "approve")

    acts(play, "cy", "return", to="b")

    assert play.asked == {"b": ["ann", "bo"]}


@pytest.mark.parametrize("more", [{"comment_required": ["approve"]}, {"fields": {"invoice": "required"}}])
def test_agreement_is_not_repeated_where_something_must_be_written(more: dict[str, Any]) -> None:
    play = submitted(drawing({"a": approve("b", ANN), "b": approve("yes", ANN, **more)}))

    acts(play, "ann", "approve")

    assert play.asked == {"b": ["ann"]}


def test_the_initiator_withdraws_until_somebody_acted() -> None:
    play = submitted(drawing({"a": approve("b"), "b": approve("yes", BO)}))
    acts(play, "ann", "approve")

    assert refused(play, type="withdrawn", by="ini") == "cannot_withdraw"


def test_the_initiator_may_withdraw_what_was_returned_to_him() -> None:
    play = submitted(drawing({"a": approve("yes")}))
    acts(play, "ann", "return", to="start")

    play.happen(type="withdrawn", by="ini")

    assert (play.state["status"], play.asked) == ("withdrawn", {})


@pytest.mark.parametrize(("setting", "who"), [("off", "ini"), ("always", "ann")])
def test_withdrawing_is_refused(setting: str, who: str) -> None:
    play = submitted(drawing({"a": approve("yes")}, withdraw=setting))

    assert refused(play, type="withdrawn", by=who) == "cannot_withdraw"


def test_always_means_also_after_somebody_acted() -> None:
    play = submitted(drawing({"a": approve("b"), "b": approve("yes", BO)}, withdraw="always"))
    acts(play, "ann", "approve")

    play.happen(type="withdrawn", by="ini")

    assert play.state["status"] == "withdrawn"


def test_a_comment_decides_nothing() -> None:
    play = submitted(drawing({"a": approve("yes")}))

    play.happen(type="commented", by="bo", node="a", comment="why so much?")

    assert play.asked == {"a": ["ann"]}
    assert play.state["log"][-1]["comment"] == "why so much?"


def test_an_automatic_loop_is_an_error_and_not_an_endless_one() -> None:
    nodes = {"x": {"type": "branch", "when": {"b": "n > 1"}, "on": {"b": "x", "else": "yes"}}}

    with pytest.raises(Refusal, match="automatic_loop"):
        submitted(drawing(nodes), n=5)


def test_an_exit_that_leads_nowhere_is_an_error_and_never_an_approval() -> None:
    nodes = {"x": {"type": "branch", "when": {"b": "n > 1"}, "on": {"b": "yes"}}}

    with pytest.raises(Refusal, match="exit_leads_nowhere"):
        submitted(drawing(nodes), n=0)


def test_resuming_what_runs_is_refused() -> None:
    assert refused(submitted(drawing({"a": approve("yes")})), type="resumed", by="admin") == "not_suspended"


def test_nobody_to_ask_and_no_admin_is_refused_with_the_node() -> None:
    play = Performance(drawing({"a": approve("yes", [{"role": "ghost"}])}), Company(PEOPLE - {"admin"}), "ini")
    play.answer = lambda question: []  # type: ignore[method-assign]

    assert refused(play, type="started", by="ini") == "nobody_to_ask"


def test_who_acts_too_late_is_told_who_was_faster() -> None:
    play = submitted(drawing({"a": approve("b", BOTH), "b": approve("yes", [{"member": "cy"}])}))
    acts(play, "bo", "approve")

    with pytest.raises(Refusal) as refusal:
        play.happen(type="answered", node="a", person="ann", by="ann", action="reject")

    assert refusal.value.problems[0].code == "already_handled"
    assert refusal.value.problems[0].params["by"] == "bo"


def test_a_stranger_has_no_task() -> None:
    play = submitted(drawing({"a": approve("yes")}))

    assert refused(play, type="answered", node="a", person="bo", by="bo", action="approve") == "not_your_task"
