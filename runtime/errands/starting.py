"""Starts subflows 发起子流程: adds their records, all or none, and lets their workflows begin."""

from collections.abc import Mapping, Sequence
from typing import Any

from builder.access import Actor
from builder.expression.values import Failure
from builder.problem import Refusal, conflict
from runtime import compute, records
from runtime.effect import StartChildren
from runtime.errand import Errand, refused, success
from runtime.evaluating import value_of
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.perform import happen
from runtime.ports import Instance, Record
from runtime.running import Running
from runtime.step import NEW
from runtime.writing import Entry

Json = Any
MOST, DEEPEST = 200, 5
"""How many children a parent may start at a node, and how many generations there may be."""


class Starting(Errand):
    """A child's initiator is the parent's; its record is added by the machine in his name."""

    effect = StartChildren

    @staticmethod
    def run(gate: Gate, running: Running, effect: StartChildren) -> Mapping[str, Json] | None:
        """Start them; when one cannot be, none is, and the node stands as failed."""
        try:
            with gate.world.records.attempt():
                children = start(gate, running, effect)
        except Refusal as refusal:
            return refused(effect, refusal)
        return success(effect.node, effect.visit, children=children)


def start(gate: Gate, running: Running, effect: StartChildren) -> list[str]:
    """The ids of the instances started; raises `Refusal`."""
    settings, parent = effect.settings, running.instance
    live = running.live.app.form(settings["form"])
    depth = parent.state.get("parent", {}).get("depth", 0) + 1
    if depth > DEEPEST:
        raise conflict("subflow_too_deep", most=DEEPEST)
    machine = Gate(
        gate.world,
        Actor("system", parent.initiator, admin=True, reason="started by a parent"),
        gate.language,
        gate.library,
    )
    written = [Entry(gate.world.ids.new(), values) for values in _filled(machine, running, settings)]
    added = records.add(machine, live, written) if written else []
    link = {"instance": parent.id, "node": effect.node, "visit": effect.visit, "depth": depth, "wait": settings["wait"]}
    link |= {"together": True} if settings.get("together") else {}
    outside = parent.state.get("outside", False)
    return [_begin(machine, live, record, link, outside=outside) for record in added if live.form.workflow]


def _filled(machine: Gate, running: Running, settings: Mapping[str, Json]) -> list[dict[str, Json]]:
    """What each child's record is filled with."""
    at, subform = compute.context(machine, running.live), settings["rows"]
    seen = running.record.seen()
    rows: Sequence[Mapping[str, Json]] = (seen.get(subform) or ()) if subform else ({},)
    if len(rows) > MOST:
        raise conflict("subflow_too_many_rows", most=MOST, count=len(rows))
    found = []
    for row in rows:
        values = {
            id: value_of(running.live, text, {**seen, **row}, at, subform) for id, text in settings["fill"].items()
        }
        found.append({id: value for id, value in values.items() if not isinstance(value, Failure)})
    return found


def _begin(machine: Gate, live: LiveForm, record: Record, link: Mapping[str, Json], *, outside: bool) -> str:
    """Let the workflow of a child's record begin; that of a stranger's record is a stranger's too."""
    name = live.form.workflow or ""
    if name not in live.app.app.workflows:
        raise conflict("no_workflow")
    pinned, by = live.app.hashes[f"workflows/{name}"], machine.actor.id
    child = Instance(machine.world.ids.new(), live.key, record.id, pinned, NEW, "", by, machine.now, 0)
    started = Running(child, live.app.app.workflows[name], live, record)
    happen(machine, started, {"type": "started", "parent": dict(link), **({"outside": True} if outside else {})})
    return child.id
