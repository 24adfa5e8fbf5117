"""The SQL expression of a field 字段表达式: today read from the record's JSON; the one seam where projections enter.

SQL knows kinds, never field types. On both databases an expression of one kind is:
text and time: the text, blank as NULL · number: something that orders and compares as the decimal does ·
boolean: 1 or 0 · list: the JSON list.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Integer,
    Numeric,
    String,
    Text,
    and_,
    bindparam,
    case,
    cast,
    collate,
    func,
    literal,
    null,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.selectable import NamedFromClause

from builder.access import SYSTEM_FIELDS
from builder.filter import EVERYTHING, Filter
from builder.problem import invalid
from runtime.ports import Calculation, Column, Through
from server.store.calculated.reading import in_postgres, in_sqlite
from server.store.collation import FOLDED
from server.store.numbers import key_of
from server.store.tables import record

Sql = ColumnElement[Any]
Named = NamedFromClause[Any]
NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_]{0,63}(\.[A-Za-z_][A-Za-z0-9_]{0,63})?$")
DECIMAL = r"^-?[0-9]+\.?[0-9]*$"
"""What PostgreSQL is trusted to cast; anything else in a number field (left from an older type) is blank to it.

Kept plain: with counted repeats and groups the same check costs ten times as much.
"""


@dataclass(frozen=True)
class Source:
    """A record of some form within a query, and whether the asker may see it (None: always)."""

    table: Named
    columns: Mapping[str, Column]
    visible: Sql | None = None

    def shown(self, expression: Sql) -> Sql:
        """The expression, or NULL where the record may not be seen."""
        return expression if self.visible is None else case((self.visible, expression))


@dataclass(frozen=True)
class Unfolded:
    """The rows of a subform within a query, each a document like a record's; nothing is kept beside it."""

    name: str
    c: Mapping[str, Sql]


@dataclass
class Reading:
    """How one query reads fields: its dialect and workspace, and the references it follows."""

    dialect: str
    workspace: str
    base: Source
    answers: "Callable[[Reading, Filter, Source], Sql]"
    """How a filter becomes SQL: `condition.answers`."""
    checks: bool = False
    """Whether the database can say if a cast would succeed (PostgreSQL 16 and later)."""
    joins: list[tuple[Named, Sql]] = field(default_factory=list)
    rows: Source | None = None
    """The rows that the query unfolds."""
    _ways: dict[tuple[str, str, str], Named] = field(default_factory=dict)
    _steps: dict[str, tuple[Sql, Sql]] = field(default_factory=dict)

    @property
    def postgres(self) -> bool:
        """Whether it is PostgreSQL, and not SQLite."""
        return self.dialect == "postgresql"

    def tables(self) -> FromClause:
        """The form's records with everything that references lead to."""
        joined: FromClause = self.base.table
        for table, condition in self.joins:
            joined = joined.outerjoin(table, condition)
        return joined

    def column(self, name: str, source: Source) -> Column:
        """How the field is read; text when nobody said."""
        if name in SYSTEM_FIELDS and name not in source.columns:
            return Column(SYSTEM_FIELDS[name])
        return source.columns.get(name, Column("text"))

    def resolve(self, name: str, source: Source | None = None) -> tuple[Source, str, Column]:
        """Where the field stands: the record that has it, its id there, and its column."""
        source = source or self.base
        if not NAME.match(name):
            raise invalid("unknown_field", name[:80], field=name[:80])
        column = self.column(name, source)
        if column.row and self.rows is not None:
            return self.rows, column.row, column
        if column.through is None:
            return source, name, column
        return self._follow(source, column.through), column.through.field, column

    def _follow(self, source: Source, way: Through) -> Source:
        if not NAME.match(way.reference) or not NAME.match(way.field):
            raise invalid("unknown_field", way.field[:80], field=way.field[:80])
        name = (source.table.name, way.reference, way.form)
        if name not in self._ways:
            other = record.alias(f"{source.table.name}_{len(self._ways)}")
            self._ways[name] = other
            mine = and_(other.c.workspace == self.workspace, other.c.form == way.form, other.c.deleted_at.is_(None))
            self.joins.append((other, and_(mine, other.c.id == self.raw(source, way.reference))))
        return Source(self._ways[name], way.columns, self._visible(Source(self._ways[name], way.columns), way))

    def _visible(self, other: Source, way: Through) -> Sql | None:
        return None if way.where == EVERYTHING else self.answers(self, way.where, other)

    def named(self, source: Source, name: str) -> Sql:
        """What stands at a name, which may be a path, as text."""
        place, id, _ = self.resolve(name, source)
        return place.shown(self.raw(place, id))

    def calculated(self, source: Source, name: str, calculation: Calculation) -> tuple[Sql, Sql]:
        """A calculation's value as JSON would hold it, and the code of its failure."""
        if name not in self._steps:
            reads = in_postgres if self.postgres else in_sqlite
            self._steps[name] = reads(self, source, calculation)
        return self._steps[name]

    def holds(self, source: Source, calculation: Calculation) -> Sql:
        """Whether a condition written as an expression holds; a blank and a failure do not."""
        value, _ = self.calculated(source, f"holds {id(calculation)} {source.table.name}", calculation)
        held = cast(value, Text)
        return func.coalesce(source.shown(held.in_(("true", "1"))), literal(False))

    def raw(self, source: Source, name: str) -> Sql:
        """The field's text as JSON holds it; "" and [] as they are."""
        calculation = source.columns[name].calculation if name in source.columns else None
        if calculation is not None:
            return self.calculated(source, name, calculation)[0]
        if name in SYSTEM_FIELDS:
            column: Sql = source.table.c[name]
            return column
        return self._extract(source.table.c["values"], name)

    def _extract(self, document: Sql, name: str) -> Sql:
        if self.postgres:
            found: Sql = document.op("->>", return_type=Text())(bindparam(None, name, String(), unique=True))
            return found
        extracted: Sql = func.json_extract(document, path(name), type_=Text())
        return extracted

    def text(self, source: Source, name: str) -> Sql:
        """A text or a time that compares by code points; blank is NULL."""
        found = self.raw(source, name)
        if name in SYSTEM_FIELDS:
            found = cast(found, Text) if name in ("created_at", "updated_at") else found
        return source.shown(self.plain(func.nullif(found, "")))

    def as_held(self, source: Source, name: str) -> Sql:
        """A text or a time as it is held, blank as "" or NULL."""
        return source.shown(self.plain(self.raw(source, name)))

    def plain(self, expression: Sql) -> Sql:
        """A text that compares by code points, whatever the database's locale."""
        return collate(expression, "C") if self.postgres else expression

    def folded(self, source: Source, name: str, kind: str) -> Sql:
        """The text case-folded; "" for blank."""
        found = self.raw(source, name)
        if kind == "boolean" and not self.postgres:
            found = case((found == literal(1, Integer), "true"), (found == literal(0, Integer), "false"))
        lower = func.lower(self.plain(cast(found, Text)))
        kept = self._extract(source.table.c["keys"], FOLDED + name)
        return func.coalesce(source.shown(func.coalesce(kept, lower)), "")

    def words(self, source: Source, name: str) -> Sql:
        """What a text sorts by; blank is NULL."""
        if name in SYSTEM_FIELDS:
            return self.text(source, name)
        lower = func.nullif(func.lower(self.plain(self.raw(source, name))), "")
        return self.plain(func.coalesce(self.sort_key(source, name), source.shown(lower)))

    def sort_key(self, source: Source, name: str) -> Sql:
        """The sort key kept beside a text outside ASCII; NULL for others."""
        return source.shown(self.plain(self._extract(source.table.c["keys"], name)))

    def number(self, source: Source, name: str) -> Sql:
        """What a number compares by: numeric on PostgreSQL, an ordering text on SQLite; NULL when it is none."""
        found = self.raw(source, name)
        if not self.postgres:
            return source.shown(func.number_key(found, type_=Text()))
        return source.shown(case((found.regexp_match(DECIMAL), cast(found, Numeric))))

    def number_value(self, value: Decimal) -> Sql:
        """A number asked for, in the same form."""
        return literal(value, Numeric()) if self.postgres else literal(key_of(value), Text())

    def boolean(self, source: Source, name: str) -> Sql:
        """1, 0 or NULL."""
        found = self.raw(source, name)
        if self.postgres:
            return source.shown(case((found == "true", literal(1)), (found == "false", literal(0))))
        return source.shown(cast(found, Integer))

    def entries(self, source: Source, name: str) -> Sql:
        """The JSON list; NULL or nothing when blank. SQLite gets the whole document, see `entry_path`."""
        if self.postgres:
            found = source.table.c["values"].op("->", return_type=JSONB())(bindparam(None, name, String(), unique=True))
            return source.shown(found)
        return type_coerce(source.shown(source.table.c["values"]), JSON)

    def blank(self, source: Source, name: str, kind: str) -> Sql:
        """Whether nothing stands there."""
        found = cast(source.shown(self.raw(source, name)), Text)
        return func.coalesce(found, "").in_(("", "[]") if kind in ("list", "rows") else ("",))


def path(name: str) -> Sql:
    """Where SQLite finds a field in a document."""
    return literal(f'$."{name}"', Text())


def expression_of(reading: Reading, name: str, source: Source | None = None) -> Sql:
    """The SQL expression of a field, by its kind: what comparisons, sorting and sums are made of."""
    place, id, column = reading.resolve(name, source)
    kinds = {"number": reading.number, "boolean": reading.boolean, "list": reading.entries}
    if column.kind == "rows":
        return null()
    return kinds.get(column.kind, reading.text)(place, id)
