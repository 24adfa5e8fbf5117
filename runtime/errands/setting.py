"""Writes expressions' values into records 更新数据, as the machine, through the gate; all of them or none.

Where very many records point here, all of a portion or none: the worker goes on, and a refusal says how far it came.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from builder.access import system
from builder.expression.values import Failure
from builder.problem import Refusal, conflict
from runtime import compute, portions
from runtime.effect import SetValues
from runtime.errand import Errand, refused, success
from runtime.evaluating import value_of
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Record
from runtime.running import Running

Json = Any
Values = Mapping[str, Json]
MOST = 200
"""How many records a node may add from rows."""


class Setting(Errand):
    """The values are those of this moment; the records are held while they are written.

    A retry goes on with what was left, unless the values have become others since: then it begins anew.
    """

    effect = SetValues

    @staticmethod
    def run(gate: Gate, running: Running, effect: SetValues) -> Mapping[str, Json] | None:
        """Write them; what is refused leaves the node standing as failed."""
        machine = Gate(gate.world, system("workflow"), gate.language, gate.library)
        rest = effect.settings.get("rest")
        try:
            with gate.world.records.attempt():
                values = evaluated(machine, running, effect.settings)
                if rest is not None and values[0] != rest["values"]:
                    rest = None
                if rest is None:
                    left = write(machine, running, effect.settings, values)
                else:
                    left = portions.go_on_with(machine, running, rest)
        except Refusal as refusal:
            return refused(effect, refusal) | ({"rest": rest} if rest else {})
        if not left:
            return success(effect.node, effect.visit)
        place = {"instance": running.instance.id, "node": effect.node, "visit": effect.visit}
        before = rest["written"] if rest else 0
        portions.hand_over(
            gate, place, portions.rest_of(effect.settings["form"], values[0], left, before + portions.AT_ONCE)
        )
        return None


def write(machine: Gate, running: Running, settings: Mapping[str, Json], each: Sequence[Values]) -> list[str]:
    """Write into the record, into what its reference names, or into those that point here; answers what is left."""
    if settings.get("form"):
        wanted = portions.Portions.of(running, settings)
        if settings.get("rows"):
            portions.add(machine, running, wanted, each)
            return []
        return portions.begin(machine, running, wanted, each[0])
    for live, record in _targets(machine, running, settings["target"]):
        portions.set_values(machine, live, record, each[0])
    return []


def evaluated(machine: Gate, running: Running, settings: Mapping[str, Json]) -> list[dict[str, Json]]:
    """What the expressions come to over the record, or over each row of it; raises `Conflict` for one that fails."""
    at, rows = compute.context(machine, running.live), settings.get("rows", "")
    seen = running.record.seen()
    over: Sequence[Values] = (seen.get(rows) or ()) if rows else ({},)
    if len(over) > MOST:
        raise conflict("update_too_many_rows", most=MOST, count=len(over))
    found = []
    for row in over:
        values = {}
        for id, text in settings["values"].items():
            value = value_of(running.live, text, {**seen, **row}, at, rows)
            if isinstance(value, Failure):
                raise conflict("value_failed", field=id, reason=value.sentence(machine.language))
            values[id] = value
        found.append(values)
    return found


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
