"""An administrator opens a form to anybody, and somebody without an account fills it in (公开发布)."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console, Visit
from tests.e2e.pages.api import Api
from tests.e2e.pages.shell import Shell

LINKS = "/api/apps/crm/forms/customer/links"


def choose(page: Page, group: int, *labels: str) -> None:
    """Tick just these fields in the n-th group of boxes."""
    boxes = page.locator(".ant-form-item:has(.ant-checkbox)").nth(group)
    for label in labels:
        boxes.get_by_role("checkbox", name=label, exact=True).check()


def test_a_stranger_fills_in_what_an_administrator_opened(
    desktop: Page, visit: Visit, shoot: Callable[..., object]
) -> None:
    """From the button in the designer to the record in the list."""
    api = Api(desktop).start_trial()
    Shell(desktop).go("design/share/customer")
    desktop.get_by_role("button", name="新建链接").click()
    desktop.get_by_role("menuitem", name="新建填写链接").click()
    desktop.get_by_label("页面标题").fill("供应商登记")
    desktop.get_by_role("button", name="全不选").click()
    choose(desktop, 0, "客户名称", "电话")
    desktop.get_by_role("button", name="保存", exact=True).click()
    expect(desktop.get_by_text("已收集 0 条")).to_be_visible()
    address = desktop.get_by_role("link", name="打开看看").get_attribute("href") or ""

    phone = visit("phone")
    phone.goto(address)
    expect(phone.get_by_role("heading", name="供应商登记")).to_be_visible()
    expect(phone.get_by_label("客户级别")).to_have_count(0)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("请填写").first).to_be_visible()
    phone.get_by_label("客户名称").fill("陌生人有限公司")
    shoot(phone, "public-fill-zh-phone")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("提交成功")).to_be_visible()
    found = api.records("customer", search="陌生人有限公司")
    assert [record["values"]["name"] for record in found] == ["陌生人有限公司"]
    desktop.reload()
    expect(desktop.get_by_text("已收集 1 条")).to_be_visible()


def test_what_a_stranger_typed_without_a_line_is_sent_once_it_is_back(
    desktop: Page, visit: Visit, console: Console
) -> None:
    """Nothing typed is lost, and it comes in once."""
    console.expect("ERR_INTERNET_DISCONNECTED")
    api = Api(desktop).start_trial()
    link = api.post(LINKS, {"kind": "fill", "terms": {"fields": ["name", "phone"]}})
    page = visit("phone")
    page.goto(f"/p/{link['token']}?name=离线公司")
    expect(page.get_by_label("客户名称")).to_have_value("离线公司")
    page.context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("联网后自动提交")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("提交成功")).to_be_visible()
    assert len(api.records("customer", search="离线公司")) == 1


def test_a_lookup_asks_for_the_password_and_shows_only_what_was_chosen(
    desktop: Page, visit: Visit, console: Console
) -> None:
    """A wrong password, a wrong name, then the record."""
    console.expect("403")
    api = Api(desktop).start_trial()
    known = api.records("customer", limit=1)[0]["values"]["name"]
    terms = {"fields": ["name", "region"], "asked": ["name"]}
    link = api.post(LINKS, {"kind": "query", "terms": terms, "password": "芝麻开门"})
    page = visit("desktop")
    page.goto(f"/p/{link['token']}")
    for password in ("猜一猜", "芝麻开门"):
        page.get_by_label("请输入访问密码").fill(password)
        page.get_by_role("button", name="进入").click()
        if password == "猜一猜":
            expect(page.get_by_text("访问密码不对")).to_be_visible()
    page.get_by_label("客户名称").fill("没有这家公司")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("没有查到")).to_be_visible()
    page.get_by_label("客户名称").fill(known)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("status").get_by_text(known)).to_be_visible()
    expect(page.get_by_role("status").locator("dt")).to_have_text(["客户名称", "区域"])
