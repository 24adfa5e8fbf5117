"""Reads the criteria of COUNTIF and its family 条件文本: ">=5", "<>done", "张*"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from builder.expression.coerce import is_blank, read_number, to_text
from builder.expression.dates import read_moment
from builder.expression.operators import compare
from builder.expression.values import Context, Fault, Value

SHAPE = re.compile(r"\s*(<>|<=|>=|=|<|>)?(.*)", re.S)
PIECE = re.compile(r"~[*?~]|.", re.S)
LONGEST_PATTERN = 200
Test = Callable[[Value], bool]
ORDERS: dict[str, Callable[[int], bool]] = {
    "=": lambda found: found == 0,
    "<>": lambda found: found != 0,
    "<": lambda found: found < 0,
    "<=": lambda found: found <= 0,
    ">": lambda found: found > 0,
    ">=": lambda found: found >= 0,
}


@dataclass(frozen=True)
class Criterion:
    """What a criterion in text asks: how to compare with what, and what that is as a number and as a moment."""

    sign: str
    operand: str
    number: Decimal | None
    moment: Value
    pieces: tuple[str, ...] | None
    """A pattern's characters and wildcards; None for a text that is meant as it stands."""


def asked(wanted: str, at: Context) -> Criterion:
    """A criterion in text, read."""
    found = SHAPE.fullmatch(wanted)
    sign, operand = (found[1] or "=", found[2]) if found else ("=", wanted)
    return Criterion(sign, operand, read_number(operand), _moment(operand, at), _pattern(operand))


def criterion(wanted: Value, at: Context) -> Test:
    """The test that a criterion asks of a value."""
    if not isinstance(wanted, str):
        return lambda value: (
            is_blank(value) if wanted is None else not is_blank(value) and compare(value, wanted, at) == 0
        )
    what = asked(wanted, at)
    if what.operand == "":
        return _of_blank(what.sign)
    like = _matcher(what) if what.sign in ("=", "<>") else None
    return lambda value: _holds(value, what, like, at)


def _of_blank(sign: str) -> Test:
    if sign == "=":
        return is_blank
    return (lambda value: not is_blank(value)) if sign == "<>" else lambda value: False


def _moment(text: str, at: Context) -> Value:
    try:
        return read_moment(text, at)
    except Fault:
        return None


def _holds(value: Value, what: Criterion, like: Any, at: Context) -> bool:
    sign, number = what.sign, what.number
    other = sign == "<>"
    if is_blank(value):
        return other
    if isinstance(value, Decimal):
        return other if number is None else ORDERS[sign](compare(value, number, at) or 0)
    if isinstance(value, date | time):
        found = None if what.moment is None else compare(value, what.moment, at)
        return other if found is None else ORDERS[sign](found)
    if isinstance(value, bool):
        same = to_text(value, at) == what.operand.strip().upper()
        return same if sign == "=" else other and not same
    if not isinstance(value, str):
        return other
    if like is not None:
        written = read_number(value) if number is not None else None
        same = like(value) or (written is not None and written == number)
        return same != other
    if number is not None:
        return False
    return ORDERS[sign](compare(value, what.operand, at) or 0)


def literal_of(operand: str) -> str:
    """The operand without the signs that make a wildcard mean itself."""
    return "".join(piece[-1] for piece in PIECE.findall(operand))


def _pattern(operand: str) -> tuple[str, ...] | None:
    pieces = tuple(PIECE.findall(operand))
    return pieces if len(pieces) <= LONGEST_PATTERN and {"*", "?"} & set(pieces) else None


def _matcher(what: Criterion) -> Callable[[str], bool]:
    pieces = what.pieces
    if pieces is None:
        wanted = literal_of(what.operand)
        return lambda text: text == wanted
    return lambda text: _like(text, pieces)


def _like(text: str, pieces: Sequence[str]) -> bool:
    """Whether a text has the pattern's shape; goes back only to the last *, so it never takes long."""
    place, at = 0, 0
    star, kept = -1, 0
    while place < len(text):
        if at < len(pieces) and pieces[at] == "*":
            star, kept, at = at, place, at + 1
        elif at < len(pieces) and (pieces[at] == "?" or pieces[at][-1] == text[place]):
            place, at = place + 1, at + 1
        elif star >= 0:
            kept += 1
            place, at = kept, star + 1
        else:
            return False
    return all(piece == "*" for piece in pieces[at:])
