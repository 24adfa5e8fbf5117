"""Added signers, delegates and replaced people: every place keeps its number, and nothing hangs."""

from typing import Any

import pytest

from tests.cases.play import Performance
from tests.runtime.stories import ANN, BO, BOTH, acts, approve, drawing, refused, submitted

EVERYTHING = ["approve", "reject", "return", "transfer", "delegate", "add_signer"]


def asked_of(people: list[Any], **settings: Any) -> Performance:
    """An approval where everything may be done, followed by one of di's."""
    nodes = {"a": approve("b", people, actions=EVERYTHING, **settings), "b": approve("yes", [{"member": "di"}])}
    return submitted(drawing(nodes))


def answer(who: str, action: str, **more: Any) -> dict[str, Any]:
    """The event of an answer at node a."""
    return {"type": "answered", "node": "a", "person": who, "by": who, "action": action, **more}


def reassigned(who: str, to: str, node: str = "a") -> dict[str, Any]:
    """The event of an admin who puts another in."""
    return {"type": "reassigned", "action": "reassign", "node": node, "person": who, "by": "admin", "to": to}


def test_who_waits_for_a_signer_of_his_own_is_told_so() -> None:
    play = asked_of(ANN)
    acts(play, "ann", "add_signer", to="cy", position="before")

    assert refused(play, **answer("ann", "approve")) == "signer_pending"


def test_one_signer_is_added_at_a_time() -> None:
    play = asked_of(BOTH, agree="all")
    acts(play, "ann", "add_signer", to="cy", position="beside")

    assert refused(play, **answer("ann", "add_signer", to="di", position="beside")) == "signer_pending"


@pytest.mark.parametrize("agree", ["any", "claim"])
def test_nobody_is_added_beside_where_one_answer_decides(agree: str) -> None:
    play = asked_of(BOTH, agree=agree)
    if agree == "claim":
        acts(play, "ann", "claim")

    assert refused(play, **answer("ann", "add_signer", to="cy", position="beside")) == "no_signer_beside"


def test_a_position_may_be_switched_off() -> None:
    play = asked_of(ANN, add_positions=["after"])

    assert refused(play, **answer("ann", "add_signer", to="cy", position="before")) == "add_position_off"


def test_an_added_signer_adds_one_more_where_two_levels_are_allowed() -> None:
    play = asked_of(ANN, add_levels=2)
    acts(play, "ann", "add_signer", to="cy", position="before")
    acts(play, "cy", "add_signer", to="bo", position="before")
    assert play.asked == {"a": ["bo"]}
    assert refused(play, **answer("bo", "add_signer", to="di")) == "no_nested_signer"

    for who in ("bo", "cy", "ann"):
        acts(play, who, "approve")

    assert play.asked == {"b": ["di"]}


def test_removing_a_signer_removes_whom_he_added() -> None:
    play = asked_of(ANN, add_levels=2)
    acts(play, "ann", "add_signer", to="cy", position="before")
    acts(play, "cy", "add_signer", to="bo", position="before")

    play.happen(**answer("ann", "remove_signer", to="cy"))

    assert play.asked == {"a": ["ann"]}


def test_added_after_may_wait_for_ones_own_answer() -> None:
    play = asked_of(ANN, add_after="waits")
    acts(play, "ann", "add_signer", to="cy", position="after")
    assert play.asked == {"a": ["ann"]}

    acts(play, "ann", "approve")
    assert play.asked == {"a": ["cy"]}

    acts(play, "cy", "approve")
    assert play.asked == {"b": ["di"]}


def test_when_who_was_added_after_is_removed_the_node_is_decided_or_stays_mine() -> None:
    agreed, open_still = asked_of(ANN), asked_of(ANN, add_after="waits")
    for play in (agreed, open_still):
        acts(play, "ann", "add_signer", to="cy", position="after")
        play.happen(**answer("ann", "remove_signer", to="cy"))

    assert (agreed.asked, open_still.asked) == ({"b": ["di"]}, {"a": ["ann"]})


def test_a_vote_is_enlarged_by_a_signer_beside() -> None:
    play = asked_of([*BOTH, {"member": "cy"}], agree="ratio", ratio="60")
    acts(play, "ann", "add_signer", to="di", position="beside")

    acts(play, "ann", "approve")
    acts(play, "bo", "approve")
    assert play.asked == {"a": ["cy", "di"]}


def test_a_delegate_only_answers_and_the_first_owner_decides() -> None:
    play = asked_of(ANN)
    acts(play, "ann", "delegate", to="cy")
    for action in ("return", "add_signer"):
        assert refused(play, **answer("cy", action, to="draft")) == "delegate_only_answers"
    acts(play, "cy", "delegate", to="bo")

    acts(play, "bo", "reject")

    assert (play.state["status"], play.asked) == ("running", {"a": ["ann"]})


def test_a_signer_who_waits_for_one_who_delegates_still_waits_for_that_place() -> None:
    play = asked_of(ANN)
    acts(play, "ann", "add_signer", to="cy", position="before")
    acts(play, "cy", "delegate", to="bo")
    acts(play, "bo", "approve")
    assert play.asked == {"a": ["cy"]}

    acts(play, "cy", "approve")
    assert play.asked == {"a": ["ann"]}


def test_an_admin_puts_another_person_in() -> None:
    play = asked_of(BOTH, agree="in_turn")

    play.happen(**reassigned("ann", "cy"))
    acts(play, "cy", "approve")

    assert play.asked == {"a": ["bo"]}
    assert refused(play, **answer("ann", "approve")) == "not_your_task"


def test_who_is_asked_already_keeps_one_place_and_the_node_is_decided_again() -> None:
    play = asked_of(BOTH, agree="all")
    acts(play, "ann", "approve")

    play.happen(**reassigned("bo", "ann"))

    assert play.asked == {"b": ["di"]}


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (reassigned("cy", "di"), "not_asked_here"),
        (reassigned("ann", "ann"), "transfer_to_self"),
        (reassigned("ann", ""), "person_missing"),
        (reassigned("ann", "bo", "b"), "node_not_active"),
    ],
)
def test_a_replacement_that_makes_no_sense_is_refused(event: dict[str, Any], code: str) -> None:
    assert refused(asked_of(ANN), **event) == code


def test_the_initiator_s_form_is_given_to_another() -> None:
    play = asked_of(BO)
    acts(play, "bo", "return", to="start")

    play.happen(**reassigned("ini", "cy", "draft"))

    assert play.asked == {"draft": ["cy"]}
