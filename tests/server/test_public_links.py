"""Public links: a token does exactly its one thing."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.server.site import Person, Site
from tests.server.test_ripple import EVERYONE, publish

LEAD = "/api/apps/crm/forms/lead"
SENT = {"company": "Acme", "contact_name": "Jo", "source": "website", "mobile": "13800000000"}


def link(ann: Person, kind: str = "fill", form: str = "lead", password: str = "", **terms: Any) -> dict[str, Any]:
    """A new link of the form."""
    fields = {"fields": ["company", "contact_name", "mobile", "source"]} if kind == "fill" else {}
    body = {"kind": kind, "terms": {**fields, **terms}, "password": password}
    made: dict[str, Any] = ann.post(f"/api/apps/crm/forms/{form}/links", body, status=201)
    return made


def address(made: dict[str, Any], what: str = "") -> str:
    """Where strangers find the link."""
    return f"/api/public/{made['token']}" + (f"/{what}" if what else "")


def test_a_stranger_fills_in_a_form_and_the_record_belongs_to_the_owner_of_the_link(site: Site, ann: Person) -> None:
    made = link(ann, title="Ask us", thanks="We will call you")
    stranger = site.visitor()
    page = stranger.post(address(made))
    assert (page["title"], page["state"], page["writable"]) == (
        "Ask us",
        "open",
        ["company", "contact_name", "mobile", "source"],
    )
    sent = {"values": SENT}
    assert stranger.post(address(made, "records"), sent, status=201) == {"thanks": "We will call you", "again": True}
    record = ann.list("lead")["records"][0]
    assert (record["values"]["company"], record["values"]["owner"]) == ("Acme", record["created_by"])
    history = ann.get(f"{LEAD}/records/{record['id']}/history")
    assert history[0]["note"] == "Sent by a public link"
    assert ann.get(f"{LEAD}/links")["links"][0]["used"] == 1


def test_the_page_tells_nothing_of_the_fields_that_are_not_offered(site: Site, ann: Person) -> None:
    page = site.visitor().post(address(link(ann)))
    told = str(page)
    for hidden in ("owner", "department", "stage", "need", "rating", "region"):
        assert f"'{hidden}'" not in told, hidden
    assert [field["id"] for field in page["definition"]["fields"]] == ["company", "contact_name", "mobile", "source"]


@pytest.mark.parametrize(
    "values",
    [
        {**SENT, "owner": "somebody"},
        {**SENT, "created_by": "somebody"},
        {**SENT, "need": "not offered"},
        {**SENT, "id": "1"},
    ],
)
def test_a_stranger_writes_no_field_that_is_not_offered(site: Site, ann: Person, values: dict[str, Any]) -> None:
    refused = site.visitor().post(address(link(ann), "records"), {"values": values}, status=422)
    assert refused["code"] == "unknown_field"
    assert ann.list("lead", total=True)["total"] == 0


def test_a_token_opens_no_other_route(site: Site, ann: Person) -> None:
    made = link(ann)
    stranger = site.visitor()
    for path in ("/api/apps", "/api/directory", "/api/session/tokens", f"{LEAD}", "/api/tasks/counts"):
        for headers in ({}, {"authorization": f"Bearer {made['token']}"}, {"cookie": f"qiaoban={made['token']}"}):
            assert stranger.client.get(path, headers=headers).status_code in (401, 404), path
    for path in (f"{LEAD}/records/query", f"{LEAD}/records/options", f"{LEAD}/records"):
        found = stranger.client.post(path, json={}, headers={"authorization": f"Bearer {made['token']}"})
        assert found.status_code in (401, 422), path
    stranger.post(address(made, "query"), {"values": {"company": "Acme"}}, status=404)


def test_a_signed_in_member_gets_no_more_by_a_link_than_a_stranger(ann: Person) -> None:
    made = link(ann)
    refused = ann.post(address(made, "records"), {"values": {**SENT, "need": "x"}}, status=422)
    assert refused["code"] == "unknown_field"


def test_files_go_in_by_a_link_and_come_out_for_nobody_else(site: Site, ann: Person) -> None:
    held = {"file": ("map.txt", b"secret way", "text/plain")}
    stranger = site.visitor()
    stranger.post(address(link(ann), "files"), status=404, files=held)
    made = link(ann, form="customer", fields=["name", "files"])
    file = stranger.post(address(made, "files"), status=201, files=held)
    assert site.visitor().client.get(f"/api/files/{file['id']}").status_code == 401
    stranger.post(address(made, "records"), {"values": {"name": "Acme", "files": [file]}}, status=201)
    assert stranger.client.get(f"/api/files/{file['id']}").status_code == 401
    record = ann.list("customer")["records"][0]
    assert ann.client.get(f"/api/files/{record['values']['files'][0]['id']}").content == b"secret way"
    taken = {"values": {"name": "Other", "files": [file]}}
    assert stranger.post(address(made, "records"), taken, status=422)["code"] == "no_such_file"


def test_fields_that_pick_records_or_people_cannot_be_offered(ann: Person) -> None:
    for field in ("customer", "owner", "department", "nothing"):
        body = {"kind": "fill", "terms": {"fields": ["name", field]}}
        refused = ann.post("/api/apps/crm/forms/opportunity/links", body, status=422)
        assert refused["code"] == "link_field_closed", field


def test_columns_that_pick_records_are_neither_shown_nor_taken(site: Site, ann: Person) -> None:
    made = link(ann, form="opportunity", fields=["name", "lines"])
    stranger = site.visitor()
    page = stranger.post(address(made))
    lines = next(field for field in page["definition"]["fields"] if field["id"] == "lines")
    assert "product" not in {column["id"] for column in lines["fields"]}
    sent = {"values": {"name": "Big", "lines": [{"product": "any-id", "quantity": "1"}]}}
    assert stranger.post(address(made, "records"), sent, status=422)["code"] == "unknown_field"


@pytest.mark.parametrize("rows", [5, True, 1.5, "x", {"a": 1}, [5], [None], [[]]], ids=str)
def test_rows_that_are_none_are_refused_in_words(site: Site, ann: Person, rows: Any) -> None:
    made = link(ann, form="opportunity", fields=["name", "lines"])
    refused = site.visitor().post(address(made, "records"), {"values": {"name": "Big", "lines": rows}}, status=422)
    assert refused["code"] == "must_be_rows"


def test_only_administrators_see_and_make_links(site: Site) -> None:
    person = site.trial("zh-CN").play("销售小王")
    person.get(f"{LEAD}/links", status=403)
    person.post(f"{LEAD}/links", {"kind": "fill", "terms": {"fields": ["company"]}}, status=403)


def test_another_workspace_neither_sees_nor_changes_a_link(site: Site, ann: Person) -> None:
    made = link(ann)
    other = site.owner("eve@example.com")
    assert other.get(f"{LEAD}/links")["links"] == []
    other.ask("PATCH", f"{LEAD}/links/{made['id']}", {"enabled": False}, status=404)
    other.ask("DELETE", f"{LEAD}/links/{made['id']}", status=404)
    site.visitor().post(address(made))


def test_a_password_is_asked_for_before_anything_is_told(site: Site, ann: Person) -> None:
    made = link(ann, password="open sesame")
    stranger = site.visitor()
    page = stranger.post(address(made))
    assert (page["needs_password"], page["definition"], page["trees"]) == (True, None, {})
    sent = {"values": {**SENT}}
    assert stranger.post(address(made, "records"), sent, status=403)["code"] == "link_password_needed"
    wrong = stranger.post(address(made), {"password": "guess"}, status=403)
    assert wrong["code"] == "link_password_wrong"
    assert stranger.post(address(made), {"password": "open sesame"})["definition"] is not None
    stranger.post(address(made, "records"), {**sent, "password": "open sesame"}, status=201)


def test_passwords_cannot_be_guessed_quickly(site: Site, ann: Person) -> None:
    made = link(ann, password="open sesame")
    site.wired.settings.sign_ins_per_minute = 5
    stranger = site.visitor()
    codes = [stranger.client.post(address(made), json={"password": f"guess {n}"}).status_code for n in range(8)]
    assert codes == [403] * 5 + [429] * 3


def test_a_link_works_only_within_its_time(site: Site, ann: Person) -> None:
    stranger = site.visitor()
    early = link(ann, opens_at="2999-01-01T00:00:00Z")
    over = link(ann, closes_at="2001-01-01T00:00:00Z")
    for made, state in ((early, "early"), (over, "over")):
        page = stranger.post(address(made))
        assert (page["state"], page["definition"]) == (state, None)
        sent = {"values": {**SENT}}
        assert stranger.post(address(made, "records"), sent, status=409)["code"] == f"link_{state}"


def test_a_link_that_is_switched_off_or_removed_looks_like_none(site: Site, ann: Person) -> None:
    made = link(ann)
    ann.ask("PATCH", f"{LEAD}/links/{made['id']}", {"enabled": False})
    off = site.visitor().post(address(made), status=404)
    ann.ask("PATCH", f"{LEAD}/links/{made['id']}", {"enabled": True})
    site.visitor().post(address(made))
    ann.ask("DELETE", f"{LEAD}/links/{made['id']}")
    gone = site.visitor().post(address(made), status=404)
    never = site.visitor().post("/api/public/" + "x" * 32, status=404)
    assert off == gone == never


def test_a_device_sends_once_where_once_is_said(site: Site, ann: Person) -> None:
    made = link(ann, once=True)
    sent = {"values": {**SENT}}
    one, other = site.visitor(), site.visitor()
    assert one.post(address(made, "records"), sent, status=201)["again"] is False
    assert one.post(address(made, "records"), sent, status=409)["code"] == "link_done"
    assert one.post(address(made))["state"] == "done"
    other.post(address(made, "records"), sent, status=201)


def test_what_was_refused_counts_neither_for_the_limit_nor_for_the_device(site: Site, ann: Person) -> None:
    made = link(ann, once=True, limit=1)
    stranger = site.visitor()
    stranger.post(address(made, "records"), {"values": {"mobile": "13800000000"}}, status=422)
    stranger.post(address(made, "records"), {"values": {**SENT}}, status=201)
    assert site.visitor().post(address(made))["state"] == "full"


def test_the_same_attempt_twice_adds_one_record(site: Site, ann: Person) -> None:
    made = link(ann)
    sent = {"values": {**SENT}, "attempt": "one-and-the-same"}
    stranger = site.visitor()
    for _ in range(2):
        stranger.post(address(made, "records"), sent, status=201)
    assert ann.list("lead", total=True)["total"] == 1


def test_no_more_come_in_than_the_limit_says_when_many_send_at_once(any_site: Site) -> None:
    ann = any_site.owner()
    made = link(ann, limit=3)
    strangers = [any_site.visitor() for _ in range(12)]

    def send(stranger: Person) -> int:
        sent = {"values": {**SENT}}
        return stranger.client.post(address(made, "records"), json=sent).status_code

    with ThreadPoolExecutor(6) as pool:
        codes = sorted(pool.map(send, strangers))
    assert codes == [201] * 3 + [409] * 9
    assert ann.list("lead", total=True)["total"] == 3


def test_a_query_shows_chosen_fields_of_records_that_match_exactly(site: Site, ann: Person) -> None:
    ann.add("customer", name="Acme", phone="13800000001", level="a", remark="pays late")
    ann.add("customer", name="Acme East", phone="13800000002", level="b")
    made = link(ann, "query", "customer", fields=["name", "level"], asked=["phone", "name"])
    stranger = site.visitor()
    page = stranger.post(address(made))
    assert {field["id"] for field in page["definition"]["fields"]} == {"name", "phone"}
    found = stranger.post(address(made, "query"), {"values": {"name": "Acme", "phone": "13800000001"}})
    assert found["rows"] == [{"name": "Acme", "level": "A Key account"}]
    for values in ({"name": "Acme", "phone": "13800000002"}, {"name": "acme", "phone": "13800000001"}):
        assert stranger.post(address(made, "query"), {"values": values})["rows"] == []
    for values in ({"name": "Acme"}, {"name": "Acme", "phone": " "}, {"name": "Acme", "phone": None}):
        assert stranger.post(address(made, "query"), {"values": values}, status=422)["code"] == "required"
    for odd in ({"op": "ne", "value": ""}, ["13800000001"], "@me"):
        answer = stranger.client.post(address(made, "query"), json={"values": {"name": "Acme", "phone": odd}})
        assert answer.status_code == 422 or answer.json()["rows"] == [], odd
    stranger.post(address(made, "records"), {"values": {"name": "New"}}, status=404)


def test_the_public_side_of_a_form_keeps_its_own_checks(site: Site, ann: Person) -> None:
    made = link(ann)
    refused = site.visitor("zh-CN").post(address(made, "records"), {"values": {"mobile": "13800000000"}}, status=422)
    assert {problem["code"] for problem in refused["problems"]} == {"required"}


def test_a_value_of_signs_that_are_none_finds_nothing(site: Site, ann: Person) -> None:
    """What is blank once it is understood would match every record that says nothing in the asked field."""
    ann.add("lead", company="Secret Ltd", contact_name="Jo", source="website", email="jo@example.com")
    made = link(ann, "query", fields=["company"], asked=["mobile"])
    for blank in ("\x00", " \x00 ", "\u3000", ""):
        refused = site.visitor().post(address(made, "query"), {"values": {"mobile": blank}}, 422)
        assert refused["code"] in ("required", "link_value_odd"), refused


STOCK = {"id": "stock", "name": "Stock", "title": "name", "groups": [EVERYONE],
         "fields": [{"id": "name", "type": "text", "label": "Name"},
                    {"id": "purchase", "type": "number", "label": "Purchase"}]}  # fmt: skip
WISH = {
    "id": "wish", "name": "Wish", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "price", "type": "number", "label": "Price",
         "linkage": {"form": "stock", "field": "purchase",
                     "filter": {"field": "name", "op": "eq", "value": "@this.name"}}},
        {"id": "proofs", "type": "subform", "label": "Proofs",
         "fields": [{"id": "file", "type": "attachment", "label": "File"}]},
    ],
}  # fmt: skip


def test_a_default_from_another_form_is_neither_told_nor_followed_for_a_stranger(site: Site, ann: Person) -> None:
    publish(ann, STOCK, WISH)
    ann.add("stock", name="Board", purchase="7")
    made = link(ann, form="wish", fields=["name", "price"])
    page = site.visitor().post(address(made))
    assert "stock" not in str(page)
    assert "purchase" not in str(page)
    site.visitor().post(address(made, "records"), {"values": {"name": "Board"}}, status=201)
    assert ann.list("wish")["records"][0]["values"].get("price") is None


def test_files_go_into_rows_by_a_link_too(site: Site, ann: Person) -> None:
    publish(ann, STOCK, WISH)
    made, stranger = link(ann, form="wish", fields=["name", "proofs"]), site.visitor()
    kept = stranger.post(address(made, "files"), files={"file": ("a.txt", b"proof")}, status=201)
    sent = {"name": "Board", "proofs": [{"file": [{"id": kept["id"], "name": "a.txt"}]}]}
    stranger.post(address(made, "records"), {"values": sent}, status=201)
    assert ann.get(f"/api/files/{kept['id']}").content == b"proof"
    stranger.get(f"/api/files/{kept['id']}", 401)
