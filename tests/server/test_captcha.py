"""Public links that ask whether it is a person 人机验证: a proof counts once, for its link, for a while."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from server import captcha
from tests.server.outdoors import Listener, listening
from tests.server.site import Person, Site
from tests.server.test_public_links import SENT, address, link


@pytest.fixture(autouse=True)
def easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A riddle that is solved at once."""
    monkeypatch.setattr(captcha, "BITS", 8)


@pytest.fixture
def provider(site: Site) -> Iterator[Listener]:
    """The operator has set up a captcha service that listens on this machine."""
    with listening() as out:
        settings = site.wired.settings
        settings.captcha, settings.captcha_verify_url = "generic", f"{out.url}/siteverify"
        settings.captcha_secret, settings.outbound_allow = "s3cr3t", out.host
        settings.captcha_script_url = "https://captcha.example/api.js"
        out.answers = [(200, {}, json.dumps({"success": True}).encode())]
        yield out


def solve(riddle: dict[str, Any]) -> str:
    """The proof of a riddle."""
    for number in count():
        proof = f"{riddle['challenge']}#{number}"
        if int.from_bytes(hashlib.sha256(proof.encode()).digest()) >> (256 - riddle["bits"]) == 0:
            return proof
    raise AssertionError


def send(who: Person, made: dict[str, Any], proof: str, status: int) -> Any:
    """Send what a stranger fills in."""
    return who.post(address(made, "records"), {"values": SENT, "proof": proof}, status)


def test_a_link_that_asks_for_nothing_says_so_and_takes_no_proof(site: Site, ann: Person) -> None:
    made, stranger = link(ann), site.visitor()
    assert stranger.post(address(made))["captcha"] == ""
    assert stranger.post(address(made, "challenge"))["kind"] == ""
    send(stranger, made, "", 201)


def test_some_work_lets_one_record_in_and_no_second(site: Site, ann: Person) -> None:
    made, stranger = link(ann, captcha="work"), site.visitor()
    assert stranger.post(address(made))["captcha"] == "work"
    assert send(stranger, made, "", 403)["code"] == "captcha_needed"
    proof = solve(stranger.post(address(made, "challenge")))
    send(stranger, made, proof, 201)
    assert send(stranger, made, proof, 403)["code"] == "captcha_again"
    assert ann.list("lead", total=True)["total"] == 1


def test_a_proof_is_not_lost_when_what_was_sent_is_refused(site: Site, ann: Person) -> None:
    made, stranger = link(ann, captcha="work"), site.visitor()
    proof = solve(stranger.post(address(made, "challenge")))
    stranger.post(address(made, "records"), {"values": {"source": "nowhere"}, "proof": proof}, 422)
    send(stranger, made, proof, 201)


def test_a_proof_is_for_its_own_link_and_only_for_a_while(site: Site, ann: Person) -> None:
    made, other, stranger = link(ann, captcha="work"), link(ann, captcha="work"), site.visitor()
    proof = solve(stranger.post(address(made, "challenge")))
    assert send(stranger, other, proof, 403)["code"] == "captcha_again"
    clock = site.wired.clock
    now = clock.now()
    site.wired.clock = type("Later", (), {"now": lambda self: now + timedelta(minutes=11)})()
    try:
        assert send(stranger, made, proof, 403)["code"] == "captcha_again"
    finally:
        site.wired.clock = clock


@pytest.mark.parametrize(
    "change",
    [
        lambda proof: proof.replace("work-8", "work-0"),
        lambda proof: proof.replace("work-8", "pass"),
        lambda proof: proof.split("#")[0],
        lambda proof: proof.split("#")[0] + "#-1",
        lambda proof: proof.split("#")[0] + "#１２",
        lambda proof: "x" + proof,
        lambda proof: "work-8.99999999999.n.mac#1",
        lambda proof: "....#",
    ],
    ids=["easier", "other kind", "unsolved", "negative", "wide digits", "longer", "forged", "dots"],
)
def test_a_proof_cannot_be_made_up(site: Site, ann: Person, change: Any) -> None:
    made, stranger = link(ann, captcha="work"), site.visitor()
    proof = solve(stranger.post(address(made, "challenge")))
    assert send(stranger, made, change(proof), 403)["code"] in ("captcha_again", "captcha_wrong")
    assert ann.list("lead", total=True)["total"] == 0


def test_a_lookup_asks_too(site: Site, ann: Person) -> None:
    made = link(ann, "query", fields=["company"], asked=["mobile"], captcha="work")
    stranger = site.visitor()
    known = {"values": {"mobile": "13800000000"}}
    assert stranger.post(address(made, "query"), known, 403)["code"] == "captcha_needed"
    sent = {**known, "proof": solve(stranger.post(address(made, "challenge")))}
    stranger.post(address(made, "query"), sent)
    assert stranger.post(address(made, "query"), sent, 403)["code"] == "captcha_again"


def test_the_captcha_service_is_asked_by_the_server(site: Site, ann: Person, provider: Listener) -> None:
    made, stranger = link(ann, captcha="provider"), site.visitor()
    assert stranger.post(address(made))["captcha"] == "provider"
    proof = stranger.post(address(made, "captcha"), {"answer": "token-of-the-browser"})["proof"]
    asked = parse_qs(provider.heard[0].body.decode())
    assert (asked["secret"], asked["response"]) == (["s3cr3t"], ["token-of-the-browser"])
    send(stranger, made, proof, 201)
    assert send(stranger, made, proof, 403)["code"] == "captcha_again"
    assert "s3cr3t" not in str(stranger.post(address(made)))


@pytest.mark.parametrize("said", [b'{"success": false}', b'{"success": "true"}', b"[]", b"<html>", b""])
def test_what_the_captcha_service_does_not_find_right_gets_no_proof(
    site: Site, ann: Person, provider: Listener, said: bytes
) -> None:
    provider.answers = [(200, {}, said)]
    made, stranger = link(ann, captcha="provider"), site.visitor()
    assert stranger.post(address(made, "captcha"), {"answer": "x"}, 403)["code"] == "captcha_wrong"
    assert send(stranger, made, "", 403)["code"] == "captcha_needed"


def test_without_a_service_the_browser_works_instead(site: Site, ann: Person) -> None:
    made, stranger = link(ann, captcha="provider"), site.visitor()
    assert stranger.post(address(made))["captcha"] == "work"
    send(stranger, made, solve(stranger.post(address(made, "challenge"))), 201)


def test_the_captcha_is_framed_and_every_other_page_stays_strict(
    site: Site, provider: Listener, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<p>page</p>")
    (tmp_path / "fill.html").write_text("<p>page</p>")
    site.wired.settings.web = tmp_path
    stranger = site.visitor()
    page = stranger.client.get("/captcha")
    assert "script-src 'self' https://captcha.example;" in page.headers["content-security-policy"]
    assert "captcha.example" not in stranger.client.get("/p/anything").headers["content-security-policy"]


def test_without_a_service_there_is_no_captcha_page(site: Site) -> None:
    assert site.visitor().client.get("/captcha").status_code == 404
