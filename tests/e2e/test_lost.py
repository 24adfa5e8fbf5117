"""What was typed is not lost: not by a cut line, not by a session that has ended (断线与过期)."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console
from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.records import Drawer, RecordList
from tests.e2e.pages.shell import Shell

NAME = "宁波远航进出口有限公司"
PASSWORD = "correct horse"


def typed(page: Page) -> Drawer:
    """A new customer, being typed."""
    Shell(page).go("form/customer")
    drawer = RecordList(page).add()
    drawer.fill("客户名称", NAME)
    return drawer


def taken_up(page: Page) -> Drawer:
    """The same customer again, as it was typed, and saved."""
    drawer = Drawer(page)
    page.get_by_role("button", name="恢复").click()
    expect(drawer.box("客户名称")).to_have_value(NAME)
    drawer.click("保存")
    Shell(page).says("已添加")
    return drawer


def test_a_lost_connection_keeps_the_draft(desktop: Page, console: Console) -> None:
    """Saving says what is wrong; after a reload the typed values are offered."""
    console.expect(r"ERR_INTERNET_DISCONNECTED|ERR_NETWORK|Failed to fetch")
    api = Api(desktop).start_trial()
    before = api.total("customer")
    drawer = typed(desktop)
    desktop.context.set_offline(True)
    drawer.click("保存")
    Shell(desktop).says("连不上服务器")
    expect(drawer.box("客户名称")).to_have_value(NAME)
    desktop.context.set_offline(False)
    desktop.reload()
    taken_up(desktop)
    assert api.total("customer") == before + 1


def test_a_stale_session_asks_to_sign_in_again_and_keeps_what_was_typed(desktop: Page, console: Console) -> None:
    """One comes back to the same place."""
    console.expect(r"401")
    api = Api(desktop)
    email = "walker@example.com"
    api.post(
        "/api/signup", {"name": "行者", "email": email, "password": PASSWORD, "template": APP, "language": "zh-CN"}
    )
    drawer = typed(desktop)
    desktop.context.clear_cookies()
    drawer.click("保存")
    expect(desktop).to_have_url(re.compile(r"/signin\?next="))
    desktop.get_by_label("邮箱").fill(email)
    desktop.get_by_label("密码").fill(PASSWORD)
    desktop.get_by_role("button", name="登录").click()
    expect(desktop).to_have_url(re.compile(r"/form/customer"))
    taken_up(desktop)
    assert api.total("customer") == 1


def test_an_empty_workspace_says_what_to_do(desktop: Page) -> None:
    """No sample data: list, dashboard and to-do each invite to begin."""
    body = {"name": "行者", "email": "fresh@example.com", "password": PASSWORD, "template": APP, "language": "zh-CN"}
    Api(desktop).post("/api/signup", body)
    Shell(desktop).go("form/customer")
    expect(desktop.get_by_text("还没有客户")).to_be_visible()
    expect(desktop.get_by_role("main").get_by_role("button", name="导入").last).to_be_visible()
    Shell(desktop).go("tasks/todo")
    expect(desktop.get_by_text("有需要你处理的流程时").first).to_be_visible()
    Shell(desktop).go("dashboard/sales")
    expect(desktop.get_by_text(re.compile("就会显示在这里|换一个时间范围")).first).to_be_visible()
