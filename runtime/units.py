"""Times cut to a unit 时间粒度 and decimals as text, the same for the world in memory and the world in a database."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
AVERAGE_STEP = Decimal("1e-8")
UNITS = ("day", "week", "month", "quarter", "year")


@lru_cache(maxsize=20_000)
def cut(value: str, unit: str, timezone: str) -> str | None:
    """The unit a date or an instant falls in: 2026-11-23, 2026-W47, 2026-11, 2026-Q4, 2026; None when it is no time.

    Instants are seen in `timezone`; dates have none and never shift. Without a unit the value stays as it is.
    """
    if not unit:
        return value
    try:
        if "T" in value:
            day = datetime.fromisoformat(value).astimezone(ZoneInfo(timezone)).date()
        else:
            day = date.fromisoformat(value)
    except (ValueError, OverflowError):
        return None
    return _name(day, unit)


def _name(day: date, unit: str) -> str:
    if unit == "day":
        return day.isoformat()
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "month":
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}-Q{(day.month + 2) // 3}" if unit == "quarter" else f"{day.year:04}"


def number_of(value: object) -> Decimal | None:
    """The finite decimal that a stored value is, or None."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def decimal_text(value: Decimal) -> str:
    """The shortest plain notation of a decimal: 12.50 is 12.5."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    sum = Decimal(0)
    for value in values:
        sum = EXACT.add(sum, value)
    return sum


def average(sum: Decimal, count: int) -> Decimal:
    """The mean, rounded half away from zero to eight digits after the point."""
    return EXACT.divide(sum, Decimal(count)).quantize(AVERAGE_STEP, ROUND_HALF_UP, EXACT)
