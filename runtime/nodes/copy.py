"""A copy 抄送: let somebody know; asks nothing and never blocks."""

from runtime.assign import Assignee
from runtime.effect import Copy as Tell
from runtime.node import Here, NodeType, Note, Outcome


class Copy(NodeType):
    """Everybody whom `assignees` means is told once; nobody is no problem."""

    assignees: tuple[Assignee, ...] = ()

    def enter(self, here: Here) -> Outcome:
        """Tell them and go on."""
        people = here.people(self.assignees)
        return Outcome(
            exits=(here.exit,),
            effects=tuple(Tell(here.id, person) for person in people),
            notes=tuple(Note("copied", person) for person in people),
        )

    @property
    def rules(self) -> tuple[Assignee, ...]:
        """Who is told."""
        return self.assignees
