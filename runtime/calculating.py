"""Calculated columns 计算列: an expression as the store reckons it, through the asker's gate like any column."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from builder.access import Grant
from builder.calculated import Refused, reckoned
from builder.expression.values import Context, Scope, Shape
from builder.problem import invalid
from builder.working_time import WorkingCalendar
from runtime.calendars import calendar_of
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Calculation, Column
from runtime.reckoning import Reckoning, calculation, reads_of

KINDS = {"number": "number", "boolean": "boolean", "date": "time", "datetime": "time"}


def column(gate: Gate, live: LiveForm, text: str) -> Column:
    """How the store reads an expression of each record; raises `Invalid` for one that is unsound or beyond it.

    Names that the asker may not read are not there for him. The caller puts the column's `names` among the fields
    that are used, so that only rows count in which he may read them all.
    """
    at = Context(gate.now, gate.timezone, me=gate.person, calendar=_calendar(gate, text))
    scope = readable(gate, live, gate.need(live, "read"))
    found = reckoned(text, scope, at, programs=gate.world.records.programs)
    if isinstance(found, Refused):
        raise invalid("cannot_be_reckoned", "expression", zh=found.zh, en=found.en)
    return Column(KINDS.get(found.kind, "text"), calculation=calculation(found, at))


def reckoning(gate: Gate, live: LiveForm, grant: Grant) -> Reckoning:
    """What makes the expressions of a filter ready for the asker, who may name what he may read."""
    at, calendar = Context(gate.now, gate.timezone, me=gate.person), partial(calendar_of, gate.world)
    return Reckoning(lambda: readable(gate, live, grant), at, gate.world.records.programs, calendar)


def _calendar(gate: Gate, text: str) -> Callable[[], WorkingCalendar] | None:
    """The working calendar for an expression that counts workdays, looked up now: the store asks nothing in between."""
    days = calendar_of(gate.world) if "WORKDAY" in text.upper() else None
    return None if days is None else lambda: days


def cells(live: LiveForm, columns: Mapping[str, Column]) -> frozenset[str]:
    """The columns of subforms that calculated columns read: only rows count in which the asker may read them all."""
    return cells_in(live, [column.calculation for column in columns.values() if column.calculation])


def cells_in(live: LiveForm, made: Iterable[Calculation]) -> frozenset[str]:
    """The columns of subforms that the calculations read."""
    return frozenset(path for path in reads_of(made) if path.partition(".")[0] in live.fields and _of_rows(live, path))


def _of_rows(live: LiveForm, path: str) -> bool:
    return bool(live.fields[path.partition(".")[0]].nested) and "." in path


def readable(gate: Gate, live: LiveForm, grant: Grant) -> Scope:
    """The names that the asker may use: of fields and columns that he may read, and of what lies behind references."""
    shapes = {id: shape for id, shape in live.scope.items() if grant.covers((id,))}
    return {id: _cut(gate, live, grant, id, shape) for id, shape in shapes.items()}


def _cut(gate: Gate, live: LiveForm, grant: Grant, id: str, shape: Shape) -> Shape:
    """A subform with the columns that may be read, and what lies behind a reference, cut to the other form's grant."""
    if shape.columns is not None:
        open_columns = {name: inner for name, inner in shape.columns.items() if grant.covers((f"{id}.{name}",))}
        return replace(shape, columns=open_columns)
    points = live.fields[id].points if id in live.fields else None
    if points is None or points.form not in live.app.forms:
        return shape
    target = live.app.form(points.form)
    return replace(shape, target=partial(readable, gate, target, gate.grant(target, "read")))
