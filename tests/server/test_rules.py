"""Rules on submit 表单规则: what a hidden field holds, what is read-only now, and what is unique together."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.server.site import Site
from tests.server.test_ripple import EVERYONE, publish, put

TEXT = {"type": "text"}
FIELDS: list[dict[str, Any]] = [
    {"id": "name", "label": "Name", **TEXT},
    {"id": "kind", "label": "Kind", **TEXT},
    {"id": "extra", "label": "Extra", "default": "usual", **TEXT},
    {"id": "deeper", "label": "Deeper", **TEXT},
    {"id": "length", "label": "Length", "type": "number", "formula": "LEN(extra)"},
]
SHOWN = {"id": "show", "when": 'kind = "long"', "show": ["extra"]}
ROOM = {
    "id": "room", "name": "Booking", "title": "name", "groups": [EVERYONE],
    "fields": [{"id": "name", "label": "Name", **TEXT}, {"id": "day", "label": "Day", "type": "date"},
               {"id": "hour", "label": "Hour", "type": "number"}, {"id": "state", "label": "State", **TEXT}],
    "uniques": [{"id": "slot", "fields": ["name", "day", "hour"], "message": "That hour is taken",
                 "filter": {"field": "state", "op": "ne", "value": "void"}}],
}  # fmt: skip
SLOT = {"name": "Red", "day": "2031-01-02", "hour": "9"}


def form(**more: Any) -> dict[str, Any]:
    """A form whose kind decides what is asked."""
    return {"id": "thing", "name": "Thing", "title": "name", "groups": [EVERYONE], "fields": FIELDS, **more}


@pytest.mark.parametrize(
    ("policy", "extra", "length"), [("keep", "typed", "5"), ("clear", None, "0"), ("recompute", "usual", "5")]
)
def test_a_hidden_field_holds_what_the_form_says(site: Site, policy: str, extra: str | None, length: str) -> None:
    ann = site.owner()
    publish(ann, form(rules=[SHOWN], hidden=policy))
    made = ann.add("thing", name="A", kind="short", extra="typed")["values"]
    assert (made["extra"], made["length"]) == (extra, length)
    assert ann.add("thing", name="B", kind="long", extra="typed")["values"]["extra"] == "typed"


def test_a_rule_may_say_otherwise_and_what_is_cleared_may_hide_more(site: Site) -> None:
    ann = site.owner()
    more = {"id": "more", "when": "NOT(ISBLANK(extra))", "show": ["deeper"], "hidden": "clear"}
    publish(ann, form(rules=[{**SHOWN, "hidden": "clear"}, more]))
    made = ann.add("thing", name="A", kind="long", extra="typed", deeper="down")
    assert made["values"]["deeper"] == "down"
    after = ann.edit("thing", made["id"], {"kind": "long"}, kind="short")["values"]
    assert (after["extra"], after["deeper"]) == (None, None)


def test_a_hidden_field_never_blocks_and_a_read_only_one_is_not_written(site: Site) -> None:
    ann = site.owner()
    fixed = {"id": "fixed", "when": 'kind = "long"', "read_only": ["deeper"]}
    fields = [{**one, "required": one["id"] == "extra"} for one in FIELDS]
    publish(ann, form(fields=fields, rules=[SHOWN, fixed], hidden="clear"))
    made = ann.add("thing", name="A", kind="short", deeper="x")
    assert ann.edit("thing", made["id"], {"deeper": "x"}, deeper="y")["values"]["deeper"] == "y"
    path = f"{ann.records('thing')}/{made['id']}"
    sent = {"values": {"kind": "long", "extra": "e", "deeper": "z"}, "before": {}}
    refused = ann.client.patch(path, json=sent)
    assert (refused.status_code, refused.json()["code"]) == (403, "field_not_writable")


def test_fields_are_unique_together_within_their_scope(site: Site) -> None:
    ann = site.owner()
    publish(ann, ROOM)
    held = ann.add("room", **SLOT)
    refused = ann.add("room", 422, **SLOT)
    assert (refused["code"], refused["detail"]) == ("check_failed", "That hour is taken")
    ann.add("room", **{**SLOT, "hour": "10"})
    ann.add("room", name="Red", day="2031-01-02")
    ann.add("room", name="Red", day="2031-01-02")
    ann.add("room", **SLOT, state="void")
    ann.edit("room", held["id"], {}, state="void")
    free = ann.add("room", **SLOT)
    back = ann.client.patch(f"{ann.records('room')}/{held['id']}", json={"values": {"state": "on"}, "before": {}})
    assert back.status_code == 422
    ann.client.post(f"{ann.records('room')}/delete", json={"ids": [free["id"]]})
    ann.edit("room", held["id"], {}, state="on")
    gone = ann.client.post(f"{ann.records('room')}/restore", json={"ids": [free["id"]]})
    assert gone.status_code == 409


def test_records_from_before_the_rule_hold_their_place(site: Site) -> None:
    ann = site.owner()
    publish(ann, {**ROOM, "uniques": []})
    ann.add("room", **SLOT)
    publish(ann, ROOM)
    assert ann.add("room", 422, **SLOT)["code"] == "check_failed"


def test_of_many_at_once_one_gets_the_place(any_site: Site) -> None:
    ann = any_site.owner()
    publish(ann, ROOM)
    send = {"values": SLOT}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: ann.client.post(ann.records("room"), json=send), range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, *[422] * 5]


def test_what_is_unique_together_must_be_there(site: Site) -> None:
    ann = site.owner()
    many = {"id": "many", "label": "Many", "type": "members"}
    wrong = [{"id": "slot", "fields": ["many", "nowhere"], "filter": {"field": "created_by", "op": "eq", "value": "x"}}]
    bad = {**ROOM, "fields": [*ROOM["fields"], many], "uniques": wrong}  # type: ignore[misc]
    codes = {problem["code"] for problem in put(ann, bad)}
    assert codes == {"check_unique_kind", "check_no_field", "check_unique_filter"}


def test_the_words_after_a_submit_and_the_look_reach_who_fills_in(site: Site) -> None:
    ann = site.owner()
    publish(ann, form(after={"prompt": "Thanks, {name}"}, skin={"hue": "teal", "density": "compact"}))
    told = ann.get(ann.records("thing").removesuffix("/records"))["definition"]
    assert (told["after"]["prompt"], told["skin"]["hue"]) == ("Thanks, {name}", "teal")
    terms = {"fields": ["kind"]}
    link = ann.post("/api/apps/crm/forms/thing/links", {"kind": "fill", "terms": terms}, status=201)
    page = site.visitor().post(f"/api/public/{link['token']}", {"password": ""})["definition"]
    assert (page["after"]["prompt"], page["skin"]["hue"]) == ("Thanks, ", "teal")
