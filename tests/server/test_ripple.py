"""Values that come from other records are right when the writer is done, or said to be on their way 联动重算."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.server.site import Person, Site

APP = "/api/apps/crm"
EVERYONE = {"id": "all", "name": "All", "to": {"everyone": True}, "operations": ["create", "read", "update", "delete"]}
TRAVEL = {"field": "kind", "op": "eq", "value": "travel"}
OPTIONS = [{"id": "travel", "label": "Travel"}, {"id": "meal", "label": "Meal"}]
CHANNEL = {
    "id": "channel", "name": "Channel", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "spent", "type": "rollup", "label": "Spent", "form": "project", "by": "channel", "operation": "sum",
         "field": "spent"},
    ],
}  # fmt: skip
PROJECT = {
    "id": "project", "name": "Project", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "channel", "type": "reference", "label": "Channel", "form": "channel"},
        {"id": "rate", "type": "number", "label": "Rate", "default": "1"},
        {"id": "budget", "type": "number", "label": "Budget"},
        {"id": "costs", "type": "rollup", "label": "Costs", "form": "cost", "by": "project"},
        {"id": "spent", "type": "rollup", "label": "Spent", "form": "cost", "by": "project", "operation": "sum",
         "field": "amount"},
        {"id": "travel", "type": "rollup", "label": "Travel", "form": "cost", "by": "project", "operation": "sum",
         "field": "amount", "filter": TRAVEL},
        {"id": "left", "type": "number", "label": "Left", "formula": "budget - spent"},
    ],
}  # fmt: skip
COST = {
    "id": "cost", "name": "Cost", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "project", "type": "reference", "label": "Project", "form": "project", "on_delete": "clear"},
        {"id": "amount", "type": "number", "label": "Amount"},
        {"id": "kind", "type": "choice", "label": "Kind", "options": OPTIONS},
        {"id": "rated", "type": "number", "label": "Rated", "formula": "amount * project.rate"},
    ],
}  # fmt: skip
FORMS = (CHANNEL, PROJECT, COST)


def put(person: Person, *forms: dict[str, Any]) -> list[dict[str, Any]]:
    """Save forms into the draft; answers its problems."""
    problems: list[dict[str, Any]] = []
    for form in forms:
        held = person.get(f"{APP}/draft")["hashes"].get(f"forms/{form['id']}", "")
        body = {"value": form, "base": held}
        problems = person.ask("PUT", f"{APP}/draft/forms/{form['id']}", body)["problems"]
    return problems


def publish(person: Person, *forms: dict[str, Any]) -> None:
    """Save forms and make them live."""
    assert put(person, *forms) == []
    revision = person.get(f"{APP}/draft")["revision"]
    person.post(f"{APP}/publish", {"revision": revision, "message": ""}, 201)


@pytest.fixture
def ann(any_site: Site) -> Person:
    """An administrator whose app counts costs by project."""
    person = any_site.owner()
    publish(person, *FORMS)
    any_site.work()
    return person


@pytest.fixture
def bea(site: Site) -> Person:
    """The same on SQLite alone, where the database is not the point."""
    person = site.owner()
    publish(person, *FORMS)
    return person


def values(person: Person, form: str, id: str) -> dict[str, Any]:
    """A record's values as they stand."""
    found: dict[str, Any] = person.get(f"{person.records(form)}/{id}")["values"]
    return found


def test_numbers_follow_every_change_of_the_records_behind_them(ann: Person) -> None:
    channel = ann.add("channel", name="East")["id"]
    one = ann.add("project", name="One", budget="100", channel=channel)["id"]
    two = ann.add("project", name="Two", budget="50")["id"]
    assert values(ann, "project", one)["costs"] in (None, "0")
    cost = ann.add("cost", name="Train", project=one, amount="30", kind="travel")["id"]
    ann.add("cost", name="Lunch", project=one, amount="12.5", kind="meal")
    found = values(ann, "project", one)
    assert [found[name] for name in ("costs", "spent", "travel", "left")] == ["2", "42.5", "30", "57.5"]
    assert values(ann, "channel", channel)["spent"] == "42.5"
    ann.edit("cost", cost, {"amount": "30", "kind": "travel"}, amount="20", kind="meal")
    assert [values(ann, "project", one)[name] for name in ("spent", "travel")] == ["32.5", "0"]
    ann.edit("cost", cost, {"project": one}, project=two)
    assert [values(ann, "project", id)["spent"] for id in (one, two)] == ["12.5", "20"]
    ann.post(f"{ann.records('cost')}/delete", {"ids": [cost]})
    assert values(ann, "project", two)["costs"] == "0"
    ann.post(f"{ann.records('cost')}/restore", {"ids": [cost]})
    assert values(ann, "project", two)["spent"] == "20"
    assert values(ann, "channel", channel)["spent"] == "12.5"


def test_a_formula_through_a_reference_follows_the_record_behind_it(bea: Person) -> None:
    project = bea.add("project", name="One", rate="2")["id"]
    cost = bea.add("cost", name="Train", project=project, amount="30")["id"]
    assert values(bea, "cost", cost)["rated"] == "60"
    bea.edit("project", project, {"rate": "2"}, rate="3")
    assert values(bea, "cost", cost)["rated"] == "90"
    history = bea.get(f"{bea.records('cost')}/{cost}/history")
    assert history[0]["after"] == {"rated": "90"}
    assert history[0]["note"] == "Computed anew, because a record that it depends on changed"


def test_nobody_writes_a_gathered_number(bea: Person) -> None:
    assert bea.add("project", 422, name="X", spent="1")["code"] == "field_computed"


def test_a_gathered_number_is_filtered_sorted_and_summed_like_any_other(bea: Person) -> None:
    ids = [bea.add("project", name=name)["id"] for name in "ABC"]
    for place, id in enumerate(ids):
        bea.add("cost", name="x", project=id, amount=str(10 * (place + 1)))
    found = bea.list(
        "project", filter={"field": "spent", "op": "ge", "value": "20"}, sort=[{"field": "spent", "descending": True}]
    )
    assert [record["values"]["name"] for record in found["records"]] == ["C", "B"]
    body = {"groups": [], "measures": [{"operation": "sum", "field": "spent"}]}
    assert bea.post(f"{bea.records('project')}/group", body)[0]["values"] == ["60"]


def test_many_writers_at_once_leave_the_right_sum(ann: Person) -> None:
    project = ann.add("project", name="Busy")["id"]

    def add(number: int) -> int:
        body = {"values": {"name": str(number), "project": project, "amount": "1"}}
        return ann.client.post(ann.records("cost"), json=body).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(add, range(24))) == {201}
    assert [values(ann, "project", project)[name] for name in ("costs", "spent")] == ["24", "24"]


def test_a_change_that_concerns_many_is_left_to_the_worker_which_says_how_far_it_is(
    any_site: Site, ann: Person
) -> None:
    project = ann.add("project", name="Big", rate="1")["id"]
    rows = "".join(f"c{number},Big,{number}\n" for number in range(620))
    sent = {"file": ("costs.csv", f"Name,Project,Amount\n{rows}".encode())}
    read = ann.post(f"{APP}/forms/cost/imports", files=sent, status=201)
    ann.post(f"/api/imports/{read['id']}/start", {"columns": {"0": "name", "1": "project", "2": "amount"}})
    any_site.work()
    assert values(ann, "project", project)["costs"] == "620"
    ann.edit("project", project, {"rate": "1"}, rate="2")
    waiting = ann.get(f"{APP}/forms/cost/recomputing")
    assert waiting["left"] > 0
    any_site.work()
    nothing = {"left": 0, "total": 0, "retyping": [], "seen": 0, "of": 0}
    assert ann.get(f"{APP}/forms/cost/recomputing") == nothing
    page = ann.list("cost", filter={"field": "name", "op": "eq", "value": "c619"})
    assert page["records"][0]["values"]["rated"] == "1238"


def test_a_field_that_gathers_is_filled_in_for_the_records_that_were_there_before(site: Site) -> None:
    ann = site.owner()
    bare = [field for field in PROJECT["fields"] if field["type"] != "rollup" and field["id"] != "left"]
    publish(ann, {**PROJECT, "fields": [field for field in bare if field["id"] != "channel"]}, COST)
    project = ann.add("project", name="Old", budget="10")["id"]
    ann.add("cost", name="x", project=project, amount="4")
    publish(ann, *FORMS)
    site.work()
    found = values(ann, "project", project)
    assert [found[name] for name in ("spent", "left")] == ["4", "6"]


def test_a_circle_through_another_form_is_told_with_its_way(bea: Person) -> None:
    rated = {"id": "rate", "type": "number", "label": "Rate", "formula": "spent / 10"}
    summed = {**PROJECT["fields"][5], "field": "rated"}
    fields = [{"rate": rated, "spent": summed}.get(field["id"], field) for field in PROJECT["fields"]]
    problems = put(bea, {**PROJECT, "fields": fields})
    assert [problem["code"] for problem in problems] == ["check_cycle"]
    assert all(place in problems[0]["detail"] for place in ("Project.Rate", "Cost.Rated"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"form": "nowhere"}, "check_no_form"),
        ({"by": "name"}, "check_gathers_by"),
        ({"field": "nothing"}, "check_no_field_there"),
        ({"field": "name"}, "check_gathers_number"),
        ({"filter": {"field": "nothing", "op": "empty"}}, "check_no_field_there"),
    ],
)
def test_a_gathering_that_leads_nowhere_is_told(bea: Person, change: dict[str, Any], code: str) -> None:
    fields = [{**field, **change} if field["id"] == "spent" else field for field in PROJECT["fields"]]
    assert code in {problem["code"] for problem in put(bea, {**PROJECT, "fields": fields})}


def test_formulas_are_computed_with_the_rights_of_who_wrote_the_record(site: Site) -> None:
    ann = site.owner()
    hidden = {**EVERYONE, "hide": ["rate"]}
    publish(ann, CHANNEL, {**PROJECT, "groups": [hidden]}, COST)
    invite = ann.post("/api/invites", {}, 201)
    bob = site.visitor()
    bob.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept",
             {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}, 201)  # fmt: skip
    project = ann.add("project", name="One", rate="2")["id"]
    cost = bob.add("cost", name="Train", project=project, amount="30")["id"]
    assert values(ann, "cost", cost)["rated"] == "0"
    ann.edit("project", project, {"rate": "2"}, rate="3")
    assert values(ann, "cost", cost)["rated"] == "0"


def test_a_reader_is_found_behind_a_crowd_that_points_to_the_same_record(bea: Person, tmp_path: Path) -> None:
    """Hundreds of other records name the same one: they must not hide the one whose formula reads it."""
    ad = {
        "id": "ad", "name": "Ad", "title": "name", "groups": [EVERYONE],
        "fields": [{"id": "name", "type": "text", "label": "Name"},
                   {"id": "project", "type": "reference", "label": "Project", "form": "project"}],
    }  # fmt: skip
    publish(bea, ad)
    project = bea.add("project", name="One", rate="2")["id"]
    crowd = tmp_path / "ads.csv"
    crowd.write_text("Name,Project\n" + "".join(f"a{number},One\n" for number in range(450)))
    assert bea.bring("ad", crowd, {"Name": "name", "Project": "project"})["progress"]["done"] == 450
    cost = bea.add("cost", name="Train", project=project, amount="30")["id"]
    bea.edit("project", project, {"rate": "2"}, rate="3")
    bea.site.work()
    assert values(bea, "cost", cost)["rated"] == "90"
