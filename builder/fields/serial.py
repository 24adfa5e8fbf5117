"""A number the machine gives once and never reuses 流水号."""

from typing import Any, Literal

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, text_of

SPAN = {"never": 0, "year": 4, "month": 7, "day": 10}
STAMP = {"": 0, "year": 4, "month": 6, "day": 8}


class Serial(FieldType):
    """Prefix, date and count: `HT-202611-0001`; the count starts anew each `reset`."""

    kind = Kind.TEXT
    prefix: str = Setting(default="", max_length=20)
    date: Literal["", "year", "month", "day"] = ""
    separator: str = Setting(default="-", max_length=3)
    digits: int = Setting(default=4, ge=1, le=12)
    start: int = Setting(default=1, ge=0)
    reset: Literal["never", "year", "month", "day"] = "never"

    def coerce(self, raw: Json) -> str | None:
        """The text of a number given before."""
        return text_of(raw, 100)

    def value_schema(self) -> dict[str, Any]:
        """Text."""
        return {"type": ["string", "null"], "maxLength": 100}

    def scope(self, today: str) -> str:
        """The counter's period: "" for ever, "2026-11" for a month."""
        return today[: SPAN[self.reset]]

    def number(self, count: int, today: str) -> str:
        """The text for the count drawn, counting from `start`."""
        stamp = today.replace("-", "")[: STAMP[self.date]]
        return self.separator.join(part for part in (self.prefix, stamp, self._count(count)) if part)

    def _count(self, count: int) -> str:
        return str(self.start + count - 1).zfill(self.digits)
