"""What a form takes from other forms (跨表取数): several records picked, options, rows that fill themselves."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.shell import Shell

CITY = {"form": "depot", "field": "name", "filter": {"field": "region", "op": "eq", "value": "@this.region"}}
BY_NAME = {"field": "name", "op": "eq", "value": "@this.from"}
IN_REGION = {"field": "region", "op": "eq", "value": "@this.region"}
DEPOT = {
    "id": "depot", "name": "仓库", "title": "name", "fields": [
        {"id": "name", "type": "text", "label": "仓库名"}, {"id": "region", "type": "text", "label": "大区"},
        {"id": "fee", "type": "number", "label": "运费"}],
}  # fmt: skip
ORDER: dict[str, Any] = {
    "id": "order", "name": "调拨单", "title": "name",
    "columns": ["name", "depots", "total", "region", "city"], "fields": [
        {"id": "name", "type": "text", "label": "单号"},
        {"id": "depots", "type": "references", "label": "经过仓库", "form": "depot", "on_delete": "clear"},
        {"id": "total", "type": "number", "label": "运费合计", "formula": "SUM(depots.fee)"},
        {"id": "region", "type": "choice", "label": "大区", "source": {"form": "depot", "field": "region"}},
        {"id": "city", "type": "choice", "label": "发货仓", "source": CITY},
        {"id": "way", "type": "choice", "label": "方式", "shown_as": "buttons", "options": [
            {"id": "road", "label": "汽运"}, {"id": "air", "label": "空运", "when": 'region = "华东"'}]},
        {"id": "lines", "type": "subform", "label": "明细", "width": "full", "fields": [
            {"id": "from", "type": "choice", "label": "取自", "source": CITY},
            {"id": "fee", "type": "number", "label": "运费",
             "linkage": {"form": "depot", "field": "fee", "filter": BY_NAME}}]},
        {"id": "beside", "type": "lookup", "label": "同区仓库", "form": "depot", "filter": IN_REGION,
         "columns": ["name", "fee"]},
    ],
    "selections": [{"id": "fetch", "label": "选择仓库", "form": "depot", "filter": IN_REGION, "into": "lines",
                    "fill": {"from": "name", "fee": "fee"}}],
}  # fmt: skip
DEPOTS = [("上海仓", "华东", "30"), ("杭州仓", "华东", "20"), ("广州仓", "华南", "50")]


def open_form(page: Page) -> Api:
    """A trial with three depots; a new order is open."""
    api = Api(page).start_trial()
    revision = 0
    for form in (DEPOT, ORDER):
        revision = api.put(f"/api/apps/{APP}/draft/forms/{form['id']}", {"value": form, "base": ""})["revision"]
    api.post(f"/api/apps/{APP}/publish", {"message": "", "revision": revision})
    for name, region, fee in DEPOTS:
        api.create("depot", {"name": name, "region": region, "fee": fee})
    Shell(page).go("form/order?record=new")
    page.get_by_role("textbox", name="单号", exact=True).fill("DB-1")
    return api


def take(page: Page, label: str, *words: str) -> None:
    """Options of a select, one after the other; one that takes several stays open until it is left."""
    page.get_by_role("combobox", name=label, exact=True).first.click()
    for word in words:
        page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=word).first.click()
    if len(words) > 1:
        page.keyboard.press("Escape")


def save(page: Page) -> None:
    """Keep the record."""
    page.get_by_role("button", name="保存", exact=True).click()
    Shell(page).says("已添加")


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_several_records_are_picked_added_up_and_shown_as_chips(screen: str, request: pytest.FixtureRequest) -> None:
    """And a record leads to each of them."""
    page: Page = request.getfixturevalue(screen)
    api = open_form(page)
    take(page, "经过仓库", "上海仓", "广州仓")
    expect(page.locator("[data-field=total]")).to_contain_text("80")
    save(page)
    held = api.records("order")[0]
    assert len(held["values"]["depots"]) == 2
    assert held["values"]["total"] == "80"
    Shell(page).go(f"form/order?record={held['id']}")
    page.get_by_role("button", name="上海仓", exact=True).first.click()
    expect(page.get_by_role("heading", name="上海仓").first).to_be_visible()


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_options_follow_what_drives_them_and_rows_fill_themselves(screen: str, request: pytest.FixtureRequest) -> None:
    """From another form under conditions, on the record and in rows; an own option appears with its condition."""
    page: Page = request.getfixturevalue(screen)
    api = open_form(page)
    expect(page.get_by_text("空运")).to_have_count(0)
    take(page, "大区", "华东")
    expect(page.get_by_text("空运")).to_be_visible()
    take(page, "发货仓", "杭州仓")
    expect(page.locator("[data-field=beside]").get_by_text("上海仓")).to_be_visible()
    page.get_by_role("button", name="添加一行").click()
    lines = page.locator("[data-field=lines]")
    lines.locator(".ant-select").first.click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text="上海仓").first.click()
    expect(lines.locator("input[inputmode=decimal]").first).to_have_value("30")
    save(page)
    values = api.records("order")[0]["values"]
    assert (values["region"], values["city"]) == ("华东", "杭州仓")
    assert [(row["from"], row["fee"]) for row in values["lines"]] == [("上海仓", "30")]


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_rows_of_another_form_are_copied_into_a_subform(screen: str, request: pytest.FixtureRequest) -> None:
    """Under the same condition, by the button of the selection."""
    page: Page = request.getfixturevalue(screen)
    api = open_form(page)
    take(page, "大区", "华东")
    page.get_by_role("button", name="选择仓库").click()
    box = page.get_by_role("dialog", name="选择仓库")
    box.get_by_text("杭州仓").first.click()
    box.get_by_role("checkbox", name="上海仓").check()
    box.get_by_role("button", name="加入 2 条").click()
    save(page)
    rows = api.records("order")[0]["values"]["lines"]
    assert sorted((row["from"], row["fee"]) for row in rows) == [("上海仓", "30"), ("杭州仓", "20")]


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_what_is_not_offered_any_more_is_taken_away_and_said(screen: str, request: pytest.FixtureRequest) -> None:
    """When what drives it moves: from another form, an own option with a condition, and in a row."""
    page: Page = request.getfixturevalue(screen)
    api = open_form(page)
    take(page, "大区", "华东")
    take(page, "发货仓", "杭州仓")
    page.get_by_text("空运").click()
    page.get_by_role("button", name="添加一行").click()
    lines = page.locator("[data-field=lines]")
    lines.locator(".ant-select").first.click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text="上海仓").first.click()
    expect(lines.locator("input[inputmode=decimal]").first).to_have_value("30")
    take(page, "大区", "华南")
    expect(page.locator("[data-field=city]")).to_contain_text("“杭州仓”不再可选")
    expect(page.locator("[data-field=way]")).to_contain_text("“空运”不再可选")
    expect(lines).to_contain_text("“上海仓”不再可选")
    take(page, "发货仓", "广州仓")
    expect(page.get_by_text("“杭州仓”不再可选")).to_have_count(0)
    save(page)
    values = api.records("order")[0]["values"]
    assert (values["region"], values["city"], values.get("way")) == ("华南", "广州仓", None)
    assert [row.get("from") for row in values["lines"]] == [None]
