"""Which functions a database can carry out 可下推的函数, and the steps of each."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from builder.expression.coerce import is_blank
from builder.expression.planned import (
    BLANK,
    EMPTY,
    NO,
    ZERO,
    Beyond,
    Plan,
    boolean,
    compared,
    constant,
    day,
    failing,
    given,
    moment,
    number,
    or_else,
    same_kind,
    text,
)
from builder.expression.values import NA, Context

HIGHEST_POWER = 16
WEEKS = (1, 2, *range(11, 18))
FIGURES = re.compile(r"(#,##)?0(\.0{1,12})?(%?)")
"""Formats of numbers that a database writes: 0, 0.00, #,##0.00, 0%."""
DAYS = re.compile(r"(?:yyyy|mm?|dd?|[-/. 年月日])+")
DAY_PART = re.compile(r"yyyy|mm?|dd?|.")
CLOCK = re.compile(r"(?:yyyy|[mM]{1,2}|[dD]{1,2}|[hH]{1,2}|[sS]{1,2}|[-/. :年月日时分秒])+")
CLOCK_PART = re.compile(r"yyyy|[mM]{1,2}|[dD]{1,2}|[hH]{1,2}|[sS]{1,2}|.")
ELAPSED = re.compile(r"\[([hH]{1,4})\]:mm(:ss)?")
"""Formats of days with hours, and of numbers of days as hours."""
Call = Callable[[Sequence[Plan], Context], Plan]


def counted(least: int, most: int | None = None) -> Callable[[Call], Call]:
    """The call, for so many arguments."""

    def guarding(call: Call) -> Call:
        def made(parts: Sequence[Plan], at: Context) -> Plan:
            if len(parts) < least or (most is not None and len(parts) > most):
                raise Beyond("pushed_arguments")
            return call(parts, at)

        return made

    return guarding


@counted(1, 3)
def _if(parts: Sequence[Plan], at: Context) -> Plan:
    test, then, otherwise = (*parts, *(constant(True), NO)[len(parts) - 1 :])
    return Plan(same_kind((then, otherwise)), "if", (boolean(test), then, otherwise))


@counted(2)
def _ifs(parts: Sequence[Plan], at: Context) -> Plan:
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    kind = same_kind([value for _, value in pairs])
    found = failing(kind, NA)
    for test, value in reversed(pairs):
        found = Plan(kind, "if", (boolean(test), value, found))
    return found


@counted(3)
def _switch(parts: Sequence[Plan], at: Context) -> Plan:
    sought, *cases = parts
    last = cases.pop() if len(cases) % 2 else None
    pairs = list(zip(cases[::2], cases[1::2], strict=True))
    kind = same_kind([value for _, value in pairs] + ([last] if last else []))
    found = last or failing(kind, NA)
    for case, value in reversed(pairs):
        found = Plan(kind, "if", (compared("=", sought, case, at), value, found))
    return found


def _of_number(work: str, whole: bool = False) -> Call:
    """A function of one number; with `whole`, also of how many digits, which must be written out."""

    def made(parts: Sequence[Plan], at: Context) -> Plan:
        digits = parts[1] if len(parts) > 1 else ZERO
        written = digits.work == "constant" and digits.kind in ("number", "blank")
        if not written or (digits.value is not None and abs(digits.value) > 60):
            raise Beyond("pushed_digits")
        return Plan("number", work, (number(parts[0]),), int(digits.value or 0))

    return counted(1, 2 if whole else 1)(made)


def _piece(work: str) -> Call:
    def made(parts: Sequence[Plan], at: Context) -> Plan:
        counts = [number(part) if work == "mid" else given(part, 1) for part in parts[1:]]
        return Plan("text", work, (text(parts[0]), *counts))

    return counted(3 if work == "mid" else 1, 3 if work == "mid" else 2)(made)


def _of_texts(work: str, kind: str, count: int) -> Call:
    return counted(count, count)(lambda parts, at: Plan(kind, work, tuple(map(text, parts))))


def _of_day(work: str) -> Call:
    return counted(1, 1)(lambda parts, at: Plan("number", work, (day(parts[0], at),)))


@counted(2, 2)
def _days(parts: Sequence[Plan], at: Context) -> Plan:
    return Plan("number", "days", tuple(day(part, at) for part in parts))


@counted(2, 2)
def _moved(parts: Sequence[Plan], at: Context) -> Plan:
    first = moment(parts[0], at)
    if first.kind == "datetime":
        raise Beyond("pushed_date_sum", sign="+")
    return Plan("date", "days_later", (first, number(parts[1])))


def _shifted(work: str, least: int) -> Call:
    def made(parts: Sequence[Plan], at: Context) -> Plan:
        months = parts[1] if len(parts) > 1 else ZERO
        return Plan("date", work, (day(parts[0], at), number(months)))

    return counted(least, 2)(made)


@counted(4, 4)
def _replace(parts: Sequence[Plan], at: Context) -> Plan:
    texts, numbers = (text(parts[0]), text(parts[3])), (number(parts[1]), number(parts[2]))
    return Plan("text", "replace", (texts[0], *numbers, texts[1]))


@counted(2, 2)
def _rept(parts: Sequence[Plan], at: Context) -> Plan:
    return Plan("text", "rept", (text(parts[0]), number(parts[1])))


def _clock(name: str) -> Call:
    return counted(1, 1)(lambda parts, at: Plan("number", "clock", (moment(parts[0], at),), name))


def _coalesce(parts: Sequence[Plan], at: Context) -> Plan:
    return Plan(same_kind(parts), "first", tuple(part for part in parts if not _nothing(part)))


def _nothing(part: Plan) -> bool:
    return part.work == "constant" and is_blank(part.value)


def _otherwise(work: str) -> Call:
    return counted(2, 2)(lambda parts, at: Plan(same_kind(parts), work, tuple(parts)))


def _about(work: str) -> Call:
    return counted(1, 1)(lambda parts, at: Plan("boolean", work, tuple(parts)))


def _kind_of(kind: str) -> Call:
    return counted(1, 1)(lambda parts, at: Plan("boolean", "is_kind", tuple(parts), kind))


@counted(2, 3)
def _datedif(parts: Sequence[Plan], at: Context) -> Plan:
    unit = parts[2] if len(parts) > 2 else constant("d")
    start, end = moment(parts[0], at), moment(parts[1], at)
    which = unit.value or "d" if unit.work == "constant" and unit.kind in ("text", "blank") else ""
    if which == "m" and {start.kind, end.kind} <= {"date", "blank"}:
        which = "M"
    if which.upper() not in ("D", "M", "Y", "YM") or which == "m":
        raise Beyond("pushed_unit")
    return Plan("number", "datedif", (day(start, at), day(end, at)), which.upper())


def _week(work: str, ways: Sequence[int]) -> Call:
    """A function of a day and of the day a week begins with, which must be written out."""

    def made(parts: Sequence[Plan], at: Context) -> Plan:
        way = number(parts[1]) if len(parts) > 1 else constant(Decimal(1))
        if way.work != "constant" or int(way.value) not in ways:
            raise Beyond("pushed_digits")
        return Plan("number", work, (day(parts[0], at),), int(way.value))

    return counted(1, 2)(made)


@counted(1, 1)
def _t(parts: Sequence[Plan], at: Context) -> Plan:
    if parts[0].kind == "text":
        return or_else(parts[0])
    return Plan("text", "instead", (parts[0], EMPTY))


@counted(1, 1)
def _n(parts: Sequence[Plan], at: Context) -> Plan:
    return number(parts[0]) if parts[0].kind in ("number", "boolean") else Plan("number", "instead", (parts[0], ZERO))


def _parity(work: str) -> Call:
    return counted(1, 1)(lambda parts, at: Plan("boolean", work, (number(parts[0]),)))


def _stepped(mode: str, least: int) -> Call:
    def made(parts: Sequence[Plan], at: Context) -> Plan:
        step = given(parts[1], 1) if len(parts) > 1 else constant(Decimal(1))
        return Plan("number", "stepped", (number(parts[0]), step), mode)

    return counted(least, 2)(made)


@counted(2, 2)
def _power(parts: Sequence[Plan], at: Context) -> Plan:
    base, exponent = number(parts[0]), number(parts[1])
    whole = exponent.work == "constant" and exponent.value in range(HIGHEST_POWER + 1)
    if not whole:
        raise Beyond("pushed_power", limit=HIGHEST_POWER)
    return Plan("number", "power", (base,), int(exponent.value))


@counted(1, 2)
def _log(parts: Sequence[Plan], at: Context) -> Plan:
    if len(parts) == 1 or parts[1].kind == "blank":
        return Plan("number", "log10", (number(parts[0]),))
    base = parts[1] if parts[1].kind == "number" else given(parts[1], 10)
    return Plan("number", "log", (number(parts[0]), base))


@counted(2, 2)
def _search(parts: Sequence[Plan], at: Context) -> Plan:
    return Plan("number", "search", tuple(map(text, parts)))


@counted(1, 3)
def _fixed(parts: Sequence[Plan], at: Context) -> Plan:
    digits = number(parts[1]) if len(parts) > 1 else constant(Decimal(2))
    plain = boolean(parts[2]) if len(parts) > 2 else NO
    if digits.work != "constant" or plain.work != "constant" or not 0 <= digits.value < 20:
        raise Beyond("pushed_digits")
    return Plan("text", "figures", (number(parts[0]),), (int(digits.value), not plain.value, 0))


@counted(1, 2)
def _text(parts: Sequence[Plan], at: Context) -> Plan:
    """TEXT by the formats that dashboards ask for: figures with fixed digits, and years, months and days."""
    value, code = parts[0], parts[1] if len(parts) > 1 else BLANK
    if code.kind == "blank" or value.kind in ("boolean", "blank"):
        return text(value)
    written = code.value if code.work == "constant" and isinstance(code.value, str) else ""
    figures = FIGURES.fullmatch(written)
    if value.kind == "number" and figures:
        digits, share = len(figures[2] or "."), len(figures[3])
        return Plan("text", "figures", (or_else(value),), (digits - 1, figures[1] == "#,##", 2 * share))
    if value.kind in ("date", "datetime") and DAYS.fullmatch(written):
        return Plan("text", "from_blank_day", (day(value, at),), tuple(DAY_PART.findall(written)))
    if value.kind in ("date", "datetime") and CLOCK.fullmatch(written):
        return Plan("text", "clock_text", (value,), (value.kind, clock_parts(written)))
    elapsed = ELAPSED.fullmatch(written)
    if value.kind == "number" and elapsed:
        return Plan("text", "elapsed", (value,), (len(elapsed[1]), elapsed[2] is not None))
    raise Beyond("pushed_format")


def clock_parts(code: str) -> tuple[tuple[bool, str], ...]:
    """A format in the words of a database; after hours and before seconds an m means minutes."""
    parts = CLOCK_PART.findall(code)
    units = [at for at, part in enumerate(parts) if part[0].lower() in "ymdhs"]
    found = []
    for at, part in enumerate(parts):
        if at not in units:
            found.append((False, part))
            continue
        place, low = units.index(at), part.lower()
        before = parts[units[place - 1]][0].lower() if place else ""
        behind = parts[units[place + 1]][0].lower() if place + 1 < len(units) else ""
        minutes = low[0] == "m" and (before == "h" or behind == "s")
        word = {"y": "YYYY", "m": "MI" if minutes else "MM", "d": "DD", "h": "HH24", "s": "SS"}[low[0]]
        found.append((True, word if len(low) > 1 else f"FM{word}"))
    return tuple(found)


CALLS: dict[str, Call] = {
    "IF": _if, "IFS": _ifs, "SWITCH": _switch,
    
    "NOT": counted(1, 1)(lambda parts, at: Plan("boolean", "not", (boolean(parts[0]),))),
    "TRUE": lambda parts, at: constant(True), "FALSE": lambda parts, at: NO,
    "BLANK": lambda parts, at: BLANK, "NA": lambda parts, at: failing("blank", NA),
    "IFERROR": _otherwise("if_failed"), "IFNA": _otherwise("if_missing"), "COALESCE": counted(1)(_coalesce),
    "ISERROR": _about("failed"),
    "ISNA": _about("missing"), "ISNUMBER": _kind_of("number"), "ISTEXT": _kind_of("text"),
    "ISLOGICAL": _kind_of("boolean"),
    "ABS": _of_number("abs"), "SIGN": _of_number("sign"), "INT": _of_number("floor"),
    "ROUND": _of_number("round", True), "ROUNDUP": _of_number("round_up", True),
    "ROUNDDOWN": _of_number("round_down", True), "TRUNC": _of_number("round_down", True),
    "MOD": counted(2, 2)(lambda parts, at: Plan("number", "mod", tuple(map(number, parts)))),
    "CONCATENATE": counted(1)(lambda parts, at: Plan("text", "join", tuple(map(text, parts)))),
    "CONCAT": counted(1)(lambda parts, at: Plan("text", "join", tuple(map(text, parts)))),
    "UPPER": _of_texts("upper", "text", 1), "LOWER": _of_texts("lower", "text", 1),
    "LEN": _of_texts("length", "number", 1), "TRIM": _of_texts("trim", "text", 1),
    "EXACT": _of_texts("exact", "boolean", 2), "STARTSWITH": _of_texts("starts_with", "boolean", 2),
    "ENDSWITH": _of_texts("ends_with", "boolean", 2), "FIND": _of_texts("find", "number", 2), "REPLACE": _replace,
    "REPT": _rept, "HOUR": _clock("hour"), "MINUTE": _clock("minute"), "SECOND": _clock("second"),
    "QUOTIENT": counted(2, 2)(lambda parts, at: Plan("number", "quotient", tuple(map(number, parts)))),
    "SUBSTITUTE": _of_texts("substitute", "text", 3),
    "LEFT": _piece("left"), "RIGHT": _piece("right"), "MID": _piece("mid"),
    "YEAR": _of_day("year"), "MONTH": _of_day("month"), "DAY": _of_day("day"), "QUARTER": _of_day("quarter"),
    "ISOWEEKNUM": _of_day("isoweek"), "WEEKNUM": _week("weeknum", WEEKS), "DAYS": _days, "DATEDELTA": _moved,
    "DATE": counted(3, 3)(lambda parts, at: Plan("date", "date_of", tuple(map(number, parts)))),
    "EDATE": _shifted("months_later", 2), "EOMONTH": _shifted("month_end", 1), "WEEKDAY": _week("weekday", (*WEEKS, 3)),
    "DATEDIF": _datedif, "T": _t, "N": _n, "VALUE": counted(1, 1)(lambda parts, at: number(parts[0])),
    "EVEN": _of_number("even"), "ODD": _of_number("odd"), "ISEVEN": _parity("is_even"), "ISODD": _parity("is_odd"),
    "CEILING": _stepped("ceiling", 1), "FLOOR": _stepped("floor", 1), "MROUND": _stepped("nearest", 2),
    "SQRT": _of_number("sqrt"), "EXP": _of_number("exp"), "LN": _of_number("ln"), "LOG10": _of_number("log10"),
    "FACT": _of_number("factorial"), "POWER": _power, "LOG": _log, "SEARCH": _search,
    "FIXED": _fixed, "TEXT": _text,
    "TODAY": lambda parts, at: constant(at.today), "NOW": lambda parts, at: constant(at.now),
}  # fmt: skip
