"""Which records of another form are meant, as seen from a record 数据源: a filter that may speak of this record."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field as Setting

from builder.filter import EVERYTHING, NOTHING, Condition, Filter, conditions, map_conditions
from builder.model import SLUG, Model, Slug
from builder.sort import Sort

THIS = "@this."
"""Before the id of a field of the record that asks: {"field": "customer", "op": "eq", "value": "@this.customer"}."""


class Question(Model):
    """Records of `form` that answer `filter`."""

    form: str = Setting(pattern=SLUG.pattern, max_length=63)
    filter: Filter = EVERYTHING


class Origin(Question):
    """Where options come from 选项来源: what `field` holds in those records, each value once; asked for again when a
    field that the filter speaks of changes."""

    field: Slug


class Source(Question):
    """The records in an order; or instead of records of a form the rows of an aggregate 聚合表."""

    form: str = Setting(default="", pattern=rf"^$|{SLUG.pattern}", max_length=63)
    aggregate: str = Setting(default="", pattern=rf"^$|{SLUG.pattern}", max_length=63)
    sort: tuple[Sort, ...] = Setting(default=(), max_length=5)


class Linkage(Source):
    """A default from elsewhere 数据联动: what the first of the records, or of the aggregate's rows, holds in `field`;
    asked for again when a field that the filter speaks of changes."""

    field: Slug


def drivers(filter: Filter) -> frozenset[str]:
    """The fields of the asking record that the filter speaks of."""
    values = (value for one in conditions(filter) for value in _listed(one.value))
    return frozenset(value[len(THIS) :] for value in values if _is_this(value))


def about(filter: Filter, values: Mapping[str, Any]) -> Filter:
    """The filter for a record with these values; a comparison with one that is blank answers for nothing."""

    def concrete(condition: Condition) -> Filter:
        named = [value for value in _listed(condition.value) if _is_this(value)]
        if not named:
            return condition
        found = {value: values.get(value[len(THIS) :]) for value in named}
        if any(value in (None, "", []) for value in found.values()):
            return NOTHING
        if isinstance(condition.value, list | tuple):
            flat = [one for value in condition.value for one in _listed(found.get(value, value))]
            return condition.model_copy(update={"value": flat})
        return _compared(condition, found[condition.value])

    return map_conditions(filter, concrete)


def _compared(condition: Condition, value: Any) -> Filter:
    """A comparison with one value of the record; with a list of it, any of them will do."""
    if isinstance(value, list) and condition.op in ("eq", "ne"):
        op = "in" if condition.op == "eq" else "not_in"
        return condition.model_copy(update={"op": op, "value": value})
    return condition.model_copy(update={"value": value})


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _is_this(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(THIS)
