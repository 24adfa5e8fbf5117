"""What formulas look up in other forms follows those, at once or by the worker 跨表查找联动: MAPX and RECNO."""

from typing import Any

import pytest

from server import worker
from tests.server.site import Person, Site
from tests.server.test_ripple import APP, EVERYONE, publish, put, values

RATE = {
    "id": "rate", "name": "Rate", "title": "code", "groups": [EVERYONE],
    "fields": [
        {"id": "code", "type": "text", "label": "Code"},
        {"id": "amount", "type": "number", "label": "Amount"},
        {"id": "note", "type": "text", "label": "Note"},
    ],
}  # fmt: skip
LOOKED = 'MAPX("sum", code, "rate", "code", "amount")'
BILL = {
    "id": "bill", "name": "Bill", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "code", "type": "text", "label": "Code"},
        {"id": "rated", "type": "number", "label": "Rated", "formula": LOOKED},
        {"id": "twice", "type": "number", "label": "Twice", "formula": "rated * 2"},
        {"id": "place", "type": "number", "label": "Place", "formula": "RECNO()"},
        {"id": "lines", "type": "subform", "label": "Lines", "fields": [
            {"id": "part", "type": "text", "label": "Part"},
            {"id": "price", "type": "number", "label": "Price",
             "formula": 'MAPX("last", part, "rate", "code", "amount")'},
        ]},
    ],
}  # fmt: skip


@pytest.fixture
def ann(any_site: Site) -> Person:
    """An administrator whose bills look rates up."""
    person = any_site.owner()
    publish(person, RATE, BILL)
    any_site.work()
    return person


def test_a_lookup_follows_the_records_it_looks_up_within_the_writers_transaction(ann: Person) -> None:
    """Added, changed, given another code, deleted; what needs the formula follows, and only who looks for it."""
    one, two = (ann.add("bill", name=code, code=code)["id"] for code in ("A", "B"))
    rate = ann.add("rate", code="A", amount="5")["id"]
    ann.add("rate", code="A", amount="1.5")
    assert [values(ann, "bill", one)[name] for name in ("rated", "twice")] == ["6.5", "13"]
    ann.edit("rate", rate, {"amount": "5"}, amount="7")
    assert values(ann, "bill", one)["rated"] == "8.5"
    ann.edit("rate", rate, {"code": "A"}, code="B")
    assert [values(ann, "bill", id)["twice"] for id in (one, two)] == ["3", "14"]
    ann.post(f"{ann.records('rate')}/delete", {"ids": [rate]})
    assert values(ann, "bill", two)["rated"] in (None, "0")
    history = ann.get(f"{ann.records('bill')}/{two}/history")
    assert history[0]["note"] == "Computed anew, because a record that it depends on changed"


def test_what_nobody_reads_moves_nothing(ann: Person) -> None:
    """A change of a field that no lookup reads leaves the bills alone."""
    bill = ann.add("bill", name="A", code="A")["id"]
    rate = ann.add("rate", code="A", amount="5")["id"]
    before = len(ann.get(f"{ann.records('bill')}/{bill}/history"))
    ann.edit("rate", rate, {"note": None}, note="x")
    assert len(ann.get(f"{ann.records('bill')}/{bill}/history")) == before


def test_a_lookup_in_rows_follows_by_the_worker_and_says_that_it_is_on_its_way(any_site: Site, ann: Person) -> None:
    """Which rows look for a value is not known beforehand, so every bill is looked at again."""
    bill = ann.add("bill", name="A", lines=[{"part": "P"}, {"part": "Q"}])["id"]
    ann.add("rate", code="Q", amount="4")
    assert ann.get(f"{APP}/forms/bill/recomputing")["left"] > 0
    any_site.work()
    assert [row["price"] for row in values(ann, "bill", bill)["lines"]] == [None, "4"]
    assert ann.get(f"{APP}/forms/bill/recomputing")["left"] == 0


def test_of_lookups_in_rows_only_records_with_such_a_row_are_computed_again(any_site: Site, ann: Person) -> None:
    """One of three bills has a row that looks for the code; the others are left in peace."""
    bills = [ann.add("bill", name=part, lines=[{"part": "X"}, {"part": part}])["id"] for part in ("P", "Q", "R")]
    any_site.work()
    rate = ann.add("rate", code="Q", amount="4")["id"]
    worker.work(any_site.wired, "test", most=1)
    assert ann.get(f"{APP}/forms/bill/recomputing")["total"] == 1
    any_site.work()
    assert [row["price"] for row in values(ann, "bill", bills[1])["lines"]] == [None, "4"]
    ann.edit("rate", rate, {"code": "Q"}, code="R")
    any_site.work()
    assert [values(ann, "bill", id)["lines"][1]["price"] for id in bills] == [None, None, "4"]


def test_many_who_look_up_one_record_are_left_to_the_worker_which_says_how_far_it_is(
    any_site: Site, ann: Person
) -> None:
    """The writer does not wait for them."""
    fields = [field for field in BILL["fields"] if field["id"] != "lines"]
    publish(ann, {**BILL, "fields": fields})
    any_site.work()
    rows = "".join(f"b{number},A\n" for number in range(300))
    read = ann.post(f"{APP}/forms/bill/imports", files={"file": ("b.csv", f"Name,Code\n{rows}".encode())}, status=201)
    ann.post(f"/api/imports/{read['id']}/start", {"columns": {"0": "name", "1": "code"}})
    any_site.work()
    ann.add("rate", code="A", amount="9")
    assert ann.get(f"{APP}/forms/bill/recomputing")["left"] > 0
    any_site.work()
    assert ann.get(f"{APP}/forms/bill/recomputing")["left"] == 0
    told = ann.list("bill", filter={"field": "twice", "op": "eq", "value": "18"}, total=True)
    assert told["total"] == 300


def test_a_lookup_that_needs_itself_is_told_with_its_way(ann: Person) -> None:
    """Through another form, or through other records of its own."""
    around: dict[str, Any] = {"id": "amount", "type": "number", "label": "Amount",
                              "formula": 'MAPX("sum", code, "bill", "code", "twice")'}  # fmt: skip
    fields = [around if field["id"] == "amount" else field for field in RATE["fields"]]
    problems = put(ann, {**RATE, "fields": fields})
    assert [problem["code"] for problem in problems] == ["check_cycle"]
    assert all(place in problems[0]["detail"] for place in ("Rate.Amount", "Bill.Rated"))
    own = {**around, "formula": 'MAPX("max", code, "rate", "code", "amount") + 1'}
    fields = [own if field["id"] == "amount" else field for field in RATE["fields"]]
    assert [problem["code"] for problem in put(ann, {**RATE, "fields": fields})] == ["check_cycle"]


def test_the_place_of_a_record_is_given_once(ann: Person) -> None:
    """RECNO counts the records that are there when it is added; later changes leave its number."""
    first = ann.add("bill", name="A", code="A")["id"]
    second = ann.add("bill", name="B")["id"]
    ann.edit("bill", first, {"name": "A"}, name="AA")
    ann.add("rate", code="A", amount="1")
    assert [values(ann, "bill", id)["place"] for id in (first, second)] == ["1", "2"]
