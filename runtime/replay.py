"""An instance as the fold of its events, also when it changed its drawing on the way 重放."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from builder.definition import Workflow
from runtime.step import NEW, State, step

Json = Any
Load = Callable[[str], Workflow]

MOVES = frozenset({"migrated", "migration_undone"})
"""The events after which another version holds; each says `from` and `to`."""


def refold(load: Load, hash: str, events: Sequence[Mapping[str, Json]]) -> State:
    """The state after all `events` of an instance that is pinned to `hash` now; `load` gives a version by its hash."""
    hash = next((event["from"] for event in events if event["type"] in MOVES), hash)
    state, workflow = NEW, load(hash)
    for event in events:
        if event["type"] in MOVES:
            workflow = load(event["to"])
        state, _ = step(workflow, state, event)
    return state
