"""Comparisons, conditions, and what to do about blanks and failures, on PostgreSQL 逻辑与空值."""

from collections.abc import Callable

from sqlalchemy import (
    Boolean,
    Integer,
    Text,
    and_,
    case,
    cast,
    collate,
    false,
    func,
    literal,
    null,
    or_,
)

from builder.expression.planned import Plan
from server.store.calculated.steps import (
    NA,
    TYPES,
    WORKS,
    Calculated,
    Sql,
    Step,
    Work,
    said,
)


def _or_else(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return at.done(plan, func.coalesce(parts[0].value, parts[1].value), parts[0])


def _compare(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    left, right = (_ordered(part) for part in parts)
    return at.done(plan, left.op(plan.value, is_comparison=True)(right), *parts)


def _ordered(part: Step) -> Sql:
    return collate(part.value, "C") if part.kind == "text" else part.value


def _compare_moments(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    left, right = parts[0].value, parts[1].value
    same = or_(and_(left.is_(None), right.is_(None)), func.coalesce(left == right, false()))
    less = or_(and_(left.is_(None), right.is_not(None)), func.coalesce(left < right, false()))
    answers = {"=": same, "<>": ~same, "<": less, "<=": or_(less, same), ">": ~or_(less, same), ">=": ~less}
    return at.done(plan, answers[plan.value], *parts)


def _gate(join: Callable[..., Sql]) -> Work:
    return lambda at, plan, parts: at.done(plan, join(*(part.value for part in parts)), *parts)


def _xor(*values: Sql) -> Sql:
    held: Sql = literal(0)
    for value in values:
        held = held + cast(value, Integer)
    return func.mod(held, 2) == 1


def _if(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    test, then, otherwise = parts
    return _chosen(at, plan, [(_there(test), Step(plan.kind, null(), test.failure)), (test.value, then)], otherwise)


def _chosen(at: Calculated, plan: Plan, choices: list[tuple[Sql | None, Step]], otherwise: Step) -> Step:
    """The first of the steps whose condition holds; one without a condition is passed over."""
    told = [(on, one) for on, one in choices if on is not None]
    if not told:
        return otherwise
    kind = TYPES[plan.kind]
    value = case(*((on, cast(one.value, kind)) for on, one in told), else_=cast(otherwise.value, kind))
    steps = [*(one for _, one in told), otherwise]
    if all(one.failure is None for one in steps):
        return at.fenced(plan.kind, value)
    none = cast(null(), Text)
    failures = case(*((on, _or(one.failure, none)) for on, one in told), else_=_or(otherwise.failure, none))
    return at.fenced(plan.kind, value, failures)


def _or(failure: Sql | None, none: Sql) -> Sql:
    return none if failure is None else failure


def _there(step: Step) -> Sql | None:
    """Whether the step has failed; None when it cannot."""
    return None if step.failure is None else step.failure.is_not(None)


def blank(step: Step) -> Sql:
    """Whether nothing stands there."""
    nothing = step.value.is_(None)
    if step.kind == "any":
        words = said(step.value)
        return or_(nothing, func.jsonb_typeof(step.value) == "null", words.in_(("", "[]")))
    return or_(nothing, step.value == "") if step.kind == "text" else nothing


def _first_held(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    choices: list[tuple[Sql | None, Step]] = []
    for part in parts:
        choices += [(_there(part), part), (~blank(part), part)]
    return _chosen(at, plan, choices, Step(plan.kind, cast(null(), TYPES[plan.kind])))


def _if_failed(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return _chosen(at, plan, [(_there(parts[0]), parts[1])], parts[0])


def _if_missing(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return _chosen(at, plan, [(_missing(parts[0]), parts[1])], parts[0])


def _missing(step: Step) -> Sql:
    return false() if step.failure is None else func.coalesce(step.failure == NA, false(), type_=Boolean())


def _failed(step: Step) -> Sql:
    return false() if step.failure is None else step.failure.is_not(None)


def _from_boolean(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    value = parts[0].value
    words = case((value, "TRUE"), (~value, "FALSE"))
    return at.done(plan, case((value, 1), else_=0) if plan.kind == "number" else words, *parts)


def _is_blank(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return at.done(plan, blank(parts[0]), parts[0])


def _instead(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return at.done(plan, parts[1].value, parts[0])


def _is_kind(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    held = and_(~_failed(parts[0]), parts[0].value.is_not(None))
    return at.fenced("boolean", held if parts[0].kind == plan.value else false())


WORKS.update({
    "or_else": _or_else, "compare": _compare, "compare_moments": _compare_moments, "and": _gate(and_),
    "or": _gate(or_), "xor": _gate(_xor), "not": _gate(lambda value: ~value), "is_blank": _is_blank,
    "truth": lambda at, plan, parts: at.done(plan, parts[0].value != 0, *parts), "from_boolean": _from_boolean,
    "if": _if, "first": _first_held, "if_failed": _if_failed, "if_missing": _if_missing, "is_kind": _is_kind,
    "instead": _instead,
    "failed": lambda at, plan, parts: at.fenced("boolean", _failed(parts[0])),
    "missing": lambda at, plan, parts: at.fenced("boolean", _missing(parts[0])),
    "is_unanswered": lambda at, plan, parts: at.fenced("boolean", and_(~_failed(parts[0]), blank(parts[0]))),
})  # fmt: skip
