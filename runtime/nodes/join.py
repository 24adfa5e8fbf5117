"""A join 汇合: goes on once, when no branch can arrive any more."""

from typing import ClassVar

from runtime.node import Here, NodeType, Outcome


class Join(NodeType):
    """Waits for every branch that is still on its way; `step` knows which those are."""

    gathers: ClassVar[bool] = True

    def enter(self, here: Here) -> Outcome:
        """Wait for the others."""
        return Outcome()

    def receive(self, here: Here) -> Outcome:
        """Everybody is here."""
        return Outcome(exits=(here.exit,))
