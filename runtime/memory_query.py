"""Questions about records answered from a dict 查询: paths, order, pages and groups, as SQL answers them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cmp_to_key
from itertools import product
from typing import Any

from builder.access import SYSTEM_FIELDS
from builder.filter import comparable, matches
from builder.problem import invalid
from runtime.ports import Cell, Column, Grouping, Json, Order, Page, Query, Record, Sum
from runtime.units import average, cut, decimal_text, number_of, total

SortKey = Callable[[str], str]
Find = Callable[[str, str], Record | None]
Row = tuple[Record, Mapping[str, Json]]


def kinds(columns: Mapping[str, Column]) -> dict[str, str]:
    """Each column's storage kind."""
    return {**SYSTEM_FIELDS, **{name: column.kind for name, column in columns.items()}}


def seen(record: Record, columns: Mapping[str, Column], find: Find) -> dict[str, Json]:
    """The record's values as `columns` read them, paths through references among them."""
    values = record.seen()
    for name, column in columns.items():
        if column.through is not None:
            values[name] = _through(values, column, find)
    for name, column in columns.items():
        if column.calculation is not None:
            values[name] = column.calculation.of(values)
    return values


def _through(values: Mapping[str, Json], column: Column, find: Find) -> Json:
    way = column.through
    target = values.get(way.reference) if way else None
    other = find(way.form, target) if way and isinstance(target, str) else None
    if way is None or other is None or other.deleted_at is not None:
        return None
    theirs = seen(other, way.columns, find)
    return theirs.get(way.field) if matches(way.where, theirs, kinds(way.columns)) else None


def ordered(rows: Iterable[Row], query: Query, sort_key: SortKey) -> list[Row]:
    """The rows in the query's order: blanks last both ways, ids at the end in the direction of the last order."""
    orders = (*query.orders, Order("id", descending=bool(query.orders) and query.orders[-1].descending))

    def compare(one: Row, two: Row) -> int:
        for order in orders:
            column = _column(query.columns, order.field)
            left, right = (_rank(row[1].get(order.field), column, order, sort_key) for row in (one, two))
            if left != right:
                return _direction(left, right, order.descending)
        return 0

    return sorted(rows, key=cmp_to_key(compare))


def _direction(left: Any, right: Any, descending: bool) -> int:
    if left is None or right is None:
        return 1 if left is None else -1
    return (-1 if left < right else 1) * (-1 if descending else 1)


def _rank(value: Json, column: Column, order: Order, sort_key: SortKey) -> Any:
    if column.kind == "list":
        value = value[0] if value and isinstance(value, list) else None
    if value in (None, "") or column.kind == "rows":
        return None
    if order.ranks:
        text = str(value)
        return order.ranks.index(text) if text in order.ranks else len(order.ranks)
    return sort_key(str(value)) if _worded(order.field, column) else comparable(value, column.kind)


def _worded(field: str, column: Column) -> bool:
    """Whether it holds words of people, which sort by their collation key, and not an id of ours."""
    return column.kind == "text" and (column.through.field if column.through else field) not in SYSTEM_FIELDS


def paged(rows: Sequence[Row], query: Query) -> Page:
    """The page after the query's cursor."""
    start = 0
    if query.after:
        ids = [record.id for record, _ in rows]
        if query.after not in ids:
            raise invalid("bad_cursor", "after")
        start = ids.index(query.after) + 1
    page = tuple(record for record, _ in rows[start : start + query.limit])
    return Page(page, page[-1].id if page and start + query.limit < len(rows) else "")


def unfolded(records: Iterable[Row], rows: str) -> Iterable[Row]:
    """Each row that the records hold in a field, its columns as `rows.column` beside what its record holds."""
    for record, values in records:
        held = values.get(rows)
        for row in held if isinstance(held, list) else ():
            if isinstance(row, Mapping):
                yield record, {**values, **{f"{rows}.{column}": value for column, value in row.items()}}


def grouped(rows: Sequence[Row], grouping: Grouping, sort_key: SortKey) -> list[Cell]:
    """Groups and measures; a record with a list counts in the group of each of its entries."""
    groups: dict[tuple[Json, ...], list[Mapping[str, Json]]] = {} if grouping.by else {(): []}
    for _, values in rows:
        for keys in product(*(_keys(values.get(by.field), grouping, by.field, by.unit) for by in grouping.by)):
            groups.setdefault(keys, []).append(values)
    columns = [(by.field, _column(grouping.columns, by.field)) for by in grouping.by]

    def place(keys: tuple[Json, ...]) -> list[tuple[Any, ...]]:
        return [_place(*pair, sort_key) for pair in zip(keys, columns, strict=True)]

    first = sorted(groups, key=place)[: grouping.limit]
    return [(keys, tuple(_measure(sum, groups[keys], grouping) for sum in grouping.measures)) for keys in first]


def _column(columns: Mapping[str, Column], field: str) -> Column:
    return columns.get(field) or Column(SYSTEM_FIELDS.get(field, "text"))


def _keys(value: Json, grouping: Grouping, field: str, unit: str) -> Sequence[Json]:
    kind = _column(grouping.columns, field).kind
    if kind == "list":
        return list(dict.fromkeys(value)) if value and isinstance(value, list) else [None]
    if value in (None, "") or kind == "rows":
        return [None]
    if kind == "number":
        number = number_of(value)
        return [None if number is None else decimal_text(number)]
    if kind != "time":
        return [comparable(value, kind)]
    return [cut(value, unit, grouping.timezone) if isinstance(value, str) else None]


def _place(key: Json, column: tuple[str, Column], sort_key: SortKey) -> tuple[Any, ...]:
    if key is None:
        return (1,)
    if column[1].kind in ("number", "boolean"):
        return (0, comparable(key, column[1].kind))
    return (0, sort_key(str(key)) if _worded(*column) else "", str(key))


def _measure(measure: Sum, rows: Sequence[Mapping[str, Json]], grouping: Grouping) -> str | None:
    rows = [row for row in rows if matches(measure.where, row, kinds(grouping.columns))]
    if not measure.field:
        return str(len(rows))
    kind = _column(grouping.columns, measure.field).kind
    held = [row.get(measure.field) for row in rows if row.get(measure.field) not in (None, "", [])]
    if measure.operation == "count":
        return str(len(held))
    if kind == "number":
        return _of_numbers(measure.operation, [number for value in held if (number := number_of(value)) is not None])
    words = [str(value) for value in held if kind in ("text", "time")]
    return {"min": min, "max": max}[measure.operation](words) if words and measure.operation in ("min", "max") else None


def _of_numbers(operation: str, numbers: Sequence[Decimal]) -> str | None:
    if not numbers:
        return None
    if operation in ("min", "max"):
        return decimal_text(min(numbers) if operation == "min" else max(numbers))
    sum = total(numbers)
    return decimal_text(sum if operation == "sum" else average(sum, len(numbers)))
