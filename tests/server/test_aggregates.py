"""Aggregates as sources of values (聚合表): picked, linked, queried; never more than the asker may read."""

from typing import Any

import pytest

from tests.server.site import Person, Site
from tests.server.test_ripple import EVERYONE, publish, put
from tests.server.test_sources import colleague

PRODUCT = {
    "id": "ware", "name": "Product", "title": "name", "groups": [EVERYONE],
    "fields": [{"id": "name", "type": "text", "label": "Name"}],
}  # fmt: skip
KIND = {"id": "kind", "type": "choice", "label": "Kind",
        "options": [{"id": "in", "label": "In"}, {"id": "out", "label": "Out"}]}  # fmt: skip
MOVE = {
    "id": "move", "name": "Move", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"}, {"id": "day", "type": "date", "label": "Day"}, KIND,
        {"id": "cost", "type": "number", "label": "Cost", "format": "money"},
        {"id": "lines", "type": "subform", "label": "Lines", "fields": [
            {"id": "product", "type": "reference", "label": "Product", "form": "ware"},
            {"id": "pieces", "type": "number", "label": "Pieces"}]},
    ],
}  # fmt: skip
INWARD = {"field": "kind", "op": "eq", "value": "in"}
STOCK = {
    "id": "stock", "name": "Stock", "form": "move", "rows": "lines",
    "groups": [{"id": "product", "field": "lines.product"}],
    "measures": [
        {"id": "inward", "operation": "sum", "field": "lines.pieces", "filter": INWARD, "label": "Inward"},
        {"id": "moves", "operation": "count", "label": "Moves"}],
}  # fmt: skip
MONTHLY = {
    "id": "monthly", "name": "Monthly", "form": "move",
    "groups": [{"id": "month", "field": "day", "unit": "month"}, {"id": "kind", "field": "kind"}],
    "measures": [{"id": "cost", "operation": "sum", "field": "cost"}, {"id": "moves", "operation": "count"}],
}  # fmt: skip
THIS_PRODUCT = {"field": "product", "op": "eq", "value": "@this.product"}
ORDER = {
    "id": "demand", "name": "Order", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "product", "type": "reference", "label": "Product", "form": "ware"},
        {"id": "have", "type": "number", "label": "Have",
         "linkage": {"aggregate": "stock", "field": "inward", "filter": THIS_PRODUCT}},
        {"id": "costs", "type": "lookup", "label": "Costs", "aggregate": "monthly", "columns": ["month", "cost"],
         "sort": [{"field": "cost", "descending": True}]},
        {"id": "lines", "type": "subform", "label": "Lines", "fields": [
            {"id": "what", "type": "reference", "label": "What", "form": "ware"},
            {"id": "have", "type": "number", "label": "Have"}]},
    ],
    "selections": [{"id": "from_stock", "label": "From stock", "aggregate": "stock", "into": "lines",
                    "filter": {"field": "inward", "op": "gt", "value": 0},
                    "fill": {"what": "product", "have": "inward"}}],
}  # fmt: skip


def keep(person: Person, aggregate: dict[str, Any], code: int = 200) -> Any:
    """The aggregate into the draft."""
    parts = person.get("/api/apps/crm/draft")
    base = parts["hashes"].get(f"aggregates/{aggregate['id']}", "")
    answer = person.client.put(
        f"/api/apps/crm/draft/aggregates/{aggregate['id']}", json={"value": aggregate, "base": base}
    )
    assert answer.status_code == code, answer.text
    return answer.json()


def moves(person: Person) -> dict[str, str]:
    """Two products, and what came in and went out; answers the products by name."""
    made = {name: person.add("ware", name=name)["id"] for name in ("Bolt", "Nut")}
    bolt, nut = made["Bolt"], made["Nut"]
    for name, day, kind, cost, lines in (
        ("A", "2026-01-05", "in", "10.50", [(bolt, "5"), (nut, "2")]),
        ("B", "2026-01-20", "in", "4", [(bolt, "0.5")]),
        ("C", "2026-02-01", "out", "7", [(bolt, "1")]),
    ):
        rows = [{"product": product, "pieces": pieces} for product, pieces in lines]
        person.add("move", name=name, day=day, kind=kind, cost=cost, lines=rows)
    return made


@pytest.fixture
def ann(site: Site) -> Person:
    """An administrator with two aggregates, and a form that takes values from both."""
    person = site.owner()
    set_up(person)
    return person


def set_up(person: Person, move: dict[str, Any] = MOVE) -> None:
    """Both aggregates and the forms around them."""
    put(person, PRODUCT)
    put(person, move)
    keep(person, STOCK)
    keep(person, MONTHLY)
    publish(person, ORDER)


def ask(person: Person, what: str, **body: Any) -> Any:
    """A question of the order about what it takes values from."""
    return person.post(f"{person.records('demand')}/{what}", {"values": {}, **body})


def test_rows_of_an_aggregate_are_offered_to_be_copied(ann: Person) -> None:
    """Rows of the subform are counted, each measure under its own filter."""
    made = moves(ann)
    page = ask(ann, "sources", field="from_stock")
    told = {page["titles"][row["values"]["product"]]: row["values"]["inward"] for row in page["records"]}
    assert told == {"Bolt": "5.5", "Nut": "2"}
    assert [one["label"] for one in page["fields"]] == ["Product", "Inward"]
    assert [row["values"]["inward"] for row in ask(ann, "sources", field="from_stock", search="nut")["records"]] == [
        "2"
    ]
    first = page["records"][0]["values"]
    kept = ann.add("demand", name="O", lines=[{"what": first["product"], "have": first["inward"]}])
    assert kept["values"]["lines"][0]["what"] in made.values()


def test_a_field_is_linked_to_an_aggregate_and_follows_what_drives_it(ann: Person) -> None:
    made = moves(ann)
    assert ask(ann, "linked", fields=["have"], values={"product": made["Nut"]})["values"] == {"have": "2"}
    order = ann.add("demand", name="O", product=made["Bolt"])
    assert order["values"]["have"] == "5.5"
    assert ann.edit("demand", order["id"], {"product": made["Bolt"]}, product=made["Nut"])["values"]["have"] == "2"
    assert ann.add("demand", name="P")["values"]["have"] is None


def test_a_query_shows_an_aggregate_with_dates_cut_to_periods_in_its_own_order(ann: Person) -> None:
    moves(ann)
    page = ask(ann, "sources", field="costs")
    assert [row["values"] for row in page["records"]] == [
        {"month": "2026-01", "cost": "14.5"}, {"month": "2026-02", "cost": "7"},
    ]  # fmt: skip
    assert page["form"] == ""
    assert page["fields"][1]["format"] == "money"


def test_an_aggregate_is_previewed_with_the_rows_there_are(ann: Person) -> None:
    moves(ann)
    page = ann.post("/api/apps/crm/aggregates/preview", {"aggregate": MONTHLY})
    assert page["columns"] == ["month", "kind", "cost", "moves"]
    assert [row["values"] for row in page["records"]] == [
        {"month": "2026-01", "kind": "in", "cost": "14.5", "moves": "2"},
        {"month": "2026-02", "kind": "out", "cost": "7", "moves": "1"},
    ]
    unsound = ann.post("/api/apps/crm/aggregates/preview", {"aggregate": {**MONTHLY, "groups": []}})
    assert (unsound["records"], "group" in unsound["problem"]) == ([], True)
    bad = ann.post("/api/apps/crm/aggregates/preview", {"aggregate": {**MONTHLY, "groups": 3}}, 422)
    assert bad["code"] == "draft_invalid"


def test_many_groups_come_in_pages(ann: Person) -> None:
    for number in range(60):
        ann.add("move", name=f"M{number}", day=f"{1950 + number}-01-01", kind="in", cost="1")
    page = ann.post("/api/apps/crm/aggregates/preview", {"aggregate": MONTHLY})
    more = ann.post("/api/apps/crm/aggregates/preview", {"aggregate": MONTHLY, "after": page["next"]})
    assert (len(page["records"]), len(more["records"]), more["next"]) == (50, 10, "")
    assert not {row["id"] for row in page["records"]} & {row["id"] for row in more["records"]}


def test_an_aggregate_is_no_more_than_the_asker_may_read(site: Site) -> None:
    """Neither records that are not his, nor a measure of a hidden field, nor by filters and defaults in a row."""
    ann = site.owner()
    mine = {**EVERYONE, "rows": {"field": "created_by", "op": "eq", "value": "@me"}, "hide": ["cost"]}
    set_up(ann, {**MOVE, "groups": [mine]})
    made = moves(ann)
    bob = colleague(site, ann)
    assert ask(bob, "sources", field="from_stock")["records"] == []
    assert ask(bob, "linked", fields=["have"], values={"product": made["Bolt"]})["values"] == {"have": None}
    assert bob.add("demand", name="O", product=made["Bolt"])["values"]["have"] is None
    bob.add("move", name="Z", day="2026-03-01", kind="in", lines=[{"product": made["Nut"], "pieces": "9"}])
    assert ask(bob, "linked", fields=["have"], values={"product": made["Nut"]})["values"] == {"have": "9"}
    page = ask(bob, "sources", field="costs")
    assert (page["columns"], "cost" in str(page["records"])) == ([], False)
    assert bob.post("/api/apps/crm/aggregates/preview", {"aggregate": MONTHLY}, 403)["code"] == "admins_only"


def test_a_hidden_column_of_rows_closes_what_is_reckoned_from_it(site: Site) -> None:
    ann = site.owner()
    set_up(ann, {**MOVE, "groups": [{**EVERYONE, "hide": ["lines.pieces"]}]})
    made = moves(ann)
    bob = colleague(site, ann)
    assert ask(bob, "linked", fields=["have"], values={"product": made["Bolt"]})["values"] == {"have": None}
    page = ask(bob, "sources", field="from_stock")
    assert "5.5" not in str(page)
    assert ask(ann, "linked", fields=["have"], values={"product": made["Bolt"]})["values"] == {"have": "5.5"}


def test_whoever_may_not_read_the_form_has_no_aggregate_of_it(site: Site) -> None:
    ann = site.owner()
    set_up(ann, {**MOVE, "groups": [{**EVERYONE, "operations": ["create"]}]})
    made = moves(ann)
    bob = colleague(site, ann)
    assert ask(bob, "linked", fields=["have"], values={"product": made["Bolt"]})["values"] == {"have": None}
    refused = bob.post(f"{bob.records('demand')}/sources", {"field": "from_stock", "values": {}}, 404)
    assert refused["code"] == "no_such_form"


def test_what_an_aggregate_uses_is_told_before_it_goes(ann: Person) -> None:
    told = ann.get("/api/apps/crm/forms/move/fields/cost/usage")["uses"]
    assert [(use["part"], use["text"]) for use in told if use["part"] == "aggregates/monthly"] == [
        ("aggregates/monthly", "Monthly")
    ]
    column = ann.get("/api/apps/crm/forms/move/fields/lines.pieces/usage")["uses"]
    assert "aggregates/stock" in {use["part"] for use in column}
    hash = ann.get("/api/apps/crm/draft")["hashes"]["aggregates/stock"]
    gone = ann.client.put("/api/apps/crm/draft/aggregates/stock", json={"value": None, "base": hash}).json()
    assert {one["code"] for one in gone["problems"]} == {"check_no_aggregate"}


def test_an_aggregate_is_published_and_told_in_words(ann: Person) -> None:
    keep(ann, {**STOCK, "name": "In stock", "measures": STOCK["measures"][:1]})
    said = [change["text"] for change in ann.get("/api/apps/crm/publish")["changes"]]
    assert any("Aggregate" in text and "In stock" in text for text in said)
    assert any("Measure column" in text and "Moves" in text for text in said)
