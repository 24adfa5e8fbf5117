"""A formula checked while it is written 公式检查: by who may read the form, over what he may read; for databases."""

from typing import Any

import pytest

from tests.cases import everywhere
from tests.server.site import Person, Site
from tests.server.test_calculated_measures import EVERYONE, publish_lines

COLUMNS = [{"id": "price", "type": "number", "label": "Price"}, {"id": "count", "type": "number", "label": "Count"}]


def told(person: Person, text: str, status: int = 200, **more: Any) -> Any:
    """What is said of a formula over the form `thing`."""
    body = {"text": text, "app": "crm", "form": "thing", **more}
    return person.post("/api/expressions", body, status)


@pytest.fixture
def ann(site: Site) -> Person:
    """An administrator whose members may not read a column."""
    ann = site.trial()
    publish_lines(ann, COLUMNS, [{**EVERYONE, "hide": ["lines.price"]}])
    return ann


def test_a_member_is_told_of_his_own_question_and_of_nothing_else(ann: Person) -> None:
    """Labels in, ids out, a result over the sample; what he may not read is not there; the draft is not his to see."""
    asked = {"live": True, "stored": "filter", "wanted": "boolean"}
    sample = {"title": "A", "lines": [{"count": "3"}]}
    boss = told(ann, "SUM(Lines.Price) > 2", **asked)
    assert (boss["ok"], boss["text"], boss["shown"]) == (True, "SUM(lines.price) > 2", "SUM(Lines.Price) > 2")
    bob = ann.play("Xiao Wang")
    found = told(bob, "SUM(Lines.Count) > 2", values=sample, **asked)
    assert (found["ok"], found["text"], found["result"]) == (True, "SUM(lines.count) > 2", True)
    hidden, absent = (told(bob, f"SUM(Lines.{name}) > 2", **asked)["problems"] for name in ("Price", "Prize"))
    assert [one["code"] for one in hidden] == [one["code"] for one in absent] == ["nothing_inside"]
    assert "Price" not in str([one["fix"] for one in absent])
    told(bob, "TRUE", status=403)
    told(bob, "TRUE", status=403, definition={"id": "thing", "name": "X"})
    told(bob, "TRUE", status=404, live=True, form="nowhere")


def test_a_condition_must_come_to_yes_or_no_and_be_one_for_the_database(ann: Person) -> None:
    """With what to write instead, and with the reason why a database cannot carry it out."""
    asked = {"live": True, "stored": "filter", "wanted": "boolean"}
    (number,) = told(ann, "SUM(Lines.Count)", **asked)["problems"]
    assert (number["code"], number["fix"]) == ("result_type", "SUM(Lines.Count) <> 0")
    (beyond,) = told(ann, "PRODUCT(Lines.Count) > 2", **asked)["problems"]
    assert (beyond["code"], "multiply" in beyond["sentence"]) == ("not_reckoned", True)
    assert told(ann, "PRODUCT(Lines.Count) > 2", wanted="boolean")["ok"] is True


def test_the_rows_of_a_group_read_the_records_own_fields(ann: Person) -> None:
    """What lies behind a reference is refused there, as when it is published."""
    boss = {"id": "boss", "type": "reference", "label": "Boss", "form": "customer"}
    title = {"id": "title", "type": "text", "label": "Title"}
    drawn = {"id": "thing", "name": "Thing", "title": "title", "fields": [title, boss]}
    asked = {"definition": drawn, "wanted": "boolean"}
    assert told(ann, 'Boss.name = "x"', stored="filter", **asked)["ok"] is True
    assert told(ann, 'Boss.name = "x"', stored="rows", **asked)["ok"] is False
    assert told(ann, 'Title = "x"', stored="rows", **asked)["ok"] is True


def test_a_half_understood_formula_is_shown_with_labels(ann: Person) -> None:
    """Kept by ids as far as it is understood, so that is how it comes back to be mended."""
    found = told(ann, "SUM(lines.count) + nowhere")
    assert (found["ok"], found["shown"]) == (False, "SUM(Lines.Count) + nowhere")
    assert everywhere.holds(found["text"])["all"][0]["value"] == "SUM(lines.count) + nowhere"
