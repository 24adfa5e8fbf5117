"""A number 数字: plain, money or percent; kept as an exact decimal in text."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Literal

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, Names
from builder.problem import FieldError

EXACT = Context(prec=34)
SHAPE = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$")
DROPPED = str.maketrans("", "", ",，¥￥$€£ \u00a0")
LARGEST = Decimal("1e18")


class Number(FieldType):
    """Up to 18 digits before the point and 8 after; a percent is stored as its fraction (15% is 0.15)."""

    kind = Kind.NUMBER
    format: Literal["plain", "money", "percent"] = "plain"
    decimals: int | None = Setting(default=None, ge=0, le=8)
    currency: str = Setting(default="CNY", pattern="^[A-Z]{3}$")
    unit: str = Setting(default="", max_length=20)
    min: str | None = Setting(default=None, pattern=r"^-?\d{1,18}(\.\d{1,8})?$")
    max: str | None = Setting(default=None, pattern=r"^-?\d{1,18}(\.\d{1,8})?$")

    def coerce(self, raw: Json) -> str | None:
        """The number, rounded half away from zero to its decimals, in plain decimal notation."""
        value = self._parse(raw)
        if abs(value) >= LARGEST:
            raise FieldError("number_too_large")
        value = value.quantize(Decimal(1).scaleb(-self.scale), ROUND_HALF_UP, EXACT)
        if self.min is not None and value < Decimal(self.min):
            raise FieldError("number_below", limit=self.min)
        if self.max is not None and value > Decimal(self.max):
            raise FieldError("number_above", limit=self.max)
        return plain(value)

    def value_schema(self) -> dict[str, Any]:
        """A decimal in text."""
        return {"type": ["string", "null"], "pattern": r"^-?\d{1,18}(\.\d{1,8})?$"}

    def display(self, value: Json, names: Names) -> str:
        """With thousands, and its sign of money, percent or unit."""
        if value is None:
            return ""
        number = Decimal(value)
        if self.format == "percent":
            return f"{plain(number * 100)}%"
        decimals = self.decimals if self.decimals is not None else 2 if self.format == "money" else None
        text = f"{number:,f}" if decimals is None else f"{number:,.{decimals}f}"
        return f"{text} {self.unit}" if self.unit else text

    @property
    def scale(self) -> int:
        """How many digits after the point are stored."""
        if self.decimals is None:
            return 8
        return self.decimals + 2 if self.format == "percent" else self.decimals

    def _parse(self, raw: Json) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
            raise FieldError("must_be_number")
        text = str(raw).strip().translate(DROPPED)
        share = text.endswith(("%", "％"))
        text = text[:-1] if share else text
        if len(text) > 60 or not SHAPE.match(text):
            raise FieldError("must_be_number")
        return Decimal(text).scaleb(-2, EXACT) if share else Decimal(text)


def plain(value: Decimal) -> str:
    """The shortest decimal notation without an exponent."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0", "-") else text
