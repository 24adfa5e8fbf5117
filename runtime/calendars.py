"""The workspace's working calendar 工作日历, read by everybody and set by its administrators."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from builder.problem import forbidden, invalid
from builder.working_time import WorkingCalendar
from runtime.gate import Gate
from runtime.ports import World

Json = Any
NAME = "calendar"


def calendar_of(world: World) -> WorkingCalendar:
    """The calendar, or the usual one: Monday to Friday, from nine to six."""
    return WorkingCalendar.model_validate(world.preferences.get(NAME) or {})


def read(gate: Gate) -> dict[str, Json]:
    """The calendar as JSON."""
    return _told(calendar_of(gate.world))


def write(gate: Gate, said: Mapping[str, Json]) -> dict[str, Json]:
    """Set it. Raises `Forbidden`, `Invalid`."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    try:
        made = WorkingCalendar.model_validate(dict(said))
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"])[:200]
        raise invalid("calendar_invalid", *error.errors()[0]["loc"], reason=reason) from None
    gate.world.preferences.put(NAME, _told(made))
    return _told(made)


def _told(calendar: WorkingCalendar) -> dict[str, Json]:
    return {
        "weekdays": sorted(calendar.weekdays),
        "hours": [list(span) for span in calendar.hours],
        "holidays": {day.isoformat(): name for day, name in sorted(calendar.holidays.items())},
        "workdays": {day.isoformat(): name for day, name in sorted(calendar.workdays.items())},
    }
