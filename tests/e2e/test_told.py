"""People are told and say how: the message centre, channels, robots (消息、提醒方式、群机器人)."""

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.records import pick
from tests.e2e.pages.running import Running, contracts
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
    tick.click()
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


def test_a_colleague_is_named_with_an_at_and_is_told(desktop: Page) -> None:
    """Typing @ offers who may see the record, by initials too; he is told, and a click leads him there."""
    api = Api(desktop).start_trial()
    (record,) = contracts(api, NAME)
    shell, running = Shell(desktop), Running(desktop)
    running.open(record)
    box = running.root.get_by_label("评论", exact=True)
    box.press_sequentially("请 @zzj")
    offer = desktop.locator(".ant-mentions-dropdown:visible")
    expect(offer.get_by_text("周总监")).to_be_visible()
    expect(offer.get_by_text("销售小李")).to_have_count(0)
    desktop.keyboard.press("Enter")
    expect(box).to_have_value("请 @周总监 ")
    box.press_sequentially("看一下")
    running.root.get_by_role("button", name="评论", exact=True).click()
    shell.says("已评论")
    api.play("周总监")
    shell.go("form/customer")
    desktop.get_by_role("button", name="消息").click()
    desktop.get_by_role("button").filter(has_text="销售小王 在评论中提到了您").first.click()
    expect(desktop.get_by_role("heading", level=2, name=NAME)).to_be_visible()


def test_an_answer_names_a_colleague_by_keyboard_alone(desktop: Page) -> None:
    """@, an arrow, Enter; then Ctrl+Enter approves, and he is told."""
    api = Api(desktop).start_trial()
    contracts(api, NAME)
    api.play("刘主管")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("tasks/todo")
    centre.open(NAME)
    box = centre.pane.get_by_label("意见", exact=True)
    box.press_sequentially("同意 @zzj")
    expect(desktop.locator(".ant-mentions-dropdown:visible").get_by_text("周总监")).to_be_visible()
    desktop.keyboard.press("Enter")
    expect(box).to_have_value("同意 @周总监 ")
    desktop.keyboard.press("Control+Enter")
    shell.says(f"已同意“{NAME}”")
    api.play("周总监")
    assert "提到了您" in str(api.get("/api/notices")["notices"])
