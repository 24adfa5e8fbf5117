"""Ends subflows whose parent has gone on without them 结束子流程."""

from collections.abc import Mapping
from typing import Any

from builder.access import system
from runtime import tasks
from runtime.effect import EndChildren
from runtime.errand import Errand
from runtime.gate import Gate
from runtime.perform import happen
from runtime.running import Running

Json = Any


class Ending(Errand):
    """Parent and child end together."""

    effect = EndChildren

    @staticmethod
    def run(gate: Gate, running: Running, effect: EndChildren) -> Mapping[str, Json] | None:
        """End those that still run."""
        machine = Gate(gate.world, system("parent ended"), gate.language, gate.library)
        for id in effect.children:
            child = gate.world.instances.get(id)
            if child is not None and child.ended_at is None:
                happen(machine, tasks.hold(machine, id), {"type": "terminated"})
        return None
