"""The day counts of the money market 计息天数: 30/360 and its relatives, as spreadsheets reckon them."""

from calendar import isleap
from datetime import date, timedelta
from decimal import Decimal

from builder.expression.values import NUM, Fault, decimal


def last_of_february(day: date) -> bool:
    """Whether the day is the last of a February."""
    return day.month == 2 and (day + timedelta(days=1)).month == 3


def days360(start: date, end: date, european: bool) -> int:
    """The days between in a year of twelve months of 30 days."""
    first, last = start.day, end.day
    if european:
        first, last = min(first, 30), min(last, 30)
        return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - first
    if last_of_february(start):
        first = 30
    first = min(first, 30)
    if last == 31 and first == 30:
        last = 30
    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - first


def securities(start: date, end: date) -> int:
    """The days between by the rule of 30/360 US, which also lengthens the end of February."""
    first, last = start.day, end.day
    if last_of_february(start):
        if last_of_february(end):
            last = 30
        first = 30
    if last == 31 and first >= 30:
        last = 30
    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - min(first, 30)


def yearfrac(start: date, end: date, basis: int) -> Decimal:
    """The part of a year between two dates, whichever comes first."""
    first, last = min(start, end), max(start, end)
    length = Decimal((last - first).days)
    if basis == 0:
        return decimal(Decimal(securities(first, last)) / 360)
    if basis == 1:
        return decimal(length / _year_of(first, last))
    if basis in (2, 3):
        return decimal(length / (360 if basis == 2 else 365))
    if basis == 4:
        return decimal(Decimal(days360(first, last, True)) / 360)
    raise Fault(NUM, "no_such_way", way=basis)


def _year_of(first: date, last: date) -> Decimal:
    within = (last.year, last.month, last.day) <= (first.year + 1, first.month, first.day)
    if not within:
        years = last.year - first.year + 1
        return (Decimal((date(last.year, 12, 31) - date(first.year, 1, 1)).days + 1)) / years
    if first.year == last.year:
        return Decimal(366 if isleap(first.year) else 365)
    leap = (isleap(first.year) and first <= date(first.year, 2, 29)) or (
        isleap(last.year) and last >= date(last.year, 2, 29)
    )
    return Decimal(366 if leap else 365)
