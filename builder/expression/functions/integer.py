"""Functions over whole numbers 整数函数."""

from decimal import Decimal
from math import gcd as divisor_of
from math import lcm as multiple_of

from builder.expression.coerce import flat, to_number, whole
from builder.expression.table import group
from builder.expression.values import NUM, Context, Fault, Value, decimal

number = group("number")


@number("FACT", "number:number", "number", "阶乘。", "The factorial.", ("FACT(5)", "120"), ("FACT(-1)", "#NUM!"))
def fact(at: Context, value: Decimal) -> Decimal:
    if not 0 <= value < 170:
        raise Fault(NUM, "no_such_number")
    product = Decimal(1)
    for factor in range(2, whole(value) + 1):
        product = decimal(product * factor)
    return product


def integers(values: tuple[Value, ...]) -> list[int]:
    """The arguments as integers, none below zero."""
    found = [whole(to_number(value)) for value in flat(values)]
    if min(found, default=0) < 0:
        raise Fault(NUM, "no_such_number")
    return found


@number("GCD", "number:numbers*", "number", "最大公约数。", "The greatest common divisor.", ("GCD(12, 18)", "6"))
def gcd(at: Context, *values: Value) -> Decimal:
    return Decimal(divisor_of(*integers(values)))


@number("LCM", "number:numbers*", "number", "最小公倍数。", "The least common multiple.", ("LCM(10, 4)", "20"))
def lcm(at: Context, *values: Value) -> Decimal:
    found = 1
    for value in integers(values):
        found = multiple_of(found, value)
        if found > 10**30:
            raise Fault(NUM, "number_out_of_range")
    return Decimal(found)


@number(
    "ISEVEN",
    "number:number",
    "boolean",
    "整数部分为偶数时为 TRUE。",
    "TRUE if the whole part is even.",
    ("ISEVEN(2)", "TRUE"),
)
def iseven(at: Context, value: Decimal) -> bool:
    return whole(value) % 2 == 0


@number(
    "ISODD",
    "number:number",
    "boolean",
    "整数部分为奇数时为 TRUE。",
    "TRUE if the whole part is odd.",
    ("ISODD(3)", "TRUE"),
)
def isodd(at: Context, value: Decimal) -> bool:
    return whole(value) % 2 == 1
