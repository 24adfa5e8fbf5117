"""Forms on pages of their own: step by step, with the keyboard, and taken up again (填写页)."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console, Visit
from tests.e2e.pages.api import Api
from tests.e2e.pages.filling import FillPage, with_skin
from tests.e2e.pages.shell import Shell

LEAD = "/api/apps/crm/forms/lead/links"
FIELDS = ["company", "contact_name", "mobile", "source", "need"]


def test_a_stranger_fills_a_form_section_by_section(desktop: Page, visit: Visit, shoot: Callable[..., object]) -> None:
    """The next step waits for what must be filled; what is typed is there again after a reload, at its step."""
    api = Api(desktop).start_trial()
    with_skin(api, "lead", hue="teal", paging="steps")
    token = api.post(LEAD, {"kind": "fill", "terms": {"fields": FIELDS}})["token"]
    phone = visit("phone")
    fill = FillPage(phone)
    phone.goto(f"/p/{token}")
    fill.is_at(1, 2)
    fill.next()
    expect(phone.get_by_role("alert").filter(has_text="请填写").first).to_be_visible()
    fill.is_at(1, 2)
    phone.get_by_label("公司名称").fill("步步高有限公司")
    phone.get_by_label("手机").fill("13800138000")
    phone.get_by_label("联系人", exact=True).fill("李一步")
    phone.get_by_label("联系人", exact=True).press("Enter")
    fill.is_at(2, 2)
    shoot(phone, "fill-steps-zh-phone")
    fill.choose("线索来源", "展会")
    expect(phone.get_by_text("第 2 步，共 2 步")).to_be_visible()
    phone.wait_for_function("() => (Object.values(localStorage).join() || '').includes('exhibition')")
    phone.reload()
    fill.is_at(2, 2)
    expect(phone.get_by_role("combobox", name="线索来源")).to_contain_text("展会")
    phone.get_by_role("button", name="上一步").click()
    expect(phone.get_by_label("公司名称")).to_have_value("步步高有限公司")
    fill.next()
    fill.is_at(2, 2)
    box = phone.get_by_role("button", name="提交").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("提交成功")).to_be_visible()
    [found] = api.records("lead", search="步步高有限公司")
    assert found["values"]["source"] == "exhibition"


def test_what_is_wrong_in_a_step_is_told_before_the_next(desktop: Page, visit: Visit, console: Console) -> None:
    """A number that is none and a check over fields that were seen; what comes later is not asked for yet."""
    console.expect("422")
    api = Api(desktop).start_trial()
    check = {"id": "own", "that": "company <> contact_name", "message": "联系人不能是公司", "fields": ["contact_name"]}
    with_skin(api, "lead", paging="steps", checks=[check])
    token = api.post(LEAD, {"kind": "fill", "terms": {"fields": FIELDS}})["token"]
    phone = visit("phone")
    fill = FillPage(phone)
    phone.goto(f"/p/{token}?company=王二&contact_name=王二&mobile=12")
    fill.next()
    expect(phone.get_by_label("手机")).to_be_focused()
    fill.is_at(1, 2)
    phone.get_by_label("手机").fill("13800138000")
    fill.next()
    expect(phone.get_by_role("alert").filter(has_text="联系人不能是公司")).to_be_visible()
    fill.is_at(1, 2)
    phone.get_by_label("公司名称").fill("王二商行")
    fill.next()
    fill.is_at(2, 2)


def test_what_the_server_refuses_leads_back_to_its_step(desktop: Page, visit: Visit, console: Console) -> None:
    """Who could not ask on the way goes on; a wrong mobile number is told at its step, though sent from the last."""
    console.expect("ERR_FAILED|Failed to load resource")
    console.expect("422")
    api = Api(desktop).start_trial()
    with_skin(api, "lead", paging="steps")
    token = api.post(LEAD, {"kind": "fill", "terms": {"fields": FIELDS}})["token"]
    page = visit("desktop")
    fill = FillPage(page)
    page.goto(f"/p/{token}?company=退回有限公司&contact_name=王二&mobile=12")
    page.route("**/judge", lambda route: route.abort())
    fill.next()
    fill.choose("线索来源", "官网")
    page.get_by_role("button", name="提交").click()
    fill.is_at(1, 2)
    expect(page.get_by_label("手机")).to_be_focused()
    page.get_by_label("手机").fill("13800138000")
    fill.next()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("提交成功")).to_be_visible()


def test_a_member_answers_one_question_after_another(phone: Page, shoot: Callable[..., object]) -> None:
    """Enter goes on, what rules hide is passed over, and the record is in the list."""
    api = Api(phone).start_trial()
    rules = [{"id": "when_fair", "when": 'source = "exhibition"', "show": ["need"]}]
    with_skin(api, "lead", paging="questions", rules=rules)
    phone.goto("/fill/crm/lead")
    fill = FillPage(phone)
    steps = int(fill.progress.get_attribute("aria-valuemax") or 0)
    expect(phone.get_by_label("需求描述")).to_have_count(0)
    phone.get_by_label("公司名称").fill("一题一屏有限公司")
    shoot(phone, "fill-questions-zh-phone")
    phone.get_by_label("公司名称").press("Enter")
    fill.is_at(2, steps)
    phone.get_by_label("联系人").fill("赵三")
    source = phone.get_by_role("combobox", name="线索来源")
    while not source.is_visible():
        fill.next()
        if phone.get_by_label("手机").is_visible():
            phone.get_by_label("手机").fill("13800138000")
    fill.choose("线索来源", "展会")
    fill.is_at(int(fill.progress.get_attribute("aria-valuenow") or 0), steps + 1)
    while phone.get_by_role("button", name="下一步").is_visible():
        fill.next()
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("已添加")).to_be_visible()
    assert [one["values"]["source"] for one in api.records("lead", search="一题一屏有限公司")] == ["exhibition"]


def test_a_draft_on_the_server_is_taken_up_at_its_step_on_another_device(phone: Page, visit: Visit) -> None:
    """Somebody begins on a phone, and goes on elsewhere where he left."""
    api = Api(phone).start_trial()
    with_skin(api, "lead", paging="steps")
    phone.goto("/fill/crm/lead")
    fill = FillPage(phone)
    steps = int(fill.progress.get_attribute("aria-valuemax") or 0)
    phone.get_by_label("公司名称").fill("明天接着填有限公司")
    phone.get_by_label("联系人", exact=True).fill("赵三")
    phone.get_by_label("手机").fill("13800138000")
    with phone.expect_response(lambda told: "/drafts/" in told.url and '"step"' in (told.request.post_data or "")):
        fill.next()
        fill.is_at(2, steps)
    other = visit("phone")
    other.context.add_cookies(phone.context.cookies())  # type: ignore[arg-type]
    other.goto("/fill/crm/lead")
    other.get_by_role("button", name="草稿箱").click()
    other.get_by_role("list", name="草稿箱").get_by_role("button").filter(has_text="明天接着填有限公司").click()
    FillPage(other).is_at(2, steps)
    other.get_by_role("button", name="上一步").click()
    expect(other.get_by_label("公司名称")).to_have_value("明天接着填有限公司")


def test_a_fill_page_of_nobody_asks_to_sign_in(desktop: Page, console: Console) -> None:
    """And a form that is not there is told so."""
    console.expect("401|404")
    desktop.goto("/fill/crm/lead?company=A")
    expect(desktop).to_have_url("/signin?next=%2Ffill%2Fcrm%2Flead%3Fcompany%3DA")
    Api(desktop).start_trial()
    desktop.goto("/fill/crm/lead?company=%E9%A2%84%E5%A1%AB%E5%85%AC%E5%8F%B8")
    expect(desktop.get_by_label("公司名称")).to_have_value("预填公司")
    desktop.goto("/fill/crm/nowhere")
    expect(desktop.get_by_text("找不到这个页面")).to_be_visible()
    Shell(desktop).go("form/lead")
