"""Everybody can fill in and read every field type: axe finds nothing serious, no page is too wide (字段无障碍)."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages.api import Api
from tests.e2e.test_accessible import violations

CASES = json.loads((Path(__file__).parents[1] / "cases" / "fields.json").read_text(encoding="utf-8"))["types"]
ELSEWHERE = ("reference", "references", "lookup", "rollup", "embed")
"""Of these the table names forms that the CRM lacks, and pages of the outside."""
DARK = "localStorage.setItem('qiaoban.mode', 'dark')"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def fields() -> list[dict[str, Any]]:
    """A field of every type, as the first row of the table sets it up."""
    made = [
        {"id": f"a_{name}", "type": name, "label": f"字段 {name}", "help": "填写说明", **rows[0].get("settings", {})}
        for name, rows in CASES.items()
        if name not in ELSEWHERE
    ]
    there = {"form": "product"}
    points = {"id": "a_lines", "type": "lookup", "label": "查询", "form": "product", "columns": ["name", "list_price"]}
    return [
        {"id": "title", "type": "text", "label": "标题", "required": True},
        *({**one, "link": "https://example.com/"} if "link" in one else one for one in made),
        {"id": "one", "type": "reference", "label": "关联", **there},
        {"id": "some", "type": "references", "label": "关联多条", **there},
        points,
    ]


def publish(api: Api) -> None:
    """The form `thing`, live."""
    value = {"id": "thing", "name": "全部字段", "title": "title", "fields": fields()}
    draft = api.put("/api/apps/crm/draft/forms/thing", {"value": value, "base": ""})
    api.post("/api/apps/crm/publish", {"message": "", "revision": draft["revision"]})


def looked_at(page: Page, mode: str) -> Api:
    """A trial with the form, in the light or in the dark."""
    if mode == "dark":
        page.add_init_script(DARK)
    api = Api(page).start_trial()
    publish(api)
    return api


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_every_type_can_be_filled_in_by_everybody(visit: Visit, screen: str, mode: str) -> None:
    """A member's page and a stranger's."""
    page = visit(screen)
    api = looked_at(page, mode)
    page.goto("/fill/crm/thing")
    expect(page.get_by_role("textbox", name="标题", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="查询").last).to_be_visible()
    assert violations(page) == []
    assert page.evaluate(WIDER) == 0
    offers = api.get("/api/apps/crm/forms/thing/links")["fields"]
    open_ones = [one["id"] for one in offers if one["fill"] == ""]
    link = api.post("/api/apps/crm/forms/thing/links", {"kind": "fill", "terms": {"fields": open_ones}})
    page.goto(f"/p/{link['token']}")
    expect(page.get_by_role("textbox", name="标题", exact=True)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate(WIDER) == 0


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_every_type_can_be_read_by_everybody(visit: Visit, screen: str, mode: str) -> None:
    """A record with values, and its history."""
    page = visit(screen)
    api = looked_at(page, mode)
    known = ("member", "department", "files", "serial")
    values = {
        f"a_{name}": rows[0]["values"][0][0]
        for name, rows in CASES.items()
        if rows[0].get("values") and name not in ELSEWHERE and not name.startswith(known) and rows[0].get("texts", True)
    }
    made = api.create("thing", {"title": "第一条", **values})
    changed = {"a_number": "7", "a_boolean": False, "a_subform": []}
    before = {id: made["values"][id] for id in changed}
    api.patch(f"/api/apps/crm/forms/thing/records/{made['id']}", {"values": changed, "before": before})
    page.goto(f"/app/crm/form/thing?record={made['id']}")
    expect(page.get_by_role("dialog").get_by_text("第一条").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("tab", name="数据日志").click()
    expect(page.get_by_text("创建了这条数据")).to_be_visible()
    assert violations(page) == []
