"""A rename breaks nothing, and a field's uses are told 改名与引用: over HTTP, in the designer's way."""

from typing import Any

import pytest

from builder.formula_places import places
from tests.cases import everywhere
from tests.server.site import Person, Site

CRM = "/api/apps/crm"


@pytest.fixture
def ann(site: Site) -> Person:
    """An administrator with an empty CRM."""
    return site.owner()


def save(person: Person, name: str, value: dict[str, Any]) -> Any:
    """Save a part of the draft over whatever is there."""
    base = person.get(f"{CRM}/draft")["hashes"].get(name, "")
    return person.ask("PUT", f"{CRM}/draft/{name}", {"value": value, "base": base})


def publish(person: Person) -> None:
    """Publish the draft as it is."""
    person.post(f"{CRM}/publish", {"revision": person.get(f"{CRM}/draft")["revision"], "message": ""}, 201)


def draw(person: Person, **more: Any) -> None:
    """The example app's parts, formulas with labels, beside those of the CRM; then published."""
    parts = everywhere.parts()
    parts["forms/thing"] = {**parts["forms/thing"], "workflow": None, **more}
    for name in ("forms/other", "forms/thing", "forms/other", *(name for name in parts if "forms/" not in name)):
        told = save(person, name, parts[name])
    assert [one for one in told["problems"] if one["code"] != "workflow_unreachable"] == []
    publish(person)


def formulas(person: Person) -> dict[str, str]:
    """Every formula of the example's parts as the draft keeps it."""
    parts = person.get(f"{CRM}/draft")["parts"]
    return {".".join(map(str, (name, *place.path))): place.text
            for name in everywhere.parts() for place in places(name.partition("/")[0], parts[name])}  # fmt: skip


def outcomes(person: Person, record: str) -> Any:
    """What the formulas come to: in the record, in a view, in a list's filter, on a dashboard, for a member's rows."""
    held = person.get(f"{person.records('thing')}/{record}")["values"]
    listed = person.list("thing", filter=everywhere.holds('stage = "won"'))["records"]
    view = person.get(f"{CRM}/forms/thing")["definition"]["views"][0]["filter"]
    seen = person.list("thing", filter=view)["records"]
    widget = person.post(f"{CRM}/dashboards/room/data", {})["a"]
    return held, len(listed), len(seen), widget


def test_a_renaming_changes_no_formula_and_no_value(ann: Person) -> None:
    """Field, column and option get other labels: every formula stays as it is kept, every outcome too."""
    draw(ann)
    before = formulas(ann)
    assert not [text for text in before.values() for label in everywhere.LABELS.values() if label in text]
    record = ann.add("thing", **everywhere.RECORD)["id"]
    was = outcomes(ann, record)
    assert (was[0]["double"], was[0]["all_worth"], was[1:3]) == ("42", "5", (1, 1))
    form = ann.get(f"{CRM}/draft")["parts"]["forms/thing"]
    save(ann, "forms/thing", everywhere.renamed(form))
    publish(ann)
    assert formulas(ann) == before
    assert outcomes(ann, record) == was
    for text in dict.fromkeys(text for path, text in before.items() if path.startswith("forms/thing.rules")):
        told = ann.post("/api/expressions", {"text": text, "app": "crm", "form": "thing"})
        assert everywhere.RENAMED["won"] in told["shown"]


def test_a_formula_that_came_before_its_field_gets_its_id_when_the_field_is_renamed(ann: Person) -> None:
    """It was kept with a label that meant nothing; the field came, and changes its label before anybody saves there."""
    draw(ann)
    board = everywhere.dashboard()
    board["widgets"][0]["measures"][0] = {"operation": "sum", "expression": "金额 + 新的"}
    save(ann, "dashboards/room", board)
    path = "dashboards/room.widgets.0.measures.0.expression"
    assert formulas(ann)[path] == "amount + 新的"
    form = ann.get(f"{CRM}/draft")["parts"]["forms/thing"]
    added = {**form, "fields": [*form["fields"], everywhere.number("fresh", "新的")]}
    save(ann, "forms/thing", added)
    added["fields"][-1] = everywhere.number("fresh", "不新了")
    save(ann, "forms/thing", added)
    assert formulas(ann)[path] == "amount + fresh"


def test_a_saved_view_keeps_its_formula_by_ids(ann: Person) -> None:
    """Typed with labels by whoever filters a list; still the same records after a renaming."""
    draw(ann)
    ann.add("thing", **everywhere.RECORD)
    path = f"{CRM}/forms/thing/views"
    made = ann.post(path, {"name": "V", "state": {"filter": everywhere.holds(everywhere.YES)}}, 201)
    form = ann.get(f"{CRM}/draft")["parts"]["forms/thing"]
    save(ann, "forms/thing", everywhere.renamed(form))
    publish(ann)
    kept = next(one for one in ann.get(path)["views"] if one["id"] == made["id"])
    assert kept["filter"]["all"][0]["value"] == 'AND(amount > 1, stage = "won")'
    assert (kept["sound"], len(ann.list("thing", filter=kept["filter"])["records"])) == (True, 1)


AMOUNT = ["amount"]
IN_THING: dict[str, Any] = {
    "sections": [{"id": "s", "label": "S", "fields": AMOUNT}], "columns": AMOUNT, "sort": [{"field": "amount"}],
    "rules": [{"id": "r", "when": "TRUE", "show": AMOUNT, "require": AMOUNT, "read_only": AMOUNT}],
    "checks": [{"id": "c", "that": "TRUE", "message": "M", "fields": AMOUNT}],
    "uniques": [{"id": "u", "fields": ["title", "amount"]},
                {"id": "w", "fields": ["title"], "filter": {"field": "amount", "op": "gt", "value": "1"}}],
    "views": [{"id": "v", "name": "V", "columns": AMOUNT, "sort": [{"field": "amount"}],
               "filter": {"field": "amount", "op": "gt", "value": "1"}}],
    "groups": [{"id": "g", "name": "G", "to": {"everyone": True}, "operations": ["read"], "read": AMOUNT,
                "write": AMOUNT, "hide": AMOUNT, "rows": {"field": "amount", "op": "gt", "value": "1"}}],
    "events": [{"id": "e", "label": "E", "on": "change", "fields": AMOUNT,
                "request": {"url": "https://example.com/{amount}"}, "fills": [{"into": "amount", "path": "x"}]}],
    "recognitions": [{"id": "t", "label": "T", "source": "text", "fills": [{"into": "amount", "path": "x"}]}],
    "selections": [{"id": "p", "label": "P", "form": "other", "fill": {"amount": "worth"},
                    "filter": {"field": "worth", "op": "eq", "value": "@this.amount"}}],
    "actions": [{"id": "a", "label": "A", "target": "other", "then_set": {"amount": "1"}}],
    "after": {"prompt": "{amount}"},
}  # fmt: skip
"""Every room of a form that names its own fields."""
WIDGET = {"id": "a", "title": "A", "shown_as": "table", "form": "thing", "groups": [{"field": "amount"}],
          "measures": [{"operation": "sum", "field": "amount"}], "columns": AMOUNT, "sort": [{"field": "amount"}],
          "filter": {"field": "amount", "op": "gt", "value": "1"}}  # fmt: skip
NODES: dict[str, Any] = {
    "start": {"type": "fill", "label": "Start", "on": {"submitted": "set"}, "fields": {"amount": "required"}},
    "set": {"type": "update", "label": "Set", "values": {"amount": "1"}, "on": {"done": "call"}},
    "call": {"type": "webhook", "label": "Call", "url": "https://example.com", "answers": {"amount": "x"},
             "on": {"done": "tell"}},
    "tell": {"type": "notify", "label": "Tell", "assignees": [{"initiator": True}], "message": "{amount}",
             "on": {"done": "end"}},
    "end": {"type": "end", "label": "End"},
}  # fmt: skip
LIKE = {"field": "amount", "op": "gt", "value": "1"}
ELSEWHERE: list[dict[str, Any]] = [
    {"id": "thing", "type": "reference", "label": "T", "form": "thing", "fill": {"worth": "amount"}, "show": AMOUNT,
     "filter": LIKE},
    {"id": "linked", "type": "number", "label": "L", "linkage": {"form": "thing", "field": "amount", "filter": LIKE}},
    {"id": "offered", "type": "choice", "label": "O", "source": {"form": "thing", "field": "amount"}},
    {"id": "live", "type": "lookup", "label": "Q", "form": "thing", "columns": AMOUNT, "filter": LIKE},
]  # fmt: skip
"""Fields of another form that name one of this form."""
PLACES = (
    "forms.thing.sections.0", "forms.thing.columns.0", "forms.thing.sort.0", "forms.thing.rules.0.show",
    "forms.thing.rules.0.require", "forms.thing.rules.0.read_only", "forms.thing.checks.0.fields",
    "forms.thing.uniques.0", "forms.thing.uniques.1.filter", "forms.thing.views.0.columns",
    "forms.thing.views.0.sort", "forms.thing.views.0.filter", "forms.thing.groups.0.read",
    "forms.thing.groups.0.write", "forms.thing.groups.0.hide", "forms.thing.groups.0.rows",
    "forms.thing.events.0.fields", "forms.thing.events.0.request.url", "forms.thing.events.0.fills.0",
    "forms.thing.recognitions.0.fills", "forms.thing.selections.0", "forms.thing.actions.0.then_set.amount",
    "forms.thing.after.prompt", "forms.thing.fields.2",
    "forms.other.fields.2.fill", "forms.other.fields.2.show", "forms.other.fields.2", "forms.other.fields.3.linkage",
    "forms.other.fields.4.source", "forms.other.fields.5",
    "workflows.thing.nodes.start.fields.amount", "workflows.thing.nodes.set.values.amount",
    "workflows.thing.nodes.call.answers.amount", "workflows.thing.nodes.tell.message", "workflows.thing.brief",
    "dashboards.room.widgets.0.groups.0", "dashboards.room.widgets.0.measures.0", "dashboards.room.widgets.0.columns",
    "dashboards.room.widgets.0.sort", "dashboards.room.widgets.0.filter", "checks.thing.cases.0", "links.", "views.",
)  # fmt: skip


def test_every_kind_of_mention_is_told(ann: Person) -> None:
    """One field named by everything that can name a field: each is found, with words for people."""
    serial = {"id": "number", "type": "serial", "label": "No",
              "segments": [{"kind": "field", "field": "amount"}, {"kind": "count"}]}  # fmt: skip
    fields = [{"id": "title", "type": "text", "label": "Title"}, everywhere.number("amount", "Amount"), serial]
    thing = {"id": "thing", "name": "Thing", "title": "title", "fields": fields, "workflow": "thing", **IN_THING}
    first = [{"id": "name", "type": "text", "label": "Name"}, everywhere.number("worth", "Worth")]
    other = {"id": "other", "name": "Other", "title": "name", "fields": [*first, *ELSEWHERE]}
    case = {"id": "one", "name": "One", "values": {"amount": "1"}, "blocking": False}
    flow = {"id": "thing", "form": "thing", "name": "Flow", "start": "start", "nodes": NODES, "brief": AMOUNT}
    board = {"id": "room", "name": "Room", "widgets": [WIDGET]}
    save(ann, "forms/thing", {**thing, "selections": [], "actions": [], "workflow": None})
    for name, value in (("forms/other", other), ("forms/thing", thing), ("workflows/thing", flow),
                        ("dashboards/room", board), ("checks/thing", {"id": "thing", "cases": [case]})):  # fmt: skip
        told = save(ann, name, value)
    assert told["problems"] == []
    publish(ann)
    ann.post(f"{CRM}/forms/thing/links", {"kind": "fill", "terms": {"fields": AMOUNT, "title": "Fill me"}}, 201)
    ann.post(f"{CRM}/forms/thing/views", {"name": "Mine", "state": {"filter": LIKE}}, 201)
    uses = ann.get(f"{CRM}/forms/thing/fields/amount/usage")["uses"]
    where = [one["where"] for one in uses]
    assert [place for place in PLACES if not any(path.startswith(place) for path in where)] == []
    assert len(set(where)) == len(where)
    assert [one for one in uses if not one["text"]] == []
    assert not [one for one in uses if one["where"].startswith("forms.thing.fields.1")]


def test_views_of_others_are_counted_and_not_named(site: Site) -> None:
    """What a member saved for himself is his own."""
    ann = site.trial()
    ann.post(f"{CRM}/forms/customer/views", {"name": "Secret", "state": {"columns": ["phone"]}}, 201)
    uses = ann.get(f"{CRM}/forms/customer/fields/phone/usage")["uses"]
    assert [one["text"] for one in uses if one["part"] == "views"] == ["Saved view “Secret”"]
    boss = ann.play("Xiao Wang")
    boss.get(f"{CRM}/forms/customer/fields/phone/usage", status=403)
