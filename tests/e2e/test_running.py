"""What is done to a running workflow beside answering it: claimed, taken back, moved, started again (流程操作)."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console
from tests.e2e.pages.api import Api
from tests.e2e.pages.records import pick
from tests.e2e.pages.running import Running, answer, changed, contracts, flow_of
from tests.e2e.pages.shell import Shell
from tests.e2e.pages.tasks import TaskCentre

NAME = "青岛看板合同"


def test_a_shared_task_is_claimed_and_put_back(desktop: Page, console: Console) -> None:
    """Who claims it has it alone; put back, the others have it again."""
    # whoever takes another's place before an open task is refused that task
    console.expect("(403|404).*/api/tasks/")
    api = Api(desktop).start_trial()
    changed(api, "manager", agree="claim", assignees=[{"role": "sales_manager"}, {"role": "sales_director"}])
    (record,) = contracts(api, NAME)
    api.play("刘主管")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("tasks/todo")
    centre.open(NAME)
    expect(centre.pane.get_by_role("button", name="同意", exact=True)).to_have_count(0)
    centre.act("认领")
    shell.says(f"已认领“{NAME}”")
    expect(centre.pane.get_by_role("button", name="同意", exact=True)).to_be_visible()
    assert flow_of(api, record)["waiting"].startswith("等待 刘主管")
    centre.more("放回")
    shell.says(f"已放回“{NAME}”")
    api.play("周总监")
    desktop.reload()
    centre.open(NAME)
    centre.act("认领")
    centre.act("同意")
    shell.says(f"已同意“{NAME}”")
    assert api.record("contract", record)["status"] == "approved"


def test_an_answer_is_taken_back_while_nobody_has_acted_since(desktop: Page) -> None:
    """From what one has handled; it stands in the to-do box again and the next one no longer has it."""
    api = Api(desktop).start_trial()
    changed(api, "", withdraw="every_node")
    (record,) = contracts(api, NAME, price="200000")
    answer(api, "刘主管", record, "approve")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("tasks/handled")
    centre.open(NAME)
    centre.more("拿回")
    desktop.get_by_role("dialog", name="拿回你的处理？").get_by_role("button", name="拿回").click()
    shell.says(f"已拿回“{NAME}”")
    shell.go("tasks/todo")
    centre.open(NAME)
    expect(centre.story).to_contain_text("拿回")
    assert flow_of(api, record)["waiting"].startswith("等待 刘主管")
    api.play("周总监")
    assert NAME not in str(api.get("/api/tasks/boxes/todo"))


def test_the_initiator_withdraws_and_submits_again(desktop: Page) -> None:
    """It is a draft again, and comes back to the manager."""
    api = Api(desktop).start_trial()
    (record,) = contracts(api, NAME)
    shell, running = Shell(desktop), Running(desktop)
    running.open(record)
    running.surely("撤回")
    shell.says("已撤回")
    assert api.record("contract", record)["status"] != "running"
    running.root.get_by_role("button", name="提交", exact=True).last.click()
    shell.says("已提交")
    assert api.record("contract", record)["status"] == "running"


def test_an_admin_moves_it_to_another_node_and_starts_an_ended_one_again(desktop: Page) -> None:
    """Jump; the countersigners answer; the end is undone at the node he chooses."""
    api = Api(desktop).start_trial()
    (record,) = contracts(api, NAME)
    api.play("陈总")
    shell, running = Shell(desktop), Running(desktop)
    running.open(record)
    running.send("跳转到节点", "跳转到", "总监与财务会签")
    shell.says("已跳转")
    assert flow_of(api, record)["active"] == ["countersign"]
    answer(api, "赵会计", record, "reject")
    assert api.record("contract", record)["status"] == "rejected"
    api.play("陈总")
    running.open(record)
    running.send("重新激活", "从哪个节点开始", "主管审批")
    shell.says("已重新激活")
    assert flow_of(api, record)["active"] == ["manager"]
    expect(running.root.get_by_role("list").last).to_contain_text("重新激活")


def test_a_signer_is_added_before_and_it_comes_back(desktop: Page) -> None:
    """The one asked along answers first, then the manager."""
    api = Api(desktop).start_trial()
    (record,) = contracts(api, NAME)
    api.play("刘主管")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("tasks/todo")
    centre.open(NAME)
    centre.more("加签")
    dialog = desktop.get_by_role("dialog", name="请谁一起审批？")
    pick(desktop, dialog.get_by_label("选择成员"), "赵会计", search="赵")
    dialog.get_by_label("意见", exact=True).fill("请看付款条件")
    dialog.get_by_role("button", name="加签").click()
    shell.says("已请对方先审批")
    answer(api, "赵会计", record, "approve")
    api.play("刘主管")
    desktop.goto("/app/crm/tasks/todo")
    centre.open(NAME)
    expect(centre.story).to_contain_text("请看付款条件")
    centre.act("同意")
    shell.says(f"已同意“{NAME}”")
    assert api.record("contract", record)["status"] == "approved"


def test_a_leavers_tasks_go_to_another(desktop: Page) -> None:
    """Disabling asks who takes them; then the other has them."""
    api = Api(desktop).start_trial()
    (record,) = contracts(api, NAME)
    api.play("陈总")
    shell = Shell(desktop)
    desktop.goto("/settings/members")
    desktop.get_by_role("row").filter(has_text="刘主管").get_by_role("button", name="更多").click()
    desktop.get_by_role("menuitem", name="停用").click()
    dialog = desktop.get_by_role("dialog").filter(has_text="条待办，交给谁？")
    pick(desktop, dialog.get_by_label("选择成员"), "周总监", search="周")
    dialog.get_by_role("button", name="交接并停用").click()
    shell.says("已交接")
    expect(desktop.get_by_role("row").filter(has_text="刘主管")).to_contain_text("已停用")
    assert flow_of(api, record)["waiting"].startswith("等待 周总监")


def test_a_stand_in_answers_and_both_are_named(desktop: Page) -> None:
    """The manager names a stand-in; the stand-in answers; the story says for whom."""
    api = Api(desktop).start_trial()
    (record,) = contracts(api, NAME)
    api.play("刘主管")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    shell.go("tasks/todo")
    shell.account("出差代理")
    dialog = desktop.get_by_role("dialog", name="出差代理")
    dialog.get_by_role("button", name="添加代理").click()
    pick(desktop, dialog.get_by_label("由谁代理"), "周总监", search="周")
    dialog.get_by_role("button", name="保存").click()
    shell.says("已设置代理")
    expect(dialog).to_contain_text("周总监 代理我")
    expect(dialog).to_contain_text("生效中")
    desktop.keyboard.press("Escape")
    shell.play("周总监")
    shell.go("tasks/todo")
    centre.open(NAME)
    expect(centre.pane).to_contain_text("你正在代理 刘主管 办理")
    centre.act("同意")
    shell.says(f"已同意“{NAME}”")
    told = next(one for one in flow_of(api, record)["timeline"] if one.get("on_behalf_of"))
    assert (told["actor"], told["on_behalf_of"]) == (api.member("周总监"), api.member("刘主管"))
