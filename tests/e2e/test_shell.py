"""The frame around an app: search, help, apps, both languages (应用框架)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api


@pytest.fixture
def list_page(desktop: Page) -> Page:
    """The customers of a fresh trial, on a desk, in Chinese."""
    Api(desktop).start_trial()
    desktop.goto("/app/crm/form/customer")
    expect(desktop.get_by_role("row").nth(3)).to_be_visible()
    return desktop


def test_a_record_is_found_from_anywhere(list_page: Page) -> None:
    """Ctrl+K, two characters, Enter: the record is open."""
    list_page.get_by_role("link", name="产品", exact=True).click()
    expect(list_page.get_by_role("heading", name="产品")).to_be_visible()
    list_page.keyboard.press("Control+k")
    list_page.get_by_role("combobox", name="搜索数据或跳转").fill("苏州华信")
    found = list_page.get_by_role("option", name="苏州华信精密制造有限公司")
    expect(found).to_be_visible()
    list_page.keyboard.press("Enter")
    expect(list_page.get_by_role("dialog").get_by_role("heading", name="苏州华信精密制造有限公司")).to_be_visible()
    assert "/form/customer?record=" in list_page.url


def test_help_opens_at_the_page_of_the_screen(list_page: Page) -> None:
    """And speaks the other language after a click; the function table can be searched."""
    list_page.keyboard.press("?")
    help = list_page.get_by_role("dialog")
    expect(help.get_by_role("button", name="数据列表")).to_have_attribute("aria-current", "page")
    help.get_by_role("button", name="公式", exact=True).click()
    help.get_by_role("searchbox", name="搜索函数名或用途").fill("VLOOKUP不存在")
    expect(help.get_by_text("没有找到")).to_be_visible()
    help.get_by_role("searchbox", name="搜索函数名或用途").fill("SUMIF")
    expect(help.get_by_text("SUMIF(", exact=False).first).to_be_visible()


def test_samples_leave_and_an_empty_app_comes(list_page: Page) -> None:
    """Both from the menu behind the app's name."""
    list_page.get_by_test_id("app-switch").click()
    list_page.get_by_role("menuitem", name="清空示例数据").click()
    list_page.get_by_role("dialog").get_by_role("button", name="清空示例数据").click()
    expect(list_page.get_by_text("还没有客户")).to_be_visible(timeout=15_000)
    list_page.get_by_test_id("app-switch").click()
    list_page.get_by_role("menuitem", name="新建应用").click()
    dialog = list_page.get_by_role("dialog", name="新建应用")
    dialog.get_by_role("radio", name="空白应用").check()
    dialog.get_by_role("button", name="创建").click()
    expect(dialog.get_by_text("请填写这一项")).to_be_visible()
    dialog.get_by_label("应用名称").fill("行政管理")
    dialog.get_by_role("button", name="创建").click()
    expect(list_page.get_by_test_id("app-switch")).to_have_text("行政管理")
    expect(list_page.get_by_text("还没有表单 1")).to_be_visible()


def test_a_workspace_without_apps_offers_the_first_one(visit: Callable[..., Page]) -> None:
    """In English, from signing up to the CRM."""
    page = visit("desktop", "en-US")
    page.goto("/signup")
    page.get_by_label("Company or team").fill("Acme")
    page.get_by_label("Your name").fill("Ann Lee")
    page.get_by_label("E-mail").fill("ann.shell@example.com")
    page.get_by_label("Password").fill("a-long-enough-password")
    page.get_by_label("Also install the CRM").uncheck()
    page.get_by_role("button", name="Create workspace").click()
    expect(page.get_by_text("There is no app in this workspace yet")).to_be_visible()
    page.get_by_test_id("new-app").click()
    page.get_by_role("dialog").get_by_role("button", name="Create").click()
    expect(page.get_by_role("navigation", name="Menu").get_by_role("link", name="Customer", exact=True)).to_be_visible()


def test_the_other_language_is_one_click_away_and_stays(list_page: Page) -> None:
    """Words of the frame, of the page and of the data's labels change together."""
    list_page.get_by_test_id("language").click()
    expect(list_page.get_by_role("button", name="Import")).to_be_visible()
    expect(list_page.get_by_role("link", name="My to-do")).to_be_visible()
    expect(list_page.get_by_role("columnheader", name="Customer name")).to_be_visible()
    list_page.reload()
    expect(list_page.get_by_role("button", name="Import")).to_be_visible()


def test_the_first_page_needs_little_and_only_one_language(visit: Callable[..., Page]) -> None:
    """No component library, no words of the other language, before anybody has clicked."""
    page = visit("phone", "en-US")
    asked: list[str] = []
    sizes: list[int] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto("/")
    expect(page.get_by_role("button", name="Try it now")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "zh_CN" in url or "furnished" in url]
    assert 0 < sum(sizes) < 200_000
