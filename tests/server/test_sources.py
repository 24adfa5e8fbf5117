"""Records of other forms as a record sees them: picked under a filter, linked as defaults, queried, copied 跨表取数."""

from typing import Any

import pytest

from tests.server.site import Person, Site
from tests.server.test_ripple import EVERYONE, publish, put

AREA = {
    "id": "area",
    "type": "choice",
    "label": "Area",
    "options": [{"id": "n", "label": "N"}, {"id": "s", "label": "S"}],
}
SHOP = {
    "id": "shop", "name": "Shop", "title": "name", "groups": [EVERYONE],
    "fields": [{"id": "name", "type": "text", "label": "Name"}, AREA,
               {"id": "price", "type": "number", "label": "Price"}, {"id": "cost", "type": "number", "label": "Cost"}],
}  # fmt: skip
SAME_AREA = {"field": "area", "op": "eq", "value": "@this.area"}
VISIT = {
    "id": "visit", "name": "Visit", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        AREA,
        {"id": "shop", "type": "reference", "label": "Shop", "form": "shop", "filter": SAME_AREA,
         "on_delete": "cascade", "sort": [{"field": "price", "descending": True}]},
        {"id": "price", "type": "number", "label": "Price",
         "linkage": {"form": "shop", "field": "price", "filter": SAME_AREA, "sort": [{"field": "price"}]}},
        {"id": "beside", "type": "lookup", "label": "Beside", "form": "shop", "filter": SAME_AREA,
         "columns": ["name", "price"]},
        {"id": "lines", "type": "subform", "label": "Lines", "fields": [
            {"id": "what", "type": "text", "label": "What"}, {"id": "paid", "type": "number", "label": "Paid"}]},
    ],
    "selections": [{"id": "from_shops", "label": "From shops", "form": "shop", "filter": SAME_AREA, "into": "lines",
                    "fill": {"what": "name", "paid": "price"}}],
}  # fmt: skip
NOTE = {
    "id": "note", "name": "Note", "title": "name", "groups": [EVERYONE],
    "fields": [{"id": "name", "type": "text", "label": "Name"},
               {"id": "visit", "type": "reference", "label": "Visit", "form": "visit", "on_delete": "cascade"}],
}  # fmt: skip


@pytest.fixture
def ann(site: Site) -> Person:
    """An administrator with shops in two areas."""
    person = site.owner()
    publish(person, SHOP, VISIT, NOTE)
    for name, area, price in (("One", "n", "10"), ("Two", "n", "20"), ("Three", "s", "5")):
        person.add("shop", name=name, area=area, price=price)
    return person


def ask(person: Person, what: str, **body: Any) -> Any:
    """A question of the form about other forms."""
    return person.post(f"{person.records('visit')}/{what}", body)


def shop(person: Person, name: str) -> str:
    """A shop's id."""
    return str(person.list("shop", search=name)["records"][0]["id"])


def test_a_reference_offers_the_records_that_its_filter_lets_through(ann: Person) -> None:
    titles = [one["title"] for one in ask(ann, "options", field="shop", values={"area": "n"})]
    assert titles == ["Two", "One"]
    assert ask(ann, "options", field="shop", values={}) == []
    refused = ann.add("visit", 422, name="V", area="n", shop=shop(ann, "Three"))
    assert refused["code"] == "record_not_offered"
    ann.add("visit", name="V", area="n", shop=shop(ann, "Two"))


def test_a_linked_field_begins_with_what_the_other_form_holds_and_follows_what_drives_it(ann: Person) -> None:
    assert ask(ann, "linked", fields=["price"], values={"area": "n"})["values"] == {"price": "10"}
    made = ann.add("visit", name="V", area="n")
    assert made["values"]["price"] == "10"
    assert ann.add("visit", name="W", area="n", price="7")["values"]["price"] == "7"
    edited = ann.edit("visit", made["id"], {"area": "n"}, area="s")
    assert edited["values"]["price"] == "5"
    assert ann.edit("visit", made["id"], {}, name="X")["values"]["price"] == "5"


def test_what_is_linked_is_no_more_than_the_asker_may_read(site: Site) -> None:
    ann = site.owner()
    publish(ann, {**SHOP, "groups": [{**EVERYONE, "hide": ["price"]}]}, VISIT, NOTE)
    ann.add("shop", name="One", area="n", price="10")
    invite = ann.post("/api/invites", {}, 201)
    bob = site.visitor()
    bob.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept",
             {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}, 201)  # fmt: skip
    assert bob.add("visit", name="V", area="n")["values"]["price"] is None
    assert ask(bob, "linked", fields=["price"], values={"area": "n"})["values"] == {"price": None}
    page = ask(bob, "sources", field="beside", values={"area": "n"})
    assert (page["columns"], page["records"][0]["values"]) == (["name"], {"name": "One"})


def colleague(site: Site, ann: Person) -> Person:
    """A member without any role."""
    invite, bob = ann.post("/api/invites", {}, 201), site.visitor()
    bob.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept",
             {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}, 201)  # fmt: skip
    return bob


PURSE = {"id": "purse", "type": "subform", "label": "Purse", "fields": [
    {"id": "coin", "type": "number", "label": "Coin"},
    {"id": "ounce", "type": "number", "label": "Ounce"}]}  # fmt: skip
BELOW = {"field": "cost", "op": "lt", "value": "@this.cap"}
BID = {
    "id": "bid", "name": "Bid", "title": "name", "groups": [EVERYONE],
    "fields": [{"id": "name", "type": "text", "label": "Name"}, {"id": "cap", "type": "number", "label": "Cap"},
               {"id": "shop", "type": "reference", "label": "Shop", "form": "shop", "filter": BELOW},
               {"id": "seen", "type": "lookup", "label": "Seen", "form": "shop", "columns": ["area", "purse"]}],
}  # fmt: skip


def test_trying_to_pick_tells_neither_a_hidden_value_nor_a_hidden_title_nor_a_hidden_column(site: Site) -> None:
    """Who may not read what a filter asks could else find it out by trying one bound after the other."""
    ann = site.owner()
    closed = {**EVERYONE, "hide": ["cost", "name", "purse.ounce"]}
    publish(ann, {**SHOP, "groups": [closed], "fields": [*SHOP["fields"], PURSE]}, BID)
    shop = ann.add("shop", name="Unnamed Ltd", area="n", price="10", cost="8")["id"]
    bob = colleague(site, ann)
    said = [bob.add("bid", 422, name="B", cap=cap, shop=shop) for cap in ("7", "9")]
    assert [one["code"] for one in said] == ["record_not_offered"] * 2
    assert "Unnamed" not in str(said)
    ann.add("bid", name="A", cap="9", shop=shop)
    page = bob.post(f"{bob.records('bid')}/sources", {"field": "seen", "values": {}})
    assert "ounce" not in str(page)
    assert "ounce" not in str(bob.get("/api/apps/crm/forms/bid"))
    assert "coin" in str(page)


def test_a_query_shows_records_and_stores_nothing(ann: Person) -> None:
    page = ask(ann, "sources", field="beside", values={"area": "n"})
    assert {row["values"]["name"] for row in page["records"]} == {"One", "Two"}
    assert ask(ann, "sources", field="beside", values={})["records"] == []
    assert "beside" not in ann.add("visit", name="V", area="n")["values"]
    assert ann.add("visit", 422, name="V", beside="x")["code"] == "unknown_field"


def test_a_selection_offers_what_it_copies(ann: Person) -> None:
    page = ask(ann, "sources", field="from_shops", values={"area": "n"}, search="Two")
    assert [row["values"] for row in page["records"]] == [{"name": "Two", "price": "20"}]


def test_records_go_into_the_bin_with_the_one_they_belong_to(ann: Person) -> None:
    two = shop(ann, "Two")
    visit = ann.add("visit", name="V", area="n", shop=two)["id"]
    note = ann.add("note", name="N", visit=visit)["id"]
    ann.post(f"{ann.records('shop')}/delete", {"ids": [two]})
    assert [row["id"] for row in ann.list("visit", deleted=True)["records"]] == [visit]
    assert [row["id"] for row in ann.list("note", deleted=True)["records"]] == [note]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"selections": [{**VISIT["selections"][0], "into": "name"}]}, "check_no_field"),
        ({"selections": [{**VISIT["selections"][0], "fill": {"what": "nothing"}}]}, "check_no_field_there"),
        ({"selections": [{**VISIT["selections"][0], "fill": {"nothing": "name"}}]}, "check_no_field"),
        ({"selections": [{**VISIT["selections"][0], "form": "nowhere"}]}, "check_no_form"),
    ],
)
def test_a_selection_that_leads_nowhere_is_told(ann: Person, change: dict[str, Any], code: str) -> None:
    assert code in {problem["code"] for problem in put(ann, {**VISIT, **change})}


@pytest.mark.parametrize(
    ("filter", "code"),
    [
        ({"field": "nothing", "op": "empty"}, "check_no_field_there"),
        ({"field": "area", "op": "eq", "value": "@this.nothing"}, "check_no_field"),
    ],
)
@pytest.mark.parametrize("id", ["shop", "price", "beside"])
def test_a_filter_that_names_what_is_not_there_is_told(ann: Person, id: str, filter: Any, code: str) -> None:
    def changed(field: dict[str, Any]) -> dict[str, Any]:
        if field["id"] != id:
            return field
        return (
            {**field, "linkage": {**field["linkage"], "filter": filter}}
            if "linkage" in field
            else {**field, "filter": filter}
        )

    problems = put(ann, {**VISIT, "fields": [changed(field) for field in VISIT["fields"]]})
    assert code in {problem["code"] for problem in problems}
