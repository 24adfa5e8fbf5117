"""Tells a parent that its subflow is over 回报父流程."""

from collections.abc import Mapping
from typing import Any

from builder.access import system
from builder.problem import Conflict
from runtime import tasks
from runtime.effect import EndInstance
from runtime.errand import Errand, success
from runtime.gate import Gate
from runtime.perform import happen
from runtime.running import Running

Json = Any


class Telling(Errand):
    """A parent that has gone on, or is over, hears nothing."""

    effect = EndInstance

    @staticmethod
    def run(gate: Gate, running: Running, effect: EndInstance) -> Mapping[str, Json] | None:
        """Let the parent go on in the same transaction."""
        link = running.instance.state.get("parent")
        if not link or not link["wait"]:
            return None
        machine = Gate(gate.world, system("subflow ended"), gate.language, gate.library)
        parent = tasks.hold(machine, link["instance"])
        event = success(link["node"], link["visit"], child=running.instance.id, status=effect.status)
        if parent.instance.ended_at is None:
            _let_go_on(machine, parent, event)
        return None


def _let_go_on(machine: Gate, parent: Running, event: Mapping[str, Json]) -> None:
    try:
        happen(machine, parent, event)
    except Conflict as refusal:
        if refusal.problems[0].code != "report_too_late":
            raise
