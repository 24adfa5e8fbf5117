"""Functions over many values 统计函数: in lists, blanks, texts and truth values are passed over."""

from datetime import date, time
from decimal import Decimal

from builder.expression.coerce import flat, is_blank, to_number
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


@statistics(
    "SUM",
    "number:numbers*",
    "number",
    "求和。",
    "The sum.",
    ("SUM(1, 2, 3)", "6"),
    ("SUM(BLANK())", "0"),
    ("SUM(0.1, 0.2)", "0.3"),
)
def sum_(at: Context, *values: Value) -> Decimal:
    return total(numbers(values))


@statistics(
    "AVERAGE",
    "number:numbers*",
    "number",
    "平均值，忽略空值。",
    "The average; blanks are skipped.",
    ("AVERAGE(2, BLANK(), 4)", "3"),
    ("AVERAGE(BLANK())", "#DIV/0!"),
)
def average(at: Context, *values: Value) -> Decimal:
    return mean(numbers(values))


@statistics(
    "COUNT",
    "value:any*",
    "number",
    "数字、日期或行的个数。",
    "How many numbers, dates or rows there are.",
    ('COUNT(1, "a", BLANK(), 2)', "2"),
)
def count(at: Context, *values: Value) -> Decimal:
    return Decimal(sum(isinstance(value, Decimal | date | time | dict) for value in flat(values)))


@statistics(
    "COUNTA",
    "value:any*",
    "number",
    "不为空的值的个数。",
    "How many values are not blank.",
    ('COUNTA(1, "a", BLANK())', "2"),
)
def counta(at: Context, *values: Value) -> Decimal:
    return Decimal(sum(not is_blank(value) for value in flat(values)))


@statistics(
    "COUNTBLANK",
    "value:any*",
    "number",
    "空值的个数。",
    "How many values are blank.",
    ('COUNTBLANK(1, "", BLANK())', "2"),
)
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


@statistics(
    "MIN",
    "value:numbers*",
    "=1",
    "最小值，忽略空值。",
    "The least number or date; blanks are skipped.",
    ("MIN(3, BLANK(), 2)", "2"),
)
def min_(at: Context, *values: Value) -> Value:
    return extreme(at, values, -1)


@statistics(
    "MAX",
    "value:numbers*",
    "=1",
    "最大值，忽略空值。",
    "The greatest number or date; blanks are skipped.",
    ("MAX(3, BLANK(), 2)", "3"),
)
def max_(at: Context, *values: Value) -> Value:
    return extreme(at, values, 1)


@statistics(
    "PRODUCT",
    "number:numbers*",
    "number",
    "乘积，忽略空值。",
    "The product; blanks are skipped.",
    ("PRODUCT(2, 3, BLANK())", "6"),
)
def product(at: Context, *values: Value) -> Decimal:
    found = numbers(values)
    result = Decimal(1) if found else ZERO
    for value in found:
        result = decimal(result * value)
    return result


@statistics("SUMSQ", "number:numbers*", "number", "平方和。", "The sum of the squares.", ("SUMSQ(3, 4)", "25"))
def sumsq(at: Context, *values: Value) -> Decimal:
    return total([decimal(value * value) for value in numbers(values)])


@statistics(
    "MEDIAN",
    "number:numbers*",
    "number",
    "中位数。",
    "The number in the middle.",
    ("MEDIAN(1, 9, 2)", "2"),
    ("MEDIAN(1, 2)", "1.5"),
)
def median(at: Context, *values: Value) -> Decimal:
    found = sorted(numbers(values))
    if not found:
        raise Fault(NUM, "no_numbers")
    middle = len(found) // 2
    return found[middle] if len(found) % 2 else decimal((found[middle - 1] + found[middle]) / 2)


@statistics(
    "MODE",
    "number:numbers*",
    "number",
    "出现最多的数。",
    "The number that comes most often.",
    ("MODE(1, 2, 2, 3)", "2"),
    ("MODE(1, 2)", "#N/A"),
)
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


@statistics(
    "LARGE",
    "numbers:numbers place:number",
    "number",
    "第几大的数。",
    "The n-th greatest number.",
    ('LARGE(SPLIT("a", ","), 1)', "#NUM!"),
)
def large(at: Context, values: Value, place: Decimal) -> Decimal:
    return ranked(values, place, True)


@statistics(
    "SMALL", "numbers:numbers place:number", "number", "第几小的数。", "The n-th least number.", ("SMALL(7, 1)", "7")
)
def small(at: Context, values: Value, place: Decimal) -> Decimal:
    return ranked(values, place, False)


@statistics(
    "RANK",
    "number:number numbers:numbers upwards:boolean?",
    "number",
    "数字在列表中的名次。",
    "The place of a number among others, the greatest first.",
    ("RANK(7, 7)", "1"),
)
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


@statistics(
    "STDEV", "number:numbers*", "number", "样本标准差。", "The standard deviation of a sample.", ("STDEV(1, 2, 3)", "1")
)
def stdev(at: Context, *values: Value) -> Decimal:
    return variance(numbers(values), 1).sqrt()


@statistics(
    "STDEVP", "number:numbers*", "number", "总体标准差。", "The standard deviation of all.", ("STDEVP(2, 2)", "0")
)
def stdevp(at: Context, *values: Value) -> Decimal:
    return variance(numbers(values), 0).sqrt()


@statistics(
    "SUMPRODUCT",
    "numbers:list*",
    "number",
    "对应项相乘后求和。",
    "The sum of the products, place by place.",
    ("SUMPRODUCT(2, 3)", "6"),
)
def sumproduct(at: Context, *lists: list[Value]) -> Decimal:
    if len({len(one) for one in lists}) > 1:
        raise Fault(
            VALUE,
            "lists_differ",
            left=len(lists[0]),
            right=next(len(one) for one in lists if len(one) != len(lists[0])),
        )
    found = ZERO
    for row in zip(*lists, strict=True):
        term = Decimal(1)
        for cell in row:
            term = decimal(term * (cell if isinstance(cell, Decimal) else ZERO))
        found = decimal(found + term)
    return found
