"""Dashboards 仪表盘: every number through the gate of who looks, and with the filter that leads to its records."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import Any

from pydantic import ValidationError

from builder.access import meant
from builder.definition import Dashboard, Goal, GroupBy, Measure, Widget
from builder.field import Choosing
from builder.filter import Condition, Filter, both
from builder.problem import Refusal, forbidden, invalid, missing
from runtime import asking, reading
from runtime.gate import Gate
from runtime.live import LiveApp, LiveForm
from runtime.naming import titles
from runtime.ports import Cell, Order

MOST_GROUPS = 1000


def find(gate: Gate, app: str, dashboard: str) -> tuple[LiveApp, Dashboard]:
    """The dashboard, if it is meant for the asker; raises `Missing`."""
    live = gate.app(app)
    board = live.app.dashboards.get(dashboard)
    if board is None or not meant(board.to, gate.actor):
        raise missing("no_such_dashboard")
    return live, board


def describe(gate: Gate, app: str, dashboard: str) -> dict[str, Any]:
    """A dashboard with the widgets over forms that the asker may read, and the people to filter by."""
    live, board = find(gate, app, dashboard)
    shown = tuple(one for one in board.widgets if _readable(gate, live, one))
    members = gate.world.directory.members().values()
    people = [{"id": one.id, "name": one.name} for one in members if one.enabled]
    return {"id": dashboard, "definition": board.model_copy(update={"widgets": shown}).dump(), "people": people}


def _readable(gate: Gate, live: LiveApp, widget: Widget) -> bool:
    return widget.form in live.forms and gate.grant(live.forms[widget.form], "read").allowed


def data(
    gate: Gate, app: str, dashboard: str, start: str | None, end: str | None, person: str | None, widgets: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """The numbers of the widgets; one that fails says why, alone."""
    live, board = find(gate, app, dashboard)
    wanted = [one for one in board.widgets if (not widgets or one.id in widgets) and _readable(gate, live, one)]
    return {one.id: _safely(gate, live, one, start, end, person) for one in wanted}


def preview(
    gate: Gate, app: str, widget: Mapping[str, Any], start: str | None, end: str | None, person: str | None
) -> dict[str, Any]:
    """The numbers of a widget being designed, over the draft and its records; administrators only."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    try:
        one = Widget.model_validate(dict(widget))
    except ValidationError as error:
        raise invalid("draft_invalid", "widget", detail=str(error.errors()[0]["msg"])[:200]) from None
    drafted = gate.drafted(app)
    return _safely(drafted, drafted.app(app), one, start, end, person)


def _safely(
    gate: Gate, live: LiveApp, widget: Widget, start: str | None, end: str | None, person: str | None
) -> dict[str, Any]:
    try:
        return numbers(gate, live, widget, start, end, person)
    except Refusal as refusal:
        return {"error": refusal.problems[0].sentence(gate.language)}


def numbers(
    gate: Gate, live: LiveApp, widget: Widget, start: str | None, end: str | None, person: str | None
) -> dict[str, Any]:
    """One widget's rows, records or figure, with the filter that was applied."""
    form = live.form(widget.form)
    where = both(widget.filter, *_bounds(widget, start, end, person))
    answer: dict[str, Any] = {"filter": _json(where), "measures": [measure_label(form, one) for one in widget.measures]}
    if widget.shown_as == "records":
        return {**answer, **_records(gate, form, widget, where)}
    if widget.shown_as in ("figure", "ratio", "target"):
        return {**answer, "figure": _figure(gate, live, form, widget, where, start, end, person)}
    cells = reading.group(gate, form, widget.groups, widget.measures, _json(where), MOST_GROUPS)
    rows = reading.labelled(gate, form, widget.groups, _arranged(form, widget, cells))
    return {**answer, "rows": [{**row, "filter": _narrowed(form, widget, row["keys"])} for row in rows]}


def _bounds(widget: Widget | Goal, start: str | None, end: str | None, person: str | None) -> Iterable[Filter]:
    if widget.date_field and start:
        yield Condition(field=widget.date_field, op="ge", value=start)
    if widget.date_field and end:
        yield Condition(field=widget.date_field, op="le", value=end)
    if widget.person_field and person:
        yield Condition(field=widget.person_field, op="eq", value=person)


def _json(filter: Filter) -> dict[str, Any]:
    return filter.dump()


def measure_label(form: LiveForm, measure: Measure) -> str:
    """A measure's own label, else its field's."""
    entry = form.fields.get(measure.field)
    return measure.label or (entry.label if entry else "")


def _arranged(form: LiveForm, widget: Widget, cells: list[Cell]) -> list[Cell]:
    """Options in their own order, rankings by size, times by time; cut to the widget's limit."""
    timed = bool(widget.groups and widget.groups[0].unit)
    by_size = widget.shown_as in ("pie", "bar") and not timed and not _ordered(form, widget)
    if widget.shown_as == "ranking" or by_size:
        cells = sorted(cells, key=lambda cell: Decimal(cell[1][0] or 0), reverse=True)
    elif widget.groups:
        ranks = {key: place for place, key in enumerate(_ordered(form, widget))}
        cells = _with_all_options(cells, ranks) if widget.shown_as == "funnel" else cells
        if ranks:
            cells = sorted(cells, key=lambda cell: ranks.get(str(cell[0][0]), len(ranks)))
    return cells[-widget.limit :] if timed else cells[: widget.limit]


def _ordered(form: LiveForm, widget: Widget) -> tuple[str, ...]:
    entry = reading.field_at(form, widget.groups[0].field) if widget.groups else None
    return entry.type.option_ids() if entry is not None and isinstance(entry.type, Choosing) else ()


def _with_all_options(cells: list[Cell], ranks: Mapping[str, int]) -> list[Cell]:
    return [cell for cell in cells if cell[0][0] in ranks]


def _narrowed(form: LiveForm, widget: Widget, keys: Sequence[Any]) -> dict[str, Any]:
    """The filter that leads from a number to its own records."""
    parts = [_key_filter(by, key) for by, key in zip(widget.groups, keys, strict=True)]
    own = widget.measures[0].filter if len(widget.measures) == 1 else None
    return _json(both(*parts, own))


def _key_filter(by: GroupBy, key: Any) -> Filter:
    if key is None:
        return Condition(field=by.field, op="empty")
    if not by.unit:
        return Condition(field=by.field, op="eq", value=key)
    first, last = span(by.unit, str(key))
    low = Condition(field=by.field, op="ge", value=first)
    return both(low, Condition(field=by.field, op="le", value=last))


def span(unit: str, key: str) -> tuple[str, str]:
    """First and last day of a group's key: `2026-11`, `2026-Q4`, `2026-W47`, `2026`, `2026-11-23`."""
    from_key = {
        "day": lambda: (key, key),
        "week": lambda: _week(key),
        "month": lambda: _months(int(key[:4]), int(key[5:7]), 1),
        "quarter": lambda: _months(int(key[:4]), int(key[6:7]) * 3 - 2, 3),
        "year": lambda: _months(int(key[:4]), 1, 12),
    }
    return from_key[unit]()


def _week(key: str) -> tuple[str, str]:
    year, week = int(key[:4]), int(key[6:8])
    return date.fromisocalendar(year, week, 1).isoformat(), date.fromisocalendar(year, week, 7).isoformat()


def _months(year: int, month: int, count: int) -> tuple[str, str]:
    last = month + count - 1
    return f"{year:04}-{month:02}-01", f"{year:04}-{last:02}-{monthrange(year, last)[1]:02}"


def _figure(
    gate: Gate,
    live: LiveApp,
    form: LiveForm,
    widget: Widget,
    where: Filter,
    start: str | None,
    end: str | None,
    person: str | None,
) -> dict[str, Any]:
    cells = reading.group(gate, form, (), widget.measures, _json(where), 1)
    values = list(cells[0][1]) if cells else [None] * len(widget.measures)
    found: dict[str, Any] = {"value": values[0] if values else None, "second": values[1] if len(values) > 1 else None}
    if widget.shown_as == "ratio":
        found["ratio"] = _share(found["value"], found["second"])
    if widget.shown_as == "target" and widget.goal is not None:
        found["goal"] = _goal(gate, live, widget.goal, start, end, person)
        found["ratio"] = _share(found["value"], found["goal"])
    return found


def _goal(gate: Gate, live: LiveApp, goal: Goal, start: str | None, end: str | None, person: str | None) -> str | None:
    where = both(goal.filter, *_bounds(goal, start, end, person))
    cells = reading.group(gate, live.form(goal.form), (), (goal.measure,), _json(where), 1)
    return cells[0][1][0] if cells else None


def _share(part: str | None, whole: str | None) -> str | None:
    try:
        return str((Decimal(part or 0) / Decimal(whole or 0)).quantize(Decimal("0.000001")))
    except (DivisionByZero, InvalidOperation):
        return None


def _records(gate: Gate, form: LiveForm, widget: Widget, where: Filter) -> dict[str, Any]:
    sorts = [{"field": one.field, "descending": one.descending} for one in widget.sort]
    query = asking.ask(gate, form, {"filter": _json(where), "sort": sorts, "limit": widget.limit})
    query = replace(query, orders=query.orders or (Order("created_at", True),))
    found = gate.world.records.find(query).records
    grant = gate.grant(form, "read")
    rows = [reading.outline(gate, form, one, grant.over(one.seen(), form.kinds)) for one in found]
    count = gate.world.records.count(query, asking.COUNT_BOUND)
    return {
        "records": rows,
        "titles": titles(gate, form, [row["values"] for row in rows]),
        "figure": {"value": str(count)},
    }
