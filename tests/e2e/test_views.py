"""Somebody saves the way he looks at a list 视图: his own, and as an administrator everybody's."""

from playwright.sync_api import Page, expect

from tests.e2e.pages.records import RecordList
from tests.e2e.pages.shell import Shell
from tests.e2e.test_list import KEY, customers


def choose(page: Page, entry: str) -> None:
    """An entry of the menu beside the views."""
    page.get_by_role("button", name="视图操作").click()
    page.get_by_role("menuitem", name=entry).click()


def name(page: Page, text: str, shared: bool = False) -> None:
    """Say what the view is called, and save it."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("视图名称").fill(text)
    if shared:
        dialog.get_by_role("checkbox", name="所有能看到此表单的人都能用").check()
    dialog.get_by_role("button", name="保存").click()
    expect(page.get_by_role("tab", name=text)).to_have_attribute("aria-selected", "true")


def test_a_list_is_saved_as_a_view_changed_and_reverted(desktop: Page) -> None:
    """Conditions and columns stay with the view, in another browser too; what is not kept is marked."""
    api, found = customers(desktop)
    key, everybody = api.total("customer", filter=KEY), api.total("customer")
    conditions = found.filter()
    conditions.condition("客户级别", "是任一", "A 重点客户")
    found.counts(key)
    desktop.keyboard.press("Escape")
    unsaved = desktop.get_by_text("未保存", exact=True)
    expect(unsaved).to_be_visible()
    choose(desktop, "另存为视图")
    name(desktop, "大客户")
    expect(unsaved).to_have_count(0)
    found.counts(key)
    found.button("显示字段").click()
    desktop.get_by_role("checkbox", name="员工人数").check()
    desktop.keyboard.press("Escape")
    expect(unsaved).to_be_visible()
    choose(desktop, "撤销更改")
    expect(found.column("员工人数")).to_have_count(0)
    desktop.get_by_role("button", name="清除条件").click()
    found.counts(everybody)
    choose(desktop, "保存到此视图")
    expect(unsaved).to_have_count(0)
    choose(desktop, "设为默认视图")
    Shell(desktop).go("form/customer")
    expect(desktop.get_by_role("tab", name="大客户")).to_have_attribute("aria-selected", "true")
    found.counts(everybody)


def test_columns_and_widths_are_there_in_another_browser(desktop: Page) -> None:
    """Nothing of them lies in this one."""
    _, found = customers(desktop)
    found.button("显示字段").click()
    with desktop.expect_response(lambda answer: answer.request.method == "PUT" and answer.url.endswith("/views")):
        desktop.get_by_role("checkbox", name="员工人数").check()
    desktop.evaluate("localStorage.clear()")
    Shell(desktop).go("form/customer")
    expect(found.column("员工人数")).to_be_visible()


def test_everybody_has_a_shared_view_and_only_administrators_change_it(desktop: Page) -> None:
    """The salesperson uses it and cannot rename it."""
    _, found = customers(desktop)
    found.column("客户名称").get_by_role("button", name="客户名称", exact=True).click()
    choose(desktop, "另存为视图")
    name(desktop, "按名称", shared=True)
    Shell(desktop).play("销售小王")
    Shell(desktop).go("form/customer")
    desktop.get_by_role("tab", name="按名称").click()
    expect(RecordList(desktop).column("客户名称")).to_have_attribute("aria-sort", "ascending")
    desktop.get_by_role("button", name="视图操作").click()
    expect(desktop.get_by_role("menuitem", name="另存为视图")).to_be_visible()
    expect(desktop.get_by_role("menuitem", name="删除视图")).to_have_count(0)
