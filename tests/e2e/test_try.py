"""A visitor owns a CRM within seconds, plays its people, and keeps it (立即体验)."""

import sys
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages.shell import Shell

SECONDS_TO_A_DASHBOARD = 5
PASSWORD = "a-long-enough-password"


def try_it(page: Page, button: str) -> float:
    """Clicks the one button; answers the seconds until charts are drawn."""
    page.goto("/")
    invitation = page.get_by_role("button", name=button)
    expect(invitation).to_be_enabled()
    began = time.monotonic()
    invitation.click()
    expect(page.get_by_role("main").locator("canvas").first).to_be_visible(timeout=15_000)
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("locale", "button", "menu", "entry"),
    [("zh-CN", "立即体验", "菜单", "客户"), ("en-US", "Try it now", "Menu", "Customer")],
    ids=["zh", "en"],
)
def test_one_click_leads_to_a_dashboard_with_charts(
    visit: Callable[..., Page], locale: str, button: str, menu: str, entry: str
) -> None:
    """No sign-up, no question; everything in the visitor's language."""
    page = visit("desktop", locale)
    seconds = try_it(page, button)
    sys.stdout.write(f"click to dashboard ({locale}): {seconds:.2f} s\n")
    assert seconds < SECONDS_TO_A_DASHBOARD
    expect(page.get_by_role("navigation", name=menu).get_by_role("link", name=entry, exact=True)).to_be_visible()


def test_a_phone_gets_the_same_dashboard(visit: Callable[..., Page]) -> None:
    """One column, nothing wider than the screen."""
    page = visit("phone")
    assert try_it(page, "立即体验") < SECONDS_TO_A_DASHBOARD
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_visitor_plays_others_and_keeps_the_trial(desktop: Page) -> None:
    """The salesman sees less than the owner; name, e-mail and password keep everything."""
    try_it(desktop, "立即体验")
    shell = Shell(desktop)
    shell.play("销售小王")
    expect(shell.menu.get_by_role("link", name="发布与版本")).to_have_count(0)
    shell.play("陈总")
    expect(shell.menu.get_by_role("link", name="发布与版本")).to_be_visible()
    desktop.get_by_test_id("keep").click()
    dialog = desktop.get_by_role("dialog", name="保存为正式账号")
    dialog.get_by_label("你的姓名").fill("陈立")
    dialog.get_by_label("邮箱").fill("chen@example.com")
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="保存").click()
    shell.says("已保存。以后用 chen@example.com 登录")
    expect(desktop.get_by_test_id("persona")).to_have_count(0)
    shell.account("退出登录")
    expect(desktop.get_by_role("button", name="立即体验")).to_be_visible()
    desktop.get_by_role("link", name="登录").click()
    desktop.get_by_label("邮箱").fill("chen@example.com")
    desktop.get_by_label("密码").fill(PASSWORD)
    desktop.get_by_role("button", name="登录").click()
    expect(shell.menu.get_by_role("link", name="客户", exact=True)).to_be_visible()
