"""Groups and measures as SQL 分组统计: an inner SELECT says what each record counts under, the outer one sums up."""

from decimal import Decimal
from typing import Any
from typing import cast as as_type

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    null,
    select,
    true,
)
from sqlalchemy import column as named
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP

from builder.access import SYSTEM_FIELDS
from runtime.ports import By, Cell, Column, Grouping, Json, Sum
from runtime.units import UNITS, average, decimal_text
from server.store.condition import answers
from server.store.expression import Source, Sql, Unfolded, expression_of, path
from server.store.numbers import text_of_key
from server.store.query import reading_of
from server.store.trusted import DATE, INSTANT

FORMATS = {"day": "YYYY-MM-DD", "week": 'IYYY-"W"IW', "month": "YYYY-MM", "quarter": 'YYYY-"Q"Q', "year": "YYYY"}


class Grouped:
    """A grouping being answered for one workspace."""

    def __init__(self, connection: Connection, workspace: str, grouping: Grouping) -> None:
        self.connection, self.workspace, self.grouping = connection, workspace, grouping
        self.reading = reading_of(connection, workspace, grouping.columns)
        self.lists: list[FromClause] = []
        self.unfolded: list[FromClause] = []
        if grouping.rows:
            self._unfold(grouping.rows)

    def cells(self) -> list[Cell]:
        """The groups with their measures, in the order of their keys."""
        rows = self.connection.execute(self.statement()).all()
        keys, sums = self.grouping.by, self.grouping.measures
        return [
            (
                tuple(self._key(by, row._mapping[f"key_{index}"]) for index, by in enumerate(keys)),
                tuple(self._result(sum, index, row._mapping) for index, sum in enumerate(sums)),
            )
            for row in rows
        ]

    def statement(self) -> Select[Any]:
        """The whole SELECT."""
        inner = self._inner().subquery()
        keys = [inner.c[f"key_{index}"] for index in range(len(self.grouping.by))]
        sums = [part for index, sum in enumerate(self.grouping.measures) for part in self._sums(sum, index, inner)]
        outer = select(*keys, *sums) if keys or sums else select(func.count())
        if not keys:
            return outer
        order: list[Sql] = []
        for index, key in enumerate(keys):
            sort = inner.c.get(f"sort_{index}")
            words = [] if sort is None else [func.coalesce(func.min(sort), func.lower(key)).asc().nulls_last()]
            order += [*words, key.asc().nulls_last()]
        return outer.group_by(*keys).order_by(*order).limit(self.grouping.limit)

    def _inner(self) -> Select[Any]:
        columns: list[ColumnElement[Any]] = []
        for index, by in enumerate(self.grouping.by):
            columns.append(self._by(by).label(f"key_{index}"))
            place, id, column = self.reading.resolve(by.field)
            if column.kind == "text" and id not in SYSTEM_FIELDS:
                columns.append(self.reading.sort_key(place, id).label(f"sort_{index}"))
        for index, sum in enumerate(self.grouping.measures):
            columns.append(self._measured(sum).label(f"value_{index}"))
        table = self.reading.base.table
        mine = and_(
            table.c.workspace == self.workspace, table.c.form == self.grouping.form, table.c.deleted_at.is_(None)
        )
        where = and_(mine, answers(self.reading, self.grouping.where))
        tables = self.reading.tables()
        for rows in self.unfolded:
            tables = tables.join(rows, true())
        for listed in self.lists:
            tables = tables.outerjoin(listed, true())
        return select(*(columns or [literal(1).label("one")])).select_from(tables).where(where)

    def _unfold(self, rows: str) -> None:
        """Each row on a line of its own; what is left of another type in the field is no row."""
        base = self.reading.base
        if self.reading.postgres:
            held = self.reading.entries(base, rows)
            real = case((func.jsonb_typeof(held) == "array", held), else_=cast(literal("[]"), JSONB))
            listed = func.jsonb_array_elements(real).table_valued(named("value", JSONB))
            document: Sql = case((func.jsonb_typeof(listed.c.value) == "object", listed.c.value))
        else:
            values, place = base.table.c["values"], path(rows)
            real = case((func.json_type(values, place) == "array", func.json_extract(values, place)), else_="[]")
            listed = func.json_each(real).table_valued("value", "type")
            document = case((listed.c.type == "object", listed.c.value))
        self.unfolded.append(listed)
        table = Unfolded(f"{base.table.name}_rows", {"values": document, "keys": cast(null(), self._document)})
        self.reading.rows = Source(as_type(Any, table), {})

    @property
    def _document(self) -> Any:
        return JSONB if self.reading.postgres else Text

    def _column(self, field: str) -> Column:
        return self.reading.column(field, self.reading.base)

    def _by(self, by: By) -> Sql:
        """What to group by."""
        place, id, column = self.reading.resolve(by.field)
        if column.kind == "list":
            return self._unfolded(by)
        if column.kind == "time":
            return self._cut(self.reading.text(place, id), by.unit)
        return cast(null(), Text) if column.kind == "rows" else expression_of(self.reading, by.field)

    def _unfolded(self, by: By) -> Sql:
        """Each entry of a list on a line of its own; a blank list keeps one line."""
        place, id, _ = self.reading.resolve(by.field)
        entries = self.reading.entries(place, id)
        if self.reading.postgres:
            real = case((func.jsonb_typeof(entries) == "array", entries), else_=cast(null(), JSONB))
            listed = func.jsonb_array_elements_text(real).table_valued("value")
            self.lists.append(listed)
            return self.reading.plain(cast(listed.c.value, Text))
        listed = func.json_each(entries, path(id)).table_valued("value")
        self.lists.append(listed)
        return cast(listed.c.value, Text)

    def _cut(self, time: Sql, unit: str) -> Sql:
        if unit not in UNITS:
            return time
        zone = self.grouping.timezone
        if not self.reading.postgres:
            return func.cut_time(time, unit, zone, type_=Text())
        instant, date = self._trusted(time)
        moment = func.timezone(zone, cast(time, TIMESTAMP(timezone=True)))
        local = case((instant, moment), (date, cast(time, TIMESTAMP())))
        return self.reading.plain(func.to_char(local, FORMATS[unit], type_=Text()))

    def _trusted(self, time: Sql) -> tuple[Sql, Sql]:
        """Whether it is an instant, and whether it is a date, that the database will read without an error."""
        if not self.reading.checks:
            return time.regexp_match(INSTANT), time.regexp_match(DATE)
        valid = and_(time.like("____-__-__%"), func.pg_input_is_valid(time, "timestamptz"))
        return and_(time.like("__________T%"), valid), valid

    def _measured(self, sum: Sum) -> Sql:
        """What one record brings to a measure; NULL when nothing."""

        def counted(value: Sql) -> Sql:
            return case((answers(self.reading, sum.where), value))

        if not sum.field:
            return counted(literal(1))
        place, id, column = self.reading.resolve(sum.field)
        if sum.operation == "count":
            return counted(case((not_(self.reading.blank(place, id, column.kind)), literal(1))))
        if column.kind == "number" and not self.reading.postgres and sum.operation in ("sum", "average"):
            return counted(cast(place.shown(self.reading.raw(place, id)), Text))
        if column.kind == "number":
            return counted(expression_of(self.reading, sum.field))
        words = column.kind in ("text", "time") and sum.operation in ("min", "max")
        return counted(self.reading.text(place, id)) if words else cast(null(), Text)

    def _sums(self, sum: Sum, index: int, inner: Any) -> list[Sql]:
        value, kind = inner.c[f"value_{index}"], self._column(sum.field).kind if sum.field else ""
        if not sum.field or sum.operation == "count":
            return [func.count(value).label(f"sum_{index}")]
        if sum.operation in ("min", "max"):
            return [(func.min if sum.operation == "min" else func.max)(value).label(f"sum_{index}")]
        if kind != "number":
            return [func.max(value).label(f"sum_{index}")]
        if self.reading.postgres:
            return [func.sum(value).label(f"sum_{index}"), func.count(value).label(f"count_{index}")]
        counted = func.count(func.number_key(value))
        return [func.exact_sum(value, type_=Text()).label(f"sum_{index}"), counted.label(f"count_{index}")]

    def _key(self, by: By, value: Any) -> Json:
        kind = self._column(by.field).kind
        if value is None or kind not in ("number", "boolean"):
            return value
        return bool(value) if kind == "boolean" else self._decimal(value)

    def _decimal(self, value: Any) -> str | None:
        return text_of_key(value) if isinstance(value, str) else decimal_text(Decimal(value))

    def _result(self, sum: Sum, index: int, row: Any) -> str | None:
        value = row[f"sum_{index}"]
        if value is None:
            return None
        if not sum.field or sum.operation == "count" or self._column(sum.field).kind != "number":
            return str(value)
        if sum.operation in ("min", "max"):
            return self._decimal(value)
        number = Decimal(value)
        return decimal_text(number if sum.operation == "sum" else average(number, row[f"count_{index}"]))
