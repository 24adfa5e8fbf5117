"""Mobiles verified by a code 手机验证: bounded tries, no flooding, and a record only with a verified number."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from server.store import tables
from server.transaction import transaction
from tests.server.outdoors import Listener, listening
from tests.server.site import Person, Site
from tests.server.test_ripple import APP, EVERYONE, publish

FORM = f"{APP}/forms/guest"
GUEST = {
    "id": "guest", "name": "Guest", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "mobile", "type": "mobile", "label": "Mobile", "verify": True},
        {"id": "other", "type": "mobile", "label": "Other"},
    ],
}  # fmt: skip
NUMBER = "13800000001"


@dataclass
class Guests:
    """A form whose number must be verified, and a service that sends codes."""

    site: Site
    ann: Person
    out: Listener

    def code(self) -> str:
        """The code that was sent last."""
        sent: str = self.out.heard[-1].json["code"]
        return sent

    def ask(self, who: Person, number: str = NUMBER, status: int = 200, place: str = FORM) -> Any:
        """Ask for a code."""
        return who.post(f"{place}/phone-codes", {"field": "mobile", "number": number}, status)

    def tell(self, who: Person, code: str, number: str = NUMBER, status: int = 200, place: str = FORM) -> Any:
        """Type the code."""
        return who.post(f"{place}/phone-codes/check", {"field": "mobile", "number": number, "code": code}, status)

    def send(self, who: Person, status: int, **values: Any) -> Any:
        """Send a record."""
        return who.post(f"{FORM}/records", {"values": {"name": "Jo", **values}}, status)

    def earlier(self, by: timedelta) -> None:
        """All codes were sent so much earlier."""
        code = tables.phone_code
        with transaction(self.site.wired.engine) as connection:
            for row in connection.execute(select(code)).all():
                moved = {"sent_at": row.sent_at - by, "expires_at": row.expires_at - by}
                connection.execute(update(code).where(code.c.id == row.id).values(**moved))


def opened(site: Site, ann: Person) -> Iterator[Guests]:
    """The operator has set up a service on this machine."""
    with listening() as out:
        settings = site.wired.settings
        settings.sms_url, settings.sms_secret, settings.outbound_allow = f"{out.url}/sms", "s3cr3t", out.host
        publish(ann, GUEST)
        yield Guests(site, ann, out)


@pytest.fixture
def guests(site: Site, ann: Person) -> Iterator[Guests]:
    """On SQLite alone, where the database is not the point."""
    yield from opened(site, ann)


@pytest.fixture
def everywhere(any_site: Site) -> Iterator[Guests]:
    """On both databases."""
    yield from opened(any_site, any_site.owner())


def test_a_record_is_kept_once_its_number_is_verified(everywhere: Guests) -> None:
    guests, ann = everywhere, everywhere.ann
    refused = guests.send(ann, 422, mobile=NUMBER)
    assert (refused["code"], refused["path"]) == ("phone_unverified", ["values", "mobile"])
    guests.ask(ann)
    heard = guests.out.heard[0]
    assert heard.headers["authorization"] == "Bearer s3cr3t"
    assert heard.json == {
        "kind": "sms", "number": NUMBER, "code": guests.code(), "minutes": 10, "language": "en",
    }  # fmt: skip
    assert guests.tell(ann, guests.code(), number="+86 138 0000 0001") == {"verified": True}
    guests.send(ann, 201, mobile=NUMBER)
    assert guests.send(ann, 422, mobile=NUMBER)["code"] == "phone_unverified"


def test_what_is_verified_is_good_for_its_number_its_form_and_who_asked(guests: Guests, bob: Person) -> None:
    ann = guests.ann
    publish(ann, {**GUEST, "id": "other", "name": "Other"})
    guests.ask(ann)
    guests.tell(ann, guests.code())
    guests.send(ann, 422, mobile="13800000002")
    guests.send(bob, 422, mobile=NUMBER)
    ann.post(f"{APP}/forms/other/records", {"values": {"name": "Jo", "mobile": NUMBER}}, 422)
    again = guests.site.visitor()
    again.post("/api/signin", {"email": "ann@example.com", "password": "correct horse"})
    guests.send(again, 422, mobile=NUMBER)
    guests.send(ann, 201, mobile=NUMBER)


def test_a_number_that_stays_is_not_verified_again_and_another_is(guests: Guests) -> None:
    ann = guests.ann
    guests.ask(ann)
    guests.tell(ann, guests.code())
    record = guests.send(ann, 201, mobile=NUMBER)["id"]
    place = f"{FORM}/records/{record}"
    ann.ask("PATCH", place, {"values": {"name": "Joe", "mobile": NUMBER}, "before": {}})
    changed = {"values": {"mobile": "13800000002"}, "before": {"mobile": NUMBER}}
    assert ann.ask("PATCH", place, changed, status=422)["code"] == "phone_unverified"
    guests.send(ann, 201, name="No number", other="13800000009")


def test_who_may_only_change_a_record_verifies_for_it(guests: Guests, bob: Person) -> None:
    publish(guests.ann, {**GUEST, "groups": [{**EVERYONE, "operations": ["read", "update"]}]})
    record = guests.send(guests.ann, 201)["id"]
    guests.ask(bob, status=403)
    place = {"field": "mobile", "number": NUMBER, "record": record}
    bob.post(f"{FORM}/phone-codes", place)
    bob.post(f"{FORM}/phone-codes/check", {**place, "code": guests.code()})
    bob.ask("PATCH", f"{FORM}/records/{record}", {"values": {"mobile": NUMBER}, "before": {}})


def test_codes_cannot_be_guessed(guests: Guests) -> None:
    ann = guests.ann
    guests.ask(ann)
    wrong = [code for code in ("000000", "000001", "000002", "000003", "000004", "000005") if code != guests.code()][:5]
    left = [guests.tell(ann, code, status=422)["problems"][0]["params"]["left"] for code in wrong]
    assert left == [4, 3, 2, 1, 0]
    assert guests.tell(ann, guests.code(), status=409)["code"] == "phone_code_over"


def test_a_code_is_good_for_ten_minutes_and_what_it_shows_for_an_hour(guests: Guests) -> None:
    ann = guests.ann
    guests.ask(ann)
    guests.earlier(timedelta(minutes=11))
    assert guests.tell(ann, guests.code(), status=409)["code"] == "phone_code_over"
    guests.ask(ann)
    guests.tell(ann, guests.code())
    guests.earlier(timedelta(minutes=61))
    guests.send(ann, 422, mobile=NUMBER)


def test_nobody_is_flooded_with_codes(guests: Guests) -> None:
    ann = guests.ann
    guests.ask(ann)
    assert guests.ask(ann, status=429)["code"] == "phone_too_soon"
    for _ in range(4):
        guests.earlier(timedelta(minutes=2))
        guests.ask(ann)
        guests.site.wired.limits.seen.clear()
    guests.earlier(timedelta(minutes=2))
    eve = guests.site.owner("eve@example.com")
    publish(eve, GUEST)
    assert guests.ask(eve, status=429)["code"] == "phone_enough"
    assert len(guests.out.heard) == 5


def test_codes_are_kept_hashed_and_told_to_nobody(guests: Guests) -> None:
    told = guests.ask(guests.ann)
    with transaction(guests.site.wired.engine) as connection:
        kept = str(connection.execute(select(tables.phone_code)).all())
    assert guests.code() not in str(told)
    assert (guests.code() in kept, NUMBER in kept) == (False, False)


def test_codes_go_to_fields_that_ask_for_them_and_to_numbers(guests: Guests) -> None:
    sent = {"field": "other", "number": NUMBER}
    assert guests.ann.post(f"{FORM}/phone-codes", sent, 404)["code"] == "phone_not_asked"
    assert guests.ask(guests.ann, number="110", status=422)["code"] == "must_be_mobile"
    guests.out.answers = [(500, {}, b"")]
    assert guests.ask(guests.ann, status=409)["code"] == "service_failed"


def test_without_a_service_nothing_is_asked_for(guests: Guests) -> None:
    guests.site.wired.settings.sms_url = ""
    assert "sms" not in guests.ann.get("/api/session")["services"]
    assert guests.ask(guests.ann, status=409)["code"] == "service_off"
    guests.send(guests.ann, 201, mobile=NUMBER)


def test_a_trial_sends_no_codes_and_asks_for_none(guests: Guests) -> None:
    boss = guests.site.trial()
    publish(boss, GUEST)
    assert boss.get("/api/session")["services"] == []
    assert guests.ask(boss, status=409)["code"] == "outbound_trial"
    guests.send(boss, 201, mobile=NUMBER)


def test_a_stranger_verifies_his_number_on_his_device(guests: Guests) -> None:
    made = guests.ann.post(f"{FORM}/links", {"kind": "fill", "terms": {"fields": ["name", "mobile"]}}, 201)
    place, stranger, other = f"/api/public/{made['token']}", guests.site.visitor(), guests.site.visitor()
    assert "sms" in stranger.post(place)["services"]
    sent = {"values": {"name": "Jo", "mobile": NUMBER}}
    assert stranger.post(f"{place}/records", sent, 422)["code"] == "phone_unverified"
    guests.ask(stranger, place=place)
    assert guests.tell(other, guests.code(), status=409, place=place)["code"] == "phone_code_over"
    guests.tell(stranger, guests.code(), place=place)
    assert other.post(f"{place}/records", sent, 422)["code"] == "phone_unverified"
    stranger.post(f"{place}/records", sent, 201)
    held = guests.ann.post(f"{FORM}/records/query", {})["records"]
    assert [one["values"]["mobile"] for one in held] == [NUMBER]
    assert json.dumps(held).count(NUMBER) == 1


def test_a_draft_is_verified_when_it_is_sent(guests: Guests) -> None:
    flow = {"id": "guest", "form": "guest", "name": "F", "start": "draft", "nodes": {
        "draft": {"type": "fill", "on": {"submit": "end"}}, "end": {"type": "end"},
    }}  # fmt: skip
    ann = guests.ann
    ann.ask("PUT", f"{APP}/draft/workflows/guest", {"value": flow, "base": ""})
    publish(ann, {**GUEST, "workflow": "guest"})
    kept = ann.post(f"{FORM}/records", {"values": {"name": "Jo", "mobile": NUMBER}, "submit": False}, 201)
    assert kept["status"] == "draft"
    refused = ann.post(f"{FORM}/records/{kept['id']}/submit", {}, 422)
    assert refused["code"] == "phone_unverified"
