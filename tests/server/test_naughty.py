"""Naughty strings and random bodies 刁钻输入: stored as they are or refused in words, never a 5xx."""

import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.site import DATA, Person, Site

NAUGHTY: list[str] = json.loads((DATA / "naughty_strings.json").read_text())
CRM = "/api/apps/crm"
PART = 40


@pytest.fixture
def ann(site: Site) -> Person:
    """Somebody with an empty CRM."""
    return site.owner()


def normal(text: str) -> str | None:
    """What a one-line text is kept as: control characters and line ends at the ends fall away, blanks are nothing."""
    return text.strip() or None


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), PART * 4))
def test_naughty_values_are_stored_and_returned_unchanged(ann: Person, start: int) -> None:
    """In a long text, which keeps everything but blanks at its ends; found again by filter; drawn in history."""
    for place, text in enumerate(NAUGHTY[start : start + PART * 4]):
        answer = ann.client.post(
            ann.records("customer"), json={"values": {"name": f"n{start + place}", "remark": text}}
        )
        assert answer.status_code in (201, 422), (text, answer.text)
        if answer.status_code == 422:
            assert any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text), text
            continue
        kept = answer.json()["values"]["remark"]
        assert (kept or "") == text.strip() or _tidied(text) == _tidied(kept or ""), (text, kept)


def _tidied(text: str) -> str:
    """Without what is no character of a text: controls; line ends are one kind."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def test_naughty_strings_search_filter_and_sort_without_harm(ann: Person) -> None:
    """As a search, as a value of a filter, as a name of a field, as a cursor."""
    ann.add("customer", name="Ltd")
    path = f"{ann.records('customer')}/query"
    for text in NAUGHTY:
        bodies = [
            {"search": text[:200]},
            {"filter": {"field": "name", "op": "contains", "value": text}},
            {"filter": {"field": text, "op": "eq", "value": 1}},
            {"sort": [{"field": text[:130]}]},
            {"after": text[:2000]},
        ]
        for body in bodies:
            answer = ann.client.post(path, json=body)
            assert answer.status_code in (200, 422), (body, answer.text)


def test_naughty_labels_survive_draft_publishing_and_versions(ann: Person) -> None:
    """As labels of fields and options, names of views: returned unchanged, or refused with a place."""
    for start in range(0, len(NAUGHTY), PART):
        texts = [text for text in NAUGHTY[start : start + PART] if text.strip() and len(text) <= 60]
        draft = ann.get(f"{CRM}/draft")
        value, base = draft["parts"]["forms/customer"], draft["hashes"]["forms/customer"]
        plain = [field for field in value["fields"] if not field["id"].startswith("x")]
        options = [{"id": f"o{place}", "label": text} for place, text in enumerate(texts)]
        fresh = [{"id": f"x{place}", "type": "text", "label": text, "help": text} for place, text in enumerate(texts)]
        value["fields"] = [*plain, *fresh, {"id": "xo", "type": "choice", "label": "O", "options": options}]
        answer = ann.client.put(f"{CRM}/draft/forms/customer", json={"value": value, "base": base})
        assert answer.status_code in (200, 409, 422), answer.text
        if answer.status_code != 200:
            continue
        held = ann.get(f"{CRM}/draft")["parts"]["forms/customer"]["fields"]
        assert [field["label"] for field in held if field["id"].startswith("x")][:-1] == texts
        status = ann.client.post(f"{CRM}/publish", json={"revision": answer.json()["revision"]}).status_code
        assert status in (201, 409)
    assert len(ann.get(f"{CRM}/versions")) > 1


def test_naughty_names_of_people_and_things(ann: Person) -> None:
    """Members, departments, roles, tokens, the workspace."""
    for text in NAUGHTY[::5]:
        for path in ("/api/members", "/api/departments", "/api/roles", "/api/tokens"):
            assert ann.client.post(path, json={"name": text}).status_code in (201, 422), (path, text)
        assert ann.client.patch("/api/workspace", json={"name": text, "timezone": text}).status_code in (200, 422)
        assert ann.client.post("/api/signin", json={"email": text, "password": text}).status_code in (401, 422)
        assert (
            ann.client.post("/api/expressions", json={"text": text, "app": "crm", "form": "customer"}).status_code
            == 200
        )
    ann.get("/api/directory")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(NAUGHTY),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = (
    "no",
    "name",
    "level",
    "phone",
    "website",
    "revenue",
    "parent",
    "owner",
    "department",
    "next_follow_up",
    "files",
)
VALUES = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=5)
OPERATORS = ("eq", "ne", "gt", "in", "not_in", "contains", "between", "within", "empty", "nonsense")
CONDITION = st.fixed_dictionaries(
    {
        "field": st.sampled_from((*FIELDS, "created_at", "id", "parent.name", "lines.x")),
        "op": st.sampled_from(OPERATORS),
    },
    optional={"value": JSON},
)
GROUP = st.fixed_dictionaries(
    {"field": st.sampled_from(FIELDS)}, optional={"unit": st.sampled_from(["day", "week", "month", "", "x"])}
)
MEASURE = st.fixed_dictionaries(
    {"operation": st.sampled_from(["count", "sum", "avg", "min", "max", "x"])},
    optional={"field": st.sampled_from(FIELDS)},
)
BODIES: dict[str, tuple[str, st.SearchStrategy[Any]]] = {
    "create": ("/forms/customer/records", st.fixed_dictionaries({"values": VALUES})),
    "anything": ("/forms/customer/records", JSON),
    "query": ("/forms/customer/records/query", st.fixed_dictionaries({"filter": CONDITION})),
    "nested query": (
        "/forms/customer/records/query",
        st.fixed_dictionaries({"filter": st.fixed_dictionaries({"any": st.lists(CONDITION, max_size=4)})}),
    ),
    "group": (
        "/forms/customer/records/group",
        st.fixed_dictionaries(
            {"groups": st.lists(GROUP, max_size=2), "measures": st.lists(MEASURE, min_size=1, max_size=2)}
        ),
    ),
    "options": (
        "/forms/contact/records/options",
        st.fixed_dictionaries({"field": st.text(max_size=9), "search": st.text()}),
    ),
    "lines": (
        "/forms/opportunity/records",
        st.fixed_dictionaries(
            {"values": st.fixed_dictionaries({"name": st.just("X"), "lines": JSON, "estimate": JSON})}
        ),
    ),
    "widget": ("/widgets/preview", st.fixed_dictionaries({"widget": st.dictionaries(st.text(max_size=9), JSON)})),
    "publish": ("/publish", JSON),
}


@pytest.mark.parametrize("name", list(BODIES))
def test_no_random_body_is_answered_with_a_5xx(site: Site, name: str) -> None:
    """Whatever is sent: taken, or refused with a problem document."""
    ann = site.owner()
    path, bodies = BODIES[name]

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(bodies)
    def holds(body: Any) -> None:
        raw = json.dumps(body).encode()
        answer = ann.client.post(CRM + path, content=raw, headers={"content-type": "application/json"})
        assert answer.status_code in (200, 201, 400, 403, 404, 409, 422), answer.text
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["detail"] != answer.json()["code"]

    holds()
