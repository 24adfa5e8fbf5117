"""Running workflows and their tasks in SQL 流程实例的存储: the port `Instances`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    tuple_,
    update,
)

from runtime.ports import ANYTHING, Box, Happening, Instance, Proxy, Sought, Span, Spent, Tally, Task
from server.store import cursor, seeking, spending
from server.store.direct import Direct, named
from server.store.proxies import SqlProxies
from server.store.tables import happening, instance, task
from server.store.upsert import FEW, insert_new, upsert

Listed = TypeVar("Listed", Instance, Task)
BOXES: dict[str, ColumnElement[bool]] = {
    "todo": and_(task.c.purpose != "copy", task.c.state == "open"),
    "handled": and_(task.c.purpose != "copy", task.c.state == "done"),
    "copied": task.c.purpose == "copy",
}


INSTANCES = select(*(instance.c[name] for name in Instance.__dataclass_fields__))
OF_RECORDS = select(instance).where(
    instance.c.workspace == bindparam("w"), instance.c.form == bindparam("f"),
    instance.c.record.in_(bindparam("ids", expanding=True)),
)  # fmt: skip
TASKS_OF = select(task).where(
    task.c.workspace == bindparam("w"),
    task.c.instance.in_(bindparam("ids", expanding=True)),
    or_(task.c.assignee.in_(bindparam("asked", expanding=True)), task.c.actor.in_(bindparam("acted", expanding=True))),
)
TASKS = select(*(task.c[name] for name in Task.__dataclass_fields__))


def _one(found: Select[Any], table: Table) -> dict[bool, Direct]:
    one = found.where(table.c.workspace == bindparam("w"), table.c.id == bindparam("i"))
    return {False: Direct(one), True: Direct(one.with_for_update())}


ONE_INSTANCE, ONE_TASK = _one(INSTANCES, instance), _one(TASKS, task)
"""By whether it shall be locked."""
MANY = select(instance).where(
    instance.c.workspace == bindparam("w"), instance.c.id.in_(bindparam("ids", expanding=True))
)
OF_INSTANCE = Direct(
    TASKS.where(task.c.workspace == bindparam("w"), task.c.instance == bindparam("i")).order_by(
        task.c.opened_at, task.c.id
    )
)
NEXT = Direct(
    TASKS.where(task.c.workspace == bindparam("w"), task.c.assignee == bindparam("m"), BOXES["todo"])
    .order_by(task.c.opened_at.desc(), task.c.id.desc())
    .limit(2)
)
"""What waits for a member, asked after each of his answers."""
OF_RECORD = Direct(
    INSTANCES.where(instance.c.workspace == bindparam("w"), instance.c.form == bindparam("f"))
    .where(instance.c.record == bindparam("i"))
    .order_by(instance.c.started_at.desc(), instance.c.id.desc())
)
REPLACE = Direct(
    update(instance)
    .where(instance.c.workspace == bindparam("w"), instance.c.id == bindparam("i"))
    .where(instance.c.revision == bindparam("stored"))
    .values({column.name: bindparam(f"new_{column.name}", type_=column.type) for column in instance.c})
    .returning(instance.c.id),
    writes=True,
)
APPEND = Direct(insert(happening).values(named(happening)), writes=True)


def _took_part() -> Direct:
    """Whether a member has or had a task on a record, or started its workflow."""
    asked = and_(*(task.c[name] == bindparam(name) for name in ("workspace", "form", "record")))
    took = select(task.c.id).where(asked, or_(*(task.c[who] == bindparam("member") for who in ("assignee", "actor"))))
    own = and_(*(instance.c[name] == bindparam(name) for name in ("workspace", "form", "record")))
    began = select(instance.c.id).where(own, instance.c.initiator == bindparam("member"))
    return Direct(select(or_(took.exists(), began.exists()).label("part")))


TOOK_PART = _took_part()


class SqlInstances(SqlProxies):
    """Instances, their events and tasks."""

    def __init__(self, connection: Connection, workspace: str) -> None:
        self.connection, self.workspace = connection, workspace

    def _of(self, table: Table) -> Select[Any]:
        return select(table).where(table.c.workspace == self.workspace)

    def _asked(self, id: str) -> dict[str, str]:
        return {"w": self.workspace, "i": id}

    def get(self, id: str, *, lock: bool = False) -> Instance | None:
        """An instance."""
        row = ONE_INSTANCE[lock].first(self.connection, self._asked(id))
        return None if row is None else Instance(*row)

    def of_record(self, form: str, record: str) -> list[Instance]:
        """The record's instances, newest first."""
        return [Instance(*row) for row in OF_RECORD.rows(self.connection, {**self._asked(record), "f": form})]

    def of_records(self, form: str, records: Sequence[str]) -> list[Instance]:
        """The instances of several records."""
        asked = {"w": self.workspace, "f": form, "ids": list(records)}
        return [_instance(row) for row in self.connection.execute(OF_RECORDS, asked)] if records else []

    def tasks_of(self, instances: Sequence[str], people: Collection[str]) -> list[Task]:
        """The tasks of several instances that these people had or acted on."""
        asked = {"w": self.workspace, "ids": list(instances), "asked": list(people), "acted": list(people)}
        return [_task(row) for row in self.connection.execute(TASKS_OF, asked)] if instances else []

    def save(self, saved: Instance) -> bool:
        """Insert (revision 1) or replace if the stored revision is one less."""
        row = {**vars(saved), "workspace": self.workspace}
        if saved.revision == 1:
            if self.get(saved.id) is not None:
                return False
            insert_new(self.connection, instance, [row])
            return True
        place = {**self._asked(saved.id), "stored": saved.revision - 1}
        new = {f"new_{name}": value for name, value in row.items()}
        return REPLACE.first(self.connection, {**place, **new}) is not None

    def append(self, happenings: Sequence[Happening]) -> None:
        """Append events."""
        rows = [{**vars(each), "workspace": self.workspace} for each in happenings]
        if len(rows) > FEW:
            self.connection.execute(APPEND.statement, rows)
            return
        for row in rows:
            APPEND.rows(self.connection, row)

    def happenings(self, of: str) -> list[Happening]:
        """All events in order."""
        rows = self.connection.execute(self._of(happening).where(happening.c.instance == of).order_by(happening.c.seq))
        return [Happening(row.instance, row.seq, row.at, row.actor, row.event) for row in rows]

    def of_workflows(
        self, workflow_hashes: Sequence[str], *, running: bool = False, limit: int = 100, after: str = ""
    ) -> tuple[list[Instance], str]:
        """The instances of these workflows, newest first, with the next cursor."""
        own = self._of(instance).where(instance.c.workflow.in_(list(workflow_hashes)))
        own = own.where(instance.c.ended_at.is_(None)) if running else own
        rows, following = self._page(own, instance.c.started_at, instance.c.id, limit, after)
        return [_instance(row) for row in rows], following

    def running(self, workflow_hashes: Sequence[str]) -> int:
        """How many instances of these workflows have not ended."""
        mine = (instance.c.workspace == self.workspace) & instance.c.workflow.in_(list(workflow_hashes))
        counted = select(func.count()).select_from(instance).where(mine, instance.c.ended_at.is_(None))
        return self.connection.execute(counted).scalar_one()

    def spent(self, span: Span, *, by_person: bool = False) -> list[Spent]:
        """How long the answers at each node took."""
        return spending.spent(self.connection, self.workspace, span, by_person=by_person)

    def overdue(self, span: Span) -> dict[str, int]:
        """At how many visits of each node a deadline passed."""
        return spending.overdue(self.connection, self.workspace, span)

    def late(self, span: Span, now: datetime) -> dict[tuple[str, str], int]:
        """By node and person: how many tasks were due in the span and not done by then."""
        return spending.late(self.connection, self.workspace, span, now)

    def ended(self, span: Span) -> dict[str, tuple[int, int]]:
        """How many instances ended with each status, and the seconds that they took in all."""
        return spending.ended(self.connection, self.workspace, span)

    def task(self, id: str, *, lock: bool = False) -> Task | None:
        """A task."""
        row = ONE_TASK[lock].first(self.connection, self._asked(id))
        return None if row is None else Task(*row)

    def tasks(self, of: str) -> list[Task]:
        """An instance's tasks, oldest first."""
        return [Task(*row) for row in OF_INSTANCE.rows(self.connection, self._asked(of))]

    def put(self, tasks: Sequence[Task]) -> None:
        """Insert or replace tasks."""
        upsert(self.connection, task, [{**vars(each), "workspace": self.workspace} for each in tasks])

    def many(self, ids: Sequence[str]) -> dict[str, Instance]:
        """Those of the instances that there are, by id."""
        if not ids:
            return {}
        rows = self.connection.execute(MANY, {"w": self.workspace, "ids": list(ids)})
        return {row.id: _instance(row) for row in rows}

    def box(
        self,
        member: str,
        box: Box,
        *,
        app: str = "",
        limit: int = 50,
        after: str = "",
        also: Sequence[Proxy] = (),
        sought: Sought = ANYTHING,
    ) -> tuple[list[Task], str]:
        """A member's tasks, newest first, with the next cursor; open ones also of those for whom he stands in."""
        if box == "todo" and limit == 1 and sought is ANYTHING and not (app or after or also):
            first = [Task(*row) for row in NEXT.rows(self.connection, {"w": self.workspace, "m": member})]
            return first[:1], cursor.write_moment(first[0].opened_at, first[0].id) if len(first) > 1 else ""
        his = _his(member, also if box == "todo" else ())
        own = self._of(task).where(his, BOXES[box], _in_app(task, app))
        rows, following = self._page(seeking.tasks(own, sought), task.c.opened_at, task.c.id, limit, after)
        return [_task(row) for row in rows], following

    def tally(self, member: str, box: Box, *, now: datetime, app: str = "", also: Sequence[Proxy] = ()) -> list[Tally]:
        """What there is in a box, counted by form, node and initiator; the most first."""
        his = and_(_his(member, also if box == "todo" else ()), BOXES[box], _in_app(task, app))
        return seeking.tally(self.connection, and_(task.c.workspace == self.workspace, his), now)

    def initiated(
        self, member: str, *, app: str = "", limit: int = 50, after: str = "", sought: Sought = ANYTHING
    ) -> tuple[list[Instance], str]:
        """The instances a member started, newest first, with the next cursor."""
        own = self._of(instance).where(instance.c.initiator == member, _in_app(instance, app))
        rows, following = self._page(seeking.instances(own, sought), instance.c.started_at, instance.c.id, limit, after)
        return [_instance(row) for row in rows], following

    def _page(self, own: Select[Any], moment: Any, id: Any, limit: int, after: str) -> tuple[list[Row[Any]], str]:
        if after:
            at, last = cursor.read_moment(after)
            own = own.where(tuple_(moment, id) < tuple_(literal(at, moment.type), literal(last, id.type)))
        rows = list(self.connection.execute(own.order_by(moment.desc(), id.desc()).limit(limit + 1)))
        if len(rows) <= limit or not limit:
            return rows[:limit], ""
        last_row = rows[limit - 1]._mapping
        return rows[:limit], cursor.write_moment(last_row[moment.name], last_row[id.name])

    def open_of(self, member: str, limit: int) -> list[Task]:
        """A member's open tasks, oldest first."""
        own = self._of(task).where(task.c.assignee == member, BOXES["todo"])
        rows = self.connection.execute(own.order_by(task.c.opened_at, task.c.id).limit(limit))
        return [_task(row) for row in rows]

    def open_counts(self, member: str, app: str = "", also: Sequence[Proxy] = ()) -> dict[str, int]:
        """How many open tasks ("todo") and unseen copies ("copied") the member has."""
        own = (task.c.workspace == self.workspace) & _in_app(task, app)
        todo = select(func.count()).select_from(task).where(own, _his(member, also), BOXES["todo"])
        copies = and_(task.c.assignee == member, BOXES["copied"], task.c.seen_at.is_(None))
        unseen = select(func.count()).select_from(task).where(own, copies)
        counted = select(todo.scalar_subquery().label("todo"), unseen.scalar_subquery().label("copied"))
        return dict(self.connection.execute(counted).one()._mapping)

    def takes_part(self, member: str, form: str, record: str) -> bool:
        """Whether the member has or had a task on the record, or started its workflow."""
        asked = {"workspace": self.workspace, "form": form, "record": record, "member": member}
        found = TOOK_PART.first(self.connection, asked)
        return found is not None and bool(found[0])


def _his(member: str, also: Sequence[Proxy]) -> ColumnElement[bool]:
    """The member's tasks, and those of the people for whom he stands in, on the forms that are said."""
    others = [and_(task.c.assignee == one.principal, task.c.form.in_(one.forms) if one.forms else true())
              for one in also]  # fmt: skip
    return or_(task.c.assignee == member, *others)


def _in_app(table: Table, app: str) -> ColumnElement[bool]:
    return table.c.form.startswith(f"{app}.", autoescape=True) if app else table.c.workspace.is_not(None)


def _instance(row: Row[Any]) -> Instance:
    return Instance(**{name: row._mapping[name] for name in Instance.__dataclass_fields__})


def _task(row: Row[Any]) -> Task:
    return Task(**{name: row._mapping[name] for name in Task.__dataclass_fields__})
