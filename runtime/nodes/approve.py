"""Approval 审批: some people decide; `agree` says how many of them must."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field as Setting

from builder.model import Slug
from builder.problem import Refusal, conflict, forbidden
from runtime import signers as people
from runtime.assign import INITIATOR, Assignee
from runtime.ballot import APPROVED, REJECTED, Ballot, Signer
from runtime.effect import CloseTask, Effect, OpenTask
from runtime.node import Here, Note, Outcome

Action = Literal["approve", "reject", "return", "transfer", "delegate", "add_signer", "end"]
Position = Literal["before", "after", "beside"]
SAID = {"approve": APPROVED, "reject": REJECTED}
OFF = ("transfer", "return", "delegate", "add_signer")
"""The actions whose being switched off has a code of its own."""
ALONE = ("any", "claim")
"""Where nobody is added beside: one answer decides."""


class Approve(Ballot):
    """Who is asked, what they may do, and what happens at the edges: nobody there, the initiator himself, a return."""

    completes: ClassVar[frozenset[str]] = frozenset({"approve"})
    agreements: ClassVar[frozenset[str]] = frozenset({"approve", "auto_agreed"})
    refusals: ClassVar[frozenset[str]] = frozenset({REJECTED})
    verdicts: ClassVar[frozenset[str]] = frozenset({APPROVED, REJECTED})

    initiator: Literal["ask", "skip", "superior", "head"] = "ask"
    """When the initiator himself is meant: he is asked, agrees unasked, or his superior or head is asked instead.
    Who only stands for a stranger is asked in any case."""
    reentry: Literal["recompute", "same"] = "recompute"
    """Who is asked when it is reached again: whom the rules then mean, or who handled it before."""
    actions: tuple[Action, ...] = ("approve", "reject", "return", "transfer")
    return_to: Literal["any", "start", "previous"] = "any"
    return_nodes: tuple[Slug, ...] = ()
    """If any are named, a chosen return may lead only to these."""
    after_return: Literal["rerun", "straight", "choose"] = "rerun"
    """After a return: every node between once more, straight back here, or as who returns chooses."""
    add_positions: tuple[Position, ...] = ("before", "after", "beside")
    add_after: Literal["agrees", "waits"] = "agrees"
    """Whether adding a signer after oneself is one's own agreement."""
    add_levels: int = Setting(default=1, ge=1, le=3)
    """1: a signer who was added adds none; 2: he may add one more."""
    comment_required: tuple[Action, ...] = ()
    signature_required: tuple[Action, ...] = ()

    def enter(self, here: Here) -> Outcome:
        """Ask everybody meant, or the first of them; who agreed before agrees again without being asked."""
        meant = self._meant(here)
        told = self.tell(here, self.copy_on_arrival, "arrival")
        if not meant:
            return self._leave(here, [], REJECTED if self.empty == "reject" else APPROVED, told, (Note("skipped"),))
        meant, passed = self._without_initiator(here, meant)
        again = here.agreed if not here.returned and not self.must_write else frozenset()
        signers: list[Signer] = [
            {"slot": slot, "who": who, "said": APPROVED if who in again or who == passed else "", **self.weight_of(who)}
            for slot, who in enumerate(meant)
        ]
        notes = tuple(Note("auto_agreed", one["who"]) for one in signers if one["said"])
        return self._proceed(here, signers, told, notes)

    def receive(self, here: Here) -> Outcome:
        """One of the people answered, or an admin put another in his place."""
        action = here.event["action"]
        if action == "reassign":
            gone = CloseTask(here.id, here.event["person"], "reassigned")
            return self._proceed(here, people.replaced(here), (gone,))
        if action == "remove_signer":
            rest, closed = people.removed(here)
            return self._proceed(here, rest, closed)
        self._may(here, action)
        if action in SAID:
            return self._answer(here, SAID[action])
        if action == "end":
            return Outcome(end="ended", effects=(people.done(here, "ended"),), close="cancelled", memo=here.memo)
        return getattr(self, f"_{action}")(here)  # type: ignore[no-any-return]

    def _may(self, here: Here, action: str) -> None:
        """Refuse what is switched off, what lacks words or a signature, and what is not this person's to do."""
        claims = self.agree == "claim" and action in ("claim", "unclaim")
        if action not in self.actions and not claims:
            code = f"{action}_off" if action in OFF else "not_possible_here"
            raise forbidden(code, action=action)
        self.must_say(here, action)
        if self.agree == "claim" and not claims and here.memo.get("claimed") is None:
            raise conflict("claim_first")
        if "for" in people.mine(here) and action not in ("approve", "reject", "transfer", "delegate"):
            raise conflict("delegate_only_answers")

    def retract(self, here: Here) -> Outcome:
        """Who answered last is asked again; what the others said stands."""
        own = next((one for one in here.memo.get("signers", ()) if one["who"] == here.event["person"]), None)
        if own is None:
            raise conflict("cannot_take_back")
        return self._proceed(here, people.changed(here.memo["signers"], own["slot"], said=""))

    def refusal(self, here: Here) -> Refusal | None:
        """He waits for a signer whom he added, or somebody else took the claim."""
        own = next((one for one in here.memo["signers"] if one["who"] == here.event["person"]), None)
        if own is None or own["said"]:
            return None
        if own.get("held") is not None:
            return conflict("signer_pending")
        return conflict("already_claimed") if here.memo.get("claimed") is not None else None

    def offered(self, memo: Mapping[str, Any], person: str) -> tuple[str, ...]:
        """A claim comes first; a delegate only answers; who added somebody may remove him."""
        if self.agree == "claim" and memo.get("claimed") is None:
            return ("claim",)
        own: Signer = next((one for one in memo.get("signers", ()) if one["who"] == person), {})
        actions = [each for each in self.actions if "for" not in own or each in ("approve", "reject", "transfer")]
        if self.agree == "claim" and own.get("slot") == memo.get("claimed"):
            actions.append("unclaim")  # type: ignore[arg-type]
        return tuple(actions)

    def completed_by(self, action: str, position: str = "") -> bool:
        """Approving, and what is an approval."""
        return action in self.completes or (action, position, self.add_after) == ("add_signer", "after", "agrees")

    def _meant(self, here: Here) -> list[str]:
        """Whom it asks; where something must be written nobody is skipped."""
        before = self.handlers(here) if self.reentry == "same" else []
        if before:
            return before
        empty = "admin" if self.empty == "skip" and self.must_write else self.empty
        return here.people(self.assignees, empty)

    def _without_initiator(self, here: Here, meant: list[str]) -> tuple[list[str], str]:
        """Who stands in for the initiator where he is meant himself; without anybody, his share is passed."""
        if self.initiator == "ask" or here.outside or here.initiator not in meant:
            return meant, ""
        if self.initiator == "skip":
            return meant, "" if self.must_write else here.initiator
        above = {"superior": Assignee(superior_of=INITIATOR), "head": Assignee(department_head=INITIATOR)}
        instead = here.meant([above[self.initiator]], "instead")
        if not instead:
            return meant, "" if self.must_write else here.initiator
        place = meant.index(here.initiator)
        return list(dict.fromkeys([*meant[:place], *instead, *meant[place + 1 :]])), ""

    def _answer(self, here: Here, said: str) -> Outcome:
        own = people.mine(here)
        if "for" in own:
            return self._proceed(here, people.handed_back(here), (people.done(here, said),))
        after = people.released(people.changed(here.memo["signers"], own["slot"], said=said), {own["slot"]})
        return self._proceed(here, after, (people.done(here, said),))

    def _proceed(
        self, here: Here, signers: Sequence[Signer], effects: tuple[Effect, ...] = (), notes: tuple[Note, ...] = ()
    ) -> Outcome:
        """On, if it is decided now; else whoever's turn it is, is asked."""
        verdict = self.verdict(signers)
        if verdict:
            return self._leave(here, signers, verdict, effects, notes)
        claimed = here.memo.get("claimed")
        opened = tuple(OpenTask(here.id, one["who"]) for one in self.turn(signers, claimed))
        return Outcome(effects=(*effects, *opened), memo=_memo(signers, claimed), notes=notes)

    def _leave(
        self, here: Here, signers: Sequence[Signer], verdict: str, effects: tuple[Effect, ...], notes: tuple[Note, ...]
    ) -> Outcome:
        effects = (*effects, *self.tell(here, self.copy_after, "after"))
        memo = _memo(signers, here.memo.get("claimed"))
        if verdict == REJECTED and REJECTED not in here.node.on:
            return Outcome(end=REJECTED, effects=effects, notes=notes, close="cancelled", memo=memo)
        close = "cancelled" if verdict == REJECTED else "skipped"
        return Outcome(exits=(verdict,), effects=effects, notes=notes, close=close, memo=memo)

    def _return(self, here: Here) -> Outcome:
        target = here.event.get("to") or ("start" if self.return_to == "start" else "previous")
        if self.return_to != "any" and target != self.return_to:
            raise forbidden("return_not_allowed", "to")
        chosen = here.event.get("then", "") if self.after_return == "choose" else self.after_return
        done = (people.done(here, "returned"),)
        return Outcome(back=target, straight=chosen == "straight", effects=done, close="cancelled", memo=here.memo)

    def _transfer(self, here: Here) -> Outcome:
        return self._proceed(here, people.handed_over(here), (people.done(here, "transferred"),))

    def _delegate(self, here: Here) -> Outcome:
        return self._proceed(here, people.delegated(here), (people.done(here, "delegated"),))

    def _add_signer(self, here: Here) -> Outcome:
        position = here.event.get("position") or "before"
        if position not in self.add_positions:
            raise forbidden("add_position_off", "position")
        if position == "beside" and self.agree in ALONE:
            raise conflict("no_signer_beside", "position")
        signers = people.added(here, position, self.add_levels, self.add_after == "waits")
        if position == "before":
            return self._proceed(here, signers, (CloseTask(here.id, here.event["person"], "held"),))
        agreed = position == "after" and self.add_after == "agrees"
        return self._proceed(here, signers, (people.done(here, APPROVED),) if agreed else ())

    def _claim(self, here: Here) -> Outcome:
        own = people.mine(here)
        others = [one for one in here.memo["signers"] if one is not own]
        closed = tuple(CloseTask(here.id, one["who"], "claimed") for one in others)
        return Outcome(effects=closed, memo=_memo(here.memo["signers"], own["slot"]))

    def _unclaim(self, here: Here) -> Outcome:
        opened = tuple(OpenTask(here.id, one["who"]) for one in self.turn(here.memo["signers"]))
        return Outcome(effects=opened, memo=_memo(here.memo["signers"], None))

    @property
    def needs(self) -> frozenset[str]:
        """Rejection may be left out: it then ends the instance."""
        return frozenset({APPROVED})

    @property
    def knows(self) -> frozenset[str]:
        """Both verdicts."""
        return self.verdicts

    @property
    def offers(self) -> tuple[str, ...]:
        """As set."""
        return self.actions

    @property
    def back(self) -> Literal["any", "start", "previous"]:
        """As set."""
        return self.return_to

    @property
    def back_nodes(self) -> tuple[str, ...]:
        """As set."""
        return self.return_nodes

    @property
    def then(self) -> Literal["rerun", "straight", "choose"]:
        """As set."""
        return self.after_return


def _memo(signers: Sequence[Signer], claimed: int | None) -> Mapping[str, Any]:
    return {"signers": list(signers), **({} if claimed is None else {"claimed": claimed})}
