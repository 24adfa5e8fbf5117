"""Format codes of TEXT 格式代码: "#,##0.00", "0%", "yyyy-mm-dd", "[h]:mm"."""

import re
from datetime import date, datetime, time
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from builder.expression.functions.number import rounded
from builder.expression.values import VALUE, WIDE, Context, Fault

Moment = date | datetime | time
PART = re.compile(r'"[^"]*"?|\\.|\[[hHmMsS]+\]|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA][mM]/[pP][mM]|[aA]{3,4}|[eE]+|.', re.S)
TIMELY = re.compile(r'"[^"]*"|\\.|(\[[hHmMsS]+\]|[yYmMdDhHsS])', re.S)
WEEKDAYS = "一二三四五六日"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def is_timely(code: str) -> bool:
    """Whether a format code is one for dates and times."""
    return any(found[1] for found in TIMELY.finditer(code))


def format_moment(moment: Moment, code: str, at: Context) -> str:
    """A date, instant or time of day by a code."""
    local = at.local(moment).replace(tzinfo=None) if isinstance(moment, datetime) else moment
    if isinstance(local, time):
        local = datetime.combine(date(1899, 12, 31), local)
    elif not isinstance(local, datetime):
        local = datetime(local.year, local.month, local.day)
    elapsed = Decimal(local.hour * 3600 + local.minute * 60 + local.second)
    return _parts(code, local, elapsed)


def format_days(length: Decimal, code: str) -> str:
    """A number of days by a code for hours, minutes and seconds."""
    if length < 0 or length > 1_000_000_000 or re.search("[yYdD]", re.sub(r'"[^"]*"', "", code)):
        raise Fault(VALUE, "no_such_format", found=code[:40])
    total = (length * 86_400).to_integral_value(ROUND_HALF_UP)
    clock = int(total % 86_400)
    moment = datetime(1899, 12, 31, clock // 3600, clock // 60 % 60, clock % 60)
    return _parts(code, moment, total)


def _parts(code: str, moment: datetime, elapsed: Decimal) -> str:
    parts = PART.findall(code)
    half = any(part.lower() == "am/pm" for part in parts)
    return "".join(_part(parts, index, moment, elapsed, half) for index in range(len(parts)))


def _part(parts: list[str], index: int, moment: datetime, elapsed: Decimal, half: bool) -> str:
    part = parts[index]
    low = part.lower()
    if part[0] in '"\\':
        return part[1:].removesuffix('"') if part[0] == '"' else part[1:]
    if low[0] == "[" and len(low) > 1:
        unit = {"h": 3600, "m": 60, "s": 1}[low[1]]
        return str(int(elapsed) // unit).zfill(len(low) - 2)
    if low == "am/pm":
        return "AM" if moment.hour < 12 else "PM"
    if low[0] == "m":
        return _minutes_or_month(parts, index, moment)
    if low in ("aaa", "aaaa"):
        return ("星期" if low == "aaaa" else "") + WEEKDAYS[moment.weekday()]
    if low[0] == "e":
        return "星期" + WEEKDAYS[moment.weekday()]
    return _plain_part(low, moment, half) if low[0] in "ydhs" else part


def _plain_part(low: str, moment: datetime, half: bool) -> str:
    if low[0] == "y":
        return f"{moment.year % 100:02}" if len(low) <= 2 else f"{moment.year:04}"
    if low[0] == "d" and len(low) > 2:
        name = DAYS[moment.weekday()]
        return name[:3] if len(low) == 3 else name
    hour = (moment.hour + 11) % 12 + 1 if half else moment.hour
    value = {"d": moment.day, "h": hour, "s": moment.second}[low[0]]
    return str(value).zfill(min(len(low), 2))


def _minutes_or_month(parts: list[str], index: int, moment: datetime) -> str:
    units = [(place, part.lower().strip("[")[:1]) for place, part in enumerate(parts) if _is_unit(part)]
    place = [where for where, _ in units].index(index)
    after_hour = place > 0 and units[place - 1][1] == "h"
    before_second = place + 1 < len(units) and units[place + 1][1] == "s"
    length = len(parts[index])
    if (after_hour or before_second) and length <= 2:
        return str(moment.minute).zfill(length)
    if length > 2:
        name = MONTHS[moment.month - 1]
        return {3: name[:3], 5: name[:1]}.get(length, name)
    return str(moment.month).zfill(length)


def _is_unit(part: str) -> bool:
    return bool(re.fullmatch(r"\[?([yY]+|[mM]+|[dD]+|[hH]+|[sS]+)\]?", part))


def format_number(value: Decimal, code: str) -> str:
    """A number by a code such as `#,##0.00`; sections after ; are for negative numbers and zero."""
    sections = _sections(code)
    if value < 0 and len(sections) > 1:
        return _section(abs(value), sections[1])
    if value == 0 and len(sections) > 2:
        return _section(value, sections[2])
    text = _section(abs(value), sections[0])
    return "-" + text if value < 0 and re.search("[1-9]", text) else text


def _sections(code: str) -> list[str]:
    pieces = [""]
    for part in re.findall(r'"[^"]*"?|\\.|.', code, re.S):
        if part == ";":
            pieces.append("")
        else:
            pieces[-1] += part
    return pieces


NUMBER_PART = re.compile(r'"[^"]*"?|\\.|[#0?.,]+|.', re.S)


def _section(value: Decimal, code: str) -> str:
    parts = NUMBER_PART.findall(code)
    slots = [index for index, part in enumerate(parts) if part[0] in "#0?.,"]
    mask = "".join(parts[index] for index in slots)
    if sum(part == "%" for part in parts):
        value = value.scaleb(2 * sum(part == "%" for part in parts), WIDE)
    digits = _digits(value, mask) if mask else ""
    written = []
    for index, part in enumerate(parts):
        if index in slots:
            written.append(digits if index == slots[0] else "")
        elif part[0] in '"\\':
            written.append(part[1:].removesuffix('"') if part[0] == '"' else part[1:])
        else:
            written.append(part)
    return "".join(written)


def _digits(value: Decimal, mask: str) -> str:
    before, point, after = mask.partition(".")
    if len(before) > 40 or len(after) > 40:
        raise Fault(VALUE, "no_such_format", found=mask[:40])
    while before.endswith(","):
        before, value = before[:-1], value.scaleb(-3, WIDE)
    places = after.replace(",", "")
    number = rounded(value, Decimal(len(places)), ROUND_HALF_UP)
    whole = f"{number.to_integral_value(ROUND_DOWN):f}".lstrip("0").zfill(before.count("0"))
    fraction = f"{number:.{len(places)}f}".partition(".")[2]
    least = places.rfind("0") + 1
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    if "," in before:
        whole = _thousands(whole)
    return whole + (point + fraction)


def _thousands(digits: str) -> str:
    head = len(digits) % 3
    groups = [digits[:head]] if head else []
    return ",".join([*groups, *(digits[place : place + 3] for place in range(head, len(digits), 3))])


def grouped(value: Decimal, places: int, commas: bool) -> str:
    """A number with a fixed count of digits after the point, and commas if wanted."""
    number = rounded(value, Decimal(places), ROUND_HALF_UP)
    text = f"{abs(number):.{max(places, 0)}f}"
    whole, point, fraction = text.partition(".")
    sign = "-" if number < 0 else ""
    return sign + (_thousands(whole) if commas else whole) + point + fraction
