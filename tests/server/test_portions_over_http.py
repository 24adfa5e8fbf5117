"""Very many records that point here are written into by the worker 批量更新, on both databases; strangers' are not."""

from typing import Any

from runtime import portions
from server import updating, worker
from server.doctor import examine
from server.store import outbox
from server.transaction import transaction
from tests.server.site import Site
from tests.server.works import FORMS, Works, employ, publish

GROUPS = [{"id": "all", "name": "all", "to": {"everyone": True}, "operations": ["create", "read", "update"]}]
NAME = {"id": "name", "type": "text", "label": "Name"}
DEAL = {"id": "deal", "name": "Deal", "title": "name", "workflow": "deal", "groups": GROUPS, "fields": [NAME]}
PART = {
    "id": "part", "name": "Part", "title": "name", "groups": GROUPS,
    "fields": [
        NAME, {"id": "deal", "type": "reference", "label": "Deal", "form": "deal"},
        {"id": "state", "type": "text", "label": "State"},
    ],
}  # fmt: skip
COUNT = 230


def company(site: Site, part: dict[str, Any] = PART) -> Works:
    """Deals that close their parts when they are approved."""
    works = employ(site)
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "boss"}},
        "boss": {"type": "approve", "assignees": [{"member": works.ids["Ann"]}], "on": {"approved": "close"}},
        "close": {
            "type": "update",
            "form": "part",
            "by": "deal",
            "values": {"state": '"closed"'},
            "on": {"next": "end"},
        },
        "end": {"type": "end"},
    }
    flow = {"id": "deal", "form": "deal", "name": "Deal", "start": "draft", "nodes": nodes, "same_person": "ask"}
    publish(works, {"deal": DEAL, "part": part}, {"deal": flow})
    return works


def parts(works: Works, deal: str, count: int) -> None:
    """So many parts of a deal, brought by a file."""
    text = "Name,Deal\n" + "".join(f"p{place},{deal}\n" for place in range(count))
    read = works.ann.post(f"{FORMS}/part/imports", files={"file": ("a.csv", text.encode())}, status=201)
    works.ann.post(f"/api/imports/{read['id']}/start", {"columns": {"0": "name", "1": "deal"}})
    works.site.work()


def states(works: Works) -> dict[str, int]:
    """How many parts are in which state."""
    asked = {"groups": [{"field": "state"}], "measures": [{"operation": "count"}]}
    groups = works.ann.post(f"{FORMS}/part/records/group", asked)
    return {str(group["keys"][0] or ""): int(group["values"][0]) for group in groups}


def approve(works: Works) -> dict[str, Any]:
    """The boss approves the newest."""
    task = works.ann.get("/api/tasks/boxes/todo")["cards"][0]["task"]
    told: dict[str, Any] = works.ann.post(f"/api/tasks/{task}/act", {"action": "approve"})
    return told


def test_the_worker_goes_on_where_the_approval_left_off(any_site: Site) -> None:
    works = company(any_site)
    deal = works.submit(name="First")
    parts(works, "First", COUNT)
    assert approve(works)["status"] == "running"
    assert states(works) == {"": COUNT - portions.AT_ONCE, "closed": portions.AT_ONCE}
    assert examine(any_site.wired) == []
    any_site.work()
    assert states(works) == {"closed": COUNT}
    assert works.flow(deal)["status"] == "approved"
    assert examine(any_site.wired) == []


def test_a_portion_that_is_done_twice_changes_nothing_the_second_time(any_site: Site) -> None:
    works = company(any_site)
    deal = works.submit(name="First")
    parts(works, "First", portions.AT_ONCE + 1)
    approve(works)
    wired = any_site.wired
    with transaction(wired.engine) as connection:
        space = works.ann.get("/api/session")["workspace"]["id"]
        [payload] = outbox.waiting_for(connection, space, portions.TOPIC)
        outbox.SqlOutbox(connection, space, wired.clock, wired.ids).send(portions.Job(portions.TOPIC, payload))
    any_site.work()
    assert states(works) == {"closed": portions.AT_ONCE + 1}
    story = [line["node"] for line in works.flow(deal)["timeline"] if line["state"] == "done"]
    assert story.count("boss") == 1
    assert examine(wired) == []


def claimed(site: Site, name: str) -> outbox.Claimed:
    """A worker has taken the portion that waits, and is not heard of any more: its lease is over."""
    with transaction(site.wired.engine) as connection:
        [job] = outbox.claim(connection, name, site.wired.clock.now(), -worker.LEASE, 1, (portions.TOPIC,))
    return job


def test_workers_that_are_killed_between_portions_leave_nothing_undone_and_nothing_done_twice(any_site: Site) -> None:
    works = company(any_site)
    deal = works.submit(name="First")
    parts(works, "First", COUNT)
    approve(works)
    first = claimed(any_site, "dead-before-it-began")
    second = claimed(any_site, "dead-after-the-commit")
    updating.run(any_site.wired, second)
    assert states(works) == {"": COUNT - 2 * portions.AT_ONCE, "closed": 2 * portions.AT_ONCE}
    for job in (first, second):
        updating.run(any_site.wired, job)
    assert states(works)["closed"] == 2 * portions.AT_ONCE
    any_site.work()
    updating.run(any_site.wired, first)
    assert (states(works), works.flow(deal)["status"]) == ({"closed": COUNT}, "approved")
    rows = works.ann.post(f"{FORMS}/part/records/query", {"limit": 200})["records"]
    assert {row["revision"] for row in rows} == {rows[0]["revision"]}
    assert examine(any_site.wired) == []


def test_what_was_not_written_is_told_and_a_retry_over_http_writes_it(any_site: Site) -> None:
    locked = {**PART, "rules": [{"id": "shut", "when": 'name = "p50"', "read_only": ["state"]}]}
    works = company(any_site, locked)
    deal = works.submit(name="First")
    parts(works, "First", COUNT)
    approve(works)
    any_site.work()
    [failure] = works.flow(deal)["failures"]
    assert (failure["written"], failure["left"], failure["form"]) == (100, 130, "part")
    assert "p50" in failure["reason"]
    assert len(failure["records"]) == 100
    assert states(works) == {"": 130, "closed": 100}
    assert examine(any_site.wired) == []
    [stuck] = works.ann.post(f"{FORMS}/part/records/query", {"search": "p50"})["records"]
    works.ann.ask(
        "PATCH", f"{FORMS}/part/records/{stuck['id']}", {"values": {"name": "free"}, "before": {"name": "p50"}}
    )
    works.ann.post(f"{FORMS}/deal/records/{deal}/retry", {"node": "close"})
    any_site.work()
    assert (states(works), works.flow(deal)["status"]) == ({"closed": COUNT}, "approved")
    assert examine(any_site.wired) == []
