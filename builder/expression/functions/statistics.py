"""Functions over many values 统计函数: in lists, blanks, texts and truth values are passed over."""


from datetime import date, time
from decimal import Decimal
from typing import Any

from builder.expression.coerce import flat, is_blank, to_number
from builder.expression.criteria import criterion
from builder.expression.functions.text import union
from builder.expression.operators import compare
from builder.expression.table import group
from builder.expression.values import DIV, NA, NUM, VALUE, ZERO, Context, Fault, Value, decimal

statistics = group("statistics")


def numbers(values: tuple[Value, ...]) -> list[Decimal]:
    """The numbers among the arguments; a truth value counts only when given directly."""
    found: list[Decimal] = []
    for value in values:
        if isinstance(value, bool):
            found.append(to_number(value))
        else:
            found += [item for item in flat([value]) if isinstance(item, Decimal)]
    return found


def total(values: list[Decimal]) -> Decimal:
    """The sum, in the order given."""
    found = ZERO
    for value in values:
        found += value
    return decimal(found)


def mean(values: list[Decimal]) -> Decimal:
    """The average; of nothing there is none."""
    if not values:
        raise Fault(DIV, "no_numbers")
    return decimal(total(values) / len(values))


@statistics("SUM", "number:numbers*", "number", "求和。", "The sum.", ("SUM(1, 2, 3)", "6"), ("SUM(BLANK())", "0"), ("SUM(0.1, 0.2)", "0.3"))
def sum_(at: Context, *values: Value) -> Decimal:
    return total(numbers(values))


@statistics("AVERAGE", "number:numbers*", "number", "平均值，忽略空值。", "The average; blanks are skipped.", ("AVERAGE(2, BLANK(), 4)", "3"), ("AVERAGE(BLANK())", "#DIV/0!"))
def average(at: Context, *values: Value) -> Decimal:
    return mean(numbers(values))


@statistics("COUNT", "value:any*", "number", "数字、日期或行的个数。", "How many numbers, dates or rows there are.", ('COUNT(1, "a", BLANK(), 2)', "2"))
def count(at: Context, *values: Value) -> Decimal:
    return Decimal(sum(isinstance(value, Decimal | date | time | dict) for value in flat(values)))


@statistics("COUNTA", "value:any*", "number", "不为空的值的个数。", "How many values are not blank.", ('COUNTA(1, "a", BLANK())', "2"))
def counta(at: Context, *values: Value) -> Decimal:
    return Decimal(sum(not is_blank(value) for value in flat(values)))


@statistics("COUNTBLANK", "value:any*", "number", "空值的个数。", "How many values are blank.", ('COUNTBLANK(1, "", BLANK())', "2"))
def countblank(at: Context, *values: Value) -> Decimal:
    return Decimal(sum(map(is_blank, flat(values))))


def extreme(at: Context, values: tuple[Value, ...], sign: int) -> Value:
    """The least (`sign` -1) or greatest (1) number or date; 0 of nothing."""
    found: Value = None
    for value in flat(tuple(to_number(value) if isinstance(value, bool) else value for value in values)):
        if isinstance(value, Decimal | date | time):
            order = 0 if found is None else compare(value, found, at)
            if order is None:
                raise Fault(VALUE, "mixed_types")
            found = value if found is None or order == sign else found
    return ZERO if found is None else found


@statistics("MIN", "value:numbers*", "=1", "最小值，忽略空值。", "The least number or date; blanks are skipped.", ("MIN(3, BLANK(), 2)", "2"))
def min_(at: Context, *values: Value) -> Value:
    return extreme(at, values, -1)


@statistics("MAX", "value:numbers*", "=1", "最大值，忽略空值。", "The greatest number or date; blanks are skipped.", ("MAX(3, BLANK(), 2)", "3"))
def max_(at: Context, *values: Value) -> Value:
    return extreme(at, values, 1)


@statistics("PRODUCT", "number:numbers*", "number", "乘积，忽略空值。", "The product; blanks are skipped.", ("PRODUCT(2, 3, BLANK())", "6"))
def product(at: Context, *values: Value) -> Decimal:
    found = numbers(values)
    result = Decimal(1) if found else ZERO
    for value in found:
        result = decimal(result * value)
    return result


@statistics("SUMSQ", "number:numbers*", "number", "平方和。", "The sum of the squares.", ("SUMSQ(3, 4)", "25"))
def sumsq(at: Context, *values: Value) -> Decimal:
    return total([decimal(value * value) for value in numbers(values)])


@statistics("MEDIAN", "number:numbers*", "number", "中位数。", "The number in the middle.", ("MEDIAN(1, 9, 2)", "2"), ("MEDIAN(1, 2)", "1.5"))
def median(at: Context, *values: Value) -> Decimal:
    found = sorted(numbers(values))
    if not found:
        raise Fault(NUM, "no_numbers")
    middle = len(found) // 2
    return found[middle] if len(found) % 2 else decimal((found[middle - 1] + found[middle]) / 2)


@statistics("MODE", "number:numbers*", "number", "出现最多的数。", "The number that comes most often.", ("MODE(1, 2, 2, 3)", "2"), ("MODE(1, 2)", "#N/A"))
def mode(at: Context, *values: Value) -> Decimal:
    times: dict[Decimal, int] = {}
    for value in numbers(values):
        times[value] = times.get(value, 0) + 1
    best = max(times, key=lambda value: times[value], default=None)
    if best is None or times[best] < 2:
        raise Fault(NA, "nothing_fits")
    return best


def ranked(values: Value, place: Decimal, largest: bool) -> Decimal:
    """The number at a place when the numbers are sorted."""
    found = sorted(numbers((values,)), reverse=largest)
    if not 1 <= place <= len(found):
        raise Fault(NUM, "place_outside", place=str(place)[:20], count=len(found))
    return found[int(place) - 1]


@statistics("LARGE", "numbers:numbers place:number", "number", "第几大的数。", "The n-th greatest number.", ('LARGE(SPLIT("a", ","), 1)', "#NUM!"))
def large(at: Context, values: Value, place: Decimal) -> Decimal:
    return ranked(values, place, True)


@statistics("SMALL", "numbers:numbers place:number", "number", "第几小的数。", "The n-th least number.", ("SMALL(7, 1)", "7"))
def small(at: Context, values: Value, place: Decimal) -> Decimal:
    return ranked(values, place, False)


@statistics("RANK", "number:number numbers:numbers upwards:boolean?", "number", "数字在列表中的名次。", "The place of a number among others, the greatest first.", ("RANK(7, 7)", "1"))
def rank(at: Context, value: Decimal, values: Value, upwards: bool | None = None) -> Decimal:
    found = numbers((values,))
    if value not in found:
        raise Fault(NA, "nothing_fits")
    return Decimal(1 + sum(other < value if upwards else other > value for other in found))


def variance(values: list[Decimal], freedom: int) -> Decimal:
    """The mean square distance from the average, over the count less `freedom`."""
    if len(values) <= freedom:
        raise Fault(DIV, "no_numbers")
    middle = mean(values)
    return decimal(total([(value - middle) * (value - middle) for value in values]) / (len(values) - freedom))


@statistics("VAR", "number:numbers*", "number", "样本方差。", "The variance of a sample.", ("VAR(1, 2, 3)", "1"))
def var(at: Context, *values: Value) -> Decimal:
    return variance(numbers(values), 1)


@statistics("STDEV", "number:numbers*", "number", "样本标准差。", "The standard deviation of a sample.", ("STDEV(1, 2, 3)", "1"))
def stdev(at: Context, *values: Value) -> Decimal:
    return variance(numbers(values), 1).sqrt()


@statistics("STDEVP", "number:numbers*", "number", "总体标准差。", "The standard deviation of all.", ("STDEVP(2, 2)", "0"))
def stdevp(at: Context, *values: Value) -> Decimal:
    return variance(numbers(values), 0).sqrt()


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


@statistics("COUNTIF", "cells:list criterion:any", "number", "符合条件的值的个数。", "How many values meet a criterion.", ('COUNTIF(SPLIT("a,b,a", ","), "a")', "2"))
def countif(at: Context, cells: list[Value], wanted: Value) -> Decimal:
    return Decimal(len(chosen(at, cells, (cells, wanted))))


@statistics("COUNTIFS", "cells:list* criterion:any*", "number", "同时符合各条件的个数。", "How many places meet every criterion.", ('COUNTIFS(SPLIT("a,b", ","), "a", SPLIT("x,y", ","), "x")', "1"))
def countifs(at: Context, *criteria: Any) -> Decimal:
    return Decimal(len(chosen(at, criteria[0], paired(criteria))))


def paired(criteria: tuple[Any, ...]) -> tuple[Any, ...]:
    """The lists and criteria, if they come in pairs."""
    if len(criteria) % 2:
        raise Fault(VALUE, "criterion_missing")
    return criteria


@statistics("SUMIF", "cells:list criterion:any numbers:list?", "number", "对符合条件的值求和。", "The sum where a criterion holds.", ('SUMIF(5, ">3")', "5"), ('SUMIF(2, ">3")', "0"))
def sumif(at: Context, cells: list[Value], wanted: Value, values: list[Value] | None = None) -> Decimal:
    return total(picked(at, cells, wanted, values))


@statistics("SUMIFS", "numbers:list cells:list* criterion:any*", "number", "对同时符合各条件的值求和。", "The sum where every criterion holds.", ('SUMIFS(5, "a", "a")', "5"))
def sumifs(at: Context, values: list[Value], *criteria: Any) -> Decimal:
    return total(numbers((chosen(at, values, paired(criteria)),)))


@statistics("AVERAGEIF", "cells:list criterion:any numbers:list?", "number", "符合条件的值的平均值。", "The average where a criterion holds.", ('AVERAGEIF(5, ">3")', "5"), ('AVERAGEIF(1, ">3")', "#DIV/0!"))
def averageif(at: Context, cells: list[Value], wanted: Value, values: list[Value] | None = None) -> Decimal:
    return mean(picked(at, cells, wanted, values))


@statistics("AVERAGEIFS", "numbers:list cells:list* criterion:any*", "number", "同时符合各条件的值的平均值。", "The average where every criterion holds.", ('AVERAGEIFS(5, "a", "a")', "5"))
def averageifs(at: Context, values: list[Value], *criteria: Any) -> Decimal:
    return mean(numbers((chosen(at, values, paired(criteria)),)))


@statistics("MAXIFS", "values:list cells:list* criterion:any*", "=1", "同时符合各条件的最大值。", "The greatest value where every criterion holds.", ('MAXIFS(5, "a", "a")', "5"))
def maxifs(at: Context, values: list[Value], *criteria: Any) -> Value:
    return extreme(at, (chosen(at, values, paired(criteria)),), 1)


@statistics("MINIFS", "values:list cells:list* criterion:any*", "=1", "同时符合各条件的最小值。", "The least value where every criterion holds.", ('MINIFS(5, "a", "b")', "0"))
def minifs(at: Context, values: list[Value], *criteria: Any) -> Value:
    return extreme(at, (chosen(at, values, paired(criteria)),), -1)


@statistics("SUMPRODUCT", "numbers:list*", "number", "对应项相乘后求和。", "The sum of the products, place by place.", ("SUMPRODUCT(2, 3)", "6"))
def sumproduct(at: Context, *lists: list[Value]) -> Decimal:
    if len({len(one) for one in lists}) > 1:
        raise Fault(VALUE, "lists_differ", left=len(lists[0]), right=next(len(one) for one in lists if len(one) != len(lists[0])))
    found = ZERO
    for row in zip(*lists, strict=True):
        term = Decimal(1)
        for cell in row:
            term = decimal(term * (cell if isinstance(cell, Decimal) else ZERO))
        found = decimal(found + term)
    return found


@statistics("UNIQUE", "values:list", "=1", "去重后的列表。", "The items of a list, each once.", ('JOIN(UNIQUE(SPLIT("a,b,a", ",")), "")', '"ab"'))
def unique(at: Context, values: list[Value]) -> list[Value]:
    return union(at, values)


@statistics("COUNTUNIQUE", "value:any*", "number", "不同的值的个数，忽略空值。", "How many different values there are; blanks are skipped.", ("COUNTUNIQUE(1, 2, 1)", "2"))
def countunique(at: Context, *values: Value) -> Decimal:
    return Decimal(len(union(at, flat(values))))


@statistics("INDEX", "values:list place:number", "=1", "列表中的第几项。", "The item of a list at a place, from 1; from the end when negative.", ('INDEX(SPLIT("a,b", ","), -1)', '"b"'), ("INDEX(5, 2)", "#REF!"))
def index(at: Context, values: list[Value], place: Decimal) -> Value:
    if not 1 <= abs(place) < len(values) + 1:
        raise Fault("#REF!", "place_outside", place=str(place)[:20], count=len(values))
    return values[int(place) - 1 if place > 0 else int(place)]


@statistics("FIRST", "values:list", "=1", "列表中第一个不为空的值。", "The first value of a list that is not blank.", ('FIRST(SPLIT("a,b", ","))', '"a"'))
def first(at: Context, values: list[Value]) -> Value:
    return next((value for value in values if not is_blank(value)), None)


@statistics("LAST", "values:list", "=1", "列表中最后一个不为空的值。", "The last value of a list that is not blank.", ('LAST(SPLIT("a,b", ","))', '"b"'))
def last(at: Context, values: list[Value]) -> Value:
    return first(at, values[::-1])


