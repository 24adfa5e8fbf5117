"""What happens once only 只此一次: a submission, a secret, an invitation, a reference that is let go."""

from sqlalchemy import select

from server.store.tables import idempotency
from tests.server.site import Site


def test_a_repeated_request_is_answered_alike_and_its_secret_is_kept_nowhere(site: Site) -> None:
    """The status is the first one's; the token's secret does not lie in the database."""
    ann = site.owner()
    headers = {"idempotency-key": "k1"}
    first = ann.client.post("/api/tokens", json={"name": "t"}, headers=headers)
    again = ann.client.post("/api/tokens", json={"name": "t"}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    with site.wired.engine.connect() as connection:
        assert first.json()["secret"] not in str(list(connection.execute(select(idempotency.c.body))))


def test_who_was_disabled_does_not_come_back_by_an_old_invitation(site: Site) -> None:
    """The link still works for others."""
    ann, bob = site.owner(), site.visitor()
    link = ann.post("/api/invites", {}, 201)["link"]
    person = {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}
    bob.post(f"/api/invites/{link.rpartition('/')[2]}/accept", person, 201)
    member = bob.get("/api/session")["member"]["id"]
    ann.ask("PATCH", f"/api/members/{member}", {"enabled": False})
    bob.post(f"/api/invites/{link.rpartition('/')[2]}/accept", person, 404)


def test_what_pointed_here_by_a_field_that_is_gone_keeps_nobody(site: Site) -> None:
    """The field was taken out of the form; the record it named can still be deleted."""
    ann = site.owner()
    customer = ann.add("customer", name="A")["id"]
    ann.add("customer", name="B", parent=customer)
    draft = ann.get("/api/apps/crm/draft")
    form = draft["parts"]["forms/customer"]
    form["fields"] = [one for one in form["fields"] if one["id"] != "parent"]
    for section in form.get("sections", []):
        section["fields"] = [id for id in section["fields"] if id != "parent"]
    for key in ("columns", "rules", "views", "checks"):
        form[key] = [one for one in form.get(key, []) if one != "parent" and "parent" not in str(one)]
    saved = ann.ask("PUT", "/api/apps/crm/draft/forms/customer",
                    {"value": form, "base": draft["hashes"]["forms/customer"]})  # fmt: skip
    ann.post("/api/apps/crm/publish", {"message": "", "revision": saved["revision"]}, 201)
    ann.ask("DELETE", f"{ann.records('customer')}/{customer}")


def test_an_approved_record_is_not_submitted_again(site: Site) -> None:
    """Not even by who drafted it: a workflow begins with a draft."""
    boss = site.trial()
    done = {"filter": {"field": "status", "op": "eq", "value": "approved"}}
    record = boss.list("contract", **done)["records"][0]
    author = next(one for one in boss.get("/api/session")["personas"] if one["id"] == record["created_by"])
    boss.play(author["name"])
    path = f"{boss.records('contract')}/{record['id']}/submit"
    assert boss.post(path, status=409)["code"] == "already_started"
