"""What a choice offers in a record 可选项: what other forms' records hold, or its own options whose condition holds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.definition import GroupBy, Measure
from builder.expression.values import Context
from builder.field import Field, Json, Kind
from builder.filter import Condition, Filter, both
from builder.option import LONGEST_OTHER, OTHER, label_of
from builder.problem import Invalid, Problem, Refusal, invalid
from builder.source import Origin, about
from runtime import compute, reading, sources
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.named import cells
from runtime.writing import Entry

MOST = 1000
"""So many options are offered at once; a search finds more among texts."""
COUNT = (Measure(operation="count"),)


def page(
    gate: Gate, app: str, form: str, *, field: str, column: str, search: str, values: Mapping[str, Json], held: bool
) -> dict[str, Any]:
    """The options that a field, or a column, takes from elsewhere in a record with these values; with `held` those
    that records of the form hold, for a filter. `more` says that there are others."""
    live = sources.opened(gate, app, form)
    entry = live.fields.get(field)
    inner = next((one for one in entry.nested if one.id == column), None) if entry and column else entry
    if inner is None or inner.origin is None:
        raise invalid("unknown_field", "field", field=column or field)
    if held:
        found = [] if column else _distinct(gate, live, inner.id, None)
    else:
        found = _of_origin(gate, live, inner.origin, values, search)
    wanted = [one for one in found if search.strip().casefold() in one.casefold()]
    return {"values": wanted[:MOST], "more": len(found) > MOST}


def _of_origin(gate: Gate, live: LiveForm, origin: Origin, values: Mapping[str, Json], search: str) -> list[str]:
    if origin.form not in live.app.forms:
        return []
    target, filter = live.app.form(origin.form), about(origin.filter, values)
    found = _distinct(gate, target, origin.field, filter)
    if len(found) <= MOST or not search.strip() or origin.field not in target.worded:
        return found
    narrower = both(filter, Condition(field=origin.field, op="contains", value=search.strip()))
    return _distinct(gate, target, origin.field, narrower)


def _distinct(gate: Gate, target: LiveForm, field: str, filter: Filter | None) -> list[str]:
    """What the records hold there, each once, in words; nothing when the asker may not read it."""
    by = [GroupBy(field=field)]
    try:
        groups = reading.group(gate, target, by, COUNT, filter.dump() if filter is not None else None, MOST + 1)
        told = reading.labelled(gate, target, by, groups)
    except (Invalid, Refusal):
        return []
    plain = target.kinds.get(field) == Kind.NUMBER
    said = (one["keys"] if plain else one["labels"] for one in told if one["keys"][0] is not None)
    words = (" ".join(str(one[0]).split()) for one in said)
    return list(dict.fromkeys(one for one in words if 0 < len(one) <= LONGEST_OTHER))


def _offers(gate: Gate, live: LiveForm, origin: Origin, values: Mapping[str, Json], text: str) -> bool:
    """Whether the text is one of the options; of a text field exactly that is asked."""
    if origin.form not in live.app.forms:
        return False
    target, filter = live.app.form(origin.form), about(origin.filter, values)
    if origin.field in target.worded:
        exactly = both(filter, Condition(field=origin.field, op="eq", value=text))
        if text in _distinct(gate, target, origin.field, exactly):
            return True
    return text in _distinct(gate, target, origin.field, filter)[:MOST]


def problems(gate: Gate, live: LiveForm, entry: Entry, fresh: frozenset[str]) -> Iterable[Problem]:
    """What was chosen anew and is not offered; what the field held before may stay."""
    before = entry.before.values if entry.before else {}
    at = compute.context(gate, live)
    for found in live.ranging:
        kept = {id for _, one, value, _ in cells(found, before) if not one.nested for id in _ids(value)}
        for path, one, value, around in cells(found, entry.values) if found.id in fresh else ():
            for id in () if one.nested else _ids(value):
                if id not in kept and not id.startswith(OTHER) and not _let(gate, live, at, one, around, id, path):
                    label = label_of(getattr(one.type, "options", ()), id)
                    yield Problem("option_not_offered", ("values", *path), {"value": label[:80]})


def _let(
    gate: Gate, live: LiveForm, at: Context, one: Field, around: Mapping[str, Json], id: str, path: Sequence[str | int]
) -> bool:
    if one.origin is not None:
        return _offers(gate, live, one.origin, around, id)
    option = next((option for option in getattr(one.type, "options", ()) if option.id == id), None)
    if option is None or option.when not in live.trees:
        return True
    subform = str(path[0]) if len(path) > 1 else ""
    return compute.value_of(live, option.when, around, at, subform) is True


def _ids(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [] if value is None else [str(value)]
