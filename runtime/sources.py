"""Records of other forms as a record sees them 跨表取数: to pick, fill from and show, by the asker's rights."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from builder.field import Field, Showing
from builder.filter import EVERYTHING, Filter, both, matches, names
from builder.problem import Invalid, Refusal, invalid
from builder.source import Linkage, Question, Source, about, drivers
from runtime import aggregates, asking, describe, reading
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import titles
from runtime.ports import Json, Page, Query, Record

Values = Mapping[str, Json]


def query(gate: Gate, live: LiveForm, source: Question, values: Values, **asked: Any) -> Query:
    """The store's question for a source, as a record with these values asks it; raises `Invalid`, `Missing`."""
    target = live.app.form(source.form)
    filter = about(source.filter, values)
    extra = asking.read_filter(asked.pop("filter", None))
    sorts = source.sort if isinstance(source, Source) else ()
    sort = [{"field": one.field, "descending": one.descending} for one in sorts]
    return asking.ask(gate, target, {"filter": both(filter, extra).dump(), "sort": sort, **asked})


def linked(gate: Gate, live: LiveForm, entry: Field, values: Values) -> Json:
    """What a field begins with by its linkage; None for nothing found, or nothing that the asker may read."""
    linkage = entry.linkage
    if linkage is not None and linkage.aggregate:
        return _reckoned(gate, live, linkage, values)
    if linkage is None or linkage.form not in live.app.forms:
        return None
    target = live.app.form(linkage.form)
    try:
        found = gate.world.records.find(query(gate, live, linkage, values, limit=1)).records
    except (Invalid, Refusal):
        return None
    if not found:
        return None
    grant = gate.grant(target, "read").over(found[0].seen(), target.kinds)
    return gate.masked(target, found[0].values, grant).get(linkage.field)


def _reckoned(gate: Gate, live: LiveForm, linkage: Linkage, values: Values) -> Json:
    try:
        return aggregates.first(gate, live.app, linkage, linkage.field, values)
    except (Invalid, Refusal):
        return None


def opened(gate: Gate, app: str, form: str) -> LiveForm:
    """A form that the asker may fill in or read; raises `Missing`."""
    live = gate.form(app, form)
    if not gate.grant(live, "create").allowed:
        gate.need(live, "read")
    return live


def linked_values(
    gate: Gate, app: str, form: str, fields: Sequence[str], values: Values, subform: str = "", rows: Sequence[Any] = ()
) -> dict[str, Any]:
    """What each of the fields would begin with in a record with these values, and the titles of what they name; or
    what each of the columns would in each of the rows of `subform`."""
    live = opened(gate, app, form)
    if subform:
        return _linked_rows(gate, live, subform, fields, values, rows)
    entries = [live.fields[id] for id in fields if id in live.fields and live.fields[id].linkage is not None]
    found = {entry.id: _fitted(entry, linked(gate, live, entry, values)) for entry in entries}
    return {"values": found, "rows": [], "titles": titles(gate, live, [found])}


def _linked_rows(
    gate: Gate, live: LiveForm, subform: str, columns: Sequence[str], values: Values, rows: Sequence[Any]
) -> dict[str, Any]:
    nested = live.fields[subform].nested if subform in live.fields else ()
    wanted = [one for one in nested if one.id in columns and one.linkage is not None]
    ask = Asked(gate, live)
    found = [{one.id: ask(one, {**values, **row}) for one in wanted} for row in rows if isinstance(row, dict)]
    return {"values": {}, "rows": found, "titles": titles(gate, live, [{subform: found}] if nested else [])}


@dataclass
class Asked:
    """What linked fields begin with; rows that ask the same are answered once."""

    gate: Gate
    live: LiveForm
    known: dict[str, Json] = field(default_factory=dict)

    def __call__(self, entry: Field, values: Values) -> Json:
        """The value that fits the field, or None."""
        key = repr((entry.id, [(name, values.get(name)) for name in sorted(driven(entry))]))
        if key not in self.known:
            self.known[key] = _fitted(entry, linked(self.gate, self.live, entry, values))
        return deepcopy(self.known[key])


def _fitted(entry: Field, value: Json) -> Json:
    try:
        return entry.coerce(value)
    except (ValueError, TypeError, ArithmeticError):
        return None


def driven(entry: Field) -> frozenset[str]:
    """The fields that a field's linkage looks at."""
    linkage: Linkage | None = entry.linkage
    return drivers(linkage.filter) if linkage is not None else frozenset()


def fill_in(gate: Gate, live: LiveForm, sent: Values, values: dict[str, Json], before: Values | None) -> None:
    """Give each linked field that was not sent what its linkage finds, in a new record or when what drives it moved;
    and each linked column, in a new row or when what drives it moved in the row or around it."""
    for entry in live.linking:
        if entry.linkage is not None and entry.id not in sent:
            _fill_field(gate, live, entry, values, before)
        columns = [one for one in entry.nested if one.linkage is not None]
        if columns and values.get(entry.id):
            _fill_rows(Asked(gate, live), entry, columns, sent.get(entry.id), values, before)


def _fill_field(gate: Gate, live: LiveForm, entry: Field, values: dict[str, Json], before: Values | None) -> None:
    if before is None or _moved(entry, values, before):
        found = _fitted(entry, linked(gate, live, entry, values))
        if found is not None or before is not None:
            values[entry.id] = found


def _fill_rows(
    ask: Asked, entry: Field, columns: Sequence[Field], sent: Json, values: Values, before: Values | None
) -> None:
    held = {row.get("id"): row for row in (before or {}).get(entry.id) or ()}
    given = sent if isinstance(sent, list) and len(sent) == len(values[entry.id]) else [{}] * len(values[entry.id])
    for row, told in zip(values[entry.id], given, strict=True):
        was = held.get(row.get("id"))
        around, then = {**values, **row}, {**(before or {}), **(was or {})}
        for column in columns:
            if column.id not in told and (was is None or _moved(column, around, then)):
                found = ask(column, around)
                if found is not None or was is not None:
                    row[column.id] = found


def _moved(entry: Field, values: Values, before: Values) -> bool:
    return any(values.get(name) != before.get(name) for name in driven(entry))


def misfits(gate: Gate, live: LiveForm, path: str, values: Values, record: Record) -> bool:
    """Whether the record named at `path` (`customer`, `lines.product`) is none that the reference offers."""
    head, _, column = path.partition(".")
    entry = live.fields[head]
    inner = next((one for one in entry.nested if one.id == column), None) if column else entry
    filter: Filter = getattr(inner.type, "filter", EVERYTHING) if inner is not None else EVERYTHING
    if filter == EVERYTHING:
        return False
    target = live.app.form(record.form.partition(".")[2])
    points = inner.points if inner is not None else None
    around = values.get(head) or () if column and points is not None else ()
    rows = [row for row in around if points and record.id in points.targets(row.get(column))] if column else [{}]
    return not all(fits(gate, target, filter, {**values, **row}, record) for row in rows)


def fits(gate: Gate, target: LiveForm, filter: Filter, values: Values, record: Record) -> bool:
    """Whether a record may be picked under a reference's filter by a record with these values.

    Nobody picks under a filter that asks what he may not read: trying would tell it to him.
    """
    if filter == EVERYTHING:
        return True
    try:
        asking.columns_for(gate, target, names(filter), gate.grant(target, "read").over(record.seen(), target.kinds))
    except Invalid:
        return False
    wanted = asking.concrete(gate, target, about(filter, values))
    return matches(wanted, record.seen(), target.kinds)


def page(gate: Gate, app: str, form: str, field: str, values: Values, search: str, after: str) -> dict[str, Any]:
    """A page of what a source of the form shows or offers: a field that queries, or a selection by its id."""
    live = gate.form(app, form)
    gate.need(live, "create" if gate.grant(live, "create").allowed else "read")
    source, columns, limit = _source(live, field)
    if source.aggregate:
        return aggregates.page(gate, live.app, source, columns, values, search=search, after=after, limit=limit)
    target = live.app.form(source.form)
    found: Page = gate.world.records.find(query(gate, live, source, values, search=search, after=after, limit=limit))
    grant = gate.grant(target, "read")
    rows = [_shown(gate, target, record, columns) for record in found.records]
    readable = [id for id in columns if id in grant.readable(target.fields)]
    return {
        "form": target.form.id, "columns": readable,
        "fields": [describe.told(target.fields[id], grant) for id in readable],
        "records": rows, "next": found.next, "titles": titles(gate, target, [row["values"] for row in rows]),
    }  # fmt: skip


def _source(live: LiveForm, name: str) -> tuple[Source, tuple[str, ...], int]:
    for selection in live.form.selections:
        if selection.id == name:
            shown = selection.show or tuple(dict.fromkeys(selection.fill.values()))
            return selection, tuple(dict.fromkeys((*shown, *selection.fill.values()))), 50
    entry = next((one for one in live.form.fields if one.id == name), None)
    shows = entry.type.shows() if entry is not None and isinstance(entry.type, Showing) else None
    if shows is None:
        raise invalid("unknown_field", "field", field=name)
    return shows


def _shown(gate: Gate, target: LiveForm, record: Record, columns: Iterable[str]) -> dict[str, Any]:
    grant = gate.grant(target, "read").over(record.seen(), target.kinds)
    shown = reading.outline(gate, target, record, grant)
    return {"id": record.id, "title": shown.get("title", ""), "values": {
        id: value for id, value in shown["values"].items() if id in set(columns)
    }}  # fmt: skip
