"""Aggregates (聚合表) are drawn over rows, seen live, chosen as a source, and fill forms in."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.designing import Designer
from tests.e2e.pages.shell import Shell

WARE = {"id": "ware", "name": "物料", "title": "name", "fields": [{"id": "name", "type": "text", "label": "物料名"}]}
MOVE = {
    "id": "move", "name": "入库单", "title": "name", "fields": [
        {"id": "name", "type": "text", "label": "单号"},
        {"id": "lines", "type": "subform", "label": "明细", "fields": [
            {"id": "ware", "type": "reference", "label": "物料", "form": "ware"},
            {"id": "pieces", "type": "number", "label": "件数"}]}],
}  # fmt: skip
DEMAND: dict[str, Any] = {
    "id": "demand", "name": "领料单", "title": "name", "fields": [
        {"id": "name", "type": "text", "label": "单号"},
        {"id": "lines", "type": "subform", "label": "领料", "width": "full", "fields": [
            {"id": "ware", "type": "reference", "label": "物料", "form": "ware"},
            {"id": "have", "type": "number", "label": "库存"}]}],
}  # fmt: skip
STOCK = {
    "id": "stock", "name": "库存", "form": "move", "rows": "lines",
    "groups": [{"id": "ware", "field": "lines.ware", "label": "物料"}],
    "measures": [{"id": "pieces", "operation": "sum", "field": "lines.pieces", "label": "件数"}],
}  # fmt: skip
PICK = {"id": "pick", "label": "选择库存", "aggregate": "stock", "into": "lines",
        "fill": {"ware": "ware", "have": "pieces"}}  # fmt: skip


def stocked(page: Page, *, made: bool) -> Api:
    """A trial with two receipts of two wares; with `made` the aggregate and the button over it are there too."""
    api = Api(page).start_trial()
    revision = 0
    forms = [WARE, MOVE, {**DEMAND, **({"selections": [PICK]} if made else {})}]
    parts = [*([("aggregates", STOCK)] if made else []), *(("forms", form) for form in forms)]
    for room, part in parts:
        revision = api.put(f"/api/apps/{APP}/draft/{room}/{part['id']}", {"value": part, "base": ""})["revision"]
    api.post(f"/api/apps/{APP}/publish", {"message": "", "revision": revision})
    ids = {name: api.create("ware", {"name": name})["id"] for name in ("螺栓", "螺母")}
    for name, lines in (("RK-1", {"螺栓": "5", "螺母": "2"}), ("RK-2", {"螺栓": "0.5"})):
        rows = [{"ware": ids[ware], "pieces": pieces} for ware, pieces in lines.items()]
        api.create("move", {"name": name, "lines": rows})
    return api


def choose(page: Page, name: str, words: str) -> None:
    """An option of a select by its name."""
    page.get_by_role("combobox", name=name, exact=True).last.click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=words).first.click()


def test_an_aggregate_is_drawn_over_rows_with_its_numbers_beside_it(desktop: Page) -> None:
    """Named, over the rows of a subform, one more measure; the list says what it holds."""
    stocked(desktop, made=False)
    Shell(desktop).go("aggregates")
    desktop.get_by_role("button", name="新建聚合表").click()
    desktop.get_by_role("textbox", name="聚合表名称").fill("物料库存")
    choose(desktop, "数据来源", "入库单")
    desktop.get_by_role("button", name="创建", exact=True).click()
    choose(desktop, "统计对象", "明细")
    desktop.get_by_role("button", name="添加指标").click()
    choose(desktop, "统计方式", "求和")
    rows = desktop.get_by_role("table", name="聚合表数据").get_by_role("row")
    expect(rows.filter(has_text="螺栓")).to_contain_text("5.5")
    expect(rows.filter(has_text="螺母")).to_contain_text("2")
    Designer(desktop).saved()
    desktop.get_by_role("button", name="返回").click()
    entry = desktop.get_by_role("listitem").filter(has_text="物料库存")
    expect(entry).to_contain_text("件数（求和）")
    expect(entry).to_contain_text("未发布")


def test_a_button_takes_rows_from_an_aggregate_once_it_is_chosen_as_its_source(desktop: Page) -> None:
    """Chosen in the form's designer among forms and aggregates; before it goes, who uses it is told."""
    api = stocked(desktop, made=True)
    Shell(desktop).go("design/form/demand")
    panel = Designer(desktop).form_panel("选择数据")
    panel.get_by_role("button", name="添加一个").click()
    panel.get_by_role("combobox", name="从哪里取").last.fill("库存")
    desktop.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text="库存").first.click()
    Designer(desktop).saved()
    kept = api.get(f"/api/apps/{APP}/draft")["parts"]["forms/demand"]["selections"]
    assert [one["aggregate"] for one in kept] == ["stock", "stock"]
    Shell(desktop).go("aggregates")
    desktop.get_by_role("button", name="删除聚合表“库存”").click()
    expect(desktop.get_by_role("dialog")).to_contain_text("领料单 › 选择库存")


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_rows_of_an_aggregate_are_copied_into_a_subform(screen: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(screen)
    api = stocked(page, made=True)
    Shell(page).go("form/demand?record=new")
    page.get_by_role("textbox", name="单号", exact=True).fill("LL-1")
    page.get_by_role("button", name="选择库存").click()
    box = page.get_by_role("dialog", name="选择库存")
    box.get_by_role("row").filter(has_text="螺栓").get_by_role("checkbox").check()
    box.get_by_role("button", name="加入 1 条").click()
    page.get_by_role("button", name="保存", exact=True).click()
    Shell(page).says("已添加")
    rows = api.records("demand")[0]["values"]["lines"]
    assert [row["have"] for row in rows] == ["5.5"]
