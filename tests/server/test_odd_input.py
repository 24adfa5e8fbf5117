"""Input that no page of ours would send 怪异输入: answered in words, on both databases, never by a failure of ours."""

from typing import Any

import pytest

from tests.server.site import Person, Site

ODD: list[tuple[str, str, str]] = [
    ("POST", "{records}", r'{"values": {"name": "A", "level": "\ud800"}}'),
    ("POST", "{records}", r'{"values": {"\ud800": 1}}'),
    ("POST", "{records}", r'{"values": {"name": "A", "level": NaN, "revenue": 1e400}}'),
    ("POST", "{records}/query", '{"filter": {"field": "name", "op": "in", "value": [' + '"x",' * 70_000 + '"x"]}}'),
    ("POST", "{records}/query", '{"filter": {"field": "name", "op": "in", "value": ' + "[" * 500 + "]" * 500 + "}}"),
    ("POST", "{records}/query", '{"filter": {"field": "created_at", "op": "within", "value": {"offset": 1e400}}}'),
    ("POST", "{records}/query", '{"filter": {"field": "created_at", "op": "within", "value": {"offset": NaN}}}'),
    ("POST", "{records}/query", '{"filter": {"field": "created_at", "op": "le", "value": "9999-12-31"}}'),
    ("POST", "{records}/query", '{"filter": {"field": "created_at", "op": "ge", "value": "0001-01-01"}}'),
    ("POST", "/api/signin", r'{"email": "a\u0000@example.com", "password": "x"}'),
    ("POST", "/api/members", r'{"name": "a\u0000"}'),
    ("POST", "/api/notices/read", r'{"ids": ["\ud800"]}'),
    ("POST", "/api/expressions", r'{"text": "1", "app": "crm", "form": "lead", "definition": {"id": "lead\ud800"}}'),
    ("POST", "/api/expressions", '{"text": "' + "9" * 400 + '", "app": "crm", "form": "customer"}'),
    ("POST", "{records}/linked", '{"subform": "parent", "values": {}, "fields": []}'),
    (
        "POST",
        "/api/apps/crm/forms/customer/links",
        '{"kind": "fill", "terms": {"fields": ["name"], "opens_at": "0001-01-01T00:00:00+14:00"}}',
    ),
    ("PUT", "{records}/../drafts/0123456789", '{"values": {"revenue": 1' + "0" * 400 + "}}"),
    ("GET", "{records}/../drafts", ""),
    ("GET", "/api/tasks/%00", ""),
    ("GET", "/api/tasks/counts?app=%00", ""),
    ("GET", "/api/files/%00", ""),
]


@pytest.fixture
def ann(any_site: Site) -> Person:
    """Somebody with an empty CRM, on either database."""
    return any_site.owner()


def sent(person: Person, method: str, path: str, body: str) -> Any:
    """The answer to a body as it is spelled."""
    headers = {"content-type": "application/json"}
    return person.client.request(method, path.format(records=person.records("customer")), content=body, headers=headers)


def test_odd_requests_are_answered_in_words(ann: Person) -> None:
    """Each is refused, or answered, and the answer can be read."""
    for method, path, body in ODD:
        answer = sent(ann, method, path, body)
        assert answer.status_code < 500, (path, body[:80], answer.text[:300])
        assert answer.json() is not None


def test_a_conflict_quotes_what_json_cannot_say(ann: Person) -> None:
    """What was seen and what was meant are sent back, be they no numbers."""
    made = ann.add("customer", name="A", phone="010-1234567")["id"]
    body = r'{"values": {"phone": "010-7654321"}, "before": {"phone": NaN}}'
    answer = sent(ann, "PATCH", f"{ann.records('customer')}/{made}", body)
    assert (answer.status_code, answer.json()["extra"]["conflicts"][0]["before"]) == (409, "nan")


def test_moments_have_a_local_time_in_every_zone(ann: Person) -> None:
    """A moment that could not be shown is refused instead of breaking every list that holds it."""
    values = {"summary": "x", "way": "visit", "content": "x"}
    answer = ann.add("follow_up", 422, followed_at="9999-12-31T23:59:59Z", **values)
    assert "must_be_datetime" in {one["code"] for one in answer["problems"]}
