"""Functions that count weeks, days and parts of a year 周与天数函数."""

from datetime import date as Date
from decimal import Decimal

from builder.expression.coerce import whole
from builder.expression.functions.yearfrac import days360 as days_of_360
from builder.expression.functions.yearfrac import yearfrac as fraction_of_year
from builder.expression.table import group
from builder.expression.values import NUM, Context, Fault

date = group("date")


@date(
    "WEEKDAY",
    "date:date kind:number?",
    "number",
    "星期几：默认周日为 1；第二参数为 2 时周一为 1。",
    "The day of the week: Sunday is 1; with 2, Monday is.",
    ('WEEKDAY("2026-11-23")', "2"),
    ('WEEKDAY("2026-11-23", 2)', "1"),
)
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


@date(
    "WEEKNUM",
    "date:date kind:number?",
    "number",
    "一年中的第几周。",
    "The week of the year; the one with January 1 is the first.",
    ('WEEKNUM("2020-08-02")', "32"),
)
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


@date(
    "DAYS",
    "end:date start:date",
    "number",
    "两个日期相差的天数。",
    "The days from the start to the end.",
    ('DAYS("2026-12-01", "2026-11-23")', "8"),
)
def days_(at: Context, end: Date, start: Date) -> Decimal:
    return Decimal((end - start).days)


@date(
    "DAYS360",
    "start:date end:date european:boolean?",
    "number",
    "按每年 360 天计算的天数。",
    "The days between, in a year of 360.",
    ('DAYS360("2026-01-01", "2026-12-31")', "360"),
)
def days360(at: Context, start: Date, end: Date, european: bool | None = None) -> Decimal:
    return Decimal(days_of_360(start, end, bool(european)))


@date(
    "YEARFRAC",
    "start:date end:date basis:number?",
    "number",
    "两个日期之间占一年的比例。",
    "The part of a year between two dates.",
    ('YEARFRAC("2026-01-01", "2026-07-01")', "0.5"),
)
def yearfrac(at: Context, start: Date, end: Date, basis: Decimal | None = None) -> Decimal:
    return fraction_of_year(start, end, 0 if basis is None else whole(basis))
