"""A form asks another system while it is filled in, and keeps robots out (前端事件与人机验证)."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Console, Server, Visit, start
from tests.e2e.pages.api import Api
from tests.e2e.pages.designing import Designer
from tests.server.outdoors import Listener, listening

ANSWER = {"data": {"name": "华信科技有限公司", "items": [{"title": "桌子", "n": 2}, {"title": "台灯", "n": 5}]}}
EVERYONE = {"id": "all", "name": "全员", "to": {"everyone": True}, "operations": ["create", "read", "update"]}
FORM = {
    "id": "firm", "name": "供应商", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "number", "type": "text", "label": "信用代码"},
        {"id": "name", "type": "text", "label": "企业名称"},
        {"id": "lines", "type": "subform", "label": "供货", "fields": [
            {"id": "what", "type": "text", "label": "品名"}, {"id": "much", "type": "number", "label": "数量"},
        ]},
    ],
}  # fmt: skip
LINKS = "/api/apps/crm/forms/customer/links"


@pytest.fixture(scope="module")
def outside() -> Iterator[Listener]:
    """Somebody outside who knows companies."""
    with listening() as somebody:
        somebody.answers = [(200, {}, json.dumps(ANSWER).encode())]
        yield somebody


@pytest.fixture(scope="module")
def open_server(server: Server, outside: Listener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose operator lets it ask that somebody; where it listens."""
    web = server.environment["QIAOBAN_WEB"]
    running = start(tmp_path_factory.mktemp("open"), WEB=web, OUTBOUND_ALLOW=outside.host)
    try:
        running.wait_until_ready()
        yield running.address
    finally:
        running.stop()


def own(page: Page, address: str, email: str = "anna@example.com") -> None:
    """A workspace of one's own, with the form: a trial asks nobody outside."""
    account = {"name": "安娜", "email": email, "password": "correct horse", "template": "crm"}
    signed = page.request.post(f"{address}/api/signup", data={**account, "language": "zh-CN"}, timeout=60_000)
    assert signed.ok, signed.text()
    kept = page.request.put(f"{address}/api/apps/crm/draft/forms/firm", data={"value": FORM, "base": ""})
    assert kept.ok, kept.text()
    revision = page.request.get(f"{address}/api/apps/crm/draft").json()["revision"]
    live = page.request.post(f"{address}/api/apps/crm/publish", data={"revision": revision, "message": ""})
    assert live.ok, live.text()


def fill_mapping(drawer: Locator, page: Page, path: str, field: str) -> None:
    """One more line of the mapping: this path into this field."""
    drawer.get_by_role("button", name="添加字段").click()
    drawer.get_by_label("取值路径").last.fill(path)
    drawer.get_by_label("填入的字段").last.click()
    page.locator(".ant-select-dropdown:visible").get_by_title(field, exact=True).click()


def test_an_administrator_sets_up_an_event_and_a_clerk_has_fields_filled_in(
    desktop: Page, open_server: str, outside: Listener, console: Console, shoot: Callable[..., object]
) -> None:
    """From an empty card to a record whose name came from outside."""
    own(desktop, open_server)
    desktop.goto(f"{open_server}/app/crm/design/form/firm")
    pane = Designer(desktop).properties
    pane.get_by_role("tab", name="表单属性").click()
    pane.get_by_role("button", name="前端事件", exact=True).click()
    pane.get_by_role("button", name="添加前端事件").click()
    drawer = desktop.get_by_role("dialog")
    drawer.get_by_label("名称").first.fill("正在查询企业")
    drawer.get_by_label("哪些字段变化时").click()
    desktop.locator(".ant-select-dropdown:visible").get_by_title("信用代码", exact=True).click()
    desktop.keyboard.press("Escape")
    drawer.get_by_role("textbox", name="地址").fill(f"{outside.url}/firms/{{number}}")
    fill_mapping(drawer, desktop, "data.name", "企业名称")
    drawer.get_by_role("textbox", name="信用代码", exact=True).fill("91310000")
    drawer.get_by_role("button", name="发送").click()
    expect(drawer.locator("dl").get_by_text("华信科技有限公司")).to_be_visible()
    shoot(desktop, "event-tried-zh-desktop")
    drawer.get_by_role("button", name="关闭").click()
    Designer(desktop).saved()
    Designer(desktop).publish("查询企业")

    outside.heard.clear()
    desktop.goto(f"{open_server}/app/crm/form/firm?record=new")
    desktop.get_by_label("信用代码").fill("9131/2")
    expect(desktop.get_by_label("企业名称")).to_have_value("华信科技有限公司")
    expect(desktop.get_by_text("已填入：企业名称")).to_be_visible()
    assert [heard.path for heard in outside.heard] == ["/firms/9131%2F2"]
    desktop.get_by_role("button", name="撤销").click()
    expect(desktop.get_by_label("企业名称")).to_have_value("")

    console.expect("409")
    good, outside.answers = outside.answers, [(500, {}, b"")]
    desktop.get_by_label("信用代码").fill("0")
    expect(desktop.get_by_role("alert").get_by_text("手工填写")).to_be_visible()
    outside.answers = good
    desktop.get_by_label("企业名称").fill("手工填写的公司")
    desktop.get_by_role("button", name="保存", exact=True).click()
    expect(desktop.get_by_text("手工填写的公司").first).to_be_visible()


def test_a_row_is_filled_by_two_calls_of_which_the_second_uses_the_first(
    desktop: Page, open_server: str, outside: Listener, shoot: Callable[..., object]
) -> None:
    """Set up in the designer, tried there, published, and set off by typing into a row."""
    own(desktop, open_server, "beate@example.com")
    desktop.goto(f"{open_server}/app/crm/design/form/firm")
    pane = Designer(desktop).properties
    pane.get_by_role("tab", name="表单属性").click()
    pane.get_by_role("button", name="前端事件", exact=True).click()
    pane.get_by_role("button", name="添加前端事件").click()
    drawer = desktop.get_by_role("dialog")
    drawer.get_by_label("哪里的字段").click()
    desktop.locator(".ant-select-dropdown:visible").get_by_title("“供货”的每一行", exact=True).click()
    drawer.get_by_label("哪些字段变化时").click()
    desktop.locator(".ant-select-dropdown:visible").get_by_title("品名", exact=True).click()
    desktop.keyboard.press("Escape")
    drawer.get_by_role("textbox", name="地址").fill(f"{outside.url}/goods/{{what}}")
    drawer.get_by_role("button", name="接着再查询").click()
    drawer.get_by_role("textbox", name="地址").last.fill(f"{outside.url}/prices")
    drawer.get_by_role("button", name="取自上一步答复").click()
    drawer.get_by_label("“key1”的值").fill("@answer.data.name")
    drawer.get_by_role("button", name="添加字段").last.click()
    drawer.get_by_label("取值路径").last.fill("data.items[1].n")
    drawer.get_by_label("填入的字段").last.click()
    desktop.locator(".ant-select-dropdown:visible").get_by_title("数量", exact=True).click()
    shoot(desktop, "event-chain-zh-desktop", True)
    drawer.get_by_role("textbox", name="品名", exact=True).fill("台灯")
    drawer.get_by_role("button", name="发送").click()
    expect(drawer.locator("dl").get_by_text("5", exact=True)).to_be_visible()
    drawer.get_by_role("button", name="关闭").click()
    Designer(desktop).saved()
    Designer(desktop).publish("逐行查询")
    desktop.goto(f"{open_server}/app/crm/form/firm?record=new")
    desktop.get_by_role("button", name="添加一行").click()
    desktop.get_by_role("textbox", name="品名").fill("台灯")
    expect(
        desktop.get_by_role("textbox", name="数量").or_(desktop.get_by_role("spinbutton", name="数量"))
    ).to_have_value("5", timeout=20_000)
    assert any(heard.path.startswith("/prices?key1=%E5%8D%8E") for heard in outside.heard)


def test_a_link_that_keeps_robots_out_lets_a_person_in(
    desktop: Page, visit: Visit, shoot: Callable[..., object]
) -> None:
    """The browser works for a moment; whoever fills in has nothing to do, and nothing is loaded where nobody asks."""
    api = Api(desktop).start_trial()
    terms = {"fields": ["name", "phone"]}
    plain = api.post(LINKS, {"kind": "fill", "terms": terms})
    checked = api.post(LINKS, {"kind": "fill", "terms": {**terms, "captcha": "work"}})
    page = visit("phone")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for link, company in ((plain, "不用验证的公司"), (checked, "验证过的公司")):
        asked.clear()
        page.goto(f"/p/{link['token']}")
        page.get_by_label("客户名称").fill(company)
        page.get_by_role("button", name="提交").click()
        expect(page.get_by_text("提交成功")).to_be_visible(timeout=30_000)
        worked = [url for url in asked if "work" in url or url.endswith("/challenge")]
        assert bool(worked) is (link is checked), worked
        assert [found["values"]["name"] for found in api.records("customer", search=company)] == [company]
    shoot(page, "public-checked-zh-phone")
