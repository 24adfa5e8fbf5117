"""The task centre finds, narrows, answers many at once, and takes a signature (流程中心)."""

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.records import pick
from tests.e2e.pages.running import changed, contracts
from tests.e2e.pages.shell import Shell
from tests.e2e.pages.tasks import TaskCentre


def test_a_box_is_searched_and_narrowed_and_the_address_keeps_it(desktop: Page) -> None:
    """A word, then a node; a reload shows the same."""
    api = Api(desktop).start_trial()
    contracts(api, "青岛看板合同", "宁波维保合同")
    api.play("刘主管")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("tasks/todo")
    desktop.get_by_role("textbox", name="搜索标题、发起人").fill("宁波")
    expect(centre.card("青岛看板合同")).to_have_count(0)
    expect(centre.card("宁波维保合同")).to_be_visible()
    desktop.reload()
    expect(centre.card("宁波维保合同")).to_be_visible()
    expect(centre.card("青岛看板合同")).to_have_count(0)
    desktop.get_by_role("button", name="筛选").click()
    pick(desktop, desktop.get_by_label("全部发起人"), "销售小王")
    expect(centre.card("宁波维保合同")).to_be_visible()


def test_many_are_approved_at_once_and_each_result_is_told(desktop: Page) -> None:
    """Two are ticked; both are approved; the records say so."""
    api = Api(desktop).start_trial()
    made = contracts(api, "青岛看板合同", "宁波维保合同")
    api.play("刘主管")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("tasks/todo")
    expect(centre.card("宁波维保合同")).to_be_visible()
    desktop.get_by_role("button", name="批量", exact=True).first.click()
    for name in ("青岛看板合同", "宁波维保合同"):
        desktop.get_by_role("checkbox", name=name).check()
    expect(desktop.get_by_text("已选 2 条")).to_be_visible()
    desktop.get_by_role("button", name="批量同意").click()
    desktop.get_by_role("dialog").get_by_role("button", name="批量同意").click()
    expect(desktop.get_by_text("成功 2 条，失败 0 条")).to_be_visible()
    assert [api.record("contract", id)["status"] for id in made] == ["approved", "approved"]


def test_the_tasks_of_all_apps_name_people_and_follow_the_news(desktop: Page) -> None:
    """Outside every app, too: who started it stands on the card and in the record, and a new task comes by itself."""
    api = Api(desktop).start_trial()
    contracts(api, "青岛看板合同")
    api.play("刘主管")
    desktop.goto("/tasks/todo")
    centre = TaskCentre(desktop)
    centre.open("青岛看板合同")
    expect(centre.card("青岛看板合同")).to_contain_text("销售小王")
    expect(centre.pane.get_by_text("销售小王").first).to_be_visible()
    api.play("销售小王")
    contracts(api, "宁波维保合同")
    api.play("刘主管")
    expect(centre.card("宁波维保合同")).to_be_visible()


def test_tasks_are_worked_through_with_the_keyboard(desktop: Page) -> None:
    """J and K walk through the cards; Ctrl+Enter approves with the words that were typed, and the next one opens."""
    api = Api(desktop).start_trial()
    made = contracts(api, "青岛看板合同", "宁波维保合同")
    api.play("刘主管")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("tasks/todo")
    centre.open("宁波维保合同")
    desktop.keyboard.press("Escape")
    desktop.keyboard.press("j")
    expect(centre.title).to_have_text("青岛看板合同")
    desktop.keyboard.press("k")
    expect(centre.title).to_have_text("宁波维保合同")
    centre.say("可以")
    desktop.keyboard.press("Control+Enter")
    shell.says("已同意“宁波维保合同”")
    expect(centre.title).to_have_text("青岛看板合同")
    assert [api.record("contract", id)["status"] for id in made] == ["running", "approved"]


def test_an_answer_that_needs_a_signature_opens_the_pad(desktop: Page) -> None:
    """Approve asks for a signature; it stands in the story."""
    api = Api(desktop).start_trial()
    changed(api, "manager", signature_required=["approve"], buttons={"approve": "签字同意"})
    contracts(api, "青岛看板合同")
    api.play("刘主管")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("tasks/todo")
    centre.open("青岛看板合同")
    centre.act("签字同意")
    pad = desktop.get_by_role("dialog").locator("canvas")
    box = pad.bounding_box()
    assert box is not None
    desktop.mouse.move(box["x"] + 40, box["y"] + 40)
    desktop.mouse.down()
    for step in range(1, 12):
        desktop.mouse.move(box["x"] + 40 + 12 * step, box["y"] + 40 + (step % 3) * 14)
    desktop.mouse.up()
    desktop.get_by_role("dialog").get_by_role("button", name="完成签名").click()
    shell.says("已同意“青岛看板合同”")
    shell.go("tasks/handled")
    centre.open("青岛看板合同")
    expect(centre.story.get_by_role("img", name="刘主管 的签名")).to_be_visible()


def test_an_admin_urges_and_replaces_who_is_asked(desktop: Page) -> None:
    """From the record's drawer: a reminder, then another person."""
    api = Api(desktop).start_trial()
    (record,) = contracts(api, "青岛看板合同")
    api.play("陈总")
    shell = Shell(desktop)
    shell.go(f"form/contract?record={record}&tab=flow")
    drawer = desktop.get_by_role("dialog").first
    expect(drawer.get_by_role("region", name="流程图")).to_be_visible()
    drawer.get_by_role("button", name="催办").click()
    desktop.get_by_role("dialog", name="催一下正在办理的人？").get_by_role("button", name="催办").click()
    shell.says("已催办")
    drawer.get_by_role("button", name="管理员操作").click()
    desktop.get_by_role("menuitem", name="调整处理人").click()
    dialog = desktop.get_by_role("dialog", name="调整处理人")
    pick(desktop, dialog.get_by_label("改由谁处理"), "周总监", search="周")
    dialog.get_by_role("button", name="调整处理人").click()
    shell.says("已调整处理人")
    flow = api.get(f"/api/apps/{APP}/forms/contract/records/{record}/flow")
    assert flow["waiting"].startswith("等待 周总监")
