"""Aggregates 聚合表 as somebody may see them: reckoned anew from the records that are his to read, never stored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from builder.check import check
from builder.definition import Aggregate, Dimension, Reckoned
from builder.field import Json, Kind
from builder.filter import EVERYTHING, NOTHING, All, Condition, Filter, both, comparable, matches, names
from builder.problem import Invalid, forbidden, invalid, missing
from builder.sort import Sort
from builder.source import Source, about
from runtime import asking, calculating, reading
from runtime.gate import Gate
from runtime.live import LiveApp, LiveForm, ranks_of
from runtime.naming import titles

MOST = 5_000
"""So many groups are reckoned at once; there may be more."""
PAGE = 50


@dataclass(frozen=True)
class Line:
    """One group: what its columns hold, and what those that group say in words."""

    id: str
    values: Mapping[str, Json]
    words: Mapping[str, str]

    @property
    def title(self) -> str:
        """Its groups in words."""
        return " · ".join(word for word in self.words.values() if word)


@dataclass(frozen=True)
class Table:
    """The columns that somebody may read, and the groups that his records make."""

    live: LiveForm
    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    more: bool = False


def table(gate: Gate, app: LiveApp, id: str, filter: Filter = EVERYTHING) -> Table:
    """The aggregate as the asker may see it: over the records, and with the measures, whose fields he may read.

    Raises `Missing` for who may not read its form, `Invalid` where he may not read what it groups or filters by.
    """
    if id not in app.aggregates:
        raise missing("no_such_aggregate")
    live, one = app.aggregates[id], app.app.aggregates[id]
    base = app.form(one.form)
    gate.need(base, "read")
    measures = [measure for measure in one.measures if _readable(gate, base, one, measure)]
    columns = (*(group.id for group in one.groups), *(measure.id for measure in measures))
    unread = sorted(names(filter) - set(columns))
    if unread:
        raise invalid("unknown_field", "filter", field=unread[0])
    wanted = asking.concrete(gate, live, filter)
    if NOTHING in _parts(wanted):
        return Table(live, columns)
    where = both(one.filter, *_narrowing(one, live, wanted)).dump()
    cells = reading.group(gate, base, one.groups, measures, where, MOST + 1, one.rows)
    told = reading.labelled(gate, base, one.groups, cells[:MOST])
    lines = (_line(live, one.groups, columns, row) for row in told)
    kept = tuple(line for line in lines if matches(wanted, line.values, live.kinds))
    return Table(live, columns, kept, len(cells) > MOST)


def _readable(gate: Gate, base: LiveForm, one: Aggregate, measure: Reckoned) -> bool:
    """Whether the asker may read in some record all that a measure needs."""
    used = names(measure.filter) | ({measure.field} if measure.field and not measure.expression else set())
    try:
        asking.columns_for(gate, base, used, gate.grant(base, "read"), one.rows)
        if measure.expression:
            calculating.column(gate, base, measure.expression)
    except Invalid:
        return False
    return True


def _parts(filter: Filter) -> tuple[Filter, ...]:
    return filter.all if isinstance(filter, All) else (filter,)


def _narrowing(one: Aggregate, live: LiveForm, wanted: Filter) -> Iterable[Filter]:
    """The conditions on groups that records can be asked for, so that not every group is reckoned."""
    plain = {group.id: group.field for group in one.groups if not group.unit and live.kinds[group.id] != Kind.LIST}
    for part in _parts(wanted):
        if isinstance(part, Condition) and part.field in plain:
            yield part.model_copy(update={"field": plain[part.field]})


def _line(live: LiveForm, groups: Sequence[Dimension], columns: Sequence[str], row: Mapping[str, Any]) -> Line:
    keys = {group.id: key for group, key in zip(groups, row["keys"], strict=True)}
    held = {id: [key] if live.kinds[id] == Kind.LIST and key is not None else key for id, key in keys.items()}
    measured = dict(zip(columns[len(groups) :], row["values"], strict=True))
    id = sha256(repr(row["keys"]).encode()).hexdigest()[:16]
    return Line(id, {**held, **measured}, dict(zip(keys, row["labels"], strict=True)))


def asked(gate: Gate, app: LiveApp, source: Source, values: Mapping[str, Json]) -> Table:
    """What a source over an aggregate means in a record with these values, in the source's order."""
    found = table(gate, app, source.aggregate, about(source.filter, values))
    unread = [one.field for one in source.sort if one.field not in found.columns]
    if unread:
        raise invalid("unknown_field", "sort", field=unread[0])
    return Table(found.live, found.columns, _ordered(found, source.sort), found.more)


def _ordered(found: Table, sort: Sequence[Sort]) -> tuple[Line, ...]:
    lines = list(found.lines)
    for one in reversed(sort):
        place = _place(found.live, one.field)
        filled = [line for line in lines if line.values[one.field] not in (None, "", [])]
        blank = [line for line in lines if line.values[one.field] in (None, "", [])]
        lines = sorted(filled, key=place, reverse=one.descending) + blank
    return tuple(lines)


def _place(live: LiveForm, column: str) -> Callable[[Line], Any]:
    """What a column sorts by: options by their own order, numbers and times by value, all else by its words."""
    kind, ranks = live.kinds[column], {id: place for place, id in enumerate(ranks_of(live.fields[column]))}
    if ranks:
        return lambda line: min((ranks.get(str(one), len(ranks)) for one in _listed(line.values[column])), default=0)
    if kind in (Kind.NUMBER, Kind.BOOLEAN, Kind.TIME):
        return lambda line: comparable(line.values[column], kind)
    return lambda line: (line.words.get(column) or str(line.values[column])).casefold()


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def first(gate: Gate, app: LiveApp, source: Source, column: str, values: Mapping[str, Json]) -> Json:
    """What the first of the rows holds in a column; None for no row, and for a column that the asker may not read."""
    lines = asked(gate, app, source, values).lines
    return lines[0].values.get(column) if lines else None


def page(
    gate: Gate, app: LiveApp, source: Source, columns: Sequence[str], values: Mapping[str, Json], *,
    search: str = "", after: str = "", limit: int = PAGE,
) -> dict[str, Any]:  # fmt: skip
    """A page of a source's rows with those of the columns that the asker may read."""
    try:
        found = asked(gate, app, source, values)
    except Invalid:
        found = Table(app.aggregates[source.aggregate])
    return shown(gate, found, [id for id in columns if id in found.columns], search, after, limit)


def shown(gate: Gate, found: Table, columns: Sequence[str], search: str, after: str, limit: int) -> dict[str, Any]:
    """Some rows as the API tells them; `after` is how many came before."""
    words = search.casefold().split()
    lines = [line for line in found.lines if all(word in line.title.casefold() for word in words)]
    start = int(after) if after.isascii() and after.isdecimal() else 0
    told: list[dict[str, Any]] = [
        {"id": line.id, "title": line.title, "values": {id: line.values[id] for id in columns}}
        for line in lines[start : start + limit]
    ]
    return {
        "form": "", "columns": list(columns), "fields": [found.live.fields[id].dump() for id in columns],
        "records": told, "next": str(start + limit) if start + limit < len(lines) else "",
        "titles": titles(gate, found.live, [one["values"] for one in told]),
    }  # fmt: skip


def preview(gate: Gate, app: str, raw: Mapping[str, Any], search: str, after: str) -> dict[str, Any]:
    """The rows of an aggregate being designed, over the draft and its records, or what is unsound about it;
    administrators only."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    try:
        one = Aggregate.model_validate(dict(raw))
    except ValidationError as error:
        raise invalid("draft_invalid", "aggregate", detail=str(error.errors()[0]["msg"])[:200]) from None
    drafted = gate.drafted(app)
    was = drafted.app(app)
    live = LiveApp(was.app.model_copy(update={"aggregates": {**was.app.aggregates, one.id: one}}), was.hashes)
    wrong = [problem for problem in check(live.app) if problem.path[:2] == ("aggregates", one.id)]
    if wrong:
        empty = shown(drafted, Table(live.aggregates[one.id]), (), "", "", PAGE)
        return {**empty, "problem": wrong[0].sentence(gate.language)}
    found = table(drafted, live, one.id)
    return {**shown(drafted, found, found.columns, search, after, PAGE), "more": found.more}
