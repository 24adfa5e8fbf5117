"""Reads the plan of an expression as SQL 公式的 SQL: every step a row of its own, (value, failure), joined laterally.

A step names the steps before it and is written once, however often it is named. Nothing in it can raise: what would is
asked about first and becomes the step's failure, a spreadsheet's code beside a NULL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Numeric,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP

from builder.expression.planned import Plan
from server.store.trusted import DATE, INSTANT

Sql = ColumnElement[Any]


class Reading(Protocol):
    """The reading of a form's records that a calculation stands in: where its names are found, and what joins it."""

    base: Any
    joins: list[tuple[Any, Any]]

    def named(self, source: Any, name: str) -> Sql:
        """What stands at a name of the source, as text."""
        ...

    def resolve(self, name: str, source: Any = None) -> Any:
        """Where a name stands: the record that has it, its id there, and its column."""
        ...

    def entries(self, source: Any, name: str) -> Sql:
        """The JSON list that a field holds."""
        ...


class Place:
    """Where steps stand: among the rows of a reading, or among the items of lists within them."""

    def __init__(self, outer: "Reading | Place", series: Any = None) -> None:
        self.outer, self.series = outer, series
        self.rows: list[Any] = []
        self.prefix = f"{outer.name('at')}_" if isinstance(outer, Place) else ""

    @property
    def known(self) -> list[Any]:
        """What a step here may name."""
        if isinstance(self.outer, Place):
            return [*self.outer.known, self.series, *self.rows]
        return [self.outer.base.table, *(table for table, _ in self.outer.joins)]

    def name(self, what: str) -> str:
        """A name that nothing here has yet."""
        return f"{self.prefix}{what}_{len(self.known)}"

    def add(self, *shown: Any) -> Any:
        """One more row of these columns, which the planner leaves alone."""
        row = select(*shown).correlate(*self.known).offset(literal_column("0")).lateral(self.name("step"))
        self._join(row)
        return row

    def _join(self, row: Any) -> None:
        if isinstance(self.outer, Place):
            self.rows.append(row)
        else:
            self.outer.joins.append((row, true()))

    def closed(self, *shown: Any) -> Any:
        """What is made of all items, as one row of the place around them."""
        assert isinstance(self.outer, Place)
        joined = self.series
        for row in self.rows:
            joined = joined.join(row, true())
        made = select(*shown).select_from(joined).correlate(*self.outer.known).lateral(self.outer.name("list"))
        self.outer._join(made)
        return made


INSTANTS = TIMESTAMP(timezone=True)
TYPES: dict[str, Any] = {
    "number": Numeric(), "text": Text(), "boolean": Boolean(), "date": Date(), "datetime": INSTANTS, "blank": Text(),
    "time": Text(), "any": JSONB(),
}  # fmt: skip
DECIMAL = r"^-?[0-9]+\.?[0-9]*$"
WIDE, DIGITS, SHOWN, LONGEST = 120, 34, 15, 1_000_000
DIV, VALUE, NUM, NA = "#DIV/0!", "#VALUE!", "#NUM!", "#N/A"


@dataclass(frozen=True)
class Step:
    """A value of some kind, NULL for blank, and the code of its failure; None when it cannot fail."""

    kind: str
    value: Sql
    failure: Sql | None = None


class Calculated:
    """One calculation over the records of a reading on PostgreSQL; its steps join the reading's tables."""

    def __init__(self, reading: Reading, source: Any, timezone: str, place: Place | None = None) -> None:
        self.reading, self.source, self.timezone = reading, source, timezone
        self.place = place or Place(reading)
        self._made: dict[Plan, Step] = {}

    def step(self, plan: Plan) -> Step:
        """The step that carries out the plan; the same plan is carried out once."""
        if plan not in self._made:
            self._made[plan] = self._step(plan)
        return self._made[plan]

    def _step(self, plan: Plan) -> Step:
        if plan.work == "constant":
            return Step(plan.kind, cast(literal(_plain(plan.value), Text()), TYPES[plan.kind]))
        if plan.work == "failure":
            return Step(plan.kind, cast(null(), TYPES[plan.kind]), literal(plan.value, Text()))
        if plan.work == "field":
            return self.field(plan)
        if plan.work in OPEN:
            return OPEN[plan.work](self, plan)
        parts = [self.step(part) for part in plan.parts]
        return WORKS[plan.work](self, plan, parts)

    def fenced(self, kind: str, value: Sql, failure: Sql | None = None) -> Step:
        """The step as a row of its own, which the planner leaves alone."""
        shown: list[Any] = [cast(value, TYPES[kind]).label("v")]
        if failure is not None:
            shown = [case((failure.is_(None), cast(value, TYPES[kind]))).label("v"), cast(failure, Text).label("e")]
        row = self.place.add(*shown)
        return Step(kind, row.c.v, row.c.e if failure is not None else None)

    def done(self, plan: Plan, value: Sql, *parts: Step, own: Sql | None = None) -> Step:
        """The step of a work on parts: it fails as the first of them that fails, or by itself."""
        return self.fenced(plan.kind, value, first([*(part.failure for part in parts), own]))

    def field(self, plan: Plan) -> Step:
        """What a record holds, read only when it is what it should be."""
        return self.read(plan.kind, self.reading.named(self.source, plan.value))

    def read(self, kind: str, raw: Sql) -> Step:
        """What stands in a text that records hold, as a value of this kind."""
        if kind == "text":
            return self.fenced("text", raw)
        shape = {"number": DECIMAL, "boolean": "^(true|false)$", "date": DATE, "datetime": INSTANT}[kind]
        text = func.nullif(raw, "", type_=Text())
        text = func.regexp_replace(text, r"\.[0-9]+Z$", "Z", type_=Text()) if kind == "datetime" else text
        held = self.fenced("text", text).value
        fine = held.regexp_match(shape)
        wrong = case((and_(held.is_not(None), ~fine), literal(VALUE)))
        return self.fenced(kind, case((fine, cast(held, TYPES[kind]))), wrong)

    def exact(self, plan: Plan, value: Sql, *parts: Step, own: Sql | None = None, digits: int = DIGITS) -> Step:
        """A number brought to so many digits, half to even; #NUM! beyond 1e300."""
        made = self.done(plan, value, *parts, own=own)
        kept = self.shortened(made.value, digits)
        huge = case((func.abs(kept) >= power(300), literal(NUM)))
        tiny = case((func.abs(kept) < power(-300), literal(0)), else_=kept)
        return self.fenced("number", tiny, first([made.failure, huge]))

    def shortened(self, value: Sql, digits: int) -> Sql:
        """A number with at most so many significant digits, half to even."""
        size = func.abs(value)
        behind = func.split_part(cast(size, Text), ".", 2)
        zeros = func.length(behind) - func.length(func.ltrim(behind, "0"))
        before = case((size >= 1, func.length(cast(func.trunc(size), Text))), else_=-zeros)
        short = func.length(cast(size, Text)) <= digits
        places = self.fenced("number", case((short, null()), else_=digits - before)).value
        cut = self.fenced("number", func.trunc(value, cast(places, Integer))).value
        half = func.abs(value - cut) == cast(literal("5e") + cast(-places - 1, Text), Numeric)
        unit = cast(literal("1e") + cast(-places, Text), Numeric)
        even = func.mod(func.trunc(func.abs(cut) / unit), 2) == 0
        fair = case((even, cut), else_=cut + func.sign(value) * unit)
        rounded = case((half, fair), else_=func.round(value, cast(places, Integer)))
        return self.fenced("number", case((places.is_(None), value), else_=rounded)).value


def said(item: Sql) -> Sql:
    """A JSON value as text."""
    return item.op("#>>", return_type=Text())(literal_column("'{}'"))


def power(exponent: int) -> Sql:
    """A power of ten."""
    return cast(literal(f"1e{exponent}", Text()), Numeric)


def _plain(value: Any) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def first(failures: list[Sql | None]) -> Sql | None:
    """The first of the failures that is there; None when none can be."""
    found = [failure for failure in failures if failure is not None]
    return (func.coalesce(*found, type_=Text()) if len(found) > 1 else found[0]) if found else None


Work = Callable[[Calculated, Plan, list[Step]], Step]
WORKS: dict[str, Work] = {}
"""How each work of a plan is done; filled by the modules beside this one."""
OPEN: dict[str, Callable[[Calculated, Plan], Step]] = {}
"""The works that see to their parts themselves."""
