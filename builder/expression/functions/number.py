"""Functions over numbers 数学函数: exact where that is possible, else right to 34 digits."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from builder.expression.coerce import whole
from builder.expression.operators import power as raised
from builder.expression.table import group
from builder.expression.values import DIV, NUM, VALUE, WIDE, ZERO, Context, Fault, Value, decimal

number = group("number")
MOST_DIGITS = 400


def rounded(value: Decimal, digits: Decimal | None, mode: str) -> Decimal:
    """`value` rounded in a mode to so many digits after the point, or before it when negative."""
    places = 0 if digits is None else whole(digits)
    if places > MOST_DIGITS or value == 0:
        return value
    if places < -MOST_DIGITS:
        return _beyond() if mode == ROUND_UP else ZERO
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -places:
        return value
    return decimal(value.scaleb(places, WIDE).to_integral_value(mode).scaleb(-places, WIDE))


def _beyond() -> Decimal:
    raise Fault(NUM, "number_out_of_range")


@number(
    "ROUND",
    "number:number digits:number?",
    "number",
    "四舍五入（5 远离零）。",
    "Rounded, half away from zero.",
    ("ROUND(2.345, 2)", "2.35"),
    ("ROUND(-2.5)", "-3"),
    ("ROUND(1234, -2)", "1200"),
)
def round_(at: Context, value: Decimal, digits: Decimal | None = None) -> Decimal:
    return rounded(value, digits, ROUND_HALF_UP)


@number(
    "ROUNDUP",
    "number:number digits:number?",
    "number",
    "向远离零的方向舍入。",
    "Rounded away from zero.",
    ("ROUNDUP(3.14159, 3)", "3.142"),
    ("ROUNDUP(-1.1)", "-2"),
)
def roundup(at: Context, value: Decimal, digits: Decimal | None = None) -> Decimal:
    return rounded(value, digits, ROUND_UP)


@number(
    "ROUNDDOWN",
    "number:number digits:number?",
    "number",
    "向零的方向舍入。",
    "Rounded towards zero.",
    ("ROUNDDOWN(1.49, 1)", "1.4"),
    ("ROUNDDOWN(-1.7)", "-1"),
)
@number(
    "TRUNC",
    "number:number digits:number?",
    "number",
    "截去小数。",
    "With the further digits cut off.",
    ("TRUNC(-8.9)", "-8"),
    ("TRUNC(3.14159, 2)", "3.14"),
)
def rounddown(at: Context, value: Decimal, digits: Decimal | None = None) -> Decimal:
    return rounded(value, digits, ROUND_DOWN)


@number(
    "INT", "number:number", "number", "向下取整。", "The next integer below.", ("INT(1.7)", "1"), ("INT(-1.2)", "-2")
)
def int_(at: Context, value: Decimal) -> Decimal:
    return rounded(value, ZERO, ROUND_FLOOR)


@number("ABS", "number:number", "number", "绝对值。", "The size without the sign.", ("ABS(-2.5)", "2.5"))
def abs_(at: Context, value: Decimal) -> Decimal:
    return abs(value)


@number("SIGN", "number:number", "number", "正数为 1，零为 0，负数为 -1。", "1, 0 or -1: the sign.", ("SIGN(-3)", "-1"))
def sign(at: Context, value: Decimal) -> Decimal:
    return Decimal((value > 0) - (value < 0))


def quotient_of(value: Decimal, step: Decimal, mode: str) -> Decimal:
    """How many steps fit into the value, rounded in a mode; exact for what a form may hold."""
    return WIDE.divide(value, step).to_integral_value(mode)


@number(
    "CEILING",
    "number:number step:number?",
    "number",
    "向上舍入到步长的倍数。",
    "Rounded up to a multiple of the step.",
    ("CEILING(4.43, 2)", "6"),
    ("CEILING(-4.1, -2)", "-6"),
    ("CEILING(2.1)", "3"),
)
def ceiling(at: Context, value: Decimal, step: Decimal | None = None) -> Decimal:
    return _stepped(value, step, ROUND_CEILING)


@number(
    "FLOOR",
    "number:number step:number?",
    "number",
    "向下舍入到步长的倍数。",
    "Rounded down to a multiple of the step.",
    ("FLOOR(3.7, 2)", "2"),
    ("FLOOR(7.7, 0.24)", "7.68"),
)
def floor(at: Context, value: Decimal, step: Decimal | None = None) -> Decimal:
    if step is not None and step == 0 and value != 0:
        raise Fault(DIV, "division_by_zero")
    return _stepped(value, step, ROUND_FLOOR)


def _stepped(value: Decimal, step: Decimal | None, mode: str) -> Decimal:
    width = Decimal(1) if step is None else step
    if width == 0 or value == 0:
        return ZERO
    if value > 0 > width:
        raise Fault(NUM, "no_such_number")
    return decimal(quotient_of(value, width, mode) * width)


@number(
    "MROUND",
    "number:number step:number",
    "number",
    "舍入到最接近的倍数。",
    "Rounded to the nearest multiple.",
    ("MROUND(10, 3)", "9"),
    ("MROUND(-36, -6.5)", "-39"),
    ("MROUND(5, -2)", "#NUM!"),
)
def mround(at: Context, value: Decimal, step: Decimal) -> Decimal:
    if step == 0 or value == 0:
        return ZERO
    if (value > 0) != (step > 0):
        raise Fault(NUM, "no_such_number")
    return decimal(quotient_of(value, step, ROUND_HALF_UP) * step)


@number(
    "EVEN",
    "number:number",
    "number",
    "向远离零的方向取偶数。",
    "The next even integer away from zero.",
    ("EVEN(1.5)", "2"),
    ("EVEN(-1)", "-2"),
)
def even(at: Context, value: Decimal) -> Decimal:
    return decimal(quotient_of(value, Decimal(2), ROUND_UP) * 2)


@number(
    "ODD",
    "number:number",
    "number",
    "向远离零的方向取奇数。",
    "The next odd integer away from zero.",
    ("ODD(1.5)", "3"),
    ("ODD(0)", "1"),
    ("ODD(-2)", "-3"),
)
def odd(at: Context, value: Decimal) -> Decimal:
    side = -1 if value < 0 else 1
    return decimal((quotient_of((abs(value) - 1).max(ZERO), Decimal(2), ROUND_UP) * 2 + 1) * side)


@number(
    "MOD",
    "number:number divisor:number",
    "number",
    "余数，符号与除数相同。",
    "The remainder, with the sign of the divisor.",
    ("MOD(7, 3)", "1"),
    ("MOD(-7, 3)", "2"),
    ("MOD(1, 0)", "#DIV/0!"),
)
def mod(at: Context, value: Decimal, divisor: Decimal) -> Decimal:
    if divisor == 0:
        raise Fault(DIV, "division_by_zero")
    times = quotient_of(value, divisor, ROUND_FLOOR)
    return decimal(WIDE.subtract(value, WIDE.multiply(times, divisor)))


@number(
    "QUOTIENT",
    "number:number divisor:number",
    "number",
    "商的整数部分。",
    "The whole part of a quotient.",
    ("QUOTIENT(-10, 3)", "-3"),
    ("QUOTIENT(1, 0)", "#DIV/0!"),
)
def quotient(at: Context, value: Decimal, divisor: Decimal) -> Decimal:
    if divisor == 0:
        raise Fault(DIV, "division_by_zero")
    return decimal(quotient_of(value, divisor, ROUND_DOWN))


@number(
    "POWER",
    "number:number exponent:number",
    "number",
    "乘方。",
    "A number to a power.",
    ("POWER(2, 10)", "1024"),
    ("POWER(-8, 0.5)", "#NUM!"),
)
def power(at: Context, value: Decimal, exponent: Decimal) -> Value:
    return raised(value, exponent)


@number("SQRT", "number:number", "number", "平方根。", "The square root.", ("SQRT(16)", "4"), ("SQRT(-1)", "#NUM!"))
def sqrt(at: Context, value: Decimal) -> Decimal:
    if value < 0:
        raise Fault(NUM, "no_such_number")
    return decimal(value.sqrt())


@number("EXP", "number:number", "number", "e 的乘方。", "e to a power.", ("EXP(0)", "1"))
def exp(at: Context, value: Decimal) -> Decimal:
    if abs(value) > 700:
        if value < 0:
            return ZERO
        raise Fault(NUM, "number_out_of_range")
    return decimal(value.exp(WIDE))


def positive(value: Decimal) -> Decimal:
    """The value, if it has a logarithm."""
    if value <= 0:
        raise Fault(NUM, "no_such_number")
    return value


@number("LN", "number:number", "number", "自然对数。", "The natural logarithm.", ("LN(1)", "0"), ("LN(0)", "#NUM!"))
def ln(at: Context, value: Decimal) -> Decimal:
    return decimal(positive(value).ln(WIDE))


@number("LOG10", "number:number", "number", "以 10 为底的对数。", "The logarithm to base 10.", ("LOG10(1000)", "3"))
def log10(at: Context, value: Decimal) -> Decimal:
    return decimal(positive(value).log10(WIDE))


@number(
    "LOG",
    "number:number base:number?",
    "number",
    "对数，默认以 10 为底。",
    "The logarithm to a base, 10 if left out.",
    ("LOG(8, 2)", "3"),
    ("LOG(10)", "1"),
)
def log(at: Context, value: Decimal, base: Decimal | None = None) -> Decimal:
    if base is None:
        return log10(at, value)
    bottom = positive(base).ln(WIDE)
    if bottom == 0:
        raise Fault(DIV, "division_by_zero")
    return decimal(WIDE.divide(positive(value).ln(WIDE), bottom))


@number("RAND", "", "number", "0 到 1 之间的随机数。", "A number by chance, from 0 to below 1.", ("RAND() < 1", "TRUE"))
def rand(at: Context) -> Decimal:
    return decimal(chance(at)())


def chance(at: Context) -> Callable[[], Any]:
    """Where chance comes from; the world may refuse it."""
    if at.chance is None:
        raise Fault(VALUE, "no_chance_here")
    return at.chance


@number(
    "RANDBETWEEN",
    "least:number most:number",
    "number",
    "两个整数之间（含两端）的随机整数。",
    "A whole number by chance from the first to the second.",
    ("RANDBETWEEN(3, 3)", "3"),
    ("RANDBETWEEN(2, 1)", "#NUM!"),
)
def randbetween(at: Context, least: Decimal, most: Decimal) -> Decimal:
    low, high = whole(quotient_of(least, Decimal(1), ROUND_CEILING)), whole(quotient_of(most, Decimal(1), ROUND_FLOOR))
    if low > high:
        raise Fault(NUM, "bounds_swapped")
    return Decimal(low + int(Decimal(str(chance(at)())) * (high - low + 1)))
