"""An update of what points here 批量更新: which records, how many at once, a new one where there is none."""

from dataclasses import replace
from typing import Any

import pytest

from builder.access import system
from builder.case import Move, Persona
from builder.definition import App
from builder.parts import manifest_of, to_parts
from runtime import administering, inbox, outside, portions, records, simulate, soundness, tasks
from runtime.gate import Gate
from runtime.ports import AppHead, Job
from runtime.step import fold
from tests.runtime.office import Office

STAFF = [{"id": "staff", "name": "员工", "to": {"everyone": True}, "operations": ["create", "read", "update"]}]
NAME = {"id": "name", "type": "text", "label": "名称"}
DEAL = {
    "id": "deal", "name": "合同", "title": "name", "workflow": "deal", "groups": STAFF,
    "fields": [
        NAME,
        {"id": "word", "type": "text", "label": "词"},
        {"id": "lines", "type": "subform", "label": "行", "fields": [{"id": "what", "type": "text", "label": "物"}]},
    ],
}  # fmt: skip
PART = {
    "id": "part", "name": "明细", "title": "name", "groups": STAFF,
    "fields": [
        NAME,
        {"id": "deal", "type": "reference", "label": "合同", "form": "deal"},
        {"id": "state", "type": "text", "label": "状态"},
        {"id": "amount", "type": "number", "label": "金额", "max": "100"},
    ],
    "rules": [{"id": "shut", "when": "amount = 99", "read_only": ["state"]}],
}  # fmt: skip
TASK = {**PART, "id": "task", "name": "任务", "workflow": "task"}
CLOSE = {"type": "update", "form": "part", "by": "deal", "values": {"state": "word"}}


def company(**node: Any) -> Office:
    """Contracts whose parts are written into after the director's approval."""
    made = Office()
    app = drawn(**node)
    assert [(one.code, one.path) for one in problems(app)] == []
    parts = to_parts(app)
    manifest = manifest_of(parts)
    made.memory.definitions.keep({manifest[name]: part for name, part in parts.items()})
    made.memory.definitions.save(AppHead("crm", "CRM", "app", "blue", 1, manifest, manifest, 1))
    return made


def drawn(**node: Any) -> App:
    """The app."""
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "boss"}},
        "boss": {"type": "approve", "assignees": [{"member": "dir"}], "on": {"approved": "it"}},
        "it": {"label": "写入", **CLOSE, **node, "on": {"next": "after"}},
        "after": {"type": "approve", "assignees": [{"member": "fin"}], "on": {"approved": "end"}},
        "end": {"type": "end"},
    }
    flow = {"id": "deal", "form": "deal", "name": "审批", "start": "draft", "nodes": nodes}
    other = {"draft": {"type": "fill", "on": {"submit": "end"}}, "end": {"type": "end"}}
    task = {"id": "task", "form": "task", "name": "任务", "start": "draft", "nodes": other}
    forms = {"deal": DEAL, "part": PART, "task": TASK}
    return App.model_validate({"id": "crm", "name": "C", "forms": forms, "workflows": {"deal": flow, "task": task}})


def problems(app: App) -> list[Any]:
    """What is unsound."""
    return list(soundness.check(app, app.workflows["deal"]))


def part(made: Office, deal: str, **values: Any) -> str:
    """A part of a contract."""
    given = {"name": "p", "deal": deal, "state": "open", **values}
    return str(records.submit(made.gate("ini"), "crm", "part", given)["id"])


def parts_of(made: Office) -> list[tuple[str, str]]:
    """Name and state of every part, in order of their ids."""
    held = [one for one in made.memory.records.records.values() if one.form == "crm.part"]
    return [(one.values["name"], one.values.get("state", "")) for one in sorted(held, key=lambda one: one.id)]


def works(made: Office, most: int = 100) -> int:
    """The worker does what waits; answers how many portions there were."""
    done, jobs = 0, made.memory.outbox.jobs
    for id in iter(lambda: next((id for id, job in jobs.items() if job.topic == portions.TOPIC), ""), ""):
        if done == most:
            break
        payload = jobs[id].payload
        jobs[id] = Job("done", payload)
        portions.go_on(Gate(made.memory.world(), system("workflow"), "zh-CN", made.library), payload)
        done += 1
    return done


def is_fold(made: Office, record: str) -> bool:
    """Whether the instance is the fold of its events."""
    running = tasks.look(made.gate("adm"), made.instance(record))
    return fold(running.workflow, [each.event for each in made.memory.instances.happenings(running.instance.id)]) == (
        running.instance.state
    )


def test_the_records_that_point_here_are_written_into_and_no_others() -> None:
    made = company()
    deal, other = made.submit(word="done"), made.submit(word="x")
    for one in (deal, deal, other):
        part(made, one)
    made.act("dir", "approve", task=task_of(made, deal))
    assert [state for _, state in parts_of(made)] == ["done", "done", "open"]
    assert made.asked(deal) == {"fin": "after"}
    assert is_fold(made, deal)


def task_of(made: Office, record: str) -> str:
    """The open task on a record."""
    return next(one.id for one in made.memory.instances.tasks(made.instance(record).id) if one.state == "open")


def test_a_filter_narrows_which_of_them_and_may_speak_of_this_record() -> None:
    made = company(filter={"field": "name", "op": "eq", "value": "@this.name"})
    deal = made.submit(word="done")
    part(made, deal, name="华信")
    part(made, deal, name="别的")
    made.act("dir", "approve")
    assert parts_of(made) == [("华信", "done"), ("别的", "open")]


@pytest.mark.parametrize(("add", "before", "after"), [
    ("never", 0, []), ("if_none", 0, ["done"]), ("if_none", 1, ["done"]), ("always", 1, ["open", "done"]),
])  # fmt: skip
def test_a_new_record_is_added_where_there_is_none_or_in_any_case(add: str, before: int, after: list[str]) -> None:
    made = company(add=add)
    deal = made.submit(word="done")
    for _ in range(before):
        part(made, deal)
    made.act("dir", "approve")
    held = [one for one in made.memory.records.records.values() if one.form == "crm.part"]
    assert sorted(one.values["state"] for one in held) == sorted(after)
    assert {one.values["deal"] for one in held} <= {deal}


def test_each_row_becomes_a_record_that_points_here_in_the_initiators_name() -> None:
    made = company(add="always", rows="lines", values={"name": "what", "state": "word"})
    deal = made.submit(word="new", lines=[{"what": "笔"}, {"what": "纸"}])
    made.act("dir", "approve")
    held = [one for one in made.memory.records.records.values() if one.form == "crm.part"]
    assert [(one.values["name"], one.values["state"], one.values["deal"]) for one in held] == [
        ("笔", "new", deal), ("纸", "new", deal),
    ]  # fmt: skip
    assert {one.created_by for one in held} == {"ini"}
    assert made.asked(deal) == {"fin": "after"}


def test_rows_that_would_be_too_many_records_add_none() -> None:
    made = company(add="always", rows="lines", values={"name": "what"})
    deal = made.submit(word="new", lines=[{"what": "x"}] * 201)
    made.act("dir", "approve")
    assert made.instance(deal).state["active"]["it"]["failed"]["code"] == "update_too_many_rows"
    assert parts_of(made) == []


def test_many_are_written_by_the_worker_in_portions_and_then_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 2)
    made = company(filter={"field": "state", "op": "eq", "value": "open"})
    deal = made.submit(word="done")
    for _ in range(7):
        part(made, deal)
    made.act("dir", "approve")
    assert [state for _, state in parts_of(made)].count("done") == 2
    assert made.asked(deal) == {}
    shown = inbox.flow(made.gate("ini", "en"), "crm", "deal", deal)
    assert shown is not None
    assert "updating records" in shown["waiting"]
    assert works(made) == 3
    assert {state for _, state in parts_of(made)} == {"done"}
    assert made.asked(deal) == {"fin": "after"}
    assert is_fold(made, deal)


def test_while_it_is_suspended_the_rest_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 1)
    made = company()
    deal = made.submit(word="done")
    for _ in range(3):
        part(made, deal)
    made.act("dir", "approve")
    inbox.suspend(made.gate("adm"), "crm", "deal", deal, "")
    assert works(made, most=2) == 2
    assert [state for _, state in parts_of(made)].count("done") == 1
    inbox.resume(made.gate("adm"), "crm", "deal", deal, "")
    works(made)
    assert made.asked(deal) == {"fin": "after"}


def test_a_portion_that_is_refused_leaves_the_node_as_failed_and_a_retry_begins_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 1)
    made = company(values={"amount": 'IF(word = "big", 1000, 5)'})
    deal = made.submit(word="big")
    part(made, deal)
    made.act("dir", "approve")
    assert list(made.instance(deal).state["active"]["it"]) == ["visit", "waits", "failed"]
    held = made.memory.records.get("crm.deal", deal)
    assert held is not None
    records.edit(made.gate("adm"), "crm", "deal", deal, {"word": "small"}, {})
    outside.retry(made.gate("adm"), made.gate("adm").form("crm", "deal"), deal, "it")
    works(made)
    assert made.asked(deal) == {"fin": "after"}


def stopped(made: Office, stubborn: int = 4, count: int = 7) -> str:
    """A contract of whose parts the first portions were written; one refuses, as a rule of its form locks it."""
    deal = made.submit(word="done")
    ids = sorted(part(made, deal, name=f"p{at}") for at in range(count))
    held = made.memory.records.records
    key = "crm.part", ids[stubborn]
    held[key] = replace(held[key], title="顽固", values={**held[key].values, "amount": "99"})
    made.act("dir", "approve", task=task_of(made, deal))
    works(made)
    return deal


def written(made: Office) -> int:
    """How many parts are done."""
    return [state for _, state in parts_of(made)].count("done")


def test_a_refused_portion_says_what_was_written_and_what_not_and_a_retry_writes_only_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 2)
    made = company()
    deal = stopped(made)
    flow = inbox.flow(made.gate("adm"), "crm", "deal", deal)
    assert flow is not None
    [failure] = flow["failures"]
    assert (failure["written"], failure["left"], written(made)) == (4, 3, 4)
    assert "顽固" in failure["reason"]
    assert len(failure["records"]) == 3
    revisions = {id: one.revision for id, one in made.memory.records.records.items()}
    mended(made)
    outside.retry(made.gate("adm"), made.gate("adm").form("crm", "deal"), deal, "it")
    works(made)
    assert (written(made), made.asked(deal)) == (7, {"fin": "after"})
    twice = [id for id, one in made.memory.records.records.items()
             if id[0] == "crm.part" and one.values["state"] == "done" and one.revision - revisions[id] > 1]  # fmt: skip
    assert twice == []
    assert is_fold(made, deal)


def test_a_retry_begins_anew_when_the_values_have_become_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 2)
    made = company()
    deal = stopped(made)
    records.edit(made.gate("adm"), "crm", "deal", deal, {"word": "shut"}, {})
    mended(made)
    outside.retry(made.gate("adm"), made.gate("adm").form("crm", "deal"), deal, "it")
    works(made)
    assert {state for _, state in parts_of(made)} == {"shut"}


def test_who_passes_over_a_stopped_update_leaves_the_rest_and_it_is_in_the_story(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 2)
    made = company()
    deal = stopped(made)
    outside.skip(made.gate("adm"), made.gate("adm").form("crm", "deal"), deal, "it")
    works(made)
    assert (written(made), made.asked(deal)) == (4, {"fin": "after"})
    line = made.instance(deal).state["log"][-1]
    assert (line["action"], line["written"], line["unwritten"]) == ("pass_over", 4, 3)
    assert "rest" not in str(made.instance(deal).state["active"])


def test_a_portion_that_breaks_again_and_again_leaves_the_node_as_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 2)
    made = company()
    deal = made.submit(word="done")
    for _ in range(5):
        part(made, deal)
    made.act("dir", "approve")
    [payload] = [job.payload for job in made.memory.outbox.jobs.values() if job.topic == portions.TOPIC]
    gate = Gate(made.memory.world(), system("workflow"), "zh-CN", made.library)
    portions.gave_up(gate, payload)
    portions.gave_up(gate, payload)
    failed = made.instance(deal).state["active"]["it"]["failed"]
    assert (failed["code"], failed["params"]) == ("update_broken", {"written": 2, "left": 3})
    outside.retry(made.gate("adm"), made.gate("adm").form("crm", "deal"), deal, "it")
    works(made)
    assert (written(made), made.asked(deal)) == (5, {"fin": "after"})


def mended(made: Office) -> None:
    """The record that refused may be written into again."""
    for key, one in made.memory.records.records.items():
        if one.title == "顽固":
            made.memory.records.records[key] = replace(one, values={**one.values, "amount": "1"})


def test_more_than_a_node_may_write_into_are_refused_and_none_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "MOST", 2)
    made = company()
    deal = made.submit(word="done")
    for _ in range(3):
        part(made, deal)
    made.act("dir", "approve")
    assert made.instance(deal).state["active"]["it"]["failed"]["code"] == "update_too_many"
    assert {state for _, state in parts_of(made)} == {"open"}


def test_a_walk_goes_past_portions_and_tells_what_would_change_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 2)
    made = company()
    deal = made.submit(word="done")
    for _ in range(7):
        part(made, deal)
    head = made.memory.definitions.heads["crm"]
    walk = simulate.begin(made.gate("adm"), "crm", "deal", head.live, Persona(member="ini"), {}, deal)
    walk.begin()
    walk.move(Move(act="approve"))
    last = walk.frames[-1]
    assert (last.active, last.open) == (("after",), {"after": ("fin",)})
    assert [(one["label"], one["before"], one["after"], one["form_name"], one["count"]) for one in last.changes] == [
        ("状态", "open", "done", "明细", 7)
    ]
    assert {state for _, state in parts_of(made)} == {"open"}
    assert all(job.topic != portions.TOPIC for job in made.memory.outbox.jobs.values())


def test_who_jumps_away_stops_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "AT_ONCE", 1)
    made = company()
    deal = made.submit(word="done")
    for _ in range(3):
        part(made, deal)
    made.act("dir", "approve")
    administering.jump(made.gate("adm"), made.gate("adm").form("crm", "deal"), deal, "after")
    works(made)
    assert [state for _, state in parts_of(made)].count("done") == 1


@pytest.mark.parametrize(("node", "code"), [
    ({"form": "gone"}, "workflow_no_form"),
    ({"by": "name"}, "workflow_nothing_points_here"),
    ({"by": ""}, "workflow_nothing_points_here"),
    ({"filter": {"field": "gone", "op": "empty"}}, "workflow_no_field"),
    ({"values": {"gone": "1"}}, "workflow_no_field"),
    ({"form": "task", "add": "if_none"}, "workflow_add_by_subflow"),
    ({"target": "x"}, "node_setting_invalid"),
    ({"rows": "lines"}, "node_setting_invalid"),
    ({"rows": "gone", "add": "always"}, "workflow_no_field"),
])  # fmt: skip
def test_what_an_update_names_must_be_there(node: dict[str, Any], code: str) -> None:
    assert [one.code for one in problems(drawn(**node))] == [code]
