"""Numbers and truths written in texts, read on PostgreSQL as the evaluator reads them 文本里的数."""

from sqlalchemy import Numeric, Text, and_, case, cast, func, literal

from builder.expression.coerce import CURRENCY
from builder.expression.planned import Plan
from server.store.calculated.steps import VALUE, WORKS, Calculated, Sql, Step

SPACE = "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
WHOLE = "[0-9]{1,3}(?:[,，][0-9]{3})+(?:\\.[0-9]*)?"
PLAIN = "(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?"
WRITTEN = f"^{SPACE}*([+-]?){SPACE}*([{CURRENCY}]?){SPACE}*([+-]?)({WHOLE}|{PLAIN}){SPACE}*([%％]?){SPACE}*$"
AROUND = f"^{SPACE}+|{SPACE}+$"
LONGEST = 400


def number_in(words: Sql) -> Sql:
    """The number that a text says, NULL for a text that says none."""
    found = func.to_jsonb(func.regexp_match(words, WRITTEN))
    sign, inner, written, share = (found.op("->>", return_type=Text())(place) for place in (0, 2, 3, 4))
    figures = func.replace(func.replace(written, ",", ""), "，", "")
    short = func.length(func.regexp_replace(words, AROUND, "", "g")) <= LONGEST
    fits = and_(written.is_not(None), (sign == "") | (inner == ""), short)
    signed = cast(figures, Numeric) * case((func.concat(sign, inner) == "-", -1), else_=1)
    return case((fits, signed * case((share == "", 1), else_=cast(literal("0.01"), Numeric))))


def _read(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    words = parts[0].value
    found = at.fenced("number", number_in(words)).value
    wrong = case((and_(words.is_not(None), found.is_(None)), literal(VALUE)))
    return at.exact(plan, func.coalesce(found, 0), parts[0], own=wrong)


def _read_truth(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    words = func.regexp_replace(parts[0].value, AROUND, "", "g")
    true, false = words.regexp_match("^[tT][rR][uU][eE]$"), words.regexp_match("^[fF][aA][lL][sSſ][eE]$")
    wrong = case((and_(parts[0].value.is_not(None), ~true, ~false), literal(VALUE)))
    return at.done(plan, func.coalesce(true, literal(False)), parts[0], own=wrong)


WORKS.update({"read": _read, "read_truth": _read_truth})
