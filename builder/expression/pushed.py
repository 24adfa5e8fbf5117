"""What of an expression a database can reckon 下推: a typed plan of it, or the reason why it cannot.

A plan is what the tree means with every conversion spelled out. A database that carries it out comes to the value that
`evaluate` comes to, failures included; whatever could not be kept so is refused here, the same for every database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from builder.expression.coerce import is_blank, read_number, to_text
from builder.expression.dates import read_moment
from builder.expression.parse import Tree
from builder.expression.problem import sentence
from builder.expression.values import Context, Fault, Scope, decimal

KINDS = {"number": "number", "text": "text", "boolean": "boolean", "date": "date", "datetime": "datetime",
         "reference": "text"}  # fmt: skip
MOST_STEPS = 32
"""How many different steps a plan may have: every step is a row that the database joins."""
SURE = frozenset({"constant", "or_else", "compare", "and", "or", "xor", "not", "join", "is_blank", "failed", "truth"})
"""What never comes to blank."""


class Beyond(Exception):
    """Says why a database cannot reckon an expression."""

    def __init__(self, reason: str, **params: Any) -> None:
        super().__init__(reason)
        self.reason, self.params = reason, params

    def sentence(self, language: str) -> str:
        """The reason in words."""
        return sentence(self.reason, language, self.params)


@dataclass(frozen=True)
class Plan:
    """One step: its kind (number, text, boolean, date, datetime, blank), the work, what it works on, and a value."""

    kind: str
    work: str
    parts: tuple["Plan", ...] = ()
    value: Any = None

    @property
    def sure(self) -> bool:
        """Whether it never comes to blank."""
        return (self.work in SURE and self.kind != "blank") or self.work in NUMERIC


NUMERIC = frozenset({"add", "subtract", "multiply", "divide", "negate", "percent", "abs", "round", "round_down",
                     "round_up", "floor", "sign", "mod", "length", "from_boolean"})  # fmt: skip
BLANK = Plan("blank", "constant")
ZERO, EMPTY, NO = Plan("number", "constant", (), Decimal(0)), Plan("text", "constant", (), ""), Plan(
    "boolean", "constant", (), False
)  # fmt: skip
ELSE = {"number": ZERO, "text": EMPTY, "boolean": NO}


def plan(tree: Tree, scope: Scope, at: Context) -> Plan:
    """The plan of a tree whose names are those of `scope`; raises `Beyond`."""
    found = _plan(tree, scope, at)
    if len(_steps(found, set())) > MOST_STEPS:
        raise Beyond("pushed_too_long", limit=MOST_STEPS)
    return found


def _steps(found: Plan, known: set[Plan]) -> set[Plan]:
    if found not in known and found.work != "constant":
        known.add(found)
        for part in found.parts:
            _steps(part, known)
    return known


def _plan(tree: Tree, scope: Scope, at: Context) -> Plan:
    kind = tree[0]
    if kind == "num":
        return constant(decimal(tree[1]))
    if kind == "lit":
        return constant(tree[1])
    if kind == "ref":
        return _field(tree, scope)
    parts = [_plan(part, scope, at) for part in tree[1:] if isinstance(part, list)]
    if kind in ("neg", "pct"):
        return Plan("number", "negate" if kind == "neg" else "percent", (number(parts[0]),))
    if kind == "op":
        return OPERATORS[tree[1]](tree[1], parts, at)
    made = CALLS.get(tree[1])
    if made is None:
        raise Beyond("pushed_no_function", name=str(tree[1])[:40])
    return made(parts, at)


def constant(value: Any) -> Plan:
    """A value written in the expression."""
    if value is None:
        return BLANK
    kinds = ((bool, "boolean"), (Decimal, "number"), (str, "text"), (datetime, "datetime"), (date, "date"))
    return Plan(next(word for type_, word in kinds if isinstance(value, type_)), "constant", (), value)


def _field(tree: Tree, scope: Scope) -> Plan:
    name = ".".join(tree[1:])
    shape = scope.get(name)
    if shape is None or shape.type not in KINDS:
        raise Beyond("pushed_no_field", name=name[:80])
    return Plan(KINDS[shape.type], "field", (), name)


def or_else(part: Plan) -> Plan:
    """The plan with the blank of its kind for blank."""
    return part if part.sure else Plan(part.kind, "or_else", (part, ELSE[part.kind]))


def number(part: Plan) -> Plan:
    """As a number; blank is 0."""
    if part.kind == "number":
        return or_else(part)
    if part.kind == "boolean":
        return Plan("number", "from_boolean", (or_else(part),))
    if part.kind == "blank":
        return ZERO
    found = read_number(part.value) if part.kind == "text" and part.work == "constant" else None
    if found is None:
        raise Beyond("pushed_reads_text", wanted="number")
    return constant(found)


def text(part: Plan) -> Plan:
    """As a text; blank is empty."""
    if part.kind == "text":
        return or_else(part)
    if part.kind == "blank":
        return EMPTY
    if part.work == "constant" and part.kind != "datetime":
        return constant(to_text(part.value, Context()))
    return Plan("text", "or_else", (Plan("text", f"from_{part.kind}", (part,)), EMPTY))


def boolean(part: Plan) -> Plan:
    """As a condition; blank does not hold."""
    if part.kind == "boolean":
        return or_else(part)
    if part.kind == "number":
        return Plan("boolean", "truth", (or_else(part),))
    if part.kind == "blank":
        return NO
    raise Beyond("pushed_reads_text", wanted="boolean")


def moment(part: Plan, at: Context) -> Plan:
    """As a date or an instant; a text written in the expression is read."""
    if part.kind in ("date", "datetime", "blank"):
        return part
    if part.kind == "text" and part.work == "constant":
        try:
            return constant(read_moment(part.value, at)) if part.value else BLANK
        except (Fault, StopIteration):
            pass
    raise Beyond("pushed_reads_text", wanted="date")


def day(part: Plan, at: Context) -> Plan:
    """As a day: of an instant, the day it is in the workspace."""
    found = moment(part, at)
    return Plan("date", "day_of", (found,)) if found.kind == "datetime" else found


def _reckoned(work: str) -> Callable[[str, Sequence[Plan], Context], Plan]:
    def made(sign: str, parts: Sequence[Plan], at: Context) -> Plan:
        if any(part.kind in ("date", "datetime") for part in parts):
            raise Beyond("pushed_date_sum", sign=sign)
        return Plan("number", work, tuple(map(number, parts)))

    return made


def _compared(sign: str, parts: Sequence[Plan], at: Context) -> Plan:
    left, right = parts
    if {left.kind, right.kind} & {"date", "datetime"}:
        left, right = moment(left, at), moment(right, at)
        if {left.kind, right.kind} == {"date", "datetime"}:
            left, right = (Plan("datetime", "midnight", (one,)) if one.kind == "date" else one for one in (left, right))
        return Plan("boolean", "compare_moments", (left, right), sign)
    kinds = {left.kind, right.kind} - {"blank"}
    if len(kinds) > 1:
        raise Beyond("pushed_compares", type=left.kind, wanted=right.kind)
    kind = kinds.pop() if kinds else "number"
    left, right = (ELSE[kind] if one.kind == "blank" else or_else(one) for one in (left, right))
    return Plan("boolean", "compare", (left, right), sign)


OPERATORS: dict[str, Callable[[str, Sequence[Plan], Context], Plan]] = {
    "+": _reckoned("add"), "-": _reckoned("subtract"), "*": _reckoned("multiply"), "/": _reckoned("divide"),
    "&": lambda sign, parts, at: Plan("text", "join", tuple(map(text, parts))),
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), _compared),
}  # fmt: skip

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


def same_kind(parts: Sequence[Plan]) -> str:
    """The one kind of all branches; raises `Beyond` for a mixture."""
    kinds = {part.kind for part in parts} - {"blank"}
    if len(kinds) > 1:
        raise Beyond("pushed_branches", type=sorted(kinds)[0], wanted=sorted(kinds)[1])
    return kinds.pop() if kinds else "blank"


@counted(1, 3)
def _if(parts: Sequence[Plan], at: Context) -> Plan:
    test, then, otherwise = (*parts, *(constant(True), NO)[len(parts) - 1 :])
    return Plan(same_kind((then, otherwise)), "if", (boolean(test), then, otherwise))


@counted(2)
def _ifs(parts: Sequence[Plan], at: Context) -> Plan:
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    kind = same_kind([value for _, value in pairs])
    found = Plan(kind, "failure", (), "#N/A")
    for test, value in reversed(pairs):
        found = Plan(kind, "if", (boolean(test), value, found))
    return found


@counted(3)
def _switch(parts: Sequence[Plan], at: Context) -> Plan:
    sought, *cases = parts
    last = cases.pop() if len(cases) % 2 else None
    pairs = list(zip(cases[::2], cases[1::2], strict=True))
    kind = same_kind([value for _, value in pairs] + ([last] if last else []))
    found = last or Plan(kind, "failure", (), "#N/A")
    for case, value in reversed(pairs):
        found = Plan(kind, "if", (_compared("=", (sought, case), at), value, found))
    return found


def _gate(work: str) -> Call:
    return counted(1)(lambda parts, at: Plan("boolean", work, tuple(map(boolean, parts))))


def _of_number(work: str, whole: bool = False) -> Call:
    """A function of one number; with `whole`, also of how many digits, which must be written out."""

    def made(parts: Sequence[Plan], at: Context) -> Plan:
        digits = parts[1] if len(parts) > 1 else ZERO
        written = digits.work == "constant" and digits.kind in ("number", "blank")
        if not written or (digits.value is not None and abs(digits.value) > 60):
            raise Beyond("pushed_digits")
        return Plan("number", work, (number(parts[0]),), int(digits.value or 0))

    return counted(1, 2 if whole else 1)(made)


def _several(work: str) -> Call:
    """SUM and its like over single values: blanks are passed over, truth values count."""

    def made(parts: Sequence[Plan], at: Context) -> Plan:
        if any(part.kind not in ("number", "boolean", "blank") for part in parts):
            raise Beyond("pushed_several")
        if any(part.kind == "boolean" and not part.sure for part in parts):
            raise Beyond("pushed_several")
        kept = [part for part in parts if part.kind == "number" or (part.kind == "boolean" and work != "count")]
        return Plan("number", work, tuple(number(part) if part.kind == "boolean" else part for part in kept))

    return counted(1)(made)


def _piece(work: str) -> Call:
    def made(parts: Sequence[Plan], at: Context) -> Plan:
        return Plan("text", work, (text(parts[0]), *(number(part) for part in parts[1:])))

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


def _contains(parts: Sequence[Plan], at: Context) -> Plan:
    if any(part.kind != "text" for part in parts):
        raise Beyond("pushed_several")
    return Plan("boolean", "contains", tuple(parts))


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


CALLS: dict[str, Call] = {
    "IF": _if, "IFS": _ifs, "SWITCH": _switch, "AND": _gate("and"), "OR": _gate("or"), "XOR": _gate("xor"),
    "NOT": counted(1, 1)(_gate("not")), "TRUE": lambda parts, at: constant(True), "FALSE": lambda parts, at: NO,
    "BLANK": lambda parts, at: BLANK, "NA": lambda parts, at: Plan("blank", "failure", (), "#N/A"),
    "IFERROR": _otherwise("if_failed"), "IFNA": _otherwise("if_missing"), "COALESCE": counted(1)(_coalesce),
    "ISEMPTY": _about("is_blank"), "ISBLANK": _about("is_unanswered"), "ISERROR": _about("failed"),
    "ISNA": _about("missing"), "ISNUMBER": _kind_of("number"), "ISTEXT": _kind_of("text"),
    "ISLOGICAL": _kind_of("boolean"), "CONTAINS": counted(2, 2)(_contains),
    "ABS": _of_number("abs"), "SIGN": _of_number("sign"), "INT": _of_number("floor"),
    "ROUND": _of_number("round", True), "ROUNDUP": _of_number("round_up", True),
    "ROUNDDOWN": _of_number("round_down", True), "TRUNC": _of_number("round_down", True),
    "MOD": counted(2, 2)(lambda parts, at: Plan("number", "mod", tuple(map(number, parts)))),
    "SUM": _several("sum"), "AVERAGE": _several("average"), "COUNT": _several("count"), "MIN": _several("least"),
    "MAX": _several("greatest"),
    "CONCATENATE": counted(1)(lambda parts, at: Plan("text", "join", tuple(map(text, parts)))),
    "CONCAT": counted(1)(lambda parts, at: Plan("text", "join", tuple(map(text, parts)))),
    "LEN": _of_texts("length", "number", 1), "TRIM": _of_texts("trim", "text", 1),
    "EXACT": _of_texts("exact", "boolean", 2), "STARTSWITH": _of_texts("starts_with", "boolean", 2),
    "ENDSWITH": _of_texts("ends_with", "boolean", 2), "FIND": _of_texts("find", "number", 2), "REPLACE": _replace,
    "REPT": _rept, "HOUR": _clock("hour"), "MINUTE": _clock("minute"), "SECOND": _clock("second"),
    "QUOTIENT": counted(2, 2)(lambda parts, at: Plan("number", "quotient", tuple(map(number, parts)))),
    "SUBSTITUTE": _of_texts("substitute", "text", 3),
    "LEFT": _piece("left"), "RIGHT": _piece("right"), "MID": _piece("mid"),
    "YEAR": _of_day("year"), "MONTH": _of_day("month"), "DAY": _of_day("day"), "QUARTER": _of_day("quarter"),
    "ISOWEEKNUM": _of_day("isoweek"), "DAYS": _days, "DATEDELTA": _moved,
    "DATE": counted(3, 3)(lambda parts, at: Plan("date", "date_of", tuple(map(number, parts)))),
    "EDATE": _shifted("months_later", 2), "EOMONTH": _shifted("month_end", 1), "WEEKDAY": _of_day("weekday"),
    "TODAY": lambda parts, at: constant(at.today), "NOW": lambda parts, at: constant(at.now),
}  # fmt: skip
