"""A page of somebody's to-do among a million tasks 待办箱测速, beside its SQL by hand; `python -m bench.boxes`."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection, String, case, cast, insert, literal, select, text, true

from bench import machine
from bench.timers import FORM, copied
from builder.access import Actor
from builder.definition import App
from builder.parts import manifest_of, to_parts
from runtime import inbox, records
from runtime.gate import Gate
from runtime.ports import AppHead, Member, Sought
from server import operating
from server.settings import Settings
from server.store.identity import Workspace, add_workspace
from server.store.members import add_members
from server.store.tables import instance, record, task
from server.store.world import world
from server.transaction import transaction
from server.wiring import Wired, wire

OPEN, TIMES, PAGE, ROUNDS = 10_000, 100, 50, 15
FLOW: dict[str, Any] = {
    "id": "deal", "form": "deal", "name": "审批", "start": "draft",
    "nodes": {
        "draft": {"type": "fill", "on": {"submit": "boss"}},
        "boss": {"type": "approve", "label": "审批", "assignees": [{"member": "boss"}], "on": {"approved": "end"}},
        "end": {"type": "end"},
    },
}  # fmt: skip
HAND = """
SELECT t.id, t.node, t.label, t.opened_at, t.seen_at, t.due_at, i.initiator, i.status, i.state, r.title, r."values"
FROM task t
JOIN instance i ON i.workspace = t.workspace AND i.id = t.instance
JOIN record r ON r.workspace = t.workspace AND r.form = t.form AND r.id = t.record
WHERE t.workspace = :w AND t.assignee = 'boss' AND t.state = 'open' AND t.purpose <> 'copy'
ORDER BY t.opened_at DESC, t.id DESC LIMIT 51
"""


def measured(url: str, home: Path) -> dict[str, float]:
    """Milliseconds (median) for a page: the product's query, the product's cards, and SQL by hand with its JSON."""
    settings = Settings(database_url=url, home=home)
    operating.migrate(settings)
    wired = wire(settings)
    try:
        with transaction(wired.engine) as connection:
            _fill(wired, connection)
        with transaction(wired.engine) as connection:
            connection.execute(text("ANALYZE"))
        return _compared(wired)
    finally:
        wired.engine.dispose()


def _compared(wired: Wired) -> dict[str, float]:
    with transaction(wired.engine, writes=False) as connection:
        gate = _gate(wired, connection, "boss")
        port = gate.world.instances
        by_hand = text(HAND)
        late = Sought(late=wired.clock.now())
        return {
            "hand": _each(lambda: json.dumps([[*row] for row in connection.execute(by_hand, {"w": "b"})], default=str)),
            "query": _each(lambda: port.many([one.instance for one in port.box("boss", "todo", limit=PAGE)[0]])),
            "page": _each(lambda: inbox.box(gate, "todo", limit=PAGE)),
            "counts": _each(lambda: inbox.counts(gate)),
            "found": _each(lambda: inbox.box(gate, "todo", limit=PAGE, sought=Sought(text="华信"))),
            "late": _each(lambda: port.box("boss", "todo", limit=PAGE, sought=late)),
            "tally": _each(lambda: inbox.tally(gate, "todo")),
        }


def _each(work: Callable[[], object]) -> float:
    work()
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begun) * 1e3)
    return median(spent)


def _gate(wired: Wired, connection: Connection, who: str) -> Gate:
    around = world(connection, "b", wired.caches, wired.clock, wired.ids)
    return Gate(around, Actor("member", who, admin=who == "ini"), "zh-CN", wired.compiled)


def _fill(wired: Wired, connection: Connection) -> None:
    """Ten thousand open ones of one person, and for each of them ninety-nine of others or done."""
    now = wired.clock.now()
    add_workspace(connection, Workspace("b", "W", "Asia/Shanghai", "zh-CN", None, now, "", 0, 0))
    add_members(connection, "b", [Member("ini", "王"), Member("boss", "李"), Member("other", "赵")], now, {})
    gate = _gate(wired, connection, "ini")
    app = App.model_validate({"id": "crm", "name": "C", "forms": {"deal": FORM}, "workflows": {"deal": FLOW}})
    parts = to_parts(app)
    manifest = manifest_of(parts)
    gate.world.definitions.keep({manifest[name]: part for name, part in parts.items()})
    gate.world.definitions.save(AppHead("crm", "C", "app", "blue", 1, manifest, manifest, 1))
    first = records.submit(gate, "crm", "deal", {"name": "华信科技", "amount": 1})["id"]
    for table in (record, instance, task):
        copied(connection, table, "b", first, OPEN - 1)
    _multiply(connection)


def _multiply(connection: Connection) -> None:
    """Ninety-eight of a hundred are somebody else's, one is his and done."""
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < TIMES - 1))
    done = numbers.c.n == 1
    changed = {
        "id": task.c.id + literal("-x") + cast(numbers.c.n, String),
        "assignee": case((done, "boss"), else_=literal("m") + cast(numbers.c.n % 97, String)),
        "state": case((done, "done"), else_="open"),
    }
    columns = [changed.get(column.name, column).label(column.name) for column in task.c]
    taken = select(*columns).select_from(task.join(numbers, true()))
    connection.execute(insert(task).from_select([column.name for column in task.c], taken))


def main() -> None:
    """Both databases, or those that are named."""
    for kind in sys.argv[1:] or ["postgresql", "sqlite"]:
        with (
            tempfile.TemporaryDirectory(prefix="qiaoban-boxes-") as folder,
            machine.database(kind, Path(folder)) as url,
        ):
            found = measured(url, Path(folder))
        ratio = found["page"] / found["hand"]
        words = " · ".join(f"{name} {spent:.1f} ms" for name, spent in found.items())
        sys.stdout.write(f"{kind}: {words} · page / by hand = {ratio:.2f}\n")


if __name__ == "__main__":
    main()
