"""How fast one worker works off timers that are due at once 到期定时: made on a real database, through the machine."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from builder.access import Actor
from builder.definition import App
from builder.parts import manifest_of, to_parts
from runtime import records
from runtime.gate import Gate
from runtime.ports import AppHead, Member
from server import operating, timing
from server.settings import Settings
from server.store import tables
from server.store.identity import Workspace, add_workspace
from server.store.members import add_members
from server.store.world import world
from server.transaction import transaction
from server.wiring import Wired, wire

COUNT = 10_000
FORM: dict[str, Any] = {
    "id": "deal", "name": "合同", "title": "name", "workflow": "deal",
    "fields": [{"id": "name", "type": "text", "label": "名称"}, {"id": "amount", "type": "number", "label": "金额"}],
}  # fmt: skip


def flow(rule: dict[str, Any]) -> dict[str, Any]:
    """One approval that is due in an hour."""
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "boss"}},
        "boss": {
            "type": "approve", "label": "审批", "assignees": [{"member": "boss"}],
            "due": [{"after": "PT1H", **rule}], "on": {"approved": "end"},
        },
        "end": {"type": "end"},
    }  # fmt: skip
    return {"id": "deal", "form": "deal", "name": "审批", "start": "draft", "nodes": nodes}


def measured(url: str, home: Path, count: int = COUNT) -> dict[str, float]:
    """Timers a second: reminders, and approvals by the machine that end the workflow."""
    settings = Settings(database_url=url, home=home)
    operating.migrate(settings)
    wired = wire(settings)
    try:
        rules = {"remind": {"do": "remind"}, "submit": {"do": "submit"}}
        return {name: _rate(wired, f"bench{name}", rule, count) for name, rule in rules.items()}
    finally:
        wired.engine.dispose()


def _rate(wired: Wired, workspace: str, rule: dict[str, Any], count: int) -> float:
    with transaction(wired.engine) as connection:
        fill(wired, connection, workspace, rule, count)
    begun = time.perf_counter()
    while timing.work(wired):
        pass
    spent = time.perf_counter() - begun
    with transaction(wired.engine, writes=False) as connection:
        told = select(tables.happening.c.instance).where(tables.happening.c.workspace == workspace)
        events = connection.execute(told).all()
    if len(events) != 2 * count:
        raise RuntimeError(f"{len(events)} events of {count} instances: a timer came twice, or never")
    return count / spent


def fill(wired: Wired, connection: Connection, workspace: str, rule: dict[str, Any], count: int) -> None:
    """One instance made by the machine, and as many copies of it."""
    now = wired.clock.now()
    add_workspace(connection, Workspace(workspace, "W", "Asia/Shanghai", "zh-CN", None, now, "", 0, 0))
    people = [Member("ini", "王"), Member("boss", "李", admin=True)]
    add_members(connection, workspace, people, now, {})
    around = world(connection, workspace, wired.caches, wired.clock, wired.ids)
    app = App.model_validate({"id": "crm", "name": "C", "forms": {"deal": FORM}, "workflows": {"deal": flow(rule)}})
    parts = to_parts(app)
    manifest = manifest_of(parts)
    around.definitions.keep({manifest[name]: part for name, part in parts.items()})
    around.definitions.save(AppHead("crm", "C", "app", "blue", 1, manifest, manifest, 1))
    gate = Gate(around, Actor("member", "ini", admin=True), "zh-CN", wired.compiled)
    first = records.submit(gate, "crm", "deal", {"name": "华信", "amount": 1})["id"]
    due = update(tables.timer).where(tables.timer.c.workspace == workspace)
    connection.execute(due.values(due_at=now - timedelta(minutes=1)))
    for table in (tables.record, tables.instance, tables.happening, tables.task, tables.timer):
        copied(connection, table, workspace, first, count - 1)


def copied(connection: Connection, table: Any, workspace: str, first: str, count: int, *where: Any) -> None:
    """The one row of the table (`where`) so many times more, each with ids of its own."""
    row = dict(connection.execute(select(table).where(table.c.workspace == workspace, *where)).one()._mapping)
    named = [name for name in ("id", "record", "instance", "source") if name in row]
    rows = ({**row, **{name: _another(row[name], place) for name in named}} for place in range(1, count + 1))
    for some in _chunks(rows, 1000):
        connection.execute(insert(table), some)


def _another(id: str, place: int) -> str:
    return f"{id}-{place}"


def _chunks(rows: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    some = []
    for row in rows:
        some.append(row)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
