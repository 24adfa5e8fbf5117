"""A changed working calendar is followed by stored formulas and waiting deadlines, on both databases (日历变更)."""

from typing import Any

import pytest

from runtime import recalendared
from server.doctor import examine
from tests.server.site import Site
from tests.server.works import FORM, FORMS, Works, employ, publish

SUNDAYS = {"weekdays": [7], "hours": [["09:00", "18:00"]], "holidays": {}, "workdays": {}}
DAY = {
    "id": "day", "name": "Day", "groups": FORM["groups"],
    "fields": [
        {"id": "start", "type": "date", "label": "Start"},
        {"id": "after", "type": "date", "label": "After", "formula": "WORKDAY(start, 1)"},
        {"id": "count", "type": "number", "label": "Days", "formula": "NETWORKDAYS(start, after)"},
        {"id": "week", "type": "number", "label": "Week", "formula": "WEEKNUM(start)"},
    ],
}  # fmt: skip


@pytest.fixture
def works(any_site: Site) -> Works:
    """Deals wait two working days, then Bob has two more to answer."""
    works = employ(any_site)
    bob: dict[str, Any] = {"type": "approve", "label": "Bob", "assignees": [{"member": works.ids["Bob"]}]}
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "both"}},
        "both": {"type": "parallel", "on": {"a": "it", "b": "bob"}},
        "it": {"type": "timer", "label": "Here", "after": "P2D", "working": True, "on": {"next": "join"}},
        "bob": {**bob, "due": [{"after": "P2D", "working": True}], "on": {"approved": "join"}},
        "join": {"type": "join", "on": {"done": "end"}},
        "end": {"type": "end"},
    }
    flow = {"id": "deal", "form": "deal", "name": "Deal", "start": "draft", "nodes": nodes}
    publish(works, {"day": DAY, "deal": FORM}, {"deal": flow})
    return works


def following(works: Works) -> int:
    """How much still follows."""
    jobs: int = works.ann.get("/api/workspace/calendar/following")["jobs"]
    return jobs


def change(works: Works, calendar: dict[str, Any] = SUNDAYS) -> None:
    """Ann sets the calendar."""
    works.ann.ask("PUT", "/api/workspace/calendar", calendar)


def test_stored_formulas_follow_and_the_progress_is_told(works: Works) -> None:
    made = works.ann.post(f"{FORMS}/day/records", {"values": {"start": "2026-09-30"}}, 201)
    assert (made["values"]["after"], made["values"]["count"]) == ("2026-10-01", "2")
    change(works)
    assert following(works) == 1
    works.pass_time(recalendared.SOON)
    assert following(works) == 0
    kept = works.ann.get(f"{FORMS}/day/records/{made['id']}")["values"]
    assert (kept["after"], kept["count"], kept["week"]) == ("2026-10-04", "1", made["values"]["week"])
    assert examine(works.site.wired) == []


def test_waiting_deadlines_follow_and_the_story_says_so(works: Works) -> None:
    record = works.submit()
    before = works.flow(record)
    todo = works.bob.get("/api/tasks/boxes/todo")["cards"][0]["due_at"]
    change(works)
    works.pass_time(recalendared.SOON)
    after = works.flow(record)
    assert (after["waiting"], after["due_at"]) != (before["waiting"], before["due_at"])
    assert works.bob.get("/api/tasks/boxes/todo")["cards"][0]["due_at"] != todo
    said = [line["node"] for line in after["timeline"] if line["action"] == "calendar_changed"]
    assert sorted(said) == ["bob", "it"]
    assert examine(works.site.wired) == []


def test_many_days_changed_one_after_another_are_followed_once_and_the_same_calendar_never(works: Works) -> None:
    usual = works.ann.get("/api/workspace/calendar")
    change(works, usual)
    assert following(works) == 0
    for day in range(1, 8):
        change(works, {**usual, "holidays": {f"2026-10-0{day}": "off"}})
    assert following(works) == 1


def test_strangers_to_the_workspace_and_members_do_not_set_it_off(works: Works) -> None:
    works.bob.ask("PUT", "/api/workspace/calendar", SUNDAYS, status=403)
    assert following(works) == 0
    works.site.visitor().get("/api/workspace/calendar/following", 401)
