"""MAPX, RECNO and IP 跨表函数 in formulas: what other forms hold, through the gate of who asks."""

from typing import Any

import pytest

from tests.server.office import Office, furnish, open_office
from tests.server.site import Person, Site
from tests.server.test_designing_over_http import change_fields

FACTS = "/api/apps/crm/forms/{form}/facts"


@pytest.fixture
def ann(site: Site) -> Person:
    """An administrator with an empty CRM."""
    return site.owner()


def fact(person: Person, name: str, *arguments: Any, form: str = "customer") -> Any:
    """What the browser is told."""
    return person.post(FACTS.format(form=form), {"name": name, "arguments": list(arguments)}, 200)


def with_formula(ann: Person, form: str, formula: str, type: str = "number") -> None:
    """Publish the form with one more field that is computed."""
    told = {"id": "told", "type": type, "label": "Told", "formula": formula}
    change_fields(ann, form, lambda fields: [*fields, told])


def test_a_formula_adds_up_what_another_form_holds(ann: Person) -> None:
    for name, series, price in (("One", "Screw", "1.10"), ("Two", "Nail", "2.20"), ("Three", "Screw", "5")):
        ann.add("product", name=name, series=series, list_price=price)
    with_formula(ann, "customer", 'MAPX("sum", name, "product", "series", "list_price")')
    assert ann.add("customer", name="Screw")["values"]["told"] == "6.1"
    assert ann.add("customer", name="Nobody")["values"].get("told") in (None, "0")


@pytest.mark.parametrize(
    ("how", "expected"), [("first", "1.1"), ("last", "5"), ("min", "1.1"), ("max", "5"), ("count", "2")]
)
def test_each_way_of_looking_answers(ann: Person, how: str, expected: str) -> None:
    ann.add("product", name="One", series="Screw", list_price="1.10")
    ann.add("product", name="Two", series="Screw", list_price="5")
    assert fact(ann, "MAPX", how, "Screw", "product", "series", "list_price")["value"] == expected


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("sum", "x", "nowhere", "name", "price"), "#REF!"),
        (("sum", "x", "product", "nothing", "list_price"), "#REF!"),
        (("guess", "x", "product", "name", "list_price"), "#VALUE!"),
        (("sum", "x", "product", "name", None), "#VALUE!"),
    ],
)
def test_a_lookup_that_makes_no_sense_is_a_failure_of_its_own_cell(ann: Person, arguments: Any, error: str) -> None:
    assert fact(ann, "MAPX", *arguments)["error"] == error


def test_a_lookup_sees_only_what_its_asker_may_see(site: Site) -> None:
    office: Office = furnish(open_office(site))
    boss, seller = office.boss, office.people["salesperson"]
    everything = fact(boss, "MAPX", "count", "x", "customer", "created_by", None)
    assert everything["type"] == "number"
    name = boss.get(f"{boss.records('customer')}/{office.made['customer', 'stranger']}")["values"]["name"]
    asked = ("MAPX", "count", name, "customer", "name", None)
    assert (fact(boss, *asked)["value"], fact(seller, *asked)["value"]) == ("1", "0")
    hidden = fact(seller, "MAPX", "sum", "x", "product", "name", "cost")
    absent = fact(seller, "MAPX", "sum", "x", "product", "name", "nothing")
    assert hidden == absent


def test_a_record_knows_which_one_it_is_and_where_it_was_sent_from(ann: Person) -> None:
    with_formula(ann, "customer", 'RECNO() & "@" & IP()', "text")
    first, second = ann.add("customer", name="One"), ann.add("customer", name="Two")
    assert first["values"]["told"].startswith("1@")
    assert second["values"]["told"].startswith("2@")


def test_chance_is_the_servers_and_comes_with_the_record(ann: Person) -> None:
    with_formula(ann, "customer", "LEN(UUID()) + RANDBETWEEN(0, 0)")
    assert ann.add("customer", name="One")["values"]["told"] == "36"


def test_an_unknown_function_is_no_fact(ann: Person) -> None:
    answer = ann.ask("POST", FACTS.format(form="customer"), {"name": "EVAL", "arguments": []}, status=422)
    assert answer["code"] == "no_such_fact"


def test_a_lookup_written_with_labels_is_kept_with_ids_and_shown_with_labels(ann: Person) -> None:
    """So a form or field that is renamed is still found."""
    draft = ann.get("/api/apps/crm/draft")["parts"]
    product = draft["forms/product"]
    label = next(field["label"] for field in product["fields"] if field["id"] == "list_price")
    text = f'MAPX("sum", name, "{product["name"]}", "series", "{label}")'
    body = {"text": text, "app": "crm", "form": "customer", "values": None}
    told = ann.post("/api/expressions", body, 200)
    assert told["text"] == 'MAPX("sum", name, "product", "series", "list_price")'
    assert told["shown"].startswith('MAPX("sum", ')
    assert f'"{product["name"]}"' in told["shown"]
    assert ann.post("/api/expressions", {**body, "text": told["shown"]}, 200)["text"] == told["text"]
