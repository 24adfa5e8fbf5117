"""Exact decimals where a database has none 精确小数: a text that sorts as the number does, whatever its length."""

from decimal import Decimal
from functools import lru_cache

from runtime.units import decimal_text, number_of

MIDDLE = 50_000
COMPLEMENT = str.maketrans("0123456789", "9876543210")
END = "~"


@lru_cache(maxsize=50_000)
def number_key(value: str | int | float | None) -> str | None:
    """A text that compares as the decimal does; None for what is no number."""
    number = number_of(value)
    return None if number is None else key_of(number)


def key_of(number: Decimal) -> str:
    """Sign, exponent, digits; for negatives complemented, so that greater amounts come earlier."""
    if not number:
        return "1"
    sign, digits, _ = number.as_tuple()
    figures = "".join(map(str, digits)).lstrip("0").rstrip("0")
    exponent = f"{number.adjusted() + MIDDLE:05}"
    if not sign:
        return f"2{exponent}{figures}"
    return f"0{exponent.translate(COMPLEMENT)}{figures.translate(COMPLEMENT)}{END}"


def from_key(key: str) -> Decimal:
    """The decimal that a key stands for."""
    if key == "1":
        return Decimal(0)
    negative = key.startswith("0")
    body = key[1:].removesuffix(END)
    body = body.translate(COMPLEMENT) if negative else body
    figures = body[5:]
    number = Decimal(figures).scaleb(int(body[:5]) - MIDDLE - len(figures) + 1)
    return -number if negative else number


def text_of_key(key: str | None) -> str | None:
    """The plain notation of the decimal that a key stands for."""
    return None if key is None else decimal_text(from_key(key))
