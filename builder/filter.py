"""A question about a record, as data 筛选条件: read here by `matches`, in the store as SQL."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Union

from pydantic import Field as Setting
from pydantic import model_validator

from builder.model import Model

Operator = Literal[
    "eq", "ne", "gt", "ge", "lt", "le", "between", "in", "not_in", "contains", "not_contains", "starts",
    "has_any", "has_all", "has_none", "empty", "not_empty", "within", "holds",
]  # fmt: skip

HOLDS = "holds"
"""An expression as a condition: `{"field": "id", "op": "holds", "value": "SUM(lines.price) > 100"}`. Who reads filters
and does not know of it finds that it never holds."""
MOST_EXPRESSIONS = 10
LONGEST_EXPRESSION = 2_000
UNARY = ("empty", "not_empty")
LISTED = ("in", "not_in", "between", "has_any", "has_all", "has_none")
MOST_CONDITIONS = 100
MOST_VALUES = 5_000
"""In all lists of a filter together: each is a parameter of the database's."""
DEEPEST = 6


class Condition(Model):
    """One comparison. `field` is a field id, a system field (`created_at`…) or a path through a reference
    (`customer.level`).

    `value` is a constant, a list for the listed operators, a placeholder (`@me`, `@my_departments`,
    `@my_department_members`, `@my_reports`, `@today`, `@now`), or for `within` a period:
    `{"unit": "month", "offset": 0, "count": 1}`.
    """

    field: str = Setting(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", max_length=130)
    op: Operator
    value: Any = None

    @model_validator(mode="after")
    def _asks_the_record(self) -> "Condition":
        if self.op == HOLDS and (self.field != "id" or not isinstance(self.value, str)):
            raise ValueError("an expression is asked of the record: field id, op holds, value the text")
        if self.op == HOLDS and len(self.value) > LONGEST_EXPRESSION:
            raise ValueError(f"an expression in a filter may have {LONGEST_EXPRESSION} characters")
        return self


class Told(Condition):
    """An expression made ready: `work.of(values)` says what it comes to, and a store carries `work` out itself."""

    work: Any = Setting(default=None, exclude=True, repr=False)


class All(Model):
    """Every one of the questions."""

    all: "tuple[Filter, ...]" = Setting(max_length=MOST_CONDITIONS)


class Any_(Model):
    """One or more of the questions."""

    any: "tuple[Filter, ...]" = Setting(max_length=MOST_CONDITIONS)


Filter = Union[Condition, All, Any_]  # noqa: UP007 - a forward reference needs the name


class Filtering(Model):
    """A filter as a document of its own, so that it can be validated and bounded."""

    filter: Filter

    @model_validator(mode="after")
    def _bounded(self) -> "Filtering":
        if depth(self.filter) > DEEPEST or sum(1 for _ in conditions(self.filter)) > MOST_CONDITIONS:
            raise ValueError(f"a filter may hold {MOST_CONDITIONS} conditions, {DEEPEST} deep")
        if sum(1 for one in conditions(self.filter) if one.op == HOLDS) > MOST_EXPRESSIONS:
            raise ValueError(f"a filter may hold {MOST_EXPRESSIONS} expressions")
        lists = [one.value for one in conditions(self.filter) if isinstance(one.value, list | tuple)]
        if sum(map(len, lists)) > MOST_VALUES or any(isinstance(one, list | dict) for value in lists for one in value):
            raise ValueError(f"the lists of a filter may hold {MOST_VALUES} plain values")
        return self


EVERYTHING: Filter = All(all=())
NOTHING: Filter = Any_(any=())


def parse_filter(raw: Any) -> Filter:
    """A filter from JSON; raises pydantic's `ValidationError`."""
    return EVERYTHING if raw in (None, {}) else Filtering.model_validate({"filter": raw}).filter


def conditions(filter: Filter) -> Iterator[Condition]:
    """Every comparison in it."""
    if isinstance(filter, Condition):
        yield filter
        return
    for part in filter.all if isinstance(filter, All) else filter.any:
        yield from conditions(part)


def depth(filter: Filter) -> int:
    """How deep the groups nest."""
    if isinstance(filter, Condition):
        return 0
    return 1 + max((depth(part) for part in (filter.all if isinstance(filter, All) else filter.any)), default=0)


def names(filter: Filter) -> frozenset[str]:
    """The fields it asks about."""
    return frozenset(condition.field for condition in conditions(filter))


def both(*filters: Filter | None) -> Filter:
    """All of the given filters; None and EVERYTHING fall away."""
    kept = tuple(filter for filter in filters if filter is not None and filter != EVERYTHING)
    return kept[0] if len(kept) == 1 else All(all=kept)


def either(*filters: Filter) -> Filter:
    """Any of the given filters."""
    if any(filter == EVERYTHING for filter in filters):
        return EVERYTHING
    kept = tuple(filter for filter in filters if filter != NOTHING)
    return kept[0] if len(kept) == 1 else Any_(any=kept)


def map_conditions(filter: Filter, change: Callable[[Condition], Filter]) -> Filter:
    """The same filter with every comparison replaced."""
    if isinstance(filter, Condition):
        return change(filter)
    if isinstance(filter, All):
        return All(all=tuple(map_conditions(part, change) for part in filter.all))
    return Any_(any=tuple(map_conditions(part, change) for part in filter.any))


def resolve(filter: Filter, placeholders: Mapping[str, Any], today: date) -> Filter:
    """Placeholders replaced by values and `within` by two bounds, so that nothing in it depends on asker or clock.

    `placeholders` maps "@me" to an id, "@my_departments" to a list of ids, and so on.
    """

    def concrete(condition: Condition) -> Filter:
        if condition.op == HOLDS:
            return condition
        if condition.op == "within":
            start, end = period(condition.value, today)
            lower = Condition(field=condition.field, op="ge", value=start.isoformat())
            return All(all=(lower, Condition(field=condition.field, op="lt", value=end.isoformat())))
        value = _replace(condition.value, placeholders)
        if isinstance(value, list) and condition.op in ("eq", "ne"):
            return Condition(field=condition.field, op="in" if condition.op == "eq" else "not_in", value=value)
        return Condition(field=condition.field, op=condition.op, value=value)

    return map_conditions(filter, concrete)


def _replace(value: Any, placeholders: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and value in placeholders:
        return placeholders[value]
    if isinstance(value, list | tuple):
        flat: list[Any] = []
        for entry in value:
            found = _replace(entry, placeholders)
            flat.extend(found if isinstance(found, list) else [found])
        return flat
    return value


def period(value: Any, today: date) -> tuple[date, date]:
    """First day, and the day after the last, of `{"unit": day|week|month|quarter|year, "offset": 0, "count": 1}`."""
    raw = value if isinstance(value, Mapping) else {"unit": value}
    unit = str(raw.get("unit", "day"))
    offset, count = _whole(raw.get("offset", 0)), max(1, _whole(raw.get("count", 1)))
    first = _start(unit, today)
    return _shift(unit, first, offset), _shift(unit, first, offset + count)


def _whole(value: Any) -> int:
    return int(max(-10_000, min(10_000, value))) if isinstance(value, int | float) and value == value else 0


def _start(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _shift(unit: str, day: date, steps: int) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=steps * (7 if unit == "week" else 1))
    months = steps * {"month": 1, "quarter": 3, "year": 12}.get(unit, 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(max(1, min(9999, year)), month + 1, 1)


def matches(filter: Filter, values: Mapping[str, Any], kinds: Mapping[str, str]) -> bool:
    """Whether the record answers yes. `filter` must be resolved; `kinds` names each field's storage kind."""
    if isinstance(filter, All):
        return all(matches(part, values, kinds) for part in filter.all)
    if isinstance(filter, Any_):
        return any(matches(part, values, kinds) for part in filter.any)
    if filter.op == HOLDS:
        return isinstance(filter, Told) and filter.work is not None and filter.work.of(values) is True
    return _answers(filter.op, values.get(filter.field), filter.value, kinds.get(filter.field, "text"))


OF_LISTS = {"eq": "has_any", "in": "has_any", "ne": "has_none", "not_in": "has_none", "contains": "has_any",
            "not_contains": "has_none"}  # fmt: skip
OF_ONE = {"has_any": "in", "has_none": "not_in"}
MANY = ("list", "rows")


def _answers(op: str, held: Any, asked: Any, kind: str) -> bool:
    blank = held is None or held == "" or held == []
    if op in UNARY or (op in ("eq", "ne") and asked in (None, "")):
        return blank is (op in ("empty", "eq"))
    if kind in MANY:
        return _holds(OF_LISTS.get(op, op), held if kind == "list" and isinstance(held, list | tuple) else None, asked)
    op = OF_ONE.get(op, op)
    if op in ("contains", "not_contains", "starts"):
        return _contains(op, held, asked)
    if op in ("eq", "ne"):
        return (not blank and comparable(held, kind) == comparable(asked, kind)) is (op == "eq")
    if op in ("in", "not_in"):
        wanted = {comparable(entry, kind) for entry in _listed(asked)}
        return (not blank and comparable(held, kind) in wanted) is (op == "in")
    if op == "has_all":
        return all(not blank and comparable(held, kind) == comparable(entry, kind) for entry in _listed(asked))
    return not blank and _ordered(op, comparable(held, kind), asked, kind)


def _ordered(op: str, held: Any, asked: Any, kind: str) -> bool:
    if held is None:
        return False
    if op == "between":
        low, high = ([*_listed(asked), None, None])[:2]
        above = low in (None, "") or _ordered("ge", held, low, kind)
        return bool(above and (high in (None, "") or _ordered("le", held, high, kind)))
    bound = comparable(asked, kind)
    if bound is None:
        return False
    return bool({"gt": held > bound, "ge": held >= bound, "lt": held < bound, "le": held <= bound}.get(op, False))


def _holds(op: str, held: Any, asked: Any) -> bool:
    """Of a list: whether it holds what is asked; rows hold nothing that a filter could name."""
    have = {str(entry) for entry in held or ()}
    wanted = {str(entry) for entry in _listed(asked)}
    if op == "has_all":
        return wanted <= have
    return {"has_any": bool(have & wanted), "has_none": not have & wanted}.get(op, False)


def _contains(op: str, held: Any, asked: Any) -> bool:
    text = "" if held is None else str(held).casefold()
    part = "" if asked is None else str(asked).casefold()
    return text.startswith(part) if op == "starts" else (part in text) is (op == "contains")


def _listed(asked: Any) -> list[Any]:
    return list(asked) if isinstance(asked, list | tuple) else [asked]


def comparable(value: Any, kind: str) -> Any:
    """A value in the form in which its kind compares; None when it cannot be."""
    if value is None:
        return None
    if kind == "number":
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return None
        return number if number.is_finite() else None
    if kind == "boolean":
        return value if isinstance(value, bool) else str(value).lower() in ("true", "1")
    return str(value)
