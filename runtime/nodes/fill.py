"""Filling in 填写: the start of a workflow, where a return comes back to, and a form to complete in between."""

from typing import ClassVar, Literal

from builder.problem import conflict
from runtime.asked import Asked
from runtime.assign import Assignee
from runtime.effect import CloseTask, Effect, FinishTask, OpenTask
from runtime.node import Here, Note, Outcome


class Fill(Asked):
    """The first of `assignees` (the initiator, if nothing is said) who submits moves the workflow on."""

    starts: ClassVar[bool] = True
    completes: ClassVar[frozenset[str]] = frozenset({"submit"})
    open_fields: ClassVar[bool] = True

    assignees: tuple[Assignee, ...] = (Assignee(initiator=True),)
    reentry: Literal["recompute", "same"] = "recompute"
    """Who is asked when it is reached again: whom the rules then mean, or who handled it before."""

    def enter(self, here: Here) -> Outcome:
        """Submitting the record starts the workflow; after that, somebody is asked."""
        if here.starting:
            return self._on(here)
        told = self.tell(here, self.copy_on_arrival, "arrival")
        before = self.handlers(here) if self.reentry == "same" else []
        people = before or here.people(self.assignees, self.empty)
        if not people:
            return self._on(here, told, (Note("skipped"),))
        return Outcome(effects=(*told, *(OpenTask(here.id, person) for person in people)))

    def receive(self, here: Here) -> Outcome:
        """Submitted: on."""
        action, person = here.event["action"], here.event["person"]
        if action == "reassign":
            return self._reassigned(here, person)
        if action != "submit":
            raise conflict("not_possible_here", action=action)
        self.must_say(here, action)
        done = FinishTask(here.id, person, "submitted", here.event["by"], here.event.get("comment", ""))
        return self._on(here, (done,))

    def retract(self, here: Here) -> Outcome:
        """Who submitted fills it in again."""
        return Outcome(effects=(OpenTask(here.id, here.event["person"]),))

    def _on(self, here: Here, effects: tuple[Effect, ...] = (), notes: tuple[Note, ...] = ()) -> Outcome:
        told = self.tell(here, self.copy_after, "after")
        return Outcome(exits=(here.exit,), effects=(*effects, *told), notes=notes)

    def _reassigned(self, here: Here, person: str) -> Outcome:
        to = here.event.get("to", "")
        if to == person:
            raise conflict("transfer_to_self", "to")
        return Outcome(effects=(CloseTask(here.id, person, "reassigned"), OpenTask(here.id, to)))

    @property
    def offers(self) -> tuple[str, ...]:
        """Submit."""
        return tuple(self.completes)
