"""Fields filled in from a picture or a text 识别填写: off without a service, suggestions with one."""

import base64
import json
from collections.abc import Iterator

import pytest

from tests.server.outdoors import Listener, listening
from tests.server.site import Person, Site
from tests.server.test_form_events import FIELDS, STAFF
from tests.server.test_ripple import APP, publish

FORM = f"{APP}/forms/firm"
FILLS = [
    {"into": "name"}, {"into": "kind"}, {"into": "secret_note"},
    {"into": "lines", "path": "items", "columns": {"what": "", "much": "count"}},
]  # fmt: skip
READ = [
    {"id": "card", "label": "From a card", "source": "picture", "fills": FILLS},
    {"id": "mail", "label": "From a mail", "source": "text", "fills": FILLS},
]
PLAIN = [one for one in FIELDS if one["id"] != "ask"]
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
def reader(site: Site, ann: Person) -> Iterator[Listener]:
    """The operator has set up a reader on this machine."""
    with listening() as out:
        settings = site.wired.settings
        settings.picture_url, settings.text_url = f"{out.url}/picture", f"{out.url}/text"
        settings.text_secret, settings.outbound_allow = "s3cr3t", out.host
        values = {"name": "Acme", "kind": "Limited", "secret_note": "x", "items": [{"what": "Desk", "count": 2}]}
        out.answers = [(200, {}, json.dumps({"values": values}).encode())]
        form = {"id": "firm", "name": "Firm", "title": "name", "fields": PLAIN, "groups": [STAFF], "recognitions": READ}
        publish(ann, form)
        yield out


def test_a_text_becomes_suggestions_for_what_the_asker_may_write(reader: Listener, bob: Person) -> None:
    found = bob.post(f"{FORM}/recognitions/mail", data={"text": "We are Acme"}, files={"none": b""})
    assert found["values"] == {"name": "Acme", "kind": "ltd", "lines": [{"what": "Desk", "much": "2"}]}
    heard = reader.heard[0]
    assert (heard.path, heard.headers["authorization"]) == ("/text", "Bearer s3cr3t")
    assert heard.json == {
        "kind": "text", "form": "Firm", "language": "en", "text": "We are Acme",
        "fields": [
            {"name": "name", "label": "Name", "kind": "text"},
            {"name": "kind", "label": "Kind", "kind": "text", "options": ["Limited"]},
            {"name": "items", "label": "Lines", "kind": "rows", "columns": [
                {"name": "what", "label": "What", "kind": "text"}, {"name": "count", "label": "Much", "kind": "number"},
            ]},
        ],
    }  # fmt: skip
    assert bob.list("firm")["records"] == []


def test_a_picture_is_sent_as_it_is(reader: Listener, bob: Person) -> None:
    found = bob.post(f"{FORM}/recognitions/card", files={"file": ("card.png", PICTURE, "image/png")})
    sent = reader.heard[0].json["picture"]
    assert (found["values"]["name"], sent["type"]) == ("Acme", "image/png")
    assert base64.b64decode(sent["base64"]) == PICTURE


@pytest.mark.parametrize("content", [b"<svg/>", b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + b"0" * 8_000_000])
def test_what_is_no_picture_is_refused(reader: Listener, bob: Person, content: bytes) -> None:
    refused = bob.post(f"{FORM}/recognitions/card", files={"file": ("card.png", content, "image/png")}, status=422)
    assert (refused["code"], reader.heard) == ("picture_odd", [])


def test_without_a_service_it_is_off(site: Site, reader: Listener, bob: Person) -> None:
    assert bob.get("/api/session")["services"] == ["picture", "text"]
    site.wired.settings.text_url = ""
    assert bob.get("/api/session")["services"] == ["picture"]
    refused = bob.post(f"{FORM}/recognitions/mail", data={"text": "x"}, files={"none": b""}, status=409)
    assert refused["code"] == "service_off"


@pytest.mark.parametrize("said", [(500, b""), (200, b"no json"), (200, b"9" * 600_000)], ids=["500", "text", "large"])
def test_a_service_that_fails_is_told_and_nothing_else(reader: Listener, bob: Person, said: tuple[int, bytes]) -> None:
    reader.answers = [(said[0], {}, said[1])]
    refused = bob.post(f"{FORM}/recognitions/mail", data={"text": "x"}, files={"none": b""}, status=409)
    assert (refused["code"], reader.host in str(refused)) == ("service_failed", False)


def test_an_answer_of_another_shape_fills_in_nothing(reader: Listener, bob: Person) -> None:
    reader.answers = [(200, {}, b'{"values": [1, 2]}')]
    found = bob.post(f"{FORM}/recognitions/mail", data={"text": "x"}, files={"none": b""})
    assert (found["values"], found["problems"]) == ({}, [])


def test_members_know_the_names_of_what_reads_and_others_nothing(site: Site, reader: Listener, bob: Person) -> None:
    told = bob.get(FORM)["definition"]["recognitions"]
    assert told[0] == {"id": "card", "label": "From a card", "source": "picture", "fills": ["name", "kind", "lines"]}
    eve = site.owner("eve@example.com")
    eve.post(f"{FORM}/recognitions/mail", data={"text": "x"}, files={"none": b""}, status=404)
    assert reader.heard == []
