"""Somebody works on a record: opens, changes, adds, copies, deletes, brings back (数据)."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console
from tests.e2e.pages.api import Api
from tests.e2e.pages.records import Drawer, RecordList
from tests.e2e.pages.shell import Shell


def at(page: Page, form: str) -> tuple[Api, RecordList]:
    """A trial of one's own, at the list of a form."""
    api = Api(page).start_trial()
    Shell(page).go(f"form/{form}")
    return api, RecordList(page)


def test_a_lost_opportunity_asks_why_and_computes_as_one_types(desktop: Page) -> None:
    """Formulas follow every key; rules show and require; what is saved is in the history."""
    api, found = at(desktop, "opportunity")
    record = api.records("opportunity", filter={"field": "stage", "op": "in", "value": ["qualified"]}, limit=1)[0]
    drawer = found.open(record["title"])
    drawer.click("编辑")
    expect(drawer.field("赢率")).to_contain_text("40%")
    drawer.choose("销售阶段", "商务谈判")
    expect(drawer.field("赢率")).to_contain_text("80%")
    expect(drawer.field("输单原因")).to_have_count(0)
    drawer.choose("销售阶段", "输单")
    expect(drawer.field("赢率")).to_contain_text("0%")
    expect(drawer.field("输单原因")).to_be_visible()
    drawer.click("保存")
    expect(drawer.field("结束日期")).to_contain_text("请填写结束日期")
    drawer.fill("结束日期", "2026-11-20")
    drawer.choose("输单原因", "选择竞品")
    drawer.click("保存")
    Shell(desktop).says("已保存")
    drawer.tab("数据日志")
    expect(drawer.root.get_by_text("选择竞品")).to_be_visible()
    now = api.record("opportunity", record["id"])["values"]
    assert (now["stage"], now["lost_reason"], now["close_date"]) == ("lost", "competitor", "2026-11-20")


def test_a_customer_is_added_refused_copied_deleted_and_brought_back(desktop: Page, console: Console) -> None:
    """Unique names are checked; deleting can be undone at once, and later from the recycle bin."""
    console.expect("422")
    api, found = at(desktop, "customer")
    shell, before = Shell(desktop), api.total("customer")
    drawer = found.add()
    drawer.click("保存")
    expect(drawer.field("客户名称")).to_contain_text("请填写客户名称")
    drawer.fill("客户名称", "惠州泰科电池有限公司")
    drawer.click("保存")
    expect(drawer.field("客户名称").get_by_role("alert")).to_be_visible()
    drawer.fill("客户名称", "青岛海风机械有限公司")
    drawer.choose("客户级别", "B 普通客户")
    drawer.click("保存")
    shell.says("已添加")
    expect(drawer.title).to_contain_text("青岛海风机械有限公司")
    drawer.more("复制一条")
    expect(drawer.field("客户级别")).to_contain_text("B 普通客户")
    drawer.fill("客户名称", "青岛海风机械（二厂）")
    drawer.click("保存")
    shell.says("已添加")
    found.counts(before + 2)
    drawer.more("删除")
    found.counts(before + 1)
    shell.message("已删除 1 条").get_by_role("button", name="撤销").click()
    found.counts(before + 2)
    assert api.total("customer") == before + 2


def test_chosen_rows_go_to_the_recycle_bin_and_back(desktop: Page) -> None:
    """Several at once; the bin lists what was deleted."""
    api = Api(desktop).start_trial()
    for name in ("青岛海风机械", "烟台明珠纺织"):
        api.create("customer", {"name": name, "owner": api.session["owner"]})
    before = api.total("customer")
    Shell(desktop).go("form/customer")
    found = RecordList(desktop)
    found.counts(before)
    for name in ("青岛海风机械", "烟台明珠纺织"):
        found.row(name).get_by_role("checkbox").check()
    tools = desktop.get_by_role("toolbar", name="所选数据")
    expect(tools).to_contain_text("已选 2 条")
    tools.get_by_role("button", name="删除").click()
    found.counts(before - 2)
    found.more("回收站")
    found.row("烟台明珠纺织").get_by_role("checkbox").check()
    tools.get_by_role("button", name="恢复").click()
    Shell(desktop).says("已恢复 1 条")
    found.counts(1)
    found.button("返回列表").click()
    found.counts(before - 1)


def test_a_customer_others_point_to_stays(desktop: Page, console: Console) -> None:
    """Deleting is refused with the reason, and nothing is lost."""
    console.expect("409")
    api, found = at(desktop, "customer")
    before = api.total("customer")
    found.open("惠州泰科电池有限公司").more("删除")
    expect(desktop.get_by_role("alert").filter(has_text="惠州泰科电池有限公司")).to_be_visible()
    assert api.total("customer") == before


def test_the_drawer_shows_what_belongs_together(desktop: Page) -> None:
    """A customer's contacts and opportunities open on top, and Ctrl+↓ goes to the next record."""
    _, found = at(desktop, "customer")
    drawer = found.open("广州粤华家电有限公司")
    drawer.tab("关联数据")
    expect(drawer.root.get_by_role("region", name="联系人")).to_be_visible()
    drawer.root.get_by_role("region", name="商机").get_by_role("row").nth(1).click()
    expect(drawer.title).to_contain_text("粤华")
    top = Drawer(desktop)
    expect(top.field("销售阶段")).to_be_visible()
    top.click("关闭")
    expect(drawer.title).to_contain_text("广州粤华家电有限公司")
    desktop.keyboard.press("Control+ArrowDown")
    expect(drawer.title).not_to_contain_text("广州粤华家电有限公司")
