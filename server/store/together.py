"""Many instances moved in one transaction 批量推进: the same ports, read by one statement each and kept by one each.

Everything is held from the first statement on; who asks for something else is answered as always.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from runtime.ports import Change, Happening, Instance, Job, Link, Lock, Notice, Record, Task, Timer, World
from runtime.retyped import beneath, over
from server.store.instances import SqlInstances
from server.store.notices import SqlNotices
from server.store.outbox import SqlOutbox
from server.store.query import FIELDS
from server.store.records import SqlRecords
from server.store.tables import instance, record, task, timer
from server.store.timers import SqlTimers

T = TypeVar("T", Instance, Task, Timer)
STATUS = (
    update(record)
    .where(record.c.workspace == bindparam("w"), record.c.form == bindparam("f"), record.c.id == bindparam("i"))
    .where(record.c.revision == bindparam("stored"))
    .values(status=bindparam("new_status"), revision=bindparam("new_revision"))
)
MOVING = ("state", "status", "revision", "ended_at")
MOVED = (
    update(instance)
    .where(instance.c.workspace == bindparam("w"), instance.c.id == bindparam("i"))
    .where(instance.c.revision == bindparam("stored"))
    .values({name: bindparam(f"new_{name}") for name in MOVING})
)
GONE = delete(timer).where(
    timer.c.workspace == bindparam("w"), timer.c.instance == bindparam("i"), timer.c.node == bindparam("n"),
    timer.c.key == bindparam("k"),
)  # fmt: skip


def _made(kind: type[T], row: Row[Any]) -> T:
    return kind(**{each.name: row._mapping[each.name] for each in fields(kind)})


class Instances(SqlInstances):
    """Instances and their tasks, read together; what is written waits for `keep`."""

    def __init__(self, connection: Connection, workspace: str, ids: Sequence[str]) -> None:
        super().__init__(connection, workspace)
        mine = (instance.c.workspace == workspace) & instance.c.id.in_(list(ids))
        held = select(instance).where(mine).order_by(instance.c.id).with_for_update(skip_locked=True)
        self.read = {row.id: _made(Instance, row) for row in connection.execute(held)}
        self.stored = {id: found.revision for id, found in self.read.items()}
        self.asked: dict[str, dict[str, Task]] = {id: {} for id in self.read}
        theirs = (task.c.workspace == workspace) & task.c.instance.in_(list(self.read))
        for row in connection.execute(select(task).where(theirs)):
            self.asked[row.instance][row.id] = _made(Task, row)
        self.happened: list[Happening] = []
        self.changed: dict[str, Task] = {}

    def get(self, id: str, *, lock: bool = False) -> Instance | None:
        """An instance."""
        return self.read[id] if id in self.read else super().get(id, lock=lock)

    def save(self, saved: Instance) -> bool:
        """One of those that were read waits."""
        if saved.id not in self.read:
            return super().save(saved)
        if self.read[saved.id].revision != saved.revision - 1:
            return False
        self.read[saved.id] = saved
        return True

    def append(self, happenings: Sequence[Happening]) -> None:
        """Events wait."""
        self.happened += happenings

    def tasks(self, of: str) -> list[Task]:
        """An instance's tasks, oldest first."""
        if of not in self.asked:
            return super().tasks(of)
        return sorted(self.asked[of].values(), key=lambda each: (each.opened_at, each.id))

    def put(self, tasks: Sequence[Task]) -> None:
        """Tasks wait, but for those of other instances."""
        own = [each for each in tasks if each.instance in self.asked]
        for each in own:
            self.asked[each.instance][each.id] = each
            self.changed[each.id] = each
        super().put([each for each in tasks if each.instance not in self.asked])

    def keep(self) -> None:
        """Write down what waited."""
        moved = [found for id, found in self.read.items() if found.revision != self.stored[id]]
        if moved:
            self.connection.execute(MOVED, [self._row(found) for found in moved])
        super().append(self.happened)
        super().put(list(self.changed.values()))

    def _row(self, found: Instance) -> dict[str, Any]:
        new = {f"new_{name}": getattr(found, name) for name in MOVING}
        return {"w": self.workspace, "i": found.id, "stored": self.stored[found.id], **new}


class Records(SqlRecords):
    """Records of the instances, read together; that a status changed waits for `keep`."""

    def gather(self, places: Sequence[tuple[str, str]]) -> None:
        """Hold the records (form, id) and read them."""
        self.here: dict[tuple[str, str], Record] = {}
        self.status: dict[tuple[str, str], int] = {}
        for form in sorted({form for form, _ in places}):
            ids = [id for own, id in places if own == form]
            mine = (record.c.workspace == self.workspace) & (record.c.form == form) & record.c.id.in_(ids)
            found = select(*(record.c[name] for name in FIELDS)).where(mine).order_by(record.c.id)
            for row in self.connection.execute(found.with_for_update()):
                self.here[form, row.id] = Record(*row)

    def get(self, form: str, id: str, *, lock: Lock = False) -> Record | None:
        """The record, also a deleted one."""
        return self.here.get((form, id)) or super().get(form, id, lock=lock)

    def replace(
        self,
        record: Record,
        links: Sequence[Link] | None,
        tokens: Mapping[str, str] | None,
        uniques: Mapping[str, str] | None = None,
        changes: Sequence[Change] = (),
    ) -> bool:
        """A change of the status alone waits; before any other, what waited for this record is written."""
        place = (record.form, record.id)
        before = self.here.get(place)
        if before is None:
            return super().replace(record, links, tokens, uniques, changes)
        if before.revision != record.revision - 1:
            return False
        if replace(before, status=record.status, revision=record.revision) == record and not changes:
            self.status.setdefault(place, before.revision)
        else:
            self._write([place])
            if not super().replace(record, links, tokens, uniques, changes):
                return False
        self.here[place] = record
        return True

    def keep(self) -> None:
        """Write down what waited."""
        self._write(list(self.status))

    def _write(self, places: Sequence[tuple[str, str]]) -> None:
        waiting = [(place, self.status.pop(place)) for place in places if place in self.status]
        rows = [
            {"w": self.workspace, "f": form, "i": id, "stored": stored,
             "new_status": self.here[form, id].status, "new_revision": self.here[form, id].revision}
            for (form, id), stored in waiting
        ]  # fmt: skip
        if rows:
            self._forget(place for place, _ in waiting)
            self.connection.execute(STATUS, rows)


class Timers(SqlTimers):
    """Timers of the instances, read together; what is started and stopped waits for `keep`."""

    def __init__(self, connection: Connection, workspace: str, ids: Sequence[str]) -> None:
        super().__init__(connection, workspace)
        self.running: dict[str, dict[tuple[str, str], Timer]] = {id: {} for id in ids}
        self.gone: list[dict[str, str]] = []
        self.fresh: dict[tuple[str, str, str], Timer] = {}
        mine = (timer.c.workspace == workspace) & timer.c.instance.in_(list(ids))
        for row in connection.execute(select(timer).where(mine)):
            self.running[row.instance][row.node, row.key] = _made(Timer, row)

    def of(self, instance: str) -> list[Timer]:
        """An instance's timers, the next one first."""
        if instance not in self.running:
            return super().of(instance)
        return sorted(self.running[instance].values(), key=lambda one: (one.due_at, one.node, one.key))

    def stop(self, instance: str, node: str = "", key: str = "") -> None:
        """Those of the instances wait."""
        if instance not in self.running:
            return super().stop(instance, node, key)
        for place in list(self.running[instance]):
            if node in ("", place[0]) and key in ("", place[1]):
                del self.running[instance][place]
                self.fresh.pop((instance, *place), None)
                self.gone.append({"w": self.workspace, "i": instance, "n": place[0], "k": place[1]})
        return None

    def start(self, timers: Sequence[Timer]) -> None:
        """Those of the instances wait."""
        for one in timers:
            if one.instance in self.running:
                self.running[one.instance][one.node, one.key] = one
                self.fresh[one.instance, one.node, one.key] = one
        super().start([one for one in timers if one.instance not in self.running])

    def keep(self) -> None:
        """Write down what waited."""
        if self.gone:
            self.connection.execute(GONE, self.gone)
        super().start(list(self.fresh.values()))


class Notices(SqlNotices):
    """What is told waits for `keep`."""

    def __init__(self, connection: Connection, workspace: str) -> None:
        super().__init__(connection, workspace)
        self.told: list[Notice] = []

    def put(self, notices: Sequence[Notice]) -> None:
        """They wait."""
        self.told += notices

    def keep(self) -> None:
        """Write down what waited."""
        super().put(self.told)


class Outbox(SqlOutbox):
    """A job with a key is sent once, however often it is asked for."""

    def __init__(self, plain: SqlOutbox) -> None:
        super().__init__(plain.connection, plain.workspace, plain.clock, plain.ids)
        self.sent: dict[tuple[str, str], str] = {}

    def send(self, sent: Job) -> str:
        """Keep a job with this transaction."""
        place = (sent.topic, sent.key)
        if not sent.key:
            return super().send(sent)
        if place not in self.sent:
            self.sent[place] = super().send(sent)
        return self.sent[place]


def gathered(around: World, connection: Connection, workspace: str, ids: Sequence[str]) -> World:
    """The world with everything of these instances read and held."""
    instances = Instances(connection, workspace, list(dict.fromkeys(ids)))
    plain = beneath(around.records)
    assert isinstance(plain, SqlRecords)
    assert isinstance(around.outbox, SqlOutbox)
    records = Records(connection, workspace, plain.caches, plain.revisions)
    records.gather([(found.form, found.record) for found in instances.read.values()])
    return replace(
        around, instances=instances, records=over(records, around.retypings, around.directory),
        timers=Timers(connection, workspace, list(instances.read)), notices=Notices(connection, workspace),
        outbox=Outbox(around.outbox),
    )  # fmt: skip


def keep(around: World) -> None:
    """Write down everything that waited."""
    for port in (around.instances, beneath(around.records), around.timers, around.notices):
        if isinstance(port, Instances | Records | Timers | Notices):
            port.keep()
