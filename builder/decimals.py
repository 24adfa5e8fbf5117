"""Decimals as people write them 十进制数: parsed exactly, kept in plain notation."""

import re
from decimal import Context, Decimal

from builder.field import Json
from builder.problem import FieldError

EXACT = Context(prec=34)
SHAPE = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$")
DROPPED = str.maketrans("", "", ",，¥￥$€£ \u00a0")
DECIMAL = r"^-?\d{1,18}(\.\d{1,8})?$"
LARGEST = Decimal("1e18")


def decimal_of(raw: Json) -> Decimal:
    """The number meant; 1,234.5, ¥99 and 15% are understood; raises `FieldError`."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise FieldError("must_be_number")
    text = str(raw).strip().translate(DROPPED)
    share = text.endswith(("%", "％"))
    text = text[:-1] if share else text
    if len(text) > 60 or not SHAPE.match(text):
        raise FieldError("must_be_number")
    value = Decimal(text).scaleb(-2, EXACT) if share else Decimal(text)
    if abs(value) >= LARGEST:
        raise FieldError("number_too_large")
    return value


def within(value: Decimal, low: str | None, high: str | None) -> Decimal:
    """The number, if it is in its range; raises `FieldError`."""
    if low is not None and value < Decimal(low):
        raise FieldError("number_below", limit=low)
    if high is not None and value > Decimal(high):
        raise FieldError("number_above", limit=high)
    return value


def plain(value: Decimal) -> str:
    """The shortest decimal notation without an exponent."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0", "-") else text
