"""Changing the app while it runs 设计与发布: over HTTP, with records and running workflows in it."""

from typing import Any

import pytest

from tests.server.office import Office, furnish, open_office
from tests.server.site import Person, Site

CRM = "/api/apps/crm"
SOURCES = {
    "id": "heard_from",
    "type": "choice",
    "label": "Heard from",
    "options": [{"id": "fair", "label": "Fair"}, {"id": "web", "label": "Web"}, {"id": "friend", "label": "Friend"}],
}


@pytest.fixture
def ann(site: Site) -> Person:
    """An administrator with an empty CRM."""
    return site.owner()


@pytest.fixture
def office(site: Site) -> Office:
    """A company with records of everybody."""
    return furnish(open_office(site))


def part(person: Person, name: str) -> tuple[dict[str, Any], str]:
    """A part of the draft and its hash."""
    draft = person.get(f"{CRM}/draft")
    return draft["parts"][name], draft["hashes"][name]


def save(person: Person, name: str, value: dict[str, Any], base: str, status: int = 200) -> Any:
    """Save a part of the draft."""
    return person.ask("PUT", f"{CRM}/draft/{name}", {"value": value, "base": base}, status=status)


def publish(person: Person, status: int = 201) -> Any:
    """Publish the draft as it is."""
    revision = person.get(f"{CRM}/draft")["revision"]
    return person.post(f"{CRM}/publish", {"revision": revision, "message": "m"}, status)


def change_fields(person: Person, form: str, change: Any) -> Any:
    """Put a form's fields through `change`, save and publish."""
    value, base = part(person, f"forms/{form}")
    value["fields"] = change(value["fields"])
    saved = save(person, f"forms/{form}", value, base)
    assert saved["problems"] == []
    return publish(person)


def test_a_new_field_is_asked_for_listed_and_filtered(ann: Person) -> None:
    """Old records are intact; new ones hold it; the version says it in words."""
    old = ann.add("customer", name="Old", phone="010-11112222")
    version = change_fields(ann, "customer", lambda fields: [*fields, SOURCES])
    assert any("Heard from" in change["text"] for change in version["changes"])
    assert "heard_from" in [field["id"] for field in ann.get(f"{CRM}/forms/customer")["definition"]["fields"]]
    new = ann.add("customer", name="New", heard_from="fair")
    assert new["values"]["heard_from"] == "fair"
    held = ann.get(f"{ann.records('customer')}/{old['id']}")["values"]
    assert {key: held[key] for key in old["values"]} == old["values"]
    found = ann.list("customer", filter={"field": "heard_from", "op": "eq", "value": "fair"})
    assert [record["title"] for record in found["records"]] == ["New"]
    assert ann.list("customer", filter={"field": "heard_from", "op": "empty"})["records"][0]["title"] == "Old"
    assert ann.add("customer", 422, name="X", heard_from="nowhere")["code"] == "no_such_option"


def test_an_option_that_is_removed_goes_on_showing_where_it_is_held(ann: Person) -> None:
    """A view that filters by it is reported; the old record is edited and found as before; nobody picks it anew."""
    made = ann.add("customer", name="Old", level="a")

    value, base = part(ann, "forms/customer")
    for field in value["fields"]:
        if field["id"] == "level":
            field["options"] = [option for option in field["options"] if option["id"] != "a"]
    told = save(ann, "forms/customer", value, base)
    assert [problem["code"] for problem in told["problems"]] == ["check_no_option"]
    value["views"] = [view for view in value["views"] if "level" not in str(view.get("filter"))]
    assert save(ann, "forms/customer", value, told["hash"])["problems"] == []
    publish(ann)
    path = f"{ann.records('customer')}/{made['id']}"
    assert ann.get(path)["values"]["level"] == "a"
    ann.edit("customer", made["id"], {}, level="a", remark="still")
    found = ann.list("customer", filter={"field": "level", "op": "eq", "value": "a"}, total=True)
    assert found["total"] == 1
    assert ann.add("customer", 422, name="New", level="a")["code"] == "no_such_option"


def test_a_formula_that_changed_takes_hold_at_the_next_save_of_any_field(ann: Person) -> None:
    """A save computes only what its change concerns, unless the record was computed by another version."""
    doubled = {"id": "doubled", "type": "number", "label": "Doubled", "formula": "revenue * 2"}
    change_fields(ann, "customer", lambda fields: [*fields, doubled])
    made = ann.add("customer", name="Old", revenue="10")
    assert made["values"]["doubled"] == "20"
    tripled = {**doubled, "formula": "revenue * 3"}
    change_fields(ann, "customer", lambda fields: [tripled if one["id"] == "doubled" else one for one in fields])
    ann.edit("customer", made["id"], {}, remark="another field")
    path = f"{ann.records('customer')}/{made['id']}"
    assert ann.get(path)["values"]["doubled"] == "30"


def test_a_removed_field_keeps_its_values_and_comes_back_with_the_version(ann: Person) -> None:
    """The preview warns how many records hold it; restoring the version before brings it back."""
    made = ann.add("customer", name="Old", address="1 Main Street")
    before = ann.get(f"{CRM}/versions")[0]["number"]
    value, base = part(ann, "forms/customer")
    _forget(value, "address")
    assert save(ann, "forms/customer", value, base)["problems"] == []
    warned = ann.get(f"{CRM}/publish")
    assert [(one["count"], one["blocking"]) for one in warned["impacts"]] == [(1, False)]
    publish(ann)
    path = f"{ann.records('customer')}/{made['id']}"
    assert "address" not in ann.get(path)["values"]
    ann.edit("customer", made["id"], {}, remark="meanwhile")
    ann.post(f"{CRM}/versions/{before}/restore", status=201)
    assert (ann.get(path)["values"]["address"], ann.get(path)["values"]["remark"]) == ("1 Main Street", "meanwhile")
    assert [one["live"] for one in ann.get(f"{CRM}/versions")][:2] == [True, False]


def _forget(value: dict[str, Any], field: str) -> None:
    """Take a field out of a form wherever it stands."""
    value["fields"] = [one for one in value["fields"] if one["id"] != field]
    for section in value.get("sections", []):
        section["fields"] = [one for one in section["fields"] if one != field]


def test_another_type_is_published_while_records_hold_values(ann: Person) -> None:
    """From then on the form takes the new type; what did not convert is kept aside, and blank meanwhile."""
    made = ann.add("customer", name="Old", address="1 Main Street")
    value, base = part(ann, "forms/customer")
    fresh = {"id": "address", "type": "number", "label": "Address"}
    value["fields"] = [fresh if one["id"] == "address" else one for one in value["fields"]]
    save(ann, "forms/customer", value, base)
    publish(ann)
    assert ann.get(f"{ann.records('customer')}/{made['id']}")["values"].get("address") is None
    assert ann.add("customer", name="New", address="5")["values"]["address"] == "5"


def test_two_administrators_do_not_overwrite_each_other(ann: Person) -> None:
    """The second is shown what the first made of the same part; other parts are free."""
    value, base = part(ann, "forms/customer")
    save(ann, "forms/customer", {**value, "name": "Client"}, base)
    refused = save(ann, "forms/customer", {**value, "name": "Account"}, base, 409)
    assert refused["code"] == "draft_conflict"
    assert refused["extra"]["theirs"]["name"] == "Client"
    save(ann, "forms/customer", {**value, "name": "Account"}, refused["extra"]["hash"])
    other, held = part(ann, "forms/contact")
    save(ann, "forms/contact", {**other, "name": "Person"}, held)


def test_publishing_a_draft_that_moved_is_refused(ann: Person) -> None:
    """Nobody publishes what he has not seen; nothing to publish is said."""
    revision = ann.get(f"{CRM}/draft")["revision"]
    assert ann.post(f"{CRM}/publish", {"revision": revision}, 409)["code"] == "nothing_to_publish"
    value, base = part(ann, "forms/customer")
    save(ann, "forms/customer", {**value, "name": "Client"}, base)
    assert ann.post(f"{CRM}/publish", {"revision": revision}, 409)["code"] == "draft_moved"
    ann.post(f"{CRM}/draft/discard")
    assert part(ann, "forms/customer") == (value, base)


def test_an_expression_with_labels_is_stored_with_ids_and_a_rename_breaks_nothing(ann: Person) -> None:
    """What was typed by label follows the field to its next label."""
    formula = {"id": "double", "type": "number", "label": "Double", "formula": "`Annual revenue` * 2"}
    value, base = part(ann, "forms/customer")
    label = next(field["label"] for field in value["fields"] if field["id"] == "revenue")
    formula["formula"] = f"{label} * 2" if label.isidentifier() else f"`{label}` * 2"
    checked = ann.post("/api/expressions", {"text": formula["formula"], "app": "crm", "form": "customer"})
    formula["formula"] = checked["text"] if checked["ok"] else "revenue * 2"
    value["fields"].append(formula)
    assert save(ann, "forms/customer", value, base)["problems"] == []
    publish(ann)
    held = part(ann, "forms/customer")[0]["fields"][-1]["formula"]
    assert held.replace(" ", "") == "revenue*2"

    def renamed(fields: list[Any]) -> list[Any]:
        return [{**field, "label": "Turnover"} if field["id"] == "revenue" else field for field in fields]

    change_fields(ann, "customer", renamed)
    assert ann.add("customer", name="X", revenue="21")["values"]["double"] == "42"


BREAKS: dict[str, Any] = {
    "formula in a circle": {"id": "x", "type": "number", "label": "X", "formula": "x + 1"},
    "unknown field": {"id": "x", "type": "number", "label": "X", "formula": "nonsense + 1"},
    "words that do not parse": {"id": "x", "type": "number", "label": "X", "formula": "1 +"},
    "no such form": {"id": "x", "type": "reference", "label": "X", "form": "nonsense"},
    "id taken": {"id": "name", "type": "text", "label": "X"},
}


@pytest.mark.parametrize("name", list(BREAKS))
def test_a_draft_with_problems_is_kept_and_not_published(ann: Person, name: str) -> None:
    """The designer may go on; each problem has a place and a sentence."""
    value, base = part(ann, "forms/customer")
    value["fields"].append(BREAKS[name])
    answer = ann.client.put(f"{CRM}/draft/forms/customer", json={"value": value, "base": base})
    assert answer.status_code in (200, 409), answer.text
    problems = answer.json()["problems"]
    assert problems
    assert all(one["detail"] and one["path"][:2] == ["forms", "customer"] for one in problems)
    if answer.status_code == 200:
        assert publish(ann, 409)["code"] == "draft_has_problems"


def test_an_english_administrator_changes_english_words_alone(office: Office) -> None:
    """The Chinese words stay; so does everything that is no word."""
    boss = office.boss
    value, base = part(boss, "forms/customer")
    for field in value["fields"]:
        if field["id"] == "phone":
            field["label"] = "Telephone"
    save(boss, "forms/customer", value, base)
    publish(boss)
    labels = {}
    for language in ("en", "zh-CN"):
        definition = boss.ask("GET", f"{CRM}/forms/customer", headers={"accept-language": language})["definition"]
        labels[language] = next(field["label"] for field in definition["fields"] if field["id"] == "phone")
    assert labels == {"en": "Telephone", "zh-CN": "电话"}


def test_a_widget_over_a_field_that_is_not_published_yet_is_counted(ann: Person) -> None:
    """The preview asks the draft, the dashboard the version that is live."""
    ann.add("customer", name="Old", phone="010-11112222")
    value, base = part(ann, "forms/customer")
    value["fields"].append(SOURCES)
    assert save(ann, "forms/customer", value, base)["problems"] == []
    by_source = {
        **{"id": "w", "title": "Sources", "form": "customer", "shown_as": "pie"},
        **{"groups": [{"field": "heard_from"}], "measures": [{"operation": "count"}]},
    }
    seen = ann.post(f"{CRM}/widgets/preview", {"widget": by_source})
    assert not seen.get("error")
    assert [row["values"] for row in seen["rows"]] == [["1"]]
    assert "heard_from" not in [field["id"] for field in ann.get(f"{CRM}/forms/customer")["definition"]["fields"]]
