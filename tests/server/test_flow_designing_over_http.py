"""Changing a workflow while it runs 改流程: new contracts take the new way, running ones finish on their own."""

from typing import Any

import pytest

from tests.server.office import Office, furnish, open_office
from tests.server.site import Person, Site

CRM = "/api/apps/crm"
CHECK = {
    "type": "branch",
    "label": "Above 50 000?",
    "when": {"above": "amount > 50000"},
    "on": {"above": "finance_check", "else": "large"},
}
FINANCE = {
    "type": "approve",
    "label": "Finance checks",
    "assignees": [{"role": "finance"}],
    "agree": "any",
    "on": {"approved": "large", "rejected": "closed"},
}


@pytest.fixture
def office(site: Site) -> Office:
    """A company with records of everybody."""
    return furnish(open_office(site))


def insert_finance(office: Office) -> dict[str, Any]:
    """Finance approves after the manager above 50 000: saved as the designer saves it, and published."""
    boss = office.boss
    draft = boss.get(f"{CRM}/draft")
    value, base = draft["parts"]["workflows/contract"], draft["hashes"]["workflows/contract"]
    value["nodes"]["manager"]["on"]["approved"] = "check"
    value["nodes"] |= {"check": CHECK, "finance_check": FINANCE}
    saved = boss.ask("PUT", f"{CRM}/draft/workflows/contract", {"value": value, "base": base})
    assert saved["problems"] == []
    published: dict[str, Any] = boss.post(f"{CRM}/publish", {"revision": saved["revision"], "message": "m"}, 201)
    return published


def submit(office: Office, price: str) -> str:
    """A contract of the salesperson's on its way."""
    person = office.people["salesperson"]
    lines = [{"product": office.made["product", "all"], "quantity": "1", "price": price}]
    days = {"signed_on": "2026-11-01", "start_on": "2026-11-01", "end_on": "2027-11-01"}
    customer = office.made["customer", "salesperson"]
    return str(person.add("contract", name="C", customer=customer, lines=lines, **days)["id"])


def approve(person: Person, record: str) -> None:
    """Approve the person's task on the record."""
    cards = person.get("/api/tasks/boxes/todo")["cards"]
    task = next(card["task"] for card in cards if card["record"] == record)
    person.post(f"/api/tasks/{task}/act", {"action": "approve"})


def flow(office: Office, record: str) -> Any:
    """The record's workflow."""
    return office.boss.get(f"{office.boss.records('contract')}/{record}/flow")


def test_new_contracts_take_the_new_node_and_running_ones_do_not(office: Office) -> None:
    """Above the amount finance is asked, below not; the one under way never is."""
    running = submit(office, "60000")
    insert_finance(office)
    above, below = submit(office, "60000"), submit(office, "40000")
    for record in (running, above, below):
        approve(office.people["manager"], record)
    assert [flow(office, record)["status"] for record in (running, above, below)] == ["approved", "running", "approved"]
    assert flow(office, above)["active"] == ["finance_check"]
    assert "finance_check" not in flow(office, running)["nodes"]
    approve(office.people["finance"], above)
    assert flow(office, above)["status"] == "approved"


def test_the_version_says_in_words_what_was_inserted_and_the_older_one_comes_back(office: Office) -> None:
    """Author, message, changes; restoring is a version of its own."""
    before = office.boss.get(f"{CRM}/versions")[0]["number"]
    version = insert_finance(office)
    words = " ".join(change["text"] for change in version["changes"])
    assert "Finance checks" in words
    assert (version["author_name"], version["message"]) == ("Chen (you)", "m")
    office.boss.post(f"{CRM}/versions/{before}/restore", status=201)
    assert office.boss.post(f"{CRM}/versions/999/restore", status=404)["code"] == "no_such_version"
    record = submit(office, "60000")
    approve(office.people["manager"], record)
    assert flow(office, record)["status"] == "approved"


def test_the_preview_tells_how_many_contracts_are_under_way(office: Office) -> None:
    """So that nobody wonders why they go the old way."""
    submit(office, "1")
    boss = office.boss
    draft = boss.get(f"{CRM}/draft")
    value, base = draft["parts"]["workflows/contract"], draft["hashes"]["workflows/contract"]
    value["nodes"]["manager"]["label"] = "The manager approves"
    value["nodes"]["manager"]["comment_required"] = []
    boss.ask("PUT", f"{CRM}/draft/workflows/contract", {"value": value, "base": base})
    impacts = boss.get(f"{CRM}/publish")["impacts"]
    assert [(one["code"], one["count"]) for one in impacts] == [("impact_running", 1)]


BROKEN: dict[str, Any] = {
    "an exit into nothing": {"manager": {"on": {"approved": "nowhere"}}},
    "a node that nothing leads to": {"island": {**FINANCE, "on": {"approved": "signed", "rejected": "closed"}}},
    "a condition on an unknown field": {"large": {"when": {"over": "nonsense > 1"}}},
    "a condition that does not parse": {"large": {"when": {"over": "amount >"}}},
    "nobody to ask": {"manager": {"assignees": []}},
    "an unknown role": {"manager": {"assignees": [{"role": "nonsense"}]}},
    "an endless circle": {"large": {"on": {"over": "large", "else": "large"}}},
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_workflow_that_cannot_run_is_not_published(office: Office, name: str) -> None:
    """Each problem is told with its node."""
    boss = office.boss
    draft = boss.get(f"{CRM}/draft")
    value, base = draft["parts"]["workflows/contract"], draft["hashes"]["workflows/contract"]
    for node, change in BROKEN[name].items():
        held = value["nodes"].get(node, {})
        value["nodes"][node] = {**held, **change, "on": {**held.get("on", {}), **change.get("on", {})}}
    answer = boss.client.put(f"{CRM}/draft/workflows/contract", json={"value": value, "base": base})
    assert answer.status_code in (200, 409), answer.text
    assert answer.json()["problems"]
    assert all(one["detail"] for one in answer.json()["problems"])
    if answer.status_code == 200:
        refused = boss.post(f"{CRM}/publish", {"revision": answer.json()["revision"]}, 409)
        assert refused["code"] == "draft_has_problems"
