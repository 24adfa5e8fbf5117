"""The public CRM sales data set through the import wizard 导入: every total of GOLDEN.json comes out to the cent."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.site import DATA, Person, open_site

SALES = DATA / "crm_sales"
GOLDEN = json.loads((SALES / "GOLDEN.json").read_text())
DEALS = {
    "opportunity_id": "name",
    "sales_agent": "owner",
    "product": "product",
    "account": "customer",
    "deal_stage": "stage",
    "engage_date": "engage_date",
    "close_date": "close_date",
    "close_value": "close_value",
}
MEND = {"replace": {"product": {"GTXPro": "GTX Pro"}}}
WON = {"field": "stage", "op": "eq", "value": "won"}


@pytest.fixture(scope="module")
def ann(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Somebody whose CRM holds the data set, brought in through the wizard's own calls."""
    site = open_site(tmp_path_factory.mktemp("sales"))
    person = site.owner()
    with (SALES / "sales_teams.csv").open() as file:
        for row in csv.DictReader(file):
            person.post("/api/members", {"name": row["sales_agent"]}, 201)
    accounts = {"account": "name", "sector": "industry", "subsidiary_of": "parent"}
    results = {
        "accounts": person.bring("customer", SALES / "accounts.csv", accounts),
        "products": person.bring("product", SALES / "products.csv", {"product": "name", "sales_price": "list_price"}),
        "checked": check(person),
        "deals": person.bring("opportunity", SALES / "sales_pipeline.csv", DEALS, **MEND),
    }
    site.app.state.results = results
    yield person
    person.client.close()
    site.wired.engine.dispose()


def check(person: Person) -> dict[str, Any]:
    """The verdict over the opportunities as they are, with nothing mended."""
    with (SALES / "sales_pipeline.csv").open("rb") as file:
        read = person.post("/api/apps/crm/forms/opportunity/imports", files={"file": ("sales.csv", file)}, status=201)
    mapping = {"columns": {str(one["index"]): DEALS[one["heading"]] for one in read["columns"]}}
    verdict: dict[str, Any] = person.post(f"/api/imports/{read['id']}/check", mapping)
    return verdict


def groups(person: Person, *by: dict[str, Any], filter: Any = WON, **measure: Any) -> dict[str, Any]:
    """Label → measure over the opportunities, as the records' own grouping answers."""
    asked = {
        "filter": filter,
        "groups": list(by),
        "measures": [measure or {"operation": "sum", "field": "close_value"}],
    }
    found = person.post(f"{person.records('opportunity')}/group", {**asked, "limit": 1000})
    return {" ".join(row["labels"]): row["values"][0] for row in found}


def widget(ann: Person, id: str, **asked: Any) -> dict[str, Any]:
    """A widget's numbers on the sales dashboard."""
    body = {"start": "2017-01-01", "end": "2017-12-31", **asked}
    found: dict[str, Any] = ann.post("/api/apps/crm/dashboards/sales/data", body)[id]
    assert not found["error"]
    return found


def whole(numbers: dict[str, Any]) -> dict[str, int]:
    """The measures as whole numbers; fails when one has cents."""
    assert all(float(value) == int(float(value)) for value in numbers.values())
    return {label: int(float(value)) for label, value in numbers.items() if float(value)}


@pytest.mark.parametrize(
    ("what", "count"), [("accounts", 85), ("products", 7), ("deals", GOLDEN["rows"]["sales_pipeline"])]
)
def test_every_row_goes_in(ann: Person, what: str, count: int) -> None:
    """None is bad once the one wrong name is mapped."""
    progress = ann.site.app.state.results[what]["progress"]
    assert (progress["state"], progress["created"], progress["bad"]) == ("done", count, 0)


def test_every_salesperson_is_a_member(ann: Person) -> None:
    """The 35 of the team and the owner herself."""
    assert len(ann.get("/api/directory")["members"]) == 36


def test_the_wrong_product_is_reported_once_and_not_guessed_away(ann: Person) -> None:
    """1 480 rows, one trouble, with the text that would do."""
    verdict = ann.site.app.state.results["checked"]
    assert (verdict["total"], verdict["bad"], verdict["good"]) == (8800, 1480, 7320)
    (trouble,) = verdict["troubles"]
    assert (trouble["code"], trouble["field"], trouble["value"]) == ("no_such_record", "product", "GTXPro")
    assert (trouble["count"], trouble["suggestions"][0]) == (1480, "GTX Pro")


def test_a_subsidiary_finds_its_parent_also_further_down_the_file(ann: Person) -> None:
    """A reference to the same form is matched by title within the file."""
    with (SALES / "accounts.csv").open() as file:
        wanted = {row["account"]: row["subsidiary_of"] for row in csv.DictReader(file) if row["subsidiary_of"]}
    page = ann.list("customer", limit=200, filter={"field": "parent", "op": "not_empty"})
    found = {record["title"]: page["titles"][record["values"]["parent"]] for record in page["records"]}
    assert found == wanted


def test_the_stages_count_as_in_the_file(ann: Person) -> None:
    """4 238 won, 2 473 lost, the rest open."""
    counted = groups(ann, {"field": "stage"}, filter=None, operation="count")
    assert whole(counted) == {**GOLDEN["deal_stage"]}


@pytest.mark.parametrize(("by", "golden"), [("owner", "won_by_agent"), ("product", "won_by_product")])
def test_the_won_sums_come_out_to_the_cent(ann: Person, by: str, golden: str) -> None:
    """By agent and by product; the mended name stands for the wrong one."""
    wanted = {MEND["replace"]["product"].get(name, name): value for name, value in GOLDEN[golden].items()}
    assert whole(groups(ann, {"field": by})) == wanted


@pytest.mark.parametrize(
    ("unit", "measure", "golden"),
    [
        ("month", {"operation": "sum", "field": "close_value"}, "won_by_close_month"),
        ("quarter", {"operation": "count"}, "won_count_by_close_quarter"),
    ],
)
def test_the_won_sums_come_out_by_period(ann: Person, unit: str, measure: dict[str, Any], golden: str) -> None:
    """By close month and quarter."""
    found = whole(groups(ann, {"field": "close_date", "unit": unit}, **measure))
    assert {label.replace("-Q", "Q"): value for label, value in found.items()} == GOLDEN[golden]


def test_a_group_goes_through_a_reference(ann: Person) -> None:
    """Sectors as typed, misspelling and all."""
    assert whole(groups(ann, {"field": "customer.industry"})) == GOLDEN["won_by_sector_(as typed)"]


def test_the_dashboard_shows_the_golden_totals(ann: Person) -> None:
    """Won sum and trend by month, win rate, and the ranking of people."""
    trend = widget(ann, "trend")["rows"]
    assert {row["labels"][0]: int(float(row["values"][0])) for row in trend} == GOLDEN["won_by_close_month"]
    assert sum(float(row["values"][0]) for row in trend) == GOLDEN["won_close_value_sum"]
    ranking = {row["labels"][0]: int(float(row["values"][0])) for row in widget(ann, "ranking")["rows"]}
    assert ranking == dict(list(GOLDEN["won_by_agent"].items())[:10])
    assert float(widget(ann, "win_rate")["figure"]["ratio"]) == GOLDEN["win_rate_won_over_closed"]


def test_the_dashboard_filters_by_person_and_date(ann: Person) -> None:
    """One agent's year; one quarter's wins."""
    darcel = next(one["id"] for one in ann.get("/api/directory")["members"] if one["name"] == "Darcel Schlecht")
    trend = widget(ann, "trend", person=darcel)["rows"]
    assert sum(float(row["values"][0]) for row in trend) == GOLDEN["won_by_agent"]["Darcel Schlecht"]
    second = widget(ann, "trend", start="2017-04-01", end="2017-06-30")["rows"]
    assert sum(int(row["values"][1]) for row in second) == GOLDEN["won_count_by_close_quarter"]["2017Q2"]


def test_a_click_opens_the_records_behind_a_number(ann: Person) -> None:
    """The widget's filter with the row's own finds as many records as the row counted."""
    trend = widget(ann, "trend")
    for row in trend["rows"]:
        page = ann.list("opportunity", filter={"all": [trend["filter"], row["filter"]]}, total=True)
        assert page["total"] == int(row["values"][1])


def test_the_whole_file_is_undone_and_brought_in_again(ann: Person, tmp_path: Path) -> None:
    """After undo not a row is left; the file goes in a second time."""
    few = tmp_path / "few.csv"
    few.write_text("\n".join((SALES / "sales_pipeline.csv").read_text().splitlines()[:1202]))
    before = ann.list("opportunity", exact=True)["total"]
    for _ in range(2):
        done = ann.bring("opportunity", few, DEALS, **MEND)
        assert done["progress"]["created"] == 1201
        ann.post(f"/api/imports/{done['id']}/undo")
        ann.site.work()
        assert ann.get(f"/api/imports/{done['id']}")["state"] == "undone"
        assert ann.list("opportunity", exact=True)["total"] == before
