"""When something at a node is due 限时, and what happens then: a setting of every node type that asks people."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field as Setting
from pydantic import model_validator

from builder.model import Model, Text
from builder.working_time import WorkingCalendar
from runtime.assign import Assignee

Json = Any

SPELLED = re.compile(r"^(-?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?)?$")
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=365)


def read_span(text: str) -> tuple[int, int]:
    """An ISO 8601 duration of weeks, days, hours and minutes as (days, seconds); raises `ValueError`."""
    found = SPELLED.match(text)
    if found is None or not any(found.groups()[1:]):
        raise ValueError(f"not a duration such as P1DT2H or PT30M: {text[:40]}")
    weeks, days, hours, minutes = (int(part or 0) for part in found.groups()[1:])
    sign = -1 if found.group(1) else 1
    if timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes) > LONGEST:
        raise ValueError("at most 365 days")
    return sign * (weeks * 7 + days), sign * (hours * 3600 + minutes * 60)


class Moment(Model):
    """A moment to wait for: `after` the node was reached, or (with `field`) before or after a date of the record.

    `working` counts in working time. A date field is read when the node is reached; later edits change nothing.
    """

    after: Text = ""
    field: str = Setting(default="", max_length=64)
    working: bool = False

    @model_validator(mode="after")
    def _is_a_moment(self) -> "Moment":
        days, seconds = read_span(self.after) if self.after else (0, 0)
        if not self.field and timedelta(days=days, seconds=seconds) < SHORTEST:
            raise ValueError("at least one minute")
        return self

    @property
    def question(self) -> dict[str, Json]:
        """What `step` asks about it."""
        return {"after": self.after, "field": self.field, "working": self.working}


class Due(Moment):
    """One deadline 限时处理. `remind` tells those who are asked, again every `every`, `times` times in all;
    `submit` lets it pass, `reject` refuses, `return` goes back to `to`, `transfer` asks `assignees` instead."""

    do: Literal["remind", "submit", "reject", "return", "transfer"] = "remind"
    to: Literal["start", "previous"] = "previous"
    assignees: tuple[Assignee, ...] = Setting(default=(), max_length=20)
    every: Text = ""
    times: int = Setting(default=1, ge=1, le=100)

    @model_validator(mode="after")
    def _is_whole(self) -> "Due":
        if self.every and timedelta(*read_span(self.every)) < SHORTEST:
            raise ValueError("at least one minute")
        if self.do == "transfer" and not self.assignees:
            raise ValueError("say to whom it is transferred")
        return self

    @property
    def again(self) -> dict[str, Json]:
        """What `step` asks about the next reminder."""
        return {"after": self.every, "field": "", "working": self.working}


FIRST, LAST = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC)
"""Moments at the ends of time that every zone can tell: a clerk may well type such a day."""


def instant(
    asked: Mapping[str, Json], values: Mapping[str, Json], now: datetime, timezone: str, calendar: WorkingCalendar
) -> datetime | None:
    """The moment that a question means, to the second in UTC; None when the date it speaks of is blank."""
    begun = datetime.fromisoformat(asked["since"]) if asked.get("since") else now
    start = _start(values.get(asked["field"]), timezone) if asked["field"] else begun
    if start is None:
        return None
    days, seconds = read_span(asked["after"]) if asked["after"] else (0, 0)
    try:
        if asked["working"]:
            return calendar.add(start, days, seconds, timezone)
        local = start.astimezone(ZoneInfo(timezone)) + timedelta(days=days)
        return local.astimezone(UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return FIRST if start < now else LAST


def again(moment: Moment | None, count: int, since: str) -> dict[str, Json] | None:
    """What is asked when the working calendar has changed: the same, from when the node was reached. None for what
    does not count in working time, and for a repeated reminder, which counts from the one before."""
    return None if moment is None or not moment.working or count else {**moment.question, "since": since}


def _start(value: Json, timezone: str) -> datetime | None:
    """A record's date (its first moment in the workspace's zone) or instant."""
    if not isinstance(value, str) or not value:
        return None
    try:
        if "T" in value:
            found = datetime.fromisoformat(value)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        return datetime.combine(date.fromisoformat(value), time(), ZoneInfo(timezone)).astimezone(UTC)
    except ValueError:
        return None
    except OverflowError:
        return FIRST
