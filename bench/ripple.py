"""How a change goes on into ten thousand records 联动测速: the writer, the worker, and who writes meanwhile."""

import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection, func, select

from bench.timers import copied
from builder.access import Actor
from builder.definition import App
from builder.parts import manifest_of, to_parts
from runtime import records
from runtime.gate import Gate
from runtime.ports import AppHead, Member
from server import operating, recompute, worker
from server.settings import Settings
from server.store import tables
from server.store.identity import Workspace, add_workspace
from server.store.members import add_members
from server.store.world import revisions_of, world
from server.transaction import retrying, transaction
from server.wiring import Wired, wire

COUNT = 10_000
NUMBER, TEXT = {"type": "number"}, {"type": "text"}
FORMS: dict[str, Any] = {
    "rate": {"id": "rate", "name": "Rate", "title": "code", "fields": [
        {"id": "code", "label": "Code", **TEXT}, {"id": "amount", "label": "Amount", **NUMBER}]},
    "bill": {"id": "bill", "name": "Bill", "title": "name", "fields": [
        {"id": "name", "label": "Name", **TEXT}, {"id": "code", "label": "Code", **TEXT},
        {"id": "rate", "label": "Rate", "type": "reference", "form": "rate"},
        {"id": "through", "label": "Through", **NUMBER, "formula": "rate.amount * 2"}]},
    "note": {"id": "note", "name": "Note", "title": "name", "fields": [
        {"id": "name", "label": "Name", **TEXT}, {"id": "code", "label": "Code", **TEXT},
        {"id": "looked", "label": "Looked", **NUMBER, "formula": 'MAPX("sum", code, "rate", "code", "amount")'}]},
    "whole": {"id": "whole", "name": "Whole", "title": "name", "fields": [
        {"id": "name", "label": "Name", **TEXT},
        {"id": "total", "label": "Total", "type": "rollup", "form": "part", "by": "whole", "operation": "sum",
         "field": "chained"}]},
    "part": {"id": "part", "name": "Part", "title": "name", "fields": [
        {"id": "name", "label": "Name", **TEXT},
        {"id": "rate", "label": "Rate", "type": "reference", "form": "rate"},
        {"id": "whole", "label": "Whole", "type": "reference", "form": "whole"},
        {"id": "chained", "label": "Chained", **NUMBER, "formula": "rate.amount * 2"}]},
}  # fmt: skip
LOOKING = {"through": "bill", "looked": "note", "chained": "part"}
"""By the formula that follows: its form. What is chained is summed up again in another form."""


def measured(url: str, home: Path, count: int = COUNT) -> dict[str, dict[str, float]]:
    """By how the records depend on the changed one: how long writer and worker took, and others meanwhile."""
    settings = Settings(database_url=url, home=home)
    operating.migrate(settings)
    wired = wire(settings)
    try:
        return {way: _one(wired, f"bench{way}", form, way, count) for way, form in LOOKING.items()}
    finally:
        wired.engine.dispose()


def _one(wired: Wired, workspace: str, form: str, way: str, count: int) -> dict[str, float]:
    with transaction(wired.engine) as connection:
        rate = _fill(wired, connection, workspace, form, count)
        connection.exec_driver_sql("ANALYZE")
    _worked(wired)
    begun = time.perf_counter()
    _written(wired, workspace, "rate", rate)
    writer = time.perf_counter() - begun
    waits: list[float] = []
    done = threading.Event()
    others = threading.Thread(target=_meanwhile, args=(wired, workspace, waits, done))
    others.start()
    begun = time.perf_counter()
    steps = _worked(wired, workspace, form)
    spent = time.perf_counter() - begun
    done.set()
    others.join()
    with transaction(wired.engine, writes=False) as connection:
        right = _right(connection, workspace, form, way)
    if right != count:
        raise RuntimeError(f"{right} of {count} records follow")
    return {"writer_ms": writer * 1000, "worker_s": spent, "records_per_s": count / spent, "steps_told": steps,
            "others_ms": median(waits) * 1000, "others_worst_ms": max(waits) * 1000}  # fmt: skip


def _gate(wired: Wired, connection: Connection, workspace: str) -> Gate:
    around = world(connection, workspace, wired.caches, wired.clock, wired.ids, revisions_of(connection, workspace))
    return Gate(around, Actor("member", "ann", admin=True), "en", wired.compiled)


def _fill(wired: Wired, connection: Connection, workspace: str, form: str, count: int) -> str:
    """One rate, one record that depends on it, and as many copies of that."""
    now = wired.clock.now()
    add_workspace(connection, Workspace(workspace, "W", "Asia/Shanghai", "en", None, now, "", 0, 0))
    add_members(connection, workspace, [Member("ann", "Ann", admin=True)], now, {})
    around = world(connection, workspace, wired.caches, wired.clock, wired.ids)
    parts = to_parts(App.model_validate({"id": "crm", "name": "C", "forms": FORMS}))
    manifest = manifest_of(parts)
    around.definitions.keep({manifest[name]: part for name, part in parts.items()})
    around.definitions.save(AppHead("crm", "C", "app", "blue", 1, manifest, manifest, 1))
    gate = _gate(wired, connection, workspace)
    rate = str(records.submit(gate, "crm", "rate", {"code": "A", "amount": "1"})["id"])
    whole = records.submit(gate, "crm", "whole", {"name": "all"})["id"]
    given = {"name": "x", "code": "A", "rate": rate, "whole": whole}
    known = gate.form("crm", form).fields
    first = str(records.submit(gate, "crm", form, {id: value for id, value in given.items() if id in known})["id"])
    copied(connection, tables.record, workspace, first, count - 1, tables.record.c.form == f"crm.{form}")
    for field in ("rate", "whole") if "rate" in known else ():
        held = tables.link.c.field == field
        if field in known:
            copied(connection, tables.link, workspace, first, count - 1, held)
    return rate


def _written(wired: Wired, workspace: str, form: str, id: str) -> None:
    def work() -> None:
        with transaction(wired.engine) as connection:
            gate = _gate(wired, connection, workspace)
            records.edit(gate, "crm", form, id, {"amount": "21"}, {"amount": "1"})

    retrying(work)


def _meanwhile(wired: Wired, workspace: str, waits: list[float], done: threading.Event) -> None:
    """Somebody adds a record again and again while the worker works."""

    def work() -> None:
        with transaction(wired.engine) as connection:
            records.submit(_gate(wired, connection, workspace), "crm", "rate", {"code": "B", "amount": "1"})

    while not done.wait(0.05) or not waits:
        begun = time.perf_counter()
        retrying(work)
        waits.append(time.perf_counter() - begun)


def _worked(wired: Wired, workspace: str = "", form: str = "") -> int:
    """Work everything off; answers at how many different places the progress was told to stand."""
    told = set()
    while worker.work(wired, "bench", most=1):
        if form:
            with transaction(wired.engine, writes=False) as connection:
                told.add(recompute.left(connection, workspace, "crm", form).left)
    return len(told)


def _right(connection: Connection, workspace: str, form: str, way: str) -> int:
    wanted = {"through": "42", "looked": "21", "chained": "42"}[way]
    held = func.json_extract if connection.dialect.name == "sqlite" else None
    value = held(tables.record.c["values"], f"$.{way}") if held else tables.record.c["values"].op("->>")(way)
    mine = (tables.record.c.workspace == workspace) & (tables.record.c.form == f"crm.{form}") & (value == wanted)
    return int(connection.execute(select(func.count()).select_from(tables.record).where(mine)).scalar_one())
