"""All operations at random, held against an independent model 对照: `QIAOBAN_LONG=1` plays many more."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from builder.problem import Refusal
from runtime.step import fold
from tests.cases.play import Company, Performance
from tests.runtime.reference import INI, Model
from tests.runtime.stories import drawing

LONG = bool(os.environ.get("QIAOBAN_LONG"))
PEOPLE = ["ann", "bo", "cy", "di"]
ACTIONS = ["approve", "reject", "return", "transfer", "delegate", "add_signer"]
WORDS = {"add": "add_signer", "remove": "remove_signer"}
SOMEBODY = st.sampled_from([*PEOPLE, INI])
NODES = st.lists(
    st.tuples(
        st.sampled_from(["any", "all", "in_turn"]),
        st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True),
    ),
    min_size=1,
    max_size=3,
)


class Approvals(RuleBasedStateMachine):
    """The machine and the model side by side; the model says whether it may be done, and how it then stands."""

    @initialize(nodes=NODES)
    def begin(self, nodes: list[tuple[str, list[str]]]) -> None:
        """Submit."""
        self.count = len(nodes)
        drawn: dict[str, Any] = {}
        for at, (agree, people) in enumerate(nodes, start=1):
            on = {"approved": f"n{at + 1}" if at < len(nodes) else "yes", "rejected": "no"}
            who = [{"member": one} for one in people]
            drawn[f"n{at}"] = {"type": "approve", "agree": agree, "assignees": who, "actions": ACTIONS, "on": on}
        workflow = drawing(drawn, same_person="ask", withdraw="every_node")
        self.play = Performance(workflow, Company(frozenset({*PEOPLE, INI, "admin"})), INI)
        self.play.happen(type="started", by=INI)
        self.model = Model([("", []), *nodes])

    def both(self, may: bool, **event: Any) -> None:
        """Let it happen to the machine too; it must refuse exactly what the model does not allow."""
        refused = ""
        try:
            self.play.happen(**event)
        except Refusal as refusal:
            refused = refusal.problems[0].code
        assert (not refused) == may, (event, refused)

    def here(self) -> str:
        """The node that is active; the last one when it is over."""
        return next(iter(self.play.state["active"]), "n1")

    @rule(
        who=SOMEBODY,
        turn=st.integers(0, 3),
        action=st.sampled_from(["approve", "approve", "approve", "reject", "submit"]),
    )
    def decide(self, who: str, turn: int, action: str) -> None:
        """Mostly somebody who is asked; sometimes anybody."""
        asked = sorted(self.model.asked())
        who = asked[turn % len(asked)] if asked and turn else who
        action = "submit" if self.here() == "draft" and action != "reject" else action
        node = self.here()
        self.both(self.model.act(who, action), type="answered", node=node, person=who, by=who, action=action)

    @rule(turn=st.integers(0, 3), to=SOMEBODY, action=st.sampled_from(["transfer", "delegate", "add", "add", "remove"]),
          position=st.sampled_from(["before", "after", "beside"]))  # fmt: skip
    def bring_in(self, turn: int, to: str, action: str, position: str) -> None:
        """Somebody who is asked brings another in, or takes one away."""
        asked = sorted(self.model.asked()) or [INI]
        who = asked[turn % len(asked)]
        if action == "remove":
            adders = [place.by for place in self.model.stay.places if place.by]
            who = adders[0] if adders else who
        node, word = self.here(), WORDS.get(action, action)
        may = self.model.act(who, action, to, position)
        self.both(may, type="answered", node=node, person=who, by=who, action=word, to=to, position=position)

    @rule(turn=st.integers(0, 3), place=st.integers(-1, 3))
    def give_back(self, turn: int, place: int) -> None:
        """Return to the previous node, or to a named one."""
        asked = sorted(self.model.asked()) or [INI]
        who, place = asked[turn % len(asked)], min(place, self.count)
        node = self.here()
        to = "previous" if place < 0 else "draft" if place == 0 else f"n{place}"
        may = self.model.act(who, "return", "previous" if place < 0 else str(place))
        self.both(may, type="answered", node=node, person=who, by=who, action="return", to=to)

    @rule(seldom=st.integers(0, 9))
    def withdraw(self, seldom: int) -> None:
        """The initiator takes it back."""
        if seldom:
            return
        self.both(self.model.withdraw(), type="withdrawn", by=INI)

    @rule(who=SOMEBODY, place=st.integers(0, 3), sure=st.booleans())
    def take_back(self, who: str, place: int, sure: bool) -> None:
        """Somebody takes back what he moved."""
        came = self.model.stay.before
        if sure and came is not None and self.model.stay.mover:
            who, place = self.model.stay.mover, came.node
        place = min(place, self.count)
        node = "draft" if place == 0 else f"n{place}"
        self.both(self.model.take_back(who, place), type="taken_back", node=node, person=who, by=who)

    @rule(place=st.integers(0, 3))
    def jump(self, place: int) -> None:
        """An admin moves it."""
        place = min(place, self.count)
        self.both(self.model.jump(place), type="jumped", by="admin", to="draft" if place == 0 else f"n{place}")

    @rule(place=st.integers(0, 3))
    def reactivate(self, place: int) -> None:
        """An admin starts it again."""
        place = min(place, self.count)
        self.both(
            self.model.reactivate(place), type="reactivated", by="admin", to="draft" if place == 0 else f"n{place}"
        )

    @rule(turn=st.integers(0, 3), to=SOMEBODY)
    def reassign(self, turn: int, to: str) -> None:
        """An admin puts another in."""
        asked = sorted(self.model.asked()) or [INI]
        who = asked[turn % len(asked)]
        node = self.here()
        may = self.model.reassign(who, to)
        self.both(may, type="reassigned", action="reassign", node=node, person=who, by="admin", to=to)

    @rule(kind=st.sampled_from(["terminated", "suspended", "resumed", "resumed"]), seldom=st.integers(0, 4))
    def govern(self, kind: str, seldom: int) -> None:
        """An admin ends it, stops it, lets it go on."""
        if seldom and kind != "resumed":
            return
        does = {"terminated": self.model.end, "suspended": self.model.suspend, "resumed": self.model.resume}
        self.both(does[kind](), type=kind, by="admin")

    @invariant()
    def they_agree(self) -> None:
        """The same status, the same people asked, never nobody while it runs."""
        if not hasattr(self, "play"):
            return
        asked = {person for people in self.play.asked.values() for person in people}
        assert (self.play.state["status"], asked) == (self.model.status, self.model.asked())
        assert asked or self.play.state["status"] != "running"

    def teardown(self) -> None:
        """What happened folds to how it stands."""
        if hasattr(self, "play"):
            assert fold(self.play.workflow, self.play.events) == self.play.state


Approvals.TestCase.settings = settings(
    max_examples=2000 if LONG else 200,
    stateful_step_count=60 if LONG else 30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(0 if LONG else 180)
class TestApprovals(Approvals.TestCase):  # type: ignore[name-defined,misc]
    """The machine agrees with the model after every step."""
