"""A slider 滑块 or a progress bar 进度: a number within its range, in steps."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from builder.decimals import DECIMAL, decimal_of, plain, within
from builder.field import FieldType, Json, Kind, Names

MOST_STEPS = 100_000


class Slider(FieldType):
    """From `min` to `max`; what lies between two steps goes to the nearer one."""

    kind = Kind.NUMBER
    min: str = Setting(default="0", pattern=DECIMAL)
    max: str = Setting(default="100", pattern=DECIMAL)
    step: str = Setting(default="1", pattern=DECIMAL)
    unit: str = Setting(default="", max_length=20)
    shown_as: Literal["slider", "progress"] = "slider"

    @model_validator(mode="after")
    def _steps_lie_within(self) -> "Slider":
        low, high, step = Decimal(self.min), Decimal(self.max), Decimal(self.step)
        if not low < high or step <= 0 or step > high - low or (high - low) / step > MOST_STEPS:
            raise ValueError("a slider goes from min up to max in steps between them")
        return self

    def coerce(self, raw: Json) -> str | None:
        """The number at the nearest step."""
        value = within(decimal_of(raw), self.min, self.max)
        low, step = Decimal(self.min), Decimal(self.step)
        value = low + ((value - low) / step).quantize(Decimal(1), ROUND_HALF_UP) * step
        return plain(value if value <= Decimal(self.max) else value - step)

    def value_schema(self) -> dict[str, Any]:
        """A decimal in text."""
        return {"type": ["string", "null"], "pattern": DECIMAL}

    def display(self, value: Json, names: Names) -> str:
        """With its unit."""
        return "" if value is None else f"{value}{self.unit}"

    @property
    def scale(self) -> int:
        """How many digits after the point are stored."""
        return max(len(text.partition(".")[2]) for text in (self.min, self.step))
