"""Where people write formulas in an app 公式的位置: one table for keeping them by ids and for saying what they read.

A setting that holds a formula stands here or it is kept as it was typed; a test holds the table against the models.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.definition import App, Form
from builder.expression.parse import Tree, parse
from builder.expression.problem import ExpressionError
from builder.expression.values import Scope
from builder.filter import HOLDS
from builder.problem import Step
from builder.scope import own_scope, row_scope_of, scope_of

Json = Any
Steps = tuple[Step, ...]

FORMULAS: Mapping[str, Sequence[str]] = {
    "forms": (
        "fields.*.formula", "fields.*.default_formula", "fields.*.options.*.when",
        "fields.*.fields.*.formula", "fields.*.fields.*.default_formula", "fields.*.fields.*.options.*.when",
        "rules.*.when", "checks.*.that", "actions.*.when", "actions.*.fill.*",
        "events.*.when", "events.*.request.parameters.*", "events.*.request.body.*", "events.*.further.*.when",
        "events.*.further.*.request.parameters.*", "events.*.further.*.request.body.*",
    ),
    "workflows": (
        "nodes.*.when.*", "nodes.*.checks.*.that", "nodes.*.fill.*", "nodes.*.values.*", "nodes.*.body.*",
        "nodes.*.assignees.*.expression", "nodes.*.copy_on_arrival.*.expression",
        "nodes.*.copy_after.*.expression", "nodes.*.due.*.assignees.*.expression",
    ),
    "dashboards": ("widgets.*.measures.*.expression", "widgets.*.goal.measure.expression"),
    "aggregates": ("measures.*.expression",),
}  # fmt: skip
"""Settings that are formulas, by the kind of part; `*` is any key or place."""

FILTERS: Mapping[str, Sequence[str]] = {
    "forms": ("views.*.filter", "groups.*.rows"),
    "dashboards": ("widgets.*.filter", "widgets.*.measures.*.filter", "widgets.*.goal.filter",
                   "widgets.*.goal.measure.filter"),
    "aggregates": ("filter", "measures.*.filter"),
}  # fmt: skip
"""Settings that are filters, any condition of which may be a formula."""

OWN = ("groups",)
"""The rooms of a form whose formulas read the record's own fields only."""


@dataclass(frozen=True)
class Place:
    """A formula where it stands: what holds it and under which key, its path in the part, what it may name."""

    holder: Any
    key: Any
    path: Steps
    form: str
    rows: str = ""
    own: bool = False

    @property
    def text(self) -> str:
        """What is written there."""
        return str(self.holder[self.key])

    def scope(self, forms: Mapping[str, Form]) -> Scope:
        """The names that it may use."""
        form = forms.get(self.form)
        if form is None:
            return {}
        rows = form.field(self.rows) if self.rows else None
        found = row_scope_of(form, rows, forms) if rows is not None and rows.nested else scope_of(form, forms)
        return own_scope(found) if self.own else found


def places(room: str, raw: Json) -> Iterator[Place]:
    """Every formula of a part, as JSON data that may be written to."""
    for pattern in FORMULAS.get(room, ()):
        for holder, key, path in _walk(raw, pattern.split("."), ()):
            yield from _place(room, raw, holder, key, path)
    for pattern in FILTERS.get(room, ()):
        for holder, key, path in _walk(raw, pattern.split("."), ()):
            for condition in _holding(holder[key]):
                yield from _place(room, raw, condition, "value", path)


def every_place(app: App) -> Iterator[tuple[str, str, Place]]:
    """Every formula of an app, with the kind and the id of its part."""
    for room in FORMULAS:
        for id, part in getattr(app, room, {}).items():
            for place in places(room, part.dump()):
                yield room, id, place


def tree_of(text: str) -> Tree | None:
    """The tree of a formula; None when it cannot be read, which is told elsewhere."""
    try:
        return parse(text)
    except ExpressionError:
        return None


def _walk(value: Json, keys: Sequence[str], path: Steps) -> Iterator[tuple[Json, Any, Steps]]:
    """The holders of what the pattern leads to."""
    head, rest = keys[0], keys[1:]
    for key in _keys(value, head):
        if rest:
            yield from _walk(value[key], rest, (*path, key))
        else:
            yield value, key, (*path, key)


def _keys(value: Json, wanted: str) -> Sequence[Any]:
    if wanted == "*":
        return tuple(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return (wanted,) if isinstance(value, dict) and value.get(wanted) is not None else ()


def _holding(filter: Json) -> Iterator[dict[str, Json]]:
    """The conditions of a filter that are formulas."""
    if not isinstance(filter, dict):
        return
    if filter.get("op") == HOLDS:
        yield filter
    for part in (*filter.get("all", ()), *filter.get("any", ())):
        yield from _holding(part)


def _place(room: str, raw: Json, holder: Json, key: Any, path: Steps) -> Iterator[Place]:
    text = holder[key]
    if isinstance(text, str) and text.strip():
        yield Place(holder, key, path, **READ_OVER[room](raw, path))


def _of_form(raw: Json, path: Steps) -> dict[str, Any]:
    """The form itself; a column may name its neighbours, and so may an event of a row."""
    column = path[0] == "fields" and path[2] == "fields"
    rows = raw["fields"][path[1]]["id"] if column else ""
    if path[0] == "events":
        rows = raw["events"][path[1]].get("rows") or ""
    return {"form": raw["id"], "rows": rows, "own": path[0] in OWN}


def _of_node(raw: Json, path: Steps) -> dict[str, Any]:
    """The workflow's form; a node that goes through rows names their columns too."""
    filled = path[2] in ("fill", "values")
    return {"form": raw["form"], "rows": raw["nodes"][path[1]].get("rows") or "" if filled else ""}


def _of_widget(raw: Json, path: Steps) -> dict[str, Any]:
    widget = raw["widgets"][path[1]]
    return {"form": (widget["goal"] if path[2] == "goal" else widget)["form"]}


READ_OVER: Mapping[str, Callable[[Json, Steps], dict[str, Any]]] = {
    "forms": _of_form, "workflows": _of_node, "dashboards": _of_widget, "aggregates": lambda raw, path: {
        "form": raw["form"]},
}  # fmt: skip
"""Over which records the formulas of a part are read."""
