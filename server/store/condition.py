"""Filters as SQL 筛选条件: the second reader of `builder.filter`, which must answer as `matches` does.

Blank is NULL in every expression, so each comparison here says what it means for blank; there is no NOT above them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Text, and_, exists, false, func, literal, literal_column, not_, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY

from builder.filter import HOLDS, MANY, OF_LISTS, OF_ONE, All, Any_, Condition, Filter, Told, comparable
from runtime.units import number_of
from server.store.encoding import askable
from server.store.expression import Reading, Source, Sql, expression_of, path

ORDERED: dict[str, Callable[[Sql, Any], Sql]] = {
    "gt": lambda held, bound: held > bound,
    "ge": lambda held, bound: held >= bound,
    "lt": lambda held, bound: held < bound,
    "le": lambda held, bound: held <= bound,
}
SAME = ("eq", "ne", "in", "not_in")
"""What can be answered without asking for blank first: nothing blank equals what is asked."""


def answers(reading: Reading, filter: Filter, source: Source | None = None) -> Sql:
    """The records that answer yes. `source` is whose fields are asked about, the form's own unless told."""
    if isinstance(filter, All):
        return and_(true(), *(answers(reading, part, source) for part in filter.all))
    if isinstance(filter, Any_):
        return or_(false(), *(answers(reading, part, source) for part in filter.any))
    return _comparison(reading, filter, source or reading.base)


def _comparison(reading: Reading, condition: Condition, source: Source) -> Sql:
    if condition.op == HOLDS:
        ready = isinstance(condition, Told) and condition.work is not None
        return reading.holds(source, condition.work) if ready else false()  # type: ignore[attr-defined]
    place, id, column = reading.resolve(condition.field, source)
    op: str = condition.op
    asked, kind = condition.value, column.kind
    if op in ("empty", "not_empty") or (op in ("eq", "ne") and asked in (None, "")):
        blank = reading.blank(place, id, kind)
        return blank if op in ("empty", "eq") else not_(blank)
    if kind in MANY:
        return _holds(reading, place, id, OF_LISTS.get(op, op), asked, kind)
    op = OF_ONE.get(op, op)
    if op in ("contains", "not_contains", "starts"):
        return _contains(reading.folded(place, id, kind), op, asked, reading.postgres)
    if kind in ("text", "time") and op in SAME:
        return _compared(reading, reading.as_held(place, id), op, _said(asked), kind)
    held = expression_of(reading, condition.field, source)
    return _compared(reading, held, op, asked, kind)


def _compared(reading: Reading, held: Sql, op: str, asked: Any, kind: str) -> Sql:
    values = [_value(reading, entry, kind) for entry in (asked if isinstance(asked, list | tuple) else [asked])]
    known = [value for value in values if value is not None]
    if op in ("eq", "ne"):
        single = _value(reading, asked, kind)
        same = false() if single is None else held == single
        return same if op == "eq" else or_(held.is_(None), false() if single is None else held != single, _odd(single))
    if op in ("in", "not_in"):
        return held.in_(known) if op == "in" else or_(held.is_(None), held.not_in(known))
    if op == "has_all":
        return and_(true(), *(false() if value is None else held == value for value in values))
    if op == "between":
        return _between(reading, held, [*values[:2], None, None], [*_listed(asked), None, None])
    bound = _value(reading, asked, kind)
    return false() if bound is None or op not in ORDERED else ORDERED[op](held, bound)


def _said(asked: Any) -> Any:
    """What was asked, without blanks in a list."""
    return [entry for entry in asked if entry != ""] if isinstance(asked, list | tuple) else asked


def _odd(single: Any) -> Sql:
    """Everything differs from what cannot be compared."""
    return true() if single is None else false()


def _between(reading: Reading, held: Sql, values: Sequence[Any], asked: Sequence[Any]) -> Sql:
    parts: list[Sql] = [held.is_not(None)]
    for op, value, raw in (("ge", values[0], asked[0]), ("le", values[1], asked[1])):
        if raw not in (None, ""):
            parts.append(false() if value is None else ORDERED[op](held, value))
    return and_(*parts)


def _value(reading: Reading, asked: Any, kind: str) -> Any:
    """What was asked in the form in which its kind compares; None when it cannot be."""
    if kind == "number":
        number = number_of(asked)
        return None if number is None else reading.number_value(number)
    found = comparable(asked, kind)
    if found is None:
        return None
    return int(found) if kind == "boolean" else literal(askable(found), Text())


def _listed(asked: Any) -> list[Any]:
    return list(asked) if isinstance(asked, list | tuple) else [asked]


def _contains(text: Sql, op: str, asked: Any, postgres: bool) -> Sql:
    part = literal(askable(str("" if asked is None else asked)).casefold(), Text())
    if op == "starts":
        return func.substr(text, 1, func.length(part)) == part
    place = func.strpos(text, part) if postgres else func.instr(text, part)
    return place > 0 if op == "contains" else place == 0


def _holds(reading: Reading, place: Source, id: str, op: str, asked: Any, kind: str) -> Sql:
    wanted = sorted({askable(str(entry)) for entry in _listed(asked)})
    if op not in ("has_any", "has_all", "has_none"):
        return false()
    if kind == "rows" or not wanted:
        return true() if op == "has_none" or (op == "has_all" and not wanted) else false()
    if reading.postgres:
        return _held_on_postgres(reading.entries(place, id), op, wanted)
    if op == "has_all":
        return and_(*(_entry_in(reading, place, id, [value]) for value in wanted))
    found = _entry_in(reading, place, id, wanted)
    return found if op == "has_any" else not_(found)


def _held_on_postgres(entries: Sql, op: str, wanted: list[str]) -> Sql:
    listed: Sql = literal(wanted, ARRAY(Text()))
    found = func.coalesce(entries.op("?&" if op == "has_all" else "?|", is_comparison=True)(listed), false())
    return not_(found) if op == "has_none" else found


def _entry_in(reading: Reading, place: Source, id: str, wanted: list[str]) -> Sql:
    entry = func.json_each(reading.entries(place, id), path(id)).table_valued("value")
    return exists(select(literal_column("1")).select_from(entry).where(entry.c.value.in_(wanted)))
