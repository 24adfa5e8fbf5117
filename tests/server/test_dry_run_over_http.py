"""The dry run over HTTP: the CRM's sample contracts walked through a changed drawing; nothing is stored."""

from tests.server.site import Person, Site
from tests.server.test_simulating import rows

DRY = "/api/apps/crm/workflows/contract/dry-run"


def test_the_live_drawing_is_walked_as_it_was(any_site: Site) -> None:
    boss = any_site.trial()
    before = rows(any_site)
    found = boss.post(DRY, {"number": 1, "most": 200})
    assert found["instances"] > 5
    assert [row for row in found["rows"] if {"route", "people", "outcome"} & set(row["differs"])] == []
    assert rows(any_site) == before


def test_a_higher_limit_changes_the_route_of_some(boss: Person) -> None:
    draft = boss.get("/api/apps/crm/draft")
    flow = draft["parts"]["workflows/contract"]
    flow["nodes"]["large"]["when"] = {"over": "amount > 90000000"}
    base = draft["hashes"]["workflows/contract"]
    boss.ask("PUT", "/api/apps/crm/draft/workflows/contract", {"value": flow, "base": base})
    found = boss.post(DRY, {})
    changed = [row for row in found["rows"] if "route" in row["differs"]]
    assert 0 < len(changed) == found["different"]
    assert all(row["first"] is not None for row in changed)


def test_only_administrators_make_dry_runs(boss: Person) -> None:
    boss.play("Xiao Wang").post(DRY, {}, 403)


def test_a_dry_run_is_bounded(boss: Person) -> None:
    boss.post(DRY, {"most": 201}, 422)
    boss.post("/api/apps/crm/workflows/nothing/dry-run", {}, 404)
