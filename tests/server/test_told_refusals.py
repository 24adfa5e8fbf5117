"""Tests of robots and of mail say what to do when they are refused, in both languages (测试与失败的说明)."""

import json
from collections.abc import Iterator

import pytest

from builder.problem import LANGUAGES, sentence
from tests.server.outdoors import Listener, listening
from tests.server.site import Person, Site
from tests.server.works import Post, Works, allow, employ, posting

ROBOTS = "/api/workspace/robots"
MAIL = "/api/workspace/mail/test"


@pytest.fixture
def works(site: Site) -> Works:
    """Ann and Bob."""
    return employ(site)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A chat's server."""
    with listening() as somebody:
        yield somebody


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    """A mail server and its port."""
    with posting() as office:
        yield office


def told_by(works: Works, listener: Listener, kind: str, status: int) -> str:
    """A robot of this kind is tested; answers the code of what was refused."""
    allow(works, listener.host)
    robots = [{"name": kind, "kind": kind, "url": f"{listener.url}/{kind}", "secret": "s"}]
    id = works.ann.ask("PUT", ROBOTS, {"robots": robots})["robots"][0]["id"]
    return str(works.ann.post(f"{ROBOTS}/{id}/test", {}, status).get("code", ""))


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_robot_hears_the_workspaces_name_which_may_be_its_keyword(
    works: Works, listener: Listener, kind: str
) -> None:
    assert told_by(works, listener, kind, 200) == ""
    name = works.ann.get("/api/session")["workspace"]["name"]
    assert name in json.dumps(listener.heard[0].json, ensure_ascii=False)


@pytest.mark.parametrize(("kind", "status", "answer", "code"), [
    ("wecom", 200, {"errcode": 93000, "errmsg": "invalid webhook url, hint: [x]"}, "robot_address"),
    ("wecom", 200, {"errcode": 45009, "errmsg": "api freq out of limit"}, "robot_often"),
    ("dingtalk", 200, {"errcode": 300005, "errmsg": "token is not exist"}, "robot_address"),
    ("dingtalk", 200, {"errcode": 310000, "errmsg": "sign not match"}, "robot_sign"),
    ("dingtalk", 200, {"errcode": 310000, "errmsg": "keywords not in content"}, "robot_keyword"),
    ("dingtalk", 200, {"errcode": 310000, "errmsg": "ip 1.2.3.4 not in whitelist"}, "robot_ip"),
    ("feishu", 200, {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}, "robot_address"),
    ("feishu", 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}, "robot_sign"),
    ("feishu", 200, {"code": 19024, "msg": "Key Words Not Found"}, "robot_keyword"),
    ("feishu", 200, {"code": 19022, "msg": "Ip Not Allowed"}, "robot_ip"),
    ("feishu", 404, {}, "robot_address"),
    ("feishu", 500, {}, "robot_refused"),
    ("feishu", 200, {"code": 1, "msg": "something else"}, "robot_refused"),
])  # fmt: skip
def test_what_a_robot_refuses_is_told_with_what_to_do(
    works: Works, listener: Listener, kind: str, status: int, answer: dict[str, object], code: str
) -> None:
    listener.answers = [(status, {}, json.dumps(answer).encode())]
    assert told_by(works, listener, kind, 409) == code
    said = [sentence(code, language, {"reason": "x"}) for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES)
    assert code not in said


def mailed(works: Works, url: str) -> str:
    """A test mail by this server; answers the code of what was refused, after the sentence is looked at."""
    works.site.wired.settings.smtp_url = url
    refused = works.ann.post(MAIL, {}, 409)
    assert "secret" not in json.dumps(refused)
    return str(refused["code"])


def test_an_administrator_sends_himself_a_test_mail(works: Works, post: tuple[Post, int]) -> None:
    keeper, port = post
    works.site.wired.settings.smtp_url = f"smtp://127.0.0.1:{port}?from=robot@example.com"
    assert works.ann.post(MAIL, {}) == {"address": "ann@example.com"}
    [mail] = keeper.mails
    assert (mail["From"], mail["To"]) == ("robot@example.com", "ann@example.com")
    works.bob.post(MAIL, {}, 403)
    assert len(keeper.mails) == 1


def test_what_a_mail_server_refuses_is_told_with_what_to_do(
    works: Works, listener: Listener, post: tuple[Post, int]
) -> None:
    keeper, port = post
    assert mailed(works, "") == "mail_off"
    assert mailed(works, "smtp://127.0.0.1:1") == "mail_unreachable"
    assert mailed(works, f"smtps://127.0.0.1:{port}") == "mail_insecure"
    assert mailed(works, f"smtp://ann:secret@127.0.0.1:{port}") in ("mail_login", "mail_refused")
    keeper.refuses = 1
    assert mailed(works, f"smtp://127.0.0.1:{port}") in ("mail_refused", "mail_recipient")
    assert keeper.mails == []


def test_a_trial_mails_nobody(boss: Person, site: Site, post: tuple[Post, int]) -> None:
    keeper, port = post
    site.wired.settings.smtp_url = f"smtp://127.0.0.1:{port}"
    assert boss.post(MAIL, {}, 409)["code"] == "outbound_trial"
    assert keeper.mails == []
