"""Expressions as conditions of filters 表达式条件: can a database carry them out, and does anybody there?"""

from collections.abc import Iterator
from typing import Any

from builder.calculated import Refused, reckoned
from builder.definition import App, Form, PermissionGroup
from builder.expression.values import Scope
from builder.filter import EVERYTHING, HOLDS, Filter, conditions, map_conditions
from builder.problem import Problem
from builder.scope import own_scope, scope_of

CARRIED_OUT = ("groups", "views")
"""The rooms of a form whose filters may hold expressions."""


def holding_problems(text: str, scope: Scope, place: str) -> Iterator[Problem]:
    """A condition comes to yes or no, and a database can reckon it."""
    found = reckoned(text, scope)
    if isinstance(found, Refused):
        params = {"expression": text[:80], "place": place, "zh": found.zh, "en": found.en}
        yield Problem("check_condition_not_reckoned", (), params)
    elif found.kind not in ("boolean", "blank"):
        yield Problem("check_condition_no_truth", (), {"expression": text[:80], "place": place})


def row_problems(app: App, form: Form, group: PermissionGroup) -> Iterator[Problem]:
    """The expressions among the rows of a permission group read the record's own fields only."""
    for condition in conditions(group.rows):
        if condition.op == HOLDS:
            yield from holding_problems(str(condition.value), own_scope(scope_of(form, app.forms)), group.name)


def without_expressions(filter: Filter) -> Filter:
    """The filter with everything in place of its expressions."""
    return map_conditions(filter, lambda one: EVERYTHING if one.op == HOLDS else one)


def stray_problems(app: App) -> Iterator[Problem]:
    """Expressions where nobody carries them out: ranges, gatherings, joint uniqueness, nodes."""
    for id, form in app.forms.items():
        raw = {key: value for key, value in form.dump().items() if key not in CARRIED_OUT}
        for room, text in _held(raw):
            yield Problem("check_no_condition_here", ("forms", id, room), {"expression": text[:80]})
    for id, workflow in app.workflows.items():
        for room, text in _held(workflow.dump()):
            yield Problem("check_no_condition_here", ("workflows", id, room), {"expression": text[:80]})


def _held(raw: Any, room: str = "") -> Iterator[tuple[str, str]]:
    """The expressions that are conditions somewhere in a part, each with the room of the part that it stands in."""
    if isinstance(raw, dict):
        if raw.get("op") == HOLDS and isinstance(raw.get("value"), str):
            yield room, raw["value"]
        for key, inner in raw.items():
            yield from _held(inner, room or str(key))
    elif isinstance(raw, list | tuple):
        for inner in raw:
            yield from _held(inner, room)
