"""Where a field is named in an app 字段用在哪里: by formulas, by words with holes, by saved cases.

What would be unsound without the field, `check` finds; here is what reads it in any formula, and what names it
without breaking: a prompt, a message, the values of a case, a lookup into another form.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from builder.definition import App, Form
from builder.expression.parse import references
from builder.formula_places import Place, Steps, every_place, tree_of
from builder.lookups import EVERY, lookups_in

Json = Any
Cell = tuple[str, str]
"""A form, and one of its fields or `rows.column`."""
HOLE = re.compile(r"\{([a-z][a-z0-9_]{0,62})\}")


def uses(app: App, form: str, field: str) -> Iterator[Steps]:
    """The paths of what names the field or the column `rows.column`, from the app's root; each once."""
    found = (*_of_formulas(app, (form, field)), *_of_words(app, form, field), *_of_cases(app, form, field))
    yield from dict.fromkeys(found)


def _of_formulas(app: App, cell: Cell) -> Iterator[Steps]:
    for room, id, place in every_place(app):
        if cell in read_by(app.forms, place):
            yield (room, id, *place.path)


def read_by(forms: Mapping[str, Form], place: Place) -> set[Cell]:
    """Every cell that a formula reads; a column counts for its rows too."""
    tree = tree_of(place.text)
    if tree is None:
        return set()
    found = {cell for path in references(tree) for cell in _met(forms, place, path)}
    for lookup in lookups_in(tree, forms):
        every = [one.id for one in forms[lookup.form].fields]
        found |= {(lookup.form, name) for name in (every if EVERY in lookup.reads else lookup.reads)}
    return found


def _met(forms: Mapping[str, Form], place: Place, path: tuple[str, ...]) -> Iterator[Cell]:
    """The cells on the way of a path; names are ids, or labels where nothing has the id."""
    at, rows = place.form, place.rows
    for step in path:
        form = forms.get(at)
        if form is None:
            return
        owner = form.field(rows) if rows else None
        column = next((one for one in (owner.nested if owner else ()) if step in (one.id, one.label)), None)
        found = column or form.field(step) or next((one for one in form.fields if one.label == step), None)
        if found is None:
            return
        if column is not None:
            yield at, f"{rows}.{column.id}"
            yield at, rows
        else:
            yield at, found.id
        at, rows = (found.points.form, "") if found.points is not None else (at, found.id if found.nested else "")


def _of_words(app: App, form: str, field: str) -> Iterator[Steps]:
    """Words in which the field's id in braces stands for its value, and cards of tasks that show it."""
    after = app.forms[form].after if form in app.forms else None
    if after is not None and field in HOLE.findall(after.prompt):
        yield "forms", form, "after", "prompt"
    for id, workflow in app.workflows.items():
        if workflow.form == form and field in workflow.brief:
            yield "workflows", id, "brief", workflow.brief.index(field)
        for name, node in workflow.nodes.items() if workflow.form == form else ():
            if field in HOLE.findall(str(node.settings.get("message") or "")):
                yield "workflows", id, "nodes", name, "message"


def _of_cases(app: App, form: str, field: str) -> Iterator[Steps]:
    """Cases of the form's workflows that fill the field in."""
    head, _, column = field.partition(".")
    for id, kept in app.checks.items():
        workflow = app.workflows.get(id)
        for at, case in enumerate(kept.cases if workflow is not None and workflow.form == form else ()):
            written = [case.values, *(move.values for move in case.moves)]
            if any(_fills(values, head, column) for values in written):
                yield "checks", id, "cases", at


def _fills(values: Mapping[str, Json], head: str, column: str) -> bool:
    held = values.get(head)
    if not column:
        return head in values
    return isinstance(held, list) and any(isinstance(row, dict) and column in row for row in held)
