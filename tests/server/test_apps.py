"""More apps in one workspace 应用: from a template under a name of its own, and empty ones."""

import pytest

from tests.server.site import Site


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_second_crm_may_have_a_name_of_its_own(site: Site, language: str) -> None:
    """It stands beside the first one, with records of its own."""
    visitor = site.trial(language)
    visitor.client.headers["accept-language"] = language
    made = visitor.post("/api/apps", {"template": "crm", "samples": False, "name": "Partners"}, status=201)
    assert (made["id"], made["name"]) == ("crm_2", "Partners")
    assert [app["id"] for app in visitor.get("/api/apps")] == ["crm", "crm_2"]
    assert visitor.post("/api/apps/crm_2/forms/customer/records/query", {"total": True})["total"] == 0


def test_an_empty_app_can_be_used_at_once(site: Site) -> None:
    """One form with a title."""
    ann = site.owner()
    made = ann.post("/api/apps", {"name": "Leave requests"}, status=201)
    ann.post(f"/api/apps/{made['id']}/forms/form1/records", {"values": {"title": "A week off"}}, status=201)
    assert ann.post("/api/apps", {"name": " "}, status=422)["code"] == "required"
