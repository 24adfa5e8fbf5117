"""Migration over HTTP, on both databases: previewed, done one by one, taken back; whole or not at all."""

from typing import Any

from server import doctor
from tests.server.site import Person, Site
from tests.server.test_simulating import rows

PATH = "/api/apps/crm/workflows/contract/migration"


def publish_without_manager(boss: Person) -> None:
    """The next version calls the manager's node `chief`, and finance signs alone."""
    draft = boss.get("/api/apps/crm/draft")
    flow = draft["parts"]["workflows/contract"]
    flow["nodes"]["chief"] = flow["nodes"].pop("manager")
    flow["nodes"]["chief"]["label"] = "Chief"
    flow["nodes"]["draft"]["on"] = {"submit": "chief"}
    flow["drawing"] = {}
    for part, value in (("workflows", flow), ("checks", None)):
        base = boss.get("/api/apps/crm/draft")["hashes"][f"{part}/contract"]
        boss.ask("PUT", f"/api/apps/crm/draft/{part}/contract", {"value": value, "base": base})
    revision = boss.get("/api/apps/crm/draft")["revision"]
    boss.post("/api/apps/crm/publish", {"revision": revision}, 201)


def ills(site: Site) -> list[str]:
    """What the doctor finds: states that are no fold of their events, tasks and timers that differ from them."""
    return [one.line() for one in doctor.examine(site.wired)]


def test_instances_are_moved_whole_and_taken_back_whole(any_site: Site) -> None:
    boss = any_site.trial()
    publish_without_manager(boss)
    found = boss.get(PATH)
    [source] = found["sources"]
    assert {one["id"]: one["suggested"] for one in source["nodes"]}["manager"] == ""
    before = rows(any_site)
    refused = boss.post(f"{PATH}/preview", {"plan": {}}, 409)
    assert refused["code"] == "migration_incomplete"
    plan = {source["hash"]: {"manager": "chief"}}
    shown = boss.post(f"{PATH}/preview", {"plan": plan})
    assert shown["instances"] == source["running"] == len(shown["rows"])
    assert rows(any_site) == before
    ids = [row["instance"] for row in shown["rows"]]
    moved = boss.post(f"{PATH}/apply", {"plan": plan, "ids": ids})
    assert [one["ok"] for one in moved] == [True] * len(ids)
    assert ills(any_site) == []
    after = boss.get(PATH)
    assert (after["sources"], after["running"]) == ([], len(ids))
    assert set(after["undoable"]) == set(ids)
    assert all(one["ok"] for one in boss.post(f"{PATH}/undo", {"ids": ids}))
    assert boss.get(PATH)["sources"][0]["running"] == len(ids)
    assert ills(any_site) == []


def test_who_acts_after_a_migration_settles_it(site: Site) -> None:
    boss = site.trial()
    publish_without_manager(boss)
    [source] = boss.get(PATH)["sources"]
    plan: dict[str, Any] = {source["hash"]: {"manager": "chief"}}
    ids = [row["instance"] for row in boss.post(f"{PATH}/preview", {"plan": plan})["rows"]]
    boss.post(f"{PATH}/apply", {"plan": plan, "ids": ids})
    todo = boss.play("Manager Liu").get("/api/tasks/boxes/todo")["cards"]
    mine = next(card for card in todo if card["node"] == "chief")
    boss.post(f"/api/tasks/{mine['task']}/act", {"action": "approve"})
    boss.play("Chen (you)")
    verdicts = {one["instance"]: one["ok"] for one in boss.post(f"{PATH}/undo", {"ids": ids})}
    assert verdicts[mine["instance"]] is False
    assert ills(site) == []


def test_only_administrators_migrate_and_only_their_own(site: Site) -> None:
    boss = site.trial()
    publish_without_manager(boss)
    [source] = boss.get(PATH)["sources"]
    plan = {source["hash"]: {"manager": "chief"}}
    ids = [row["instance"] for row in boss.post(f"{PATH}/preview", {"plan": plan})["rows"]]
    boss.play("Xiao Wang")
    for path, body in (("preview", {}), ("apply", {"plan": plan, "ids": ids}), ("undo", {"ids": ids})):
        boss.post(f"{PATH}/{path}", body, 403)
    boss.get(PATH, 403)
    stranger = site.owner()
    assert [one["ok"] for one in stranger.post(f"{PATH}/apply", {"plan": plan, "ids": ids})] == [False] * len(ids)
    assert [one["ok"] for one in stranger.post(f"{PATH}/undo", {"ids": ids})] == [False] * len(ids)


def test_a_plan_is_bounded(boss: Person) -> None:
    boss.post(f"{PATH}/apply", {"ids": ["x"] * 101}, 422)
    boss.post(f"{PATH}/apply", {"ids": []}, 422)
    boss.post(f"{PATH}/apply", {"ids": ["x"], "plan": {"h": {"a": "b" * 64}}}, 422)
