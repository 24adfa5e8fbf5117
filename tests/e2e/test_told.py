"""People are told and say how: the message centre, channels, robots (消息、提醒方式、群机器人)."""

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.records import pick
from tests.e2e.pages.running import contracts
from tests.e2e.pages.shell import Shell
from tests.e2e.pages.tasks import TaskCentre

NAME = "青岛看板合同"


def test_a_message_opens_its_task_and_is_read(desktop: Page) -> None:
    """The bell counts it, a click opens the task, and the count is one less; then all are read."""
    api = Api(desktop).start_trial()
    contracts(api, NAME, "宁波维保合同")
    api.play("刘主管")
    before = api.get("/api/notices/count")["unread"]
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("form/customer")
    bell = desktop.get_by_role("button", name="消息")
    bell.click()
    desktop.get_by_role("button").filter(has_text=NAME).first.click()
    expect(centre.title).to_have_text(NAME)
    assert api.get("/api/notices/count")["unread"] == before - 1
    bell.click()
    desktop.get_by_role("button", name="全部标为已读").click()
    expect(desktop.get_by_role("button", name="全部标为已读")).to_be_disabled()
    desktop.get_by_text("未读", exact=True).last.click()
    expect(desktop.get_by_text("都看过了")).to_be_visible()
    assert api.get("/api/notices/count")["unread"] == 0


def test_who_wants_no_message_of_a_kind_gets_none(desktop: Page) -> None:
    """A tick is kept at once, after a reload too, and is heeded."""
    api = Api(desktop).start_trial()
    api.play("刘主管")
    before = api.get("/api/notices/count")["unread"]
    desktop.goto("/settings/notices")
    tick = desktop.get_by_role("checkbox", name="新待办 · 站内")
    tick.uncheck()
    expect(tick).not_to_be_checked()
    desktop.reload()
    expect(tick).not_to_be_checked()
    contracts(api, NAME)
    api.play("刘主管")
    assert api.get("/api/notices/count")["unread"] == before


def test_an_admin_adds_changes_and_removes_a_robot(desktop: Page) -> None:
    """It says what it is told, and its secret is never shown again."""
    api = Api(desktop).start_trial()
    api.play("陈总")
    desktop.goto("/settings/robots")
    desktop.get_by_role("button", name="添加机器人").click()
    dialog = desktop.get_by_role("dialog")
    pick(desktop, dialog.get_by_label("群所在的应用"), "飞书")
    dialog.get_by_label("名称").fill("销售群")
    dialog.get_by_label("机器人地址").fill("https://open.feishu.cn/open-apis/bot/v2/hook/abc")
    dialog.get_by_label("加签密钥").fill("s3cret-of-the-group")
    dialog.get_by_role("button", name="保存").click()
    expect(desktop.get_by_text("飞书 · 已加签 · 全部消息")).to_be_visible()
    assert "s3cret" not in str(api.get("/api/workspace/robots"))
    desktop.get_by_role("button", name="编辑机器人").click()
    dialog.get_by_label("名称").fill("合同群")
    pick(desktop, dialog.get_by_label("发送哪些消息"), "已通过", search="已通过")
    desktop.keyboard.press("Escape")
    dialog.get_by_role("button", name="保存").click()
    expect(desktop.get_by_text("飞书 · 已加签 · 已通过")).to_be_visible()
    desktop.get_by_role("button", name="删除").click()
    desktop.locator(".ant-modal").get_by_role("button", name="删除").click()
    expect(desktop.get_by_text("还没有机器人")).to_be_visible()
