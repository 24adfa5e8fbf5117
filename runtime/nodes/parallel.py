"""A parallel split 并行分支: every exit at once."""

from runtime.node import Here, NodeType, Outcome


class Parallel(NodeType):
    """Leaves by all its exits at once; a join waits for them."""

    def enter(self, here: Here) -> Outcome:
        """Every way at once."""
        return Outcome(exits=tuple(here.node.on))

    @property
    def splits(self) -> bool:
        """Always."""
        return True

    @property
    def needs(self) -> frozenset[str]:
        """None in particular: the exits are the branches."""
        return frozenset()

    @property
    def knows(self) -> None:
        """Exits may be called anything."""
        return None
