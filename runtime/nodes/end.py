"""The end 结束: closes every task and every branch, and says how it ended."""

from typing import ClassVar, Literal

from runtime.node import Here, NodeType, Outcome


class End(NodeType):
    """Reaching it ends the instance with `status`; with `closes: branch` only its own branch, until none is left."""

    ends: ClassVar[bool] = True

    status: Literal["approved", "rejected", "ended"] = "approved"
    closes: Literal["all", "branch"] = "all"

    def enter(self, here: Here) -> Outcome:
        """It is over."""
        return Outcome(stops=self.status) if self.closes == "branch" else Outcome(end=self.status)

    @property
    def needs(self) -> frozenset[str]:
        """No exit."""
        return frozenset()

    @property
    def ends_all(self) -> bool:
        """As set."""
        return self.closes == "all"
