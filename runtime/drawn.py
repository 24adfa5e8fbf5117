"""A workflow made ready to run, once 流程编译: node types read, ways followed; kept while the workflow lives."""

from collections.abc import Mapping
from functools import cached_property
from weakref import finalize

from builder.definition import Workflow
from runtime.drawing import Ways, reach, split_of, ways
from runtime.node import NodeType, read


class Drawn:
    """What a step asks of the drawing again and again. It holds the drawing's parts, not the workflow itself."""

    def __init__(self, workflow: Workflow) -> None:
        self._nodes = workflow.nodes
        self._start = workflow.start
        self._kinds: dict[str, NodeType] = {}
        self._reach: dict[str, set[str]] = {}
        self._splits: dict[str, str] = {}
        self.ways: Ways = ways(workflow)

    def kind(self, node: str) -> NodeType:
        """The node's type with its settings."""
        if node not in self._kinds:
            self._kinds[node] = read(self._nodes[node])
        return self._kinds[node]

    @cached_property
    def waits(self) -> Mapping[str, bool]:
        """Which nodes wait for a person."""
        return {node: self.kind(node).asks for node in self._nodes}

    def reach(self, node: str) -> set[str]:
        """What can be reached from the node."""
        if node not in self._reach:
            self._reach[node] = reach(self.ways, node)
        return self._reach[node]

    def split_of(self, join: str) -> str:
        """The split that a join closes; "" for none."""
        if join not in self._splits:
            splits = [each for each in self.ways if self.kind(each).splits]
            self._splits[join] = split_of(self.ways, self._start, splits, join)
        return self._splits[join]


_KNOWN: dict[int, Drawn] = {}


def drawn(workflow: Workflow) -> Drawn:
    """The workflow made ready; the same object is read once, and forgotten with it."""
    key = id(workflow)
    found = _KNOWN.get(key)
    if found is None:
        found = _KNOWN[key] = Drawn(workflow)
        finalize(workflow, _KNOWN.pop, key, None)
    return found
