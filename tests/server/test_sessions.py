"""Sessions and tokens 会话与令牌: what is taken away is gone with the next request."""

import time

import pytest

from tests.server.site import Person, Site
from tests.server.team import CREDENTIALS, bearer, member


def test_disabling_a_member_ends_sessions_and_tokens_at_once(ann: Person, bob: Person) -> None:
    """And enabling him again does not bring the old sessions back."""
    robot, _ = bearer(bob)
    bob.get("/api/tasks/counts")
    ann.ask("PATCH", f"/api/members/{member(ann)}", {"enabled": False})
    for person in (bob, robot):
        assert person.get("/api/tasks/counts", 401)["code"] == "not_signed_in"
    assert bob.site.visitor().post("/api/signin", CREDENTIALS, 401)["code"] in ("wrong_password", "no_workspace")
    ann.ask("PATCH", f"/api/members/{member(ann)}", {"enabled": True})
    bob.get("/api/tasks/counts", 401)
    bob.site.visitor().post("/api/signin", CREDENTIALS)


def test_a_role_given_and_taken_acts_with_the_next_request(ann: Person, bob: Person) -> None:
    """No sign-in in between, with session and token alike."""
    robot, _ = bearer(bob)
    role = next(one["id"] for one in ann.get("/api/directory")["roles"] if one["id"] == "sales_director")
    bob.list("customer", 404)
    ann.ask("PATCH", f"/api/members/{member(ann)}", {"roles": [role]})
    assert bob.list("customer")["records"] == robot.list("customer")["records"] == []
    ann.ask("PATCH", f"/api/members/{member(ann)}", {"roles": []})
    for person in (bob, robot):
        person.list("customer", 404)


def test_an_administrator_who_is_one_no_more_designs_no_more(ann: Person, bob: Person) -> None:
    """The last administrator stays one."""
    bob.get("/api/apps/crm/draft", 403)
    ann.ask("PATCH", f"/api/members/{member(ann)}", {"admin": True})
    bob.get("/api/apps/crm/draft")
    bob.ask("PATCH", f"/api/members/{member(ann, 'Ann')}", {"admin": False})
    assert ann.get("/api/apps/crm/draft", 403)["code"] == "admins_only"
    last = bob.ask("PATCH", f"/api/members/{member(bob)}", {"admin": False}, status=409)
    assert last["code"] == "last_admin"


def test_a_token_goes_through_its_members_rights_and_makes_no_tokens(ann: Person, bob: Person) -> None:
    """It can do what he can, and not more of itself; of another's tokens nothing is seen."""
    robot, id = bearer(bob)
    robot.get("/api/apps/crm/draft", 403)
    assert robot.post("/api/tokens", {"name": "more"}, 403)["code"] == "tokens_by_session_only"
    assert [one["id"] for one in bob.get("/api/tokens")] == [id]
    assert ann.get("/api/tokens") == []
    assert [one["secret"] for one in bob.get("/api/tokens")] == [""]
    ann.ask("DELETE", f"/api/tokens/{id}", status=404)
    bob.ask("DELETE", f"/api/tokens/{id}")
    robot.get("/api/tasks/counts", 401)
    bob.get("/api/tasks/counts")


def test_a_token_needs_no_cookie_and_a_cookie_is_no_token(ann: Person, bob: Person) -> None:
    """The session's secret in the header opens nothing; nor does an empty or an endless one."""
    cookie = bob.client.cookies.get("qiaoban")
    for secret in (cookie, "", "qb_", "x" * 10_000, "é"):
        stranger = ann.site.visitor()
        answer = stranger.client.get("/api/tasks/counts", headers={"authorization": f"Bearer {secret}".encode()})
        assert answer.status_code == 401


def test_signing_out_ends_the_session_for_good(bob: Person) -> None:
    """The old cookie, kept aside, opens nothing; another browser of his stays signed in."""
    other = bob.site.visitor()
    other.post("/api/signin", CREDENTIALS)
    cookie = bob.client.cookies.get("qiaoban") or ""
    bob.post("/api/signout")
    assert "qiaoban" not in bob.client.cookies
    thief = bob.site.visitor()
    thief.client.cookies.set("qiaoban", cookie)
    thief.get("/api/tasks/counts", 401)
    other.get("/api/tasks/counts")


def test_signing_in_changes_the_secret(bob: Person) -> None:
    """A cookie set by somebody else before does not become a session (fixation)."""
    person = bob.site.visitor()
    person.client.cookies.set("qiaoban", "chosen-by-an-attacker")
    person.post("/api/signin", CREDENTIALS)
    thief = bob.site.visitor()
    thief.client.cookies.set("qiaoban", "chosen-by-an-attacker")
    thief.get("/api/tasks/counts", 401)


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site, ann: Person, secure: bool) -> None:
    """HttpOnly, SameSite=Lax, Path=/, Secure behind HTTPS; and it says nothing."""
    site.wired.settings.secure_cookies = secure
    answer = site.visitor().client.post("/api/signin", json={"email": "ann@example.com", "password": "correct horse"})
    cookie = answer.headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= parts
    assert ("secure" in parts) is secure
    assert len(cookie.split(";")[0].partition("=")[2]) >= 43


def test_a_wrong_password_and_an_unknown_address_look_alike(site: Site, ann: Person) -> None:
    """The same answer, in about the same time."""
    person, took, answers = site.visitor(), dict[str, list[float]](), dict[str, object]()
    for email in ("ann@example.com", "nobody@example.com") * 8:
        started = time.perf_counter()
        answer = person.client.post("/api/signin", json={"email": email, "password": "wrong horse"})
        took.setdefault(email, []).append(time.perf_counter() - started)
        assert answer.status_code == 401
        answers[email] = answer.json()
    assert answers["ann@example.com"] == answers["nobody@example.com"]
    # The best of eight, in turns: without the password's work one of them would take a tenth of the other's time.
    known, unknown = (min(times) for times in took.values())
    assert 0.4 < known / unknown < 2.5


def test_signing_in_is_limited_for_each_address(site: Site, ann: Person) -> None:
    """Also with the right password, and also by way of an invitation."""
    link = ann.post("/api/invites", {}, 201)["link"].replace("/invite/", "/api/invites/")
    site.wired.settings.sign_ins_per_minute = 3
    site.wired.limits.seen.clear()
    person = site.visitor()
    for _ in range(3):
        person.post("/api/signin", {"email": "ann@example.com", "password": "wrong"}, 401)
    right = {"email": "ann@example.com", "password": "correct horse"}
    assert person.post("/api/signin", right, 429)["code"] == "too_many_tries"
    assert person.post(f"{link}/accept", {"name": "Ann", **right}, 429)["code"] == "too_many_tries"
    assert site.visitor().post("/api/signin", right, 429)["code"] == "too_many_tries"


def test_a_caller_cannot_choose_his_address(site: Site, ann: Person) -> None:
    """X-Forwarded-For counts only when the operator says that a proxy sets it."""
    site.wired.settings.sign_ins_per_minute = 2
    site.wired.limits.seen.clear()
    wrong = {"email": "ann@example.com", "password": "wrong"}
    told = [
        site.visitor()
        .client.post("/api/signin", json=wrong, headers={"x-forwarded-for": f"10.0.0.{place}"})
        .status_code
        for place in range(4)
    ]
    assert told == [401, 401, 429, 429]


def test_playing_another_is_for_the_trials_visitor_alone(site: Site, ann: Person) -> None:
    """A member of a real workspace plays nobody; the visitor plays his own people only."""
    assert ann.post("/api/session/persona", {"member": member(ann, "Ann")}, 403)["code"] == "trial_only"
    visitor, other = site.trial(), site.trial()
    foreign = other.get("/api/session")["personas"][1]["id"]
    visitor.post("/api/session/persona", {"member": foreign}, 404)
    visitor.play("Xiao Wang")
    visitor.get("/api/apps/crm/draft", 403)
    visitor.post("/api/members", {"name": "X"}, 403)


@pytest.mark.parametrize("password", ["short", "password", "12345678", "aaaaaaaaaa", "x" * 201])
def test_a_weak_password_is_refused(site: Site, password: str) -> None:
    """In words; nothing is made."""
    body = {"name": "Eve", "email": "eve@example.com", "password": password}
    site.visitor().post("/api/signup", body, 422)
    site.visitor().post("/api/signup", {**body, "password": "correct horse"}, 201)


def test_an_invitation_works_until_it_is_taken_back(site: Site, ann: Person) -> None:
    """Its secret is shown once; who joins gets what it says and no more."""
    made = ann.post("/api/invites", {"roles": ["salesperson"]}, 201)
    assert all(not one["link"] for one in ann.get("/api/invites"))
    path = made["link"].replace("/invite/", "/api/invites/")
    joined = site.visitor().post(f"{path}/accept", {"name": "Bob", **CREDENTIALS}, 201)
    assert (joined["admin"], joined["member"]["roles"]) == (False, ["销售人员"])
    ann.ask("DELETE", f"/api/invites/{made['id']}")
    site.visitor().get(path, 404)
    site.visitor().post(f"{path}/accept", {"name": "Eve", "email": "eve@example.com", "password": "correct horse"}, 404)


def test_an_invitation_brings_all_its_departments_and_roles(site: Site, ann: Person) -> None:
    """But for a department that is gone by then."""
    ids = [ann.post("/api/departments", {"name": name}, 201)["id"] for name in ("A", "B", "C")]
    body = {"departments": ids, "roles": ["salesperson", "finance"]}
    made = ann.post("/api/invites", body, 201)
    ann.ask("DELETE", f"/api/departments/{ids[2]}")
    path = made["link"].replace("/invite/", "/api/invites/")
    site.visitor().post(f"{path}/accept", {"name": "Bob", **CREDENTIALS}, 201)
    joined = next(one for one in ann.get("/api/directory")["members"] if one["name"] == "Bob")
    assert (sorted(joined["departments"]), sorted(joined["roles"])) == (sorted(ids[:2]), ["finance", "salesperson"])
