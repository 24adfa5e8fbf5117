"""What a stranger brings by a public link, he sees while he fills in 陌生人的图片; nobody else does, by no trick."""

from typing import Any

import pytest

from tests.server.site import Person, Site
from tests.server.test_public_links import address, link
from tests.server.test_ripple import EVERYONE, publish

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
LETTER = {
    "id": "letter", "name": "Letter", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"}, {"id": "body", "type": "richtext", "label": "Body"},
        {"id": "photo", "type": "image", "label": "Photo"},
    ],
}  # fmt: skip


@pytest.fixture
def made(ann: Person) -> dict[str, Any]:
    """A link that takes formatted text."""
    publish(ann, LETTER)
    return link(ann, form="letter", fields=["name", "body", "photo"])


def picture(person: Person, made: dict[str, Any], content: bytes = PNG, **more: Any) -> str:
    """The id of a picture that the stranger brought."""
    held = {"file": ("a.png", content, "image/png")}
    return str(person.post(address(made, "files"), status=201, files=held, **more)["id"])


def status(person: Person, id: str, **cookies: str) -> int:
    """What the person is answered who asks for the file."""
    for name, value in cookies.items():
        person.client.cookies.set(name, value)
    return int(person.client.get(f"/api/files/{id}").status_code)


def test_a_stranger_sees_the_picture_in_his_formatted_text_until_he_sends_it(
    site: Site, ann: Person, made: dict[str, Any]
) -> None:
    stranger = site.visitor()
    first, second = picture(stranger, made), picture(stranger, made, PNG + b"2")
    answer = stranger.client.get(f"/api/files/{first}")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert "sandbox" in answer.headers["content-security-policy"]
    body = f'<p>see</p><img src="/api/files/{first}">'
    stranger.post(address(made, "records"), {"values": {"name": "A", "body": body}}, status=201)
    assert (status(stranger, first), status(stranger, second)) == (401, 200)
    assert ann.get(f"/api/files/{first}").content == PNG


def test_nobody_else_sees_it_whatever_his_cookies_say(site: Site, made: dict[str, Any]) -> None:
    stranger = site.visitor()
    id = picture(stranger, made)
    other = site.visitor()
    assert status(other, id) == 401
    assert status(other, id, qiaoban_links=made["token"]) == 401
    mine = picture(other, made)
    assert (status(other, mine), status(other, id)) == (200, 401)
    assert status(other, id, qiaoban_device="x" * 32, qiaoban_links=".".join([made["token"]] * 50)) == 401
    assert status(other, id, qiaoban_device="", qiaoban_links=f"..{made['token']}..%00") == 401


def test_the_device_sees_no_other_file_of_the_company(site: Site, ann: Person, made: dict[str, Any]) -> None:
    own = ann.post("/api/files", files={"file": ("a.png", PNG)}, status=201)["id"]
    kept = ann.post("/api/files", files={"file": ("b.png", PNG)}, status=201)
    ann.post("/api/apps/crm/forms/letter/records", {"values": {"name": "x", "photo": [kept]}}, 201)
    stranger = site.visitor()
    picture(stranger, made)
    assert [status(stranger, id) for id in (own, kept["id"], "../x", "x" * 200, "%2e%2e")] == [401, 401, 404, 401, 401]


def test_what_was_brought_is_gone_with_the_link(site: Site, ann: Person, made: dict[str, Any]) -> None:
    stranger = site.visitor()
    id = picture(stranger, made)
    ann.ask("PATCH", f"/api/apps/crm/forms/letter/links/{made['id']}", {"enabled": False})
    assert status(stranger, id) == 401


def test_several_links_and_companies_are_kept_apart(site: Site, ann: Person, made: dict[str, Any]) -> None:
    """The device is known to each; a file of one is no file of the other."""
    bob = site.owner("bob@example.com")
    publish(bob, LETTER)
    theirs = link(bob, form="letter", fields=["name", "body"])
    stranger = site.visitor()
    here, there = picture(stranger, made), picture(stranger, theirs)
    assert (status(stranger, here), status(stranger, there)) == (200, 200)
    assert (status(ann, there), status(bob, here)) == (404, 404)


def test_a_member_who_fills_in_a_link_sees_what_he_brought_too(site: Site, made: dict[str, Any]) -> None:
    """He is a stranger to the other company, and signed in to his own."""
    bob = site.owner("bob@example.com")
    id = picture(bob, made)
    assert status(bob, id) == 200
    assert status(site.owner("eve@example.com"), id) == 404
