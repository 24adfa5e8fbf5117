"""Expressions as conditions of filters 公式条件: in lists, groups and row rights, carried out by the database."""

from typing import Any

import pytest

from tests.server.site import Person, Site
from tests.server.test_calculated_measures import EVERYONE, publish_lines

COLUMNS = [{"id": "price", "type": "number", "label": "Price"}, {"id": "count", "type": "number", "label": "Count"}]


def holds(text: str) -> dict[str, Any]:
    """The condition that an expression is."""
    return {"field": "id", "op": "holds", "value": text}


def titles(person: Person, *texts: str, status: int = 200) -> Any:
    """The titles of the records of which every expression holds."""
    found = person.list("thing", filter={"all": [holds(text) for text in texts]}, total=True, status=status)
    return sorted(one["values"]["title"] for one in found["records"]) if status == 200 else found


def fill(person: Person) -> None:
    """Three records: with two rows, with one, with none."""
    person.add("thing", title="A", lines=[{"price": "1.5", "count": "2"}, {"price": "10", "count": None}])
    person.add("thing", title="Bee", lines=[{"price": "100", "count": "4"}])
    person.add("thing", title="C")


def test_a_list_is_filtered_by_an_expression(any_site: Site) -> None:
    """On both databases alike; blank and failure do not hold; labels are understood; beside other conditions."""
    ann = any_site.owner()
    publish_lines(ann, COLUMNS)
    fill(ann)
    assert titles(ann, "SUM(lines.price * lines.count) > 100") == ["Bee"]
    assert titles(ann, "COUNT(Lines) > 0", "LEN(Title) = 1") == ["A"]
    assert titles(ann, "1 / COUNT(lines) > 0.4") == ["A", "Bee"]
    assert titles(ann, "created_by = ME()") == ["A", "Bee", "C"]
    told = ann.list("thing", filter={"any": [holds("COUNT(lines) = 0"), {"field": "title", "op": "eq", "value": "A"}]})
    assert sorted(one["values"]["title"] for one in told["records"]) == ["A", "C"]


def test_groups_and_measures_take_expressions_too(any_site: Site) -> None:
    """A measure counts only the records of which its condition holds."""
    ann = any_site.owner()
    publish_lines(ann, COLUMNS)
    fill(ann)
    measures = [{"operation": "count"}, {"operation": "count", "filter": holds("COUNT(lines) > 1")}]
    asked = {"groups": [], "measures": measures, "filter": holds("COUNT(lines) > 0")}
    assert ann.post("/api/apps/crm/forms/thing/records/group", asked)[0]["values"] == ["2", "1"]


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("SUM(lines.price)", "condition_no_truth", "yes or no"),
        ("lines.price > 1", "condition_not_reckoned", "single value"),
        ("nowhere = 1", "condition_not_reckoned", "nowhere"),
        ('MAPX("count", 1, "customer", "name") > 1', "condition_not_reckoned", "MAPX"),
    ],
)
def test_what_cannot_be_carried_out_is_refused_with_the_reason(ann: Person, text: str, code: str, word: str) -> None:
    """Never a scan in silence."""
    publish_lines(ann, COLUMNS)
    answer = titles(ann, text, status=422)
    assert answer["code"] == code
    assert word in answer["detail"]
    assert answer["path"] == ["filter"]


def test_a_filter_has_few_expressions_and_only_of_the_record(ann: Person) -> None:
    """The bounds of what may be asked at once."""
    publish_lines(ann, COLUMNS)
    titles(ann, *["TRUE"] * 11, status=422)
    ann.list("thing", filter={"field": "title", "op": "holds", "value": "TRUE"}, status=422)
    ann.list("thing", filter={"field": "id", "op": "holds", "value": 1}, status=422)


def test_an_expression_asks_nothing_that_its_asker_may_not_read(ann: Person, bob: Person) -> None:
    """A hidden column is not there; and where rows differ, only those count in which he may read all of it."""
    publish_lines(ann, COLUMNS, [{**EVERYONE, "hide": ["lines.price"]}])
    fill(ann)
    assert titles(bob, "SUM(lines.count) > 3") == ["Bee"]
    hidden, absent = (titles(bob, f"SUM(lines.{name}) > 3", status=422)["detail"] for name in ("price", "prize"))
    assert hidden == absent.replace("prize", "price")


def test_rows_of_a_permission_group_are_those_of_which_its_expression_holds(any_site: Site, tmp_path: Any) -> None:
    """In lists, for one record, for writing; over fields that the member himself may not read."""
    ann = any_site.trial()
    group = {**EVERYONE, "operations": ["create", "read", "update"], "hide": ["lines.price"],
             "rows": holds("SUM(lines.price) < 50")}  # fmt: skip
    publish_lines(ann, COLUMNS, [group])
    fill(ann)
    held = {one["values"]["title"]: one["id"] for one in ann.list("thing")["records"]}
    bob = ann.play("Xiao Wang")
    seen = {one["values"]["title"] for one in bob.list("thing")["records"]}
    assert seen == {"A", "C"}
    path = f"{bob.records('thing')}/{{}}"
    assert bob.client.get(path.format(held["A"])).status_code == 200
    assert bob.client.get(path.format(held["Bee"])).status_code == 404
    body = {"values": {"title": "X"}, "before": {"title": "Bee"}}
    assert bob.client.patch(path.format(held["Bee"]), json=body).status_code == 404


def test_the_designer_is_told_of_expressions_that_cannot_be_conditions(ann: Person) -> None:
    """With the path: unsound, no yes or no, behind a reference in row rights, and where nobody carries them out."""
    title = {"id": "title", "type": "text", "label": "Title"}
    boss = {"id": "boss", "type": "reference", "label": "Boss", "form": "customer"}

    def problems(rows: str, **more: Any) -> list[tuple[str, list[Any]]]:
        form = {"id": "thing", "name": "Thing", "title": "title", "fields": [title, boss],
                "groups": [{**EVERYONE, "rows": holds(rows)}], **more}  # fmt: skip
        base = ann.get("/api/apps/crm/draft")["hashes"].get("forms/thing", "")
        answer = ann.ask("PUT", "/api/apps/crm/draft/forms/thing", {"value": form, "base": base})
        return [(one["code"], one["path"][:5]) for one in answer["problems"]]

    place = ["forms", "thing", "groups", 0, "rows"]
    assert problems("LEN(title) > 1") == []
    assert problems("title +") == [("check_condition_not_reckoned", place)]
    assert problems("LEN(title)") == [("check_condition_no_truth", place)]
    assert problems('boss.name = "x"') == [("check_condition_not_reckoned", place)]
    unique = {"id": "one", "fields": ["title"], "filter": holds("TRUE")}
    assert ("check_no_condition_here", ["forms", "thing", "uniques"]) in problems("TRUE", uniques=[unique])
