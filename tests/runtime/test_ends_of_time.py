"""A clerk types the first or the last day of the calendar 时间尽头: workflows that wait for it go on all the same."""

from datetime import UTC, datetime

import pytest

from builder.working_time import WorkingCalendar
from runtime.deadline import instant

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize("working", [False, True])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize("after", ["", "P30D", "PT48H"])
@pytest.mark.parametrize(
    ("day", "past"),
    [("0001-01-01", True), ("9999-12-31", False), ("0001-01-01T00:00:00Z", True), ("9999-12-31T23:59:59Z", False)],
)
def test_a_day_at_the_end_of_time_is_a_moment_that_every_zone_can_tell(
    day: str, past: bool, after: str, zone: str, working: bool
) -> None:
    found = instant({"field": "day", "after": after, "working": working}, {"day": day}, NOW, zone, WorkingCalendar())
    assert found is not None
    assert (found < NOW) is past
    assert found.year in (1, 9999)
