"""What the doctor looks at, in SQL 体检查询: instances with all that is theirs, and rows that belong to nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, exists, select, tuple_

from runtime.ports import Happening, Instance, Task, Timer
from server.store.tables import file, happening, instance, job, link, member, record, task, timer, workspace

T = TypeVar("T")
CHUNK = 300


@dataclass
class Examined:
    """An instance with its events, tasks, timers, and its record's status (None: there is no such record)."""

    workspace: str
    instance: Instance
    happened: list[Happening] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    status: str | None = None


def workspaces(connection: Connection, wanted: str = "") -> list[str]:
    """Every workspace, or the one of this id or name."""
    named = (workspace.c.id == wanted) | (workspace.c.name == wanted) if wanted else workspace.c.id.is_not(None)
    return list(connection.scalars(select(workspace.c.id).where(named).order_by(workspace.c.id)))


def _made(kind: type[T], row: Row[Any]) -> T:
    return kind(**{each.name: row._mapping[each.name] for each in fields(kind)})  # type: ignore[arg-type]


def instances(connection: Connection, id: str) -> Iterator[Examined]:
    """The workspace's instances, some at a time."""
    after = ""
    while True:
        mine = select(instance).where(instance.c.workspace == id, instance.c.id > after)
        rows = connection.execute(mine.order_by(instance.c.id).limit(CHUNK)).all()
        if not rows:
            return
        after = rows[-1].id
        yield from _with_theirs(connection, id, [_made(Instance, row) for row in rows])


def _with_theirs(connection: Connection, id: str, found: Sequence[Instance]) -> Iterator[Examined]:
    whole = {one.id: Examined(id, one) for one in found}
    for row in _of(connection, happening, id, list(whole), happening.c.seq):
        whole[row.instance].happened.append(_made(Happening, row))
    for row in _of(connection, task, id, list(whole), task.c.id):
        whole[row.instance].tasks.append(_made(Task, row))
    for row in _of(connection, timer, id, list(whole), timer.c.key):
        whole[row.instance].timers.append(_made(Timer, row))
    places = {(one.form, one.record) for one in found}
    wanted = tuple_(record.c.form, record.c.id).in_(sorted(places))
    held = connection.execute(
        select(record.c.form, record.c.id, record.c.status).where(record.c.workspace == id, wanted)
    )
    status = {(row.form, row.id): row.status for row in held}
    for one in whole.values():
        one.status = status.get((one.instance.form, one.instance.record))
        yield one


def _of(connection: Connection, table: Table, id: str, ids: list[str], order: Any) -> Any:
    mine = (table.c.workspace == id) & table.c.instance.in_(ids)
    return connection.execute(select(table).where(mine).order_by(table.c.instance, order))


def people(connection: Connection, id: str) -> dict[str, bool]:
    """The members, and whether each may come in."""
    rows = connection.execute(select(member.c.id, member.c.enabled).where(member.c.workspace == id))
    return {row.id: row.enabled for row in rows}


def waiting_calls(connection: Connection, id: str, topics: Sequence[str]) -> set[tuple[str, int]]:
    """(instance, visit) for every job of these topics that is still to be done."""
    alive = job.c.state.in_(["waiting", "running"])
    rows = connection.scalars(select(job.c.payload).where(job.c.workspace == id, job.c.topic.in_(topics), alive))
    return {(str(payload["instance"]), int(payload["visit"])) for payload in rows}


def orphans(connection: Connection, id: str) -> Iterator[tuple[str, str]]:
    """(rule, what) for every row that belongs to something that is not there."""
    for table in (task, timer, happening):
        owner = exists().where(instance.c.workspace == table.c.workspace, instance.c.id == table.c.instance)
        for row in _loose(connection, table, id, ~owner):
            yield f"orphan_{table.name}", f"{row.instance} {getattr(row, 'node', getattr(row, 'seq', ''))}"
    source = _there(link.c.workspace, link.c.form, link.c.source)
    target = _there(link.c.workspace, link.c.target_form, link.c.target)
    for row in _loose(connection, link, id, ~(source & target)):
        yield "orphan_link", f"{row.form} {row.source} {row.field} → {row.target_form} {row.target}"
    held = and_(file.c.record != "", ~_there(file.c.workspace, file.c.form, file.c.record))
    for row in _loose(connection, file, id, held):
        yield "orphan_file", f"{row.id} ({row.form} {row.record})"


def _there(of: Any, form: Any, id: Any) -> ColumnElement[bool]:
    return exists().where(record.c.workspace == of, record.c.form == form, record.c.id == id)


def _loose(connection: Connection, table: Table, id: str, where: ColumnElement[bool]) -> Any:
    return connection.execute(select(table).where(table.c.workspace == id, where).limit(1000))


def files(connection: Connection, id: str) -> list[tuple[str, str]]:
    """(id, digest) of every file of the workspace."""
    return [(row.id, row.digest) for row in connection.execute(select(file).where(file.c.workspace == id))]


def dead_jobs(connection: Connection, id: str) -> list[tuple[str, str, str]]:
    """(topic, id, why) of jobs that were given up."""
    dead = select(job).where(job.c.workspace == id, job.c.state == "dead").order_by(job.c.id).limit(1000)
    return [(row.topic, row.id, row.error) for row in connection.execute(dead)]
