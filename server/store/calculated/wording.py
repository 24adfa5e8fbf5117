"""Texts on PostgreSQL 文本的运算: compared by code points, counted by characters."""

from collections.abc import Callable

from sqlalchemy import (
    Integer,
    Numeric,
    Text,
    case,
    cast,
    collate,
    false,
    func,
    literal,
)

from builder.expression.pushed import Plan
from server.store.calculated.steps import (
    LONGEST,
    NUM,
    SHOWN,
    VALUE,
    WORKS,
    Calculated,
    Sql,
    Step,
    Work,
    first,
    power,
)


def _text_of(change: Callable[..., Sql]) -> Work:
    return lambda at, plan, parts: at.done(plan, change(at, *(part.value for part in parts)), *parts)


def _from_number(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    value = parts[0].value
    short = at.shortened(value, SHOWN)
    whole = func.trunc(value) == value
    return at.done(plan, cast(func.trim_scale(case((whole, value), else_=short)), Text), *parts)


def _join(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    made = at.done(plan, func.concat(*(part.value for part in parts)), *parts)
    long = case((func.length(made.value) > LONGEST, literal(VALUE)))
    return at.fenced("text", made.value, first([made.failure, long]))


def _piece(work: str) -> Work:
    def made(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
        text, counts = parts[0], parts[1:] or [Step("number", cast(literal("1"), Numeric))]
        least = (1, 0) if work == "mid" else (0,)
        wrong = [case((func.abs(one.value) >= power(15), literal(NUM)), (func.trunc(one.value) < low, literal(VALUE)))
                 for one, low in zip(counts, least, strict=True)]  # fmt: skip
        numbers = [cast(func.least(func.greatest(func.trunc(one.value), 0), LONGEST), Integer) for one in counts]
        taken = PIECES[work](text.value, *numbers)
        return at.done(plan, taken, text, *counts, own=first(list(wrong)))

    return made


PIECES: dict[str, Callable[..., Sql]] = {
    "left": func.left, "right": func.right,
    "mid": lambda text, start, count: func.substr(text, func.greatest(start, 1), count),
}  # fmt: skip


WORKS.update({
    "join": _join, "from_number": _from_number,
    "from_date": _text_of(lambda at, value: func.to_char(value, "YYYY-MM-DD")),
    "from_datetime": _text_of(
        lambda at, value: func.to_char(func.timezone(at.timezone, value), "YYYY-MM-DD HH24:MI:SS")
    ),
    "length": _text_of(lambda at, text: func.length(text)),
    "trim": _text_of(lambda at, text: func.regexp_replace(func.btrim(text, " "), " +", " ", "g")),
    "exact": _text_of(lambda at, one, other: collate(one, "C") == other),
    "starts_with": _text_of(lambda at, text, piece: func.starts_with(text, piece)),
    "substitute": _text_of(lambda at, text, old, new: func.replace(text, old, new)),
    "contains": _text_of(
        lambda at, text, piece: case(
            (text.is_(None), false()), (piece.is_(None), text == ""), else_=func.strpos(text, piece) > 0
        )
    ),
    "left": _piece("left"), "right": _piece("right"), "mid": _piece("mid"),
})  # fmt: skip
