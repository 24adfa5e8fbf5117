"""A calendar day 日期: no time, no zone, so it never shifts."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from builder.bounds import Bound, judge_day
from builder.field import FieldType, Json, Kind
from builder.problem import FieldError
from builder.recognising import Sure, all_read

SHAPE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$")


class Date(FieldType):
    """A day, stored as 2026-11-23."""

    kind = Kind.TIME
    earliest: Bound = ""
    latest: Bound = ""

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """Days without a time of day."""
        bare = all(len(text.strip()) <= 11 for text in texts)
        return (0.9, {}) if bare and all_read(texts, cls().coerce) else None

    def coerce(self, raw: Json) -> str | None:
        """The day; 2026/1/5, 2026.1.5 and 2026年1月5日 are understood too."""
        found = SHAPE.match(raw.strip()) if isinstance(raw, str) and len(raw) < 60 else None
        if not found:
            raise FieldError("must_be_date")
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError as error:
            raise FieldError("must_be_date") from error

    def value_schema(self) -> dict[str, Any]:
        """An ISO date."""
        return {"type": ["string", "null"], "pattern": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"}

    def judge(self, value: Json, today: str, timezone: str) -> None:
        """Whether the day is within its bounds."""
        if value:
            judge_day(value, self.earliest, self.latest, today)
