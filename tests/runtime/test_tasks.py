"""What people do with tasks 待办办理, from submitting to the end, on the world in memory."""

import copy
from typing import Any

import pytest

from builder.problem import Conflict, Forbidden, Invalid, Missing
from runtime import inbox, records, tasks
from runtime.perform import happen
from runtime.step import fold
from tests.runtime.office import FLOW, FORM, Office, changed, code, office, refused


def replayed(company: Office, record: str) -> Any:
    """The state that the instance's events fold to."""
    instance = company.instance(record)
    workflow = tasks.workflow_of(company.gate("adm"), instance)
    return fold(workflow, [event.event for event in company.memory.instances.happenings(instance.id)])


def test_submitting_asks_the_superior() -> None:
    company = office()

    record = company.submit(amount=10)

    assert company.asked(record) == {"boss": "manager"}
    assert company.status(record) == "running"


def test_a_small_deal_is_signed_by_the_manager_alone_and_finance_gets_a_copy() -> None:
    company = office()
    record = company.submit(amount=10)

    answer = company.act("boss", "approve")

    assert (company.status(record), company.asked(record)) == ("approved", {})
    assert answer == {"ok": True, "next": "", "status": "approved"}
    assert inbox.counts(company.gate("fin")) == {"todo": 0, "copied": 1}


def test_a_large_deal_needs_director_and_finance() -> None:
    company = office()
    record = company.submit(amount=5000)

    company.act("boss", "approve")
    assert company.asked(record) == {"dir": "both", "fin": "both"}

    company.act("dir", "approve")
    company.act("fin", "approve")
    assert company.status(record) == "approved"


def test_one_rejection_ends_a_countersign_and_closes_the_other_task() -> None:
    company = office()
    record = company.submit(amount=5000)
    company.act("boss", "approve")
    other = company.task("dir")

    company.act("fin", "reject")

    assert (company.status(record), company.asked(record)) == ("rejected", {})
    assert company.memory.instances.requests[other.id].outcome == "cancelled"


def test_a_returned_deal_is_mended_and_submitted_again_with_its_new_values() -> None:
    company = office()
    record = company.submit(amount=5000)
    company.act("boss", "return", to="draft", comment="太贵了")
    assert company.asked(record) == {"ini": "draft"}

    company.act("ini", "submit", values={"amount": 10})
    company.act("boss", "approve")

    assert company.status(record) == "approved"


def test_what_a_form_requires_must_be_there_when_it_is_submitted_again() -> None:
    company = office()
    company.submit(amount=10)
    company.act("boss", "return", to="draft", comment="看看")

    assert code(company.act, "ini", "submit", values={"name": None}) == "required"


def test_a_return_needs_its_comment() -> None:
    company = office()
    company.submit(amount=10)

    assert code(company.act, "boss", "return") == "comment_required"


def test_values_are_written_at_a_task_where_the_node_allows_it() -> None:
    company = office()
    record = company.submit(amount=10)

    company.act("boss", "approve", values={"amount": 2000})

    assert company.asked(record) == {"dir": "both", "fin": "both"}


def test_a_field_that_the_node_does_not_open_is_not_written() -> None:
    company = office()
    company.submit(amount=10)

    assert code(company.act, "boss", "approve", values={"name": "别的"}) == "field_not_writable"


def test_what_a_node_requires_must_be_there_to_approve_but_not_to_reject() -> None:
    company = office(changed("manager", fields={"invoice": "required"}))
    record = company.submit(amount=10)
    assert code(company.act, "boss", "approve") == "required"

    company.act("boss", "reject")

    assert company.status(record) == "rejected"


def test_of_two_who_act_at_once_the_second_learns_who_was_faster_and_when() -> None:
    company = office(changed("both", agree="any"))
    company.submit(amount=5000)
    company.act("boss", "approve")
    late = company.task("dir").id
    company.act("fin", "approve")

    refusal = refused(company.act, "dir", "reject", late)

    assert isinstance(refusal, Conflict)
    assert refusal.problems[0].code == "already_handled"
    assert refusal.problems[0].params["by"] == "周财务"
    assert refusal.problems[0].sentence("zh-CN") == "周财务 已在 2026-11-23 18:00 处理了这个待办。"


def test_the_same_task_is_answered_once() -> None:
    company = office()
    company.submit(amount=5000)
    mine = company.task("boss").id
    company.act("boss", "approve")

    assert code(company.act, "boss", "approve", mine) == "already_handled"


@pytest.mark.parametrize(("do", "wanted"), [("withdraw", "instance_withdrawn"), ("end", "instance_ended")])
def test_a_task_of_an_instance_that_is_over_says_so(do: str, wanted: str) -> None:
    company = office()
    record = company.submit(amount=10)
    mine = company.task("boss").id
    getattr(inbox, do)(company.gate("ini" if do == "withdraw" else "adm"), "crm", "deal", record)

    assert code(company.act, "boss", "approve", mine) == wanted


def test_a_colleague_may_not_act_and_a_stranger_does_not_learn_of_the_task() -> None:
    company = office()
    company.submit(amount=10)
    task = company.task("boss").id

    assert isinstance(refused(company.act, "ini", "approve", task), Forbidden)
    assert isinstance(refused(company.act, "out", "approve", task), Missing)
    assert isinstance(refused(company.act, "boss", "approve", "nothing"), Missing)


def test_a_task_is_transferred_to_somebody_who_is_there() -> None:
    company = office()
    record = company.submit(amount=10)

    company.act("boss", "transfer", to="dir")

    assert company.asked(record) == {"dir": "manager"}


@pytest.mark.parametrize("to", ["gone", "nobody", ""])
def test_a_task_is_not_transferred_to_somebody_who_is_not_there(to: str) -> None:
    company = office()
    company.submit(amount=10)

    assert code(company.act, "boss", "transfer", to=to) == "no_such_member"


def test_a_withdrawn_deal_is_a_draft_again_and_can_be_submitted_again() -> None:
    company = office()
    record = company.submit(amount=10)

    inbox.withdraw(company.gate("ini"), "crm", "deal", record)
    assert (company.status(record), company.asked(record)) == ("draft", {})

    inbox.submit(company.gate("ini"), "crm", "deal", record)
    assert company.asked(record) == {"boss": "manager"}


def test_a_draft_that_lacks_what_the_form_requires_cannot_be_submitted() -> None:
    company = office()
    record = records.submit(company.gate("ini"), "crm", "deal", {"amount": 1}, start=False)["id"]

    assert isinstance(refused(inbox.submit, company.gate("ini"), "crm", "deal", record), Invalid)


def test_a_running_record_is_not_submitted_twice() -> None:
    company = office()
    record = company.submit(amount=10)
    gate = company.gate("adm")
    live = gate.form("crm", "deal")

    assert code(tasks.start, gate, live, gate.record(live, record)[0]) == "already_started"


def test_only_an_admin_ends_or_suspends() -> None:
    company = office()
    record = company.submit(amount=10)

    assert code(inbox.end, company.gate("ini"), "crm", "deal", record) == "admins_only"


def test_a_suspended_instance_waits_and_goes_on_when_resumed() -> None:
    company = office()
    record = company.submit(amount=10)
    gate = company.gate("adm")
    live = gate.form("crm", "deal")
    tasks.suspend(gate, live, record)
    assert code(company.act, "boss", "approve") == "instance_suspended"
    assert "暂停" in inbox.flow(gate, "crm", "deal", record)["waiting"]  # type: ignore[index]

    tasks.resume(gate, live, record)
    company.act("boss", "approve")

    assert company.status(record) == "approved"


def test_an_empty_rule_asks_the_admins() -> None:
    company = office(changed("manager", assignees=[{"role": "ghost"}]))

    assert company.asked(company.submit(amount=10)) == {"adm": "manager"}


def test_an_empty_rule_is_skipped_with_a_line_in_the_log_where_that_is_set() -> None:
    company = office(changed("manager", assignees=[{"role": "ghost"}], empty="skip"))

    record = company.submit(amount=10)

    assert company.status(record) == "approved"
    assert "skipped" in [line["action"] for line in company.instance(record).state["log"]]


def test_an_empty_rule_asks_the_member_who_is_named_for_it() -> None:
    company = office(changed("manager", assignees=[{"role": "ghost"}], empty={"member": "fin"}))

    assert company.asked(company.submit(amount=10)) == {"fin": "manager"}


def test_running_instances_finish_on_their_version() -> None:
    company = office()
    old = company.submit(amount=10)
    company.publish(changed("manager", assignees=[{"role": "director"}], on={"approved": "both", "rejected": "closed"}))
    new = company.submit(amount=10)

    company.act("boss", "approve")

    assert company.status(old) == "approved"
    assert company.asked(new) == {"dir": "manager"}


@pytest.mark.parametrize("last", ["approve", "reject", "return", "transfer", "add_signer"])
def test_the_stored_state_is_the_fold_of_the_stored_events(last: str) -> None:
    every = ["approve", "reject", "return", "transfer", "add_signer"]
    company = office(changed("manager", actions=every))
    record = company.submit(amount=5000)

    company.act("boss", last, to="dir" if last in ("transfer", "add_signer") else "", comment="好")

    assert replayed(company, record) == company.instance(record).state


def test_a_form_without_a_workflow_starts_none() -> None:
    company = office(form={**FORM, "workflow": None})
    record = company.submit(amount=10)
    gate = company.gate("ini")
    live = gate.form("crm", "deal")

    assert code(tasks.start, gate, live, gate.record(live, record)[0]) == "no_workflow"


def test_an_instance_that_is_not_there_cannot_be_held() -> None:
    assert code(tasks.hold, office().gate("adm"), "nothing") == "no_such_instance"


def test_who_was_overtaken_between_two_locks_changes_nothing() -> None:
    company = office()
    record = company.submit(amount=10)
    gate = company.gate("boss")
    seen = tasks.hold(gate, company.instance(record).id)
    company.act("boss", "approve")

    event = {"type": "answered", "node": "manager", "person": "boss", "action": "reject"}

    assert code(happen, gate, seen, event) == "instance_changed"
    assert company.status(record) == "approved"


def test_a_record_that_changed_meanwhile_is_not_overwritten() -> None:
    company = office()
    record = company.submit(amount=10)
    gate = company.gate("adm")
    seen = tasks.hold(gate, company.instance(record).id)
    records.edit(gate, "crm", "deal", record, {"amount": 11}, {})

    assert code(happen, gate, seen, {"type": "terminated"}) == "record_changed"


def test_a_guard_that_cannot_be_read_does_not_hold() -> None:
    company = office(changed("large", when={"over": "amount >"}))
    record = company.submit(amount=5000)

    company.act("boss", "approve")

    assert company.status(record) == "approved"


def test_a_task_that_the_same_step_closes_again_is_never_seen() -> None:
    flow = copy.deepcopy(FLOW)
    flow["nodes"]["draft"]["on"] = {"submit": "split"}
    flow["nodes"]["split"] = {"type": "parallel", "on": {"a": "manager", "b": "signed"}}
    company = office(flow)

    record = company.submit(amount=10)

    assert company.status(record) == "approved"
    assert company.memory.instances.tasks(company.instance(record).id) == []


def test_a_done_task_of_a_deleted_record_is_gone_with_it() -> None:
    company = office()
    record = company.submit(amount=10)
    mine = company.task("boss").id
    company.act("boss", "approve")
    records.remove(company.gate("adm"), "crm", "deal", [record])

    assert code(inbox.one, company.gate("boss"), mine) == "no_such_record"
    assert inbox.box(company.gate("boss"), "handled")["cards"] == []


def test_an_older_version_speaks_the_asker_s_language_too() -> None:
    company = office()
    record = company.submit(amount=10)
    company.publish(changed("manager", label="审批"))

    flow = inbox.flow(company.gate("ini", "en"), "crm", "deal", record)

    assert flow is not None
    assert flow["nodes"]["manager"]["label"] == "主管审批"
