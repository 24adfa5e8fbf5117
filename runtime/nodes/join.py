"""A join 汇合: goes on once, when no branch can arrive any more."""

from typing import ClassVar, Literal

from pydantic import Field as Setting

from runtime.node import Here, NodeType, Outcome


class Join(NodeType):
    """all: waits for every branch that is still on its way · first, number: some are enough, and what becomes of the
    rest is said: cancelled, or finished without being heard."""

    gathers: ClassVar[bool] = True

    wait: Literal["all", "first", "number"] = "all"
    number: int = Setting(default=1, ge=1, le=100)
    rest: Literal["cancel", "finish"] = "cancel"

    def enter(self, here: Here) -> Outcome:
        """Wait for the others."""
        return Outcome()

    def receive(self, here: Here) -> Outcome:
        """Everybody is here, or enough are."""
        return Outcome(exits=(here.exit,))

    def enough(self, arrived: int) -> bool:
        """The first, or so many."""
        return self.partial and arrived >= (self.number if self.wait == "number" else 1)

    @property
    def partial(self) -> bool:
        """As set."""
        return self.wait != "all"

    @property
    def cancels(self) -> bool:
        """As set."""
        return self.partial and self.rest == "cancel"
