"""Two people at one record, a lost connection, a phone (多人编辑、断网、手机)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console
from tests.e2e.pages.api import Api
from tests.e2e.pages.records import Drawer
from tests.e2e.pages.shell import Shell


@pytest.fixture
def pair(desktop: Page, visit: Callable[..., Page]) -> tuple[Api, Page, Page, str]:
    """Two browsers of one workspace at the same customer, both typing."""
    api = Api(desktop).start_trial()
    record = api.records("customer", limit=1)[0]["id"]
    second = visit("desktop")
    second.context.add_cookies(desktop.context.cookies())  # type: ignore[arg-type]
    for page in (desktop, second):
        Shell(page).go(f"form/customer?record={record}")
        Drawer(page).click("编辑")
    return api, desktop, second, record


def test_changes_of_different_fields_merge(pair: tuple[Api, Page, Page, str]) -> None:
    """Whoever saves second is told what came along."""
    api, first, second, record = pair
    Drawer(first).fill("行业", "储能")
    Drawer(first).click("保存")
    Shell(first).says("已保存")
    Drawer(second).fill("所在地", "惠阳")
    Drawer(second).click("保存")
    Shell(second).says("行业")
    expect(Drawer(second).field("行业")).to_contain_text("储能")
    values = api.record("customer", record)["values"]
    assert (values["industry"], values["office_location"]) == ("储能", "惠阳")


def test_the_same_field_shows_both_values_and_asks(pair: tuple[Api, Page, Page, str], console: Console) -> None:
    """Nothing is written before somebody has chosen."""
    console.expect("409")
    api, first, second, record = pair
    Drawer(first).fill("行业", "储能")
    Drawer(first).click("保存")
    Shell(first).says("已保存")
    Drawer(second).fill("行业", "锂电材料")
    Drawer(second).click("保存")
    dialog = second.get_by_role("dialog", name="有人同时修改了相同的字段")
    expect(dialog.get_by_role("radio").filter(has_text="储能")).to_be_visible()
    expect(dialog.get_by_role("radio").filter(has_text="锂电材料")).to_have_attribute("aria-checked", "true")
    assert api.record("customer", record)["values"]["industry"] == "储能"
    dialog.get_by_role("button", name="按所选保存").click()
    Shell(second).says("已保存")
    assert api.record("customer", record)["values"]["industry"] == "锂电材料"


def test_what_is_typed_survives_a_lost_connection(desktop: Page, console: Console) -> None:
    """The save fails, the page is loaded again, and the work is offered back."""
    console.expect("ERR_INTERNET_DISCONNECTED|Failed to load resource|EventSource")
    api = Api(desktop).start_trial()
    record = api.records("customer", limit=1)[0]["id"]
    shell, drawer = Shell(desktop), Drawer(desktop)
    shell.go(f"form/customer?record={record}")
    drawer.click("编辑")
    drawer.fill("行业", "固态电池")
    desktop.context.set_offline(True)
    drawer.click("保存")
    shell.says("连不上服务器")
    expect(drawer.box("行业")).to_have_value("固态电池")
    desktop.context.set_offline(False)
    desktop.reload()
    drawer.click("继续编辑")
    drawer.click("恢复")
    expect(drawer.box("行业")).to_have_value("固态电池")
    drawer.click("保存")
    shell.says("已保存")
    assert api.record("customer", record)["values"]["industry"] == "固态电池"


def test_a_phone_shows_cards_and_edits(phone: Page) -> None:
    """One column, nothing wider than the screen, boxes for fingers."""
    api = Api(phone).start_trial()
    Shell(phone).go("form/customer")
    phone.get_by_role("button").filter(has_text="中山德龙照明有限公司").click()
    drawer = Drawer(phone)
    expect(drawer.title).to_contain_text("中山德龙照明有限公司")
    drawer.click("编辑")
    assert drawer.box("行业").evaluate("box => box.getBoundingClientRect().height") >= 44
    drawer.fill("行业", "智能照明")
    drawer.click("保存")
    Shell(phone).says("已保存")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    drawer.click("关闭")
    expect(phone.get_by_role("button").filter(has_text="智能照明")).to_be_visible()
    assert api.total("customer", search="智能照明") == 1
