"""Records that point to a record (关联数据) are typed where they stand: changed, added, removed, and merged."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Console
from tests.e2e.pages.api import Api
from tests.e2e.pages.shell import Shell


def contacts(page: Page) -> tuple[Api, dict[str, Any], Locator]:
    """A customer with one contact, its related records open; answers the contact and the list."""
    api = Api(page).start_trial()
    customer = api.create("customer", {"name": "就地客户"})
    contact = api.create(
        "contact", {"name": "王工", "customer": customer["id"], "position": "采购", "email": "wang@example.com"}
    )
    Shell(page).go(f"form/customer?record={customer['id']}&tab=related")
    area = page.get_by_role("region", name="联系人", exact=True)
    expect(area.get_by_text("王工").first).to_be_visible()
    return api, contact, area


def edit(area: Locator) -> None:
    """Begin to type into the contact."""
    button = area.get_by_role("button", name="就地编辑“王工”")
    button.focus()
    button.press("Enter")
    expect(area.get_by_role("textbox", name="职务", exact=True)).to_be_visible()


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_related_record_is_changed_where_it_stands(screen: str, request: pytest.FixtureRequest) -> None:
    """With the keyboard: Enter keeps it. Escape leaves it as it was, and the page open."""
    page: Page = request.getfixturevalue(screen)
    api, contact, area = contacts(page)
    edit(area)
    area.get_by_role("textbox", name="职务", exact=True).fill("总监")
    area.get_by_role("textbox", name="职务", exact=True).press("Escape")
    expect(area.get_by_text("采购").first).to_be_visible()
    edit(area)
    area.get_by_role("textbox", name="职务", exact=True).fill("经理")
    area.get_by_role("textbox", name="职务", exact=True).press("Enter")
    expect(area.get_by_text("经理").first).to_be_visible()
    assert api.record("contact", contact["id"])["values"]["position"] == "经理"


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_related_record_is_added_and_removed_where_it_stands(
    screen: str, request: pytest.FixtureRequest, console: Console
) -> None:
    """What must be filled in is said at its field, by the rules of the other form."""
    console.expect("422")
    page: Page = request.getfixturevalue(screen)
    api, contact, area = contacts(page)
    area.get_by_role("button", name="添加", exact=True).click()
    area.get_by_role("button", name="保存", exact=True).click()
    expect(area.get_by_role("alert").first).to_contain_text("姓名")
    area.get_by_role("textbox", name="姓名", exact=True).fill("李工")
    area.get_by_role("button", name="保存", exact=True).click()
    expect(area.get_by_role("alert").first).to_contain_text("至少填写一项")
    area.get_by_role("textbox", name="手机", exact=True).fill("13800000001")
    area.get_by_role("button", name="保存", exact=True).click()
    expect(area.get_by_role("button", name="就地编辑“李工”")).to_have_count(1)
    made = next(one for one in api.records("contact") if one["values"]["name"] == "李工")
    assert made["values"]["customer"] == contact["values"]["customer"]
    button = area.get_by_role("button", name="删除“王工”")
    button.focus()
    button.press("Enter")
    expect(area.get_by_text("王工")).to_have_count(0)


def test_two_people_at_one_related_record_are_asked_which_to_keep(desktop: Page, console: Console) -> None:
    console.expect("409")
    api, contact, area = contacts(desktop)
    edit(area)
    area.get_by_role("textbox", name="职务", exact=True).fill("经理")
    theirs = {"values": {"position": "主管"}, "before": {"position": "采购"}}
    api.patch(f"/api/apps/crm/forms/contact/records/{contact['id']}", theirs)
    area.get_by_role("textbox", name="职务", exact=True).press("Enter")
    dialog = desktop.get_by_role("dialog", name="有人同时修改了相同的字段")
    expect(dialog).to_contain_text("主管")
    dialog.get_by_role("button", name=re.compile("按所选保存")).click()
    expect(area.get_by_text("经理").first).to_be_visible()
    assert api.record("contact", contact["id"])["values"]["position"] == "经理"


def test_who_may_only_read_the_other_form_is_offered_nothing_to_type(desktop: Page) -> None:
    """The server decides again, whatever the page shows."""
    api, _, _ = contacts(desktop)
    draft = api.get("/api/apps/crm/draft")
    form = draft["parts"]["forms/contact"]
    groups = [{"id": "all", "name": "全员", "to": {"everyone": True}, "operations": ["read"]}]
    put = {"value": {**form, "groups": groups}, "base": draft["hashes"]["forms/contact"]}
    revision = api.put("/api/apps/crm/draft/forms/contact", put)["revision"]
    api.post("/api/apps/crm/publish", {"message": "", "revision": revision})
    api.play("销售小王")
    mine = api.create("customer", {"name": "我的客户"})
    api.play("陈总")
    api.create("contact", {"name": "赵工", "customer": mine["id"], "email": "zhao@example.com"})
    api.play("销售小王")
    Shell(desktop).go(f"form/customer?record={mine['id']}&tab=related")
    area = desktop.get_by_role("region", name="联系人", exact=True)
    expect(area.get_by_text("赵工").first).to_be_visible()
    expect(area.get_by_role("button", name="就地编辑“赵工”")).to_have_count(0)
    expect(area.get_by_role("button", name="添加", exact=True)).to_have_count(0)
