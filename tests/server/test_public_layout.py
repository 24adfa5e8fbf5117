"""What stands on the page of a public link without a value 公开页的布局: offered like a field, never telling more."""

from typing import Any

import pytest

from tests.server.site import Person, Site
from tests.server.test_public_links import address, link

STANDING: list[dict[str, Any]] = [
    {"id": "note", "type": "note", "label": "Note", "html": "<p>Three days</p>"},
    {"id": "part", "type": "divider", "label": "Part"},
    {"id": "inner", "type": "note", "label": "Inner", "html": "<p>For us alone</p>"},
    {"id": "track", "type": "button", "label": "Track", "link": "https://example.com/?q={name}"},
    {"id": "secret", "type": "embed", "label": "Map", "link": "https://example.com/?q={cost}"},
    {"id": "turn", "type": "button", "label": "Turn", "does": "action", "action": "go"},
    {"id": "stock", "type": "lookup", "label": "Stock", "form": "product", "columns": ["name"]},
]


@pytest.fixture
def form(ann: Person) -> None:
    """A form `thing` with a name, a cost, and one of each."""
    fields = [{"id": "name", "type": "text", "label": "Name"}, {"id": "cost", "type": "number", "label": "Cost"}]
    go = {"id": "go", "label": "Go", "target": "product"}
    value = {"id": "thing", "name": "Thing", "title": "name", "fields": [*fields, *STANDING], "actions": [go]}
    draft = ann.ask("PUT", "/api/apps/crm/draft/forms/thing", {"value": value, "base": ""})
    ann.post("/api/apps/crm/publish", {"message": "", "revision": draft["revision"]}, 201)


def shown(site: Site, made: dict[str, Any]) -> list[str]:
    """What a stranger's page shows."""
    return [one["id"] for one in site.visitor().post(address(made))["definition"]["fields"]]


@pytest.mark.usefixtures("form")
def test_words_and_lines_that_are_offered_are_shown_and_no_others(site: Site, ann: Person) -> None:
    """In the form's order; a note that is not chosen stays inside."""
    made = link(ann, form="thing", fields=["name", "note", "part", "track"])
    assert shown(site, made) == ["name", "note", "part", "track"]
    assert "For us alone" not in str(site.visitor().post(address(made)))


@pytest.mark.usefixtures("form")
def test_what_names_a_field_that_is_not_offered_is_not_shown(site: Site, ann: Person) -> None:
    """Nor a button that does what only members may do."""
    assert shown(site, link(ann, form="thing", fields=["name", "secret", "turn"])) == ["name"]
    assert shown(site, link(ann, form="thing", fields=["name", "cost", "secret"])) == ["name", "cost", "secret"]


@pytest.mark.usefixtures("form")
def test_a_table_of_other_records_cannot_be_offered(site: Site, ann: Person) -> None:
    """It would show strangers what else there is."""
    body = {"kind": "fill", "terms": {"fields": ["name", "stock"]}}
    refused = ann.post("/api/apps/crm/forms/thing/links", body, status=422)
    assert refused["code"] == "link_field_closed"


@pytest.mark.usefixtures("form")
def test_nothing_without_a_value_is_sent(site: Site, ann: Person) -> None:
    """The link offers to look at it, not to write it."""
    made = link(ann, form="thing", fields=["name", "note"])
    stranger = site.visitor()
    assert stranger.post(address(made))["writable"] == ["name"]
    refused = stranger.post(address(made, "records"), {"values": {"name": "a", "note": "b"}}, status=422)
    assert refused["code"] == "unknown_field"
