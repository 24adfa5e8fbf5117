"""A number 数字: plain, money or percent; kept as an exact decimal in text."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pydantic import Field as Setting

from builder.decimals import DECIMAL, EXACT, decimal_of, plain, within
from builder.field import FieldType, Json, Kind, Names
from builder.recognising import Sure, all_read

LONGEST = 15
"""More digits are a code, such as a card's number."""


class Number(FieldType):
    """Up to 18 digits before the point and 8 after; a percent is stored as its fraction (15% is 0.15)."""

    kind = Kind.NUMBER
    format: Literal["plain", "money", "percent"] = "plain"
    decimals: int | None = Setting(default=None, ge=0, le=8)
    currency: str = Setting(default="CNY", pattern="^[A-Z]{3}$")
    unit: str = Setting(default="", max_length=20)
    min: str | None = Setting(default=None, pattern=DECIMAL)
    thousands: bool = True
    capital: bool = Setting(default=False, description="money also in the capitals of Chinese cheques")
    max: str | None = Setting(default=None, pattern=DECIMAL)

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """Numbers; those with leading zeros or more digits than a number keeps are codes."""
        plain_ones = [text.strip() for text in texts]
        coded = any(re.match(r"^0\d", text) or len(re.sub(r"\D", "", text)) > LONGEST for text in plain_ones)
        if coded or not all_read(plain_ones, cls(format="percent", decimals=8).coerce):
            return None
        if all(text.endswith("%") for text in plain_ones):
            return 0.85, {"format": "percent"}
        money = any(text[:1] in "¥￥$" for text in plain_ones)
        return 0.8, {"format": "money"} if money else {}

    def coerce(self, raw: Json) -> str | None:
        """The number, rounded half away from zero to its decimals, in plain decimal notation."""
        value = decimal_of(raw).quantize(Decimal(1).scaleb(-self.scale), ROUND_HALF_UP, EXACT)
        return plain(within(value, self.min, self.max))

    def value_schema(self) -> dict[str, Any]:
        """A decimal in text."""
        return {"type": ["string", "null"], "pattern": DECIMAL}

    def display(self, value: Json, names: Names) -> str:
        """With thousands, and its sign of money, percent or unit."""
        if value is None:
            return ""
        number = Decimal(value)
        if self.format == "percent":
            return f"{plain(number * 100)}%"
        decimals = self.decimals if self.decimals is not None else 2 if self.format == "money" else None
        text = f"{number:,f}" if decimals is None else f"{number:,.{decimals}f}"
        text = text if self.thousands else text.replace(",", "")
        return f"{text} {self.unit}" if self.unit else text

    def give(self, value: Json, names: Names) -> str:
        """The decimal as it is kept; a percent with its sign."""
        return self.display(value, names) if self.format == "percent" else str(value)

    @property
    def scale(self) -> int:
        """How many digits after the point are stored."""
        if self.decimals is None:
            return 8
        return self.decimals + 2 if self.format == "percent" else self.decimals
