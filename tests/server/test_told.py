"""What people are told 消息: the message centre, mails, robots, and nothing from a trial; the working calendar."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from server.robots import Robot, request_of
from tests.server.outdoors import Listener, listening
from tests.server.site import Site
from tests.server.works import CALL, Post, Works, allow, employ, install, posting, publish


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Somebody outside."""
    with listening() as somebody:
        yield somebody


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    """A mail server and its port."""
    with posting() as office:
        yield office


@pytest.fixture
def works(site: Site) -> Works:
    """Ann and Bob."""
    return employ(site)


@pytest.fixture
def everywhere(any_site: Site) -> Works:
    """Ann and Bob, on each database."""
    return employ(any_site)


# --- notices --------------------------------------------------------------------------------------------------------

NODE = {"type": "notify", "assignees": [{"initiator": True}], "message": "Deal {name} of {amount}"}


def test_the_message_centre_tells_and_forgets_what_was_read(works: Works) -> None:
    install(works, NODE)
    record = works.submit(amount="5")
    told = works.bob.get("/api/notices")
    assert (told["unread"], [one["sentence"] for one in told["notices"]]) == (1, ["New task: Deal 1 (Bob)"])
    assert told["notices"][0]["record"] == record
    task = works.bob.get(f"/api/tasks/{told['notices'][0]['task']}")
    assert task["card"]["record"] == record
    assert works.bob.post("/api/notices/read", {"ids": [told["notices"][0]["id"]]}) == {"unread": 0}
    assert works.bob.get("/api/notices?unread=true")["notices"] == []
    works.bob.post(f"/api/tasks/{told['notices'][0]['task']}/act", {"action": "approve"})
    mine = works.ann.get("/api/notices")["notices"]
    assert [one["sentence"] for one in mine] == ["Approved: Deal 1", "Deal Deal 1 of 5"]


def test_who_owns_a_public_link_hears_of_what_a_stranger_sent(works: Works) -> None:
    """The record comes in in his name, but he did not do it himself."""
    install(works, NODE)
    terms = {"fields": ["name"], "owner": works.ids["Bob"]}
    made = works.ann.post("/api/apps/own/forms/deal/links", {"kind": "fill", "terms": terms}, 201)
    sent = {"values": {"name": "From outside"}}
    works.site.visitor().post(f"/api/public/{made['token']}/records", sent, status=201)
    told = [one["sentence"] for one in works.bob.get("/api/notices")["notices"]]
    assert "New task: From outside (Bob)" in told


def test_nobody_reads_the_notices_of_another(works: Works) -> None:
    install(works, NODE)
    works.submit()
    id = works.bob.get("/api/notices")["notices"][0]["id"]
    works.ann.post("/api/notices/read", {"ids": [id]})
    assert works.bob.get("/api/notices/count") == {"unread": 1}


def test_whoever_does_not_want_to_hear_of_a_kind_does_not(works: Works) -> None:
    install(works, NODE)
    chosen = works.bob.ask("PUT", "/api/notices/channels", {"channels": {"task_opened": ["mail"]}, "language": "zh-CN"})
    assert chosen["channels"]["task_opened"] == ["mail"]
    works.submit()
    assert works.bob.get("/api/notices")["notices"] == []
    works.bob.ask("PUT", "/api/notices/channels", {"channels": {"nonsense": ["app"]}}, status=422)


def test_mails_are_gathered_and_written_in_the_receivers_language(everywhere: Works, post: tuple[Post, int]) -> None:
    works = everywhere
    keeper, port = post
    install(works, NODE)
    settings = works.site.wired.settings
    settings.smtp_url = f"smtp://127.0.0.1:{port}?from=robot@example.com"
    settings.public_url = "https://q.example/"
    works.bob.ask("PUT", "/api/notices/channels", {"channels": {}, "language": "zh-CN"})
    works.submit()
    works.submit()
    works.pass_time(timedelta(minutes=1))
    mails = {str(mail["To"]): mail for mail in keeper.mails}
    assert len(keeper.mails) == 2
    mail = mails["bob@example.com"]
    assert (mail["From"], mail["Subject"]) == ("robot@example.com", mail["Subject"])
    plain = mail.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    assert text.count("新待办：Deal 1（Bob）") == 2
    assert "https://q.example/app/own/tasks/todo?task=" in text
    works.pass_time(timedelta(minutes=1))
    assert len(keeper.mails) == 2


def test_a_busy_mail_server_is_asked_again_and_the_mail_comes_once(works: Works, post: tuple[Post, int]) -> None:
    keeper, port = post
    install(works, NODE)
    works.site.wired.settings.smtp_url = f"smtp://127.0.0.1:{port}"
    keeper.refuses = 2
    works.submit()
    for _ in range(3):
        works.pass_time(timedelta(minutes=5))
    assert sorted(str(mail["To"]) for mail in keeper.mails) == ["ann@example.com", "bob@example.com"]


def test_what_was_read_meanwhile_is_not_mailed(works: Works, post: tuple[Post, int]) -> None:
    keeper, port = post
    install(works, NODE)
    works.site.wired.settings.smtp_url = f"smtp://127.0.0.1:{port}"
    works.submit()
    works.bob.post("/api/notices/read", {})
    works.pass_time(timedelta(minutes=1))
    assert [str(mail["To"]) for mail in keeper.mails] == ["ann@example.com"]


def test_a_name_with_a_line_break_cannot_write_a_header(works: Works, post: tuple[Post, int]) -> None:
    keeper, port = post
    install(works, NODE)
    works.site.wired.settings.smtp_url = f"smtp://127.0.0.1:{port}"
    works.submit(name="A\r\nBcc: evil@example.com\r\n\r\n<script>")
    works.pass_time(timedelta(minutes=1))
    assert len(keeper.mails) == 2
    for mail in keeper.mails:
        assert mail["Bcc"] is None
        html = mail.get_body(("html",))
        assert html is not None
        assert "<script>" not in html.get_content()


# --- robots ---------------------------------------------------------------------------------------------------------


def robot(listener: Listener, kind: str, **more: Any) -> dict[str, Any]:
    """A robot that listens."""
    return {"name": kind, "kind": kind, "url": f"{listener.url}/{kind}", **more}


def test_robots_are_told_each_in_its_own_words(works: Works, listener: Listener) -> None:
    install(works, NODE)
    allow(works, listener.host)
    all_three = [robot(listener, kind, secret="s3cret") for kind in ("wecom", "dingtalk", "feishu")]
    kept = works.ann.ask("PUT", "/api/workspace/robots", {"robots": all_three})["robots"]
    assert {(one["signed"], one.get("secret")) for one in kept} == {(True, None)}
    works.submit()
    works.pass_time(timedelta(minutes=1))
    told = {heard.path.partition("?")[0]: heard for heard in listener.heard}
    assert "Bob：新待办：Deal 1（Bob）" in told["/wecom"].json["markdown"]["content"]
    assert "Bob：新待办：Deal 1（Bob）" in told["/dingtalk"].json["markdown"]["text"]
    assert "Bob：新待办：Deal 1（Bob）" in told["/feishu"].json["content"]["text"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(told["/dingtalk"].path).query).items()}
    text = f"{asked['timestamp']}\ns3cret".encode()
    assert asked["sign"] == base64.b64encode(hmac.new(b"s3cret", text, hashlib.sha256).digest()).decode()
    said = told["/feishu"].json
    key = f"{said['timestamp']}\ns3cret".encode()
    assert said["sign"] == base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


def test_a_robot_hears_only_of_what_it_was_set_for(works: Works, listener: Listener) -> None:
    install(works, NODE)
    allow(works, listener.host)
    works.ann.ask("PUT", "/api/workspace/robots", {"robots": [robot(listener, "wecom", events=["approved"])]})
    works.submit()
    works.pass_time(timedelta(minutes=1))
    assert listener.heard == []


def test_a_robot_is_tested_and_says_why_it_refuses(works: Works, listener: Listener) -> None:
    allow(works, listener.host)
    kept = works.ann.ask("PUT", "/api/workspace/robots", {"robots": [robot(listener, "feishu")]})["robots"]
    works.ann.post(f"/api/workspace/robots/{kept[0]['id']}/test")
    listener.answers = [(200, {}, json.dumps({"code": 19021, "msg": "sign match fail"}).encode())]
    refused = works.ann.post(f"/api/workspace/robots/{kept[0]['id']}/test", {}, 409)
    assert "sign match fail" in refused["detail"]
    works.bob.get("/api/workspace/robots", 403)
    works.bob.post(f"/api/workspace/robots/{kept[0]['id']}/test", {}, 403)


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_title_calls_nobody_in_a_group_and_hides_no_link(kind: Any) -> None:
    """Feishu calls everybody at `<at user_id="all">`, WeCom one at `<@id>`; markdown shows another address."""
    told = Robot(id="r", name="r", kind=kind, url="https://e.example")
    nasty = '<at user_id="all">all</at> <@bob> [bank](https://evil.example)\n> **Boss: pay**'
    _, body = request_of(told, nasty, [nasty], 0)
    said = json.dumps(body, ensure_ascii=False)
    assert "<at" not in said
    assert "<@" not in said
    assert "](" not in said
    assert "\\n> **Boss" not in said


def test_a_long_text_is_cut_to_what_a_robot_takes() -> None:
    wecom = Robot(id="r", name="r", kind="wecom", url="https://e.example")
    _, body = request_of(wecom, "T", ["字" * 5000], 0)
    assert len(body["markdown"]["content"].encode()) <= 4000


# --- trials ---------------------------------------------------------------------------------------------------------


def test_nothing_goes_out_from_a_trial(site: Site, listener: Listener, post: tuple[Post, int]) -> None:
    keeper, port = post
    boss = site.trial()
    people = {one["name"]: one["id"] for one in boss.get("/api/directory")["members"]}
    me = boss.get("/api/session")["member"]["id"]
    works = Works(site, boss, boss, {"Bob": me, **people})
    install(works, {**CALL, "url": listener.url})
    allow(works, listener.host)
    site.wired.settings.smtp_url = f"smtp://127.0.0.1:{port}"
    boss.ask("PUT", "/api/workspace/robots", {"robots": [robot(listener, "wecom")]})
    record = works.submit()
    works.pass_time(timedelta(minutes=5))
    works.pass_time(timedelta(minutes=5))
    assert (listener.heard, keeper.mails) == ([], [])
    assert "trial" in works.flow(record)["failures"][0]["reason"]
    id = boss.get("/api/workspace/robots")["robots"][0]["id"]
    boss.post(f"/api/workspace/robots/{id}/test", {}, 409)
    assert listener.heard == []


# --- calendar and key -----------------------------------------------------------------------------------------------


def test_the_working_calendar_is_read_by_all_and_set_by_admins(works: Works) -> None:
    usual = works.bob.get("/api/workspace/calendar")
    assert usual["weekdays"] == [1, 2, 3, 4, 5]
    changed = {**usual, "holidays": {"2026-10-01": "国庆节"}, "workdays": {"2026-10-10": "补班"}}
    works.bob.ask("PUT", "/api/workspace/calendar", changed, status=403)
    assert works.ann.ask("PUT", "/api/workspace/calendar", changed) == changed
    assert works.bob.get("/api/workspace/calendar") == changed
    works.ann.ask("PUT", "/api/workspace/calendar", {**changed, "hours": [["18:00", "09:00"]]}, status=422)


def test_the_official_holidays_of_2026_are_offered_and_formulas_count_by_the_calendar(works: Works) -> None:
    [one] = works.bob.get("/api/workspace/holidays")["arrangements"]
    off = {day["day"]: day["name"] for day in one["days"] if not day["works"]}
    on = {day["day"]: day["name"] for day in one["days"] if day["works"]}
    assert (len(off), off["2026-02-17"]) == (33, "Spring Festival")
    assert set(on) == {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}
    usual = works.ann.get("/api/workspace/calendar")
    after = {"id": "after", "type": "date", "label": "After", "formula": "WORKDAY(start, 1)"}
    fields = [{"id": "start", "type": "date", "label": "Start"}, after]
    publish(works, {"day": {"id": "day", "name": "Day", "fields": fields}}, {})
    told = [works.ann.post("/api/apps/own/forms/day/records", {"values": {"start": "2026-09-30"}}, 201)]
    works.ann.ask("PUT", "/api/workspace/calendar", {**usual, "holidays": off, "workdays": on})
    told.append(works.ann.post("/api/apps/own/forms/day/records", {"values": {"start": "2026-09-30"}}, 201))
    assert [made["values"]["after"] for made in told] == ["2026-10-01", "2026-10-08"]


def test_the_signing_key_is_for_admins_and_can_be_changed(works: Works) -> None:
    works.bob.get("/api/workspace/signing-key", 403)
    works.bob.post("/api/workspace/signing-key", {}, 403)
    first = works.ann.post("/api/workspace/signing-key")["key"]
    assert works.ann.post("/api/workspace/signing-key")["key"] != first
    assert len(first) > 30
