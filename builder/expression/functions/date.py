"""Functions over dates and times 日期函数; days of the workspace's zone, no serial numbers, no day that never was."""

from calendar import monthrange
from datetime import date as Date
from datetime import datetime, time, timedelta
from decimal import Decimal

from builder.expression.coerce import to_date, to_instant, whole
from builder.expression.operators import moved
from builder.expression.table import group
from builder.expression.values import NUM, Context, Fault, clock, days, decimal

date = group("date")
Moment = Date | datetime | time


def shifted(day: Date, months: int) -> Date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    if not 1 <= day.year + years <= 9999:
        raise Fault(NUM, "date_out_of_range")
    return Date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))


@date(
    "DATE",
    "year:number month:number day:number",
    "date",
    "由年月日得到日期；月和日可以超出范围。",
    "The date of a year, month and day; these may run over.",
    ("DATE(2026, 11, 23)", 'DATEVALUE("2026-11-23")'),
    ("DATE(2020, 14, 46)", 'DATEVALUE("2021-03-18")'),
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


@date(
    "TIME",
    "hour:number minute:number second:number",
    "time",
    "由时分秒得到时间。",
    "The time of day of an hour, minute and second.",
    ("HOUR(TIME(27, 0, 0))", "3"),
)
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


UNITS_OF_TIME = {"h": 3_600_000, "m": 60_000, "s": 1000}
UNITS = ("d", "M", "y", "Y", "D", "MD", "YM", "YD", "md", "ym", "yd", *UNITS_OF_TIME)


@date(
    "DATEDIF",
    "start:moment end:moment unit:text?",
    "number",
    "两个时间相差多少：y 年、M 月、d 天、h 小时、m 分钟（两个都是日期时为月）、s 秒；默认为天。",
    "Full units between two moments: y, M months, d, h, m minutes (months between two dates), s.",
    ('DATEDIF("2001-02-28", "2004-03-20", "M")', "36"),
    ('DATEDIF("2026-11-01", "2026-11-23")', "22"),
    ('DATEDIF("2026-11-23 08:00", "2026-11-23 09:30", "m")', "90"),
    ('DATEDIF("2026-11-23", "2026-11-01", "d")', "#NUM!"),
)
def datedif(at: Context, start: Moment, end: Moment, unit: str | None = None) -> Decimal:
    which = unit or "d"
    if which == "m" and not isinstance(start, datetime | time) and not isinstance(end, datetime | time):
        which = "M"
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
    "DATEDELTA",
    "date:moment days:number",
    "=1",
    "若干天之后的日期，负数为之前。",
    "The day so many days later, or earlier when negative.",
    ('DATEDELTA("2026-11-23", 8)', 'DATEVALUE("2026-12-01")'),
)
def datedelta(at: Context, moment: Moment, count: Decimal) -> Moment:
    if isinstance(moment, datetime):
        local = at.local(moment)
        later = _days_later(local.date(), whole(count))
        return at.instant(datetime.combine(later, local.time()))
    return _days_later(to_date(moment, at), whole(count))


@date(
    "EDATE",
    "date:date months:number",
    "date",
    "若干个月之后的同一天。",
    "The same day so many months later.",
    ('EDATE("2023-03-31", 1)', 'DATEVALUE("2023-04-30")'),
)
def edate(at: Context, day_: Date, months: Decimal) -> Date:
    return shifted(day_, whole(months))


@date(
    "EOMONTH",
    "date:date months:number?",
    "date",
    "若干个月之后的月末。",
    "The last day of the month so many months later.",
    ('EOMONTH("2024-01-15", 1)', 'DATEVALUE("2024-02-29")'),
)
def eomonth(at: Context, day_: Date, months: Decimal | None = None) -> Date:
    there = shifted(day_.replace(day=1), 0 if months is None else whole(months))
    return there.replace(day=monthrange(there.year, there.month)[1])


@date(
    "TIMESTAMP",
    "moment:moment",
    "number",
    "时刻对应的毫秒数。",
    "The milliseconds since 1970-01-01 in UTC.",
    ('TIMESTAMP("1970-01-02T00:00:00Z")', "86400000"),
)
def timestamp(at: Context, moment: Moment) -> Decimal:
    length = to_instant(moment, at) - datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return Decimal(length // timedelta(milliseconds=1))


@date(
    "DATETIME",
    "date:date time:moment?",
    "datetime",
    "由日期和时间得到时刻。",
    "The instant of a date and a time of day in the workspace.",
    ('HOUR(DATETIME("2026-11-23", TIME(8, 30, 0)))', "8"),
)
def datetime_(at: Context, day_: Date, time__: Moment | None = None) -> datetime:
    return at.instant(datetime.combine(day_, time(0) if time__ is None else of_day(time__, at)))
