"""What an expression 表达式 may hold, how blank behaves, and the way from and to the JSON of records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from decimal import Context as Arithmetic
from typing import Any, Union
from zoneinfo import ZoneInfo

from builder.expression.problem import sentence
from builder.working_time import WorkingCalendar

DECIMAL = Arithmetic(prec=34, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999)
WIDE = Arithmetic(prec=50, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999)
LARGEST = Decimal("1e300")
SMALLEST = Decimal("1e-300")
ZERO = Decimal(0)

Value = Union[Decimal, str, bool, date, datetime, time, list["Value"], Mapping[str, Any], None]  # noqa: UP007

DIV, VALUE, NA, NUM, REF, NAME = "#DIV/0!", "#VALUE!", "#N/A", "#NUM!", "#REF!", "#NAME?"


@dataclass(frozen=True)
class Failure:
    """An error as a value 错误值: a spreadsheet code and the reason, which has a sentence."""

    code: str
    reason: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """The reason in English."""
        return self.sentence("en")

    def sentence(self, language: str) -> str:
        """The reason in `zh-CN` or `en`."""
        return sentence(self.reason, language, self.params)

    def as_json(self) -> dict[str, Any]:
        """How a failure travels."""
        return {"error": self.code, "reason": self.reason, "params": dict(self.params)}


class Fault(Exception):
    """Stops the evaluation of one call; becomes its failure. Never leaves this package."""

    def __init__(self, code: str, reason: str, **params: Any) -> None:
        super().__init__(reason)
        self.failure = Failure(code, reason, params)


Related = Callable[[tuple[str, ...], str], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Context:
    """What an evaluation may know of the world: the moment, the zone, who asks, and what references lead to."""

    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    timezone: str = "Asia/Shanghai"
    me: Mapping[str, Any] | None = None
    related: Related | None = None
    chance: Callable[[], Decimal] | None = None
    names: Callable[[str, str], str | None] | None = None
    facts: Callable[[str, tuple["Value", ...]], "Value"] | None = None
    """What only the record engine knows, by the function that asks; it may raise `Fault`."""
    calendar: Callable[[], WorkingCalendar] | None = None
    """The workspace's working calendar, looked up when it is first asked for; None: Monday to Friday."""

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """An instant on the workspace's clock."""
        try:
            return moment.astimezone(self.zone)
        except OverflowError:
            raise Fault(NUM, "date_out_of_range") from None

    def instant(self, local: datetime) -> datetime:
        """A time of the workspace's clock as an instant; of two possible ones the earlier."""
        try:
            return local.replace(tzinfo=self.zone).astimezone(UTC)
        except OverflowError:
            raise Fault(NUM, "date_out_of_range") from None

    def midnight(self, day: date) -> datetime:
        """The instant at which a day begins in the workspace."""
        return self.instant(datetime(day.year, day.month, day.day))

    @property
    def today(self) -> date:
        """The day it is in the workspace."""
        return self.local(self.now).date()


@dataclass(frozen=True)
class Shape:
    """What a name stands for: its type, and what lies behind it.

    `type` is number, text, boolean, date, datetime, time, list, rows, reference or any; `item` is the type in a list;
    `columns` are the names in rows, `target` gives the names behind a reference, `options` the labels
    of a choice by id.
    """

    type: str
    label: str = ""
    item: str = "any"
    columns: "Scope | None" = None
    target: "Callable[[], Scope] | Scope | None" = None
    options: Mapping[str, str] | None = None

    @property
    def inside(self) -> "Scope":
        """The names that may follow this one after a dot."""
        if self.columns is not None:
            return self.columns
        found = self.target() if callable(self.target) else self.target
        return found if found is not None else {}


Scope = Mapping[str, Shape]
"""The names an expression may use, by id."""


def decimal(value: int | str | Decimal) -> Decimal:
    """A number of this language: 34 digits, of a size that both readers hold; raises `Fault`."""
    try:
        found = DECIMAL.create_decimal(value)
    except InvalidOperation:
        raise Fault(VALUE, "not_a_number", found=str(value)[:40]) from None
    if in_range(found):
        return found
    if not found.is_finite() or abs(found) >= LARGEST:
        raise Fault(NUM, "number_out_of_range")
    return ZERO if abs(found) < SMALLEST else found


def in_range(value: Decimal) -> bool:
    """Whether a finite number is of a size that needs no second look; a zero with a large exponent gets one."""
    return -300 < value.adjusted() < 300 and value.is_finite()


def plain(value: Decimal) -> str:
    """The canonical text of a number: no exponent, no trailing zeros."""
    text = f"{value:f}" if value else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Decimal) -> str:
    """A number as part of a text: fractions are cut to 15 significant digits as in a spreadsheet."""
    if value == value.to_integral_value():
        return plain(value)
    return plain(value.normalize(Arithmetic(prec=15, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999)))


def iso(moment: datetime) -> str:
    """An instant as records keep it, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z".zfill(20)


def seconds(clock: time) -> int:
    """A time of day in seconds."""
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def clock(total: int) -> time:
    """The time of day so many seconds after midnight; whole days fall away."""
    total %= 86_400
    return time(total // 3600, total // 60 % 60, total % 60)


def span(days: Decimal) -> timedelta:
    """So many days, and parts of days, to the millisecond; raises `Fault`."""
    try:
        return timedelta(milliseconds=int((days * 86_400_000).to_integral_value(ROUND_HALF_EVEN)))
    except OverflowError:
        raise Fault(NUM, "date_out_of_range") from None


def days(length: timedelta) -> Decimal:
    """A length of time in days."""
    return DECIMAL.divide(Decimal(length // timedelta(milliseconds=1)), Decimal(86_400_000))
