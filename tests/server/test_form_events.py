"""Events of forms ask the outside by way of the server, and give away nothing 前端事件."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.server.outdoors import Listener, listening
from tests.server.site import Person, Site
from tests.server.test_ripple import APP, EVERYONE, publish, put

FORM = f"{APP}/forms/firm"
STAFF = {**EVERYONE, "hide": ["secret_note"], "write": ["number", "name", "kind", "lines", "since", "boss", "area"]}
FIELDS = [
    {"id": "number", "type": "text", "label": "Number"},
    {"id": "name", "type": "text", "label": "Name"},
    {"id": "kind", "type": "choice", "label": "Kind", "options": [{"id": "ltd", "label": "Limited"}]},
    {"id": "since", "type": "date", "label": "Since"},
    {"id": "boss", "type": "member", "label": "Boss"},
    {"id": "area", "type": "number", "label": "Area"},
    {"id": "twice", "type": "number", "label": "Twice", "formula": "area * 2"},
    {"id": "secret_note", "type": "text", "label": "Secret note"},
    {"id": "lines", "type": "subform", "label": "Lines", "fields": [
        {"id": "what", "type": "text", "label": "What"},
        {"id": "much", "type": "number", "label": "Much"},
    ]},
    {"id": "ask", "type": "button", "label": "Ask", "does": "event"},
]  # fmt: skip
FILLS = [
    {"into": "name", "path": "data.name"},
    {"into": "kind", "path": "data.kind"},
    {"into": "since", "path": "$.data.since"},
    {"into": "lines", "path": "data.items", "columns": {"what": "title", "much": "n.value"}},
]
ANSWER = {
    "data": {
        "name": "Acme", "kind": "Limited", "since": "2020-01-31",
        "items": [{"title": "Desk", "n": {"value": 1.10}}, {"title": "Lamp", "n": {"value": 2}}],
    }
}  # fmt: skip


def event(url: str, **more: Any) -> dict[str, Any]:
    """An event that asks `url` when the number changes."""
    request = {"url": url, **more.pop("request", {})}
    return {"id": "look", "label": "Look up", "fields": ["number"], "request": request, "fills": FILLS, **more}


def form(*events: dict[str, Any]) -> dict[str, Any]:
    """The form with these events, and something on its button."""
    pressed = {"id": "pressed", "label": "P", "on": "press", "fields": ["ask"], "fills": [FILLS[0]],
               "request": {"url": "https://example.com/"}}  # fmt: skip
    return {"id": "firm", "name": "Firm", "title": "name", "fields": FIELDS, "groups": [STAFF],
            "events": [*events, pressed]}  # fmt: skip


@dataclass
class Firm:
    """An administrator, a member, somebody outside who answers."""

    site: Site
    ann: Person
    bob: Person
    out: Listener

    def ask(self, who: Person | None = None, status: int = 200, **values: Any) -> Any:
        """Run the event with these values."""
        return (who or self.bob).post(f"{FORM}/events/look", {"values": values}, status)

    def answer(self, body: Any, status: int = 200) -> None:
        """What the outside says from now on."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.out.answers = [(status, {}, sent)]


@pytest.fixture
def firm(site: Site, ann: Person, bob: Person) -> Iterator[Firm]:
    """The form is published, and its event asks a server on this machine, which the operator allows."""
    with listening() as out:
        site.wired.settings.outbound_allow = out.host
        publish(ann, form(event(f"{out.url}/firms/{{number}}")))
        made = Firm(site, ann, bob, out)
        made.answer(ANSWER)
        yield made


def test_an_answer_becomes_suggestions_for_fields_and_rows(firm: Firm) -> None:
    found = firm.ask(number="A 1/2")
    assert firm.out.heard[0].path == "/firms/A%201%2F2"
    lines = [{"what": "Desk", "much": "1.1"}, {"what": "Lamp", "much": "2"}]
    assert found["values"] == {"name": "Acme", "kind": "ltd", "since": "2020-01-31", "lines": lines}
    assert (found["met"], found["problems"], firm.bob.list("firm")["records"]) == (True, [], [])


def test_a_condition_that_is_not_met_asks_nobody(firm: Firm) -> None:
    publish(firm.ann, form(event(firm.out.url, when="LEN(number) = 3")))
    assert firm.ask(number="12") == {
        "met": False, "values": {}, "blank": [], "append": [], "problems": [], "titles": {},
    }  # fmt: skip
    assert firm.out.heard == []
    assert firm.ask(number="123")["met"] is True


def test_expressions_make_the_parameters_and_the_body(firm: Firm) -> None:
    request = {"method": "POST", "parameters": {"q": "UPPER(number)"}, "body": {"t": "twice", "n": "number"},
               "headers": {"X-Own": "1"}}  # fmt: skip
    publish(firm.ann, form(event(f"{firm.out.url}/?a=1", request=request)))
    firm.ask(number="a&b", area="4")
    heard = firm.out.heard[0]
    assert (heard.path, heard.json, heard.headers["x-own"]) == ("/?a=1&q=A%26B", {"t": "8", "n": "a&b"}, "1")


def test_what_does_not_fit_is_told_at_its_field_and_the_rest_is_filled_in(firm: Firm) -> None:
    items = [{"title": "Desk", "n": {"value": "many"}}]
    firm.answer({"data": {"name": "Acme", "kind": "strange", "since": "soon", "items": items}})
    found = firm.ask(number="1")
    assert found["values"] == {"name": "Acme", "lines": [{"what": "Desk"}]}
    assert [one["path"] for one in found["problems"]] == [["kind"], ["since"], ["lines", 0, "much"]]


@pytest.mark.parametrize(
    "body", [b"<html>", b"[" * 100_000, b"NaN", b"9" * 5000, b""], ids=["html", "deep", "nan", "long", "none"]
)
def test_an_answer_that_cannot_be_read_leaves_the_clerk_to_his_own(firm: Firm, body: bytes) -> None:
    firm.answer(body)
    found = firm.bob.client.post(f"{FORM}/events/look", json={"values": {"number": "1"}})
    assert found.status_code in (200, 409)
    assert found.json().get("code", "event_failed") == "event_failed"
    assert found.json().get("values", {}) == {}


def test_an_oversize_answer_is_not_read(firm: Firm) -> None:
    firm.answer(b'{"data": {"name": "' + b"x" * 600_000 + b'"}}')
    refused = firm.ask(number="1", status=409)
    assert (refused["code"], firm.out.host in str(refused)) == ("event_failed", False)


def test_the_other_side_saying_no_is_told(firm: Firm) -> None:
    firm.answer({}, status=404)
    assert firm.ask(number="1", status=409)["code"] == "event_answered"


# --- attacks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://{number}/x", "https://a.{number}.com/", "http://{number}@example.com/", "ftp://example.com/{number}",
        "https://example.com:{number}/", "//{number}", "{number}", "",
    ],
)  # fmt: skip
def test_a_field_never_becomes_the_host(firm: Firm, url: str) -> None:
    problems = put(firm.ann, form(event(url)))
    assert ("check_event_url", ["forms", "firm", "events", 0, "request", "url"]) in [
        (one["code"], one["path"]) for one in problems
    ]
    tried = {"event": event(url), "values": {"number": "127.0.0.1"}}
    assert firm.ann.post(f"{FORM}/try-event", tried, 409)["code"] == "event_address"


@pytest.mark.parametrize(
    "number", ["..", ".", "../../admin", "x/../..", "..%2f", "a\r\nHost: evil", "?x=1#", "@evil.com"]
)
def test_a_value_stays_a_value_in_the_address(firm: Firm, number: str) -> None:
    answer = firm.bob.client.post(f"{FORM}/events/look", json={"values": {"number": number}})
    if number in (".", ".."):
        assert (answer.status_code, answer.json()["code"], firm.out.heard) == (409, "event_address", [])
        return
    path = firm.out.heard[0].path
    assert path.startswith("/firms/")
    assert not set(path.removeprefix("/firms/")) & set("/?#@\r\n ")
    assert firm.out.heard[0].headers["host"] == firm.out.host


@pytest.mark.parametrize(
    "host", ["http://127.0.0.1:1", "http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.1"]
)
def test_private_addresses_are_not_asked(firm: Firm, host: str) -> None:
    firm.site.wired.settings.outbound_allow = ""
    publish(firm.ann, form(event(f"{host}/{{number}}")))
    assert firm.ask(number="1", status=409)["code"] == "event_failed"
    tried = {"event": event(host), "values": {}}
    assert firm.ann.post(f"{FORM}/try-event", tried, 409)["code"] in ("outbound_refused", "event_address")


def test_headers_cannot_be_split_and_secrets_do_not_stand_in_definitions(firm: Firm) -> None:
    headers = {"X-A": "1\r\nX-B: 2", "X-\nC": "3", "Host": "evil", "Authorization": "Bearer abc", "X-Api-Key": "k"}
    problems = put(firm.ann, form(event(firm.out.url, request={"headers": headers})))
    codes = {one["path"][-1]: one["code"] for one in problems}
    assert codes == {
        "X-A": "check_event_header", "X-\nC": "check_event_header", "Host": "check_event_header",
        "Authorization": "check_event_header_secret", "X-Api-Key": "check_event_header_secret",
    }  # fmt: skip
    tried = {"event": event(firm.out.url, request={"headers": headers}), "values": {}}
    firm.ann.post(f"{FORM}/try-event", tried)
    sent = firm.out.heard[0].headers
    assert ("x-a" in sent, "x-b" in sent, sent["host"]) == (False, False, firm.out.host)


def test_a_key_is_sent_to_its_host_and_shown_to_nobody(firm: Firm) -> None:
    secret = "s3cr3t-value"
    firm.ann.ask("PUT", "/api/workspace/keys/erp", {"host": firm.out.host, "value": secret})
    credentials = [
        {"secret": "erp", "name": "Authorization", "prefix": "Bearer "},
        {"secret": "erp", "into": "parameter", "name": "key"},
    ]
    publish(firm.ann, form(event(f"{firm.out.url}/{{number}}", request={"credentials": credentials})))
    firm.ask(number="1")
    heard = firm.out.heard[0]
    assert (heard.headers["authorization"], heard.path) == (f"Bearer {secret}", f"/1?key={secret}")
    sent = {"event": event(firm.out.url, request={"credentials": credentials}), "values": {}}
    addresses = ("/api/workspace/keys", f"{APP}/draft", FORM, f"{APP}/versions", "/api/audit")
    told = [firm.ann.post(f"{FORM}/try-event", sent), *map(firm.ann.get, addresses), firm.bob.get(FORM)]
    assert secret not in str(told)


def test_a_key_goes_to_no_other_host(firm: Firm) -> None:
    firm.ann.ask("PUT", "/api/workspace/keys/erp", {"host": "api.example.com", "value": "v"})
    credentials = [{"secret": "erp", "name": "Authorization"}]
    tried = {"event": event(firm.out.url, request={"credentials": credentials}), "values": {}}
    assert firm.ann.post(f"{FORM}/try-event", tried, 409)["code"] == "event_key_elsewhere"
    assert firm.out.heard == []
    moved = {"host": firm.out.host, "value": ""}
    assert firm.ann.ask("PUT", "/api/workspace/keys/erp", moved, status=422)["code"] == "required"


def test_keys_are_for_administrators_of_their_own_workspace(firm: Firm) -> None:
    firm.ann.ask("PUT", "/api/workspace/keys/erp", {"host": "api.example.com", "value": "v"})
    firm.bob.get("/api/workspace/keys", status=403)
    firm.bob.ask("PUT", "/api/workspace/keys/erp", {"host": "x.com", "value": "v"}, status=403)
    eve = firm.site.owner("eve@example.com")
    assert eve.get("/api/workspace/keys")["keys"] == []
    eve.ask("DELETE", "/api/workspace/keys/erp", status=404)


def test_members_are_told_when_to_ask_and_not_whom(firm: Firm) -> None:
    told = firm.bob.get(FORM)["definition"]["events"]
    assert told[0] == {
        "id": "look", "label": "Look up", "on": "change", "when": "", "fields": ["number"],
        "fills": ["name", "kind", "since", "lines"],
    }  # fmt: skip
    assert firm.out.host not in str(firm.bob.get(FORM))


def test_nothing_goes_into_fields_that_the_asker_may_not_write(firm: Firm) -> None:
    fills = [*FILLS, {"into": "secret_note", "path": "data.name"}]
    publish(firm.ann, form(event(firm.out.url, fills=fills)))
    assert "secret_note" not in firm.ask(number="1")["values"]
    assert firm.ask(firm.ann, number="1")["values"]["secret_note"] == "Acme"
    hidden = [{"into": "secret_note", "path": "data.name"}]
    publish(firm.ann, form(event(firm.out.url, fills=hidden)))
    assert firm.ask(number="1", status=404)["code"] == "no_such_event"


def test_what_the_asker_may_not_know_is_not_sent_for_him(firm: Firm) -> None:
    publish(firm.ann, form(event(f"{firm.out.url}/?s={{secret_note}}&n={{number}}")))
    firm.ask(number="1", secret_note="planted")
    assert firm.out.heard[0].path == "/?s=&n=1"


def test_who_may_not_fill_in_the_form_sets_off_nothing(firm: Firm) -> None:
    look_only = {**STAFF, "operations": ["read"]}
    publish(firm.ann, {**form(event(firm.out.url)), "groups": [look_only]})
    firm.ask(number="1", status=403)
    publish(firm.ann, {**form(event(firm.out.url)), "groups": []})
    firm.ask(number="1", status=404)
    firm.bob.post(f"{FORM}/try-event", {"event": event(firm.out.url), "values": {}}, 403)
    assert firm.out.heard == []


def test_another_workspace_sets_off_nothing_here(firm: Firm) -> None:
    eve = firm.site.owner("eve@example.com")
    firm.ask(eve, number="1", status=404)
    record = firm.ann.post(f"{FORM}/records", {"values": {"number": "1"}}, 201)["id"]
    publish(eve, form(event(firm.out.url)))
    eve.post(f"{FORM}/events/look", {"values": {"number": "1"}, "record": record}, 404)
    eve.post(f"{FORM}/events/look", {"values": {"number": "1"}, "task": record}, 404)


def test_people_are_known_by_name_only_and_files_come_by_no_answer(firm: Firm) -> None:
    firm.answer({"boss": "Bob", "number": {"a": 1}})
    fills = [{"into": "boss", "path": "boss"}, {"into": "number", "path": "number"}]
    publish(firm.ann, form(event(firm.out.url, fills=fills)))
    found = firm.ask(number="1")
    members = {one["name"]: one["id"] for one in firm.ann.get("/api/directory")["members"]}
    assert found["values"] == {"boss": members["Bob"]}
    firm.answer({"boss": "somebody else's id"})
    assert firm.ask(number="1")["problems"][0]["path"] == ["boss"]


def test_a_trial_sends_nothing_to_the_outside(firm: Firm) -> None:
    boss = firm.site.trial()
    publish(boss, form(event(f"{firm.out.url}/{{number}}")))
    assert firm.ask(boss, number="1", status=409)["code"] == "outbound_trial"
    assert firm.out.heard == []


def test_an_event_is_not_run_without_end(firm: Firm) -> None:
    for _ in range(30):
        firm.ask(number="1")
    assert firm.ask(number="1", status=429)["code"] == "too_many_tries"


def test_an_event_asks_on_every_database(any_site: Site) -> None:
    ann = any_site.owner()
    with listening() as out:
        any_site.wired.settings.outbound_allow = out.host
        publish(ann, form(event(f"{out.url}/{{number}}")))
        found = Firm(any_site, ann, ann, out)
        found.answer(ANSWER)
        assert [found.ask(number=number)["values"]["name"] for number in ("1", "2")] == ["Acme", "Acme"]
    assert len([line for line in ann.get("/api/audit") if line["topic"] == "event_run"]) == 1


def test_the_log_says_who_asked_whom(firm: Firm) -> None:
    firm.ask(number="1")
    firm.ask(number="2")
    lines = [one for one in firm.ann.get("/api/audit") if one["topic"] == "event_run"]
    assert [one["note"] for one in lines] == [f"Firm · Look up → {firm.out.host}"]


# --- strangers ------------------------------------------------------------------------------------------------------


def open_link(firm: Firm, *fields: str) -> str:
    """A public link that offers these fields; answers where strangers find it."""
    made = firm.ann.post(f"{FORM}/links", {"kind": "fill", "terms": {"fields": list(fields)}}, 201)
    return f"/api/public/{made['token']}"


def test_strangers_set_off_only_what_says_so(firm: Firm) -> None:
    place, stranger = open_link(firm, "number", "name"), firm.site.visitor()
    assert stranger.post(place)["definition"]["events"] == []
    stranger.post(f"{place}/events/look", {"values": {"number": "1"}}, 404)
    publish(firm.ann, form(event(f"{firm.out.url}/{{number}}", public=True)))
    assert [one["id"] for one in stranger.post(place)["definition"]["events"]] == ["look"]
    found = stranger.post(f"{place}/events/look", {"values": {"number": "1", "secret_note": "x"}})
    assert found["values"] == {"name": "Acme"}


def test_a_stranger_sees_the_button_of_an_event_for_him(firm: Firm) -> None:
    place, stranger = open_link(firm, "name"), firm.site.visitor()
    assert "ask" not in str(stranger.post(place)["definition"]["fields"])
    pressed = event(firm.out.url, on="press", fields=["ask"], public=True)
    publish(firm.ann, form(pressed))
    assert [one["id"] for one in stranger.post(place)["definition"]["fields"]] == ["name", "ask"]


# --- the checker ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"fields": ["nowhere"]}, "check_no_field", ["fields", 0]),
        ({"fields": []}, "check_event_no_trigger", ["fields"]),
        ({"on": "press", "fields": ["number"]}, "check_no_field", ["fields", 0]),
        ({"when": "nowhere = 1"}, "check_expression", ["when"]),
        ({"fills": []}, "check_event_no_fills", ["fills"]),
        ({"fills": [{"into": "nowhere", "path": "a"}]}, "check_no_field", ["fills", 0, "into"]),
        ({"fills": [{"into": "twice", "path": "a"}]}, "check_event_computed", ["fills", 0, "into"]),
        ({"fills": [{"into": "name", "path": "a..b"}]}, "check_event_path", ["fills", 0, "path"]),
        ({"fills": [{"into": "lines", "path": "a"}]}, "check_event_columns", ["fills", 0, "columns"]),
        (
            {"fills": [{"into": "lines", "path": "a", "columns": {"gone": "b"}}]},
            "check_no_field",
            ["fills", 0, "columns", "gone"],
        ),
    ],
)
def test_what_is_unsound_is_told_with_its_place(firm: Firm, change: Any, code: str, path: Any) -> None:
    problems = put(firm.ann, form(event("https://example.com/", **change)))
    assert (code, ["forms", "firm", "events", 0, *path]) in [(one["code"], one["path"]) for one in problems]


def test_an_event_counts_as_a_use_of_its_fields(firm: Firm) -> None:
    for field, place in (("number", "fields.0"), ("name", "fills.0.into"), ("lines.much", "fills.3.columns.much")):
        uses = firm.ann.get(f"{FORM}/fields/{field}/usage")["uses"]
        assert f"forms.firm.events.0.{place}" in [one["where"] for one in uses], field
    assert any("request.url" in one["where"] for one in firm.ann.get(f"{FORM}/fields/number/usage")["uses"])


def test_trying_shows_what_was_sent_what_came_and_what_it_fills(firm: Firm) -> None:
    tried = firm.ann.post(
        f"{FORM}/try-event", {"event": event(f"{firm.out.url}/{{number}}"), "values": {"number": "7"}}
    )
    assert (tried["method"], tried["url"], tried["status"]) == ("GET", f"{firm.out.url}/7", 200)
    assert (json.loads(tried["answer"]), tried["values"]["name"]) == (ANSWER, "Acme")
