"""A long form judged step by step 分步校验: what its submit would say of the fields seen so far, and nothing kept."""

from typing import Any

import pytest

from tests.server.site import Person, Site

APP = "/api/apps/crm"
EVERYONE = {"id": "all", "name": "All", "to": {"everyone": True}, "operations": ["create", "read"]}
FORM: dict[str, Any] = {
    "id": "visit", "name": "Visit", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name", "required": True, "unique": True},
        {"id": "mail", "type": "email", "label": "Mail"},
        {"id": "from_day", "type": "date", "label": "From"},
        {"id": "until", "type": "date", "label": "Until"},
        {"id": "people", "type": "number", "label": "People", "min": "1", "max": "5"},
        {"id": "twice", "type": "number", "label": "Twice", "formula": "people * 2"},
        {"id": "code", "type": "text", "label": "Code", "required": True},
    ],
    "checks": [
        {"id": "days", "that": "until >= from_day", "message": "It ends before it begins", "fields": ["until"]},
        {"id": "many", "that": "twice <> 6", "message": "Not three", "fields": ["people"]},
        {"id": "late", "that": 'name <> code', "message": "Name and code are one", "fields": ["name"]},
    ],
}  # fmt: skip


@pytest.fixture
def ann(site: Site) -> Person:
    """An administrator with a form of several steps."""
    person = site.owner()
    saved = person.ask("PUT", f"{APP}/draft/forms/visit", {"value": FORM, "base": ""})
    assert saved["problems"] == []
    person.post(f"{APP}/publish", {"revision": saved["revision"], "message": ""}, 201)
    return person


def wrong(person: Person, path: str, *seen: str, **values: Any) -> list[tuple[str, str]]:
    """What is wrong so far: code and field."""
    status = 422 if seen[-1] == "!" else 200
    told = person.post(path, {"values": values, "seen": [one for one in seen if one != "!"]}, status)
    return [(one["code"], one["path"][1]) for one in told.get("problems", [])]


def test_a_step_is_judged_as_the_submit_will_judge_it(ann: Person) -> None:
    """Required, formats, ranges, checks through formulas, and values that are taken; later fields do not matter."""
    path = f"{ann.records('visit')}/judge"
    assert wrong(ann, path, "name", "!") == [("required", "name")]
    assert wrong(ann, path, "name", "mail", "!", name="A", mail="no mail") == [("must_be_email", "mail")]
    [(_, field)] = wrong(ann, path, "name", "people", "!", name="A", people="9")
    assert field == "people"
    assert wrong(ann, path, "name", "people", "!", name="A", people="3") == [("check_failed", "people")]
    days = {"name": "A", "from_day": "2026-11-20", "until": "2026-11-01"}
    assert wrong(ann, path, "name", "from_day", **days) == []
    assert wrong(ann, path, "name", "from_day", "until", "!", **days) == [("check_failed", "until")]
    assert wrong(ann, path, "name", name="A") == []
    ann.add("visit", name="A", code="1")
    assert wrong(ann, path, "name", "!", name="A") == [("value_taken", "name")]
    assert len(ann.list("visit")["records"]) == 1


def test_a_stranger_is_judged_within_his_link_and_not_told_what_is_taken(ann: Person) -> None:
    """Formats and required values; no field beside those of the link, and no way to try out whose values there are."""
    ann.add("visit", name="A", code="1")
    terms = {"kind": "fill", "terms": {"fields": ["name", "mail", "code"]}}
    token = ann.post(f"{APP}/forms/visit/links", terms, 201)["token"]
    stranger = ann.site.visitor()
    path = f"/api/public/{token}/judge"
    assert wrong(stranger, path, "name", "!") == [("required", "name")]
    assert wrong(stranger, path, "name", "mail", "!", name="B", mail="x") == [("must_be_email", "mail")]
    assert wrong(stranger, path, "name", name="A") == []
    assert wrong(stranger, path, "people", "!", people="9") == [("unknown_field", "people")]
    stranger.post("/api/public/nowhere/judge", {"values": {}, "seen": []}, 404)
