"""A workflow is tried over HTTP: every persona may be played, and not one row of any table changes."""

from typing import Any

import pytest
from sqlalchemy import func, select

from server.store.tables import metadata
from tests.server.site import Person, Site

SIMULATE = "/api/apps/crm/workflows/contract/simulate"
CASES = "/api/apps/crm/workflows/contract/cases"


def rows(site: Site) -> dict[str, int]:
    """How many rows each table has."""
    with site.wired.engine.connect() as connection:
        tables = metadata.tables.values()
        return {one.name: connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables}


def walked(person: Person, *moves: dict[str, Any], **more: Any) -> Any:
    """A walk from the salesperson's submission on."""
    body = {"initiator": {"role": "salesperson"}, "moves": list(moves), **more}
    return person.post(SIMULATE, body)


def test_a_large_contract_is_walked_to_its_end_and_no_row_changes(any_site: Site) -> None:
    boss = any_site.trial()
    before = rows(any_site)
    walk = walked(
        boss,
        {"act": "approve", "comment": "ok"},
        {"act": "approve", "by": {"role": "finance"}, "values": {"cost": "90000"}},
        {"act": "approve", "by": {"role": "sales_director"}},
        values={"amount": "250000"},
    )
    assert [frame["status"] for frame in walk["frames"]] == ["running", "running", "running", "approved"]
    assert walk["frames"][2]["changes"][0]["after"] == "90000"
    assert walk["expect"]["status"] == "approved"
    assert rows(any_site) == before


def test_a_real_record_is_walked_and_stays_as_it_is(site: Site) -> None:
    boss = site.trial()
    listed = boss.list("contract", sort=[], limit=5)["records"]
    record = listed[0]
    before = rows(site)
    walk = walked(boss, {"act": "approve"}, record=record["id"])
    assert len(walk["frames"]) == 2
    assert rows(site) == before
    assert boss.get(f"{boss.records('contract')}/{record['id']}")["revision"] == record["revision"]


def test_what_is_asked_next_is_offered_and_a_refusal_has_its_sentence(boss: Person) -> None:
    walk = walked(boss, {"act": "reject"}, values={"amount": "1"})
    assert walk["frames"][-1]["problem"]["code"] == "comment_required"
    assert walk["offers"][0]["node"] == "manager"
    assert "amount" in walk["fields"]


def test_the_saved_cases_of_the_crm_hold(boss: Person) -> None:
    verdicts = boss.post(CASES, {})
    assert [one["id"] for one in verdicts if not one["ok"]] == []
    assert len(verdicts) == 5


@pytest.mark.parametrize("path", [SIMULATE, CASES])
def test_only_administrators_try_workflows(boss: Person, path: str) -> None:
    boss.play("Xiao Wang").ask("POST", path, {}, status=403)


def test_walks_are_bounded_and_name_what_is_there(boss: Person) -> None:
    boss.post(SIMULATE, {"moves": [{"act": "approve"}] * 201}, 422)
    boss.post("/api/apps/crm/workflows/nothing/simulate", {}, 422)
    boss.post(SIMULATE, {"number": 99}, 404)
    boss.post(SIMULATE, {"record": "nowhere"}, 404)
    boss.post(SIMULATE, {"initiator": {"member": "nobody"}}, 422)


@pytest.mark.parametrize("blocking", [True, False])
def test_a_case_that_is_broken_by_the_draft_stops_the_publish_or_warns_of_it(boss: Person, blocking: bool) -> None:
    draft = boss.get("/api/apps/crm/draft")
    kept = draft["parts"]["checks/contract"]
    kept["cases"] = [{**case, "blocking": blocking} for case in kept["cases"]]
    body = {"value": kept, "base": draft["hashes"]["checks/contract"]}
    boss.ask("PUT", "/api/apps/crm/draft/checks/contract", body)
    flow = draft["parts"]["workflows/contract"]
    flow["nodes"]["large"]["when"] = {"over": "amount > 90000"}
    base = draft["hashes"]["workflows/contract"]
    boss.ask("PUT", "/api/apps/crm/draft/workflows/contract", {"value": flow, "base": base})
    preview = boss.get("/api/apps/crm/publish")
    revision = boss.get("/api/apps/crm/draft")["revision"]
    if not blocking:
        assert preview["problems"] == []
        assert {one["code"] for one in preview["impacts"]} & {"case_stopped", "case_ends_differently"}
        boss.post("/api/apps/crm/publish", {"revision": revision}, 201)
        return
    assert preview["problems"]
    refused = boss.post("/api/apps/crm/publish", {"revision": revision}, 409)
    assert refused["problems"][1]["path"][:2] == ["checks", "contract"]


def test_cases_are_saved_as_a_part_of_the_draft(boss: Person) -> None:
    draft = boss.get("/api/apps/crm/draft")
    kept = draft["parts"]["checks/contract"]
    kept["cases"] = kept["cases"][:2]
    base = draft["hashes"]["checks/contract"]
    saved = boss.ask("PUT", "/api/apps/crm/draft/checks/contract", {"value": kept, "base": base})
    assert saved["changed"] == ["checks/contract"]
    assert saved["problems"] == []
    assert [one["id"] for one in boss.post(CASES, {})] == ["small", "limit"]
