"""Rules that mean nobody with today's company, and fields that nobody can fill 处理人与必填检查, with an example."""

from collections.abc import Iterator, Mapping

from builder.definition import App, Form, Workflow
from builder.problem import Problem
from runtime.assign import INITIATOR, Assignee
from runtime.drawing import path, ways
from runtime.node import NodeType
from runtime.ports import Department, Directory, Member


def people_problems(
    app: App, workflow: Workflow, kinds: Mapping[str, NodeType], directory: Directory
) -> Iterator[Problem]:
    """Every node whose rules together mean nobody, for whom, by today's org chart; paths start at the workflow."""
    roles = {**{role.id: role.name for role in app.roles}, **directory.role_names()}
    company = directory.members(), directory.departments()
    routes = ways(workflow)
    for id, kind in kinds.items():
        if not kind.asks or not kind.rules:
            continue
        gaps = [_gap(rule, *company) for rule in kind.rules]
        if all(gap is not None for gap in gaps) and gaps[0] is not None:
            code, params = gaps[0]
            line = path(routes, workflow.start, id) or [id]
            name = workflow.nodes[id].label or id
            if code == "workflow_role_empty":
                params = {"name": roles.get(params["name"], params["name"])}
            yield Problem(code, ("nodes", id, "assignees", 0), {"node": name, "nodes": line, **params})


Gap = tuple[str, dict[str, str]]


def _gap(rule: Assignee, members: Mapping[str, Member], departments: Mapping[str, Department]) -> Gap | None:
    """Why the rule means nobody today, or for whom it would; None when it means somebody or depends on the record."""
    enabled = {id: member for id, member in members.items() if member.enabled}
    if rule.role:
        held = any(rule.role in member.roles for member in enabled.values())
        return None if held else ("workflow_role_empty", {"name": rule.role})
    if rule.member:
        gone = rule.member in members and rule.member not in enabled
        return ("workflow_member_gone", {"name": members[rule.member].name}) if gone else None
    if rule.department in departments:
        inside = any(_within(member, rule.department, departments, rule.below) for member in enabled.values())
        return None if inside else ("workflow_department_empty", {"name": departments[rule.department].name})
    if rule.department_head in departments:
        return _headless(rule.department_head, enabled, departments)
    if INITIATOR in (rule.department_head, rule.superior_of, rule.superior_chain):
        return _somebody_without_head(enabled, departments)
    return None


def _within(member: Member, id: str, departments: Mapping[str, Department], below: bool) -> bool:
    return any(id in (list(_up(own, departments)) if below else [own]) for own in member.departments)


def _up(id: str, departments: Mapping[str, Department]) -> Iterator[str]:
    seen: set[str] = set()
    while id in departments and id not in seen:
        seen.add(id)
        yield id
        id = departments[id].parent


def _headless(id: str, enabled: Mapping[str, Member], departments: Mapping[str, Department]) -> Gap | None:
    if any(head in enabled for each in _up(id, departments) for head in departments[each].heads):
        return None
    return "workflow_no_head", {"name": departments[id].name}


def _somebody_without_head(enabled: Mapping[str, Member], departments: Mapping[str, Department]) -> Gap | None:
    """A department with people in it and no head in it or above it; or somebody who is in no department at all."""
    for id in departments:
        if any(id in member.departments for member in enabled.values()):
            gap = _headless(id, enabled, departments)
            if gap is not None:
                return gap
    outside = next((one for one in enabled.values() if not one.departments and not one.admin), None)
    return ("workflow_no_department_of", {"name": outside.name}) if outside is not None and departments else None


def filling_problems(app: App, workflow: Workflow, kinds: Mapping[str, NodeType]) -> Iterator[Problem]:
    """Fields that must be filled where the machine fills them, or that no node lets anybody fill."""
    form: Form = app.forms[workflow.form]
    fields = {field.id: field for field in form.fields}
    routes = ways(workflow)
    for id, kind in kinds.items():
        name = workflow.nodes[id].label or id
        for field, word in kind.access.items():
            if word == "required" and field in fields and fields[field].computed:
                line = path(routes, workflow.start, id) or [id]
                params = {"node": name, "name": fields[field].label, "nodes": line}
                yield Problem("workflow_required_computed", ("nodes", id, "fields", field), params)
    asking = [kind for kind in kinds.values() if kind.asks]
    for field_id, entry in fields.items():
        closed = [kind.access.get(field_id) in ("hidden", "read") for kind in asking if kind.starts or kind.access]
        given = entry.computed or entry.default is not None or entry.default_formula
        if entry.required and not given and closed and all(closed):
            line = [workflow.start] if workflow.start in workflow.nodes else []
            yield Problem("workflow_required_closed", ("nodes", workflow.start, "fields", field_id),
                          {"name": entry.label, "nodes": line})  # fmt: skip
