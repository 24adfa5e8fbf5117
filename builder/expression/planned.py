"""The steps of a plan that a database carries out 下推的步骤, and how one kind of value becomes another in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from builder.expression.coerce import read_number, to_text
from builder.expression.dates import read_moment
from builder.expression.problem import sentence
from builder.expression.values import VALUE, Context, Fault, Value

SURE = frozenset(
    {
        "constant",
        "or_else",
        "compare",
        "and",
        "or",
        "xor",
        "not",
        "join",
        "is_blank",
        "failed",
        "truth",
        "instead",
        "meets",
    }
)
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
    """One step: its kind (number, text, boolean, date, datetime, blank, list), the work, what it works on, and a value.

    A list has for its one part what stands at each place; its value names the fields that are gone through."""

    kind: str
    work: str
    parts: tuple["Plan", ...] = ()
    value: Any = None

    @property
    def sure(self) -> bool:
        """Whether it never comes to blank."""
        return (self.work in SURE and self.kind != "blank") or self.work in NUMERIC


NUMERIC = frozenset({"add", "subtract", "multiply", "divide", "negate", "percent", "abs", "round", "round_down",
                     "round_up", "floor", "sign", "mod", "length", "from_boolean", "even", "odd", "stepped", "power",
                     "read"})  # fmt: skip
BLANK = Plan("blank", "constant")
ZERO, EMPTY, NO = Plan("number", "constant", (), Decimal(0)), Plan("text", "constant", (), ""), Plan(
    "boolean", "constant", (), False
)  # fmt: skip
ELSE = {"number": ZERO, "text": EMPTY, "boolean": NO}


def constant(value: Value) -> Plan:
    """A value that is known before any record is read."""
    if value is None:
        return BLANK
    kinds = ((bool, "boolean"), (Decimal, "number"), (str, "text"), (datetime, "datetime"), (date, "date"),
             (time, "time"))  # fmt: skip
    return Plan(next(word for type_, word in kinds if isinstance(value, type_)), "constant", (), value)


def failing(kind: str, code: str) -> Plan:
    """Always the failure with this code."""
    return Plan(kind, "failure", (), code)


def or_else(part: Plan) -> Plan:
    """The plan with the blank of its kind for blank."""
    return part if part.sure or part.work == "failure" else Plan(part.kind, "or_else", (part, ELSE[part.kind]))


def _of_blank(part: Plan, kind: str) -> Plan:
    """A blank as a value of another kind; when it may be a failure instead, that failure."""
    return ELSE[kind] if part.work == "constant" else Plan(kind, "instead", (part, ELSE[kind]))


def number(part: Plan) -> Plan:
    """As a number; blank is 0, a text is read."""
    if part.work == "failure":
        return failing("number", part.value)
    if part.kind == "number":
        return or_else(part)
    if part.kind == "boolean":
        return Plan("number", "from_boolean", (or_else(part),))
    if part.kind == "blank":
        return _of_blank(part, "number")
    if part.kind == "text" and part.work == "constant":
        found = read_number(part.value)
        return failing("number", VALUE) if found is None else constant(found)
    if part.kind == "text":
        return Plan("number", "read", (part,))
    if part.kind == "list":
        raise Beyond("pushed_list")
    raise Beyond("pushed_no_number", type=part.kind)


def given(part: Plan, default: int) -> Plan:
    """A number that may be left out: blank is the default."""
    if part.kind == "blank" and part.work == "constant":
        return constant(Decimal(default))
    if part.kind == "number" and not part.sure and part.work != "failure":
        return Plan("number", "or_else", (part, constant(Decimal(default))))
    if (part.kind == "text" and part.work != "constant") or (part.kind == "boolean" and not part.sure):
        raise Beyond("pushed_no_number", type=part.kind)
    return number(part)


def text(part: Plan) -> Plan:
    """As a text; blank is empty."""
    if part.work == "failure":
        return failing("text", part.value)
    if part.kind == "text":
        return or_else(part)
    if part.kind == "blank":
        return _of_blank(part, "text")
    if part.work == "constant" and part.kind != "datetime":
        return constant(to_text(part.value, Context()))
    if part.kind in ("list", "any"):
        raise Beyond("pushed_list")
    return Plan("text", "or_else", (Plan("text", f"from_{part.kind}", (part,)), EMPTY))


def boolean(part: Plan) -> Plan:
    """As a condition; blank does not hold."""
    if part.work == "failure":
        return failing("boolean", part.value)
    if part.kind == "boolean":
        return or_else(part)
    if part.kind == "number":
        return Plan("boolean", "truth", (or_else(part),))
    if part.kind == "blank":
        return _of_blank(part, "boolean")
    if part.kind == "text":
        return Plan("boolean", "read_truth", (part,))
    if part.kind == "list":
        raise Beyond("pushed_list")
    raise Beyond("pushed_reads_text", wanted="boolean")


def moment(part: Plan, at: Context) -> Plan:
    """As a date or an instant; a text written in the expression is read."""
    if part.work == "failure":
        return failing("date", part.value)
    if part.kind in ("date", "datetime", "blank"):
        return part
    if part.kind == "text" and part.work == "constant":
        try:
            return constant(read_moment(part.value, at)) if part.value else BLANK
        except Fault as fault:
            return failing("date", fault.failure.code)
    if part.kind == "list":
        raise Beyond("pushed_list")
    raise Beyond("pushed_reads_text", wanted="date")


def day(part: Plan, at: Context) -> Plan:
    """As a day: of an instant, the day it is in the workspace."""
    found = moment(part, at)
    if found.kind == "time":
        raise Beyond("pushed_reads_text", wanted="date")
    return Plan("date", "day_of", (found,)) if found.kind == "datetime" and found.work != "failure" else found


def compared(sign: str, left: Plan, right: Plan, at: Context) -> Plan:
    """Whether the two are so to each other; what no database would compare alike is refused."""
    for one in (left, right):
        if one.work == "failure":
            return failing("boolean", one.value)
    if {left.kind, right.kind} & {"date", "datetime"}:
        left, right = moment(left, at), moment(right, at)
        if "time" in (left.kind, right.kind) or "failure" in (left.work, right.work):
            raise Beyond("pushed_reads_text", wanted="date")
        if {left.kind, right.kind} == {"date", "datetime"}:
            left, right = (Plan("datetime", "midnight", (one,)) if one.kind == "date" else one for one in (left, right))
        return Plan("boolean", "compare_moments", (left, right), sign)
    kinds = {left.kind, right.kind} - {"blank"}
    if len(kinds) > 1 or kinds - set(ELSE):
        raise Beyond("pushed_compares", type=left.kind, wanted=right.kind)
    kind = kinds.pop() if kinds else "number"
    left, right = (_of_blank(one, kind) if one.kind == "blank" else or_else(one) for one in (left, right))
    return Plan("boolean", "compare", (left, right), sign)


def same_kind(parts: Sequence[Plan]) -> str:
    """The one kind of all branches; raises `Beyond` for a mixture."""
    kinds = {part.kind for part in parts if part.work != "failure"} - {"blank"}
    if "list" in kinds:
        raise Beyond("pushed_list")
    if len(kinds) > 1:
        raise Beyond("pushed_branches", type=sorted(kinds)[0], wanted=sorted(kinds)[1])
    return kinds.pop() if kinds else "blank"
