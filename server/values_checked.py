"""Do stored values equal a fresh computation 公式体检: what follows from other records, and every formula."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from builder.access import Actor
from builder.problem import Missing
from runtime import ripple
from runtime.gate import Gate
from runtime.keeping import keep_changes
from runtime.live import LiveForm
from runtime.ports import Query
from runtime.recomputing import ALL, stale
from server import recompute
from server.store import examining
from server.store.world import revisions_of, world
from server.transaction import briefly, snapshot
from server.wiring import Wired

Stale = tuple[str, str, str, tuple[str, ...]]
"""App, form, record, and the fields that hold something else."""


def examine(wired: Wired, wanted: str = "") -> list[tuple[str, Stale]]:
    """By workspace: the records that hold something else than a computation from scratch comes to.

    Forms of which something waits to be computed again are left out: their lists say so."""
    with snapshot(wired.engine) as connection:
        return [
            (id, found)
            for id in examining.workspaces(connection, wanted)
            for live, gate in _forms(wired, connection, id)
            if recompute.left(connection, id, live.app.id, live.form.id).left == 0
            for found in _form(gate, live)
        ]


def mend(wired: Wired, found: list[tuple[str, Stale]]) -> None:
    """Compute them again, some in each transaction, as the worker does."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for workspace, (app, form, record, _) in found:
        places.setdefault((workspace, app, form), []).append(record)
    for (workspace, app, form), ids in places.items():
        for start in range(0, len(ids), ripple.PORTION):
            _again(wired, workspace, app, form, ids[start : start + ripple.PORTION])


def _again(wired: Wired, workspace: str, app: str, form: str, ids: list[str]) -> None:
    def work(connection: Connection) -> None:
        gate = _gate(wired, connection, workspace)
        ripple.follow(gate, gate.form(app, form), {id: (ALL,) for id in ids}, keep_changes)

    briefly(wired.engine, work)


def _gate(wired: Wired, connection: Connection, workspace: str) -> Gate:
    revisions = revisions_of(connection, workspace)
    around = world(connection, workspace, wired.caches, wired.clock, wired.ids, revisions)
    actor = Actor("system", "system", admin=True, reason="doctor")
    return Gate(around, actor, recompute.LANGUAGE, wired.compiled)


def _forms(wired: Wired, connection: Connection, workspace: str) -> Iterator[tuple[LiveForm, Gate]]:
    gate = _gate(wired, connection, workspace)
    for head in gate.world.definitions.apps():
        try:
            yield from ((live, gate) for live in gate.app(head.id).forms.values())
        except Missing:
            continue


def _form(gate: Gate, live: LiveForm) -> Iterator[Stale]:
    if not live.formulas.all and not any(entry.gathers is not None for entry in live.fields.values()):
        return
    query = Query(live.key, live.columns, limit=ripple.PORTION)
    while True:
        page = gate.world.records.find(query)
        for one in stale(gate, live, page.records):
            yield live.app.id, live.form.id, one.record.id, _differing(one.record.values, one.entry.values)
        if not page.next:
            return
        query = replace(query, after=page.next)


def _differing(before: Any, after: Any) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*before, *after} if before.get(name) != after.get(name)))
