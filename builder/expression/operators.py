"""What + - * / ^ & and the comparisons do 运算符, with lists taken item by item."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from builder.expression.coerce import kind, read_number, refuse, to_instant, to_number, to_text
from builder.expression.dates import read_moment
from builder.expression.values import (
    DIV,
    NUM,
    VALUE,
    WIDE,
    Context,
    Fault,
    Value,
    clock,
    days,
    decimal,
    seconds,
    span,
)

MAX_TEXT = 1_000_000
Moment = TypeVar("Moment", date, datetime)


def apply(sign: str, left: Value, right: Value, at: Context) -> Value:
    """The value of `left sign right`; raises `Fault`."""
    if isinstance(left, list) or isinstance(right, list):
        _bound(left, right)
        return [apply(sign, one, other, at) for one, other in _pairs(left, right)]
    return OPERATIONS[sign](left, right, at)


def _pairs(left: Value, right: Value) -> list[tuple[Value, Value]]:
    if not isinstance(left, list):
        return [(left, item) for item in right]  # type: ignore[union-attr]
    if not isinstance(right, list):
        return [(item, right) for item in left]
    if len(left) != len(right):
        raise Fault(VALUE, "lists_differ", left=len(left), right=len(right))
    return list(zip(left, right, strict=True))


def _bound(left: Value, right: Value) -> None:
    for items, text in ((left, right), (right, left)):
        if isinstance(items, list) and isinstance(text, str) and len(items) * len(text) > MAX_TEXT:
            raise Fault(VALUE, "result_too_large", limit=MAX_TEXT)


def negate(value: Value) -> Value:
    """The value with the opposite sign."""
    return [negate(item) for item in value] if isinstance(value, list) else decimal(-to_number(value))


def percent(value: Value) -> Value:
    """A hundredth of the value."""
    return [percent(item) for item in value] if isinstance(value, list) else decimal(to_number(value).scaleb(-2))


def add(left: Value, right: Value, at: Context) -> Value:
    """The sum; a date and a number give the day so many days later."""
    if isinstance(left, date | time) or isinstance(right, date | time):
        if isinstance(right, date) or (isinstance(right, time) and not isinstance(left, date)):
            left, right = right, left
        return _later(left, right, 1, at)
    return decimal(to_number(left) + to_number(right))


def subtract(left: Value, right: Value, at: Context) -> Value:
    """The difference; of two dates, in days."""
    if isinstance(left, date | time) and isinstance(right, str):
        right = _timely(right, at)
    if isinstance(right, date | time):
        return _between(left, right, at)
    if isinstance(left, date | time):
        return _later(left, right, -1, at)
    return decimal(to_number(left) - to_number(right))


def _timely(text: str, at: Context) -> Value:
    number = read_number(text)
    return read_moment(text, at) if number is None else number


def _later(moment: Value, length: Value, sign: int, at: Context) -> Value:
    if isinstance(length, datetime) or (isinstance(length, date) and not isinstance(length, datetime)):
        raise refuse(length, "number")
    if isinstance(length, time):
        step = timedelta(seconds=sign * seconds(length))
        if isinstance(moment, time):
            return clock(seconds(moment) + sign * seconds(length))
        return moved(to_instant(moment, at), step)
    amount = to_number(length)
    step = span(amount * sign)
    if isinstance(moment, time):
        return clock(seconds(moment) + step // timedelta(seconds=1))
    if isinstance(moment, datetime) or amount != amount.to_integral_value():
        return moved(to_instant(moment, at), step)
    return moved(moment, step)  # type: ignore[type-var]


def moved(moment: Moment, step: timedelta) -> Moment:
    """The moment so much later; raises `Fault` outside the years 1 to 9999."""
    try:
        return moment + step
    except OverflowError:
        raise Fault(NUM, "date_out_of_range") from None


def _between(left: Value, right: date | time, at: Context) -> Value:
    if left is None:
        return None
    if isinstance(left, str):
        left = read_moment(left, at)
    if isinstance(left, time) and isinstance(right, time):
        return days(timedelta(seconds=seconds(left) - seconds(right)))
    if isinstance(left, time) or isinstance(right, time) or not isinstance(left, date):
        raise refuse(left, kind(right))
    if isinstance(left, datetime) or isinstance(right, datetime):
        return days(to_instant(left, at) - to_instant(right, at))
    return Decimal((left - right).days)


def multiply(left: Value, right: Value, at: Context) -> Value:
    """The product."""
    return decimal(to_number(left) * to_number(right))


def divide(left: Value, right: Value, at: Context) -> Value:
    """The quotient to 34 digits."""
    dividend, divisor = to_number(left), to_number(right)
    if divisor == 0:
        raise Fault(DIV, "division_by_zero")
    return decimal(dividend / divisor)


def power(left: Value, right: Value, at: Context | None = None) -> Value:
    """`left` to the power of `right`."""
    base, exponent = to_number(left), to_number(right)
    if base == 0:
        if exponent < 0:
            raise Fault(DIV, "division_by_zero")
        if exponent == 0:
            raise Fault(NUM, "no_such_number")
        return base
    if base < 0 and exponent != exponent.to_integral_value():
        raise Fault(NUM, "no_such_number")
    if exponent == 0 or base == 1:
        return Decimal(1)
    if abs(exponent) * abs(base.copy_abs().log10(WIDE)) > 400:
        raise Fault(NUM, "number_out_of_range")
    return decimal(WIDE.power(base, exponent))


def join(left: Value, right: Value, at: Context) -> Value:
    """The two as one text."""
    text = to_text(left, at) + to_text(right, at)
    if len(text) > MAX_TEXT:
        raise Fault(VALUE, "result_too_large", limit=MAX_TEXT)
    return text


BLANKS: dict[str, Any] = {"number": Decimal(0), "text": "", "boolean": False}


def compare(left: Value, right: Value, at: Context) -> int | None:
    """-1, 0 or 1; None when the two cannot be put in an order. Blank takes the other's blank; before every date."""
    if left is None and right is None:
        return 0
    if left is None or right is None:
        present = right if left is None else left
        if kind(present) not in BLANKS:
            return -1 if left is None else 1
        left = BLANKS[kind(present)] if left is None else left
        right = BLANKS[kind(present)] if right is None else right
    left, right = _alike(left, right, at)
    if isinstance(left, date) and isinstance(right, date):
        if isinstance(left, datetime) or isinstance(right, datetime):
            left, right = to_instant(left, at), to_instant(right, at)
        return (left > right) - (left < right)
    if kind(left) != kind(right) or kind(left) in ("any", "list"):
        return None
    return (left > right) - (left < right)  # type: ignore[operator]


def _alike(left: Value, right: Value, at: Context) -> tuple[Value, Value]:
    try:
        if isinstance(left, str) and isinstance(right, date | time):
            return read_moment(left, at), right
        if isinstance(right, str) and isinstance(left, date | time):
            return left, read_moment(right, at)
    except Fault:
        return left, right
    return left, right


def equal(left: Value, right: Value, at: Context) -> bool:
    """Whether the two are the same; values of different types never are."""
    return compare(left, right, at) == 0


def _ordered(test: Callable[[int], bool]) -> Callable[[Value, Value, Context], Value]:
    def ordered(left: Value, right: Value, at: Context) -> Value:
        found = compare(left, right, at)
        if found is None:
            raise Fault(VALUE, "not_comparable", type=kind(left), wanted=kind(right))
        return test(found)

    return ordered


OPERATIONS: dict[str, Callable[[Value, Value, Context], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "^": power,
    "&": join,
    "=": equal,
    "<>": lambda left, right, at: not equal(left, right, at),
    "<": _ordered(lambda found: found < 0),
    "<=": _ordered(lambda found: found <= 0),
    ">": _ordered(lambda found: found > 0),
    ">=": _ordered(lambda found: found >= 0),
}
