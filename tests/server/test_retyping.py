"""A field that changes its type 改类型: told before, converted by the worker, and taken back without loss."""

from typing import Any

import pytest

from server import worker
from tests.server.site import Person, Site
from tests.server.team import CREDENTIALS

APP = "/api/apps/crm"
EVERYONE = {"id": "all", "name": "All", "to": {"everyone": True}, "operations": ["create", "read", "update", "delete"]}
TEXTS = ["12", "1,000.50", "abc", "¥99", "abc", "  7 ", "n/a"]
COLOURS = [{"id": "red", "label": "Red"}, {"id": "blue", "label": "Blue"}]


def form(**amount: Any) -> dict[str, Any]:
    """A form whose field `amount` is of a type."""
    fields = [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "amount", "label": "Amount", **amount},
        {"id": "twice", "type": "text", "label": "Twice", "formula": "amount & amount"},
    ]
    return {"id": "item", "name": "Item", "title": "name", "groups": [EVERYONE], "fields": fields}


def save(person: Person, *forms: dict[str, Any]) -> list[dict[str, Any]]:
    """Save forms into the draft; answers its problems."""
    problems: list[dict[str, Any]] = []
    for one in forms:
        held = person.get(f"{APP}/draft")["hashes"].get(f"forms/{one['id']}", "")
        problems = person.ask("PUT", f"{APP}/draft/forms/{one['id']}", {"value": one, "base": held})["problems"]
    return problems


def publish(person: Person, *forms: dict[str, Any], status: int = 201) -> Any:
    """Save forms and make them live."""
    assert save(person, *forms) == []
    revision = person.get(f"{APP}/draft")["revision"]
    return person.post(f"{APP}/publish", {"revision": revision, "message": ""}, status)


def amounts(person: Person) -> list[Any]:
    """What the records hold, by their names."""
    found = person.list("item", sort=[{"field": "name"}], limit=100)["records"]
    return [one["values"].get("amount") for one in found]


def counts(person: Person) -> dict[str, int]:
    """The latest change of type, as it went."""
    found = person.get(f"{APP}/retypings")[0]["fields"][0]
    return {name: found[name] for name in ("converted", "emptied", "refused")}


@pytest.fixture
def ann(any_site: Site) -> Person:
    """An administrator with texts that are numbers, and some that are not."""
    person = any_site.owner()
    publish(person, form(type="text"))
    for place, text in enumerate(TEXTS):
        person.add("item", name=f"n{place}", amount=text)
    person.add("item", name="n8")
    any_site.work()
    return person


def test_the_report_tells_what_will_convert_before_anything_is_published(ann: Person) -> None:
    """How many, which not, why, and in which records."""
    save(ann, form(type="number"))
    told = ann.get(f"{APP}/forms/item/retype-report")
    assert (told["seen"], told["total"], told["next"]) == (7, 7, "")
    amount = told["fields"][0]
    assert (amount["before"], amount["after"], amount["refusal"]) == ("text", "number", "")
    assert (amount["converted"], amount["emptied"], amount["refused"]) == (4, 0, 3)
    assert [(one["words"], one["count"], len(one["records"])) for one in amount["values"]] == [
        ("abc", 2, 2), ("n/a", 1, 1)
    ]  # fmt: skip
    assert amount["values"][0]["records"][0]["title"] == "n2"
    impacts = ann.get(f"{APP}/publish")["impacts"]
    assert [(one["code"], one["count"], one["blocking"]) for one in impacts] == [("impact_type_changes", 7, False)]
    assert amounts(ann) == ["12", "1,000.50", "abc", "¥99", "abc", "7", "n/a", None]


def test_values_are_converted_and_read_in_the_new_type_from_the_first_moment(ann: Person) -> None:
    """Before the worker came, and after; formulas follow; sums and filters are right when it is done."""
    publish(ann, form(type="number"))
    expected = ["12", "1000.5", None, "99", None, "7", None, None]
    assert amounts(ann) == expected
    under_way = ann.get(f"{APP}/forms/item/recomputing")
    assert (under_way["retyping"], under_way["seen"], under_way["of"]) == (["Amount"], 0, 8)
    ann.site.work()
    assert amounts(ann) == expected
    assert counts(ann) == {"converted": 4, "emptied": 0, "refused": 3}
    assert ann.get(f"{APP}/forms/item/recomputing")["retyping"] == []
    above = ann.list("item", filter={"field": "amount", "op": "gt", "value": "50"}, sort=[{"field": "amount"}])
    assert [one["values"]["twice"] for one in above["records"]] == ["9999", "1000.51000.5"]
    sums = {"groups": [], "measures": [{"operation": "sum", "field": "amount"}]}
    assert ann.post(f"{APP}/forms/item/records/group", sums)[0]["values"] == ["1118.5"]


def test_what_did_not_convert_is_listed_and_comes_back_when_it_is_undone(ann: Person) -> None:
    """All of it as it was, but for what somebody edited since."""
    publish(ann, form(type="number"))
    ann.site.work()
    made = ann.get(f"{APP}/retypings?form=item")[0]
    assert (made["state"], made["undoable"], made["seen"], made["total"]) == ("done", True, 8, 8)
    lost = ann.get(f"{APP}/retypings/{made['id']}/lost")
    assert [(one["title"], one["label"], one["words"]) for one in lost["values"]] == [
        ("n2", "Amount", "abc"), ("n4", "Amount", "abc"), ("n6", "Amount", "n/a")
    ]  # fmt: skip
    assert "abc" in ann.get(f"{APP}/retypings/{made['id']}/lost/export?format=csv").text
    edited = lost["values"][0]["record"]
    ann.edit("item", edited, {"amount": None}, amount="5")
    assert ann.get(f"{APP}/retypings/{made['id']}/lost")["values"][0]["edited"] is True
    ann.post(f"{APP}/retypings/{made['id']}/undo", status=201)
    expected = ["12", "1,000.50", "5", "¥99", "abc", "7", "n/a", None]
    assert amounts(ann) == expected
    ann.site.work()
    assert amounts(ann) == expected
    assert [one["undoable"] for one in ann.get(f"{APP}/retypings")] == [True, False]


def test_restoring_the_older_version_brings_back_every_value(ann: Person) -> None:
    """Byte for byte, in the bin too; and what is taken out of the bin in between."""
    binned = ann.add("item", name="n7", amount=" 0012 ")["id"]
    gone = ann.add("item", name="n9", amount="x")["id"]
    ann.post(f"{ann.records('item')}/delete", {"ids": [binned, gone]})
    publish(ann, form(type="number"))
    ann.post(f"{ann.records('item')}/restore", {"ids": [binned]})
    ann.site.work()
    assert amounts(ann) == ["12", "1000.5", None, "99", None, "7", None, "12", None]
    number = ann.get(f"{APP}/versions")[0]["number"]
    ann.post(f"{APP}/versions/{number - 1}/restore", status=201)
    ann.site.work()
    ann.post(f"{ann.records('item')}/restore", {"ids": [gone]})
    assert amounts(ann) == [*TEXTS[:5], "7", "n/a", "0012", None, "x"]


def test_a_writer_in_between_keeps_what_the_record_held(ann: Person) -> None:
    """The record is converted with his write, and only once; what he writes is of the new type."""
    publish(ann, form(type="number"))
    first, second = (one["id"] for one in ann.list("item", sort=[{"field": "name"}], limit=2)["records"])
    ann.edit("item", first, {"name": "n0"}, name="n0 again")
    assert ann.edit("item", second, {"amount": "1000.5"}, status=422, amount="abc")["code"] == "must_be_number"
    ann.edit("item", second, {"amount": "1000.5"}, amount="2")
    fresh = ann.add("item", name="n9", amount="3")["id"]
    ann.site.work()
    assert counts(ann) == {"converted": 4, "emptied": 0, "refused": 3}
    made = ann.get(f"{APP}/retypings")[0]["id"]
    ann.post(f"{APP}/retypings/{made}/undo", status=201)
    ann.site.work()
    held = {one["id"]: one["values"]["amount"] for one in ann.list("item", limit=100)["records"]}
    assert (held[first], held[second], held[fresh]) == ("12", "2", "3")


def test_a_change_can_be_taken_back_while_it_still_runs(ann: Person) -> None:
    """What was not reached yet is as it was; nothing else may be published in between."""
    for place in range(20, 420):
        ann.add("item", name=f"m{place}", amount=f"{place} x" if place % 2 else f"{place}.0")
    before = amounts(ann)
    publish(ann, form(type="number"))
    retyped_first_portion(ann)
    assert 0 < ann.get(f"{APP}/retypings")[0]["seen"] < 408
    save(ann, form(type="date"))
    blocking = [one["code"] for one in ann.get(f"{APP}/publish")["impacts"] if one["blocking"]]
    assert blocking == ["impact_retyping_runs"]
    ann.post(f"{APP}/draft/discard")
    made = ann.get(f"{APP}/retypings")[0]["id"]
    ann.post(f"{APP}/retypings/{made}/undo", status=201)
    assert amounts(ann) == before
    ann.site.work()
    assert amounts(ann) == before
    assert [one["state"] for one in ann.get(f"{APP}/retypings")] == ["done", "stopped"]


def test_the_history_reads_as_it_was_written(ann: Person) -> None:
    """Old values in words, whatever the field has become; the conversion is a line of its own."""
    id = ann.list("item", sort=[{"field": "name"}], limit=3)["records"][2]["id"]
    publish(ann, form(type="number"))
    ann.site.work()
    ann.edit("item", id, {"amount": None}, amount="8")
    edited, converted, created = ann.get(f"{ann.records('item')}/{id}/history")
    assert (edited["after"]["amount"], edited["words"]) == ("8", {})
    assert converted["note"].startswith("Converted")
    assert (converted["after"]["amount"], converted["words"]) == (None, {"before": {"amount": "abc"}})
    assert created["words"] == {"after": {"amount": "abc"}}


def retyped_first_portion(person: Person) -> None:
    """Let the worker come as far as one portion and then die, its transaction in the middle."""
    from server import retyping

    turn, retyping.TURN = retyping.TURN, 1
    try:
        worker.work(person.site.wired, "one", topics=[retyping.TOPIC])
    finally:
        retyping.TURN = turn


def lost_values(person: Person) -> list[dict[str, Any]]:
    """What of the latest change of type did not convert."""
    return list(person.get(f"{APP}/retypings/{person.get(f'{APP}/retypings')[0]['id']}/lost")["values"])


def again(person: Person, *values: dict[str, Any]) -> dict[str, Any]:
    """Try values again, or all of them."""
    id = person.get(f"{APP}/retypings")[0]["id"]
    return dict(person.post(f"{APP}/retypings/{id}/lost/again", {"values": list(values)}))


def test_a_value_that_did_not_convert_is_put_into_its_field_in_other_words(ann: Person) -> None:
    """As an edit of the administrator's; undoing the change brings back what it was at first."""
    publish(ann, form(type="number"))
    ann.site.work()
    first, second, third = lost_values(ann)
    wish = {"record": first["record"], "field": "amount"}
    refused = again(ann, {**wish, "words": "still not a number"})
    assert (refused["mended"], refused["values"][0]["mended"]) == (0, False)
    assert refused["values"][0]["why"] != ""
    assert again(ann, {**wish, "words": "¥1,200"})["mended"] == 1
    assert amounts(ann)[2] == "1200"
    assert [one["record"] for one in lost_values(ann)] == [second["record"], third["record"]]
    assert counts(ann) == {"converted": 5, "emptied": 0, "refused": 2}
    ann.edit("item", second["record"], {"amount": None}, amount="5")
    assert again(ann, {"record": second["record"], "field": "amount", "words": "6"})["mended"] == 0
    ann.post(f"{APP}/retypings/{ann.get(f'{APP}/retypings')[0]['id']}/undo", status=201)
    ann.site.work()
    assert amounts(ann) == ["12", "1,000.50", "abc", "¥99", "5", "7", "n/a", None]


def test_values_convert_once_what_they_lacked_is_there(ann: Person) -> None:
    """Options that were added since, all of the values at once; what still does not convert says why."""
    publish(ann, form(type="choice", options=COLOURS))
    ann.site.work()
    assert counts(ann)["refused"] == 7
    publish(ann, form(type="choice", options=[*COLOURS, {"id": "abc", "label": "abc"}]))
    tried = again(ann)
    assert (tried["mended"], tried["next"], len(tried["values"])) == (2, "", 7)
    assert [one["mended"] for one in tried["values"]].count(True) == 2
    assert amounts(ann) == [None, None, "abc", None, "abc", None, None, None]
    assert len(lost_values(ann)) == 5


def test_nobody_is_shown_a_list_that_misses_what_is_not_converted_yet(ann: Person) -> None:
    """Filter, order, sums and groups by the field wait for the worker, in words; everything else goes on."""
    publish(ann, form(type="number"))
    asked = {"filter": {"field": "amount", "op": "gt", "value": "50"}}
    for question in (asked, {"sort": [{"field": "amount"}]}):
        refused = ann.post(f"{ann.records('item')}/query", question, 409)
        assert refused["code"] == "retyping_asked"
        assert "Amount" in refused["detail"]
    sums = {"groups": [], "measures": [{"operation": "sum", "field": "amount"}]}
    assert ann.post(f"{ann.records('item')}/group", sums, 409)["code"] == "retyping_asked"
    assert len(amounts(ann)) == 8
    ann.site.work()
    assert len(ann.list("item", **asked)["records"]) == 2


def test_a_right_to_rows_by_the_field_waits_rather_than_shows_too_much(ann: Person) -> None:
    """Rows are given by the very field: a member sees none of them until it is converted, and is not told which."""
    invite = ann.post("/api/invites", {}, 201)
    bob = ann.site.visitor()
    joined = {"name": "Bob", **CREDENTIALS}
    bob.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept", joined, 201)
    few = {**EVERYONE, "rows": {"field": "amount", "op": "ne", "value": "12"}}
    publish(ann, {**form(type="text"), "groups": [few]})
    assert len(bob.list("item")["records"]) == 7
    publish(ann, {**form(type="number"), "groups": [few]})
    refused = bob.post(f"{bob.records('item')}/query", {}, 409)
    assert refused["code"] == "retyping_rows"
    assert "Amount" not in refused["detail"]
    ann.site.work()
    assert len(bob.list("item")["records"]) == 7
