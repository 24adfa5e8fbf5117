"""Turns a value into the type that an operator or a function needs, with the rules for blank 空值."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from builder.expression.dates import read_moment
from builder.expression.values import (
    VALUE,
    ZERO,
    Context,
    Failure,
    Fault,
    Value,
    decimal,
    iso,
    plain,
    shown,
)

Moment = date | datetime | time

NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
CURRENCY = "$¥￥€£"


def kind(value: Any) -> str:
    """The type of a value, as messages name it."""
    if value is None:
        return "blank"
    for type_, word in KINDS:
        if isinstance(value, type_):
            return word
    return "any"


KINDS: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (Decimal, "number"),
    (str, "text"),
    (datetime, "datetime"),
    (date, "date"),
    (time, "time"),
    (list, "list"),
)


def refuse(value: Any, wanted: str) -> Fault:
    """The fault that `value` cannot be read as `wanted`."""
    return Fault(VALUE, "wrong_type", type=kind(value), wanted=wanted)


def read_number(text: str) -> Decimal | None:
    """The number written in `text`: thousands, a currency sign and % are understood; None if it is none."""
    body = text.strip()
    if len(body) > 400:
        return None
    sign = body[:1] if body[:1] in ("-", "+") else ""
    body = body[len(sign) :].lstrip()
    if body[:1] and body[0] in CURRENCY:
        body = body[1:].lstrip()
    share = body[-1:] in ("%", "％")
    body = (body[:-1].rstrip() if share else body).replace("，", ",")
    if sign and body[:1] in ("-", "+"):
        return None
    if THOUSANDS.fullmatch(body):
        body = body.replace(",", "")
    if not NUMBER.fullmatch(body):
        return None
    found = decimal(sign + body)
    return decimal(found.scaleb(-2)) if share else found


def to_number(value: Value) -> Decimal:
    """Blank is 0, TRUE is 1, text is read; dates and lists are no numbers."""
    if value is None:
        return ZERO
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, Decimal):
        return value
    found = read_number(value) if isinstance(value, str) else None
    if found is None:
        raise refuse(value, "number")
    return found


def to_text(value: Value, at: Context) -> str:
    """Blank is "", a number its shortest notation, an instant the local time, a list its texts with commas."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return shown(value)
    if isinstance(value, datetime):
        local = at.local(value)
        return f"{local.date().isoformat()} {local:%H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, list):
        return ", ".join(to_text(item, at) for item in value)
    raise refuse(value, "text")


def to_boolean(value: Value) -> bool:
    """Blank is FALSE, a number is TRUE unless 0, the texts TRUE and FALSE are read."""
    if value is None:
        return False
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return value != 0
    if isinstance(value, str) and value.strip().upper() in ("TRUE", "FALSE"):
        return value.strip().upper() == "TRUE"
    raise refuse(value, "boolean")


def to_moment(value: Value, at: Context) -> Moment:
    """A date, an instant or a time of day; text is read."""
    if isinstance(value, date | datetime | time):
        return value
    if isinstance(value, str):
        return read_moment(value, at)
    raise refuse(value, "date")


def to_date(value: Value, at: Context) -> date:
    """The day: of an instant, the day it is in the workspace."""
    moment = to_moment(value, at)
    if isinstance(moment, datetime):
        return at.local(moment).date()
    if isinstance(moment, time):
        raise refuse(moment, "date")
    return moment


def to_instant(value: Value, at: Context) -> datetime:
    """The instant: of a date, its midnight in the workspace."""
    moment = to_moment(value, at)
    if isinstance(moment, datetime):
        return moment
    return at.midnight(to_date(moment, at))


def whole(value: Value) -> int:
    """A number cut to an integer of a size that counts and places may have."""
    number = to_number(value)
    if abs(number) >= 1_000_000_000_000_000:
        raise Fault("#NUM!", "number_out_of_range")
    return int(number)


def flat(values: Any) -> list[Value]:
    """The values with the items of lists in their place; rows stay whole."""
    found: list[Value] = []
    waiting = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        else:
            found.append(value)
    return found


def is_blank(value: Value) -> bool:
    """Whether nothing is there: no value, an empty text, an empty list."""
    return value is None or value == "" or value == []


def from_json(raw: Any, type_: str, at: Context, item: str = "any") -> Value | Failure:
    """The typed value of what a record holds."""
    try:
        return _typed(raw, type_, at, item)
    except Fault as fault:
        return fault.failure


def _typed(raw: Any, type_: str, at: Context, item: str) -> Value:
    if raw is None:
        return None
    if isinstance(raw, list):
        return raw if type_ == "rows" else [_typed(one, item, at, "any") for one in raw]
    if isinstance(raw, Decimal | date | time) or (isinstance(raw, bool) and type_ in ("boolean", "any")):
        return raw
    if type_ == "number":
        return _stored(raw)
    if type_ == "boolean":
        return to_boolean(raw)
    if type_ in ("date", "datetime", "time"):
        return _timed(raw, type_, at) if raw != "" else None
    if type_ == "any" and isinstance(raw, int | float):
        return decimal(repr(raw))
    if type_ == "any" and isinstance(raw, dict):
        return raw
    return raw if isinstance(raw, str) else str(raw)


def _stored(raw: Any) -> Decimal | None:
    text = repr(raw) if isinstance(raw, float) else str(raw)
    if text == "":
        return None
    if isinstance(raw, bool) or not NUMBER.fullmatch(text):
        raise Fault(VALUE, "not_a_number", found=text[:40])
    return decimal(text)


def _timed(raw: Any, type_: str, at: Context) -> Value:
    moment = to_moment(raw, at)
    if type_ == "time":
        if not isinstance(moment, time):
            raise refuse(moment, "time")
        return moment
    if isinstance(moment, time):
        raise refuse(moment, type_)
    return to_date(moment, at) if type_ == "date" else to_instant(moment, at)


def to_json(value: Value | Failure) -> Any:
    """What a record would hold; a failure stays a failure."""
    if isinstance(value, bool) or value is None or isinstance(value, str | Failure):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, list):
        return [to_json(item) for item in value]
    return dict(value)
