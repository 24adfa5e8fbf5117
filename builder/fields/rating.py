"""A rating 评分: so many stars of so many."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pydantic import Field as Setting

from builder.decimals import decimal_of, plain, within
from builder.field import FieldType, Json, Kind


class Rating(FieldType):
    """1 to `top`, in halves if wanted; no star is blank."""

    kind = Kind.NUMBER
    top: int = Setting(default=5, ge=2, le=10)
    halves: bool = False
    sign: Literal["star", "heart", "thumb"] = "star"

    def coerce(self, raw: Json) -> str | None:
        """The number of stars, rounded to what can be shown."""
        steps = 2 if self.halves else 1
        value = (decimal_of(raw) * steps).quantize(Decimal(1), ROUND_HALF_UP) / steps
        return plain(within(value, "0", str(self.top))) if value else None

    def value_schema(self) -> dict[str, Any]:
        """A decimal in text."""
        return {"type": ["string", "null"], "pattern": r"^\d{1,2}(\.5)?$"}

    @property
    def scale(self) -> int:
        """How many digits after the point are stored."""
        return 1 if self.halves else 0
