"""Everybody can fill in forms and draw them: axe finds nothing serious on any screen, light or dark (无障碍)."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages.api import Api
from tests.e2e.pages.filling import FillPage, with_skin
from tests.e2e.pages.shell import Shell
from tests.e2e.test_accessible import violations

DARK = "localStorage.setItem('qiaoban.mode', 'dark')"
FIELDS = ["company", "contact_name", "mobile", "source", "need"]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_fill_pages_are_accessible(visit: Visit, screen: str, mode: str) -> None:
    """A member's and a stranger's: plain, with what is wrong, with a list open, and in steps."""
    page = visit(screen)
    if mode == "dark":
        page.add_init_script(DARK)
    api = Api(page).start_trial()
    page.goto("/fill/crm/opportunity")
    expect(page.get_by_label("商机名称")).to_be_visible()
    page.get_by_role("button", name="添加一行").click()
    assert violations(page) == []
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert violations(page) == []
    with_skin(api, "lead", hue="orange", cover="band", paging="steps")
    link = api.post("/api/apps/crm/forms/lead/links", {"kind": "fill", "terms": {"fields": FIELDS}})
    page.goto(f"/p/{link['token']}?company=A&contact_name=B&mobile=13800138000")
    fill = FillPage(page)
    fill.is_at(1, 2)
    assert violations(page) == []
    fill.next()
    page.get_by_role("combobox", name="线索来源").click()
    assert violations(page) == []


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_form_designer_is_accessible(visit: Visit, screen: str, mode: str) -> None:
    """The canvas, the form's properties with every panel open, the preview, and the links."""
    page = visit(screen)
    if mode == "dark":
        page.add_init_script(DARK)
    Api(page).start_trial()
    Shell(page).go("design/form/lead")
    expect(page.get_by_role("group", name="公司名称", exact=True)).to_be_visible()
    assert violations(page) == []
    if screen == "phone":
        page.get_by_role("button", name="属性").click()
    page.get_by_role("tab", name="表单属性").click()
    for panel in ("操作按钮", "填写页外观", "提交后"):
        page.get_by_role("button", name=panel).click()
    expect(page.get_by_text("一题一屏")).to_be_visible()
    assert violations(page) == []
    Shell(page).go("design/share/lead")
    expect(page.get_by_text("成员填写页").first).to_be_visible()
    assert violations(page) == []


def test_the_preview_is_accessible(desktop: Page) -> None:
    """The dialog with the form as it will look."""
    Api(desktop).start_trial()
    Shell(desktop).go("design/form/lead")
    desktop.get_by_role("button", name="预览").click()
    expect(desktop.get_by_role("dialog", name="预览").get_by_label("公司名称")).to_be_visible()
    assert violations(desktop) == []
