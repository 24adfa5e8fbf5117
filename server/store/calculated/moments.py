"""Days and instants on PostgreSQL 日期与时刻的运算."""

from collections.abc import Callable

from sqlalchemy import Date, Integer, Numeric, case, cast, extract, false, func, literal, literal_column, null, or_
from sqlalchemy.dialects.postgresql import TIMESTAMP

from builder.expression.functions.calendar import first_weekday
from builder.expression.planned import Plan
from server.store.calculated.steps import NUM, WORKS, Calculated, Sql, Step, Work, first, power


def _waiting(at: Calculated, plan: Plan, value: Sql, parts: list[Step], own: Sql | None = None) -> Step:
    """A step that is blank as long as its first part is, whatever the others come to."""
    waited, *others = parts
    later = first([*(other.failure for other in others), own])
    gone = None if later is None else case((waited.value.is_not(None), later))
    return at.fenced(plan.kind, value, first([waited.failure, gone]))


def _days(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return _waiting(at, plan, cast(parts[0].value - parts[1].value, Integer), parts)


def _days_later(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    count = func.trunc(parts[1].value)
    far = func.abs(count) > 4_000_000
    there = at.fenced("date", case((far, null()), else_=parts[0].value + cast(func.coalesce(count, 0), Integer))).value
    outside = or_(far, func.coalesce(~extract("year", there).between(1, 9999), false()))
    return _waiting(at, plan, there, parts, case((outside, literal(NUM))))


def _date_of(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    year, month, day = (func.trunc(part.value) for part in parts)
    whole = case((func.greatest(*(func.abs(part.value) for part in parts)) >= power(15), literal(NUM)))
    wrong = first([whole, case((~year.between(1, 9999), literal(NUM)))])
    start = at.fenced("number", year * 12 + month - 1, first([*(part.failure for part in parts), wrong]))
    return _days_from(at, plan, _month_at(at, start), Step("number", day - 1))


def _month_at(at: Calculated, months: Step) -> Step:
    """The first day of a month, counted from the year 0."""
    year = func.floor(months.value / 12)
    outside = case((~year.between(1, 9999), literal(NUM)))
    inside = case((year.between(1, 9999), months.value))
    held = at.fenced("number", inside, first([months.failure, outside]))
    there = func.make_date(
        cast(func.floor(held.value / 12), Integer), cast(func.mod(held.value, 12) + 1, Integer), 1, type_=Date()
    )
    return at.fenced("date", there, held.failure)


def _days_from(at: Calculated, plan: Plan, start: Step, count: Step) -> Step:
    far = func.abs(count.value) > 4_000_000
    moved = start.value + cast(func.coalesce(case((far, 0), else_=count.value), 0), Integer)
    there = at.fenced("date", moved, start.failure)
    outside = or_(far, func.coalesce(~extract("year", there.value).between(1, 9999), false()))
    return at.fenced("date", there.value, first([there.failure, case((outside, literal(NUM)))]))


def _shifted(days_of: Callable[[Sql, Sql], Sql]) -> Work:
    """So many months later: `days_of` says how many days after the month's first, of the old day and the last day."""

    def made(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
        day, count = parts
        months = func.trunc(count.value) + extract("year", day.value) * 12 + extract("month", day.value) - 1
        huge = first([count.failure, case((func.abs(count.value) >= power(15), literal(NUM)))])
        own = case((day.value.is_not(None), huge))
        there = _month_at(at, at.fenced("number", months, first([day.failure, own])))
        length = extract("day", there.value + literal_column("interval '1 month'") - literal_column("interval '1 day'"))
        moved = there.value + cast(days_of(extract("day", day.value), length) - 1, Integer)
        return at.fenced("date", moved, there.failure)

    return made


def _part_of(name: str) -> Work:
    return lambda at, plan, parts: at.done(plan, cast(extract(name, parts[0].value), Numeric), *parts)


def _day_of(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return at.done(plan, cast(func.timezone(at.timezone, parts[0].value), Date), *parts)


def _midnight(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return at.done(plan, func.timezone(at.timezone, cast(parts[0].value, TIMESTAMP())), *parts)


def _clock(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    """A part of the workspace's clock; a day without a time is at midnight."""
    moment = parts[0]
    there = func.timezone(at.timezone, moment.value) if moment.kind == "datetime" else cast(moment.value, TIMESTAMP())
    if moment.kind == "blank":
        return at.done(plan, null(), moment)
    return at.done(plan, func.floor(cast(extract(plan.value, there), Numeric)), moment)


def _monday(day: Sql) -> Sql:
    """The weekday, Monday 0."""
    return cast(extract("isodow", day), Integer) - 1


def _weekday(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    day, way = parts[0].value, plan.value
    if way == 3:
        return at.done(plan, _monday(day), parts[0])
    return at.done(plan, func.mod(_monday(day) - first_weekday(way) + 7, 7) + 1, parts[0])


def _weeknum(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    day = parts[0].value
    start = cast(func.date_trunc("year", cast(day, TIMESTAMP())), Date)
    offset = func.mod(_monday(start) - first_weekday(plan.value) + 7, 7)
    return at.done(plan, func.div(cast(extract("doy", day), Integer) - 1 + offset, 7) + 1, parts[0])


def _datedif(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    start, end = parts[0].value, parts[1].value
    parts_of = {name: [cast(extract(name, day), Integer) for day in (start, end)] for name in ("year", "month", "day")}
    years, months, days = (parts_of[name][1] - parts_of[name][0] for name in ("year", "month", "day"))
    whole = years * 12 + months - case((days < 0, 1), else_=0)
    found: Sql = {
        "D": cast(end - start, Integer), "M": whole, "Y": func.div(whole, 12), "YM": func.mod(whole, 12),
    }[plan.value]  # fmt: skip
    return _waiting(at, plan, found, parts, case((end < start, literal(NUM))))


WORKS.update({
    "year": _part_of("year"), "month": _part_of("month"), "day": _part_of("day"), "quarter": _part_of("quarter"),
    "isoweek": _part_of("week"), "clock": _clock, "date_of": _date_of, "months_later": _shifted(func.least),
    "month_end": _shifted(lambda _, length: length),
    "weekday": _weekday, "weeknum": _weeknum, "datedif": _datedif,
    "days": _days, "days_later": _days_later, "day_of": _day_of, "midnight": _midnight,
})  # fmt: skip
