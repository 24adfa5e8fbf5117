"""Functions over workdays 工作日函数."""

from datetime import date as Date
from decimal import Decimal

from builder.expression.coerce import whole
from builder.expression.functions.workdays import (
    count_between,
    count_worked,
    holidays_of,
    next_workday,
    next_worked,
    weekend_of,
)
from builder.expression.table import group
from builder.expression.values import Context, Value

date = group("date")


@date(
    "WORKDAY",
    "start:date days:number holidays:list?",
    "date",
    "若干个工作日之后的日期，按工作日历计算（含节假日与调休）；给出假日时只按周末和所给假日。",
    "The date so many workdays later, by the working calendar; with holidays given, by weekends and these alone.",
    ('WORKDAY("2026-11-20", 1)', 'DATEVALUE("2026-11-23")'),
)
def workday(at: Context, start: Date, count: Decimal, holidays: list[Value] | None = None) -> Date:
    if holidays is None and at.calendar is not None:
        return next_worked(start, whole(count), at.calendar())
    return next_workday(start, whole(count), weekend_of(None), holidays_of(holidays, at))


@date(
    "WORKDAY.INTL",
    "start:date days:number weekend:any? holidays:list?",
    "date",
    "若干个工作日之后的日期，可自定周末。",
    "Like WORKDAY, with a weekend of one's own: a number, or seven of 0 and 1 from Monday.",
    ('WORKDAY.INTL("2026-11-20", 1, "0000001")', 'DATEVALUE("2026-11-21")'),
)
def workday_intl(
    at: Context, start: Date, count: Decimal, weekend: Value = None, holidays: list[Value] | None = None
) -> Date:
    return next_workday(start, whole(count), weekend_of(weekend), holidays_of(holidays, at))


@date(
    "NETWORKDAYS",
    "start:date end:date holidays:list?",
    "number",
    "两个日期之间的工作日天数，按工作日历计算（含节假日与调休）；给出假日时只按周末和所给假日。",
    "The workdays from the start to the end, both included, by the working calendar; with holidays given, by "
    "weekends and these alone.",
    ('NETWORKDAYS("2020-01-01", "2020-01-10")', "8"),
)
def networkdays(at: Context, start: Date, end: Date, holidays: list[Value] | None = None) -> Decimal:
    if holidays is None and at.calendar is not None:
        return Decimal(count_worked(start, end, at.calendar()))
    return Decimal(count_between(start, end, weekend_of(None), holidays_of(holidays, at)))


@date(
    "NETWORKDAYS.INTL",
    "start:date end:date weekend:any? holidays:list?",
    "number",
    "工作日天数，可自定周末。",
    "Like NETWORKDAYS, with a weekend of one's own.",
    ('NETWORKDAYS.INTL("2026-11-20", "2026-11-23", 11)', "3"),
)
def networkdays_intl(
    at: Context, start: Date, end: Date, weekend: Value = None, holidays: list[Value] | None = None
) -> Decimal:
    return Decimal(count_between(start, end, weekend_of(weekend), holidays_of(holidays, at)))
