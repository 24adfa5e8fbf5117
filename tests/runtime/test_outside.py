"""Nodes that reach beyond their record 外部节点: timer, update, call, message and subflow, on a company in memory."""

from datetime import timedelta
from typing import Any

import pytest

from builder.case import Move, Persona
from builder.definition import App
from builder.parts import manifest_of, to_parts
from builder.problem import Conflict, Refusal
from runtime import inbox, outside, records, simulate, soundness, tasks
from runtime.ports import AppHead, Instance
from runtime.step import fold
from tests.runtime.office import Office
from tests.runtime.test_due import pass_time, robot

STAFF = [{"id": "staff", "name": "员工", "to": {"everyone": True}, "operations": ["create", "read", "update"]}]
CUSTOMER = {
    "id": "customer", "name": "客户", "title": "name", "groups": STAFF,
    "fields": [
        {"id": "name", "type": "text", "label": "名称", "required": True},
        {"id": "level", "type": "text", "label": "等级"},
        {"id": "total", "type": "number", "label": "总额", "max": "1000"},
    ],
}  # fmt: skip
DEAL = {
    "id": "deal", "name": "合同", "title": "name", "workflow": "deal", "groups": STAFF,
    "fields": [
        {"id": "name", "type": "text", "label": "名称", "required": True},
        {"id": "amount", "type": "number", "label": "金额"},
        {"id": "until", "type": "date", "label": "截止"},
        {"id": "customer", "type": "reference", "label": "客户", "form": "customer"},
        {"id": "number", "type": "text", "label": "编号"},
        {"id": "lines", "type": "subform", "label": "明细", "fields": [
            {"id": "what", "type": "text", "label": "名称"},
        ]},
    ],
}  # fmt: skip
ORDER = {
    "id": "order", "name": "订单", "title": "name", "workflow": "order", "groups": STAFF,
    "fields": [
        {"id": "name", "type": "text", "label": "名称", "required": True},
        {"id": "amount", "type": "number", "label": "金额"},
    ],
}  # fmt: skip
ORDER_FLOW = {
    "id": "order", "form": "order", "name": "订单审批", "start": "draft",
    "nodes": {
        "draft": {"type": "fill", "on": {"submit": "check"}},
        "check": {"type": "approve", "label": "审核", "assignees": [{"member": "fin"}], "on": {"approved": "end"}},
        "end": {"type": "end"},
    },
}  # fmt: skip


def company(node: dict[str, Any], **more: Any) -> Office:
    """Contracts whose workflow is one node, then an approval by the director."""
    exits = {"next": "after"} if "on" not in node else node["on"]
    flow = {
        "id": "deal", "form": "deal", "name": "合同审批", "start": "draft",
        "nodes": {
            "draft": {"type": "fill", "label": "起草", "on": {"submit": "it"}},
            "it": {"label": "这里", **node, "on": exits},
            "after": {"type": "approve", "label": "总监", "assignees": [{"member": "dir"}], "on": {"approved": "end"}},
            "end": {"type": "end"},
            "no": {"type": "end", "status": "rejected"},
        },
    }  # fmt: skip
    if "no" not in exits.values():
        del flow["nodes"]["no"]  # type: ignore[attr-defined]
    made = Office()
    publish(made, {**flow, **more.get("flow", {})}, more.get("order", ORDER_FLOW))
    return made


def publish(made: Office, flow: dict[str, Any], order: dict[str, Any]) -> App:
    """Make it live; it must be sound."""
    app = App.model_validate({
        "id": "crm", "name": "CRM", "forms": {"customer": CUSTOMER, "deal": DEAL, "order": ORDER},
        "workflows": {"deal": flow, "order": order},
    })  # fmt: skip
    for workflow in app.workflows.values():
        assert [(one.code, one.path) for one in soundness.check(app, workflow)] == []
    parts = to_parts(app)
    manifest = manifest_of(parts)
    made.memory.definitions.keep({manifest[name]: part for name, part in parts.items()})
    made.memory.definitions.save(AppHead("crm", "CRM", "app", "blue", 1, manifest, manifest, 1))
    return app


def children(made: Office) -> list[Instance]:
    """The orders' instances, oldest first."""
    return sorted((i for i in made.memory.instances.instances.values() if i.form == "crm.order"), key=lambda i: i.id)


def holds(made: Office, record: str, form: str = "deal") -> dict[str, Any]:
    """What a record holds."""
    found = made.memory.records.get(f"crm.{form}", record)
    assert found is not None
    return dict(found.values)


def is_fold(made: Office) -> None:
    """Every instance is the fold of its events, and has a timer, a task, a child or a failure, or is over."""
    for instance in made.memory.instances.instances.values():
        running = tasks.look(made.gate("adm"), instance)
        happened = [each.event for each in made.memory.instances.happenings(instance.id)]
        assert fold(running.workflow, happened) == instance.state


def customer(made: Office, **values: Any) -> str:
    """A customer."""
    id: str = records.submit(made.gate("ini"), "crm", "customer", {"name": "华信", **values})["id"]
    return id


# --- timer ----------------------------------------------------------------------------------------------------------


def test_a_timer_waits_and_then_goes_on() -> None:
    made = company({"type": "timer", "after": "P1D"})
    record = made.submit()
    assert made.asked(record) == {}
    said = inbox.flow(made.gate("ini", "en"), "crm", "deal", record)
    assert said is not None
    assert "2026-11-24 18:00" in said["waiting"]
    pass_time(made, timedelta(hours=23))
    assert made.asked(record) == {}
    pass_time(made, timedelta(hours=1))
    assert made.asked(record) == {"dir": "after"}
    is_fold(made)


def test_a_timer_counts_from_a_date_and_does_not_wait_for_a_blank_one() -> None:
    made = company({"type": "timer", "field": "until", "after": "-P1D"})
    record = made.submit(until="2026-11-30")
    assert [one.due_at.isoformat() for one in made.memory.timers.timers.values()] == ["2026-11-28T16:00:00+00:00"]
    assert made.asked(record) == {}
    assert made.asked(made.submit()) == {"dir": "after"}


def test_a_withdrawn_workflow_waits_for_nothing() -> None:
    made = company({"type": "timer", "after": "P1D"})
    record = made.submit()
    inbox.withdraw(made.gate("ini"), "crm", "deal", record)
    assert made.memory.timers.timers == {}


# --- update ---------------------------------------------------------------------------------------------------------


def test_an_update_writes_into_the_record_and_the_log_says_who_did_it() -> None:
    made = company({"type": "update", "values": {"number": '"HT-" & name'}})
    record = made.submit()
    assert holds(made, record)["number"] == "HT-华信"
    assert made.asked(record) == {"dir": "after"}
    assert made.memory.records.history("crm.deal", record)[0].actor == "system"
    is_fold(made)


def test_an_update_writes_into_the_record_that_a_reference_names() -> None:
    made = company({"type": "update", "target": "customer", "values": {"level": '"A"', "total": "amount * 2"}})
    other = customer(made)
    made.submit(amount=5, customer=other)
    assert holds(made, other, "customer") == {"name": "华信", "level": "A", "total": "10"}


def test_an_update_that_is_refused_writes_nothing_and_stands_as_failed_until_it_is_retried() -> None:
    made = company({"type": "update", "target": "customer", "values": {"level": '"A"', "total": "amount * 2"}})
    other = customer(made)
    record = made.submit(amount=5000, customer=other)
    assert holds(made, other, "customer") == {"name": "华信"}
    said = inbox.flow(made.gate("adm", "en"), "crm", "deal", record)
    assert said is not None
    assert (said["failures"][0]["node"], said["status"]) == ("it", "running")
    assert "An administrator can retry" in said["waiting"]
    assert [one.member for one in made.memory.notices.notices.values() if one.kind == "node_failed"] == ["adm"]
    with pytest.raises(Refusal):
        inbox.retry(made.gate("ini"), "crm", "deal", record, "it")
    inbox.retry(made.gate("adm"), "crm", "deal", record, "it")
    assert "failed" in made.instance(record).state["active"]["it"]
    records.edit(made.gate("adm"), "crm", "deal", record, {"amount": 5}, {})
    inbox.retry(made.gate("adm"), "crm", "deal", record, "it")
    assert made.asked(record) == {"dir": "after"}
    assert holds(made, other, "customer")["level"] == "A"
    is_fold(made)


def test_a_failed_node_can_be_skipped_and_a_sound_one_cannot() -> None:
    made = company({"type": "update", "target": "customer", "values": {"total": "amount * 2"}})
    record = made.submit(amount=5000, customer=customer(made))
    inbox.skip(made.gate("adm"), "crm", "deal", record, "it")
    assert made.asked(record) == {"dir": "after"}
    with pytest.raises(Conflict) as refusal:
        inbox.skip(made.gate("adm"), "crm", "deal", record, "after")
    assert refusal.value.problems[0].code == "node_not_failed"


# --- call -----------------------------------------------------------------------------------------------------------

CALL = {"type": "webhook", "url": "https://example.com/hook", "body": {"who": "name"}, "answers": {"number": "id"}}


def call_of(made: Office) -> dict[str, Any]:
    """The call in the outbox."""
    found = [dict(job.payload) for job in made.memory.outbox.jobs.values() if job.topic == "call"]
    assert len(found) == 1
    return found[0]


def test_a_call_is_handed_to_the_outbox_and_its_answer_moves_the_workflow_on() -> None:
    made = company(CALL)
    record = made.submit()
    call = call_of(made)
    assert (call["body"], call["url"]) == ({"who": "华信"}, "https://example.com/hook")
    assert made.asked(record) == {}
    outside.answer(robot(made), call, 200, {"number": "77"})
    assert holds(made, record)["number"] == "77"
    assert made.asked(record) == {"dir": "after"}
    outside.answer(robot(made), call, 200, {})
    assert made.asked(record) == {"dir": "after"}
    is_fold(made)


def test_a_call_that_cannot_be_made_leaves_the_node_standing_as_failed() -> None:
    made = company(CALL)
    record = made.submit()
    outside.gave_up(robot(made), call_of(made), "call_failed", "no answer", {"reason": "no answer"})
    assert made.instance(record).state["active"]["it"]["failed"]["code"] == "call_failed"
    inbox.retry(made.gate("adm"), "crm", "deal", record, "it")
    assert sum(job.topic == "call" for job in made.memory.outbox.jobs.values()) == 2


def test_a_call_that_nobody_waits_for_does_not_hold_the_workflow_up() -> None:
    made = company({**CALL, "wait": False, "answers": {}})
    record = made.submit()
    assert made.asked(record) == {"dir": "after"}
    outside.gave_up(robot(made), call_of(made), "call_failed", "no answer", {"reason": "no answer"})
    assert [one.member for one in made.memory.notices.notices.values() if one.kind == "node_failed"] == ["adm"]
    is_fold(made)


# --- message --------------------------------------------------------------------------------------------------------


def test_a_message_tells_people_with_the_fields_in_it() -> None:
    node = {"type": "notify", "assignees": [{"member": "fin"}], "message": "{name} 金额 {amount}，{nothing}{number}"}
    made = company(node)
    record = made.submit(amount=5)
    assert made.asked(record) == {"dir": "after"}
    told = [one for one in made.memory.notices.notices.values() if one.kind == "message"]
    assert [(one.member, one.text) for one in told] == [("fin", "华信 金额 5，{nothing}")]


# --- subflow --------------------------------------------------------------------------------------------------------

SUB = {"type": "subflow", "form": "order", "fill": {"name": "name", "amount": "amount"}, "on": {"done": "after"}}
PER_ROW = {**SUB, "rows": "lines", "fill": {"name": "what"}}
LINES = [{"what": "笔"}, {"what": "纸"}, {"what": "墨"}]


def test_a_parent_waits_for_its_child_and_goes_on_when_it_ends() -> None:
    made = company(SUB)
    record = made.submit(amount=7)
    child = children(made)[0]
    assert made.asked(record) == {}
    assert holds(made, child.record, "order") == {"name": "华信", "amount": "7"}
    assert (child.initiator, child.state["parent"]["instance"]) == ("ini", made.instance(record).id)
    made.act("fin", "approve")
    assert made.asked(record) == {"dir": "after"}
    is_fold(made)


def test_parent_and_child_are_linked_both_ways() -> None:
    made = company(SUB)
    record = made.submit(amount=7)
    child = children(made)[0]
    above = inbox.flow(made.gate("ini"), "crm", "deal", record)
    below = inbox.flow(made.gate("ini"), "crm", "order", child.record)
    assert above is not None
    assert below is not None
    assert [one["record"] for one in above["children"]] == [child.record]
    assert below["parent"]["record"] == record
    made.act("fin", "approve")
    again = inbox.flow(made.gate("ini"), "crm", "deal", record)
    assert again is not None
    assert [one["status"] for one in again["children"]] == ["approved"]


def test_one_child_for_each_row_and_the_parent_waits_for_all() -> None:
    made = company(PER_ROW)
    record = made.submit(lines=LINES)
    assert [holds(made, child.record, "order")["name"] for child in children(made)] == ["笔", "纸", "墨"]
    made.act("fin", "approve")
    made.act("fin", "approve")
    assert made.asked(record) == {}
    made.act("fin", "approve")
    assert made.asked(record) == {"dir": "after"}
    is_fold(made)


def test_without_rows_the_parent_passes_through() -> None:
    made = company(PER_ROW)
    assert made.asked(made.submit()) == {"dir": "after"}


def test_too_many_rows_are_refused_and_nothing_is_started() -> None:
    made = company(PER_ROW)
    record = made.submit(lines=[{"what": "x"}] * 201)
    assert children(made) == []
    assert made.instance(record).state["active"]["it"]["failed"]["code"] == "subflow_too_many_rows"


def test_a_parent_that_does_not_wait_goes_on_at_once() -> None:
    made = company({**SUB, "wait": False})
    record = made.submit(amount=7)
    assert made.asked(record) == {"dir": "after"}
    made.act("dir", "approve")
    assert (made.status(record), children(made)[0].status) == ("approved", "running")
    is_fold(made)


def test_a_rejected_child_takes_the_parents_exit_and_the_others_end_with_it() -> None:
    made = company({**PER_ROW, "on": {"done": "after", "rejected": "no"}})
    record = made.submit(lines=LINES)
    made.act("fin", "reject")
    assert made.status(record) == "rejected"
    assert sorted(child.status for child in children(made)) == ["ended", "ended", "rejected"]
    is_fold(made)


def test_parent_and_child_end_together() -> None:
    made = company(PER_ROW)
    record = made.submit(lines=LINES)
    inbox.end(made.gate("adm"), "crm", "deal", record)
    assert {child.status for child in children(made)} == {"ended"}
    is_fold(made)


def test_a_child_that_nobody_is_asked_about_ends_at_once_and_the_parent_goes_on() -> None:
    through = {**ORDER_FLOW, "nodes": {"draft": {"type": "fill", "on": {"submit": "end"}}, "end": {"type": "end"}}}
    made = company(PER_ROW, order=through)
    record = made.submit(lines=LINES)
    assert made.asked(record) == {"dir": "after"}
    assert {child.status for child in children(made)} == {"approved"}
    is_fold(made)


def test_workflows_that_start_one_another_come_to_an_end() -> None:
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "it"}},
        "it": {"type": "subflow", "form": "order", "fill": {"name": "name"}, "on": {"done": "end"}},
        "end": {"type": "end"},
    }
    made = company(SUB, order={**ORDER_FLOW, "nodes": nodes})
    record = made.submit()
    codes = [
        memo["failed"]["code"] for one in children(made) for memo in one.state["active"].values() if "failed" in memo
    ]
    assert codes == ["subflow_too_deep"]
    assert made.instance(record).status == "running"
    is_fold(made)


@pytest.mark.parametrize(("rows", "count"), [("", 1), ("lines", 2)])
def test_a_walk_goes_through_subflows_and_tells_their_records_and_tasks(rows: str, count: int) -> None:
    fill = {"name": "what"} if rows else {"name": "name"}
    made = company({**SUB, "fill": fill, "rows": rows})
    head = made.memory.definitions.heads["crm"]
    values = {"name": "框架", "lines": [{"what": "笔"}, {"what": "纸"}]}
    walk = simulate.begin(made.gate("adm"), "crm", "deal", head.live, Persona(member="ini"), values)
    walk.begin()
    begun = walk.frames[-1]
    assert (begun.active, simulate.awaits(walk), simulate.offers(walk)) == (("it",), ["children"], [])
    assert [(one["label"], one["field"]) for one in begun.changes] == [("订单", "")] * count
    assert {one["where"] for one in begun.tasks} == {"订单 · 审核"}
    walk.move(Move(act="wait"))
    assert (walk.frames[-1].problem, walk.frames[-1].open) == (None, {"after": ("dir",)})
    assert [one for one in made.memory.records.records if one[0] == "crm.order"] == []


def test_a_walk_says_when_a_subflow_does_not_end_by_agreement() -> None:
    stays = {
        **ORDER_FLOW["nodes"],
        "check": {"type": "webhook", "url": "https://erp.example.com/x", "wait": True, "on": {"next": "end"}},
    }  # type: ignore[dict-item]
    made = company(SUB, order={**ORDER_FLOW, "nodes": stays})
    head = made.memory.definitions.heads["crm"]
    walk = simulate.begin(made.gate("adm"), "crm", "deal", head.live, Persona(member="ini"), {"name": "x"})
    walk.begin()
    walk.move(Move(act="wait"))
    assert [walk.frames[-1].problem and walk.frames[-1].problem.code] == ["case_child_stays"]
    assert walk.frames[-1].active == ("it",)
