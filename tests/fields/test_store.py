"""Values of every field type in every store 存储契约: kept, filtered, sorted and grouped alike in memory and in SQL."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from builder.field import Field, Kind
from builder.filter import Condition, matches
from runtime.live import ranks_of, scale_of
from runtime.ports import By, Column, Grouping, Order, Query, Sum
from tests.fields.table import TABLE, Row
from tests.fields.words import field_of
from tests.store.conftest import EACH, postgres_engine, sqlite_engine, store_of
from tests.store.worlds import FORM, Store, make

__all__ = ["postgres_engine", "sqlite_engine"]
VALUED = [
    pytest.param(name, row, id=f"{name}-{at}")
    for name, rows in TABLE.items()
    for at, row in enumerate(rows)
    if row.values
]
OPERATORS = {
    Kind.TEXT: ["eq", "ne", "gt", "le", "in", "not_in", "contains", "not_contains", "starts", "empty", "not_empty"],
    Kind.NUMBER: ["eq", "ne", "gt", "ge", "lt", "le", "in", "not_in", "between", "empty", "not_empty"],
    Kind.TIME: ["eq", "ne", "gt", "ge", "lt", "le", "between", "empty", "not_empty"],
    Kind.BOOLEAN: ["eq", "ne", "in", "empty", "not_empty"],
    Kind.LIST: ["has_any", "has_all", "has_none", "eq", "ne", "empty", "not_empty"],
    Kind.ROWS: ["empty", "not_empty"],
}
LISTED = ("in", "not_in", "between", "has_any", "has_all", "has_none")


@pytest.fixture(params=EACH)
def store(request: pytest.FixtureRequest) -> Store:
    """Each of the three stores."""
    return store_of(request.param, request)


def filled(store: Store, values: list[Any]) -> str:
    """A workspace with a record for each value, and one without."""
    workspace = store.workspace()
    records = [make(str(at), {} if value is None else {"x": value}) for at, value in enumerate(values)]
    with store.world(workspace) as world:
        world.records.insert(records, [], {})
    return workspace


def questions(field: Field, values: list[Any]) -> Iterator[Condition]:
    """Every operator of the kind, about every value and about one that nobody holds."""
    asked = [part for value in values if value is not None for part in (value if isinstance(value, list) else [value])]
    plain = [one for one in asked if not isinstance(one, dict)] or ["nobody"]
    for op in OPERATORS[field.kind]:
        for one in (*plain, "nobody"):
            operand = [one, plain[0]] if op in LISTED else one
            yield Condition(field="x", op=op, value=operand)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "row"), VALUED)
def test_what_is_kept_is_found_sorted_and_grouped_alike(name: str, row: Row, store: Store) -> None:
    """The store answers as the reference in memory does."""
    field = field_of(name, row)
    values = [*(stored for _, stored, _ in row.values), None]
    columns = {"x": Column(str(field.kind), scale_of(field))}
    with store.world(filled(store, values)) as world:
        found = world.records.many(FORM, [str(at) for at in range(len(values))])
        assert [found[str(at)].values.get("x") for at in range(len(values))] == values
        for condition in questions(field, values):
            hits = {record.id for record in world.records.find(Query(FORM, columns, condition)).records}
            truth = {str(at) for at, one in enumerate(values) if matches(condition, {"x": one}, {"x": str(field.kind)})}
            assert hits == truth, condition
        if field.kind in (Kind.LIST, Kind.ROWS):
            return
        order = Order("x", False, ranks_of(field))
        ids = [record.id for record in world.records.find(Query(FORM, columns, orders=(order,))).records]
        assert ids == [record.id for record in in_memory(values, columns, order)]


def in_memory(values: list[Any], columns: dict[str, Column], order: Order) -> tuple[Any, ...]:
    """The same order by the reference."""
    reference = Store()
    with reference.world(filled(reference, values)) as world:
        return world.records.find(Query(FORM, columns, orders=(order,))).records


GROUPED = [param for param in VALUED if param.values[1].texts]  # type: ignore[union-attr]
"""Nobody groups by stored files."""


@pytest.mark.parametrize(("name", "row"), GROUPED)
def test_groups_hold_every_record(name: str, row: Row, store: Store) -> None:
    """Grouped by the value: as many as there are, blank among them."""
    field = field_of(name, row)
    values = [*(stored for _, stored, _ in row.values), None]
    columns = {"x": Column(str(field.kind), scale_of(field))}
    with store.world(filled(store, values)) as world:
        cells = world.records.group(Grouping(FORM, columns, by=(By("x"),), measures=(Sum("count"),)))
    counted = {json.dumps(key[0], ensure_ascii=False): int(count[0]) for key, count in cells}
    if field.kind in (Kind.LIST, Kind.ROWS):
        assert sum(counted.values()) >= len(values)
    else:
        assert counted == {json.dumps(value, ensure_ascii=False): values.count(value) for value in values}
