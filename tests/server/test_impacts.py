"""What publishing may not take away 发布影响: what running workflows need, and a draft that was not published."""

from tests.server.site import Person, Site


def _part(person: Person, name: str) -> tuple[dict[str, object], str]:
    draft = person.get("/api/apps/crm/draft")
    return draft["parts"][name], draft["hashes"][name]


def _save(person: Person, name: str, value: dict[str, object], base: str) -> int:
    saved = person.ask("PUT", f"/api/apps/crm/draft/{name}", {"value": value, "base": base})
    return int(saved["revision"])


def test_a_field_that_a_running_approval_asks_about_cannot_go(site: Site) -> None:
    """Its guard would be false for ever, and a countersign silently skipped."""
    boss = site.trial()
    contract, base = _part(boss, "forms/contract")
    contract["fields"] = [field for field in contract["fields"] if field["id"] != "amount"]  # type: ignore[attr-defined]
    _save(boss, "forms/contract", contract, base)
    impacts = boss.get("/api/apps/crm/publish")["impacts"]
    needed = [impact for impact in impacts if impact["code"] == "impact_needed_by_running"]
    assert [impact["blocking"] for impact in needed] == [True]
    assert needed[0]["count"] > 0


def test_restoring_a_version_does_not_lose_a_draft(site: Site) -> None:
    """It says so, and goes on once the draft is discarded."""
    boss = site.trial()
    for label in ("Buyer", "Client"):
        customer, base = _part(boss, "forms/customer")
        revision = _save(boss, "forms/customer", {**customer, "name": label}, base)
        if label == "Buyer":
            boss.post("/api/apps/crm/publish", {"message": "", "revision": revision}, status=201)
    refused = boss.post("/api/apps/crm/versions/1/restore", status=409)
    assert refused["code"] == "draft_in_the_way"
    boss.post("/api/apps/crm/draft/discard")
    boss.post("/api/apps/crm/versions/1/restore", status=201)
    assert boss.get("/api/apps/crm/forms/customer")["definition"]["name"] == "Customer"


def test_a_field_that_running_workflows_go_by_is_told_before_it_changes_its_type(site: Site) -> None:
    """By the assignees and deadlines that use it, and by the condition that will make no sense."""
    boss = site.trial()
    contract, base = _part(boss, "forms/contract")
    fields: list[dict[str, object]] = contract["fields"]  # type: ignore[assignment]
    plain = ("id", "label", "required")
    for field in fields:
        if field["id"] in ("amount", "owner"):
            kept = {key: field[key] for key in plain if key in field}
            field.clear()
            field.update(kept, type="longtext")
    _save(boss, "forms/contract", contract, base)
    told = [one for one in boss.get("/api/apps/crm/publish")["impacts"] if one["code"].startswith("impact_running_")]
    assert told
    assert all(one["count"] > 0 and not one["blocking"] for one in told)
    broken = [one["text"] for one in told if one["code"] == "impact_running_guard_breaks"]
    assert broken
    assert "“Contract amount > 100000”" in broken[0]


def test_restoring_a_version_brings_back_layout_rules_and_settings(site: Site) -> None:
    """Not the fields alone: everything that the form said then, in the draft too."""
    boss = site.trial()
    before, base = _part(boss, "forms/customer")
    changed = {
        **before, "grid": 4, "sections": [], "rules": [], "checks": [], "columns": ["name"], "title": "name",
        "skin": {"paging": "questions"}, "name": "Other", "description": "Other",
    }  # fmt: skip
    revision = _save(boss, "forms/customer", changed, base)
    boss.post("/api/apps/crm/publish", {"message": "", "revision": revision}, status=201)
    assert _part(boss, "forms/customer")[0] != before
    boss.post("/api/apps/crm/versions/1/restore", status=201)
    assert _part(boss, "forms/customer")[0] == before
    assert boss.get("/api/apps/crm/draft")["changed"] == []
