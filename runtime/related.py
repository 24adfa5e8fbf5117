"""What points where 关联: records to pick in a reference, and the records that point here."""

from collections.abc import Mapping, Sequence
from typing import Any

from builder.expression.parse import references
from builder.field import Field
from builder.filter import EVERYTHING, All, Condition, both
from builder.problem import invalid
from builder.source import Source
from runtime import asking, sources
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import Naming
from runtime.ports import Query, Record

COUNT_BOUND = 1000
SUBTITLE_FIELDS = 2


def options(
    gate: Gate,
    app: str,
    form: str,
    *,
    field: str,
    column: str,
    search: str,
    ids: Sequence[str],
    limit: int,
    values: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """Records that the asker may pick, with what they fill in and what formulas read through them."""
    live = gate.form(app, form)
    entry = _pointing_field(live, field, column)
    points = entry.points
    if points is None or points.form not in live.app.forms:
        raise invalid("unknown_field", "field", field=field)
    target = live.app.form(points.form)
    found = _found(gate, live, entry, search, ids, limit, values or {})
    paths = _paths(live, field, column)
    return [_option(gate, target, entry, record, paths) for record in found]


def _pointing_field(live: LiveForm, field: str, column: str) -> Field:
    entry = live.fields.get(field)
    if entry is not None and column:
        entry = next((one for one in entry.nested if one.id == column), None)
    if entry is None:
        raise invalid("unknown_field", "field", field=column or field)
    return entry


def _found(
    gate: Gate, live: LiveForm, entry: Field, search: str, ids: Sequence[str], limit: int, values: Mapping[str, Any]
) -> list[Record]:
    target = live.app.form(entry.points.form if entry.points is not None else "")
    if ids:
        found = gate.visible(target, gate.world.records.many(target.key, ids).values())
        return [found[id] for id in ids if id in found]
    filter, sort = getattr(entry.type, "filter", EVERYTHING), getattr(entry.type, "sort", ())
    source = Source(form=target.form.id, filter=filter, sort=sort)
    return list(gate.world.records.find(sources.query(gate, live, source, values, search=search, limit=limit)).records)


def _paths(live: LiveForm, field: str, column: str) -> set[str]:
    """The fields that formulas of this form read through the reference."""
    names = {(field, column), (column,)} if column else {(field,)}
    found = set()
    for tree in live.trees.values():
        for path in references(tree):
            if path[:-1] in names or (not column and path[:1] == (field,)):
                found.add(path[-1])
    return found


def _option(gate: Gate, target: LiveForm, entry: Field, record: Record, paths: set[str]) -> dict[str, Any]:
    grant = gate.grant(target, "read").over(record.seen(), target.kinds)
    seen = gate.masked(target, record.values, grant)
    fill = entry.points.fill if entry.points is not None else {}
    naming = Naming(gate)
    shown = getattr(entry.type, "show", ()) or _telling(target)
    words = (target.fields[id].type.display(seen.get(id), naming) for id in shown if id in target.fields and id in seen)
    title = record.title if grant.covers((target.form.title_field,)) else ""
    return {
        "id": record.id,
        "title": title,
        "subtitle": " · ".join(word for word in words if word)[:120],
        "fill": {own: seen.get(theirs) for own, theirs in fill.items() if theirs in seen},
        "values": {path: seen.get(path) for path in paths if path in seen},
    }


def _telling(target: LiveForm) -> list[str]:
    """Two fields that tell one record from another."""
    columns = target.form.columns or tuple(target.fields)
    plain = [
        id
        for id in columns
        if id in target.fields and not target.fields[id].nested and target.fields[id].points is None
    ]
    return [id for id in plain if id != target.form.title_field][:SUBTITLE_FIELDS]


def lists(gate: Gate, app: str, form: str, id: str) -> list[dict[str, Any]]:
    """The forms whose records point to this one, with how many of them the asker may read."""
    live = gate.form(app, form)
    gate.record(live, id)
    return [
        _list(gate, source, entry, id)
        for source in live.app.forms.values()
        for entry in source.form.fields
        if entry.points is not None and entry.points.form == form and gate.grant(source, "read").covers((entry.id,))
    ]


def _list(gate: Gate, source: LiveForm, entry: Field, id: str) -> dict[str, Any]:
    grant = gate.grant(source, "read")
    here = Condition(field=entry.id, op="eq", value=id)
    columns = asking.columns_for(gate, source, {entry.id}, grant)
    query = Query(source.key, columns, both(grant.rows((entry.id,)), All(all=(here,))))
    count = gate.world.records.count(query, COUNT_BOUND)
    return {
        "form": source.form.id, "form_name": source.form.name, "field": entry.id, "field_label": entry.label,
        "count": count, "exact": count < COUNT_BOUND, "can_create": gate.grant(source, "create").allowed,
        "several": entry.lists is not None, "workflow": bool(source.form.workflow),
    }  # fmt: skip
