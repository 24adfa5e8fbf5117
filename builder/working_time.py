"""Working time 工作时间: which days and hours are worked, with holidays and make-up days 调休, and counting in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field as Setting
from pydantic import StringConstraints, model_validator

from builder.model import Model

Hour = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
DayName = Annotated[str, StringConstraints(max_length=60)]

FURTHEST = 1500
"""How many days ahead are looked at; who works on none of them works never."""


class WorkingCalendar(Model):
    """A workspace's calendar: `weekdays` 1 (Monday) to 7, `hours` of a working day, and the days that are otherwise."""

    weekdays: frozenset[Annotated[int, Setting(ge=1, le=7)]] = frozenset({1, 2, 3, 4, 5})
    hours: tuple[tuple[Hour, Hour], ...] = Setting(default=(("09:00", "12:00"), ("13:30", "18:00")), max_length=6)
    holidays: dict[date, DayName] = Setting(default_factory=dict, max_length=2000)
    workdays: dict[date, DayName] = Setting(default_factory=dict, max_length=2000)

    @model_validator(mode="after")
    def _is_usable(self) -> "WorkingCalendar":
        flat = [hour for span in self.hours for hour in span]
        if not self.weekdays or not self.hours:
            raise ValueError("a calendar needs a working day and working hours")
        if flat != sorted(flat) or any(start == end for start, end in self.hours):
            raise ValueError("working hours follow one another and do not overlap")
        return self

    def works(self, day: date) -> bool:
        """Whether the day is worked: a make-up day is, a holiday is not, else the weekday decides."""
        if day in self.workdays:
            return True
        return day not in self.holidays and day.isoweekday() in self.weekdays

    def workdays_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it, when negative)."""
        way, left = (1 if count > 0 else -1), abs(count)
        for _ in range(FURTHEST):
            if not left:
                break
            day += timedelta(days=way)
            left -= self.works(day)
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """How many days from `first` to `last`, both counted, are worked."""
        days = (last - first).days
        return sum(self.works(first + timedelta(days=place)) for place in range(days + 1))

    def add(self, start: datetime, days: int, seconds: int, timezone: str) -> datetime:
        """The instant so many working days and then so many working seconds after `start`."""
        zone = ZoneInfo(timezone)
        local = start.astimezone(zone)
        if days:
            local = datetime.combine(self.workdays_after(local.date(), days), local.time(), zone)
        return (self._later(local, seconds) if seconds > 0 else local).astimezone(UTC)

    def _later(self, start: datetime, seconds: int) -> datetime:
        left = timedelta(seconds=seconds)
        for begin, end in self._spans(start):
            begin = max(begin, start)
            if begin >= end:
                continue
            room = end.astimezone(UTC) - begin.astimezone(UTC)
            if left <= room:
                return (begin.astimezone(UTC) + left).astimezone(start.tzinfo)
            left -= room
        return start + timedelta(seconds=seconds)

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The worked spans from the day of `start` on."""
        for place in range(FURTHEST):
            day = start.date() + timedelta(days=place)
            for begin, end in self.hours if self.works(day) else ():
                yield _at(day, begin, start), _at(day, end, start)


def _at(day: date, hour: str, like: datetime) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), like.tzinfo)
