"""Texts on PostgreSQL 文本的运算: compared by code points, counted by characters."""

import json
from collections.abc import Callable

from sqlalchemy import (
    DateTime,
    Integer,
    Numeric,
    Text,
    case,
    cast,
    collate,
    false,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from builder.expression.planned import Plan
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


def _counts(parts: list[Step], least: tuple[int, ...]) -> tuple[list[Sql], Sql | None]:
    """Counts and places as whole numbers that a database can take, and the failure of those that are none."""
    wrong = [
        case((func.abs(one.value) >= power(15), literal(NUM)), (func.trunc(one.value) < low, literal(VALUE)))
        for one, low in zip(parts, least, strict=True)
    ]
    whole: list[Sql] = [cast(func.least(func.greatest(func.trunc(one.value), 0), LONGEST), Integer) for one in parts]
    return whole, first(list(wrong))


def _replace(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    held, start, count, new = parts
    (place, length), wrong = _counts([start, count], (1, 0))
    behind = func.substr(held.value, func.greatest(place, 1) + length)
    made = func.concat(func.left(held.value, func.greatest(place, 1) - 1), new.value, behind)
    return at.done(plan, made, *parts, own=wrong)


def _rept(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    held, count = parts
    (times,), wrong = _counts([count], (0,))
    size = func.length(held.value) * func.trunc(count.value)
    long = case((size > LONGEST, literal(VALUE)))
    short = case((size <= LONGEST, func.repeat(held.value, times)))
    return at.done(plan, short, *parts, own=first([wrong, long]))


def _find(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    place = func.strpos(parts[1].value, parts[0].value)
    return at.done(plan, place, *parts, own=case((place == 0, literal(VALUE))))


def _search(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    """FIND without regard to capitals; every character keeps its place."""
    what, text = (func.translate(part.value, CAPITALS, SMALL) for part in parts)
    place = at.fenced("number", func.strpos(text, what)).value
    return at.done(plan, place, *parts, own=case((place == 0, literal(VALUE))))


def _cased(singles: tuple[str, str], several: dict[str, str]) -> Work:
    """Another case, one character after another, by the evaluator's own tables: no collation of a server's says it."""
    pattern = f"[{''.join(several)}]"

    def made(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
        text = parts[0].value
        plain = func.translate(text, *singles)
        each = (
            func.unnest(func.string_to_array(plain, null()))
            .table_valued("letter", with_ordinality="place")
            .render_derived()
        )
        other = func.coalesce(cast(literal(json.dumps(several)), JSONB).op("->>")(each.c.letter), each.c.letter)
        joined = func.string_agg(other, aggregate_order_by(literal(""), each.c.place))
        grown = select(joined).select_from(each).correlate_except(each).scalar_subquery()
        found = case((text.op("~")(pattern), grown), else_=plain)
        done = at.done(plan, found, *parts)
        long = case((func.length(done.value) > LONGEST, literal(VALUE)))
        return at.fenced("text", done.value, first([done.failure, long]))

    return made


def _table(change: Callable[[str], str]) -> tuple[tuple[str, str], dict[str, str]]:
    """The characters that have another case, with it; and those whose other case is several characters."""
    changed = {one: change(one) for one in map(chr, (*range(1, 0xD800), *range(0xE000, 0x20000))) if change(one) != one}
    single = {one: other for one, other in changed.items() if len(other) == 1}
    return ("".join(single), "".join(single.values())), {one: other for one, other in changed.items() if len(other) > 1}


def _small(character: str) -> str:
    return "σ" if character == "Σ" else character.lower()


CAPITALS = "".join(
    one for one in map(chr, (*range(0xD800), *range(0xE000, 0x20000))) if _small(one) != one and len(_small(one)) == 1
)
SMALL = "".join(map(_small, CAPITALS))


def _figures(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    """A number with a fixed count of digits after the point."""
    digits, commas, shift = plan.value
    number = at.fenced("number", func.round(parts[0].value * power(shift), digits)).value
    text = cast(func.abs(number), Text)
    whole, rest = func.split_part(text, ".", 1), func.substr(text, func.length(func.split_part(text, ".", 1)) + 1)
    if commas:
        whole = func.regexp_replace(whole, r"([0-9])(?=([0-9]{3})+$)", r"\1,", "g")
    sign = case((number < 0, "-"), else_="")
    return at.done(plan, func.concat(sign, whole, rest, "%" if shift else ""), parts[0])


def _days(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    """A day in the places that a format gives to year, month and day; nothing for a blank."""
    words = {"yyyy": "YYYY", "mm": "MM", "m": "FMMM", "dd": "DD", "d": "FMDD"}
    day = parts[0].value
    said = [func.to_char(day, words[part]) if part in words else literal(part) for part in plan.value]
    return at.done(plan, case((day.is_(None), ""), else_=func.concat(*said)), parts[0])


def _clock(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    """A moment in the places that a format gives to years … seconds; nothing for a blank."""
    value = parts[0].value
    local = func.timezone(at.timezone, value) if plan.value[0] == "datetime" else cast(value, DateTime)
    said = [func.to_char(local, code) if coded else literal(code) for coded, code in plan.value[1]]
    return at.done(plan, case((value.is_(None), ""), else_=func.concat(*said)), parts[0])


def _elapsed(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    """A number of days as hours, minutes and perhaps seconds."""
    wide, seconds = plan.value
    value = parts[0].value
    total = at.fenced("number", func.round(value * 86_400)).value
    hours, minutes = cast(func.trunc(total / 3600), Text), cast(func.mod(func.trunc(total / 60), 60), Text)
    said = [func.lpad(hours, func.greatest(func.length(hours), wide), "0"), ":", func.lpad(minutes, 2, "0")]
    said += [":", func.lpad(cast(func.mod(total, 60), Text), 2, "0")] if seconds else []
    wrong = case(((value < 0) | (value > 1_000_000_000), literal(VALUE)))
    return at.done(plan, case((value.is_(None), ""), else_=func.concat(*said)), parts[0], own=wrong)


WORKS.update({
    "upper": _cased(*_table(str.upper)), "lower": _cased(*_table(lambda one: "σ" if one == "Σ" else one.lower())),
    "clock_text": _clock, "elapsed": _elapsed, "search": _search, "figures": _figures, "from_blank_day": _days,
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
    "replace": _replace, "rept": _rept, "find": _find,
    "ends_with": _text_of(lambda at, text, piece: func.right(text, func.length(piece)) == piece),
    "left": _piece("left"), "right": _piece("right"), "mid": _piece("mid"),
})  # fmt: skip
