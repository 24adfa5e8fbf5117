"""Are a node's own settings sound? 节点检查: its people, its fields and its guards name what is there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.access import SYSTEM_FIELDS
from builder.check_expressions import faults
from builder.definition import App, Form
from builder.expression.values import Scope
from builder.field import Peopled
from builder.problem import Problem, Step
from builder.validation import closest
from runtime.assign import INITIATOR, Assignee
from runtime.moments import moment_problems
from runtime.node import NodeType
from runtime.ports import Directory

WHO = "member"
"""What a field says that names people rather than departments."""


@dataclass(frozen=True)
class Company:
    """Which roles, members and departments there are; None means: not known here, so anything goes."""

    roles: frozenset[str]
    members: frozenset[str] | None
    departments: frozenset[str] | None
    people: Mapping[str, str]
    """The fields that name people or departments, and which of the two."""

    @classmethod
    def of(cls, app: App, directory: Directory | None, form: Form) -> "Company":
        """The app's own roles, and with a directory its people too."""
        own = frozenset(role.id for role in app.roles)
        if directory is None:
            return cls(own, None, None, _peopled(form))
        members = directory.members()
        held = frozenset(role for member in members.values() for role in member.roles)
        return cls(own | held, frozenset(members), frozenset(directory.departments()), _peopled(form))


def setting_problems(
    app: App, form: Form, scope: Scope, kind: NodeType, company: Company, name: str
) -> Iterator[Problem]:
    """What is wrong with a node's settings; paths start at the node."""
    if kind.asks and not kind.rules:
        yield Problem("workflow_nobody_named", ("assignees",), {"node": name})
    for setting, rules in {"assignees": kind.rules, **kind.copies}.items():
        for index, rule in enumerate(rules):
            yield from _rule(rule, company, name, setting, index)
            yield from _expression(rule.expression, scope, name, "", setting, index, "expression")
    known = [path for field in form.fields for path in (field.id, *(f"{field.id}.{one.id}" for one in field.nested))]
    for id in kind.access:
        yield from _absent("workflow_no_field", id, known, name, "fields", id)
    for index, check in enumerate(kind.submit_checks):
        yield from _expression(check.that, scope, name, "boolean", "checks", index, "that")
    for place, due in enumerate(kind.deadlines):
        yield from (problem.under("due", place) for problem in moment_problems(form, due, name))
        for index, who in enumerate(due.assignees):
            yield from _rule(who, company, name, "due", place, "assignees", index)
    yield from kind.unsound(app, form, name)
    for exit, guard in kind.guards.items():
        if not guard.strip():
            yield Problem("workflow_guard_missing", ("when", exit), {"node": name})
            continue
        for code, sentences in faults(guard, scope, "boolean"):
            params = {"node": name, "expression": guard[:200], "reason": code, **sentences}
            yield Problem("workflow_guard", ("when", exit), params)


def _expression(text: str, scope: Scope, name: str, kind: str, *path: Step) -> Iterator[Problem]:
    """What is wrong with an expression of a setting; nothing with one that is not there."""
    for code, sentences in faults(text, scope, *([kind] if kind else [])) if text else ():
        params = {"node": name, "expression": text[:200], "reason": code, **sentences}
        yield Problem("workflow_expression", path, params)


def _absent(code: str, word: str, known: Iterable[str] | None, node: str, *path: Step) -> Iterator[Problem]:
    """A problem if `word` is not among the known ones."""
    if known is not None and word not in known:
        yield Problem(code, path, {"node": node, "name": word, **closest(word, known)})


def _rule(rule: Assignee, company: Company, name: str, *path: Step) -> Iterator[Problem]:
    people = company.people
    members = [id for id, kind in people.items() if kind == WHO]
    if rule.role:
        yield from _absent("workflow_no_role", rule.role, company.roles, name, *path, "role")
    if rule.member:
        yield from _absent("workflow_no_member", rule.member, company.members, name, *path, "member")
    if rule.member_field:
        yield from _absent("workflow_no_member_field", rule.member_field, members, name, *path, "member_field")
    for word in ("superior_of", "superior_chain"):
        known = [INITIATOR, *members]
        if getattr(rule, word):
            yield from _absent("workflow_no_member_field", getattr(rule, word), known, name, *path, word)
    departments = [id for id, kind in people.items() if kind != WHO]
    for word in ("department_head", "department"):
        if getattr(rule, word) and company.departments is not None:
            known = [INITIATOR, *departments, *company.departments]
            yield from _absent("workflow_no_department", getattr(rule, word), known, name, *path, word)


def _peopled(form: Form) -> Mapping[str, str]:
    """The fields that name people or departments, and which of the two."""
    system = {id: WHO for id in SYSTEM_FIELDS if id.endswith("_by")}
    return system | {field.id: field.type.people for field in form.fields if isinstance(field.type, Peopled)}
