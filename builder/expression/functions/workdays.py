"""Counts workdays 工作日 in whole weeks, so that a century costs no more than a day."""

from bisect import bisect_left
from datetime import date, timedelta

from builder.expression.coerce import flat, is_blank, to_date, whole
from builder.expression.operators import moved
from builder.expression.values import NUM, VALUE, Context, Fault, Value
from builder.working_time import WorkingCalendar

WEEKENDS = {
    **{number: ((number + 4) % 7, (number + 5) % 7) for number in range(1, 8)},
    **{number: ((number - 5) % 7,) for number in range(11, 18)},
}
LONGEST = 3_000_000


def weekend_of(kind: Value) -> frozenset[int]:
    """The weekdays (Monday 0) that are free: by a spreadsheet's number, or seven characters from Monday."""
    if kind is None:
        return frozenset({5, 6})
    if isinstance(kind, str):
        if len(kind) != 7 or set(kind) - {"0", "1"}:
            raise Fault(VALUE, "no_such_weekend")
        return frozenset(index for index, free in enumerate(kind) if free == "1")
    number = whole(kind)
    if number not in WEEKENDS:
        raise Fault(NUM, "no_such_way", way=number)
    return frozenset(WEEKENDS[number])


def holidays_of(values: list[Value] | None, at: Context) -> frozenset[date]:
    """The free days given as a list of dates."""
    return frozenset(to_date(value, at) for value in flat(values or []) if not is_blank(value))


def count_between(start: date, end: date, weekend: frozenset[int], holidays: frozenset[date]) -> int:
    """The workdays from start to end, both included; negative when the end comes first."""
    if end < start:
        return -count_between(end, start, weekend, holidays)
    weeks, rest = divmod((end - start).days + 1, 7)
    found = weeks * (7 - len(weekend))
    found += sum((start.weekday() + step) % 7 not in weekend for step in range(rest))
    return found - sum(start <= day <= end and day.weekday() not in weekend for day in holidays)


def next_workday(start: date, count: int, weekend: frozenset[int], holidays: frozenset[date]) -> date:
    """The workday so many workdays after the start, or before it when negative."""
    if len(weekend) == 7:
        raise Fault(VALUE, "no_such_weekend")
    if abs(count) > LONGEST:
        raise Fault(NUM, "date_out_of_range")
    step = 1 if count > 0 else -1
    weeks, left = divmod(abs(count), 7 - len(weekend))
    if left == 0 and weeks:
        weeks, left = weeks - 1, 7 - len(weekend)
    day = moved(start, timedelta(days=7 * weeks * step))
    first, last = sorted((start, day))
    left += sum(first <= free <= last and free != start and free.weekday() not in weekend for free in holidays)
    while left > 0:
        day = moved(day, timedelta(days=step))
        left -= day.weekday() not in weekend and day not in holidays
    return day


def count_worked(start: date, end: date, calendar: WorkingCalendar) -> int:
    """The same by a working calendar, in which make-up days are worked though they are weekends."""
    if end < start:
        return -count_worked(end, start, calendar)
    weekend = frozenset(range(7)) - {day - 1 for day in calendar.weekdays}
    free = frozenset(calendar.holidays) - frozenset(calendar.workdays)
    made_up = sum(start <= day <= end and day.weekday() in weekend for day in calendar.workdays)
    return count_between(start, end, weekend, free) + made_up


def next_worked(start: date, count: int, calendar: WorkingCalendar) -> date:
    """The same by a working calendar: the first day by which so many are worked, found by halving."""
    if abs(count) > LONGEST:
        raise Fault(NUM, "date_out_of_range")
    if not count:
        return start
    step = 1 if count > 0 else -1
    room = (date.max - start).days if step > 0 else (start - date.min).days
    span = min((abs(count) + len(calendar.holidays)) // len(calendar.weekdays) * 7 + 14, room)

    def worked(days: int) -> int:
        far = start + timedelta(days=days * step)
        near = start + timedelta(days=step)
        return count_worked(min(near, far), max(near, far), calendar)

    found = bisect_left(range(1, span + 1), abs(count), key=worked) + 1
    if found > span:
        raise Fault(NUM, "date_out_of_range")
    return start + timedelta(days=found * step)
