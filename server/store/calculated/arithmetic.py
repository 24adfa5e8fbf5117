"""Numbers on PostgreSQL 数的运算: exact, then brought to 34 digits, half to even."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Numeric,
    case,
    cast,
    func,
    literal,
)

from builder.expression.pushed import Plan
from server.store.calculated.steps import (
    DIV,
    WIDE,
    WORKS,
    Calculated,
    Sql,
    Step,
    Work,
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


def _average(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    count = at.fenced("number", _held(parts)).value
    total = _sum(at, plan, parts)
    return at.exact(plan, _quotient(total.value, count), total, own=_none(count))


def _count(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return at.done(plan, _held(parts), *parts)


def _extreme(name: str) -> Work:
    def made(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
        chosen = getattr(func, name)(*(part.value for part in parts)) if parts else literal(0)
        return at.done(plan, func.coalesce(chosen, 0), *parts)

    return made


WORKS.update({
    "add": _sum_of(lambda a, b: a + b), "subtract": _sum_of(lambda a, b: a - b),
    "multiply": _sum_of(lambda a, b: a * b), "divide": _divide,
        "quotient": _whole_quotient, "mod": _mod,
    "negate": _of_one(lambda value, _: -value), "percent": _of_one(lambda value, _: value * Decimal("0.01")),
    "abs": _of_one(lambda value, _: func.abs(value)), "sign": _of_one(lambda value, _: func.sign(value)),
    "floor": _of_one(lambda value, _: func.floor(value)), "round": _of_one(lambda value, n: func.round(value, n)),
    "round_down": _of_one(lambda value, n: func.trunc(value, n)), "round_up": _of_one(_round_up),
    "sum": _sum, "average": _average, "count": _count, "least": _extreme("least"), "greatest": _extreme("greatest"),
})  # fmt: skip
