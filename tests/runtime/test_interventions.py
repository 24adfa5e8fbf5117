"""Back and forth on the pure machine: straight returns, taking back, jumps, a second life, urging (流程干预)."""

from typing import Any

import pytest

from builder.definition import Workflow
from runtime.step import fold
from tests.cases.play import Performance
from tests.runtime.stories import ANN, BO, BOTH, acts, approve, drawing, refused, submitted

CY, DI = [{"member": "cy"}], [{"member": "di"}]


def line_of_three(**settings: Any) -> Workflow:
    """ann, bo, cy; the settings are cy's."""
    return drawing({"a": approve("b", ANN), "b": approve("c", BO), "c": approve("yes", CY, **settings)})


def parallel(**settings: Any) -> Workflow:
    """ann then cy beside bo, then di; the settings are the workflow's."""
    nodes = {
        "split": {"type": "parallel", "on": {"left": "first", "right": "other"}},
        "first": approve("second", ANN),
        "second": approve("join", CY, after_return="choose"),
        "other": approve("join", BO),
        "join": {"type": "join", "on": {"next": "last"}},
        "last": approve("yes", DI, after_return="choose"),
    }
    return drawing(nodes, **settings)


def at(workflow: Workflow, *who: str) -> Performance:
    """The workflow after these people approved."""
    play = submitted(workflow)
    for person in who:
        acts(play, person, "approve")
    return play


def folds(play: Performance) -> bool:
    """Whether the state is the fold of the events."""
    return fold(play.workflow, play.events) == play.state


def test_a_straight_return_comes_back_to_who_returned_it_and_leaves_what_was_between() -> None:
    play = at(line_of_three(after_return="straight"), "ann", "bo")

    acts(play, "cy", "return", to="a")
    assert play.asked == {"a": ["ann"]}
    acts(play, "ann", "approve")

    assert play.asked == {"c": ["cy"]}
    assert not [visit for visit in play.state["trail"] if visit["node"] == "b" and visit.get("void")]
    assert folds(play)


@pytest.mark.parametrize(
    ("then", "next_one"), [("straight", {"c": ["cy"]}), ("rerun", {"b": ["bo"]}), ("", {"b": ["bo"]})]
)
def test_who_returns_may_choose_what_follows(then: str, next_one: dict[str, list[str]]) -> None:
    play = at(line_of_three(after_return="choose"), "ann", "bo")

    acts(play, "cy", "return", to="a", then=then)
    acts(play, "ann", "approve")

    assert play.asked == next_one


def test_a_refusal_after_a_straight_return_is_a_refusal() -> None:
    play = at(line_of_three(after_return="straight"), "ann", "bo")
    acts(play, "cy", "return", to="a")

    acts(play, "ann", "reject")

    assert play.state["status"] == "rejected"


def test_a_straight_return_within_a_straight_return_comes_back_twice() -> None:
    nodes = {"a": approve("b", ANN), "b": approve("c", BO, after_return="straight"),
             "c": approve("yes", CY, after_return="straight")}  # fmt: skip
    play = at(drawing(nodes), "ann", "bo")
    acts(play, "cy", "return", to="b")
    acts(play, "bo", "return", to="a")

    acts(play, "ann", "approve")
    assert play.asked == {"b": ["bo"]}
    acts(play, "bo", "approve")

    assert play.asked == {"c": ["cy"]}


def test_a_straight_return_to_the_start_leaves_the_other_branch_at_work() -> None:
    play = at(parallel(), "ann")

    acts(play, "cy", "return", to="start", then="straight")
    assert play.asked == {"draft": ["ini"], "other": ["bo"]}
    acts(play, "bo", "approve")
    assert play.asked == {"draft": ["ini"]}
    acts(play, "ini", "submit")
    acts(play, "cy", "approve")

    assert play.asked == {"last": ["di"]}
    assert folds(play)


def test_a_straight_return_from_behind_the_join_does_not_arm_it_again() -> None:
    play = at(parallel(), "ann", "cy", "bo")

    acts(play, "di", "return", to="other", then="straight")
    acts(play, "bo", "approve")

    assert play.asked == {"last": ["di"]}


@pytest.mark.parametrize(
    ("to", "code"),
    [("b", "return_forward"), ("join", "return_to_nobody"), ("nowhere", "no_such_node"), ("first", "return_to_self"),
     ("other", "return_to_running")],
)  # fmt: skip
def test_a_return_that_leads_nowhere_says_why(to: str, code: str) -> None:
    workflow = parallel()
    play = submitted(workflow.model_copy(update={"nodes": {**workflow.nodes, "b": workflow.nodes["second"]}}))

    event = {"type": "answered", "node": "first", "person": "ann", "by": "ann", "action": "return", "to": to}

    assert refused(play, **event) == code


def test_a_node_may_name_where_it_is_returned_to() -> None:
    play = at(line_of_three(return_nodes=["b"]), "ann", "bo")
    event = {"type": "answered", "node": "c", "person": "cy", "by": "cy", "action": "return", "to": "a"}
    assert refused(play, **event) == "return_not_allowed"

    acts(play, "cy", "return", to="b")

    assert play.asked == {"b": ["bo"]}


def test_who_acted_last_takes_it_back_while_the_next_did_nothing() -> None:
    play = at(
        drawing({"a": approve("b", BOTH, agree="all"), "b": approve("yes", CY)}, withdraw="every_node"), "ann", "bo"
    )

    play.happen(type="taken_back", node="a", person="bo", by="bo")

    assert play.asked == {"a": ["bo"]}
    acts(play, "bo", "approve")
    assert play.asked == {"b": ["cy"]}
    assert folds(play)


@pytest.mark.parametrize(
    ("after", "who", "node"), [(["ann", "bo"], "ann", "a"), (["ann"], "bo", "a"), ([], "ann", "a")]
)
def test_nobody_takes_back_what_others_went_on_with_or_what_was_not_his(after: list[str], who: str, node: str) -> None:
    play = at(
        drawing({"a": approve("b", ANN), "b": approve("c", BO), "c": approve("yes", CY)}, withdraw="every_node"), *after
    )

    assert refused(play, type="taken_back", node=node, person=who, by=who) == "cannot_take_back"


def test_nothing_is_taken_back_unless_the_workflow_allows_it() -> None:
    assert (
        refused(at(line_of_three(), "ann"), type="taken_back", node="a", person="ann", by="ann") == "cannot_take_back"
    )


def test_the_initiator_takes_back_his_submission() -> None:
    play = submitted(drawing({"a": approve("yes")}, withdraw="every_node"))

    play.happen(type="taken_back", node="draft", person="ini", by="ini")

    assert play.asked == {"draft": ["ini"]}


def test_taking_back_in_a_branch_leaves_the_other_one_alone() -> None:
    play = at(parallel(withdraw="every_node"), "ann", "bo")

    play.happen(type="taken_back", node="first", person="ann", by="ann")
    assert play.asked == {"first": ["ann"]}

    for who in ("ann", "cy"):
        acts(play, who, "approve")
    assert play.asked == {"last": ["di"]}


def test_an_admin_moves_it_elsewhere_out_of_every_branch() -> None:
    play = submitted(parallel())

    play.happen(type="jumped", by="admin", to="last")

    assert (play.asked, play.closed) == ({"last": ["di"]}, {"ann": "cancelled", "bo": "cancelled"})


def test_an_admin_moves_one_branch_and_the_join_still_waits() -> None:
    play = submitted(parallel())

    play.happen(type="jumped", by="admin", node="first", to="second")
    assert play.asked == {"other": ["bo"], "second": ["cy"]}

    acts(play, "cy", "approve")
    assert play.asked == {"other": ["bo"]}


@pytest.mark.parametrize(
    ("event", "code"),
    [({"to": "nowhere"}, "no_such_node"), ({"to": ""}, "node_missing"), ({"to": "join"}, "node_cannot_be_activated"),
     ({"to": "other", "node": "first"}, "already_there"), ({"to": "first", "node": "first"}, "return_to_self"),
     ({"to": "first", "node": "last"}, "node_not_active")],
)  # fmt: skip
def test_a_jump_that_makes_no_sense_is_refused(event: dict[str, str], code: str) -> None:
    assert refused(submitted(parallel()), type="jumped", by="admin", **event) == code


def test_an_ended_instance_starts_again_at_a_node_and_may_be_returned_from_there() -> None:
    play = at(line_of_three(), "ann", "bo", "cy")
    assert play.state["status"] == "approved"

    play.happen(type="reactivated", by="admin", to="b")
    assert (play.state["status"], play.asked) == ("running", {"b": ["bo"]})
    acts(play, "bo", "return", to="a")

    assert play.asked == {"a": ["ann"]}
    assert folds(play)


def test_what_runs_or_was_withdrawn_is_not_started_again() -> None:
    running, withdrawn = submitted(line_of_three()), submitted(line_of_three())
    withdrawn.happen(type="withdrawn", by="ini")

    assert refused(running, type="reactivated", by="admin", to="a") == "instance_running"
    assert refused(withdrawn, type="reactivated", by="admin", to="a") == "instance_withdrawn"


def test_urging_tells_who_is_asked_and_not_again_at_once() -> None:
    play = submitted(line_of_three())

    play.happen(type="urged", by="ini", at="2026-11-23T10:00:00Z")

    assert refused(play, type="urged", by="ini", at="2026-11-23T10:09:00Z") == "urged_recently"
    play.happen(type="urged", by="ini", at="2026-11-23T10:10:00Z")
    assert play.asked == {"a": ["ann"]}
    play.happen(type="withdrawn", by="ini")
    assert play.state["status"] == "withdrawn"


def test_who_agreed_anywhere_before_in_the_branch_agrees_again_unasked() -> None:
    nodes = {"a": approve("b", ANN), "b": approve("c", BO), "c": approve("d", ANN), "d": approve("yes", CY)}
    play = at(drawing(nodes, same_person="agree_history"), "ann", "bo")

    assert play.asked == {"d": ["cy"]}


def test_a_node_reached_again_asks_who_handled_it_before_if_it_says_so() -> None:
    nodes = {"a": approve("b", BOTH, reentry="same"), "b": approve("yes", CY)}
    play = submitted(drawing(nodes))
    acts(play, "bo", "approve")

    acts(play, "cy", "return", to="a")

    assert play.asked == {"a": ["bo"]}


@pytest.mark.parametrize("rule", [{"previous_handler": True}, {"handler_of": "a"}])
def test_who_handled_an_earlier_node_is_asked(rule: dict[str, Any]) -> None:
    play = submitted(drawing({"a": approve("b", BOTH), "b": approve("yes", [rule])}, same_person="ask"))

    acts(play, "bo", "approve")

    assert play.asked == {"b": ["bo"]}


@pytest.mark.parametrize(
    ("empty", "asked", "status"),
    [("admin", {"a": ["admin"]}, "running"), ("skip", {}, "approved"), ("reject", {}, "rejected"),
     ({"member": "di"}, {"a": ["di"]}, "running")],
)  # fmt: skip
def test_nobody_is_meant(empty: Any, asked: dict[str, list[str]], status: str) -> None:
    play = submitted(drawing({"a": approve("yes", [{"role": "ghost"}], empty=empty)}))

    assert (play.asked, play.state["status"]) == (asked, status)


def test_nobody_is_skipped_where_something_must_be_written() -> None:
    play = submitted(drawing({"a": approve("yes", [{"role": "ghost"}], empty="skip", signature_required=["approve"])}))

    assert play.asked == {"a": ["admin"]}


def test_copies_go_out_on_arrival_and_afterwards() -> None:
    play = submitted(drawing({"a": approve("yes", copy_on_arrival=BO, copy_after=CY)}))
    assert [each.person for each in play.copies] == ["bo"]

    acts(play, "ann", "approve")

    assert [each.person for each in play.copies] == ["bo", "cy"]


def test_what_is_taken_back_is_due_anew() -> None:
    due = [{"after": "P1D", "do": "submit"}]
    play = at(drawing({"a": approve("b", ANN, due=due), "b": approve("yes", BO)}, withdraw="every_node"), "ann")
    assert "a" not in play.state["due"]

    play.happen(type="taken_back", node="a", person="ann", by="ann")

    assert set(play.state["due"]) == {"a"}
    assert folds(play)
