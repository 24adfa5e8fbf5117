"""Field types over HTTP 字段类型: what depends on the day, on people, on files and on the record around them."""

from typing import Any

import pytest

from tests.server.site import Person, Site

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


def form(person: Person, *fields: dict[str, Any], **more: Any) -> None:
    """Publish a form `thing` with these fields beside its title."""
    title = {"id": "title", "type": "text", "label": "Title"}
    value = {"id": "thing", "name": "Thing", "title": "title", "fields": [title, *fields], **more}
    draft = person.ask("PUT", "/api/apps/crm/draft/forms/thing", {"value": value, "base": ""})
    person.post("/api/apps/crm/publish", {"message": "", "revision": draft["revision"]}, 201)


def codes(answer: dict[str, Any]) -> list[str]:
    """Why it was refused."""
    return [one["code"] for one in answer["problems"]]


def sent_file(person: Person, name: str = "a.png") -> dict[str, Any]:
    """A stored file of the person's."""
    found: dict[str, Any] = person.post("/api/files", files={"file": (name, PNG)}, status=201)
    return found


@pytest.fixture
def ann(site: Site) -> Person:
    """Who designs and fills."""
    return site.owner()


def test_days_beyond_their_bounds_are_refused_on_submit(ann: Person) -> None:
    """Also in rows; bounds move with the day, and blank stays blank."""
    day = {"id": "day", "type": "date", "label": "Day", "earliest": "@today", "latest": "@today+30d"}
    form(ann, day, {"id": "lines", "type": "subform", "label": "Lines", "fields": [{**day, "id": "when"}]})
    assert codes(ann.add("thing", 422, day="2020-01-01")) == ["day_too_early"]
    refused = ann.add("thing", 422, day="2999-01-01", lines=[{"when": None}, {"when": "2020-01-01"}])
    paths = [(one["code"], one["path"]) for one in refused["problems"]]
    assert paths == [("day_too_late", ["values", "day"]), ("day_too_early", ["values", "lines", 1, "when"])]
    ann.add("thing", title="none")


def test_relative_defaults_are_days_and_times_of_the_workspace(ann: Person) -> None:
    """Seven days from today, this month, and the time it is."""
    fields = [
        {"id": "soon", "type": "date", "label": "Soon", "default": "@today+7d"},
        {"id": "month", "type": "month", "label": "Month", "default": "@today"},
        {"id": "time", "type": "time", "label": "Time", "default": "@time"},
        {"id": "today", "type": "date", "label": "Today", "default": "@today"},
    ]
    form(ann, *fields)
    values = ann.add("thing", title="x")["values"]
    assert values["month"] == f"{values['today'][:7]}-01"
    assert values["soon"] > values["today"]
    assert len(values["time"]) == 5


def test_only_those_within_range_may_be_chosen(site: Site, boss: Person) -> None:
    """By role, by department with those beneath, and by the department that the record itself names."""
    tree = boss.get("/api/directory")
    people = {one["name"]: one for one in tree["members"]}
    wang, zhao = people["Xiao Wang"], people["Accountant Zhao"]
    dept = {"id": "dept", "type": "department", "label": "Department"}
    mates = {"id": "mates", "type": "members", "label": "Mates", "among": {"field": "dept"}}
    only = {"id": "only", "type": "member", "label": "Only", "among": {"departments": wang["departments"]}}
    by_role = {"id": "by_role", "type": "member", "label": "By role", "among": {"roles": wang["roles"]}}
    named = {"id": "named", "type": "members", "label": "Named", "among": {"members": [zhao["id"]]}}
    rows = {"id": "rows", "type": "subform", "label": "Rows", "fields": [{**mates, "id": "mate"}]}
    form(boss, dept, mates, only, by_role, named, rows)
    held = boss.add("thing", dept=wang["departments"][0], mates=[wang["id"]], only=wang["id"])
    assert held["values"]["mates"] == [wang["id"]]
    assert codes(boss.add("thing", 422, dept=wang["departments"][0], mates=[zhao["id"]])) == ["not_among_those"]
    assert codes(boss.add("thing", 422, mates=[wang["id"]])) == ["not_among_those"]
    assert codes(boss.add("thing", 422, only=zhao["id"])) == ["not_among_those"]
    assert codes(boss.add("thing", 422, mates=["nobody"])) == ["no_such_member"]
    row = {"mate": [wang["id"]]}
    boss.add("thing", by_role=wang["id"], named=[zhao["id"]], dept=wang["departments"][0], rows=[row])
    assert codes(boss.add("thing", 422, by_role=zhao["id"])) == ["not_among_those"]
    assert codes(boss.add("thing", 422, named=[wang["id"]])) == ["not_among_those"]
    refused = boss.add("thing", 422, dept=wang["departments"][0], rows=[{"mate": [zhao["id"]]}])
    assert refused["problems"][0]["path"] == ["values", "rows", 0, "mate"]


def test_what_holds_no_value_takes_none(ann: Person) -> None:
    """A divider is no field of the API, of a list, of a filter or of an export; the page still has it."""
    form(ann, {"id": "line", "type": "divider", "label": "Part two"}, {"id": "go", "type": "button", "label": "Go"})
    assert codes(ann.add("thing", 422, line="x")) == ["unknown_field"]
    ann.list("thing", 422, filter={"field": "line", "op": "eq", "value": "x"})
    ann.list("thing", 422, sort=[{"field": "go"}])
    shape = ann.get("/api/apps/crm/forms/thing")
    assert [one["id"] for one in shape["definition"]["fields"]] == ["title", "line", "go"]
    assert shape["writable"] == ["title"]


def test_formatted_text_is_stored_without_its_sting(ann: Person) -> None:
    """Whatever an API client sends."""
    form(ann, {"id": "body", "type": "richtext", "label": "Body"})
    sent = '<p onclick="x()">a<script>alert(1)</script></p><img src=x onerror=alert(1)><a href="javascript:x">b</a>'
    kept = ann.add("thing", body=sent)["values"]["body"]
    assert not any(sting in kept for sting in ("script", "onclick", "onerror", "javascript", "<img"))


def test_a_notes_html_is_cleaned_when_it_is_designed(ann: Person) -> None:
    """A definition is data from outside too."""
    form(ann, {"id": "how", "type": "note", "label": "How", "html": "<b>do</b><script>x</script>"})
    shape = ann.get("/api/apps/crm/forms/thing")
    assert shape["definition"]["fields"][1]["html"] == "<b>do</b>"


def test_pictures_in_text_and_files_in_rows_belong_to_their_record(site: Site, boss: Person) -> None:
    """Who may read the record may read them; nobody can bring in a file of somebody else's."""
    rows = {"id": "lines", "type": "subform", "label": "L", "fields": [{"id": "pic", "type": "image", "label": "P"}]}
    everyone = {"id": "all", "name": "All", "to": {"everyone": True}, "operations": ["create", "read"]}
    closed = {**everyone, "rows": {"field": "created_by", "op": "eq", "value": "@me"}}
    form(boss, {"id": "body", "type": "richtext", "label": "Body"}, rows, groups=[closed])
    inline, row = sent_file(boss), sent_file(boss, "b.png")
    body = f'<p>see</p><img src="/api/files/{inline["id"]}">'
    boss.add("thing", title="t", body=body, lines=[{"pic": [row]}])
    assert boss.get(f"/api/files/{inline['id']}").status_code == 200
    assert boss.get(f"/api/files/{row['id']}").status_code == 200
    mate = boss.play("Xiao Wang")
    for stolen in (inline["id"], row["id"]):
        mate.get(f"/api/files/{stolen}", status=404)
    assert codes(mate.add("thing", 422, body=body)) == ["no_such_file"]
    assert codes(mate.add("thing", 422, lines=[{"pic": [row]}])) == ["no_such_file"]


def test_fixed_rows_are_there_and_stay_what_they_are(ann: Person) -> None:
    """None more, none less, and what is given in them is not changed."""
    fields = [{"id": "name", "type": "text", "label": "N"}, {"id": "ok", "type": "boolean", "label": "OK"}]
    fixed = [{"name": "Brakes"}, {"name": "Lights"}]
    form(ann, {"id": "checks", "type": "subform", "label": "C", "fields": fields, "fixed": fixed})
    begun = ann.add("thing", title="x")["values"]["checks"]
    assert [row["name"] for row in begun] == ["Brakes", "Lights"]
    assert len({row["id"] for row in begun}) == 2
    sent = ann.add("thing", checks=[{"name": "Mine", "ok": True}, {"ok": False}])["values"]["checks"]
    assert [(row["name"], row["ok"]) for row in sent] == [("Brakes", True), ("Lights", False)]
    assert codes(ann.add("thing", 422, checks=[{"ok": True}])) == ["rows_are_fixed"]


def test_too_few_rows_are_told_on_submit(ann: Person) -> None:
    """Also when there are none at all."""
    name = {"id": "name", "type": "text", "label": "N"}
    form(ann, {"id": "lines", "type": "subform", "label": "L", "fields": [name], "min_rows": 2})
    assert codes(ann.add("thing", 422, title="x")) == ["too_few_rows"]
    assert codes(ann.add("thing", 422, lines=[{"name": "a"}])) == ["too_few_rows"]
    ann.add("thing", lines=[{"name": "a"}, {"name": "b"}])


def test_a_column_that_is_hidden_is_neither_read_nor_written(site: Site, boss: Person) -> None:
    """A permission group speaks of `lines.price`."""
    columns = [{"id": "name", "type": "text", "label": "N"}, {"id": "price", "type": "number", "label": "P"}]
    group = {
        "id": "g", "name": "G", "to": {"everyone": True}, "operations": ["create", "read", "update"],
        "hide": ["lines.price"],
    }  # fmt: skip
    form(boss, {"id": "lines", "type": "subform", "label": "L", "fields": columns}, groups=[group])
    made = boss.add("thing", lines=[{"name": "a", "price": "5"}])
    mate = boss.play("Xiao Wang")
    seen = mate.get(f"{mate.records('thing')}/{made['id']}")["values"]["lines"]
    assert "price" not in seen[0]
    shape = mate.get("/api/apps/crm/forms/thing")["definition"]["fields"][1]
    assert [column["id"] for column in shape["fields"]] == ["name"]
    changed = [{**seen[0], "name": "b", "price": "1"}]
    mate.edit("thing", made["id"], {"lines": seen}, lines=changed)
    boss.play("Chen (you)")
    kept = boss.get(f"{boss.records('thing')}/{made['id']}")["values"]["lines"]
    assert [(row["name"], row["price"]) for row in kept] == [("b", "5")]


def test_a_number_is_made_of_segments(ann: Person) -> None:
    """Text, a field's words, the month and a count."""
    way = {"id": "way", "type": "choice", "label": "W", "options": [{"id": "a", "label": "Sea"}]}
    segments = [
        {"kind": "text", "text": "NO"}, {"kind": "field", "field": "way"}, {"kind": "date", "date": "year"},
        {"kind": "count", "digits": 3},
    ]  # fmt: skip
    form(ann, way, {"id": "no", "type": "serial", "label": "No", "separator": "/", "segments": segments})
    first, second = (ann.add("thing", way="a")["values"]["no"] for _ in range(2))
    assert (first[:7], first[-4:], second[-4:]) == ("NO/Sea/", "/001", "/002")
    assert codes(ann.add("thing", 422, no="NO/1")) == ["field_computed"]


def test_settings_that_name_what_is_not_there_are_problems_of_the_draft(ann: Person) -> None:
    """A range by a field that went, a link with a field that never was, a button without its action."""
    fields = [
        {"id": "who", "type": "member", "label": "Who", "among": {"field": "gone"}},
        {"id": "go", "type": "button", "label": "Go", "link": "https://example.com/{nothing}"},
        {"id": "do", "type": "button", "label": "Do", "does": "action", "action": "absent"},
    ]
    value = {"id": "thing", "name": "T", "fields": [{"id": "t", "type": "text", "label": "T"}, *fields]}
    draft = ann.ask("PUT", "/api/apps/crm/draft/forms/thing", {"value": value, "base": ""})
    assert {one["code"] for one in draft["problems"]} >= {"check_no_field", "check_no_action"}
