"""Formulas are written wherever there is a condition 公式编辑器: completed, mended by one click, axe silent."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.records import RecordList
from tests.e2e.pages.shell import Shell
from tests.e2e.test_accessible import violations


def box(page: Page) -> Locator:
    """Where a condition is written as a formula, opened anew."""
    page.get_by_role("button", name="用公式", exact=True).click()
    written = page.get_by_role("textbox", name="用公式", exact=True)
    expect(written).to_be_visible()
    return written


def test_a_member_filters_his_list_by_a_formula(desktop: Page) -> None:
    """No administrator: a field is completed, other languages' habits are mended, the chip says labels."""
    api = Api(desktop).start_trial()
    api.play("销售小李")
    Shell(desktop).go("form/customer")
    found = RecordList(desktop)
    found.counts(api.total("customer"))
    found.filter()
    written = box(desktop)
    written.press_sequentially("LEN(客户名")
    desktop.get_by_role("option", name="客户名称").click()
    expect(written).to_have_value("LEN(客户名称")
    written.press_sequentially(") > 8 && 客户级别 = 'A'")
    offered = desktop.get_by_role("button", name='改为 AND(LEN(客户名称) > 8, 客户级别 = "A")')
    expect(offered).to_be_visible()
    offered.click()
    desktop.get_by_role("button", name='改为 "A 重点客户"').click()
    asked = {"field": "id", "op": "holds", "value": 'AND(LEN(name) > 8, level = "a")'}
    wanted = api.total("customer", filter=asked)
    assert 0 < wanted < api.total("customer")
    found.counts(wanted)
    expect(desktop.get_by_text('AND(LEN(客户名称) > 8, 客户级别 = "A 重点客户")').first).to_be_visible()
    expect(desktop.get_by_text("示例数据的结果")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_is_accessible(desktop: Page, scheme: str) -> None:
    """With names offered, with a mistake and its mending, and when all is well; by day and by night."""
    Api(desktop).start_trial()
    desktop.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    Shell(desktop).go("form/customer")
    found = RecordList(desktop)
    found.filter()
    written = box(desktop)
    written.press_sequentially("客户")
    expect(desktop.get_by_role("option").first).to_be_visible()
    assert violations(desktop) == []
    written.fill("客户级别 = 'A'")
    expect(desktop.get_by_role("button", name='改为 客户级别 = "A"')).to_be_visible()
    assert violations(desktop) == []
    written.fill("LEN(客户名称) > 8")
    expect(desktop.get_by_text("示例数据的结果")).to_be_visible()
    assert violations(desktop) == []
