"""How many must agree: shares, numbers, weights, claims; who answers first, and who last."""

from typing import Any

import pytest

from runtime.ballot import APPROVED, REJECTED, Ballot, Signer
from tests.cases.play import Performance
from tests.runtime.stories import BOTH, acts, approve, drawing, refused, submitted

FOUR = [{"member": who} for who in ("ann", "bo", "cy", "di")]
THREE = FOUR[:3]
EVERYTHING = ["approve", "reject", "return", "transfer", "delegate", "add_signer", "end"]


def asked_of(people: list[Any], **settings: Any) -> Performance:
    """An approval with these settings, followed by the end."""
    return submitted(drawing({"a": approve("yes", people, actions=EVERYTHING, **settings)}))


def voted(people: list[Any], votes: str, **settings: Any) -> str:
    """Where it stands after the votes, y or n, given in the order of the people."""
    play = asked_of(people, **settings)
    for rule, vote in zip(people, votes, strict=False):
        if play.state["status"] != "running":
            return f"early {play.state['status']}"
        acts(play, rule["member"], "approve" if vote == "y" else "reject")
    return str(play.state["status"])


@pytest.mark.parametrize(
    ("settings", "votes", "stands"),
    [
        ({"agree": "ratio", "ratio": "50"}, "yy", "approved"),
        ({"agree": "ratio", "ratio": "50", "compare": "more_than"}, "yy", "running"),
        ({"agree": "ratio", "ratio": "50", "compare": "more_than"}, "yyy", "approved"),
        ({"agree": "ratio", "ratio": "50", "compare": "more_than"}, "nn", "rejected"),
        ({"agree": "ratio", "ratio": "75"}, "nn", "rejected"),
        ({"agree": "ratio", "ratio": "75", "early_reject": False}, "nn", "running"),
        ({"agree": "ratio", "ratio": "75", "early_reject": False}, "nnyy", "rejected"),
        ({"agree": "count", "pass_count": 2}, "yn", "running"),
        ({"agree": "count", "pass_count": 2}, "yny", "approved"),
        ({"agree": "count", "pass_count": 2}, "nnn", "rejected"),
        ({"agree": "count", "pass_count": 9}, "yyyy", "approved"),
        ({"agree": "count", "reject_count": 2}, "nn", "rejected"),
        ({"agree": "count", "reject_count": 2}, "nyyy", "approved"),
        ({"agree": "count"}, "yyy", "running"),
        ({"agree": "count"}, "n", "rejected"),
        ({"agree": "count", "pass_count": 3, "reject_count": 1}, "n", "rejected"),
    ],
)
def test_votes_are_decided_as_early_as_they_can_be(settings: dict[str, Any], votes: str, stands: str) -> None:
    assert voted(FOUR, votes, **settings) == stands


@pytest.mark.parametrize(
    ("votes", "stands"), [("n", "running"), ("nyy", "approved"), ("yy", "approved"), ("nyn", "rejected")]
)
def test_weights_count_instead_of_heads(votes: str, stands: str) -> None:
    weights = {"ann": "30", "bo": "35", "cy": "35"}
    assert voted(THREE, votes, agree="weight", pass_weight="60", weights=weights) == stands


def test_all_the_weight_there_is_is_enough_even_if_more_is_wanted() -> None:
    assert voted(BOTH, "yy", agree="weight", pass_weight="500") == "approved"


def test_nobody_has_voted_so_nothing_is_decided() -> None:
    signers: list[Signer] = [{"slot": 0, "who": "ann", "said": "", "weight": "1"}]
    for agree in ("any", "all", "in_turn", "ratio", "count", "weight", "claim"):
        assert Ballot(agree=agree, compare="more_than").verdict(signers) == ""  # type: ignore[arg-type]
    assert {APPROVED, REJECTED} == {"approved", "rejected"}


def test_a_claim_comes_before_the_answer_and_takes_the_task_from_the_others() -> None:
    play = asked_of(THREE, agree="claim")
    event = {"type": "answered", "node": "a", "person": "ann", "by": "ann", "action": "approve"}
    assert refused(play, **event) == "claim_first"

    acts(play, "bo", "claim")
    assert play.asked == {"a": ["bo"]}
    assert refused(play, **event) == "already_claimed"

    acts(play, "bo", "approve")
    assert play.state["status"] == "approved"


def test_what_was_claimed_is_given_back_to_everybody() -> None:
    play = asked_of(THREE, agree="claim")
    acts(play, "bo", "claim")

    acts(play, "bo", "unclaim")

    assert play.asked == {"a": ["ann", "bo", "cy"]}
    acts(play, "ann", "claim")
    assert play.asked == {"a": ["ann"]}


def test_a_claim_goes_with_the_transfer() -> None:
    play = asked_of(BOTH, agree="claim")
    acts(play, "bo", "claim")

    acts(play, "bo", "transfer", to="di")

    assert play.asked == {"a": ["di"]}
    acts(play, "di", "approve")
    assert play.state["status"] == "approved"


def test_a_claim_is_no_action_where_nothing_is_claimed() -> None:
    event = {"type": "answered", "node": "a", "person": "ann", "by": "ann", "action": "claim"}
    assert refused(asked_of(BOTH), **event) == "not_possible_here"


def test_a_node_may_let_its_people_end_the_instance() -> None:
    play = asked_of(BOTH)

    acts(play, "bo", "end")

    assert (play.state["status"], play.asked) == ("ended", {})


@pytest.mark.parametrize(
    ("setting", "missing", "given"),
    [("signature_required", "signature_required", {"signature": "f"}),
     ("comment_required", "comment_required", {"comment": "好"})],
)  # fmt: skip
def test_what_must_be_said_or_signed_must_be_there(setting: str, missing: str, given: dict[str, str]) -> None:
    play = asked_of(BOTH, **{setting: ["approve"]})
    event = {"type": "answered", "node": "a", "person": "ann", "by": "ann", "action": "approve"}
    assert refused(play, **event) == missing

    acts(play, "ann", "approve", **given)

    assert given.items() <= play.state["log"][-1].items()
