"""Calculated measures 计算指标 over HTTP: reckoned in the database, by the rights of who asks, refused with reasons."""

from typing import Any

import pytest

from tests.server.office import Office, furnish, open_office
from tests.server.site import Person, Site

GROUP = "/api/apps/crm/forms/{form}/records/group"
BOARD = "/api/apps/crm/draft/dashboards/{board}"


@pytest.fixture
def ann(site: Site) -> Person:
    """An administrator with an empty CRM."""
    return site.owner()


def asked(person: Person, expression: str, form: str = "customer", status: int = 200, **more: Any) -> Any:
    """The answer to a sum of the expression over the form."""
    measures = [{"operation": "sum", "expression": expression}]
    path = GROUP.format(form=form)
    return person.ask("POST", path, {"groups": [], "measures": measures, **more}, status=status)


def test_a_sum_of_an_expression_is_exact_and_understands_labels(ann: Person) -> None:
    ann.add("customer", name="One", revenue="0.1", level="a")
    ann.add("customer", name="Two", revenue="0.2", level="b")
    ann.add("customer", name="Three", level="a")
    answer = asked(ann, 'IF(level = "a", revenue * 10, revenue)')
    assert answer[0]["values"] == ["1.2"]


EVERYONE = {"id": "all", "name": "All", "to": {"everyone": True}, "operations": ["create", "read"]}


def publish_lines(person: Person, columns: list[dict[str, Any]], groups: list[dict[str, Any]] | None = None) -> None:
    """Publish a form `thing` with a subform of these columns."""
    lines = {"id": "lines", "type": "subform", "label": "Lines", "fields": columns}
    title = {"id": "title", "type": "text", "label": "Title"}
    value = {"id": "thing", "name": "Thing", "title": "title", "fields": [title, lines], "groups": groups or []}
    draft = person.ask("PUT", "/api/apps/crm/draft/forms/thing", {"value": value, "base": ""})
    person.post("/api/apps/crm/publish", {"message": "", "revision": draft["revision"]}, 201)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ('MAPX("sum", 1, "customer", "name", "revenue")', "MAPX"),
        ("revenue +", "ends too soon"),
        ("nowhere * 2", "nowhere"),
        ("revenue = name", "compare"),
    ],
)
def test_what_cannot_be_reckoned_is_refused_with_the_reason(ann: Person, expression: str, words: str) -> None:
    answer = asked(ann, expression, status=422)
    assert answer["code"] == "cannot_be_reckoned"
    assert words in answer["detail"]


def test_what_one_database_reckons_and_the_other_does_not_is_said_by_the_one_that_is_asked(any_site: Site) -> None:
    """SQLite evaluates whatever reads the record alone; PostgreSQL says what it has no plan for. Neither scans."""
    ann = any_site.owner()
    ann.add("customer", name="One", revenue="7")
    text = 'IF(PROPER(name) = "One", revenue, 0)'
    if any_site.wired.engine.dialect.name == "sqlite":
        assert asked(ann, text)[0]["values"] == ["7"]
    else:
        assert "PROPER" in asked(ann, text, status=422)["detail"]


def test_a_measure_goes_through_the_rows_of_a_subform(any_site: Site) -> None:
    """The database adds up what each record's rows come to."""
    ann = any_site.owner()
    columns = [{"id": "price", "type": "number", "label": "Price"}, {"id": "count", "type": "number", "label": "Count"}]
    publish_lines(ann, columns)
    ann.add("thing", title="A", lines=[{"price": "1.5", "count": "2"}, {"price": "10", "count": None}])
    ann.add("thing", title="B", lines=[{"price": "0.25", "count": "4"}])
    ann.add("thing", title="C")
    assert asked(ann, "SUM(Lines.Price * Lines.Count)", "thing")[0]["values"] == ["4"]
    assert asked(ann, 'COUNTIF(lines.price, ">1")', "thing")[0]["values"] == ["2"]
    assert asked(ann, "IF(COUNT(lines) > 1, 1, 0)", "thing")[0]["values"] == ["1"]


def test_a_column_that_is_hidden_is_not_there_for_a_measure(ann: Person, bob: Person) -> None:
    """Its name is refused like one that was never given, for who may read the other columns."""
    columns = [{"id": "price", "type": "number", "label": "Price"}, {"id": "count", "type": "number", "label": "Count"}]
    publish_lines(ann, columns, [{**EVERYONE, "hide": ["lines.price"]}])
    ann.add("thing", title="A", lines=[{"price": "1.5", "count": "2"}])
    assert asked(bob, "SUM(lines.count)", "thing")[0]["values"] == ["2"]
    hidden = asked(bob, "SUM(lines.price)", "thing", 422)
    absent = asked(bob, "SUM(lines.prize)", "thing", 422)
    assert hidden["detail"] == absent["detail"].replace("prize", "price")
    assert asked(ann, "SUM(lines.price)", "thing")[0]["values"] == ["1.5"]


def test_a_measure_over_a_field_that_is_hidden_is_refused_like_one_that_is_not_there(site: Site) -> None:
    office: Office = furnish(open_office(site))
    seller = office.people["salesperson"]
    hidden = asked(seller, "IF(cost > 0, 1, 0)", form="product", status=422)
    absent = asked(seller, "IF(cosd > 0, 1, 0)", form="product", status=422)
    assert hidden["detail"] == absent["detail"].replace("cosd", "cost")
    assert asked(office.boss, "IF(cost > 0, 1, 0)", form="product")[0]["values"] != ["0"]


def test_a_dashboard_may_have_a_calculated_measure_and_keeps_it_by_ids(ann: Person) -> None:
    ann.add("customer", name="One", revenue="100")
    draft = ann.get("/api/apps/crm/draft")
    name = next(part for part in draft["parts"] if part.startswith("dashboards/"))
    board = draft["parts"][name]
    measure = {"operation": "sum", "expression": "revenue*0.5"}
    widget = {"id": "reckoned", "title": "Reckoned", "form": "customer", "shown_as": "figure", "measures": [measure]}
    board["widgets"] = [*board["widgets"], widget]
    saved = ann.ask("PUT", f"/api/apps/crm/draft/{name}", {"value": board, "base": draft["hashes"][name]})
    assert saved["problems"] == []
    kept = ann.get("/api/apps/crm/draft")["parts"][name]["widgets"][-1]
    assert kept["measures"][0]["expression"] == "revenue * 0.5"
    shown = ann.post("/api/apps/crm/widgets/preview", {"widget": kept}, 200)
    assert shown["figure"]["value"] == "50"


def test_workdays_are_counted_by_the_working_calendar_where_the_database_evaluates(ann: Person) -> None:
    ann.add("customer", name="One", next_follow_up="2026-09-30")
    expression = 'NETWORKDAYS(next_follow_up, "2026-10-10")'
    assert asked(ann, expression)[0]["values"] == ["8"]
    usual = ann.get("/api/workspace/calendar")
    week = {f"2026-10-0{day}": "" for day in range(1, 8)}
    ann.ask("PUT", "/api/workspace/calendar", {**usual, "holidays": week, "workdays": {"2026-10-10": ""}})
    assert asked(ann, expression)[0]["values"] == ["4"]
