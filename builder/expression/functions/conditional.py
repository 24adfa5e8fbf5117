"""Functions over those values that meet criteria 条件统计函数."""

from decimal import Decimal
from typing import Any

from builder.expression.criteria import criterion
from builder.expression.functions.statistics import extreme, mean, numbers, total
from builder.expression.table import group
from builder.expression.values import VALUE, Context, Fault, Value

statistics = group("statistics")


def chosen(at: Context, values: list[Value], criteria: tuple[Any, ...]) -> list[Value]:
    """The values at whose place every criterion holds; `criteria` are lists and criteria in turn."""
    kept = list(range(len(values)))
    for cells, wanted in zip(criteria[::2], criteria[1::2], strict=False):
        if len(cells) != len(values):
            raise Fault(VALUE, "lists_differ", left=len(cells), right=len(values))
        holds = criterion(wanted, at)
        kept = [index for index in kept if holds(cells[index])]
    return [values[index] for index in kept]


def picked(at: Context, cells: list[Value], wanted: Value, values: list[Value] | None) -> list[Decimal]:
    """The numbers beside the cells that meet a criterion."""
    return numbers((chosen(at, cells if values is None else values, (cells, wanted)),))


@statistics(
    "COUNTIF",
    "cells:list criterion:any",
    "number",
    "符合条件的值的个数。",
    "How many values meet a criterion.",
    ('COUNTIF(SPLIT("a,b,a", ","), "a")', "2"),
)
def countif(at: Context, cells: list[Value], wanted: Value) -> Decimal:
    return Decimal(len(chosen(at, cells, (cells, wanted))))


@statistics(
    "COUNTIFS",
    "cells:list* criterion:any*",
    "number",
    "同时符合各条件的个数。",
    "How many places meet every criterion.",
    ('COUNTIFS(SPLIT("a,b", ","), "a", SPLIT("x,y", ","), "x")', "1"),
)
def countifs(at: Context, *criteria: Any) -> Decimal:
    return Decimal(len(chosen(at, criteria[0], paired(criteria))))


def paired(criteria: tuple[Any, ...]) -> tuple[Any, ...]:
    """The lists and criteria, if they come in pairs."""
    if len(criteria) % 2:
        raise Fault(VALUE, "criterion_missing")
    return criteria


@statistics(
    "SUMIF",
    "cells:list criterion:any numbers:list?",
    "number",
    "对符合条件的值求和。",
    "The sum where a criterion holds.",
    ('SUMIF(5, ">3")', "5"),
    ('SUMIF(2, ">3")', "0"),
)
def sumif(at: Context, cells: list[Value], wanted: Value, values: list[Value] | None = None) -> Decimal:
    return total(picked(at, cells, wanted, values))


@statistics(
    "SUMIFS",
    "numbers:list cells:list* criterion:any*",
    "number",
    "对同时符合各条件的值求和。",
    "The sum where every criterion holds.",
    ('SUMIFS(5, "a", "a")', "5"),
)
def sumifs(at: Context, values: list[Value], *criteria: Any) -> Decimal:
    return total(numbers((chosen(at, values, paired(criteria)),)))


@statistics(
    "AVERAGEIF",
    "cells:list criterion:any numbers:list?",
    "number",
    "符合条件的值的平均值。",
    "The average where a criterion holds.",
    ('AVERAGEIF(5, ">3")', "5"),
    ('AVERAGEIF(1, ">3")', "#DIV/0!"),
)
def averageif(at: Context, cells: list[Value], wanted: Value, values: list[Value] | None = None) -> Decimal:
    return mean(picked(at, cells, wanted, values))


@statistics(
    "AVERAGEIFS",
    "numbers:list cells:list* criterion:any*",
    "number",
    "同时符合各条件的值的平均值。",
    "The average where every criterion holds.",
    ('AVERAGEIFS(5, "a", "a")', "5"),
)
def averageifs(at: Context, values: list[Value], *criteria: Any) -> Decimal:
    return mean(numbers((chosen(at, values, paired(criteria)),)))


@statistics(
    "MAXIFS",
    "values:list cells:list* criterion:any*",
    "=1",
    "同时符合各条件的最大值。",
    "The greatest value where every criterion holds.",
    ('MAXIFS(5, "a", "a")', "5"),
)
def maxifs(at: Context, values: list[Value], *criteria: Any) -> Value:
    return extreme(at, (chosen(at, values, paired(criteria)),), 1)


@statistics(
    "MINIFS",
    "values:list cells:list* criterion:any*",
    "=1",
    "同时符合各条件的最小值。",
    "The least value where every criterion holds.",
    ('MINIFS(5, "a", "b")', "0"),
)
def minifs(at: Context, values: list[Value], *criteria: Any) -> Value:
    return extreme(at, (chosen(at, values, paired(criteria)),), -1)
