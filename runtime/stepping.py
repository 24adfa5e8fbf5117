"""A long form judged step by step 分步校验: what is filled in so far, as its submit will judge it."""

from collections.abc import Collection, Mapping
from typing import Any

from builder.definition import Check
from builder.expression.parse import parse, references
from builder.expression.problem import ExpressionError
from builder.problem import Problem
from runtime import compute
from runtime import entry as entries
from runtime import public as links
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.public import PublicLink
from runtime.records import refuse
from runtime.writing import Entry, Writing

Values = Mapping[str, Any]


def judge(gate: Gate, app: str, form: str, values: Values, seen: Collection[str]) -> None:
    """Raises `Invalid` with what is wrong about the fields that were `seen`; `values` are theirs."""
    live = gate.form(app, form)
    refuse(_problems(gate, live, values, seen))


def judge_publicly(gate: Gate, live: LiveForm, link: PublicLink, values: Values, seen: Collection[str]) -> None:
    """The same for a stranger, who is not told before he sends whether a value is taken."""
    links.refuse_strange(live, link, values)
    joint = {one.id for one in live.form.uniques}
    told = _problems(gate, live, values, seen)
    refuse([one for one in told if not one.code.endswith("_taken") and one.params.get("check") not in joint])


def _problems(gate: Gate, live: LiveForm, values: Values, seen: Collection[str]) -> list[Problem]:
    grant = gate.need(live, "create")
    known = {id: value for id, value in values.items() if id in seen}
    written = Entry("", known)
    entries.settle(Writing(gate, live, grant, dry=True), [written])
    names = frozenset(seen)
    ready = {one.id for one in live.form.checks if _asks(live, one) <= names}
    late = {one.id for one in live.form.checks} - ready
    told = (one for one in written.problems if len(one.path) > 1 and one.path[1] in names)
    own = [one for one in told if one.params.get("check") not in late]
    if own:
        return own
    failed = compute.checks(live, written.values, compute.context(gate, live))
    return [one for one in failed if one.params.get("check") in ready]


def _asks(live: LiveForm, check: Check) -> frozenset[str]:
    """The fields that people fill in and the check goes by, through formulas too."""
    found, waiting = set[str](), [check.that]
    passed = set[str]()
    while waiting:
        for name in _heads(waiting.pop()):
            field = live.fields.get(name)
            if field is not None and field.formula and name not in passed:
                passed.add(name)
                waiting.append(field.formula)
            elif field is not None and not field.computed:
                found.add(name)
    return frozenset(found)


def _heads(text: str) -> set[str]:
    try:
        return {path[0] for path in references(parse(text))}
    except ExpressionError:
        return set()
