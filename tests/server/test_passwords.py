"""Passwords 密码: changed by who knows the old one, set anew by an administrator's link, and attacks on both."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from server import operating
from server.cli import cli
from server.store import passwords
from server.transaction import transaction
from tests.server.site import Person, Site
from tests.server.team import CREDENTIALS, bearer, member

NEW = "battery staple"
CHANGE = "/api/account/password"


def sign_in(site: Site, password: str, status: int = 200) -> Person:
    """Bob in another browser."""
    person = site.visitor()
    person.post("/api/signin", {**CREDENTIALS, "password": password}, status)
    return person


def offer(ann: Person, name: str = "Bob", status: int = 201) -> str:
    """The address of the API behind a new link for a member."""
    made = ann.post(f"/api/members/{member(ann, name)}/reset", status=status)
    return str(made.get("link", "")).replace("/reset/", "/api/resets/")


def topics(ann: Person) -> list[str]:
    """What the log says, newest first."""
    return [line["topic"] for line in ann.get("/api/audit")]


def test_changing_the_password_ends_every_other_session(site: Site, ann: Person, bob: Person) -> None:
    """The old one opens nothing any more; the page in which it was changed stays signed in; tokens go on."""
    other, (robot, _) = sign_in(site, CREDENTIALS["password"]), bearer(bob)
    bob.post(CHANGE, {"old": CREDENTIALS["password"], "new": NEW})
    bob.get("/api/tasks/counts")
    robot.get("/api/tasks/counts")
    other.get("/api/tasks/counts", 401)
    sign_in(site, CREDENTIALS["password"], 401)
    sign_in(site, NEW)
    ann.get("/api/tasks/counts")
    assert topics(ann) == ["password_changed"]


def test_who_does_not_know_the_old_password_changes_nothing(site: Site, ann: Person, bob: Person) -> None:
    """Nor does a token, a weak new one, or a trial that has no password."""
    wrong = bob.post(CHANGE, {"old": "wrong horse", "new": NEW}, 422)
    assert (wrong["code"], wrong["path"]) == ("wrong_old_password", ["old"])
    weak = bob.post(CHANGE, {"old": CREDENTIALS["password"], "new": "12345678"}, 422)
    assert (weak["code"], weak["path"]) == ("weak_password", ["new"])
    bearer(bob)[0].post(CHANGE, {"old": CREDENTIALS["password"], "new": NEW}, 403)
    assert site.trial().post(CHANGE, {"old": "x", "new": NEW}, 409)["code"] == "no_account"
    sign_in(site, CREDENTIALS["password"])
    assert topics(ann) == []


def test_guessing_the_old_password_is_limited(site: Site, bob: Person) -> None:
    """As signing in is, and together with it."""
    site.wired.settings.sign_ins_per_minute = 3
    site.wired.limits.seen.clear()
    for _ in range(3):
        bob.post(CHANGE, {"old": "wrong horse", "new": NEW}, 422)
    bob.post(CHANGE, {"old": CREDENTIALS["password"], "new": NEW}, 429)
    sign_in(site, CREDENTIALS["password"], 429)
    site.visitor().post("/api/resets/x", {"password": NEW}, 429)


def test_a_link_sets_the_password_once(site: Site, ann: Person, bob: Person) -> None:
    """Every session and token of the person ends; the log names who made it and who used it."""
    robot, _ = bearer(bob)
    link = offer(ann)
    stranger = site.visitor()
    assert stranger.get(link) == {"name": "Bob", "email": CREDENTIALS["email"]}
    assert stranger.post(link, {"password": "12345678"}, 422)["code"] == "weak_password"
    stranger.post(link, {"password": NEW})
    assert stranger.post(link, {"password": "another one"}, 404)["code"] == "reset_over"
    stranger.get(link, 404)
    for person in (bob, robot):
        person.get("/api/tasks/counts", 401)
    sign_in(site, CREDENTIALS["password"], 401)
    sign_in(site, NEW)
    lines = ann.get("/api/audit")
    assert [(line["topic"], line["note"]) for line in lines] == [("reset_used", "Bob"), ("reset_offered", "Bob")]
    assert [line["actor"] for line in lines] == [member(ann), member(ann, "Ann")]


def test_a_link_is_void_after_a_newer_one_a_change_or_a_day(site: Site, ann: Person, bob: Person) -> None:
    """At most one is open at a time."""
    first, second = offer(ann), offer(ann)
    site.visitor().get(first, 404)
    bob.post(CHANGE, {"old": CREDENTIALS["password"], "new": NEW})
    site.visitor().post(second, {"password": "another one"}, 404)
    third, late = offer(ann), site.wired.clock.now() + timedelta(hours=25)
    with transaction(site.wired.engine) as connection:
        assert passwords.prune_resets(connection, late - timedelta(hours=2)) == 0
        assert passwords.prune_resets(connection, late) == 1
    site.visitor().post(third, {"password": "another one"}, 404)
    sign_in(site, NEW)


def test_a_link_is_for_administrators_to_make(site: Site, ann: Person, bob: Person) -> None:
    """A member makes none and reads no log; one who has no account, or is of another workspace, gets none."""
    bob.post(f"/api/members/{member(ann, 'Ann')}/reset", status=403)
    bob.get("/api/audit", 403)
    someone = ann.post("/api/members", {"name": "M"}, 201)["id"]
    assert ann.post(f"/api/members/{someone}/reset", status=409)["code"] == "member_without_account"
    stranger = site.owner("eve@example.com")
    assert stranger.post(f"/api/members/{member(ann)}/reset", status=404)["code"] == "not_found"
    assert stranger.get("/api/audit") == []


def test_an_administrator_cannot_take_an_account_that_opens_other_workspaces(
    site: Site,
    ann: Person,
    bob: Person,
) -> None:
    """Eve invites Bob to her workspace and would set the password by which he enters Ann's."""
    link = offer(ann)
    eve = site.owner("eve@example.com")
    invite = eve.post("/api/invites", {}, 201)["link"].replace("/invite/", "/api/invites/")
    bob.post(f"{invite}/accept", {"name": "Bob", **CREDENTIALS}, 201)
    refused = eve.post(f"/api/members/{member(eve)}/reset", status=409)
    assert refused["code"] == "member_elsewhere_too"
    site.visitor().post(link, {"password": NEW}, 404)
    eve.ask("PATCH", f"/api/members/{member(eve)}", {"enabled": False})
    assert ann.post(f"/api/members/{member(ann)}/reset", status=409)["code"] == "member_elsewhere_too"
    sign_in(site, CREDENTIALS["password"])


def test_the_secret_of_a_link_is_kept_nowhere(site: Site, ann: Person, bob: Person) -> None:
    """Not in the database, and not in the answer of a repeated request."""
    path = f"/api/members/{member(ann)}/reset"
    made = ann.post(path, status=201, headers={"idempotency-key": "k"}, json={})
    again = ann.post(path, status=201, headers={"idempotency-key": "k"}, json={})
    assert made["link"]
    assert not again.get("link")
    secret = made["link"].rpartition("/")[2]
    assert secret.encode() not in b"".join(path.read_bytes() for path in site.wired.settings.home.glob("qiaoban.db*"))


def test_the_operator_sets_a_password(site: Site, ann: Person, bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """By `qiaoban user password`; sessions end, the log says so, and an unknown e-mail is told."""
    monkeypatch.setenv("QIAOBAN_HOME", str(site.wired.settings.home))
    done = CliRunner().invoke(cli, ["user", "password", "BOB@example.com"], input=f"{NEW}\n{NEW}\n")
    assert done.exit_code == 0, done.output
    bob.get("/api/tasks/counts", 401)
    sign_in(site, NEW)
    assert [(line["topic"], line["actor"]) for line in ann.get("/api/audit")] == [("password_set", "")]
    unknown = CliRunner().invoke(cli, ["user", "password", "x@example.com", "--password", NEW])
    assert unknown.exit_code == 1
    assert "x@example.com" in unknown.output
    with pytest.raises(Exception, match="weak_password"):
        operating.set_password(site.wired.settings, "bob@example.com", "12345678")
