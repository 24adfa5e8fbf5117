"""A small company with one approval 小公司: what the stories about tasks are told with, on the world in memory."""

import copy
from dataclasses import dataclass, field
from typing import Any

import pytest

from builder.access import Actor
from builder.definition import App
from builder.parts import manifest_of, to_parts
from builder.problem import Refusal
from runtime import inbox, records
from runtime.gate import Gate
from runtime.live import Library
from runtime.memory import Memory
from runtime.ports import AppHead, Department, Instance, Member, Task

MEMBERS = (
    Member("ini", "小王", departments=("sales",)),
    Member("boss", "李主管", departments=("sales",)),
    Member("dir", "陈总监", departments=("head",), roles=("director",)),
    Member("fin", "周财务", departments=("finance",), roles=("finance",)),
    Member("adm", "管理员", departments=("head",), admin=True),
    Member("out", "路人", departments=("finance",)),
    Member("gone", "离职", departments=("sales",), enabled=False),
)
DEPARTMENTS = (
    Department("head", "总部", heads=("dir",)),
    Department("sales", "销售部", parent="head", heads=("boss",)),
    Department("finance", "财务部", parent="head", heads=("fin",)),
)
FORM: dict[str, Any] = {
    "id": "deal",
    "name": "合同",
    "title": "name",
    "workflow": "deal",
    "fields": [
        {"id": "name", "type": "text", "label": "名称", "required": True},
        {"id": "amount", "type": "number", "label": "金额"},
        {"id": "cost", "type": "number", "label": "成本"},
        {"id": "invoice", "type": "text", "label": "发票号"},
    ],
    "groups": [
        {"id": "staff", "name": "员工", "to": {"departments": ["sales"]}, "operations": ["create", "read", "update"]}
    ],
}
FLOW: dict[str, Any] = {
    "id": "deal",
    "form": "deal",
    "name": "合同审批",
    "start": "draft",
    "nodes": {
        "draft": {"type": "fill", "label": "起草", "on": {"submit": "manager"}},
        "manager": {
            "type": "approve",
            "label": "主管审批",
            "assignees": [{"superior_of": "initiator"}],
            "comment_required": ["return"],
            "fields": {"amount": "edit", "cost": "hidden"},
            "on": {"approved": "large", "rejected": "closed"},
        },
        "large": {"type": "branch", "when": {"over": "amount > 1000"}, "on": {"over": "both", "else": "tell"}},
        "both": {
            "type": "approve",
            "label": "会签",
            "assignees": [{"role": "director"}, {"role": "finance"}],
            "agree": "all",
            "fields": {"invoice": "edit"},
            "on": {"approved": "tell", "rejected": "closed"},
        },
        "tell": {"type": "copy", "label": "抄送", "assignees": [{"role": "finance"}], "on": {"next": "signed"}},
        "signed": {"type": "end", "status": "approved"},
        "closed": {"type": "end", "status": "rejected"},
    },
}


@dataclass
class Office:
    """The company at work: people act, and the world can be looked at."""

    memory: Memory = field(default_factory=lambda: Memory(MEMBERS, DEPARTMENTS))
    library: Library = field(default_factory=Library)

    def publish(self, flow: dict[str, Any] | None = None, form: dict[str, Any] | None = None) -> None:
        """Make this workflow and form the live ones."""
        flow, form = flow or FLOW, form or FORM
        app = App.model_validate({"id": "crm", "name": "CRM", "forms": {"deal": form}, "workflows": {"deal": flow}})
        parts = to_parts(app)
        manifest = manifest_of(parts)
        self.memory.definitions.keep({manifest[name]: part for name, part in parts.items()})
        head = AppHead("crm", "CRM", "app", "blue", 1, manifest, manifest, 1)
        self.memory.definitions.save(head)

    def gate(self, who: str, language: str = "zh-CN") -> Gate:
        """The door, opened for a member."""
        member = next(member for member in MEMBERS if member.id == who)
        actor = Actor("member", who, frozenset(member.roles), frozenset(member.departments), member.admin)
        return Gate(self.memory.world(), actor, language, self.library)

    def submit(self, who: str = "ini", **values: Any) -> str:
        """A record is submitted; answers its id."""
        record: str = records.submit(self.gate(who), "crm", "deal", {"name": "华信", **values})["id"]
        return record

    def instance(self, record: str) -> Instance:
        """The record's newest instance."""
        return self.memory.instances.of_record("crm.deal", record)[0]

    def status(self, record: str) -> str:
        """The record's coarse word."""
        found = self.memory.records.get("crm.deal", record)
        assert found is not None
        return found.status

    def asked(self, record: str) -> dict[str, str]:
        """Open tasks: who, where."""
        tasks = self.memory.instances.tasks(self.instance(record).id)
        return {task.assignee: task.node for task in tasks if task.state == "open"}

    def task(self, who: str) -> Task:
        """The member's newest open task."""
        return self.memory.instances.box(who, "todo")[0][0]

    def act(self, who: str, action: str, task: str = "", **more: Any) -> dict[str, Any]:
        """Somebody answers his newest task."""
        return inbox.act(self.gate(who), task or self.task(who).id, action=action, **more)


def office(flow: dict[str, Any] | None = None, form: dict[str, Any] | None = None) -> Office:
    """A company whose app is published."""
    company = Office()
    company.publish(flow, form)
    return company


def changed(node: str, **settings: Any) -> dict[str, Any]:
    """The company's workflow with other settings at one node."""
    flow = copy.deepcopy(FLOW)
    flow["nodes"][node] |= settings
    return flow


def refused(do: Any, *given: Any, **more: Any) -> Refusal:
    """How it is refused."""
    with pytest.raises(Refusal) as refusal:
        do(*given, **more)
    return refusal.value


def code(do: Any, *given: Any, **more: Any) -> str:
    """The code by which it is refused."""
    return refused(do, *given, **more).problems[0].code
