"""Events of several calls, of rows, and answers in XML 前端事件: one after another, each bounded."""

import json
from typing import Any

import pytest

from tests.server.test_form_events import FILLS, FORM, Firm, event, firm, form  # noqa: F401
from tests.server.test_public_links import address, link
from tests.server.test_ripple import publish

THEN = {
    "request": {"method": "POST", "url": "{0}/second/{name}", "body": {"token": "@answer.token", "n": "name"}},
    "fills": [{"into": "area", "path": "size"}],
}
ROW = {
    "id": "row", "label": "Row", "rows": "lines", "fields": ["what"], "request": {"url": "{0}/goods/{what}"},
    "fills": [{"into": "much", "path": "price"}, {"into": "what", "path": "called", "only_blank": True}],
}  # fmt: skip


def at(found: Any, url: str) -> Any:
    """The event with the address of who answers."""
    return json.loads(json.dumps(found).replace("{0}", url))


def then(firm: Firm, *further: Any, **more: Any) -> None:  # noqa: F811
    """Publish the event with these calls after it."""
    publish(firm.ann, form(event(f"{firm.out.url}/first", further=[at(one, firm.out.url) for one in further], **more)))


def answers(firm: Firm, *bodies: Any) -> None:  # noqa: F811
    """What the outside says, call by call."""
    sent = [one if isinstance(one, tuple) else (200, {}, json.dumps(one).encode()) for one in bodies]
    firm.out.answers = sent


def test_a_later_call_uses_the_answer_before_it_and_what_that_filled_in(firm: Firm) -> None:  # noqa: F811
    then(firm, THEN)
    answers(firm, {"data": {"name": "Acme Ltd"}, "token": "T-1"}, {"size": 12})
    found = firm.ask(number="1")
    assert (found["values"], found["problems"]) == ({"name": "Acme Ltd", "area": "12"}, [])
    assert [one.path for one in firm.out.heard] == ["/first", "/second/Acme%20Ltd"]
    assert firm.out.heard[1].json == {"token": "T-1", "n": "Acme Ltd"}


def test_a_later_call_that_fails_leaves_what_was_found_and_says_so(firm: Firm) -> None:  # noqa: F811
    then(firm, THEN, THEN)
    answers(firm, {"data": {"name": "Acme"}}, (500, {}, b"secret of the other side"))
    found = firm.ask(number="1")
    assert found["values"] == {"name": "Acme"}
    assert "Call 2" in found["problems"][0]["detail"]
    assert "secret" not in json.dumps(found)
    assert len(firm.out.heard) == 2


def test_a_later_call_waits_for_its_condition(firm: Firm) -> None:  # noqa: F811
    then(firm, {**THEN, "when": 'name = "Acme"'})
    answers(firm, {"data": {"name": "Other"}})
    assert firm.ask(number="1")["values"] == {"name": "Other"}
    assert len(firm.out.heard) == 1


def test_the_calls_of_an_event_are_few_and_sound(firm: Firm) -> None:  # noqa: F811
    base = event(f"{firm.out.url}/first")
    for broken, code in (
        ({"further": [THEN] * 5}, "draft_invalid"),
        ({"further": [{**THEN, "fills": []}]}, "check_event_no_fills"),
        (
            {"further": [{**THEN, "request": {"url": "https://a.example/", "body": {"a": "nobody + 1"}}}]},
            "check_expression",
        ),
        ({"further": [{**THEN, "request": {"url": "nowhere"}}]}, "check_event_url"),
        ({"request": {"url": "https://a.example/", "parameters": {"a": "@answer.x"}}}, "check_expression"),
        ({"rows": "name"}, "check_event_rows"),
        ({"rows": "lines", "fields": ["number"]}, "check_no_field"),
        ({"rows": "lines", "fields": ["what"], "fills": [FILLS[0]]}, "check_no_field"),
    ):
        assert code in codes(firm, {**base, **broken}), broken


def codes(firm: Firm, changed: dict[str, Any]) -> list[str]:  # noqa: F811
    """What is wrong with the form."""
    held = firm.ann.get("/api/apps/crm/draft")
    body = {"value": form(changed), "base": held["hashes"].get("forms/firm", "")}
    answer = firm.ann.client.put("/api/apps/crm/draft/forms/firm", json=body).json()
    told = answer["problems"] if "code" in answer else firm.ann.get("/api/apps/crm/draft")["problems"]
    return [one["code"] for one in told]


def test_an_event_of_a_row_fills_that_row_and_no_other(firm: Firm) -> None:  # noqa: F811
    publish(firm.ann, form(at(ROW, firm.out.url)))
    shown = firm.bob.get(FORM)["definition"]["events"][0]
    assert (shown["rows"], shown["fields"], shown["fills"]) == ("lines", ["what"], ["much", "what"])
    answers(firm, {"price": 3.50, "called": "Desk"})
    values = {"lines": [{"what": "a"}, {"what": "b/c"}], "number": "9"}
    found = firm.bob.post(f"{FORM}/events/row", {"values": values, "row": 1})
    assert firm.out.heard[0].path == "/goods/b%2Fc"
    assert (found["values"], found["blank"]) == ({"much": "3.5", "what": "Desk"}, ["what"])
    answers(firm, {"price": "many"})
    odd = firm.bob.post(f"{FORM}/events/row", {"values": values, "row": 1})
    assert odd["problems"][0]["path"] == ["lines", 1, "much"]


def test_a_row_that_is_not_there_is_blank_and_harms_nobody(firm: Firm) -> None:  # noqa: F811
    publish(firm.ann, form(at(ROW, firm.out.url)))
    answers(firm, {"price": 1})
    for values, row in (({}, 5), ({"lines": "x"}, 0), ({"lines": []}, 99_999)):
        firm.bob.post(f"{FORM}/events/row", {"values": values, "row": row})
    firm.bob.post(f"{FORM}/events/row", {"values": {}, "row": -1}, 422)
    assert {one.path for one in firm.out.heard} == {"/goods/"}


def test_a_stranger_sets_off_an_event_of_a_row_that_is_offered_to_him(firm: Firm) -> None:  # noqa: F811
    publish(firm.ann, form({**at(ROW, firm.out.url), "public": True}))
    made, shut = (link(firm.ann, form="firm", fields=fields) for fields in (["name", "lines"], ["name"]))
    answers(firm, {"price": 2})
    stranger = firm.site.visitor()
    sent = {"values": {"lines": [{"what": "a"}]}, "row": 0}
    assert stranger.post(address(made, "events/row"), sent)["values"] == {"much": "2"}
    stranger.post(address(shut, "events/row"), sent, 404)


def test_an_answer_in_xml_is_mapped_by_path_like_json(firm: Firm) -> None:  # noqa: F811
    fills = [{"into": "name", "path": "answer.company.name"},
             {"into": "lines", "path": "answer.item", "columns": {"what": "title", "much": "n"}}]  # fmt: skip
    publish(firm.ann, form({**event(f"{firm.out.url}/x"), "fills": fills}))
    body = "<answer><company><name>Acme</name></company><item><title>Desk</title><n>1.10</n></item></answer>"
    firm.answer(body.encode())
    found = firm.ask(number="1")
    assert found["values"] == {"name": "Acme", "lines": [{"what": "Desk", "much": "1.1"}]}


@pytest.mark.parametrize(
    "body", ["<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "<a>", "<!DOCTYPE html><html/>"]
)
def test_a_hostile_xml_answer_is_no_answer(firm: Firm, body: str) -> None:  # noqa: F811
    firm.answer(body.encode())
    assert firm.ask(number="1", status=409)["code"] == "event_failed"


def test_a_chain_is_tried_call_by_call(firm: Firm) -> None:  # noqa: F811
    answers(firm, {"data": {"name": "Acme"}, "token": "T"}, {"size": 3})
    tried = {**event(f"{firm.out.url}/first"), "further": [at(THEN, firm.out.url)]}
    found = firm.ann.post(f"{FORM}/try-event", {"event": tried, "values": {"number": "1"}})
    assert [found["url"], *(one["url"] for one in found["further"])] == [
        f"{firm.out.url}/first", f"{firm.out.url}/second/Acme",
    ]  # fmt: skip
    assert found["values"] == {"name": "Acme", "area": "3"}
