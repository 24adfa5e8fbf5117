"""A number gathered from the records that point here 汇总: how many there are, or the sum of one of their fields."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field as Setting

from builder.decimals import DECIMAL, decimal_of, plain
from builder.field import FieldType, Json, Kind, Names
from builder.filter import EVERYTHING, Filter


class Rollup(FieldType):
    """Over the records of `form` whose reference `by` names this record and that answer `filter`.

    The machine counts all of them, whoever looks: who may read the field may know the number, as the form's author
    decided, but nothing of the records behind it.
    """

    kind = Kind.NUMBER
    form: str = Setting(default="", max_length=63)
    by: str = Setting(default="", max_length=63)
    operation: Literal["count", "sum", "average", "min", "max"] = "count"
    field: str = Setting(default="", max_length=63)
    filter: Filter = EVERYTHING
    format: Literal["plain", "money"] = "plain"
    decimals: int | None = Setting(default=None, ge=0, le=8)

    def coerce(self, raw: Json) -> str | None:
        """The number; only the machine writes it."""
        return plain(decimal_of(raw))

    def value_schema(self) -> dict[str, Any]:
        """A decimal in text."""
        return {"type": ["string", "null"], "pattern": DECIMAL}

    def display(self, value: Json, names: Names) -> str:
        """With thousands, and as many decimals as asked for."""
        if value is None:
            return ""
        decimals = self.decimals if self.decimals is not None else 2 if self.format == "money" else None
        return f"{Decimal(value):,f}" if decimals is None else f"{Decimal(value):,.{decimals}f}"

    def beginning(self) -> Json:
        """Nothing points to a new record: that is none of them, and a sum of nothing."""
        return "0" if self.operation in ("count", "sum") else None

    @property
    def scale(self) -> int:
        """How many digits after the point are stored."""
        return 8
