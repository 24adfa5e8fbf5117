"""The end 结束: closes every task and every branch, and says how it ended."""

from typing import ClassVar, Literal

from runtime.node import Here, NodeType, Outcome


class End(NodeType):
    """Reaching it ends the instance with `status`."""

    ends: ClassVar[bool] = True

    status: Literal["approved", "rejected", "ended"] = "approved"

    def enter(self, here: Here) -> Outcome:
        """It is over."""
        return Outcome(end=self.status)

    @property
    def needs(self) -> frozenset[str]:
        """No exit."""
        return frozenset()
