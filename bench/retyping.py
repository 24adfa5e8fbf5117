"""A field of a hundred thousand records changes its type 改类型测速: the publish, the worker, and who works meanwhile.

`python -m bench.retyping` prints a table for SQLite and PostgreSQL and adds a line to var/retyping.jsonl.
"""

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection

from bench import machine
from bench.timers import copied
from builder.access import Actor
from builder.definition import App
from builder.parts import manifest_of, to_parts
from runtime import designing, reading, records, retypings
from runtime.gate import Gate
from runtime.ports import AppHead, Member
from server import operating, worker
from server.settings import Settings
from server.store import tables
from server.store.identity import Workspace, add_workspace
from server.store.members import add_members
from server.store.world import revisions_of, world
from server.transaction import retrying, transaction
from server.wiring import Wired, wire

PLACE = "bench"
BEFORE, AFTER = {"type": "text"}, {"type": "number"}
ALONE_TIMES = 40


def form(kind: dict[str, str]) -> dict[str, Any]:
    """A form whose field `amount` is of this type, with a formula that follows it."""
    return {"id": "item", "name": "Item", "title": "name", "fields": [
        {"id": "name", "label": "Name", "type": "text"}, {"id": "amount", "label": "Amount", **kind},
        {"id": "shown", "label": "Shown", "type": "text", "formula": 'amount & "!"'}]}  # fmt: skip


def main() -> None:
    """Measure on the databases asked for, tell, keep."""
    known = argparse.ArgumentParser(prog="python -m bench.retyping", description=__doc__)
    known.add_argument("--records", type=int, default=100_000)
    known.add_argument("--database", action="append", choices=["sqlite", "postgresql"], default=[])
    asked = known.parse_args()
    line: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": machine.cores(), "load": machine.load(),
        "records": asked.records, "databases": {},
    }  # fmt: skip
    for kind in asked.database or ["postgresql", "sqlite"]:
        with tempfile.TemporaryDirectory(prefix="qiaoban-retyping-") as folder:
            with machine.database(kind, Path(folder)) as url:
                line["databases"][kind] = measured(url, Path(folder), asked.records)
        print(kind, ", ".join(f"{name} {value:,.1f}" for name, value in line["databases"][kind].items()), flush=True)
    written = Path("var/retyping.jsonl")
    written.parent.mkdir(exist_ok=True)
    with written.open("a") as lines:
        lines.write(json.dumps(line) + "\n")


def measured(url: str, home: Path, count: int) -> dict[str, float]:
    """How long the publish took and the worker, and others before and meanwhile."""
    settings = Settings(database_url=url, home=home)
    operating.migrate(settings)
    wired = wire(settings)
    try:
        with transaction(wired.engine) as connection:
            first = _fill(wired, connection, count)
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("ANALYZE")
        _work_off(wired)
        others = {"write": partial(_write, wired), "read": partial(_read, wired, first), "list": partial(_list, wired)}
        told = {f"{name}_alone_ms": _alone(work) for name, work in others.items()}
        begun = time.perf_counter()
        retrying(partial(_publish, wired))
        told["publish_ms"] = (time.perf_counter() - begun) * 1000
        waits, begun = _meanwhile(wired, others), time.perf_counter()
        _work_off(wired)
        spent = time.perf_counter() - begun
        for name, some in waits().items():
            told |= {f"{name}_ms": median(some) * 1000, f"{name}_worst_ms": max(some) * 1000}
        _judge(wired, count)
        return {"worker_s": spent, "records_per_s": count / spent, **told}
    finally:
        wired.engine.dispose()


def _gate(wired: Wired, connection: Connection) -> Gate:
    around = world(connection, PLACE, wired.caches, wired.clock, wired.ids, revisions_of(connection, PLACE))
    return Gate(around, Actor("member", "ann", admin=True), "en", wired.compiled)


def _fill(wired: Wired, connection: Connection, count: int) -> str:
    """One record and as many copies of it."""
    now = wired.clock.now()
    add_workspace(connection, Workspace(PLACE, "W", "Asia/Shanghai", "en", None, now, "", 0, 0))
    add_members(connection, PLACE, [Member("ann", "Ann", admin=True)], now, {})
    around = world(connection, PLACE, wired.caches, wired.clock, wired.ids)
    parts = to_parts(App.model_validate({"id": "crm", "name": "C", "forms": {"item": form(BEFORE)}}))
    manifest = manifest_of(parts)
    around.definitions.keep({manifest[name]: part for name, part in parts.items()})
    around.definitions.save(AppHead("crm", "C", "app", "blue", 1, manifest, manifest, 1))
    first = str(records.submit(_gate(wired, connection), "crm", "item", {"name": "x", "amount": "1,234.50"})["id"])
    copied(connection, tables.record, PLACE, first, count - 1)
    return first


def _publish(wired: Wired) -> None:
    with transaction(wired.engine) as connection:
        gate = _gate(wired, connection)
        held = designing.draft(gate, "crm")["hashes"]["forms/item"]
        saved = designing.save(gate, "crm", "forms/item", form(AFTER), held)
        designing.publish(gate, "crm", "", saved["revision"])


def _write(wired: Wired) -> None:
    with transaction(wired.engine) as connection:
        records.submit(_gate(wired, connection), "crm", "item", {"name": "y", "amount": "5"})


def _read(wired: Wired, id: str) -> None:
    with transaction(wired.engine, writes=False) as connection:
        reading.one(_gate(wired, connection), "crm", "item", id)


def _list(wired: Wired) -> None:
    with transaction(wired.engine, writes=False) as connection:
        reading.page(_gate(wired, connection), "crm", "item", reading.Asked(limit=50))


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    retrying(work)
    return time.perf_counter() - begun


def _alone(work: Callable[[], None]) -> float:
    return median(_timed(work) for _ in range(ALONE_TIMES)) * 1000


def _meanwhile(wired: Wired, others: dict[str, Callable[[], None]]) -> Callable[[], dict[str, list[float]]]:
    """Others at work, one after another, until asked how long each had to wait."""
    waits: dict[str, list[float]] = {name: [] for name in others}
    done = threading.Event()

    def go_on() -> None:
        while not done.wait(0.05):
            for name, work in others.items():
                waits[name].append(_timed(work))

    thread = threading.Thread(target=go_on)
    thread.start()

    def over() -> dict[str, list[float]]:
        done.set()
        thread.join()
        return waits

    return over


def _work_off(wired: Wired) -> None:
    while worker.work(wired, "bench", most=1):
        continue


def _judge(wired: Wired, count: int) -> None:
    """Nothing is lost: every old record was converted, each once."""
    with transaction(wired.engine, writes=False) as connection:
        [told] = retypings.listed(_gate(wired, connection), "crm")
    if told["state"] != "done" or told["fields"][0]["converted"] < count:
        raise RuntimeError(f"not all were converted: {told}")


if __name__ == "__main__":
    main()
