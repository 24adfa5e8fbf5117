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
from sqlalchemy.dialects.postgresql import TIMESTAMP

from builder.expression.pushed import Plan
from server.store.trusted import DATE, INSTANT

Sql = ColumnElement[Any]


class Reading(Protocol):
    """The reading of a form's records that a calculation stands in: where its names are found, and what joins it."""

    base: Any
    joins: list[tuple[Any, Any]]

    def named(self, source: Any, name: str) -> Sql:
        """What stands at a name of the source, as text."""
        ...


INSTANTS = TIMESTAMP(timezone=True)
TYPES: dict[str, Any] = {
    "number": Numeric(), "text": Text(), "boolean": Boolean(), "date": Date(), "datetime": INSTANTS, "blank": Text(),
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

    def __init__(self, reading: Reading, source: Any, timezone: str) -> None:
        self.reading, self.source, self.timezone = reading, source, timezone
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
        parts = [self.step(part) for part in plan.parts]
        return WORKS[plan.work](self, plan, parts)

    def fenced(self, kind: str, value: Sql, failure: Sql | None = None) -> Step:
        """The step as a row of its own, which the planner leaves alone."""
        shown: list[Any] = [cast(value, TYPES[kind]).label("v")]
        if failure is not None:
            shown = [case((failure.is_(None), cast(value, TYPES[kind]))).label("v"), cast(failure, Text).label("e")]
        known = [self.reading.base.table, *(table for table, _ in self.reading.joins)]
        row = select(*shown).correlate(*known).offset(literal_column("0")).lateral(f"step_{len(known)}")
        self.reading.joins.append((row, true()))
        return Step(kind, row.c.v, row.c.e if failure is not None else None)

    def done(self, plan: Plan, value: Sql, *parts: Step, own: Sql | None = None) -> Step:
        """The step of a work on parts: it fails as the first of them that fails, or by itself."""
        return self.fenced(plan.kind, value, first([*(part.failure for part in parts), own]))

    def field(self, plan: Plan) -> Step:
        """What a record holds, read only when it is what it should be."""
        raw = self.reading.named(self.source, plan.value)
        if plan.kind == "text":
            return self.fenced("text", raw)
        shape = {"number": DECIMAL, "boolean": "^(true|false)$", "date": DATE, "datetime": INSTANT}[plan.kind]
        text = func.nullif(raw, "", type_=Text())
        text = func.regexp_replace(text, r"\.[0-9]+Z$", "Z", type_=Text()) if plan.kind == "datetime" else text
        held = self.fenced("text", text).value
        fine = held.regexp_match(shape)
        wrong = case((and_(held.is_not(None), ~fine), literal(VALUE)))
        return self.fenced(plan.kind, case((fine, cast(held, TYPES[plan.kind]))), wrong)

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
