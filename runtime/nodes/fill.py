"""Filling in 填写: the start of a workflow, where a return comes back to, and a form to complete in between."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field as Setting

from builder.problem import conflict, invalid
from runtime.assign import Assignee
from runtime.effect import FinishTask, OpenTask
from runtime.node import Access, Empty, Here, NodeType, Note, Outcome


class Fill(NodeType):
    """The first of `assignees` (the initiator, if nothing is said) who submits moves the workflow on."""

    asks: ClassVar[bool] = True
    starts: ClassVar[bool] = True
    completes: ClassVar[frozenset[str]] = frozenset({"submit"})
    open_fields: ClassVar[bool] = True

    assignees: tuple[Assignee, ...] = (Assignee(initiator=True),)
    empty: Empty = "admin"
    fields: dict[str, Access] = Setting(default_factory=dict)
    comment_required: tuple[str, ...] = ()

    def enter(self, here: Here) -> Outcome:
        """Submitting the record starts the workflow; after that, somebody is asked."""
        if here.starting:
            return Outcome(exits=(here.exit,))
        people = here.people(self.assignees, self.empty)
        if not people:
            return Outcome(exits=(here.exit,), notes=(Note("skipped"),))
        return Outcome(effects=tuple(OpenTask(here.id, person) for person in people))

    def receive(self, here: Here) -> Outcome:
        """Submitted: on."""
        if here.event["action"] != "submit":
            raise conflict("not_possible_here", action=here.event["action"])
        comment = here.event.get("comment", "")
        if "submit" in self.comment_required and not comment.strip():
            raise invalid("comment_required", "comment")
        done = FinishTask(here.id, here.event["person"], "submitted", here.event["by"], comment)
        return Outcome(exits=(here.exit,), effects=(done,))

    @property
    def rules(self) -> tuple[Assignee, ...]:
        """Who is asked."""
        return self.assignees

    @property
    def offers(self) -> tuple[str, ...]:
        """Submit."""
        return tuple(self.completes)

    @property
    def wants_comment(self) -> tuple[str, ...]:
        """As set."""
        return self.comment_required

    @property
    def access(self) -> Mapping[str, Access]:
        """What may be filled in."""
        return self.fields
