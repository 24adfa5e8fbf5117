"""Running instances are moved to a newer version: whole or not at all, logged, and taken back until somebody acts."""

import copy
from dataclasses import dataclass, field
from typing import Any

import pytest

from builder.definition import Workflow
from builder.parts import digest, manifest_of
from builder.problem import Conflict
from runtime import designing, migrate, tasks
from runtime.formats import same
from runtime.replay import refold
from tests.runtime.office import FLOW, Office, code

Json = Any


def published(company: Office, flow: dict[str, Json]) -> None:
    """The next version has this workflow."""
    gate = company.gate("adm")
    head = gate.world.definitions.app("crm")
    assert head is not None
    parts = {**designing.parts_of(gate, head.live), "workflows/deal": Workflow.model_validate(flow).dump()}
    company.memory.definitions.keep({digest(part): part for part in parts.values()})
    designing.make_live(gate, head, manifest_of(parts), "")


@dataclass
class Deals(Office):
    """A company with three deals: with the manager, in the countersign, signed."""

    deals: list[str] = field(default_factory=list)


def begun() -> Deals:
    """Version 1 is kept, and the deals are under way on it."""
    company = Deals()
    company.publish()
    head = company.memory.definitions.heads["crm"]
    company.memory.definitions.publish(designing.Version("crm", 1, head.live, company.memory.clock.now(), "adm", ""))
    company.deals = [company.submit(amount=amount) for amount in ("500", "5000", "600")]
    for record in company.deals[1:]:
        asked = company.memory.instances.tasks(company.instance(record).id)
        company.act("boss", "approve", task=asked[0].id)
    return company


def renamed() -> dict[str, Json]:
    """The manager's node has another id and the same label; the countersign is only the director's."""
    flow = copy.deepcopy(FLOW)
    nodes = {("chief" if id == "manager" else id): drawn for id, drawn in flow["nodes"].items()}
    nodes["draft"]["on"] = {"submit": "chief"}
    nodes["both"]["assignees"] = [{"role": "director"}]
    return {**flow, "nodes": nodes}


def without_countersign() -> dict[str, Json]:
    """Large deals go to the director alone, at a node of another kind of name."""
    flow = copy.deepcopy(FLOW)
    both = flow["nodes"].pop("both")
    flow["nodes"]["solo"] = {**both, "label": "总监审批", "assignees": [{"role": "director"}]}
    flow["nodes"]["large"]["on"] = {"over": "solo", "else": "tell"}
    return flow


def is_fold(company: Office, record: str) -> bool:
    """Whether the instance is the fold of its events, over its versions."""
    one = company.instance(record)
    events = [each.event for each in company.memory.instances.happenings(one.id)]
    blobs = company.memory.definitions.blobs
    return same(one.state, refold(lambda hash: Workflow.model_validate(blobs([hash])[hash]), one.workflow, events))


def moved(company: Office, plan: dict[str, dict[str, str]] | None = None) -> list[dict[str, Json]]:
    """Every instance that runs on an older version is moved."""
    gate = company.gate("adm")
    rows = migrate.preview(gate, "crm", "deal", plan or {})["rows"]
    return migrate.apply(gate, "crm", "deal", plan or {}, [row["instance"] for row in rows])


def test_the_same_node_keeps_its_people_and_another_id_with_the_same_label_is_found() -> None:
    company = begun()
    small, large, _ = company.deals
    published(company, renamed())
    overview = migrate.overview(company.gate("adm"), "crm", "deal")
    [source] = overview["sources"]
    assert source["running"] == 2
    assert {one["id"]: one["suggested"] for one in source["nodes"]}["manager"] == "chief"
    assert [one["ok"] for one in moved(company)] == [True, True]
    assert company.asked(small) == {"boss": "chief"}
    assert company.asked(large) == {"dir": "both", "fin": "both"}
    assert is_fold(company, small)
    assert is_fold(company, large)
    company.act("boss", "approve")
    assert company.status(small) == "approved"
    assert is_fold(company, small)


def test_a_preview_says_where_each_would_stand_and_changes_nothing() -> None:
    company = begun()
    published(company, renamed())
    before = repr(vars(company.memory.instances))
    rows = migrate.preview(company.gate("adm"), "crm", "deal", {})["rows"]
    at_manager = next(row for row in rows if row["at"] == ["主管审批"])
    assert at_manager["to"] == ["主管审批"]
    assert at_manager["closes"] == at_manager["opens"] == [{"node": "主管审批", "person": "boss"}]
    assert repr(vars(company.memory.instances)) == before


def test_a_plan_that_leaves_somebody_nowhere_is_refused_as_a_whole() -> None:
    company = begun()
    small, large, _ = company.deals
    published(company, without_countersign())
    gate = company.gate("adm")
    [source] = migrate.overview(gate, "crm", "deal")["sources"]
    assert {one["id"]: one["suggested"] for one in source["nodes"]}["both"] == ""
    with pytest.raises(Conflict) as refusal:
        migrate.preview(gate, "crm", "deal", {})
    assert [one.code for one in refusal.value.problems] == ["migration_incomplete", "migration_unmapped"]
    both = [company.instance(one).id for one in (small, large)]
    assert code(migrate.apply, gate, "crm", "deal", {}, both) == "migration_incomplete"
    assert company.instance(small).workflow == source["hash"]


def test_a_mapped_node_of_the_same_kind_keeps_its_people_and_the_past_follows() -> None:
    company = begun()
    _, large, _ = company.deals
    published(company, without_countersign())
    [source] = migrate.overview(company.gate("adm"), "crm", "deal")["sources"]
    assert all(one["ok"] for one in moved(company, {source["hash"]: {"both": "solo"}}))
    assert company.asked(large) == {"dir": "solo", "fin": "solo"}
    assert is_fold(company, large)
    asked = company.memory.instances.tasks(company.instance(large).id)
    mine = next(task for task in asked if task.state == "open" and task.assignee == "dir")
    company.act("dir", "return", task=mine.id, to="manager", comment="again")
    assert company.asked(large) == {"boss": "manager"}
    assert is_fold(company, large)


def test_a_node_of_another_kind_is_reached_anew_with_todays_people() -> None:
    company = begun()
    _, large, _ = company.deals
    published(company, without_countersign())
    [source] = migrate.overview(company.gate("adm"), "crm", "deal")["sources"]
    assert all(one["ok"] for one in moved(company, {source["hash"]: {"both": "draft"}}))
    assert company.asked(large) == {"ini": "draft"}
    assert is_fold(company, large)


def test_a_migration_is_taken_back_until_somebody_acts() -> None:
    company = begun()
    small, large, _ = company.deals
    published(company, renamed())
    gate = company.gate("adm")
    before = {one: company.instance(one).state for one in (small, large)}
    moved(company)
    company.act("boss", "approve")
    undoable = migrate.overview(gate, "crm", "deal")["undoable"]
    assert undoable == [company.instance(large).id]
    ids = [company.instance(one).id for one in (small, large)]
    assert [one["ok"] for one in migrate.undo(gate, "crm", "deal", ids)] == [False, True]
    assert company.asked(large) == {"dir": "both", "fin": "both"}
    assert company.instance(large).state["active"] == before[large]["active"]
    assert is_fold(company, large)
    assert [one["ok"] for one in moved(company)] == [True]
    assert is_fold(company, large)


def test_one_that_cannot_be_moved_does_not_hold_up_the_others() -> None:
    company = begun()
    small, large, _ = company.deals
    gate = company.gate("adm")
    tasks.suspend(gate, gate.form("crm", "deal"), small)
    published(company, renamed())
    verdicts = {one["instance"]: one["ok"] for one in moved(company)}
    assert verdicts == {company.instance(small).id: False, company.instance(large).id: True}
    assert is_fold(company, small)


def test_everybody_is_named_though_only_the_first_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "PAGE", 2)
    company = begun()
    company.deals += [company.submit(amount="700") for _ in range(3)]
    published(company, renamed())
    shown = migrate.preview(company.gate("adm"), "crm", "deal", {})
    assert (len(shown["rows"]), shown["instances"], shown["more"]) == (2, 5, False)
    assert set(shown["ids"]) == {company.instance(record).id for record in company.deals if record != company.deals[2]}
    done = migrate.apply(company.gate("adm"), "crm", "deal", {}, shown["ids"])
    assert {one["record"] for one in done if one["ok"] and one["title"]} == set(company.deals) - {company.deals[2]}
