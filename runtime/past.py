"""What was done in an instance before a node was reached 前情: who agreed, who handled what, by trail and log."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.definition import Workflow
from runtime.drawn import drawn
from runtime.trail import ancestors, just_before

Json = Any
ANSWERED = frozenset({"approve", "reject", "submit"})
"""What counts as having handled a node."""


@dataclass(frozen=True)
class Past:
    """Seen from a visit; everything is looked up when it is asked for, which is seldom."""

    workflow: Workflow
    state: Mapping[str, Json]
    visit: int

    @property
    def agreed(self) -> frozenset[str]:
        """Who agreed before, as far as the workflow then asks them no second time; another branch does not count."""
        if self.workflow.same_person == "ask":
            return frozenset()
        kinds = drawn(self.workflow)
        counted = ancestors(self.state["trail"], self.visit) if self._whole else self._just_before
        return frozenset(
            _who(line) for line in self._said(counted) if line["action"] in kinds.kind(line["node"]).agreements
        )

    @property
    def before(self) -> tuple[str, ...]:
        """Who handled the nearest nodes before that wait for a person."""
        return tuple(dict.fromkeys(_who(line) for line in self._said(self._just_before) if line["action"] in ANSWERED))

    def handled(self, node: str) -> tuple[str, ...]:
        """Who handled a node when it was last passed, also if that was taken back by a return."""
        lines = [line for line in self.state["log"] if line["node"] == node and line["action"] in ANSWERED]
        last = max((line["visit"] for line in lines), default=-1)
        return tuple(dict.fromkeys(_who(line) for line in lines if line["visit"] == last))

    @property
    def _whole(self) -> bool:
        return self.workflow.same_person == "agree_history"

    @property
    def _just_before(self) -> set[int]:
        return just_before(self.state["trail"], self.state["trail"][self.visit]["from"], drawn(self.workflow).waits)

    def _said(self, visits: Collection[int]) -> Iterator[Mapping[str, Json]]:
        return (line for line in self.state["log"] if line["visit"] in visits)


def _who(line: Mapping[str, Json]) -> str:
    """Whose answer it was, also when another gave it in his place."""
    who: str = line.get("person", line["by"])
    return who
