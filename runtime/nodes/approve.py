"""Approval 审批: some people decide; `agree` says how many of them must."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field as Setting

from builder.problem import conflict, forbidden, invalid
from runtime.assign import INITIATOR, Assignee
from runtime.effect import CloseTask, Effect, FinishTask, OpenTask
from runtime.node import Access, Empty, Here, NodeType, Note, Outcome

Action = Literal["approve", "reject", "return", "transfer", "delegate", "add_signer"]
Signer = dict[str, Any]
"""One person of the node: `who`; `said` (approved, rejected or ""); `for`: the delegator who gets it back;
`added`: by whom; `after`: whose turn must come first; `held`: waits for a signer added before him."""

APPROVED, REJECTED = "approved", "rejected"
SAID = {"approve": APPROVED, "reject": REJECTED}


class Approve(NodeType):
    """any: the first decides · all: countersign 会签 · in_turn: one after another · ratio: so many per cent say yes."""

    asks: ClassVar[bool] = True
    completes: ClassVar[frozenset[str]] = frozenset({"approve"})
    agreements: ClassVar[frozenset[str]] = frozenset({"approve", "auto_agreed"})
    refusals: ClassVar[frozenset[str]] = frozenset({REJECTED})
    verdicts: ClassVar[frozenset[str]] = frozenset({APPROVED, REJECTED})

    assignees: tuple[Assignee, ...] = ()
    agree: Literal["any", "all", "in_turn", "ratio"] = "any"
    ratio: Decimal = Setting(default=Decimal(50), gt=0, le=100)
    rejects: Literal["one", "all"] = "one"
    """Of an "any" node: whether one rejection decides, or only everybody's."""
    empty: Empty = "admin"
    initiator: Literal["ask", "skip", "superior", "head"] = "ask"
    """When the initiator himself is meant: he is asked, agrees unasked, or his superior or head is asked instead."""
    actions: tuple[Action, ...] = ("approve", "reject", "return", "transfer")
    return_to: Literal["any", "start", "previous"] = "any"
    fields: dict[str, Access] = Setting(default_factory=dict)
    comment_required: tuple[Action, ...] = ()

    def enter(self, here: Here) -> Outcome:
        """Ask everybody meant, or the first of them; who agreed just before agrees again without being asked."""
        people = here.people(self.assignees, self.empty)
        if not people:
            return Outcome(exits=(APPROVED,), notes=(Note("skipped"),))
        people, passed = self._without_initiator(here, people)
        again = here.agreed if self._may_repeat(here) else frozenset()
        signers: list[Signer] = [
            {"who": person, "said": APPROVED if person in again or person == passed else ""} for person in people
        ]
        notes = [Note("auto_agreed", one["who"]) for one in signers if one["said"]]
        return self._proceed(here, signers, notes=tuple(notes))

    def receive(self, here: Here) -> Outcome:
        """One of the people answered."""
        action, comment = here.event["action"], here.event.get("comment", "")
        if action == "remove_signer":
            return self._remove(here)
        if action not in self.actions:
            raise forbidden(f"{action}_off" if action in ("transfer", "return") else "not_possible_here", action=action)
        if action in self.comment_required and not comment.strip():
            raise invalid("comment_required", "comment")
        if action == "return":
            return self._return(here)
        if action == "transfer":
            return self._hand_over(here, "transferred", {})
        if action == "delegate":
            return self._hand_over(here, "delegated", {"for": str(self._mine(here).get("for", here.event["person"]))})
        if action == "add_signer":
            return self._add(here)
        return self._answer(here, SAID[action])

    def _without_initiator(self, here: Here, people: list[str]) -> tuple[list[str], str]:
        """Who stands in for the initiator where he is meant himself; without anybody, his share is passed."""
        if self.initiator == "ask" or here.initiator not in people:
            return people, ""
        if self.initiator == "skip":
            return people, here.initiator
        above = {"superior": Assignee(superior_of=INITIATOR), "head": Assignee(department_head=INITIATOR)}
        instead: list[str] = here.fact("people", [above[self.initiator].dump()], "instead")
        if not instead:
            return people, here.initiator
        place = people.index(here.initiator)
        return list(dict.fromkeys([*people[:place], *instead, *people[place + 1 :]])), ""

    def _may_repeat(self, here: Here) -> bool:
        """Whether agreement may be repeated unasked: not after a return, not where something must be written."""
        return not here.returned and "required" not in self.fields.values() and "approve" not in self.comment_required

    def _answer(self, here: Here, said: str) -> Outcome:
        mine = self._mine(here)
        if "for" in mine:
            return self._hand_back(here, mine, said)
        before = here.memo["signers"]
        after = [{**one, "said": said} if one["who"] == mine["who"] else one for one in before]
        after = [_without(one, "held") if one.get("held") == mine["who"] else one for one in after]
        return self._proceed(here, after, (_done(here, said),))

    def _proceed(
        self,
        here: Here,
        signers: Sequence[Signer],
        effects: tuple[Effect, ...] = (),
        notes: tuple[Note, ...] = (),
    ) -> Outcome:
        verdict = self._verdict(signers)
        if verdict == REJECTED and REJECTED not in here.node.on:
            return Outcome(end=REJECTED, effects=effects, notes=notes, close="cancelled")
        if verdict:
            close = "cancelled" if verdict == REJECTED else "skipped"
            return Outcome(exits=(verdict,), effects=effects, notes=notes, close=close)
        opened = tuple(OpenTask(here.id, one["who"]) for one in self._turn(signers))
        return Outcome(effects=(*effects, *opened), memo={"signers": list(signers)}, notes=notes)

    def _turn(self, signers: Sequence[Signer]) -> list[Signer]:
        """Whose turn it is: everybody who has not said anything, or the first of them."""
        silent = [one for one in signers if not one["said"]]
        return [one for one in (silent[:1] if self.agree == "in_turn" else silent) if not one.get("held")]

    def _verdict(self, signers: Sequence[Signer]) -> str:
        """What has been decided so far: approved, rejected, or "" for nothing yet.

        A signer added before somebody can only refuse; one added after somebody is waited for.
        """
        if any(one.get("position") == "before" and one["said"] == REJECTED for one in signers):
            return REJECTED
        said = [one["said"] for one in signers if one.get("position") != "before"]
        if any(one.get("position") == "after" and not one["said"] for one in signers) and REJECTED not in said:
            return ""
        if self.agree == "ratio":
            return self._share(said)
        if REJECTED in said and (self.rejects == "one" or self.agree != "any" or set(said) == {REJECTED}):
            return REJECTED
        enough = APPROVED in said if self.agree == "any" else "" not in said
        return APPROVED if enough else ""

    def _share(self, said: Sequence[str]) -> str:
        """The vote: per cent are rounded half up at four places of the fraction, so 2 of 3 is 66.67."""
        if _percent(said.count(APPROVED), len(said)) >= self.ratio:
            return APPROVED
        hopeless = _percent(said.count(REJECTED), len(said)) > 100 - self.ratio
        return REJECTED if hopeless or "" not in said else ""

    def _return(self, here: Here) -> Outcome:
        target = here.event.get("to") or ("start" if self.return_to == "start" else "previous")
        if self.return_to != "any" and target != self.return_to:
            raise forbidden("return_not_allowed", "to")
        return Outcome(back=target, effects=(_done(here, "returned"),), close="cancelled", memo=here.memo)

    def _hand_over(self, here: Here, outcome: str, more: Mapping[str, str]) -> Outcome:
        """Transfer 转交 or delegate 委派: another person stands in the same place."""
        to = self._newcomer(here)
        mine = self._mine(here)
        signers = [{**one, **more, "who": to} if one["who"] == mine["who"] else one for one in here.memo["signers"]]
        signers = [{**one, "held": to} if one.get("held") == mine["who"] else one for one in signers]
        return Outcome(effects=(_done(here, outcome), OpenTask(here.id, to)), memo={"signers": signers})

    def _hand_back(self, here: Here, mine: Signer, said: str) -> Outcome:
        """The delegate has said his word; the decision is the delegator's again."""
        owner = mine["for"]
        signers = [
            {**_without(one, "for"), "who": owner} if one["who"] == mine["who"] else one for one in here.memo["signers"]
        ]
        return Outcome(effects=(_done(here, said), OpenTask(here.id, owner)), memo={"signers": signers})

    def _add(self, here: Here) -> Outcome:
        """Add a signer 加签: before me (I wait), after me (I agree), or beside me."""
        to, mine = self._newcomer(here), self._mine(here)
        position = here.event.get("position", "before")
        if "added" in mine:
            raise conflict("no_nested_signer")
        added: Signer = {"who": to, "said": "", "added": mine["who"], "position": position}
        place = here.memo["signers"].index(mine)
        signers = list(here.memo["signers"])
        signers.insert(place if position == "before" else place + 1, added)
        if position == "after":
            signers[place] = {**mine, "said": APPROVED}
            return self._proceed(here, signers, (_done(here, APPROVED),))
        if position == "before":
            signers[place + 1] = {**mine, "held": to}
            wait = (CloseTask(here.id, mine["who"], "held"), OpenTask(here.id, to))
            return Outcome(effects=wait, memo={"signers": signers})
        return Outcome(effects=(OpenTask(here.id, to),), memo={"signers": signers})

    def _remove(self, here: Here) -> Outcome:
        """Remove a signer 减签 whom I added and who has not answered; what remains is decided again."""
        gone = here.event.get("to", "")
        signers: list[Signer] = list(here.memo["signers"])
        match = [
            one for one in signers if one["who"] == gone and one.get("added") == here.event["by"] and not one["said"]
        ]
        if not match:
            raise conflict("not_an_added_signer", "to")
        rest = [_without(one, "held") if one.get("held") == gone else one for one in signers if one is not match[0]]
        return self._proceed(here, rest, (CloseTask(here.id, gone, "cancelled"),))

    def _mine(self, here: Here) -> Signer:
        found: Signer = next(one for one in here.memo["signers"] if one["who"] == here.event["person"])
        return found

    def _newcomer(self, here: Here) -> str:
        """The person to bring in: named, not the one who asks, not somebody who is asked already."""
        to: str = here.event.get("to", "")
        if not to:
            raise invalid("person_missing", "to")
        if to in (here.event["person"], here.event["by"]):
            raise conflict("transfer_to_self", "to")
        if any(to in (one["who"], one.get("for")) for one in here.memo["signers"]):
            raise conflict("already_asked", "to")
        return to

    @property
    def needs(self) -> frozenset[str]:
        """Rejection may be left out: it then ends the instance."""
        return frozenset({APPROVED})

    @property
    def knows(self) -> frozenset[str]:
        """Both verdicts."""
        return self.verdicts

    @property
    def rules(self) -> tuple[Assignee, ...]:
        """Who is asked."""
        return self.assignees

    @property
    def offers(self) -> tuple[str, ...]:
        """As set."""
        return self.actions

    @property
    def wants_comment(self) -> tuple[str, ...]:
        """As set."""
        return self.comment_required

    @property
    def back(self) -> Literal["any", "start", "previous"]:
        """As set."""
        return self.return_to

    @property
    def access(self) -> Mapping[str, Access]:
        """What may be seen and filled in while deciding."""
        return self.fields


def _done(here: Here, outcome: str) -> FinishTask:
    return FinishTask(here.id, here.event["person"], outcome, here.event["by"], here.event.get("comment", ""))


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP) * 100


def _without(signer: Signer, key: str) -> Signer:
    return {name: value for name, value in signer.items() if name != key}
