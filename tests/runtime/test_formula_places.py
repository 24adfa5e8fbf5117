"""Every place where people write a formula is known, kept by ids, and survives a renaming 改名不影响公式."""

import typing
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel

from builder.check_expressions import faults
from builder.definition import App, Form, Node
from builder.expression.check import compile_text, labels
from builder.expression.evaluate import evaluate_json
from builder.expression.parse import parse, print_tree
from builder.expression.values import Context
from builder.expression.worded import worded
from builder.field import Field, FieldType, field_types
from builder.filter import All
from builder.formula_places import FILTERS, FORMULAS, Place, every_place, places
from builder.lookups import with_ids_in_lookups, with_labels_in_lookups
from builder.parts import from_parts, to_parts
from builder.registry import load
from builder.respelling import gone_over, respelled
from runtime.node import NodeType
from tests.cases import everywhere

TEXT = 10_000
"""The bound of a setting that may hold a formula."""
NO_FORMULA = {
    "*": {"description", "help", "message", "comment", "prompt", "after", "every"},
    "forms": {"fields.*.source.filter", "fields.*.linkage.filter", "fields.*.filter", "uniques.*.filter",
              "selections.*.filter"},
    "workflows": {"nodes.*.filter", "notes.*"},
}  # fmt: skip
"""Words, durations, and filters of which no record's own evaluator is asked: an expression there is refused."""
AT = Context(now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC), timezone="UTC")


def settings(model: type[BaseModel], path: str, seen: tuple[type, ...] = ()) -> Iterator[str]:
    """The patterns of all settings below a model that hold a long text or a filter."""
    for name, info in model.model_fields.items():
        here = f"{path}.{name}".strip(".")
        yield from _of(info.annotation, here, [getattr(one, "max_length", 0) for one in info.metadata], (*seen, model))


def _of(kind: Any, here: str, bounds: list[int], seen: tuple[type, ...]) -> Iterator[str]:
    if kind is str:
        yield from [here] if TEXT in bounds else []
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind is All:
            yield here
        elif kind.__module__ != "builder.filter":
            yield from _below(kind, here, seen)
    elif typing.get_origin(kind) is typing.Annotated:
        base, *more = typing.get_args(kind)
        found = [getattr(rule, "max_length", 0) for one in more for rule in getattr(one, "metadata", ())]
        yield from _of(base, here, [*bounds, *found], seen)
    else:
        many = typing.get_origin(kind) in (tuple, dict, list)
        for part in typing.get_args(kind)[1 if typing.get_origin(kind) is dict else 0 :]:
            yield from _of(part, f"{here}.*" if many else here, bounds, seen)


def _below(kind: type[BaseModel], here: str, seen: tuple[type, ...]) -> Iterator[str]:
    if kind is FieldType:
        here = here.removesuffix(".type")
        for one in field_types().values():
            yield from settings(one, here, seen) if one not in seen else ()
    elif kind is Node:
        for one in load("runtime.nodes", NodeType).values():
            yield from settings(one, here, seen)
    elif seen.count(kind) < (2 if kind is Field else 1):
        yield from settings(kind, here, seen)


def test_every_setting_that_may_hold_a_formula_is_in_the_table() -> None:
    """A new setting of that size is a formula, and stands in the table, or is named here as none."""
    unknown = set()
    for pattern in set(settings(App, "")):
        room, _, rest = pattern.partition(".*.")
        known = {*FORMULAS.get(room, ()), *FILTERS.get(room, ()), *NO_FORMULA.get(room, ())}
        plain = rest.replace("fields.*.fields.*.", "fields.*.")
        if room in FORMULAS and not {rest, plain} & known and rest.rpartition(".")[2] not in NO_FORMULA["*"]:
            unknown.add(f"{room}: {rest}")
    assert unknown == set()


def test_the_table_names_nothing_that_is_not_there() -> None:
    """Every pattern is a setting of some model."""
    found = set(settings(App, ""))
    for room, patterns in (*FORMULAS.items(), *FILTERS.items()):
        for pattern in patterns if room in App.model_fields else ():
            assert f"{room}.*.{pattern}" in found


def pattern_of(place: Place) -> str:
    """The path with a star for every key that an app chooses."""
    keys = [step if isinstance(step, str) else "*" for step in place.path]
    free = {at + 1 for at, key in enumerate(keys) if key in ("nodes", "parameters") or (key == "body")}
    free |= {at + 1 for at, key in enumerate(keys) if key in ("fill", "values", "when") and at + 2 == len(keys)}
    return ".".join("*" if at in free else key for at, key in enumerate(keys))


def test_the_example_has_a_formula_in_every_place() -> None:
    """So that what is shown of it is shown of all."""
    found = {(room, pattern_of(place)) for room, _, place in every_place(everywhere.app())}
    for room, patterns in (*FORMULAS.items(), *FILTERS.items()):
        assert {(room, one) for one in patterns if room in App.model_fields} <= found


def kept(app: App) -> App:
    """The app as it is kept: every formula with ids."""
    rooms = [(room, id) for room in FORMULAS for id in getattr(app, room, {})]
    return from_parts({**to_parts(app), **{f"{room}/{id}": respelled(app, room, id) for room, id in rooms}})


def renamed(app: App) -> App:
    """The app after the designer called everything otherwise."""
    parts = to_parts(app)
    return from_parts({**parts, "forms/thing": everywhere.renamed(parts["forms/thing"])})


def by_path(app: App) -> dict[tuple[str | int, ...], Place]:
    """Every formula with where it stands."""
    return {(room, id, *place.path): place for room, id, place in every_place(app)}


WRITTEN = by_path(everywhere.app())
KEPT, AFTER = kept(everywhere.app()), renamed(kept(everywhere.app()))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: ".".join(map(str, path)))
def test_a_formula_is_kept_by_ids_and_means_the_same_under_other_labels(path: tuple[str | int, ...]) -> None:
    """What was written with labels is sound, has no label left, comes to the same, and is shown with the new ones."""
    typed, before, after = (by_path(app)[path] for app in (everywhere.app(), KEPT, AFTER))
    forms = everywhere.app().forms
    assert list(faults(typed.text, typed.scope(forms))) == []
    assert not [label for label in everywhere.LABELS.values() if label in before.text]
    assert after.text == before.text
    values = {**everywhere.RECORD, "price": "2", "thing": "x", "created_by": "ann"}
    was, now = (evaluate_json(parse(one.text), one.scope(app.forms), values, AT)
                for one, app in ((before, KEPT), (after, AFTER)))  # fmt: skip
    meant = compile_text(typed.text, typed.scope(forms))
    assert was == now == evaluate_json(with_ids_in_lookups(meant.tree, forms), typed.scope(forms), values, AT)
    shown = said(after, AFTER.forms)
    assert any(label in shown for label in everywhere.RENAMED.values())
    assert not [label for label in everywhere.LABELS.values() if label in shown]
    assert compile_text(shown, after.scope(AFTER.forms)).sound


def said(place: Place, forms: dict[str, Form]) -> str:
    """A formula as people read it."""
    scope = place.scope(forms)
    return print_tree(with_labels_in_lookups(worded(parse(place.text), scope), forms), labels(scope))


def test_what_could_not_be_understood_is_kept_and_understood_before_a_renaming() -> None:
    """A formula typed before its field was there has its label; it gets its id before the label changes."""
    app = everywhere.app()
    parts = to_parts(app)
    late = {"id": "late", "name": "Late", "widgets": parts["dashboards/room"]["widgets"]}
    with_late = from_parts({**parts, "dashboards/late": late})
    assert "dashboards/late" in gone_over(with_late)
    assert gone_over(kept(with_late)) == {}


def test_a_text_with_faults_keeps_the_ids_of_what_it_names() -> None:
    """Half understood is kept half by ids; what cannot be read at all, or may mean two things, as it was typed."""
    app = everywhere.app()
    form = to_parts(app)["forms/thing"]
    for typed, spelled in (
        ("金额 + 无此", "amount + 无此"), ("金额 +", "金额 +"), ("FOO(金额)", "FOO(amount)"),
        ('UPPER(阶段 = "赢单")', 'UPPER(stage = "won")'),
    ):  # fmt: skip
        changed = from_parts({**to_parts(app), "forms/thing": {**form, "rules": [{"id": "one", "when": typed}]}})
        raw = respelled(changed, "forms", "thing")
        assert raw["rules"][0]["when"] == spelled


def test_a_formula_in_the_words_of_before_is_understood_when_a_label_changes_with_it() -> None:
    """The same save may rename a field and bring a formula that was typed a moment before."""
    app = everywhere.app()
    later = renamed(app)
    spelled = respelled(later, "forms", "thing", lambda: [app])
    assert {place.text for place in places("forms", spelled)} == {
        place.text for place in places("forms", respelled(app, "forms", "thing"))
    }
