"""Calculated columns 计算列: an expression as the store reckons it, through the asker's gate like any column."""

from dataclasses import replace
from functools import partial

from builder.access import Grant
from builder.calculated import Refused, reckoned
from builder.expression.program import Program
from builder.expression.values import Context, Scope, Shape
from builder.problem import invalid
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Calculation, Column

KINDS = {"number": "number", "boolean": "boolean", "date": "time", "datetime": "time"}


def column(gate: Gate, live: LiveForm, text: str) -> Column:
    """How the store reads an expression of each record; raises `Invalid` for one that is unsound or beyond it.

    Names that the asker may not read are not there for him. The caller puts the column's `names` among the fields
    that are used, so that only rows count in which he may read them all.
    """
    at = Context(gate.now, gate.timezone)
    found = reckoned(text, _readable(gate, live, gate.need(live, "read")), at)
    if isinstance(found, Refused):
        raise invalid("cannot_be_reckoned", "expression", zh=found.zh, en=found.en)
    names = tuple(sorted(found.scope))
    made = Calculation(found.plan, Program(found.tree, found.scope), names, at)
    return Column(KINDS.get(found.plan.kind, "text"), calculation=made)


def _readable(gate: Gate, live: LiveForm, grant: Grant) -> Scope:
    shapes = {id: shape for id, shape in live.scope.items() if grant.covers((id,))}
    return {id: _cut(gate, live, id, shape) for id, shape in shapes.items()}


def _cut(gate: Gate, live: LiveForm, id: str, shape: Shape) -> Shape:
    """What lies behind a reference, cut to what the asker may read of the other form."""
    points = live.fields[id].points if id in live.fields else None
    if points is None or points.form not in live.app.forms:
        return shape
    target = live.app.form(points.form)
    return replace(shape, target=partial(_readable, gate, target, gate.grant(target, "read")))
