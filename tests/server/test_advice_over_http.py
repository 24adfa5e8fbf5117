"""While drawing: advice comes with the draft and stops nothing; what running workflows would miss is said."""

from typing import Any

from tests.server.site import Person


def save(boss: Person, part: str, change: Any) -> Any:
    """Change a part of the draft; answers what saving said."""
    draft = boss.get("/api/apps/crm/draft")
    value = draft["parts"][part]
    change(value)
    room, _, name = part.partition("/")
    body = {"value": value, "base": draft["hashes"][part]}
    return boss.ask("PUT", f"/api/apps/crm/draft/{room}/{name or room}", body)


def test_advice_comes_with_an_example_and_does_not_stop_a_publish(boss: Person) -> None:
    assert boss.get("/api/apps/crm/draft")["advice"] == []

    def crossing(flow: Any) -> None:
        flow["nodes"]["large"]["when"] = {"over": "amount > 100000", "odd": "AND(amount > 50000, amount < 200000)"}
        flow["nodes"]["large"]["on"] = {"over": "countersign", "odd": "tell_finance", "else": "tell_finance"}

    saved = save(boss, "workflows/contract", crossing)
    [odd] = saved["advice"]
    assert (odd["code"], odd["params"]["example"]) == ("workflow_overlap", {"amount": "150000"})
    assert odd["params"]["nodes"][-1] == "tell_finance"
    assert saved["problems"] == []
    assert boss.get("/api/apps/crm/draft")["advice"] == saved["advice"]
    preview = boss.get("/api/apps/crm/publish")
    assert "workflow_overlap" in [one["code"] for one in preview["impacts"]]
    boss.post("/api/apps/crm/publish", {"revision": saved["revision"]}, 201)


def test_what_running_workflows_would_miss_is_said_before_publishing(boss: Person) -> None:
    def without_terms(form: Any) -> None:
        form["fields"] = [field for field in form["fields"] if field["id"] != "terms"]
        for section in form.get("sections", []):
            section["fields"] = [id for id in section["fields"] if id != "terms"]

    save(boss, "forms/contract", without_terms)
    impacts = boss.get("/api/apps/crm/publish")["impacts"]
    told = next(one for one in impacts if one["code"] == "impact_running_uses_field")
    assert (told["count"], told["blocking"]) == (6, False)
