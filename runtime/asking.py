"""From what was asked to what the store is asked 查询: names checked, rows cut to the grant, days made moments."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from builder.access import Grant
from builder.filter import All, Any_, Condition, Filter, both, map_conditions, names, parse_filter
from builder.problem import Conflict, Invalid, forbidden, invalid
from runtime import calculating
from runtime.gate import Gate
from runtime.live import LiveForm, ranks_of, scale_of
from runtime.ports import Column, Order, Query, Through, stamp
from runtime.retype_waiting import refuse_waiting

COUNT_BOUND = 10_000
FIRST_DAY, LAST_DAY = date(1, 1, 2), date(9999, 12, 30)


def ask(gate: Gate, live: LiveForm, asked: Mapping[str, Any]) -> Query:
    """The store's query for filter, search, sort, after, limit and deleted as the API sends them; through the grant.

    A query that names a field which the asker may not read is refused as if there were no such field.
    """
    grant = gate.need(live, "read")
    if asked.get("deleted"):
        grant = _bin_grant(gate, live)
    ready = calculating.reckoning(gate, live, grant)
    wanted = ready.of(read_filter(asked.get("filter")), strict=True)
    orders = _orders(gate, live, asked.get("sort") or [], grant)
    used = names(wanted) | {order.field for order in orders} | ready.names
    columns = columns_for(gate, live, used, grant)
    cells = calculating.cells_in(live, ready.made)
    return Query(
        form=live.key,
        columns=columns,
        where=both(grant.rows(heads(used) | cells), concrete(gate, live, wanted)),
        search=str(asked.get("search") or "").strip(),
        search_fields=searchable(live, grant),
        orders=orders,
        after=str(asked.get("after") or ""),
        limit=int(asked.get("limit") or 50),
        deleted=bool(asked.get("deleted")),
    )


def _bin_grant(gate: Gate, live: LiveForm) -> Grant:
    grant = gate.grant(live, "delete")
    if not grant.allowed:
        raise forbidden("not_allowed", operation="delete")
    return Grant("read", gate.grant(live, "delete").slices)


def read_filter(raw: Any) -> Filter:
    """A filter from JSON; raises `Invalid` in words."""
    try:
        return parse_filter(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise invalid("bad_filter", "filter", detail=str(first.get("msg", ""))[:200]) from None


def bounded(filter: Filter) -> Filter:
    """A filter that came inside something else, held to the same bounds; raises `Invalid`."""
    return read_filter(filter.dump())


def heads(fields: Iterable[str]) -> frozenset[str]:
    """Paths cut to the field of this form."""
    return frozenset(field.partition(".")[0] for field in fields)


def columns_for(gate: Gate, live: LiveForm, used: Iterable[str], grant: Grant, rows: str = "") -> dict[str, Column]:
    """How the store reads the named fields and those of the grant's rows; unknown and unreadable ones are refused.

    `rows` is the subform whose rows the question unfolds: its columns may be named.
    """
    used = frozenset(used)
    read = heads(used) | cells_of(used, rows)
    if not grant.covers(read):
        unread = next((name for name in sorted(read) if not grant.covers([name])), sorted(used)[0])
        raise invalid("unknown_field", "filter", field=unread)
    columns = {name: _cell_of(gate, live, name) if name in cells_of(used, rows) else column_of(gate, live, name)
               for name in used}  # fmt: skip
    for part in grant.slices:
        behind = [name for name in names(part.rows) if name not in columns]
        columns.update({name: column_of(gate, live, name, named=False) for name in behind})
    return columns


def cells_of(used: Iterable[str], rows: str) -> frozenset[str]:
    """Those of the names that are columns of the rows that a question unfolds."""
    return frozenset(name for name in used if rows and name.startswith(f"{rows}."))


def _cell_of(gate: Gate, live: LiveForm, name: str) -> Column:
    head, _, rest = name.partition(".")
    refuse_waiting(gate, live.key, name)
    nested = live.fields[head].nested if head in live.fields else ()
    entry = next((one for one in nested if one.id == rest), None)
    if entry is None:
        raise invalid("unknown_field", "filter", field=name)
    return Column(str(entry.kind), scale_of(entry), row=rest)


def column_of(gate: Gate, live: LiveForm, name: str, *, named: bool = True) -> Column:
    """How the store reads a field, or a path through a reference; what lies behind is cut to the asker's grant.

    Raises `Conflict` while the field's values are being converted: the store would miss records."""
    head, _, rest = name.partition(".")
    refuse_waiting(gate, live.key, head, named=named)
    if not rest:
        if name not in live.columns:
            raise invalid("unknown_field", "filter", field=name)
        return live.columns[name]
    entry = live.fields.get(head)
    if entry is None or entry.leads is None or entry.leads.form not in live.app.forms:
        raise invalid("unknown_field", "filter", field=name)
    target = live.app.form(entry.leads.form)
    grant = gate.grant(target, "read")
    if rest not in target.columns or not grant.covers((rest,)):
        raise invalid("unknown_field", "filter", field=name)
    refuse_waiting(gate, target.key, rest, named=named)
    behind = target.columns[rest]
    return Column(behind.kind, behind.scale, Through(head, target.key, rest, grant.rows((rest,))))


def searchable(live: LiveForm, grant: Grant) -> tuple[str, ...]:
    """The fields that a quick search may look into: those readable in every row that it can find."""
    return tuple(id for id in live.fields if all(part.may_read(id) for part in grant.slices))


def _orders(gate: Gate, live: LiveForm, sorts: list[dict[str, Any]], grant: Grant) -> tuple[Order, ...]:
    given = [(str(sort["field"]), bool(sort.get("descending"))) for sort in sorts]
    given = given or [(sort.field, sort.descending) for sort in live.form.sort if _told(gate, live, sort.field, grant)]
    given = given or [("created_at", True)]
    return tuple(Order(name, down, _ranks(live, name)) for name, down in given)


def _told(gate: Gate, live: LiveForm, name: str, grant: Grant) -> bool:
    """Whether the form's own order may go by a field: one readable in every row, for it must not narrow the list."""
    try:
        column_of(gate, live, name)
    except (Invalid, Conflict):
        return False
    return all(part.may_read(name) for part in grant.slices)


def _ranks(live: LiveForm, name: str) -> tuple[str, ...]:
    head, _, rest = name.partition(".")
    entry = live.fields.get(head)
    if rest and entry is not None and entry.leads is not None and entry.leads.form in live.app.forms:
        entry = live.app.form(entry.leads.form).fields.get(rest)
    return ranks_of(entry) if entry is not None else ()


def concrete(gate: Gate, live: LiveForm, filter: Filter) -> Filter:
    """The filter free of placeholders, and with days on moment fields turned into the moments they begin and end."""

    def moments(condition: Condition) -> Filter:
        head, _, rest = condition.field.partition(".")
        return _moments(condition, gate.timezone) if is_instant(live, head, rest) else condition

    return map_conditions(gate.resolved(filter), moments)


def is_instant(live: LiveForm, head: str, rest: str) -> bool:
    """Whether a field (or the field behind a reference) holds moments."""
    if not rest:
        return head in live.instants
    entry = live.fields.get(head)
    if entry is not None and entry.nested:
        return any(one.id == rest and one.zoned is not None for one in entry.nested)
    target = entry.leads.form if entry is not None and entry.leads is not None else ""
    return target in live.app.forms and rest in live.app.form(target).instants


def _moments(condition: Condition, timezone: str) -> Filter:
    value = condition.value
    if condition.op == "between" and isinstance(value, list) and len(value) == 2:
        bounds = [("ge", value[0]), ("le", value[1])]
        given = [Condition(field=condition.field, op=op, value=day) for op, day in bounds if day not in (None, "")]
        return All(all=tuple(_moments(part, timezone) for part in given))
    day = _day(value)
    if day is None:
        return condition
    start, end = midnight(day, timezone), midnight(min(day, LAST_DAY) + timedelta(days=1), timezone)
    if condition.op in ("ge", "lt"):
        return condition.model_copy(update={"value": start})
    if condition.op in ("gt", "le"):
        return condition.model_copy(update={"op": "ge" if condition.op == "gt" else "lt", "value": end})
    if condition.op in ("eq", "ne"):
        return _on(condition, start, end)
    return condition


def _on(condition: Condition, start: str, end: str) -> Filter:
    if condition.op == "eq":
        begin = Condition(field=condition.field, op="ge", value=start)
        return All(all=(begin, Condition(field=condition.field, op="lt", value=end)))
    before = Condition(field=condition.field, op="lt", value=start)
    after = Condition(field=condition.field, op="ge", value=end)
    return Any_(any=(before, after, Condition(field=condition.field, op="empty")))


def _day(value: Any) -> date | None:
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def midnight(day: date, timezone: str) -> str:
    """The moment a day begins in a zone, as records hold moments; days at the ends of time lie within it."""
    day = max(FIRST_DAY, min(LAST_DAY, day))
    local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(timezone))
    return stamp(local.astimezone(ZoneInfo("UTC"))).zfill(20)
