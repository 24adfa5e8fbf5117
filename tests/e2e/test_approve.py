"""A contract is submitted, returned, resubmitted, approved and countersigned, or rejected (审批)."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console
from tests.e2e.pages.api import Api
from tests.e2e.pages.records import Drawer, RecordList, pick
from tests.e2e.pages.shell import Shell
from tests.e2e.pages.tasks import TaskCentre

NAME = "华信三期看板合同"


def submit_by_hand(page: Page) -> None:
    """销售小王 fills a contract of 200,000 and submits it."""
    Shell(page).go("form/contract")
    drawer = RecordList(page).add()
    drawer.fill("合同名称", NAME)
    pick(page, drawer.field("客户").locator(".ant-select").first, "苏州华信精密制造有限公司", search="华信")
    drawer.fill("开始日期", "2026-12-01")
    drawer.fill("结束日期", "2027-11-30")
    drawer.root.get_by_role("region", name="产品与金额").get_by_role("button", name="添加一行").click()
    row = drawer.root.get_by_role("table", name="产品明细").get_by_role("row").nth(1)
    pick(page, row.locator(".ant-select").first, "QMS 质量管理系统", search="QMS")
    row.locator("td").nth(3).locator("input").fill("50000")
    row.locator("td").nth(4).locator("input").fill("4")
    expect(drawer.field("合同金额")).to_contain_text("200,000.00")
    drawer.click("提交")
    Shell(page).says("已提交")
    expect(drawer.title).to_contain_text("审批中")


def made(api: Api, name: str, price: str) -> str:
    """A contract of 销售小王 in approval; its id."""
    api.play("销售小王")
    product = api.records("product", limit=1)[0]["id"]
    line = {"product": product, "price": price, "quantity": "1", "discount": "1"}
    days = {"signed_on": "2026-11-23", "start_on": "2026-12-01", "end_on": "2027-11-30"}
    customer = api.records("customer", search="华信", limit=1)[0]["id"]
    owner = api.member("销售小王")
    values = {"name": name, "customer": customer, "owner": owner, "lines": [line], **days}
    return str(api.create("contract", values)["id"])


def test_a_contract_goes_back_and_comes_through(desktop: Page, console: Console) -> None:
    """Submit, return, resubmit, approve; over the limit director and finance countersign."""
    # whoever takes another's place before an open task is refused that task
    console.expect("(403|404).*/api/tasks/")
    api = Api(desktop).start_trial()
    shell, centre, drawer = Shell(desktop), TaskCentre(desktop), Drawer(desktop)
    api.play("销售小王")
    submit_by_hand(desktop)

    shell.go("tasks/todo")
    shell.play("刘主管")
    centre.open(NAME)
    centre.give_back("起草合同", "请补充验收条款")
    shell.says(f"已退回“{NAME}”")
    expect(centre.title).not_to_have_text(NAME)

    shell.play("销售小王")
    centre.open(NAME)
    expect(centre.story).to_contain_text("请补充验收条款")
    centre.act("提交")
    shell.says(f"已提交“{NAME}”")

    shell.play("刘主管")
    centre.open(NAME)
    centre.say("价格合适")
    centre.act("同意")
    shell.says(f"已同意“{NAME}”")
    expect(centre.title).not_to_have_text(NAME)

    for person in ("周总监", "赵会计"):
        shell.play(person)
        centre.open(NAME)
        centre.act("同意")
        shell.says(f"已同意“{NAME}”")

    api.play("销售小王")
    record = api.records("contract", search=NAME)[0]
    assert record["status"] == "approved"
    shell.go(f"form/contract?record={record['id']}&tab=flow")
    for told in ("刘主管", "周总监", "赵会计", "请补充验收条款", "价格合适", "总监与财务会签"):
        expect(drawer.root.get_by_text(told).first).to_be_visible()


def test_a_rejection_needs_a_word_and_ends_it(desktop: Page) -> None:
    """Without a comment nothing happens."""
    api = Api(desktop).start_trial()
    record = made(api, NAME, "20000")
    shell, centre = Shell(desktop), TaskCentre(desktop)
    api.play("刘主管")
    shell.go("tasks/todo")
    centre.open(NAME)
    centre.act("拒绝")
    expect(centre.pane.get_by_text("拒绝时必须填写意见")).to_be_visible()
    assert api.record("contract", record)["status"] == "running"
    centre.say("客户信用不足")
    centre.act("拒绝")
    shell.says(f"已拒绝“{NAME}”")
    shell.open("我处理的")
    expect(centre.card(NAME)).to_contain_text("拒绝")
    assert api.record("contract", record)["status"] == "rejected"


def test_the_count_of_tasks_is_live(desktop: Page, visit: Callable[..., Page]) -> None:
    """What one submits appears in the other's menu at once, without loading the page again."""
    api = Api(desktop).start_trial()
    other = visit("desktop")
    other.context.add_cookies(desktop.context.cookies())  # type: ignore[arg-type]
    shell = Shell(other)
    api.play("陈总")
    shell.go("tasks/todo")
    todo = shell.menu.get_by_role("link", name="我的待办")
    expect(todo).to_contain_text("2")
    product = api.records("product", limit=1)[0]["id"]
    customer = api.records("customer", limit=1)[0]["id"]
    line = {"product": product, "price": "9000", "quantity": "1", "discount": "1"}
    values = {
        **{"name": NAME, "customer": customer, "owner": api.member("刘主管"), "lines": [line]},
        **{"signed_on": "2026-11-23", "start_on": "2026-12-01", "end_on": "2027-11-30"},
    }
    api.create("contract", values)
    expect(TaskCentre(other).card(NAME)).to_be_visible()
    expect(todo).to_contain_text("3")
