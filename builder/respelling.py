"""Formulas as files keep them 公式的书写: with ids, whatever labels were typed; so renaming breaks nothing."""

from collections.abc import Callable, Sequence
from typing import Any

from builder.definition import App
from builder.expression.check import Checked, compile_text
from builder.expression.parse import print_tree
from builder.expression.values import Scope
from builder.filter import HOLDS, Condition, Filter, map_conditions
from builder.formula_places import FORMULAS, Place, places, tree_of
from builder.lookups import loose_ends, with_ids_in_lookups

Json = Any
AMBIGUOUS = "ambiguous_name"
"""Two things are called so: only who wrote it knows which is meant."""


def respelled(app: App, room: str, id: str, others: Callable[[], Sequence[App]] = tuple) -> Json:
    """The part as data, its formulas with the ids of what their labels mean in `app`.

    What means nothing there may in one of `others`: the app before a renaming, or in the writer's language. What
    cannot be read stays as it was typed."""
    raw = getattr(app, room)[id].dump()
    for place in places(room, raw):
        place.holder[place.key] = _spelled(place, app, others)
    return raw


def gone_over(app: App, others: Callable[[], Sequence[App]] = tuple) -> dict[str, Json]:
    """The parts by name in which a formula still names something by its label, with ids there and as they are else."""
    found = {}
    for room in FORMULAS:
        for id, part in getattr(app, room, {}).items():
            raw = part.dump()
            spelled = [(place, _spelled(place, app, others)) for place in places(room, raw)]
            labelled = [(place, text) for place, text in spelled if tree_of(text) != tree_of(place.text)]
            for place, text in labelled:
                place.holder[place.key] = text
            if labelled:
                found[f"{room}/{id}"] = raw
    return found


def filter_respelled(filter: Filter, scope: Scope) -> Filter:
    """A filter whose sound formulas have the ids of what they name."""

    def spelled(condition: Condition) -> Filter:
        checked = compile_text(str(condition.value), scope) if condition.op == HOLDS else None
        if checked is None or not checked.sound:
            return condition
        return condition.model_copy(update={"value": print_tree(checked.tree)})

    return map_conditions(filter, spelled)


def _spelled(place: Place, app: App, others: Callable[[], Sequence[App]]) -> str:
    text = place.text
    checked = compile_text(text, place.scope(app.forms))
    if _clear(checked, app):
        return _printed(checked, app)
    if tree_of(text) is None or any(problem.code == AMBIGUOUS for problem in checked.problems):
        return text
    for other in others():
        spelled = _printed(compile_text(text, place.scope(other.forms)), other)
        if _clear(compile_text(spelled, place.scope(app.forms)), app):
            return spelled
    return _printed(checked, app)


def _clear(checked: Checked, app: App) -> bool:
    """Whether everything that it names is there."""
    return checked.sound and not loose_ends(checked.tree, app.forms)


def _printed(checked: Checked, app: App) -> str:
    return print_tree(with_ids_in_lookups(checked.tree, app.forms))
