"""A message 通知: words of the workflow's own, with fields in braces, for people who need do nothing."""

from pydantic import Field as Setting

from builder.model import Text
from runtime.assign import Assignee
from runtime.effect import SendMessage
from runtime.node import Here, NodeType, Note, Outcome


class Notify(NodeType):
    """Everybody whom `assignees` means is sent `message`; nobody is no problem."""

    assignees: tuple[Assignee, ...] = Setting(default=(), max_length=50)
    message: Text = ""

    def enter(self, here: Here) -> Outcome:
        """Tell them and go on."""
        people = here.people(self.assignees)
        said = SendMessage(here.id, tuple(people), self.message)
        return Outcome(
            exits=(here.exit,),
            effects=(said,) if people else (),
            notes=tuple(Note("notified", person) for person in people),
        )

    @property
    def rules(self) -> tuple[Assignee, ...]:
        """Who is told."""
        return self.assignees
