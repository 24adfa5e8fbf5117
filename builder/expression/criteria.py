"""Reads the criteria of COUNTIF and its family 条件文本: ">=5", "<>done", "张*"."""

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from builder.expression.coerce import is_blank, read_number, to_text
from builder.expression.dates import read_moment
from builder.expression.operators import compare
from builder.expression.values import Context, Fault, Value

SHAPE = re.compile(r"\s*(<>|<=|>=|=|<|>)?(.*)", re.S)
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


def criterion(wanted: Value, at: Context) -> Test:
    """The test that a criterion asks of a value."""
    if not isinstance(wanted, str):
        return lambda value: (
            is_blank(value) if wanted is None else not is_blank(value) and compare(value, wanted, at) == 0
        )
    found = SHAPE.fullmatch(wanted)
    sign, operand = (found[1] or "=", found[2]) if found else ("=", wanted)
    if operand == "":
        return _of_blank(sign)
    like = _matcher(operand) if sign in ("=", "<>") else None
    number, moment = read_number(operand), _moment(operand, at)
    return lambda value: _holds(value, sign, operand, number, moment, like, at)


def _of_blank(sign: str) -> Test:
    if sign == "=":
        return is_blank
    return (lambda value: not is_blank(value)) if sign == "<>" else lambda value: False


def _moment(text: str, at: Context) -> Value:
    try:
        return read_moment(text, at)
    except Fault:
        return None


def _holds(
    value: Value, sign: str, operand: str, number: Decimal | None, moment: Value, like: Any, at: Context
) -> bool:
    other = sign == "<>"
    if is_blank(value):
        return other
    if isinstance(value, Decimal):
        return other if number is None else ORDERS[sign](compare(value, number, at) or 0)
    if isinstance(value, date | time):
        found = None if moment is None else compare(value, moment, at)
        return other if found is None else ORDERS[sign](found)
    if isinstance(value, bool):
        same = to_text(value, at) == operand.strip().upper()
        return same if sign == "=" else other and not same
    if not isinstance(value, str):
        return other
    if like is not None:
        written = read_number(value) if number is not None else None
        same = like(value) or (written is not None and written == number)
        return same != other
    if number is not None:
        return False
    return ORDERS[sign](compare(value, operand, at) or 0)


def _matcher(operand: str) -> Callable[[str], bool]:
    pieces = re.findall(r"~[*?~]|.", operand, re.S)
    if len(pieces) > LONGEST_PATTERN or not {"*", "?"} & set(pieces):
        wanted = "".join(piece[-1] for piece in pieces)
        return lambda text: text == wanted
    return lambda text: _like(text, pieces)


def _like(text: str, pieces: list[str]) -> bool:
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
