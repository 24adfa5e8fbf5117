"""A form is drawn with many fields, looked at as others, and given buttons that change records (表单设计)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.designing import Designer
from tests.e2e.pages.shell import Shell

FORMS = f"/api/apps/{APP}/draft/forms"


def keep(api: Api, form: str, **more: object) -> dict[str, object]:
    """The draft of the form with more, not published."""
    draft = api.get(f"/api/apps/{APP}/draft")
    value = {**draft["parts"][f"forms/{form}"], **more}
    api.put(f"{FORMS}/{form}", {"value": value, "base": draft["hashes"][f"forms/{form}"]})
    return value


def test_the_preview_is_drawn_as_a_role_would_see_it(desktop: Page, shoot: Callable[..., object]) -> None:
    """What the permission group hides is away, what it only lets read is locked; administrators see all."""
    api = Api(desktop).start_trial()
    groups = api.get(f"/api/apps/{APP}/draft")["parts"]["forms/customer"]["groups"]
    for group in groups:
        group |= {"hide": ["phone"], "write": ["name"]}
    keep(api, "customer", groups=groups)
    Shell(desktop).go("design/form/customer")
    desktop.get_by_role("button", name="预览").click()
    dialog = desktop.get_by_role("dialog", name="预览")
    expect(dialog.get_by_label("电话")).to_be_visible()
    dialog.get_by_role("combobox", name="以谁的身份预览").fill("销售人员")
    desktop.locator(".ant-select-item-option").filter(has_text="销售人员").first.click()
    expect(dialog.get_by_label("电话")).to_have_count(0)
    expect(dialog.get_by_label("客户名称")).to_be_enabled()
    expect(dialog.get_by_label("客户级别")).to_be_disabled()
    dialog.get_by_text("手机", exact=True).first.click()
    shoot(desktop, "design-preview-as-zh-desktop")


def test_an_action_sets_its_record_once_the_other_is_kept(desktop: Page) -> None:
    """The button is made in the designer; pressing it makes a contact and moves the lead on."""
    api = Api(desktop).start_trial()
    keep(api, "lead", actions=[])
    Shell(desktop).go("design/form/lead")
    designer = Designer(desktop)
    pane = designer.properties
    pane.get_by_role("tab", name="表单属性").click()
    pane.get_by_role("button", name="操作按钮").click()
    pane.get_by_role("button", name="添加操作").click()
    pane.get_by_label("按钮文字").fill("记为跟进")
    pane.get_by_role("combobox", name="新建哪张表单的数据").click()
    desktop.locator(".ant-select-item-option[title='跟进记录']").last.click()
    pane.get_by_role("combobox", name="选择字段: 完成后，把这条数据设为").click()
    desktop.locator(".ant-select-item-option[title='线索状态']").last.click()
    pane.get_by_role("group", name="线索状态").get_by_role("combobox").click()
    desktop.locator(".ant-select-item-option").filter(has_text="跟进中").last.click()
    designer.saved()
    [action] = api.get(f"/api/apps/{APP}/draft")["parts"]["forms/lead"]["actions"]
    assert action["target"] == "follow_up"
    assert list(action["then_set"]) == ["stage"]


@pytest.mark.parametrize("count", [200])
def test_fields_are_chosen_copied_and_moved_with_the_keyboard(desktop: Page, count: int) -> None:
    """Several at once, into another form too; a hundred steps and more are undone; what is far away is drawn late."""
    api = Api(desktop).start_trial()
    fields = [{"id": f"f_{at}", "type": "text", "label": f"字段{at}"} for at in range(count)]
    api.put(f"{FORMS}/many", {"value": {"id": "many", "name": "很多", "fields": fields}, "base": ""})
    Shell(desktop).go("design/form/many")
    canvas = desktop.get_by_role("main")
    card = lambda name: canvas.get_by_role("group", name=name, exact=True)  # noqa: E731
    expect(card("字段199")).to_be_attached()
    card("字段1").click()
    card("字段3").click(modifiers=["Shift"])
    expect(canvas.locator("[data-selected=true]")).to_have_count(3)
    desktop.keyboard.press("Control+c")
    desktop.keyboard.press("Control+d")
    expect(canvas.locator("[data-field]")).to_have_count(count + 3)
    desktop.keyboard.press("Control+z")
    expect(canvas.locator("[data-field]")).to_have_count(count)
    card("字段5").click()
    for _ in range(110):
        desktop.keyboard.press("Control+d")
    expect(canvas.locator("[data-field]")).to_have_count(count + 110)
    for _ in range(110):
        desktop.keyboard.press("Control+z")
    expect(canvas.locator("[data-field]")).to_have_count(count)
    desktop.keyboard.press("Escape")
    expect(canvas.locator("[data-selected=true]")).to_have_count(0)
    desktop.keyboard.press("ArrowDown")
    expect(card("字段0")).to_have_attribute("data-selected", "true")
    desktop.keyboard.press("Alt+ArrowDown")
    expect(canvas.locator("[data-field]").nth(1)).to_have_attribute("data-field", "f_0")
    Designer(desktop).saved()
