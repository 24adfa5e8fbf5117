"""A number the machine gives once and never reuses 流水号."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from builder.field import FieldType, Json, Kind, text_of
from builder.model import Model, Slug

SPAN = {"never": 0, "year": 4, "month": 7, "day": 10}
STAMP = {"": 0, "year": 4, "month": 6, "day": 8}
LONGEST_WORD = 40
DIGITS = (("year", 4), ("month", 2), ("day", 2))
SHAPES = {"count": r"(?P<count>\d{1,15})", "date": r"\d+", "field": ".*?", "text": ""}
"""What each piece looks like in a number."""


class Segment(Model):
    """A piece of a number: the count, the day, a text, or what a field of the record says."""

    kind: Literal["count", "date", "text", "field"]
    text: str = Setting(default="", max_length=40)
    date: Literal["year", "month", "day", "short_year", "short_month", "short_day"] = "day"
    field: Slug | None = None
    digits: int = Setting(default=4, ge=1, le=12)


class Serial(FieldType):
    """Prefix, date and count: `HT-202611-0001`; or `segments` in their order. The count starts anew each `reset`.

    None is given twice. `gapless` numbers are drawn within the transaction that keeps the record: one that was not
    kept is given to the next record, and who adds a record waits for who came before. `fast` ones are drawn apart
    from it: nobody waits, and the number of a record that was refused is lost.
    """

    kind = Kind.TEXT
    prefix: str = Setting(default="", max_length=20)
    date: Literal["", "year", "month", "day"] = ""
    separator: str = Setting(default="-", max_length=3)
    digits: int = Setting(default=4, ge=1, le=12)
    start: int = Setting(default=1, ge=0)
    reset: Literal["never", "year", "month", "day"] = "never"
    gap_policy: Literal["gapless", "fast"] = "gapless"
    segments: tuple[Segment, ...] = Setting(default=(), max_length=8)

    @model_validator(mode="after")
    def _counts_once(self) -> "Serial":
        if self.segments and sum(1 for piece in self.segments if piece.kind == "count") != 1:
            raise ValueError("a number has exactly one counting segment")
        if any(piece.kind == "field" and piece.field is None for piece in self.segments):
            raise ValueError("a field segment names its field")
        return self

    def coerce(self, raw: Json) -> str | None:
        """The text of a number given before."""
        return text_of(raw, 300).strip() or None

    def value_schema(self) -> dict[str, Any]:
        """Text."""
        return {"type": ["string", "null"], "maxLength": 300}

    def scope(self, today: str) -> str:
        """The counter's period: "" for ever, "2026-11" for a month."""
        return today[: SPAN[self.reset]]

    def apart(self) -> bool:
        """Whether numbers are drawn in a transaction of their own."""
        return self.gap_policy == "fast"

    def mentions(self) -> tuple[str, ...]:
        """The fields of the record whose words the text holds."""
        return tuple(piece.field for piece in self.segments if piece.kind == "field" and piece.field)

    def number(self, count: int, today: str, words: Mapping[str, str]) -> str:
        """The text for the count drawn, counting from `start`."""
        if self.segments:
            parts = [self._part(one, count, today, words) for one in self.segments]
            return self.separator.join(part for part in parts if part)
        stamp = today.replace("-", "")[: STAMP[self.date]]
        return self.separator.join(part for part in (self.prefix, stamp, self._count(count, self.digits)) if part)

    def counted(self, text: str, today: str) -> tuple[str, int] | None:
        """The period and the count of a number as this field gives them; None for a text that it would not give.

        A number that does not tell its period counts in the present one."""
        found = re.fullmatch(re.escape(self.separator).join(self._shapes()), text)
        if found is None:
            return None
        told = found.groupdict()
        stamp = "-".join(told[name] for name in ("year", "month", "day") if told.get(name))
        wanted = SPAN[self.reset]
        scope = stamp[:wanted] if len(stamp) >= wanted else self.scope(today)
        return scope, int(told["count"]) - self.start + 1

    def _shapes(self) -> list[str]:
        """The pieces of a number as patterns."""
        if self.segments:
            return [SHAPES[one.kind] or re.escape(one.text) for one in self.segments if one.kind != "text" or one.text]
        stamp = "".join(f"(?P<{name}>\\d{{{size}}})" for name, size in DIGITS if STAMP[self.date] >= STAMP[name])
        return [re.escape(self.prefix)] * bool(self.prefix) + [stamp] * bool(stamp) + [SHAPES["count"]]

    def _part(self, piece: Segment, count: int, today: str, words: Mapping[str, str]) -> str:
        if piece.kind == "count":
            return self._count(count, piece.digits)
        if piece.kind == "date":
            stamp = today.replace("-", "")[: STAMP[piece.date.removeprefix("short_")]]
            return stamp[2:] if piece.date.startswith("short_") else stamp
        return piece.text if piece.kind == "text" else words.get(piece.field or "", "")[:LONGEST_WORD].strip()

    def _count(self, count: int, digits: int) -> str:
        return str(self.start + count - 1).zfill(digits)
