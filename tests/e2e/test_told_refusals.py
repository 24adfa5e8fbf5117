"""A test of a group's robot and of mail says in the page what to do when it is refused (测试机器人与邮件)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console, Server, Visit, start
from tests.server.outdoors import Listener, listening
from tests.server.works import posting

Shoot = Callable[..., Path]
WORDS = {
    "zh-CN": (
        "测试消息已发到“销售群”",
        "签名没有通过",
        "给我发一封测试邮件",
        "收件人 anna@example.com",
        "发送测试消息",
    ),
    "en-US": (
        "was sent to “销售群”",
        "signature was not accepted",
        "Send me a test mail",
        "for anna@example.com",
        "Send a test message",
    ),
}


@pytest.fixture(scope="module")
def chat() -> Iterator[Listener]:
    """The server of a chat."""
    with listening() as somebody:
        yield somebody


@pytest.fixture(scope="module")
def address(server: Server, chat: Listener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a mail server, whose operator lets it call the chat."""
    with posting() as (_, port):
        web = server.environment["QIAOBAN_WEB"]
        mail = f"smtp://127.0.0.1:{port}?from=robot@example.com"
        running = start(tmp_path_factory.mktemp("told"), WEB=web, OUTBOUND_ALLOW=chat.host, SMTP_URL=mail)
        try:
            running.wait_until_ready()
            yield running.address
        finally:
            running.stop()


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A busy machine draws slowly: what is expected may take its time."""
    expect.set_options(timeout=25_000)
    yield
    expect.set_options(timeout=5_000)


def settled(page: Page, address: str, chat: Listener, language: str) -> None:
    """Anna signs in to a workspace of her own with a robot of each kind."""
    page.set_default_timeout(30_000)
    account = {"email": "anna@example.com", "password": "correct horse"}
    headers = {"X-Requested-With": "qiaoban"}
    new = {**account, "name": "安娜", "language": "zh-CN" if language == "zh-CN" else "en", "template": "crm"}
    made = page.request.post(f"{address}/api/signup", data=new, headers=headers, timeout=60_000)
    if not made.ok:
        assert page.request.post(f"{address}/api/signin", data=account, headers=headers).ok, made.text()
    robots = [
        {"name": "销售群", "kind": kind, "url": f"{chat.url}/{kind}", "secret": "" if kind == "wecom" else "s"}
        for kind in ("wecom", "dingtalk", "feishu")
    ]
    kept = page.request.put(f"{address}/api/workspace/robots", data={"robots": robots}, headers=headers)
    assert kept.ok, kept.text()


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_each_robot_is_tested_and_a_refusal_says_what_to_do(
    visit: Visit, address: str, chat: Listener, console: Console, shoot: Shoot, language: str
) -> None:
    console.expect("409")
    page = visit("desktop", locale=language, address=address)
    settled(page, address, chat, language)
    page.goto("/settings/robots")
    done, refused, *_ = WORDS[language]
    buttons = page.get_by_role("button", name=WORDS[language][4])
    expect(buttons).to_have_count(3)
    chat.heard.clear()
    for place in range(3):
        chat.answers = [(200, {}, b"{}")]
        buttons.nth(place).click()
        expect(page.get_by_role("status").filter(has_text=done)).to_have_count(place + 1)
    assert [one.path.partition("?")[0] for one in chat.heard] == ["/wecom", "/dingtalk", "/feishu"]
    chat.answers = [(200, {}, json.dumps({"code": 19021, "msg": "sign match fail"}).encode())]
    buttons.nth(2).click()
    expect(page.get_by_role("alert").filter(has_text=refused)).to_contain_text("19021")
    shoot(page, f"robots-tested-{language}-desktop")


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_an_administrator_sends_himself_a_test_mail(
    visit: Visit, address: str, chat: Listener, shoot: Shoot, language: str
) -> None:
    page = visit("desktop", locale=language, address=address)
    settled(page, address, chat, language)
    page.goto("/settings/notices")
    _, _, button, done, *_ = WORDS[language]
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status").filter(has_text=done)).to_be_visible()
    shoot(page, f"mail-tested-{language}-desktop")
