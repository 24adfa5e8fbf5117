"""Writes expressions' values into records 更新数据, as the machine, through the gate; all of them or none."""

from collections.abc import Mapping
from typing import Any

from builder.access import system
from builder.expression.values import Failure
from builder.problem import Refusal, conflict
from runtime import compute, records
from runtime.effect import SetValues
from runtime.errand import Errand, refused, success
from runtime.evaluating import value_of
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Record
from runtime.running import Running
from runtime.writing import Writing

Json = Any


class Setting(Errand):
    """The values are those of this moment; the records are held while they are written."""

    effect = SetValues

    @staticmethod
    def run(gate: Gate, running: Running, effect: SetValues) -> Mapping[str, Json] | None:
        """Write them; what is refused leaves the node standing as failed."""
        machine = Gate(gate.world, system("workflow"), gate.language, gate.library)
        try:
            with gate.world.records.attempt():
                write(machine, running, effect.settings["target"], effect.settings["values"])
        except Refusal as refusal:
            return refused(effect, refusal)
        return success(effect.node, effect.visit)


def write(machine: Gate, running: Running, target: str, values: Mapping[str, str]) -> None:
    """Evaluate over the record, and write into it or into what its reference names; raises `Refusal`."""
    at = compute.context(machine, running.live)
    found = {}
    for id, text in values.items():
        value = value_of(running.live, text, running.record.seen(), at)
        if isinstance(value, Failure):
            raise conflict("value_failed", field=id, reason=value.sentence(machine.language))
        found[id] = value
    for live, record in _targets(machine, running, target):
        set_values(machine, live, record, found)


def set_values(machine: Gate, live: LiveForm, record: Record, values: Mapping[str, Json]) -> Record:
    """Write values into a held record, judged as every write is; raises `Refusal`."""
    writing = Writing(machine, live, machine.grant(live, "update"), draft=True)
    return records.change(machine, live, record, values, {}, writing, note="workflow")


def _targets(machine: Gate, running: Running, target: str) -> list[tuple[LiveForm, Record]]:
    live, record = running.live, running.record
    if not target:
        held = machine.world.records.get(live.key, record.id, lock=True)
        return [(live, held)] if held is not None else []
    points = live.fields[target].points if target in live.fields else None
    if points is None or points.form not in live.app.forms:
        raise conflict("unknown_field", field=target)
    other = live.app.form(points.form)
    ids = sorted(points.targets(record.values.get(target)))
    found = [machine.world.records.get(other.key, id, lock=True) for id in ids]
    return [(other, one) for one in found if one is not None and one.deleted_at is None]
