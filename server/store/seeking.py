"""What is looked for in a box of tasks, in SQL 待办筛选."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, literal, or_, select, true

from runtime.ports import ANYTHING, Sought, Tally
from server.store.tables import instance, record, task


def tasks(own: Select[Any], sought: Sought) -> Select[Any]:
    """The tasks that meet it; other tables are asked only for what they know."""
    if sought == ANYTHING:
        return own
    found = own.where(*_plain(task, task.c.opened_at, sought))
    if sought.node:
        found = found.where(task.c.node == sought.node)
    if sought.late is not None:
        found = found.where(task.c.due_at < sought.late)
    if sought.initiator or sought.status or sought.text:
        found = found.join(instance, _same(task, instance, task.c.instance == instance.c.id)).where(*_of_it(sought))
    return _titled(found, task, sought)


def instances(own: Select[Any], sought: Sought) -> Select[Any]:
    """The instances that meet it."""
    if sought == ANYTHING:
        return own
    found = own.where(*_plain(instance, instance.c.started_at, sought), *_of_it(sought))
    return _titled(found, instance, sought)


def _plain(table: Table, moment: ColumnElement[Any], sought: Sought) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if sought.forms:
        asked.append(table.c.form.in_(sought.forms))
    if sought.since is not None:
        asked.append(moment >= literal(sought.since, moment.type))
    if sought.until is not None:
        asked.append(moment < literal(sought.until, moment.type))
    return asked


def _of_it(sought: Sought) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if sought.initiator:
        asked.append(instance.c.initiator == sought.initiator)
    if sought.status:
        asked.append(instance.c.status == sought.status)
    return asked


def _titled(found: Select[Any], table: Table, sought: Sought) -> Select[Any]:
    if not sought.text:
        return found
    place = _same(table, record, and_(record.c.form == table.c.form, record.c.id == table.c.record))
    meant = func.lower(record.c.title).contains(sought.text.lower(), autoescape=True)
    people = instance.c.initiator.in_(sought.people) if sought.people else ~true()
    return found.join(record, place).where(or_(meant, people))


def _same(one: Table, other: Table, how: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(one.c.workspace == other.c.workspace, how)


def tally(connection: Connection, his: ColumnElement[bool], now: datetime) -> list[Tally]:
    """Counted by form, node and initiator; the most first."""
    late = and_(task.c.state == "open", task.c.due_at < literal(now, task.c.due_at.type))
    by = (task.c.form, task.c.node, task.c.label, instance.c.initiator)
    count = func.count().label("many")
    asked = (
        select(*by, count, func.sum(case((late, 1), else_=0)).label("late"))
        .join(instance, _same(task, instance, task.c.instance == instance.c.id))
        .where(his)
        .group_by(*by)
        .order_by(count.desc(), *by)
        .limit(500)
    )
    return [
        Tally(row.form, row.node, row.label, row.initiator, row.many, int(row.late))
        for row in connection.execute(asked)
    ]
