"""Options that depend on records 可选项, and linkage in rows: by the rights of who fills in, judged on writing."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.site import Person, Site
from tests.server.test_export_round_trip import export
from tests.server.test_ripple import EVERYONE, publish, put
from tests.server.test_sources import colleague

OPEN = {"field": "shut", "op": "ne", "value": True}
PLACE = {
    "id": "place", "name": "Place", "title": "name", "groups": [{**EVERYONE, "rows": OPEN, "hide": ["secret"]}],
    "fields": [{"id": "name", "type": "text", "label": "Name"}, {"id": "region", "type": "text", "label": "Region"},
               {"id": "shut", "type": "boolean", "label": "Shut"}, {"id": "secret", "type": "text", "label": "Secret"},
               {"id": "rate", "type": "number", "label": "Rate"}],
}  # fmt: skip
IN_REGION = {"field": "region", "op": "eq", "value": "@this.region"}
CITY = {"form": "place", "field": "name", "filter": IN_REGION}
EVERYBODY = {**EVERYONE, "operations": ["create", "read", "update", "delete", "import", "export"]}
KINDS = [{"id": "bulk", "label": "Bulk", "when": "weight > 100"}, {"id": "mail", "label": "Mail"},
         {"id": "swift", "label": "Swift", "when": "ISBLANK(city) = FALSE"}]  # fmt: skip
TRIP: dict[str, Any] = {
    "id": "trip", "name": "Trip", "title": "name", "groups": [EVERYBODY],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "region", "type": "choice", "label": "Region", "source": {"form": "place", "field": "region"}},
        {"id": "city", "type": "choice", "label": "City", "source": CITY},
        {"id": "cities", "type": "choices", "label": "Cities", "source": CITY, "max_count": 3},
        {"id": "hidden", "type": "choice", "label": "Hidden", "source": {"form": "place", "field": "secret"}},
        {"id": "rate", "type": "choice", "label": "Rate", "source": {"form": "place", "field": "rate"}},
        {"id": "weight", "type": "number", "label": "Weight"},
        {"id": "kind", "type": "choice", "label": "Kind", "options": KINDS},
        {"id": "stops", "type": "subform", "label": "Stops", "fields": [
            {"id": "near", "type": "text", "label": "Near"},
            {"id": "city", "type": "choice", "label": "City", "source": CITY},
            {"id": "cost", "type": "number", "label": "Cost", "linkage": {
                "form": "place", "field": "rate", "filter": {"field": "name", "op": "eq", "value": "@this.near"}}},
            {"id": "first", "type": "text", "label": "First", "linkage": {
                "form": "place", "field": "name", "filter": IN_REGION, "sort": [{"field": "name"}]}},
            {"id": "how", "type": "choice", "label": "How", "options": [
                {"id": "foot", "label": "Foot", "when": "cost < 5"}, {"id": "car", "label": "Car"}]}]},
    ],
}  # fmt: skip


@pytest.fixture
def ann(any_site: Site) -> Person:
    """An administrator with places in two regions, one of which others do not see."""
    person = any_site.owner()
    publish(person, PLACE, TRIP)
    for name, region, shut, rate in (("Bonn", "west", False, "3"), ("Köln, am Rhein", "west", False, "7"),
                                     ("Jena", "east", False, "4"), ("Ulm", "west", True, "9")):  # fmt: skip
        person.add("place", name=name, region=region, shut=shut, rate=rate, secret=f"s-{name}")
    return person


def offered(person: Person, field: str, **asked: Any) -> list[str]:
    """What the field offers."""
    found: list[str] = person.post(f"{person.records('trip')}/offered", {"field": field, **asked})["values"]
    return found


def test_options_are_what_others_hold_and_follow_what_drives_them(ann: Person, any_site: Site) -> None:
    assert offered(ann, "region") == ["east", "west"]
    assert offered(ann, "city", values={"region": "west"}) == ["Bonn", "Köln, am Rhein", "Ulm"]
    assert offered(ann, "city", values={"region": "west"}, search="kö") == ["Köln, am Rhein"]
    assert offered(ann, "city", values={}) == []
    assert offered(ann, "rate") == ["3", "4", "7", "9"]
    assert offered(ann, "stops", column="city", values={"region": "east"}) == ["Jena"]
    bob = colleague(any_site, ann)
    assert offered(bob, "city", values={"region": "west"}) == ["Bonn", "Köln, am Rhein"]
    assert offered(bob, "hidden") == []
    ann.post(f"{ann.records('trip')}/offered", {"field": "name"}, 422)


def test_only_what_is_offered_is_written_but_what_was_there_may_stay(ann: Person, any_site: Site) -> None:
    bob = colleague(any_site, ann)
    made = ann.add("trip", name="A", region="west", city="Ulm", cities=["Ulm", "Bonn"], rate="7")["id"]
    assert ann.add("trip", 422, name="B", region="east", city="Ulm")["code"] == "option_not_offered"
    refused = bob.add("trip", 422, name="B", region="west", city="Ulm", hidden="s-Bonn")
    assert [one["path"][-1] for one in refused["problems"]] == ["city", "hidden"]
    place = ann.list("place", search="Ulm")["records"][0]["id"]
    ann.ask("DELETE", f"{ann.records('place')}/{place}")
    assert bob.edit("trip", made, {}, name="C")["values"]["city"] == "Ulm"
    bob.edit("trip", made, {"cities": ["Ulm", "Bonn"]}, cities=["Bonn", "Ulm", "Köln, am Rhein"])
    assert bob.edit("trip", made, {"cities": None}, 409, cities=["Jena"])["code"] == "edit_conflict"
    bob.edit("trip", made, {"city": "Ulm"}, city="Bonn")
    assert bob.edit("trip", made, {"city": "Bonn"}, 422, city="Ulm")["code"] == "option_not_offered"
    asked = {"field": "cities", "op": "has_any", "value": ["Ulm"]}
    assert [one["id"] for one in bob.list("trip", filter=asked)["records"]] == [made]
    assert offered(bob, "city", held=True) == ["Bonn"]
    assert offered(bob, "cities", held=True) == ["Bonn", "Köln, am Rhein", "Ulm"]


def test_texts_with_commas_go_out_and_come_back(ann: Person, tmp_path: Path) -> None:
    ann.add("trip", name="A", region="west", city="Köln, am Rhein", cities=["Köln, am Rhein", "Bonn"])
    assert ann.bring("trip", export(ann, "trip", "csv", tmp_path), {})["progress"]["bad"] == 0
    held = [one["values"] for one in ann.list("trip")["records"]]
    assert [one["cities"] for one in held] == [["Köln, am Rhein", "Bonn"]] * 2


def test_an_option_of_its_own_may_have_a_condition(ann: Person) -> None:
    assert ann.add("trip", 422, name="A", weight="5", kind="bulk")["code"] == "option_not_offered"
    made = ann.add("trip", name="A", weight="500", kind="bulk")["id"]
    assert ann.edit("trip", made, {"weight": "500"}, weight="5")["values"]["kind"] == "bulk"
    refused = ann.edit("trip", made, {"kind": "bulk"}, 422, kind="swift")
    assert refused["problems"][0]["params"] == {"value": "Swift"}
    ann.edit("trip", made, {"kind": "bulk"}, kind="mail")
    wrong = [{"id": "x", "label": "X", "when": "nothing > 1"}]
    fields = [{**one, "options": wrong} if one["id"] == "kind" else one for one in TRIP["fields"]]
    assert "check_expression" in [one["code"] for one in put(ann, {**TRIP, "fields": fields})]


def test_columns_begin_with_what_other_forms_hold_driven_by_row_and_record(ann: Person, any_site: Site) -> None:
    made = ann.add("trip", name="A", region="west", stops=[{"near": "Jena"}, {"near": "Bonn", "cost": "1"}, {}])
    rows = made["values"]["stops"]
    assert [row.get("cost") for row in rows] == ["4", "1", None]
    assert [row["first"] for row in rows] == ["Bonn"] * 3
    moved = ann.edit("trip", made["id"], {"region": "west"}, region="east")["values"]["stops"]
    assert [(row.get("cost"), row["first"]) for row in moved] == [("4", "Jena"), ("1", "Jena"), (None, "Jena")]
    asked = {"fields": ["cost", "first"], "values": {"region": "west"}, "subform": "stops",
             "rows": [{"near": "Ulm"}, {"near": "Bonn", "region": "east"}]}  # fmt: skip
    path = f"{ann.records('trip')}/linked"
    assert ann.post(path, asked)["rows"] == [{"cost": "9", "first": "Bonn"}, {"cost": "3", "first": "Jena"}]
    assert colleague(any_site, ann).post(path, asked)["rows"][0]["cost"] is None
    assert ann.add("trip", 422, name="B", stops=[{"near": "Bonn", "how": "car"}, {"near": "Ulm", "how": "foot"}])[
        "problems"][0]["path"] == ["values", "stops", 1, "how"]  # fmt: skip
    refused = ann.add("trip", 422, name="B", region="east", stops=[{"city": "Bonn"}])
    assert refused["problems"][0]["path"] == ["values", "stops", 0, "city"]


def test_a_stranger_is_neither_offered_what_others_hold_nor_told_conditions_over_other_fields(
    site: Site,
) -> None:
    ann = site.owner()
    publish(ann, PLACE, TRIP)
    terms = {"fields": ["name", "kind", "stops"]}
    made = ann.post("/api/apps/crm/forms/trip/links", {"kind": "fill", "terms": terms, "password": ""}, 201)
    stranger, path = site.visitor(), f"/api/public/{made['token']}"
    told = stranger.post(path)
    fields = {one["id"]: one for one in told["definition"]["fields"]}
    assert [option["id"] for option in fields["kind"]["options"]] == ["bulk", "mail", "swift"]
    assert "weight" not in str(told)
    assert "place" not in str(told)
    assert [one["id"] for one in fields["stops"]["fields"]] == ["near", "cost", "first", "how"]
    sent = {"values": {"name": "A", "kind": "bulk"}}
    assert stranger.post(f"{path}/records", sent, 422)["code"] == "option_not_offered"
    terms = {"fields": ["name", "city"]}
    refused = ann.post("/api/apps/crm/forms/trip/links", {"kind": "fill", "terms": terms, "password": ""}, 422)
    assert refused["code"] == "link_field_closed"


GONE = {"field": "name", "op": "eq", "value": "@this.gone"}


def test_what_columns_and_options_ask_of_other_forms_is_checked(ann: Person) -> None:
    broken = {"id": "lost", "type": "subform", "label": "Lost", "fields": [
        {"id": "a", "type": "text", "label": "A", "linkage": {"form": "place", "field": "nothing"}},
        {"id": "b", "type": "choice", "label": "B", "source": {"form": "nowhere", "field": "x"}},
        {"id": "c", "type": "text", "label": "C", "linkage": {"form": "place", "field": "name", "filter": GONE}},
    ]}  # fmt: skip
    told = put(ann, {**TRIP, "fields": [*TRIP["fields"], broken]})
    assert {one["code"] for one in told} == {"check_no_field_there", "check_no_form", "check_no_field"}
    assert {tuple(one["path"][:7]) for one in told} == {
        ("forms", "trip", "fields", 9, "fields", 0, "linkage"), ("forms", "trip", "fields", 9, "fields", 1, "source"),
        ("forms", "trip", "fields", 9, "fields", 2, "linkage")}  # fmt: skip
