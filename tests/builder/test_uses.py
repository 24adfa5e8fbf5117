"""Where is this field used 字段用在哪里: every place that names it is found, whatever it does there."""

from typing import Any

import pytest

from builder.formula_places import every_place
from builder.parts import from_parts
from builder.uses import read_by, uses
from tests.cases import everywhere


def found(field: str, form: str = "thing", **changed: Any) -> set[str]:
    """The places of the example app that name a field."""
    parts = {"app": {"id": "all", "name": "All"}, **everywhere.parts(), **changed}
    return {".".join(map(str, path)) for path in uses(from_parts(parts), form, field)}


def test_every_formula_that_reads_a_field_is_told() -> None:
    """Data-driven: exactly those of the example's formulas, in every part, that have its label in them."""
    app = everywhere.app()
    for field in ("amount", "stage"):
        label = everywhere.LABELS[field]
        written = {".".join(map(str, (room, id, *place.path))) for room, id, place in every_place(app)
                   if label in place.text}  # fmt: skip
        assert written <= found(field)
        assert found(field) - written <= {"workflows.thing.nodes.tell.message"}


def test_a_column_is_told_by_the_formulas_beside_it_and_above_it() -> None:
    """Of the form, of the rows, and of a node that goes through the rows."""
    assert found("lines.price") == {
        "forms.thing.fields.6.fields.1.formula", "forms.thing.fields.6.fields.2.default_formula",
        "forms.thing.fields.6.fields.3.options.0.when", "forms.thing.fields.7.formula",
        "workflows.thing.nodes.sub.fill.worth",
    }  # fmt: skip


def test_words_and_cases_that_name_a_field_are_told() -> None:
    """A prompt, a message, the values of a case: none of them is unsound without it."""
    form = {**everywhere.thing(), "after": {"prompt": "Thanks for {amount}"}}
    case = {"id": "one", "name": "One", "values": {"amount": "1", "lines": [{"price": "2"}]},
            "moves": [{"act": "approve", "values": {"stage": "won"}}]}  # fmt: skip
    changed = {"forms/thing": form, "checks/thing": {"id": "thing", "cases": [case]}}
    told = found("amount", **changed)
    assert {"forms.thing.after.prompt", "workflows.thing.nodes.tell.message", "checks.thing.cases.0"} <= told
    for field in ("stage", "lines", "lines.price"):
        assert "checks.thing.cases.0" in found(field, **changed)
    assert "checks.thing.cases.0" not in found("lines.worth", **changed)


@pytest.mark.parametrize(("form", "field"), [("thing", "button"), ("thing", "nowhere"), ("other", "name")])
def test_what_nothing_names_is_used_nowhere(form: str, field: str) -> None:
    assert found(field, form) == set()


def test_what_lies_behind_a_reference_is_told_of_both_forms() -> None:
    """The reference is read, and the field that it leads to."""
    place = next(place for _, id, place in every_place(everywhere.app()) if id == "other")
    assert read_by(everywhere.app().forms, place) == {("other", "thing"), ("thing", "amount")}
