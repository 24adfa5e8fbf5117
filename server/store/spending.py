"""How long work takes, summed up in SQL 用时统计: per node and person, with the median, the same on both databases."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

from runtime.ports import Span, Spent
from server.store.tables import Moment, happening, instance, task


def _epoch(connection: Connection, moment: ColumnElement[Any]) -> ColumnElement[int]:
    """A moment as whole seconds."""
    if connection.dialect.name == "sqlite":
        return cast(func.strftime("%s", moment), Integer)
    return cast(func.floor(func.extract("epoch", cast(moment, TIMESTAMP(timezone=True)))), BigInteger)


def _between(connection: Connection, start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[int]:
    return _epoch(connection, end) - _epoch(connection, start)


def _mine(workspace: str, span: Span) -> Select[Any]:
    """Tasks of the span's workflows and people that ask something."""
    held = (instance.c.workspace == task.c.workspace) & (instance.c.id == task.c.instance)
    found = select(task).join(instance, held).where(task.c.workspace == workspace, task.c.purpose != "copy")
    found = found.where(instance.c.workflow.in_(list(span.workflows)))
    return found if span.people is None else found.where(task.c.assignee.in_(list(span.people)))


def spent(connection: Connection, workspace: str, span: Span, *, by_person: bool) -> list[Spent]:
    """How long the answers at each node took, or those of each person at each node."""
    done = connection.execute(_summed(_done(connection, workspace, span, by_person))).all()
    waits = {(row.node, row.person): row for row in connection.execute(_open(workspace, span, by_person))}
    found = {(row.node, row.person): row for row in done}
    lines = []
    for place in sorted({*found, *waits}):
        row, still = found.get(place), waits.get(place)
        took: dict[str, Any] = {name: int((row._mapping[name] if row else 0) or 0) for name in SUMS}
        lines.append(Spent(*place, **took, open=still.open if still else 0, oldest=still.oldest if still else None))
    return lines


SUMS = ("done", "total", "median", "ninety", "looked", "waiting", "working", "returned", "rejected")


def _person(by_person: bool, of: Any) -> ColumnElement[str]:
    return of.assignee if by_person else literal("")


def _done(connection: Connection, workspace: str, span: Span, by_person: bool) -> Subquery:
    """Each finished task with what it took, and its place among its like."""
    tasks = _mine(workspace, span).where(
        task.c.state == "done", task.c.closed_at >= span.since, task.c.closed_at < span.until
    )
    each = tasks.subquery()
    looked = and_(each.c.seen_at.is_not(None), each.c.seen_at <= each.c.closed_at)
    took = select(
        each.c.node, _person(by_person, each.c).label("person"), each.c.outcome,
        _between(connection, each.c.opened_at, each.c.closed_at).label("took"),
        case((looked, _between(connection, each.c.opened_at, each.c.seen_at)), else_=null()).label("waited"),
    ).subquery()  # fmt: skip
    like = (took.c.node, took.c.person)
    place = func.row_number().over(partition_by=like, order_by=took.c.took)
    return select(took, place.label("place"), func.count().over(partition_by=like).label("size")).subquery()


def _summed(each: Subquery) -> Select[Any]:
    def at(place: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.max(case((each.c.place == place, each.c.took), else_=null()))

    worked = case((each.c.waited.is_not(None), each.c.took - each.c.waited), else_=null())
    return select(
        each.c.node, each.c.person, func.count().label("done"), func.sum(each.c.took).label("total"),
        at((each.c.size + 1) // 2).label("median"), at((each.c.size * 9 + 9) // 10).label("ninety"),
        func.count(each.c.waited).label("looked"), func.sum(each.c.waited).label("waiting"),
        func.sum(worked).label("working"),
        func.count().filter(each.c.outcome == "returned").label("returned"),
        func.count().filter(each.c.outcome == "rejected").label("rejected"),
    ).group_by(each.c.node, each.c.person)  # fmt: skip


def _open(workspace: str, span: Span, by_person: bool) -> Select[Any]:
    each = _mine(workspace, span).where(task.c.state == "open").subquery()
    person = _person(by_person, each.c).label("person")
    kept = select(each.c.node, person, each.c.opened_at).subquery()
    oldest = type_coerce(func.min(kept.c.opened_at), Moment()).label("oldest")
    return select(kept.c.node, kept.c.person, func.count().label("open"), oldest).group_by(kept.c.node, kept.c.person)


def overdue(connection: Connection, workspace: str, span: Span) -> dict[str, int]:
    """At how many visits of each node a deadline passed."""
    held = (instance.c.workspace == happening.c.workspace) & (instance.c.id == happening.c.instance)
    event = happening.c.event
    node, visit = event["node"].as_string().label("node"), event["visit"].as_string().label("visit")
    late = (
        select(happening.c.instance, node, visit)
        .join(instance, held)
        .where(happening.c.workspace == workspace, instance.c.workflow.in_(list(span.workflows)))
        .where(happening.c.at >= span.since, happening.c.at < span.until, event["type"].as_string() == "timed_out")
        .distinct()
        .subquery()
    )
    return {row.node: row.late for row in connection.execute(_counted(late))}


def _counted(late: Subquery) -> Select[Any]:
    return select(late.c.node, func.count().label("late")).group_by(late.c.node)


def late(connection: Connection, workspace: str, span: Span, now: datetime) -> dict[tuple[str, str], int]:
    """By node and person: how many tasks were due in the span and not done by then."""
    due = task.c.due_at
    passed = or_(task.c.closed_at >= due, and_(task.c.closed_at.is_(None), due <= now))
    each = _mine(workspace, span).where(due >= span.since, due < span.until, passed).subquery()
    counted = select(each.c.node, each.c.assignee, func.count().label("late")).group_by(each.c.node, each.c.assignee)
    return {(row.node, row.assignee): row.late for row in connection.execute(counted)}


def ended(connection: Connection, workspace: str, span: Span) -> dict[str, tuple[int, int]]:
    """How many instances ended with each status in the span, and the seconds that they took in all."""
    took = func.sum(_between(connection, instance.c.started_at, instance.c.ended_at))
    asked = (
        select(instance.c.status, func.count().label("count"), took.label("took"))
        .where(instance.c.workspace == workspace, instance.c.workflow.in_(list(span.workflows)))
        .where(instance.c.ended_at >= span.since, instance.c.ended_at < span.until)
        .group_by(instance.c.status)
    )
    return {row.status: (row[1], int(row.took or 0)) for row in connection.execute(asked)}
