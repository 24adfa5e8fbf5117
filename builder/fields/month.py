"""A month 年月, kept as its first day so that it sorts, groups and compares as days do."""

import re
from datetime import date
from typing import Any

from builder.bounds import Bound, day_of, judge_day
from builder.field import FieldType, Json, Kind, Names
from builder.problem import FieldError

SHAPE = re.compile(r"^(\d{4})[-/.年]?(\d{1,2})(?:月|[-/.月]\d{1,2}日?(?:[T ].*)?)?$")


class Month(FieldType):
    """A month, stored as 2026-11-01."""

    kind = Kind.TIME
    earliest: Bound = ""
    latest: Bound = ""

    def coerce(self, raw: Json) -> str | None:
        """The month; 2026-11, 2026/11, 202611, 2026年11月 and any day of it are understood."""
        found = SHAPE.match(raw.strip()) if isinstance(raw, str) and len(raw) < 60 else None
        if not found:
            raise FieldError("must_be_month")
        try:
            return date(int(found[1]), int(found[2]), 1).isoformat()
        except ValueError as error:
            raise FieldError("must_be_month") from error

    def value_schema(self) -> dict[str, Any]:
        """The ISO date of a month's first day."""
        return {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-01$"}

    def display(self, value: Json, names: Names) -> str:
        """2026-11."""
        return "" if value is None else str(value)[:7]

    def judge(self, value: Json, today: str, timezone: str) -> None:
        """Whether the month is within its bounds; a month that holds a bound is within."""
        if value:
            first, last = (day_of(bound, today)[:7] for bound in (self.earliest, self.latest))
            judge_day(value[:7], first, last, today)
