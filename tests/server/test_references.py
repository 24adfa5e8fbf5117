"""Fields that name several records of another form 关联多条: the whole way, and what nobody is told."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.server.site import Person, Site
from tests.server.test_export_round_trip import export
from tests.server.test_races import at_once
from tests.server.test_ripple import EVERYONE, publish, put
from tests.server.test_sources import colleague

OPEN = {"field": "secret", "op": "ne", "value": True}
ITEM = {
    "id": "item", "name": "Item", "title": "name",
    "groups": [{**EVERYONE, "rows": OPEN}],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"}, {"id": "price", "type": "number", "label": "Price"},
        {"id": "secret", "type": "boolean", "label": "Secret"},
        {"id": "bundles", "type": "rollup", "label": "Bundles", "form": "bundle", "by": "products"},
        {"id": "worth", "type": "rollup", "label": "Worth", "form": "bundle", "by": "products", "operation": "sum",
         "field": "fee"},
    ],
}  # fmt: skip
CHEAP = {"field": "price", "op": "lt", "value": "@this.cap"}
BUNDLE = {
    "id": "bundle", "name": "Bundle", "title": "name", "groups": [EVERYONE | {"operations": [
        "create", "read", "update", "delete", "import", "export"]}],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"}, {"id": "fee", "type": "number", "label": "Fee"},
        {"id": "cap", "type": "number", "label": "Cap"},
        {"id": "products", "type": "references", "label": "Products", "form": "item", "on_delete": "clear",
         "max_count": 4},
        {"id": "strict", "type": "references", "label": "Strict", "form": "item"},
        {"id": "cheap", "type": "references", "label": "Cheap", "form": "item", "filter": CHEAP, "min_count": 2},
        {"id": "count", "type": "number", "label": "Count", "formula": "COUNTA(products)"},
        {"id": "sum", "type": "number", "label": "Sum", "formula": "SUM(products.price)"},
        {"id": "names", "type": "text", "label": "Names", "formula": 'TEXTJOIN("+", TRUE, products.name)'},
        {"id": "lines", "type": "subform", "label": "Lines", "fields": [
            {"id": "what", "type": "references", "label": "What", "form": "item"},
            {"id": "cost", "type": "number", "label": "Cost", "formula": "SUM(what.price)"}]},
    ],
}  # fmt: skip
PART = {
    "id": "part", "name": "Part", "title": "name", "groups": [EVERYONE],
    "fields": [{"id": "name", "type": "text", "label": "Name"},
               {"id": "of", "type": "references", "label": "Of", "form": "bundle", "on_delete": "cascade"}],
}  # fmt: skip


@pytest.fixture
def ann(any_site: Site) -> Person:
    """An administrator with products, some of which others do not see."""
    person = any_site.owner()
    publish(person, ITEM, BUNDLE, PART)
    return person


@pytest.fixture
def ids(ann: Person) -> dict[str, str]:
    """The products by name."""
    rows = [("pen", "2", False), ("ink", "5", False), ("gold", "900", True), ("cap", "1", False)]
    return {name: ann.add("item", name=name, price=price, secret=secret)["id"] for name, price, secret in rows}


def held(person: Person, record: str, field: str = "products") -> Any:
    """What somebody sees there."""
    return person.get(f"{person.records('bundle')}/{record}")["values"][field]


def find(person: Person, op: str, value: Any = None) -> list[str]:
    """The names of the bundles that answer."""
    asked = {"field": "products", "op": op, "value": value}
    return sorted(one["values"]["name"] for one in person.list("bundle", filter=asked)["records"])


def test_several_records_are_picked_shown_found_and_read_through(ann: Person, ids: dict[str, str]) -> None:
    pen, ink, cap = ids["pen"], ids["ink"], ids["cap"]
    made = ann.add("bundle", name="A", fee="3", products=[ink, pen, ink], lines=[{"what": [pen, cap]}])
    assert made["values"]["products"] == [ink, pen]
    assert {made["titles"][one] for one in (ink, pen)} == {"ink", "pen"}
    assert (made["values"]["count"], made["values"]["sum"], made["values"]["names"]) == ("2", "7", "ink+pen")
    assert made["values"]["lines"][0]["cost"] == "3"
    ann.add("bundle", name="B", fee="4", products=[pen])
    ann.add("bundle", name="C")
    assert find(ann, "has_any", [ink, cap]) == ["A"]
    assert find(ann, "has_all", [ink, pen]) == ["A"]
    assert find(ann, "has_none", [ink]) == ["B", "C"]
    assert find(ann, "empty") == ["C"]
    product = ann.get(f"{ann.records('item')}/{pen}")
    assert (product["values"]["bundles"], product["values"]["worth"]) == ("2", "7")
    related = ann.get(f"{ann.records('item')}/{pen}/related")
    assert [(one["form"], one["field"], one["count"]) for one in related][:1] == [("bundle", "products", 2)]
    ann.edit("item", ink, {"price": "5"}, price="6")
    assert held(ann, made["id"], "sum") == "8"


def test_groups_count_a_record_under_each_that_it_names(ann: Person, ids: dict[str, str], any_site: Site) -> None:
    ann.add("bundle", name="A", products=[ids["pen"], ids["gold"]])
    body = {"groups": [{"field": "products"}], "measures": [{"operation": "count"}]}
    path = f"{ann.records('bundle')}/group"
    assert sorted(one["labels"][0] for one in ann.post(path, body)) == ["gold", "pen"]
    assert [one["labels"][0] for one in colleague(any_site, ann).post(path, body)] == ["pen"]


def test_who_may_not_see_one_is_not_told_of_it_and_cannot_lose_or_add_it(
    ann: Person, ids: dict[str, str], any_site: Site
) -> None:
    bob = colleague(any_site, ann)
    pen, ink, gold = ids["pen"], ids["ink"], ids["gold"]
    made = ann.add("bundle", name="A", products=[pen, gold, ink], lines=[{"what": [gold, pen]}])["id"]
    seen = bob.get(f"{bob.records('bundle')}/{made}")
    assert seen["values"]["products"] == [pen, ink]
    assert seen["values"]["lines"][0]["what"] == [pen]
    for told in (seen, bob.list("bundle"), bob.get(f"{bob.records('bundle')}/{made}/history")):
        assert gold not in str(told)
    bob.edit("bundle", made, {"products": [pen, ink]}, products=[ink])
    assert held(ann, made) == [ink, gold]
    bob.edit("bundle", made, {"products": [ink]}, products=None)
    assert held(ann, made) == [gold]
    row = held(bob, made, "lines")[0]
    bob.edit("bundle", made, {"lines": [row]}, lines=[{**row, "what": [ink]}])
    assert held(ann, made, "lines")[0]["what"] == [gold, ink]
    assert bob.edit("bundle", made, {"products": None}, 422, products=[gold])["code"] == "no_such_record"
    assert bob.add("bundle", 422, name="B", products=[gold])["code"] == "no_such_record"
    assert gold not in str(bob.post(f"{bob.records('bundle')}/options", {"field": "products"}))


def test_when_one_goes_the_field_loses_it_stops_it_or_goes_along(ann: Person, ids: dict[str, str]) -> None:
    pen, ink, cap = ids["pen"], ids["ink"], ids["cap"]
    made = ann.add("bundle", name="A", products=[pen, ink], strict=[cap])["id"]
    part = ann.add("part", name="P", of=[made])["id"]
    ann.ask("DELETE", f"{ann.records('item')}/{pen}")
    assert held(ann, made) == [ink]
    refused = ann.ask("DELETE", f"{ann.records('item')}/{cap}", status=409)
    assert refused["code"] == "still_referenced"
    ann.ask("DELETE", f"{ann.records('bundle')}/{made}")
    ann.get(f"{ann.records('part')}/{part}", 404)


def test_a_record_is_named_or_deleted_but_never_both(ann: Person, ids: dict[str, str]) -> None:
    crowd = [ann.site.visitor() for _ in range(4)]
    for twin in crowd:
        twin.client.cookies.update(ann.client.cookies)
    for turn in range(3):
        target = ann.add("item", name=f"item {turn}")["id"]
        body = {"values": {"name": "A", "strict": [ids["ink"], target]}}
        calls = [partial(one.client.post, one.records("bundle"), json=body) for one in crowd]
        *named, gone = at_once([*calls, partial(ann.client.delete, f"{ann.records('item')}/{target}")])
        pointing = [one for one in named if one.status_code == 201]
        assert {one.status_code for one in named} <= {201, 422}
        assert (gone.status_code, bool(pointing)) in ((200, False), (409, True))


def test_how_many_and_which_are_judged(ann: Person, ids: dict[str, str]) -> None:
    pen, ink, gold, cap = (ids[name] for name in ("pen", "ink", "gold", "cap"))
    assert ann.add("bundle", 422, name="A", cap="9", cheap=[pen])["code"] == "too_few_chosen"
    refused = ann.add("bundle", 422, name="A", cap="9", cheap=[pen, gold])
    assert (refused["code"], refused["problems"][0]["path"]) == ("record_not_offered", ["values", "cheap"])
    ann.add("bundle", name="A", cap="9", cheap=[pen, ink])
    more = ann.add("item", name="more")["id"]
    assert ann.add("bundle", 422, name="A", products=[pen, ink, gold, cap, more])["code"] == "too_many_chosen"
    assert ann.add("bundle", 422, name="A", products=["nowhere"])["code"] == "no_such_record"
    offered = ann.post(f"{ann.records('bundle')}/options", {"field": "cheap", "values": {"cap": "3"}})
    assert {one["title"] for one in offered} == {"pen", "cap"}


def test_a_file_brings_and_takes_the_titles(ann: Person, ids: dict[str, str], tmp_path: Path) -> None:
    comma = ann.add("item", name="nib, fine")["id"]
    ann.add("bundle", name="A", products=[comma, ids["pen"]], lines=[{"what": [ids["ink"], comma]}])
    for format in ("csv", "xlsx"):
        done = ann.bring("bundle", export(ann, "bundle", format, tmp_path), {})
        assert done["progress"]["bad"] == 0
    found = [one["values"] for one in ann.list("bundle")["records"]]
    assert [one["products"] for one in found] == [[comma, ids["pen"]]] * 4
    assert [one["lines"][0]["what"] for one in found] == [[ids["ink"], comma]] * 4


def test_what_cannot_be_reckoned_through_it_is_told(ann: Person) -> None:
    wrong = {"id": "wrong", "type": "number", "label": "Wrong", "formula": "products.price + 1"}
    wrong_path = {"id": "v", "name": "V", "columns": ["products.name"]}
    codes = [one["code"] for one in put(ann, {**BUNDLE, "fields": [*BUNDLE["fields"], wrong], "views": [wrong_path]})]
    assert "check_expression" in codes
    assert "check_no_path" in codes
    asked = {"field": "products.name", "op": "eq", "value": "pen"}
    ann.list("bundle", 422, filter=asked)
