"""A time of day 时间: no day, no zone; shop hours, a shift's beginning."""

import re
from typing import Any, Literal

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind
from builder.problem import FieldError

SHAPE = re.compile(r"^(?:\d{4}-\d{2}-\d{2}[T ])?(\d{1,2})[:：时点](\d{1,2})分?(?:[:：]?(\d{1,2})秒?(?:\.0+)?)?$")
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class Time(FieldType):
    """A time, stored as 09:30, or 09:30:15 where seconds matter; it sorts as text does."""

    kind = Kind.TEXT
    precision: Literal["minute", "second"] = "minute"
    min: str | None = Setting(default=None, pattern=CLOCK)
    max: str | None = Setting(default=None, pattern=CLOCK)

    def coerce(self, raw: Json) -> str | None:
        """The time; 9:30, 09：30 and 9点30分 are understood."""
        found = SHAPE.match(raw.strip()) if isinstance(raw, str) and len(raw) < 60 else None
        if not found or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
            raise FieldError("must_be_time")
        time = f"{int(found[1]):02}:{int(found[2]):02}"
        if self.min is not None and time < self.min:
            raise FieldError("time_too_early", limit=self.min)
        if self.max is not None and time > self.max:
            raise FieldError("time_too_late", limit=self.max)
        return f"{time}:{int(found[3] or 0):02}" if self.precision == "second" else time

    def value_schema(self) -> dict[str, Any]:
        """Hours and minutes, and seconds where they matter."""
        return {"type": ["string", "null"], "pattern": r"^([01]\d|2[0-4]):[0-5]\d(:[0-5]\d)?$"}
