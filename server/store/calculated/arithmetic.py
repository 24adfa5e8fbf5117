"""Numbers on PostgreSQL 数的运算: exact, then brought to 34 digits, half to even."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

from sqlalchemy import (
    Integer,
    Numeric,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
)

from builder.expression.functions.integer import fact
from builder.expression.planned import Plan
from builder.expression.values import DECIMAL, Context
from server.store.calculated.steps import (
    DIV,
    NUM,
    WIDE,
    WORKS,
    Calculated,
    Sql,
    Step,
    Work,
    first,
    power,
)


def _sum_of(operate: Callable[[Sql, Sql], Sql]) -> Work:
    return lambda at, plan, parts: at.exact(plan, operate(parts[0].value, parts[1].value), *parts)


def _divide(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return at.exact(plan, _quotient(parts[0].value, parts[1].value), *parts, own=_none(parts[1].value))


def _quotient(dividend: Sql, divisor: Sql) -> Sql:
    return case((divisor != 0, func.round(dividend, WIDE) / divisor))


def _none(divisor: Sql) -> Sql:
    return case((divisor == 0, literal(DIV)))


def _mod(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    value, divisor = parts[0].value, parts[1].value
    return at.exact(plan, value - func.floor(_quotient(value, divisor)) * divisor, *parts, own=_none(divisor))


def _whole_quotient(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    value, divisor = parts[0].value, parts[1].value
    return at.exact(plan, func.trunc(_quotient(value, divisor)), *parts, own=_none(divisor))


def _of_one(change: Callable[[Sql, Any], Sql]) -> Work:
    return lambda at, plan, parts: at.exact(plan, change(parts[0].value, plan.value), parts[0])


def _round_up(value: Sql, places: int) -> Sql:
    cut = func.trunc(value, places)
    return case((cut == value, value), else_=cut + func.sign(value) * power(-places))


def _sum(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    total: Sql = cast(literal("0"), Numeric)
    for part in parts:
        total = total + func.coalesce(part.value, 0)
    return at.exact(plan, total, *parts)


def _held(parts: list[Step]) -> Sql:
    count: Sql = cast(literal("0"), Numeric)
    for part in parts:
        count = count + case((part.value.is_(None), 0), else_=1)
    return count


def _count(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return at.done(plan, _held(parts), *parts)


def _extreme(name: str) -> Work:
    def made(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
        chosen = getattr(func, name)(*(part.value for part in parts)) if parts else literal(0)
        return at.done(plan, func.coalesce(chosen, 0), *parts)

    return made


def _even(value: Sql, _: Any) -> Sql:
    return _away(value * HALF) * 2


def _odd(value: Sql, _: Any) -> Sql:
    steps = _away(func.greatest(func.abs(value) - 1, 0) * HALF)
    return (steps * 2 + 1) * case((value < 0, -1), else_=1)


def _away(value: Sql) -> Sql:
    cut = func.trunc(value)
    return case((cut == value, cut), else_=cut + func.sign(value))


def _parity(wanted: int) -> Work:
    def made(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
        value = parts[0].value
        huge = case((func.abs(value) >= power(15), literal(NUM)))
        return at.done(plan, func.abs(func.mod(func.trunc(value), 2)) == wanted, *parts, own=huge)

    return made


def _stepped(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    value, step = parts[0].value, parts[1].value
    steps = STEPPED[plan.value](_quotient(value, step))
    if plan.value == "nearest":
        wrong = case((and_(value != 0, step != 0, func.sign(value) != func.sign(step)), literal(NUM)))
    else:
        wrong = case((and_(value > 0, step < 0), literal(NUM)))
    none = case((and_(step == 0, value != 0), literal(DIV))) if plan.value == "floor" else None
    return at.exact(plan, case((or_(value == 0, step == 0), 0), else_=steps * step), *parts, own=first([none, wrong]))


STEPPED: dict[str, Callable[[Sql], Sql]] = {
    "ceiling": func.ceil, "floor": func.floor, "nearest": func.round,
}  # fmt: skip


def _raised(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    """A small whole power, multiplied out so that it is exact."""
    value, times = parts[0].value, plan.value
    if times == 0:
        return at.done(plan, literal(1), parts[0], own=case((value == 0, literal(NUM))))
    found = value
    for _ in range(times - 1):
        found = found * value
    far = Decimal(10) ** (Decimal(400) / times)
    wrong = case((or_(func.abs(value) > far, and_(value != 0, func.abs(value) < 1 / far)), literal(NUM)))
    return at.exact(plan, found, parts[0], own=wrong)


def _inexact(least: str, reckon: Callable[[Sql], Sql]) -> Work:
    """A function whose outcome has no end: reckoned to more digits than are kept."""

    def made(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
        value = parts[0].value
        fine = value > 0 if least == "positive" else value >= 0
        return at.exact(plan, case((fine, reckon(value))), *parts, own=case((~fine, literal(NUM))))

    return made


def _fine(value: Sql) -> Sql:
    """A number with so many digits behind the point that what is reckoned from it has enough of them."""
    return case((func.abs(value) >= power(-20), func.round(value, 80)), else_=func.round(value, 400))


def _exp(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    value = parts[0].value
    size = func.exp(func.round(func.least(func.abs(value), 700), 60))
    found = case((value < -700, 0), (value < 0, func.round(1, 400) / size), else_=size)
    return at.exact(plan, found, *parts, own=case((value > 700, literal(NUM))))


def _log(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    value, base = parts[0].value, parts[1].value
    own = case((base <= 0, literal(NUM)), (base == 1, literal(DIV)), (value <= 0, literal(NUM)))
    there = and_(value > 0, base > 0, base != 1)
    to_ten = case((and_(base.is_(None), value > 0), func.log(_fine(value))))
    return at.exact(plan, case((there, func.ln(_fine(value)) / func.ln(_fine(base))), else_=to_ten), *parts, own=own)


def _factorial(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    value = parts[0].value
    inside = and_(value >= 0, value < LARGEST + 1)
    text = func.split_part(literal(FACTORIALS, Text()), ",", cast(func.trunc(value), Integer) + 1)
    found = case((inside, cast(text, Numeric)))
    return at.exact(plan, found, *parts, own=case((~inside, literal(NUM))))


LARGEST = 166
"""Whose factorial is still below 1e300."""
with localcontext(DECIMAL):
    FACTORIALS = ",".join(str(fact(Context(), Decimal(n))) for n in range(LARGEST + 1))
HALF = Decimal("0.5")
WORKS.update({
    "even": _of_one(_even), "odd": _of_one(_odd), "is_even": _parity(0), "is_odd": _parity(1), "stepped": _stepped,
    "power": _raised, "sqrt": _inexact("zero", lambda value: func.sqrt(_fine(value))), "exp": _exp, "log": _log,
    "ln": _inexact("positive", lambda value: func.ln(_fine(value))),
    "log10": _inexact("positive", lambda value: func.log(_fine(value))), "factorial": _factorial,
    "add": _sum_of(lambda a, b: a + b), "subtract": _sum_of(lambda a, b: a - b),
    "multiply": _sum_of(lambda a, b: a * b), "divide": _divide,
        "quotient": _whole_quotient, "mod": _mod,
    "negate": _of_one(lambda value, _: -value), "percent": _of_one(lambda value, _: value * Decimal("0.01")),
    "abs": _of_one(lambda value, _: func.abs(value)), "sign": _of_one(lambda value, _: func.sign(value)),
    "floor": _of_one(lambda value, _: func.floor(value)), "round": _of_one(lambda value, n: func.round(value, n)),
    "round_down": _of_one(lambda value, n: func.trunc(value, n)), "round_up": _of_one(_round_up),
    "sum": _sum, "count": _count, "least": _extreme("least"), "greatest": _extreme("greatest"),
})  # fmt: skip
