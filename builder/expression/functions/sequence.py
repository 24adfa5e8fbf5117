"""Functions over lists 列表函数: their items, each once or by place."""

from decimal import Decimal

from builder.expression.coerce import flat, is_blank
from builder.expression.functions.text import union
from builder.expression.table import group
from builder.expression.values import Context, Fault, Value

statistics = group("statistics")


@statistics(
    "UNIQUE",
    "values:list",
    "=1",
    "去重后的列表。",
    "The items of a list, each once.",
    ('JOIN(UNIQUE(SPLIT("a,b,a", ",")), "")', '"ab"'),
)
def unique(at: Context, values: list[Value]) -> list[Value]:
    return union(at, values)


@statistics(
    "COUNTUNIQUE",
    "value:any*",
    "number",
    "不同的值的个数，忽略空值。",
    "How many different values there are; blanks are skipped.",
    ("COUNTUNIQUE(1, 2, 1)", "2"),
)
def countunique(at: Context, *values: Value) -> Decimal:
    return Decimal(len(union(at, flat(values))))


@statistics(
    "INDEX",
    "values:list place:number",
    "=1",
    "列表中的第几项。",
    "The item of a list at a place, from 1; from the end when negative.",
    ('INDEX(SPLIT("a,b", ","), -1)', '"b"'),
    ("INDEX(5, 2)", "#REF!"),
)
def index(at: Context, values: list[Value], place: Decimal) -> Value:
    if not 1 <= abs(place) < len(values) + 1:
        raise Fault("#REF!", "place_outside", place=str(place)[:20], count=len(values))
    return values[int(place) - 1 if place > 0 else int(place)]


@statistics(
    "FIRST",
    "values:list",
    "=1",
    "列表中第一个不为空的值。",
    "The first value of a list that is not blank.",
    ('FIRST(SPLIT("a,b", ","))', '"a"'),
)
def first(at: Context, values: list[Value]) -> Value:
    return next((value for value in values if not is_blank(value)), None)


@statistics(
    "LAST",
    "values:list",
    "=1",
    "列表中最后一个不为空的值。",
    "The last value of a list that is not blank.",
    ('LAST(SPLIT("a,b", ","))', '"b"'),
)
def last(at: Context, values: list[Value]) -> Value:
    return first(at, values[::-1])
