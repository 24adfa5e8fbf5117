"""Many at once 并发: one effect, clear conflicts, no number drawn twice, nothing lost; on both databases."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from tests.server.office import Office, open_office
from tests.server.site import Person, Site

ROUNDS = 5
CROWD = 20
DAYS = {"signed_on": "2026-11-01", "start_on": "2026-11-01", "end_on": "2027-11-01"}


@pytest.fixture
def office(any_site: Site) -> Office:
    """A company without records."""
    return open_office(any_site)


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """The answers of all calls, made at the same instant by as many threads."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait(timeout=30)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def contract(office: Office, amount: str) -> str:
    """A submitted contract of the salesperson's; its id."""
    boss = office.boss
    product = boss.add("product", name=f"Board {boss.site.wired.ids.new()}", list_price="1")["id"]
    owner = office.members["salesperson"]
    customer = boss.add("customer", name=f"Ltd {boss.site.wired.ids.new()}", owner=owner)["id"]
    lines = [{"product": product, "quantity": "1", "price": amount}]
    person = office.people["salesperson"]
    return str(person.add("contract", name="C", customer=customer, lines=lines, **DAYS)["id"])


def task(person: Person, record: str) -> str:
    """The person's open task on the record."""
    cards = person.get("/api/tasks/boxes/todo")["cards"]
    return str(next(card["task"] for card in cards if card["record"] == record))


def act(person: Person, id: str, action: str = "approve") -> Any:
    """The answer to acting on a task."""
    return person.client.post(f"/api/tasks/{id}/act", json={"action": action, "comment": "x"})


def add(person: Person, name: str, **more: Any) -> Any:
    """The answer to adding a customer."""
    return person.client.post(person.records("customer"), json={"values": {"name": name}}, **more)


def edit(person: Person, path: str, field: str, value: str, before: Any) -> Any:
    """The answer to changing a field of a record that was seen with the value `before`."""
    return person.client.patch(path, json={"values": {field: value}, "before": {field: before}})


def flow(office: Office, record: str) -> Any:
    """The record's workflow."""
    return office.boss.get(f"{office.boss.records('contract')}/{record}/flow")


def twins(person: Person, count: int) -> list[Person]:
    """As many browsers of the same person."""
    found = []
    for _ in range(count):
        twin = person.site.visitor()
        twin.client.headers["authorization"] = person.client.headers["authorization"]
        found.append(twin)
    return found


def test_a_crowd_acts_on_one_task_and_one_of_them_does(office: Office) -> None:
    """One effect, the others are told that it is done; approve and reject mixed: the first decides."""
    crowd = twins(office.people["manager"], CROWD)
    for turn in range(ROUNDS):
        record = contract(office, "100")
        id = task(office.people["manager"], record)
        mixed = ["approve", "reject"] if turn % 2 else ["approve"]
        answers = at_once([partial(act, person, id, mixed[n % len(mixed)]) for n, person in enumerate(crowd)])
        assert Counter(answer.status_code for answer in answers) == {200: 1, 409: CROWD - 1}
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"already_handled"}
        story = flow(office, record)["timeline"]
        assert len([line for line in story if line["action"] in ("approve", "reject")]) == 1
        assert flow(office, record)["status"] in ("approved", "rejected")


def test_the_last_two_votes_of_a_countersign_fall_at_the_same_instant(office: Office) -> None:
    """The node is left once, the instance does not hang."""
    voters = [office.people["director"], office.people["finance"]]
    for turn in range(ROUNDS):
        record = contract(office, "200000")
        act(office.people["manager"], task(office.people["manager"], record))
        ids = [task(voter, record) for voter in voters]
        last = "reject" if turn == ROUNDS - 1 else "approve"
        answers = at_once([partial(act, voters[0], ids[0]), partial(act, voters[1], ids[1], last)])
        assert all(answer.status_code in (200, 409) for answer in answers)
        seen = flow(office, record)
        assert seen["status"] == ("rejected" if last == "reject" else "approved")
        assert len([line for line in seen["timeline"] if line["node"] == "tell_finance"]) <= 1


def test_an_approval_and_a_withdrawal_meet(office: Office) -> None:
    """The outcome is one of the two orders, never both."""
    for _ in range(ROUNDS):
        record = contract(office, "100")
        id = task(office.people["manager"], record)
        person = office.people["salesperson"]
        path = f"{person.records('contract')}/{record}/withdraw"
        answers = at_once([partial(act, office.people["manager"], id), partial(person.client.post, path, json={})])
        assert sorted(answer.status_code for answer in answers)[0] == 200
        assert all(answer.status_code < 500 for answer in answers)
        held = office.boss.get(f"{office.boss.records('contract')}/{record}")
        assert (held["status"], flow(office, record)["status"]) in (("approved", "approved"), ("draft", "withdrawn"))


def test_serial_numbers_are_drawn_once_each(office: Office) -> None:
    """50 at once, a tenth of them refused: no duplicate."""
    crowd = twins(office.people["director"], 10)

    def create(person: Person, place: int) -> list[int]:
        return [add(person, f"n{place}-{turn}" if turn else "").status_code for turn in range(6)]

    answers = at_once([partial(create, person, place) for place, person in enumerate(crowd)])
    assert Counter(status for told in answers for status in told) == {201: 50, 422: 10}
    page = office.boss.list("customer", limit=200)
    assert len({record["values"]["no"] for record in page["records"]}) == 50


def test_a_unique_value_is_taken_once(office: Office) -> None:
    """The others are told whose it is not."""
    crowd = twins(office.people["director"], 8)
    for turn in range(ROUNDS):
        answers = at_once([partial(add, person, f"Only {turn}") for person in crowd])
        assert Counter(answer.status_code for answer in answers)[201] == 1
        assert {answer.json()["code"] for answer in answers if answer.status_code != 201} == {"value_taken"}


def test_edits_of_one_record_at_once_lose_nothing(office: Office) -> None:
    """Disjoint fields merge; of the same field one is taken and the others are asked."""
    boss = office.boss
    made = boss.add("customer", name="Ltd", owner=office.members["director"])["id"]
    path = f"{boss.records('customer')}/{made}"
    crowd = twins(office.people["director"], 5)
    fields = ("address", "remark", "industry", "office_location", "credit_code")
    for turn in range(ROUNDS):
        held = boss.get(path)["values"]
        given = zip(crowd, fields, strict=True)
        answers = at_once([partial(edit, person, path, field, f"{turn}", held.get(field)) for person, field in given])
        assert {answer.status_code for answer in answers} == {200}
        assert [boss.get(path)["values"][field] for field in fields] == [f"{turn}"] * 5
        calls = enumerate(crowd)
        phone = held.get("phone")
        answers = at_once([partial(edit, one, path, "phone", f"010-{turn}222333{n}", phone) for n, one in calls])
        assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 4}


def test_one_idempotency_key_at_once_has_one_effect(office: Office) -> None:
    """The same request ten times: one record, ten times the same answer."""
    crowd = twins(office.people["director"], 10)
    answers = at_once([partial(add, person, "Once", headers={"idempotency-key": "k"}) for person in crowd])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert office.boss.list("customer", total=True)["total"] == 1


def test_a_reference_and_the_deletion_of_its_target_never_both_succeed(office: Office) -> None:
    """Either the target is still pointed to, or it is no longer there to be named."""
    boss = office.boss
    crowd = twins(office.people["director"], 4)
    for turn in range(3 * ROUNDS):
        target = boss.add("customer", name=f"Ltd {turn}", owner=office.members["director"])["id"]
        path = f"{boss.records('customer')}/{target}"
        calls = [partial(_name, person, f"V{turn}-{place}", target) for place, person in enumerate(crowd)]
        *named, gone = at_once([*calls, partial(boss.client.delete, path)])
        pointing = [answer.json()["id"] for answer in named if answer.status_code == 201]
        assert {answer.status_code for answer in named} <= {201, 422}
        assert (gone.status_code, bool(pointing)) in ((200, False), (409, True))
        assert boss.client.get(path).status_code == (200 if pointing else 404)


def _name(person: Person, name: str, customer: str) -> Any:
    values = {"name": name, "customer": customer, "stage": "proposal", "expected_close": "2027-03-01"}
    return person.client.post(person.records("opportunity"), json={"values": values})


def test_two_administrators_who_demote_each_other_leave_one(office: Office) -> None:
    """Who comes second finds that he is the last, or no longer one."""
    pair = [office.boss, office.people["director"]]
    ids = [person.get("/api/session")["member"]["id"] for person in pair]
    office.boss.ask("PATCH", f"/api/members/{ids[1]}", {"admin": True})
    for _ in range(2 * ROUNDS):
        answers = at_once([partial(_demote, pair[0], ids[1]), partial(_demote, pair[1], ids[0])])
        told = [answer.status_code for answer in answers]
        assert sorted(told) in ([200, 403], [200, 409])
        left, gone = (0, 1) if told[0] == 200 else (1, 0)
        pair[left].ask("PATCH", f"/api/members/{ids[gone]}", {"admin": True})


def _demote(person: Person, member: str) -> Any:
    return person.client.patch(f"/api/members/{member}", json={"admin": False})
