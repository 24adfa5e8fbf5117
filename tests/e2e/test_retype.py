"""A field becomes a number 改类型: what will not convert is said, what did not is listed, and all of it comes back."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.designing import Designer
from tests.e2e.pages.records import RecordList
from tests.e2e.pages.shell import Shell

FIELD = "所在地"
BAD = ("待补充", "见附件")


def with_texts(page: Page) -> tuple[Api, dict[str, Any]]:
    """Customers whose 所在地 reads as a number, but for two of them; what they hold by id."""
    api = Api(page).start_trial()
    held = {}
    for place, record in enumerate(api.records("customer", limit=100)):
        text = BAD[place] if place < len(BAD) else f"{place},000"
        path = f"/api/apps/{APP}/forms/customer/records/{record['id']}"
        api.patch(path, {"values": {"office_location": text}, "before": {}})
        held[record["id"]] = text
    return api, held


def now(api: Api) -> dict[str, Any]:
    """What they hold now."""
    return {one["id"]: one["values"]["office_location"] for one in api.records("customer", limit=100)}


def test_a_text_becomes_a_number_and_is_taken_back(desktop: Page) -> None:
    """The report before, the list after, undone by one click."""
    api, held = with_texts(desktop)
    Shell(desktop).go("design/form/customer")
    desktop.get_by_role("group", name=FIELD, exact=True).click()
    designer = Designer(desktop)
    kind = designer.properties.get_by_role("combobox", name="类型")
    kind.fill("数字")
    kind.press("Enter")
    expect(designer.properties).to_contain_text(f"{len(held) - 2} 个值可以转换")
    for bad in BAD:
        expect(designer.properties).to_contain_text(bad)
    designer.publish("所在地改为数字", "2 个值不能转换")
    desktop.get_by_role("button", name="2 个值未能转换").click()
    drawer = desktop.get_by_role("dialog", name="类型转换记录")
    for bad in BAD:
        expect(drawer.get_by_role("textbox", name=f"改写“{bad}”")).to_have_value(bad)
    assert sorted({value for value in now(api).values() if value is not None})[0] == "10000"
    drawer.get_by_role("button", name="撤销转换").click()
    desktop.get_by_role("dialog").filter(has_text="撤销“所在地”").get_by_role("button", name="撤销转换").click()
    expect(drawer).to_be_hidden()
    assert now(api) == held
    Shell(desktop).go("form/customer")
    expect(RecordList(desktop).rows.first).to_be_visible()


def test_values_that_did_not_convert_are_put_in_by_other_words_and_tried_again(
    desktop: Page, shoot: Callable[..., object]
) -> None:
    """One by one in the drawer, with the reason when it still does not convert; all at once after mending."""
    api, held = with_texts(desktop)
    draft = api.get(f"/api/apps/{APP}/draft")
    form = draft["parts"]["forms/customer"]
    fields = [
        {"id": "office_location", "type": "number", "label": FIELD} if one["id"] == "office_location" else one
        for one in form["fields"]
    ]
    body = {"value": {**form, "fields": fields}, "base": draft["hashes"]["forms/customer"]}
    saved = api.put(f"/api/apps/{APP}/draft/forms/customer", body)
    api.post(f"/api/apps/{APP}/publish", {"revision": saved["revision"], "message": ""})
    Shell(desktop).go("design/form/customer")
    desktop.get_by_role("button", name="2 个值未能转换").click()
    drawer = desktop.get_by_role("dialog", name="类型转换记录")
    words = drawer.get_by_role("textbox", name=f"改写“{BAD[0]}”")
    words.fill("还不知道")
    words.press("Enter")
    expect(drawer.get_by_role("button", name="填入")).to_be_enabled()
    shoot(desktop, "retype-again-zh-desktop")
    words.fill("1,234")
    words.press("Enter")
    expect(drawer).to_contain_text("未能转换的 1 个值")
    assert "1234" in now(api).values()
    drawer.get_by_role("button", name="全部重试").click()
    Shell(desktop).says("没有新的值可以转换")
    drawer.get_by_role("button", name="撤销转换").click()
    desktop.get_by_role("dialog").filter(has_text="撤销“所在地”").get_by_role("button", name="撤销转换").click()
    expect(drawer).to_be_hidden()
    assert now(api) == held
