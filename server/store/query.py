"""Questions about records as SQL 查询: which, in what order, from where on, how many."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Numeric,
    Select,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from builder.access import SYSTEM_FIELDS
from builder.filter import EVERYTHING
from runtime.ports import Order, Query, Record
from server.store import cursor
from server.store.condition import answers
from server.store.expression import Reading, Source, Sql, expression_of, path
from server.store.tables import Moment, record, search
from server.store.tokens import Term, tag, terms

FIELDS = tuple(Record.__dataclass_fields__)
"""The columns that are a record's own; the others serve the database alone."""
BASE, WHOLE = record.alias("r"), record.alias("whole")


@dataclass(frozen=True)
class Step:
    """One step of the order: what it compares by, and whether that can be blank."""

    expression: Sql
    descending: bool
    type: Any
    blank: bool

    def after(self, value: Any) -> Sql:
        """What comes later than `value`; blanks come last both ways."""
        if value is None:
            return false()
        here = literal(value, self.type)
        later = self.expression < here if self.descending else self.expression > here
        return or_(later, self.expression.is_(None)) if self.blank else later

    def at(self, value: Any) -> Sql:
        """What stands level with `value`."""
        return self.expression.is_(None) if value is None else self.expression == literal(value, self.type)

    def order(self, place: Sql) -> Sql:
        """The ORDER BY of this step; `place` is the expression as it is named in the SELECT, so computed once."""
        directed = place.desc() if self.descending else place.asc()
        return directed.nulls_last() if self.blank else directed


def reading_of(connection: Connection, workspace: str, columns: Any) -> Reading:
    """A fresh reading of one form's records."""
    dialect = connection.dialect
    checks = dialect.name == "postgresql" and (getattr(dialect, "server_version_info", None) or (0,)) >= (16,)
    return Reading(dialect.name, workspace, Source(BASE, columns), answers, checks)


class Asked:
    """A query being answered for one workspace."""

    def __init__(self, connection: Connection, workspace: str, query: Query) -> None:
        self.query, self.workspace = query, workspace
        self.reading = reading_of(connection, workspace, query.columns)
        self.table = self.reading.base.table

    @cached_property
    def where(self) -> Sql:
        """Which records."""
        table, query = self.table, self.query
        removed = table.c.deleted_at.is_not(None) if query.deleted else table.c.deleted_at.is_(None)
        own = and_(table.c.workspace == self.workspace, table.c.form == query.form, removed)
        found = [_said(self.reading, query, self.workspace)] if query.search.strip() else []
        return and_(own, answers(self.reading, query.where), *found)

    @cached_property
    def steps(self) -> list[Step]:
        """The whole order, ending by id in the direction of the last order."""
        orders = self.query.orders
        last = Order("id", descending=bool(orders) and orders[-1].descending)
        return [_step(self.reading, order) for order in (*orders, last)]

    @property
    def mark(self) -> str:
        """Which question a cursor is for."""
        return cursor.mark_of(self.query.form, self.query.orders, self.reading.dialect)

    def page(self) -> Select[Any]:
        """One record more than the page holds, with the values of the order behind the record's own columns."""
        places = [step.expression.label(f"place_{index}") for index, step in enumerate(self.steps)]
        after = self._after() if self.query.after else true()
        order = [step.order(place) for step, place in zip(self.steps, places, strict=True)]
        if self.counts:
            return self._counted(places, order)
        own = (self.table.c[name] for name in FIELDS)
        found = select(*own, *places).where(self.where, after).order_by(*order)
        return found.select_from(self.reading.tables()).limit(self.query.limit + 1)

    @property
    def counts(self) -> bool:
        """Whether the page counts: when no index gives its order, it must look at every record that answers anyway."""
        query = self.query
        return query.counted and not query.after and self.steps[0].blank and query.where != EVERYTHING

    def _counted(self, places: list[Any], order: list[Sql]) -> Select[Any]:
        """The page with `total` on every row: places and total of narrow rows first, the whole records behind them."""
        total = func.count().over().label("total")
        found = select(self.table.c.id, *places, total).where(self.where).order_by(*order)
        few = found.select_from(self.reading.tables()).limit(self.query.limit + 1).subquery("few")
        own = and_(WHOLE.c.workspace == self.workspace, WHOLE.c.form == self.query.form, WHOLE.c.id == few.c.id)
        again = [few.c[f"place_{index}"] for index in range(len(self.steps))]
        columns = (WHOLE.c[name] for name in FIELDS)
        both = select(*columns, *again, few.c.total).select_from(few.join(WHOLE, own))
        return both.order_by(*(step.order(place) for step, place in zip(self.steps, again, strict=True)))

    def _after(self) -> Sql:
        place = cursor.read(self.query.after, self.mark, len(self.steps))
        values = [_place_value(step, value) for step, value in zip(self.steps, place, strict=True)]
        choices: list[Sql] = []
        for index, step in enumerate(self.steps):
            level = (earlier.at(value) for earlier, value in zip(self.steps[:index], values, strict=False))
            choices.append(and_(*level, step.after(values[index])))
        return and_(self._from_first(values[0]), or_(*choices))

    def _from_first(self, value: Any) -> Sql:
        """The first step alone, said once more so that an index can begin there."""
        first = self.steps[0]
        return true() if first.blank or value is None else or_(first.at(value), first.after(value))

    def next_after(self, row: Any) -> str:
        """The cursor behind a row."""
        return cursor.write(self.mark, [_plain(row[f"place_{index}"]) for index in range(len(self.steps))])

    def count(self, bound: int) -> Select[Any]:
        """How many, up to `bound`."""
        found = select(literal(1).label("one")).where(self.where)
        few = found.select_from(self.reading.tables()).limit(bound).subquery()
        return select(func.count()).select_from(few)


def _step(reading: Reading, order: Order) -> Step:
    place, id, column = reading.resolve(order.field)
    own = column.through is None and id in SYSTEM_FIELDS and id != "status"
    if order.ranks:
        return Step(_ranked(reading, order), order.descending, Integer(), True)
    if own:
        return Step(place.table.c[id], order.descending, place.table.c[id].type, False)
    if column.kind == "number":
        numeric = Numeric() if reading.postgres else Text()
        return Step(expression_of(reading, order.field), order.descending, numeric, True)
    if column.kind == "boolean":
        return Step(expression_of(reading, order.field), order.descending, Integer(), True)
    worded = {"text": lambda: reading.words(place, id), "list": lambda: first_entry(reading, place, id)}
    expression = (
        cast(null(), Text) if column.kind == "rows" else worded.get(column.kind, lambda: reading.text(place, id))()
    )
    return Step(expression, order.descending, Text(), True)


def first_entry(reading: Reading, place: Source, id: str) -> Sql:
    """The first entry of a list."""
    if reading.postgres:
        return reading.plain(reading.entries(place, id).op("->>", return_type=Text())(literal(0, Integer)))
    return place.shown(func.json_extract(place.table.c["values"], path(id) + "[0]", type_=Text()))


def _ranked(reading: Reading, order: Order) -> Sql:
    place, id, column = reading.resolve(order.field)
    held = first_entry(reading, place, id) if column.kind == "list" else reading.text(place, id)
    ranks = [(held == rank, literal(index)) for index, rank in enumerate(order.ranks)]
    return case(*ranks, (held.is_not(None), literal(len(order.ranks))))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value.isoformat() if hasattr(value, "isoformat") else value


def _place_value(step: Step, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(step.type, Integer) != isinstance(value, int):
        raise cursor.bad()
    if isinstance(step.type, Numeric):
        try:
            number = Decimal(value)
        except InvalidOperation as error:
            raise cursor.bad() from error
        if not number.is_finite() or abs(number.adjusted()) > 1000:
            raise cursor.bad()
        return number
    return cursor.moment(value) if isinstance(step.type, Moment) else value


def _said(reading: Reading, query: Query, workspace: str) -> Sql:
    """Records whose tokens cover what was typed, each word within one of the fields that may be searched."""
    wanted = terms(query.search)
    if not wanted or not query.search_fields:
        return false()
    tags = [tag(workspace, query.form, field) for field in query.search_fields]
    speak = _for_postgres if reading.postgres else _for_sqlite
    asked = speak(wanted, tags)
    mine = and_(search.c.workspace == workspace, search.c.form == query.form)
    hit: Sql = (
        search.c.tokens.op("@@", is_comparison=True)(cast(literal(asked, Text()), TSQUERY))
        if reading.postgres
        else literal_column(search.name).op("MATCH", is_comparison=True)(literal(asked, Text()))
    )
    found: Sql = reading.base.table.c.id.in_(select(search.c.record).where(mine, hit))
    return found


def _for_postgres(wanted: list[Term], tags: list[str]) -> str:
    def token(tag: str, part: tuple[str, bool]) -> str:
        return f"'{tag}{part[0]}'" + (":*" if part[1] else "")

    return _joined(wanted, tags, token, " & ", " | ")


def _for_sqlite(wanted: list[Term], tags: list[str]) -> str:
    def token(tag: str, part: tuple[str, bool]) -> str:
        return f'"{tag}{part[0]}"' + (" *" if part[1] else "")

    return _joined(wanted, tags, token, " AND ", " OR ")


def _joined(wanted: list[Term], tags: list[str], token: Any, both: str, either: str) -> str:
    said = [
        "(" + either.join("(" + both.join(token(tag, part) for part in sorted(term)) + ")" for tag in tags) + ")"
        for term in wanted
    ]
    return both.join(said)
