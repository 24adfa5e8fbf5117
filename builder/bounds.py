"""From when to when 日期范围: fixed days, or days counted from today."""

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field as Setting

from builder.problem import FieldError

Bound = Annotated[str, Setting(pattern=r"^(\d{4}-\d{2}-\d{2}|@today([+-]\d{1,4}[dwmy])?)?$", max_length=20)]
"""Empty for none, 2026-11-23, or @today with a step such as +7d, -2w, +1m, -1y."""
RELATIVE = re.compile(r"^@today(?:([+-]\d{1,4})([dwmy]))?$")


def day_of(bound: str, today: str) -> str:
    """The day that a bound means; "" for none or for a day that no calendar has."""
    found = RELATIVE.match(bound)
    if found is None:
        return bound
    try:
        return stepped(date.fromisoformat(today), int(found[1] or 0), found[2] or "d").isoformat()
    except (ValueError, OverflowError):
        return ""


def stepped(day: date, steps: int, unit: str) -> date:
    """The day so many days, weeks, months or years on; the last of a month that is too short."""
    if unit in "dw":
        return day + timedelta(days=steps * (7 if unit == "w" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + steps * (12 if unit == "y" else 1), 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError("out of the calendar")


def judge_day(day: str, earliest: str, latest: str, today: str) -> None:
    """Raises `FieldError` for a day outside of its bounds."""
    first, last = day_of(earliest, today), day_of(latest, today)
    if first and day < first:
        raise FieldError("day_too_early", limit=first)
    if last and day > last:
        raise FieldError("day_too_late", limit=last)
