"""A branch 条件分支: the first guard that is true decides, or else the other way."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field as Setting

from builder.model import Slug, Text
from runtime.node import Here, NodeType, Outcome

ELSE = "else"


class Branch(NodeType):
    """Leaves by the first exit whose `when` is true, in order, or by `else`; `take: all` leaves by every true one."""

    otherwise: ClassVar[str] = ELSE

    when: dict[Slug, Text] = Setting(default_factory=dict)
    take: Literal["first", "all"] = "first"

    def enter(self, here: Here) -> Outcome:
        """Look which guards hold."""
        holds = here.fact("holds", dict(self.when)) if self.when else {}
        true = tuple(exit for exit in self.when if holds[exit])
        return Outcome(exits=(true if self.splits else true[:1]) or (ELSE,))

    @property
    def splits(self) -> bool:
        """Inclusive: several ways at once."""
        return self.take == "all"

    @property
    def needs(self) -> frozenset[str]:
        """Every guarded exit, and else."""
        return frozenset(self.when) | {ELSE}

    @property
    def guards(self) -> Mapping[str, str]:
        """What decides."""
        return self.when
