"""Records on their way out 读取: one, a page, groups; masked to what the asker may read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from builder.access import SYSTEM_FIELDS, Grant
from builder.definition import GroupBy, Measure
from builder.filter import both, names
from builder.problem import invalid
from runtime import asking, calculating
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import Naming, title_map, titles
from runtime.ports import By, Cell, Grouping, Page, Query, Record, Sum

EXACT_BOUND = 10_000_000


@dataclass(frozen=True)
class Asked:
    """A question as the API sends it."""

    filter: Any = None
    search: str = ""
    sort: list[dict[str, Any]] = field(default_factory=list)
    after: str = ""
    limit: int = 50
    total: bool = False
    exact: bool = False
    deleted: bool = False


def one(gate: Gate, app: str, form: str, id: str) -> dict[str, Any]:
    """One record as the asker may see it; raises `Missing`."""
    live = gate.form(app, form)
    record, grant = gate.record(live, id)
    return shown(gate, live, record, grant)


def shown(gate: Gate, live: LiveForm, record: Record, grant: Grant) -> dict[str, Any]:
    """A record with its titles, what may be done to it and which fields may be written."""
    update = gate.grant(live, "update").over(record.seen(), live.kinds)
    seen = outline(gate, live, record, grant)
    known = titles(gate, live, [seen["values"]])
    return {
        **seen,
        "titles": known,
        "can": can(gate, live, record),
        **_writable(live, update),
    }


def _writable(live: LiveForm, grant: Grant) -> dict[str, Any]:
    open_fields = (id for id, entry in live.fields.items() if not entry.computed)
    return {"writable": sorted(grant.writable(open_fields))}


def can(gate: Gate, live: LiveForm, record: Record) -> list[str]:
    """Which operations the asker may do with the record now."""
    busy = record.status == "running" and not gate.actor.admin
    held = record.seen()
    found = [name for name in ("update", "delete") if gate.grant(live, name).over(held, live.kinds).allowed]
    found = [] if busy else found
    if live.form.workflow and record.status in ("", "draft") and "update" in found:
        found.append("submit")
    return found


def outline(gate: Gate, live: LiveForm, record: Record, grant: Grant) -> dict[str, Any]:
    """A record's readable values and system fields."""
    named = live.form.title_field
    return {
        "id": record.id,
        "form": live.form.id,
        "values": gate.masked(live, record.values, grant),
        "revision": record.revision,
        "status": record.status,
        "created_at": record.created_at,
        "created_by": record.created_by,
        "updated_at": record.updated_at,
        "updated_by": record.updated_by,
        "title": record.title if not named or grant.covers((named,)) else "",
        "deleted_at": record.deleted_at,
        "sample": record.sample,
    }


def page(gate: Gate, app: str, form: str, asked: Asked) -> dict[str, Any]:
    """A page of records with its cursor, titles and, if asked, the total."""
    live = gate.form(app, form)
    query = replace(asking.ask(gate, live, vars(asked)), counted=asked.total or asked.exact)
    found = gate.world.records.find(query)
    grant = gate.grant(live, "delete" if asked.deleted else "read")
    gate.meet(live, (record.values for record in found.records))
    rows = [outline(gate, live, record, _over(grant, live, record)) for record in found.records]
    total, exact = None, True
    if asked.total or asked.exact:
        bound = EXACT_BOUND if asked.exact else asking.COUNT_BOUND
        total = _total(gate, query, found, bound)
        exact = total < bound
    known = titles(gate, live, [row["values"] for row in rows])
    return {"records": rows, "next": found.next, "total": total, "exact": exact, "titles": known}


def _total(gate: Gate, query: Query, found: Page, bound: int) -> int:
    """How many there are, up to `bound`; a first page that holds all of them needs no count."""
    if found.total is not None:
        return min(found.total, bound)
    if not query.after and not found.next:
        return len(found.records)
    return gate.world.records.count(replace(query, after=""), bound)


def _over(grant: Grant, live: LiveForm, record: Record) -> Grant:
    return grant if len(grant.slices) == 1 else grant.over(record.seen(), live.kinds)


def grouped(gate: Gate, app: str, form: str, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Groups with labels and measures, as the API sends and answers them."""
    live = gate.form(app, form)
    try:
        groups = [GroupBy.model_validate(group) for group in asked["groups"]]
        measures = [Measure.model_validate(measure) for measure in asked["measures"]]
    except ValidationError as error:
        raise invalid("bad_group", "groups", detail=str(error.errors()[0].get("msg", ""))[:200]) from None
    cells = group(gate, live, groups, measures, asked.get("filter"), limit=int(asked.get("limit") or 200))
    return labelled(gate, live, groups, cells)


RECKONED = "_reckoned_"
"""What a calculated measure is called within a query; no field's id begins like that."""


def group(
    gate: Gate,
    live: LiveForm,
    groups: Sequence[GroupBy],
    measures: Sequence[Measure],
    filter: Any,
    limit: int = 200,
    rows: str = "",
) -> list[Cell]:
    """Groups and measures over the records in which the asker may read every field that is named; with `rows` over
    the rows that they hold in that subform."""
    grant = gate.need(live, "read")
    ready = calculating.reckoning(gate, live, grant)
    wanted = ready.of(asking.read_filter(filter), strict=True)
    reckoned = {f"{RECKONED}{place}": calculating.column(gate, live, measure.expression)
                for place, measure in enumerate(measures) if measure.expression}  # fmt: skip
    named = {group.field for group in groups} | {one.field for one in measures if one.field and not one.expression}
    named |= {name for column in reckoned.values() if column.calculation for name in column.calculation.names}
    inner = [ready.of(asking.bounded(measure.filter), strict=True) for measure in measures]
    used = named | ready.names | names(wanted) | {name for part in inner for name in names(part)}
    columns = {**asking.columns_for(gate, live, used, grant, rows), **reckoned}
    cells = calculating.cells(live, reckoned) | calculating.cells_in(live, ready.made) | asking.cells_of(used, rows)
    read = grant.rows(asking.heads(used | {rows} - {""}) | cells)
    where = both(read, asking.concrete(gate, live, wanted))
    sums = tuple(
        Sum(
            measure.operation,
            f"{RECKONED}{place}" if measure.expression else measure.field,
            asking.concrete(gate, live, part),
        )
        for place, (measure, part) in enumerate(zip(measures, inner, strict=True))
    )
    by = tuple(By(group.field, group.unit) for group in groups)
    found = gate.world.records.group(Grouping(live.key, columns, where, by, sums, gate.timezone, limit, rows))
    for place, one in enumerate(by):
        found = _told(gate, live, one.field, place, found)
    return found


def labelled(gate: Gate, live: LiveForm, groups: Sequence[GroupBy], cells: Iterable[Cell]) -> list[dict[str, Any]]:
    """The cells with each key in words."""
    cells = list(cells)
    known: dict[str, str] = {}
    for place, by in enumerate(groups):
        known.update(_key_titles(gate, live, by.field, [keys[place] for keys, _ in cells]))
    naming = Naming(gate, known)
    return [
        {
            "keys": list(keys),
            "labels": [key_label(live, by, key, naming) for by, key in zip(groups, keys, strict=True)],
            "values": list(values),
        }
        for keys, values in cells
    ]


def _told(gate: Gate, live: LiveForm, name: str, place: int, cells: list[Cell]) -> list[Cell]:
    """The groups without those of records that the asker may not see, where a field names several."""
    entry = field_at(live, name)
    if entry is None or entry.lists is None:
        return cells
    seen = gate.sees(live.app, entry.lists.form, [str(keys[place]) for keys, _ in cells if keys[place] is not None])
    return [(keys, values) for keys, values in cells if keys[place] is None or keys[place] in seen]


def _key_titles(gate: Gate, live: LiveForm, name: str, keys: Sequence[Any]) -> dict[str, str]:
    entry = field_at(live, name)
    if entry is None or entry.points is None or entry.points.form not in live.app.forms:
        return {}
    target = live.app.form(entry.points.form)
    return title_map(gate, target, gate.world.records.many(target.key, [key for key in keys if key]).values())


def key_label(live: LiveForm, by: GroupBy, key: Any, naming: Naming) -> str:
    """A group's key in words."""
    if key is None:
        return ""
    if by.field in ("created_by", "updated_by"):
        return naming.member(str(key))
    entry = field_at(live, by.field)
    if by.unit or entry is None:
        return str(key)
    try:
        return str(entry.type.display([key] if entry.kind == "list" else key, naming))
    except (ValueError, TypeError, AttributeError):
        return str(key)


def field_at(live: LiveForm, name: str) -> Any:
    """The field that a name or a path through a reference means; None for system fields."""
    head, _, rest = name.partition(".")
    entry = live.fields.get(head)
    if rest and entry is not None and entry.nested:
        return next((one for one in entry.nested if one.id == rest), None)
    if not rest or head in SYSTEM_FIELDS or entry is None or entry.leads is None:
        return entry
    return live.app.form(entry.leads.form).fields.get(rest) if entry.leads.form in live.app.forms else None
