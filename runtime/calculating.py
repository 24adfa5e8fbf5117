"""Calculated columns 计算列: an expression as the store reckons it, through the asker's gate like any column."""

from builder.calculated import Refused, reckoned
from builder.expression.program import Program
from builder.expression.values import Context
from builder.problem import invalid
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Calculation, Column

KINDS = {"number": "number", "boolean": "boolean", "date": "time", "datetime": "time"}


def column(gate: Gate, live: LiveForm, text: str) -> Column:
    """How the store reads an expression of each record; raises `Invalid` for one that is unsound or beyond it.

    Who asks must also be let read every one of its `names`: the caller puts them among the fields that are used.
    """
    at = Context(gate.now, gate.timezone)
    found = reckoned(text, live.form, live.app.app.forms, at)
    if isinstance(found, Refused):
        raise invalid("cannot_be_reckoned", "expression", zh=found.zh, en=found.en)
    names = tuple(sorted(found.scope))
    made = Calculation(found.plan, Program(found.tree, found.scope), names, at)
    return Column(KINDS.get(found.plan.kind, "text"), calculation=made)
