"""Approval 审批: signers added, removed and stood in for; votes; where a return may lead."""

from typing import Any

import pytest

from tests.cases.approvals import Company, Performance
from tests.runtime.stories import ANN, BO, BOTH, PEOPLE, acts, approve, drawing, refused, submitted

EVERYTHING = ["approve", "reject", "return", "transfer", "delegate", "add_signer"]
CY = [{"member": "cy"}]


def asked_of(people: list[Any], **settings: Any) -> Performance:
    """An approval where everything may be done, followed by one of di's."""
    nodes = {"a": approve("b", people, actions=EVERYTHING, **settings), "b": approve("yes", [{"member": "di"}])}
    return submitted(drawing(nodes))


def answer(play: Performance, who: str, action: str, **more: Any) -> dict[str, Any]:
    """The event of an answer at node a."""
    return {"type": "answered", "node": "a", "person": who, "by": who, "action": action, **more}


def test_a_signer_added_before_answers_first_and_then_it_is_my_turn() -> None:
    play = asked_of(ANN)
    acts(play, "ann", "add_signer", to="cy", position="before")
    assert play.asked == {"a": ["cy"]}

    acts(play, "cy", "approve")
    assert play.asked == {"a": ["ann"]}

    acts(play, "ann", "approve")
    assert play.asked == {"b": ["di"]}


def test_a_signer_added_before_who_refuses_decides() -> None:
    play = asked_of(ANN)
    acts(play, "ann", "add_signer", to="cy", position="before")

    acts(play, "cy", "reject")

    assert play.state["status"] == "rejected"


def test_adding_a_signer_after_me_is_my_agreement_and_waits_for_him() -> None:
    play = asked_of(ANN)
    acts(play, "ann", "add_signer", to="cy", position="after")
    assert play.asked == {"a": ["cy"]}

    acts(play, "cy", "approve")
    assert play.asked == {"b": ["di"]}


def test_a_signer_added_after_me_who_refuses_decides() -> None:
    play = asked_of(ANN)
    acts(play, "ann", "add_signer", to="cy", position="after")

    acts(play, "cy", "reject")

    assert play.state["status"] == "rejected"


def test_a_signer_added_beside_a_countersign_must_agree_too() -> None:
    play = asked_of(BOTH, agree="all")
    acts(play, "ann", "add_signer", to="cy", position="beside")

    acts(play, "ann", "approve")
    acts(play, "bo", "approve")

    assert play.asked == {"a": ["cy"]}


def test_an_added_signer_adds_no_other() -> None:
    play = asked_of(ANN)
    acts(play, "ann", "add_signer", to="cy", position="before")

    assert refused(play, **answer(play, "cy", "add_signer", to="di")) == "no_nested_signer"


def test_only_a_signer_of_my_own_is_removed() -> None:
    play = asked_of(BOTH)
    acts(play, "ann", "add_signer", to="cy", position="before")

    assert refused(play, **answer(play, "bo", "remove_signer", to="cy")) == "not_an_added_signer"


def test_in_turn_keeps_its_order_through_an_added_signer() -> None:
    play = asked_of(BOTH, agree="in_turn")
    acts(play, "ann", "add_signer", to="cy", position="before")
    acts(play, "cy", "approve")
    acts(play, "ann", "approve")

    assert play.asked == {"a": ["bo"]}


def test_in_turn_keeps_its_order_through_a_transfer() -> None:
    play = asked_of(BOTH, agree="in_turn")
    acts(play, "ann", "transfer", to="cy")

    acts(play, "cy", "approve")

    assert play.asked == {"a": ["bo"]}


@pytest.mark.parametrize("to", ["bo", "ann", ""])
def test_a_newcomer_is_named_is_another_and_is_not_asked_yet(to: str) -> None:
    codes = {"bo": "already_asked", "ann": "transfer_to_self", "": "person_missing"}
    play = asked_of(BOTH)

    assert refused(play, **answer(play, "ann", "transfer", to=to)) == codes[to]


def test_what_is_switched_off_is_refused() -> None:
    play = submitted(drawing({"a": approve("yes", actions=["approve"])}))

    assert refused(play, **answer(play, "ann", "reject")) == "not_possible_here"
    assert refused(play, **answer(play, "ann", "return")) == "return_off"


def test_a_return_leads_only_where_the_node_allows() -> None:
    nodes = {"b": approve("a", BO), "a": approve("yes", return_to="start")}
    play = submitted(drawing(nodes))
    acts(play, "bo", "approve")
    assert refused(play, **answer(play, "ann", "return", to="b")) == "return_not_allowed"

    acts(play, "ann", "return")

    assert play.asked == {"draft": ["ini"]}


def test_a_return_that_names_nothing_goes_one_node_back() -> None:
    play = submitted(drawing({"b": approve("a", BO), "a": approve("yes")}))
    acts(play, "bo", "approve")

    acts(play, "ann", "return")

    assert play.asked == {"b": ["bo"]}


def test_a_vote_that_cannot_be_won_any_more_is_lost() -> None:
    play = submitted(drawing({"a": approve("yes", [*BOTH, *CY], agree="ratio", ratio=60)}))
    acts(play, "ann", "reject")
    assert play.state["status"] == "running"

    acts(play, "bo", "reject")

    assert play.state["status"] == "rejected"


def test_a_rejection_leads_where_the_drawing_says() -> None:
    nodes = {"a": {**approve("yes"), "on": {"approved": "yes", "rejected": "draft"}}}
    play = submitted(drawing(nodes))

    acts(play, "ann", "reject")

    assert play.asked == {"draft": ["ini"]}


@pytest.mark.parametrize(
    ("setting", "head", "asked"),
    [
        ("ask", "cy", {"a": ["ini"]}),
        ("skip", "cy", {"b": ["di"]}),
        ("superior", "cy", {"a": ["cy"]}),
        ("superior", "ini", {"b": ["di"]}),
        ("head", "cy", {"a": ["cy"]}),
        ("head", "ini", {"a": ["ini"]}),
        ("head", "", {"b": ["di"]}),
    ],
)
def test_an_initiator_who_would_approve_himself(setting: str, head: str, asked: dict[str, list[str]]) -> None:
    nodes = {"a": approve("b", [{"initiator": True}], initiator=setting), "b": approve("yes", [{"member": "di"}])}
    play = Performance(drawing(nodes), Company(PEOPLE, head), "ini")

    play.happen(type="started", by="ini")

    assert play.asked == asked
