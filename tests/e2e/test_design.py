"""An administrator changes a form and a workflow without code (改表单、改流程、版本)."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.designing import Designer
from tests.e2e.pages.records import RecordList, pick
from tests.e2e.pages.shell import Shell

SOURCES = ("展会", "转介绍", "官网")
FIELD = "客户来源"


def with_the_field(page: Page) -> Designer:
    """The form designer of 客户 with the choice 客户来源 of three options, not published."""
    Shell(page).go("design/form/customer")
    designer = Designer(page)
    page.get_by_role("group", name="区域", exact=True).click()
    designer.add("单选")
    pane = designer.properties
    pane.get_by_label("标题", exact=True).fill(FIELD)
    pane.get_by_role("button", name="批量编辑").click()
    dialog = page.get_by_role("dialog", name="批量编辑")
    dialog.get_by_label("批量编辑").fill("\n".join(SOURCES))
    dialog.get_by_role("button", name="确定").click()
    expect(page.get_by_role("group", name=FIELD, exact=True)).to_be_visible()
    return designer


def test_a_new_field_is_everywhere_and_old_records_are_intact(desktop: Page) -> None:
    """The form asks for it, the list shows it, the filter offers it; nothing else has changed."""
    api = Api(desktop).start_trial()
    before = api.records("customer", limit=100)
    designer = with_the_field(desktop)
    designer.publish("加上客户来源", FIELD)
    Shell(desktop).go("form/customer")
    found = RecordList(desktop)
    found.counts(len(before))
    drawer = found.add()
    drawer.fill("客户名称", "青岛海风机械有限公司")
    drawer.choose(FIELD, "转介绍")
    drawer.click("保存")
    Shell(desktop).says("已添加")
    drawer.close()
    found.button("显示字段").click()
    desktop.get_by_role("checkbox", name=FIELD).check()
    desktop.keyboard.press("Escape")
    expect(found.column(FIELD)).to_be_visible()
    expect(found.row("青岛海风机械有限公司")).to_contain_text("转介绍")
    found.filter().condition(FIELD, "是任一", "转介绍")
    found.counts(1)
    after = {one["id"]: one["values"] for one in api.records("customer", limit=100)}
    for one in before:
        assert one["values"].items() <= after[one["id"]].items()


def test_the_draft_is_kept_and_every_step_can_be_undone(desktop: Page) -> None:
    """A reload loses nothing; undo and redo walk through the changes."""
    Api(desktop).start_trial()
    designer = with_the_field(desktop)
    designer.saved()
    desktop.reload()
    card = desktop.get_by_role("group", name=FIELD, exact=True)
    expect(card).to_be_visible()
    designer.add("单行文本")
    text = desktop.get_by_role("group", name="单行文本", exact=True)
    expect(text).to_be_visible()
    desktop.get_by_role("button", name="撤销").first.click()
    expect(text).to_have_count(0)
    desktop.get_by_role("button", name="重做").first.click()
    expect(text).to_be_visible()
    expect(card).to_be_visible()


def contract(api: Api, name: str, price: str) -> str:
    """A contract of 销售小王 in approval; its id."""
    api.play("销售小王")
    line = {"product": api.records("product", limit=1)[0]["id"], "price": price, "quantity": "1", "discount": "1"}
    values = {
        **{"name": name, "customer": api.records("customer", limit=1)[0]["id"], "owner": api.member("销售小王")},
        **{"lines": [line], "signed_on": "2026-11-23", "start_on": "2026-12-01", "end_on": "2027-11-30"},
    }
    return str(api.create("contract", values)["id"])


def approved_by_manager(api: Api, record: str) -> list[str]:
    """刘主管 approves; where the contract is then."""
    api.play("刘主管")
    card = next(one for one in api.get("/api/tasks/boxes/todo")["cards"] if one["record"] == record)
    api.post(f"/api/tasks/{card['id']}/act", {"action": "approve"})
    flow = api.get(f"/api/apps/{APP}/forms/contract/records/{record}/flow")
    return list(flow["active"])


def test_new_contracts_take_the_changed_workflow_and_running_ones_finish_on_theirs(desktop: Page) -> None:
    """A conditional approval behind the manager; versions are listed in words and can be restored."""
    api = Api(desktop).start_trial()
    running = contract(api, "老流程合同", "60000")
    api.play("陈总")
    shell, designer = Shell(desktop), Designer(desktop)
    shell.go("design/flow/contract")
    line = desktop.locator("[data-line^='manager']").filter(has_text="同意")
    line.get_by_role("button", name="在这里插入节点").click()
    desktop.get_by_role("menuitem").filter(has_text="条件成立才需要审批").click()
    designer.properties.get_by_text("按表达式").first.click()
    designer.properties.get_by_role("textbox", name="条件 1").fill("合同金额 > 50000")
    desktop.locator(".react-flow__node[data-id^='approve']").click()
    pick(desktop, designer.properties.get_by_label("处理人").first, "角色")
    pick(desktop, designer.properties.get_by_label("角色").first, "财务")
    designer.publish("大额合同财务先看", "合同审批")
    shell.go("form/contract")
    expect(RecordList(desktop).row("老流程合同")).to_be_visible()
    large, small = contract(api, "新流程大额", "60000"), contract(api, "新流程小额", "40000")
    assert [node for node in approved_by_manager(api, large) if node.startswith("approve")]
    assert approved_by_manager(api, small) == []
    assert approved_by_manager(api, running) == []
    api.play("陈总")
    shell.go("versions")
    expect(desktop.get_by_text("大额合同财务先看")).to_be_visible()
    desktop.get_by_role("button", name="恢复到这个版本").last.click()
    desktop.get_by_role("dialog").get_by_role("button", name="恢复到这个版本").click()
    shell.says("已恢复，当前为版本")
    shell.go("form/contract")
    expect(RecordList(desktop).row("老流程合同")).to_be_visible()
    assert approved_by_manager(api, contract(api, "恢复之后", "60000")) == []


def drawn(api: Api) -> list[dict[str, Any]]:
    """The widgets of the sales dashboard as it is published."""
    return list(api.get(f"/api/apps/{APP}/dashboards/sales")["definition"]["widgets"])


def test_the_dashboard_designer_counts_by_the_new_field(desktop: Page) -> None:
    """A chart over customers is grouped by it, published, and shows its options."""
    api = Api(desktop).start_trial()
    designer = with_the_field(desktop)
    designer.publish("加上客户来源", FIELD)
    fields = api.get(f"/api/apps/{APP}/forms/customer")["definition"]["fields"]
    source = next(one for one in fields if one["label"] == FIELD)
    exhibition = next(one["id"] for one in source["options"] if one["label"] == "展会")
    (customer,) = api.records("customer", limit=1)
    path = f"/api/apps/{APP}/forms/customer/records/{customer['id']}"
    api.patch(path, {"values": {source["id"]: exhibition}, "before": {}})
    shell = Shell(desktop)
    shell.go("design/dashboard/sales")
    desktop.get_by_test_id("add-bar").click()
    pick(desktop, desktop.get_by_label("数据来源").first, "客户", search="客户")
    pick(desktop, desktop.get_by_label("分组字段").first, FIELD, search=FIELD)
    designer.saved()
    designer.publish("按来源看客户", "销售")
    shell.go("dashboard/sales")
    (made,) = (one for one in drawn(api) if {"field": source["id"]} in one.get("groups", []))
    expect(desktop.get_by_role("main").get_by_role("region", name=made["title"], exact=True)).to_be_visible()
    shown = api.post(f"/api/apps/{APP}/dashboards/sales/data", {"widgets": [made["id"]]})[made["id"]]
    assert "展会" in str(shown["rows"])
