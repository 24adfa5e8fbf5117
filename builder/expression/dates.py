"""Reads dates, instants and times of day out of text 日期文本, the ways people write them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from builder.expression.values import VALUE, Context, Fault

DAY = re.compile(
    r"(?:(?P<y>\d{4})(?:-|/|\.|年)(?P<m>\d{1,2})(?:-|/|\.|月)(?P<d>\d{1,2})日?"
    r"|(?P<m2>\d{1,2})/(?P<d2>\d{1,2})/(?P<y2>\d{4}|\d{2})(?!\d))",
    re.ASCII,
)
CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?::|时)(?P<mi>\d{1,2})分?(?::?(?P<s>\d{1,2})(?:\.\d{1,9})?秒?)?\s*(?P<half>[AaPp][Mm])?", re.ASCII
)
OFFSET = re.compile(r"(?:(?P<z>[Zz])|(?P<sign>[+-])(?P<oh>\d{2}):?(?P<om>\d{2}))", re.ASCII)


def read_moment(text: str, at: Context) -> date | datetime | time:
    """The date, instant or time of day in `text`; a local time is one of the workspace's zone. Raises `Fault`."""
    rest = text.strip()
    if len(rest) > 60:
        raise Fault(VALUE, "not_a_date", found=rest[:40])
    try:
        return _moment(rest, at)
    except (ValueError, OverflowError):
        raise Fault(VALUE, "not_a_date", found=rest[:40]) from None


def _moment(text: str, at: Context) -> date | datetime | time:
    day_found = DAY.match(text)
    day = _day(day_found) if day_found else None
    rest = text[day_found.end() :].lstrip("Tt ") if day_found else text
    if day is not None and not rest:
        return day
    clock_found = CLOCK.match(rest)
    if clock_found is None:
        raise ValueError
    over, clock = _clock(clock_found)
    rest = rest[clock_found.end() :].strip()
    offset = OFFSET.fullmatch(rest)
    if rest and (offset is None or day is None):
        raise ValueError
    if day is None:
        return clock
    local = datetime.combine(day, clock) + timedelta(days=over)
    return local.replace(tzinfo=_zone(offset)).astimezone(UTC) if offset else at.instant(local)


def _day(found: re.Match[str]) -> date:
    if found["y"]:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    year = int(found["y2"])
    if len(found["y2"]) == 2:
        year += 2000 if year < 30 else 1900
    return date(year, int(found["m2"]), int(found["d2"]))


def _clock(found: re.Match[str]) -> tuple[int, time]:
    hour, minute, second = int(found["h"]), int(found["mi"]), int(found["s"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    if hour == 24 and minute == second == 0:
        return 1, time(0)
    return 0, time(hour, minute, second)


def _zone(found: re.Match[str]) -> timezone:
    if found["z"]:
        return UTC
    length = timedelta(hours=int(found["oh"]), minutes=int(found["om"]))
    return timezone(-length if found["sign"] == "-" else length)
