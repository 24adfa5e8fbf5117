"""Functions over dates and times 日期函数; days of the workspace's zone, no serial numbers, no day that never was."""

from calendar import monthrange
from datetime import date as Date
from datetime import datetime, time, timedelta
from decimal import Decimal

from builder.expression.coerce import to_date, to_instant, whole
from builder.expression.functions.workdays import count_between, holidays_of, next_workday, weekend_of
from builder.expression.functions.yearfrac import days360 as days_of_360
from builder.expression.functions.yearfrac import yearfrac as fraction_of_year
from builder.expression.operators import moved
from builder.expression.table import group
from builder.expression.values import NUM, Context, Fault, Value, clock, days, decimal

date = group("date")
Moment = Date | datetime | time


def shifted(day: Date, months: int) -> Date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    if not 1 <= day.year + years <= 9999:
        raise Fault(NUM, "date_out_of_range")
    return Date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))


@date(
    "DATE", "year:number month:number day:number", "date",
    "由年月日得到日期；月和日可以超出范围。", "The date of a year, month and day; these may run over.",
    ("DATE(2026, 11, 23)", 'DATEVALUE("2026-11-23")'), ("DATE(2020, 14, 46)", 'DATEVALUE("2021-03-18")'),
)
def date_(at: Context, year: Decimal, month: Decimal, day: Decimal) -> Date:
    if not 1 <= whole(year) <= 9999:
        raise Fault(NUM, "date_out_of_range")
    first = shifted(Date(whole(year), 1, 1), whole(month) - 1)
    return _days_later(first, whole(day) - 1)


def _days_later(day: Date, count: int) -> Date:
    if abs(count) > 4_000_000:
        raise Fault(NUM, "date_out_of_range")
    return moved(day, timedelta(days=count))


@date("TIME", "hour:number minute:number second:number", "time", "由时分秒得到时间。", "The time of day of an hour, minute and second.", ("HOUR(TIME(27, 0, 0))", "3"))
def time_(at: Context, hour: Decimal, minute: Decimal, second: Decimal) -> time:
    total = whole(hour) * 3600 + whole(minute) * 60 + whole(second)
    if total < 0:
        raise Fault(NUM, "date_out_of_range")
    return clock(total)


@date("NOW", "", "datetime", "当前时刻。", "The present moment.", ("ISBLANK(NOW())", "FALSE"))
@date("SYSTIME", "", "datetime", "服务器当前时刻。", "The present moment of the server.", ("SYSTIME() = NOW()", "TRUE"))
def now(at: Context) -> datetime:
    return at.now


@date("TODAY", "", "date", "今天的日期。", "Today in the workspace's time zone.", ("DAYS(TODAY() + 1, TODAY())", "1"))
def today(at: Context) -> Date:
    return at.today


@date("YEAR", "date:date", "number", "年份。", "The year.", ('YEAR("2026-11-23")', "2026"))
def year(at: Context, day: Date) -> Decimal:
    return Decimal(day.year)


@date("QUARTER", "date:date", "number", "季度。", "The quarter of the year.", ('QUARTER("2026-11-23")', "4"))
def quarter(at: Context, day: Date) -> Decimal:
    return Decimal((day.month + 2) // 3)


@date("MONTH", "date:date", "number", "月份。", "The month.", ('MONTH("2026-11-23")', "11"))
def month(at: Context, day: Date) -> Decimal:
    return Decimal(day.month)


@date("DAY", "date:date", "number", "一个月中的第几天。", "The day of the month.", ('DAY("2026-11-23")', "23"))
def day(at: Context, day_: Date) -> Decimal:
    return Decimal(day_.day)


def of_day(moment: Moment, at: Context) -> time:
    """The time of day of a moment; a date begins at midnight."""
    if isinstance(moment, datetime):
        return at.local(moment).time()
    return moment if isinstance(moment, time) else time(0)


@date("HOUR", "moment:moment", "number", "小时。", "The hour of the day.", ('HOUR("2026-11-23 10:20:30")', "10"))
def hour(at: Context, moment: Moment) -> Decimal:
    return Decimal(of_day(moment, at).hour)


@date("MINUTE", "moment:moment", "number", "分钟。", "The minute.", ('MINUTE("7/18/2011 7:45")', "45"))
def minute(at: Context, moment: Moment) -> Decimal:
    return Decimal(of_day(moment, at).minute)


@date("SECOND", "moment:moment", "number", "秒。", "The second.", ('SECOND("2026-11-23 10:20:30")', "30"))
def second(at: Context, moment: Moment) -> Decimal:
    return Decimal(of_day(moment, at).second)


@date("WEEKDAY", "date:date kind:number?", "number", "星期几：默认周日为 1；第二参数为 2 时周一为 1。", "The day of the week: Sunday is 1; with 2, Monday is.", ('WEEKDAY("2026-11-23")', "2"), ('WEEKDAY("2026-11-23", 2)', "1"))
def weekday(at: Context, day_: Date, kind: Decimal | None = None) -> Decimal:
    way = 1 if kind is None else whole(kind)
    if way == 3:
        return Decimal(day_.weekday())
    return Decimal((day_.weekday() - first_weekday(way)) % 7 + 1)


def first_weekday(way: int) -> int:
    """The weekday (Monday 0) with which a week begins, by the numbers that spreadsheets use."""
    known = {1: 6, 2: 0, **{number: number - 11 for number in range(11, 18)}}
    if way not in known:
        raise Fault(NUM, "no_such_way", way=way)
    return known[way]


@date("WEEKNUM", "date:date kind:number?", "number", "一年中的第几周。", "The week of the year; the one with January 1 is the first.", ('WEEKNUM("2020-08-02")', "32"))
def weeknum(at: Context, day_: Date, kind: Decimal | None = None) -> Decimal:
    way = 1 if kind is None else whole(kind)
    if way == 21:
        return isoweeknum(at, day_)
    first = Date(day_.year, 1, 1)
    offset = (first.weekday() - first_weekday(way)) % 7
    return Decimal(((day_ - first).days + offset) // 7 + 1)


@date("ISOWEEKNUM", "date:date", "number", "ISO 周数。", "The ISO week of the year.", ('ISOWEEKNUM("2021-02-04")', "5"))
def isoweeknum(at: Context, day_: Date) -> Decimal:
    return Decimal(day_.isocalendar().week)


@date("DAYS", "end:date start:date", "number", "两个日期相差的天数。", "The days from the start to the end.", ('DAYS("2026-12-01", "2026-11-23")', "8"))
def days_(at: Context, end: Date, start: Date) -> Decimal:
    return Decimal((end - start).days)


@date("DAYS360", "start:date end:date european:boolean?", "number", "按每年 360 天计算的天数。", "The days between, in a year of 360.", ('DAYS360("2026-01-01", "2026-12-31")', "360"))
def days360(at: Context, start: Date, end: Date, european: bool | None = None) -> Decimal:
    return Decimal(days_of_360(start, end, bool(european)))


@date("YEARFRAC", "start:date end:date basis:number?", "number", "两个日期之间占一年的比例。", "The part of a year between two dates.", ('YEARFRAC("2026-01-01", "2026-07-01")', "0.5"))
def yearfrac(at: Context, start: Date, end: Date, basis: Decimal | None = None) -> Decimal:
    return fraction_of_year(start, end, 0 if basis is None else whole(basis))


UNITS_OF_TIME = {"h": 3_600_000, "m": 60_000, "s": 1000}
UNITS = ("d", "M", "y", "Y", "D", "MD", "YM", "YD", "md", "ym", "yd", *UNITS_OF_TIME)


@date(
    "DATEDIF", "start:moment end:moment unit:text?", "number",
    "两个时间相差多少：y 年、M 月、d 天、h 小时、m 分钟、s 秒；默认为天。",
    "The full units between two moments: y years, M months, d days, h hours, m minutes, s seconds.",
    ('DATEDIF("2001-02-28", "2004-03-20", "M")', "36"), ('DATEDIF("2026-11-01", "2026-11-23")', "22"),
    ('DATEDIF("2026-11-23 08:00", "2026-11-23 09:30", "m")', "90"), ('DATEDIF("2026-11-23", "2026-11-01", "d")', "#NUM!"),
)
def datedif(at: Context, start: Moment, end: Moment, unit: str | None = None) -> Decimal:
    which = unit or "d"
    if which not in UNITS:
        raise Fault(NUM, "no_such_unit", unit=which[:20])
    if which in UNITS_OF_TIME:
        length = days(to_instant(end, at) - to_instant(start, at)) * 86_400_000
        if length < 0:
            raise Fault(NUM, "end_before_start")
        return Decimal(int(decimal(length).to_integral_value()) // UNITS_OF_TIME[which])
    first, last = to_date(start, at), to_date(end, at)
    if last < first:
        raise Fault(NUM, "end_before_start")
    return Decimal(_between(first, last, which.upper()))


def _between(first: Date, last: Date, unit: str) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if unit == "D":
        return (last - first).days
    if unit in ("M", "Y", "YM"):
        return {"M": months, "Y": months // 12, "YM": months % 12}[unit]
    return (last - shifted(first, months if unit == "MD" else months // 12 * 12)).days


@date(
    "DATEDELTA", "date:moment days:number", "=1", "若干天之后的日期，负数为之前。", "The day so many days later, or earlier when negative.",
    ('DATEDELTA("2026-11-23", 8)', 'DATEVALUE("2026-12-01")'),
)
def datedelta(at: Context, moment: Moment, count: Decimal) -> Moment:
    if isinstance(moment, datetime):
        local = at.local(moment)
        later = _days_later(local.date(), whole(count))
        return at.instant(datetime.combine(later, local.time()))
    return _days_later(to_date(moment, at), whole(count))


@date("EDATE", "date:date months:number", "date", "若干个月之后的同一天。", "The same day so many months later.", ('EDATE("2023-03-31", 1)', 'DATEVALUE("2023-04-30")'))
def edate(at: Context, day_: Date, months: Decimal) -> Date:
    return shifted(day_, whole(months))


@date("EOMONTH", "date:date months:number?", "date", "若干个月之后的月末。", "The last day of the month so many months later.", ('EOMONTH("2024-01-15", 1)', 'DATEVALUE("2024-02-29")'))
def eomonth(at: Context, day_: Date, months: Decimal | None = None) -> Date:
    there = shifted(day_.replace(day=1), 0 if months is None else whole(months))
    return there.replace(day=monthrange(there.year, there.month)[1])


@date("WORKDAY", "start:date days:number holidays:list?", "date", "若干个工作日之后的日期。", "The date so many workdays later; weekends and holidays are skipped.", ('WORKDAY("2026-11-20", 1)', 'DATEVALUE("2026-11-23")'))
def workday(at: Context, start: Date, count: Decimal, holidays: list[Value] | None = None) -> Date:
    return next_workday(start, whole(count), weekend_of(None), holidays_of(holidays, at))


@date("WORKDAY.INTL", "start:date days:number weekend:any? holidays:list?", "date", "若干个工作日之后的日期，可自定周末。", "Like WORKDAY, with a weekend of one's own: a number, or seven of 0 and 1 from Monday.", ('WORKDAY.INTL("2026-11-20", 1, "0000001")', 'DATEVALUE("2026-11-21")'))
def workday_intl(at: Context, start: Date, count: Decimal, weekend: Value = None, holidays: list[Value] | None = None) -> Date:
    return next_workday(start, whole(count), weekend_of(weekend), holidays_of(holidays, at))


@date("NETWORKDAYS", "start:date end:date holidays:list?", "number", "两个日期之间的工作日天数。", "The workdays from the start to the end, both included.", ('NETWORKDAYS("2020-01-01", "2020-01-10")', "8"))
def networkdays(at: Context, start: Date, end: Date, holidays: list[Value] | None = None) -> Decimal:
    return Decimal(count_between(start, end, weekend_of(None), holidays_of(holidays, at)))


@date("NETWORKDAYS.INTL", "start:date end:date weekend:any? holidays:list?", "number", "工作日天数，可自定周末。", "Like NETWORKDAYS, with a weekend of one's own.", ('NETWORKDAYS.INTL("2026-11-20", "2026-11-23", 11)', "3"))
def networkdays_intl(at: Context, start: Date, end: Date, weekend: Value = None, holidays: list[Value] | None = None) -> Decimal:
    return Decimal(count_between(start, end, weekend_of(weekend), holidays_of(holidays, at)))


@date("TIMESTAMP", "moment:moment", "number", "时刻对应的毫秒数。", "The milliseconds since 1970-01-01 in UTC.", ('TIMESTAMP("1970-01-02T00:00:00Z")', "86400000"))
def timestamp(at: Context, moment: Moment) -> Decimal:
    length = to_instant(moment, at) - datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return Decimal(length // timedelta(milliseconds=1))


@date("DATETIME", "date:date time:moment?", "datetime", "由日期和时间得到时刻。", "The instant of a date and a time of day in the workspace.", ('HOUR(DATETIME("2026-11-23", TIME(8, 30, 0)))', "8"))
def datetime_(at: Context, day_: Date, time__: Moment | None = None) -> datetime:
    return at.instant(datetime.combine(day_, time(0) if time__ is None else of_day(time__, at)))
