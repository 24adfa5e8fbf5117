"""A lead becomes a customer, a contact and an opportunity, and is closed (线索转换)."""

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.records import Drawer, RecordList
from tests.e2e.pages.shell import Shell

COMPANY = "青岛海风机械有限公司"


def test_a_lead_becomes_a_customer_a_contact_and_an_opportunity(desktop: Page) -> None:
    """Each begins with what the lead says; the lead names its customer and offers the conversion no more."""
    api = Api(desktop).start_trial()
    api.play("销售小王")
    values = {"company": COMPANY, "contact_name": "孙海", "mobile": "13800138000", "source": "referral"}
    owner = {"owner": api.member("销售小王"), "stage": "new", "region": "east"}
    lead = api.create("lead", {**values, **owner}, submit=False)["id"]
    shell, drawer = Shell(desktop), Drawer(desktop)
    shell.go("form/lead")
    RecordList(desktop).open(COMPANY)
    drawer.click("转为客户")
    expect(drawer.box("客户名称")).to_have_value(COMPANY)
    drawer.click("保存")
    shell.says("已添加")
    (customer,) = api.records("customer", search=COMPANY)
    assert customer["values"]["phone"] == "13800138000"
    closed = api.record("lead", lead)["values"]
    assert (closed["stage"], closed["converted_to"]) == ("converted", customer["id"])
    for button, label, value in (("转为联系人", "姓名", "孙海"), ("转为商机", "商机名称", COMPANY)):
        shell.go(f"form/lead?record={lead}")
        expect(drawer.root.get_by_role("button", name="转为客户")).to_have_count(0)
        drawer.click(button)
        expect(drawer.box(label)).to_have_value(value)
        drawer.click("保存")
        shell.says("已添加")
    (contact,) = api.records("contact", search="孙海")
    (opportunity,) = api.records("opportunity", search=COMPANY)
    assert contact["values"]["customer"] == opportunity["values"]["customer"] == customer["id"]
    assert contact["values"]["mobile"] == "13800138000"
