"""The operations of people and administrators over HTTP 流程操作: who may, what it answers, and who may not."""

from typing import Any

import pytest

from tests.server.office import Office, open_office
from tests.server.site import Person, Site
from tests.server.test_races import contract, task


@pytest.fixture
def office(site: Site) -> Office:
    """A company without records."""
    return open_office(site)


def flow(person: Person, record: str) -> Any:
    """The record's workflow as the person sees it."""
    return person.get(f"{person.records('contract')}/{record}/flow")


def at(person: Person, record: str, word: str) -> str:
    """The address of something to be done with the record's workflow."""
    return f"{person.records('contract')}/{record}/{word}"


def test_an_administrator_sees_what_he_may_do_and_does_it(office: Office) -> None:
    record, boss = contract(office, "100"), office.boss
    told = flow(boss, record)["admin"]
    assert {place["id"] for place in told["jump"]} >= {"draft"}
    assert told["asked"] == {flow(boss, record)["active"][0]: [office.members["manager"]]}

    boss.post(at(boss, record, "suspend"))
    assert flow(boss, record)["admin"]["suspended"]
    boss.post(at(boss, record, "resume"))
    boss.post(f"/api/tasks/{task(office.people['manager'], record)}/reassign", {"to": office.members["director"]})
    assert flow(boss, record)["admin"]["asked"].popitem()[1] == [office.members["director"]]
    boss.post(at(boss, record, "end"))
    boss.post(at(boss, record, "reactivate"), {"to": "draft"})

    assert flow(boss, record)["admin"]["asked"] == {"draft": [office.members["salesperson"]]}
    boss.post(at(boss, record, "jump"), {"to": "draft"}, 409)


@pytest.mark.parametrize(
    ("word", "body"),
    [("jump", {"to": "draft"}), ("reactivate", {"to": "draft"}), ("suspend", {}), ("resume", {}), ("end", {})],
)
def test_a_member_who_takes_part_is_told_that_only_administrators_may(office: Office, word: str, body: Any) -> None:
    record, person = contract(office, "100"), office.people["salesperson"]

    assert person.post(at(person, record, word), body, 403)["code"] == "admins_only"
    assert flow(person, record)["admin"] is None


def test_a_stranger_learns_nothing(office: Office) -> None:
    """Whether the record is there or not, he hears the same."""
    record, person = contract(office, "100"), office.people["stranger"]
    for word in ("jump", "reactivate", "suspend", "urge", "end"):
        body = {"to": "draft"} if word in ("jump", "reactivate") else {}
        real, made_up = (person.client.post(at(person, id, word), json=body) for id in (record, "nothing"))
        assert (real.status_code, real.json()["code"]) == (made_up.status_code, made_up.json()["code"])
        assert real.status_code in (403, 404)


def test_somebody_of_another_workspace_learns_nothing(office: Office, site: Site) -> None:
    record, other = contract(office, "100"), site.trial()
    id = task(office.people["manager"], record)

    other.post(at(other, record, "jump"), {"to": "draft"}, 404)
    other.post(f"/api/tasks/{id}/reassign", {"to": office.members["director"]}, 422)
    other.get(f"/api/members/{office.members['manager']}/tasks", 404)
    rows = other.post("/api/tasks/act", {"tasks": [id], "action": "approve"})["rows"]

    assert [(row["ok"], row["code"]) for row in rows] == [(False, "no_such_task")]


def test_many_are_answered_at_once_and_each_tells_how_it_went(office: Office) -> None:
    manager = office.people["manager"]
    ids = [task(manager, contract(office, "100")) for _ in range(3)]

    rows = manager.post("/api/tasks/act", {"tasks": [*ids, "nothing"], "action": "approve"})["rows"]

    assert [row["ok"] for row in rows] == [True, True, True, False]
    assert rows[-1]["message"]
    manager.post("/api/tasks/act", {"tasks": [], "action": "approve"}, 422)
    manager.post("/api/tasks/act", {"tasks": ids, "action": "transfer"}, 422)


def test_a_leavers_tasks_are_listed_and_handed_over(office: Office) -> None:
    record, boss, members = contract(office, "100"), office.boss, office.members
    office.people["salesperson"].get(f"/api/members/{members['manager']}/tasks", 403)
    assert boss.get(f"/api/members/{members['manager']}/tasks")["count"] == 1

    rows = boss.post(f"/api/members/{members['manager']}/hand-over", {"to": members["director"]})["rows"]

    assert [row["ok"] for row in rows] == [True]
    assert task(office.people["director"], record)


def test_a_proxy_is_set_used_and_taken_away(office: Office) -> None:
    manager, mate, members = office.people["manager"], office.people["mate"], office.members
    made = manager.post("/api/proxies", {"proxy": members["mate"], "first": "2020-01-01"}, 201)
    assert made["holds"]
    record = contract(office, "100")
    id = task(mate, record)
    assert mate.get(f"/api/tasks/{id}")["on_behalf_of"] == members["manager"]

    mate.post(f"/api/tasks/{id}/act", {"action": "approve"})

    line = next(line for line in flow(office.boss, record)["timeline"] if line["action"] == "approve")
    assert (line["actor"], line["on_behalf_of"]) == (members["mate"], members["manager"])
    mate.ask("DELETE", f"/api/proxies/{made['id']}", status=403)
    manager.ask("PUT", f"/api/proxies/{made['id']}", {"proxy": members["mate"], "last": "2020-01-02"})
    assert not manager.get("/api/proxies")["proxies"][0]["holds"]
    manager.ask("DELETE", f"/api/proxies/{made['id']}")
    assert manager.get("/api/proxies")["proxies"] == []


def test_an_urge_is_not_repeated_at_once(office: Office) -> None:
    record, person = contract(office, "100"), office.people["salesperson"]
    assert flow(person, record)["can_urge"]

    person.post(at(person, record, "urge"))

    assert person.post(at(person, record, "urge"), {}, 429)["code"] == "urged_recently"


def test_a_stash_keeps_the_task(office: Office) -> None:
    record, manager = contract(office, "100"), office.people["manager"]
    id = task(manager, record)

    manager.post(f"/api/tasks/{id}/act", {"action": "stash"})

    assert task(manager, record) == id


def test_nothing_is_kept_at_a_task_while_its_workflow_is_suspended(office: Office) -> None:
    """What is typed goes into the record, so it is an act like any other."""
    record, manager = contract(office, "100"), office.people["manager"]
    id = task(manager, record)
    office.boss.post(at(office.boss, record, "suspend"))
    assert manager.post(f"/api/tasks/{id}/act", {"action": "stash"}, 409)["code"] == "instance_suspended"
    office.boss.post(at(office.boss, record, "resume"))
    manager.post(f"/api/tasks/{id}/act", {"action": "stash"})
