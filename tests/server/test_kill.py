"""kill -9 in the middle 断电: what was acknowledged is there, what was not is whole or absent, imports go on."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from builder.definition import Workflow
from runtime.step import fold
from server.store import identity
from server.store.caches import Caches
from server.store.definitions import SqlDefinitions
from server.store.engine import make_engine
from server.store.instances import SqlInstances
from server.store.tables import instance
from server.transaction import transaction
from tests.e2e.conftest import Server, start

ROUNDS = 3
ROWS = 6_000
DAYS = {"signed_on": "2026-11-01", "start_on": "2026-11-01", "end_on": "2027-11-01"}
FORMS = "/api/apps/crm/forms"


@dataclass
class Power:
    """The servers of a test, of which the last one runs, and the browsers; `url` is where all keep their data."""

    folder: Path
    url: str
    servers: list[Server] = field(default_factory=list)
    clients: list[httpx2.Client] = field(default_factory=list)

    def client(self, server: Server, cookies: Any = None) -> httpx2.Client:
        """A browser."""
        self.clients.append(httpx2.Client(base_url=server.address, timeout=30, trust_env=False, cookies=cookies))
        return self.clients[-1]


@pytest.fixture
def running(tmp_path: Path, database_url: str) -> Iterator[Power]:
    """On SQLite, and again on PostgreSQL; all of them are ended with the test."""
    power = Power(tmp_path, database_url)
    yield power
    for visitor in power.clients:
        visitor.close()
    for server in power.servers:
        server.process.kill()
        server.process.wait()


def begin(running: Power) -> Server:
    """A server that answers."""
    server = start(running.folder, DATABASE_URL=running.url)
    running.servers.append(server)
    server.wait_until_ready()
    return server


def kill(server: Server) -> None:
    """As when the power fails."""
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()


def sign_up(visitor: httpx2.Client) -> None:
    """An account with an empty CRM."""
    body = {"name": "Ann", "email": "ann@example.com", "password": "correct horse", "template": "crm", "language": "en"}
    assert visitor.post("/api/signup", json=body).status_code == 201


def begin_import(visitor: httpx2.Client) -> str:
    """An import of many customers that has started; its id."""
    text = "Customer name,Remark\n" + "".join(f"Ltd {place},r{place}\n" for place in range(ROWS))
    read = visitor.post(f"{FORMS}/customer/imports", files={"file": ("a.csv", text.encode())}).json()
    mapping = {"columns": {str(one["index"]): one["guess"] for one in read["columns"]}}
    assert visitor.post(f"/api/imports/{read['id']}/start", json=mapping).status_code == 200
    return str(read["id"])


def until(visitor: httpx2.Client, id: str, wanted: Any) -> dict[str, Any]:
    """The import's progress once it is as wanted; the asking itself paces the loop."""
    for _ in range(100_000):
        progress: dict[str, Any] = visitor.get(f"/api/imports/{id}").json()
        if wanted(progress):
            return progress
        threading.Event().wait(0.02)
    pytest.fail(f"the import stands still: {progress}")


@pytest.mark.parametrize("when", [1, ROWS // 2])
def test_an_import_goes_on_after_the_server_was_killed(running: Power, when: int) -> None:
    """Soon after the restart, from where it was: every row once, no number twice; and it can be undone."""
    server = begin(running)
    visitor = running.client(server)
    sign_up(visitor)
    id = begin_import(visitor)
    until(visitor, id, lambda progress: progress["done"] >= when)
    kill(server)
    visitor = running.client(begin(running), visitor.cookies)
    stood = visitor.get(f"/api/imports/{id}").json()
    assert 0 < stood["done"] < ROWS
    done = until(visitor, id, lambda progress: progress["state"] == "done")
    assert (done["created"], done["bad"]) == (ROWS, 0)
    total = visitor.post(f"{FORMS}/customer/records/query", json={"exact": True}).json()["total"]
    assert total == ROWS
    for name in ("name", "no"):
        most = {"groups": [{"field": name}], "measures": [{"operation": "count"}], "limit": 1000}
        groups = visitor.post(f"{FORMS}/customer/records/group", json=most).json()
        assert {group["values"][0] for group in groups} == {"1"}


class Load:
    """Salespeople who submit contracts and managers who approve them, writing down what was acknowledged."""

    def __init__(self, power: Power, server: Server, cookies: Any) -> None:
        self.power, self.server, self.cookies = power, server, cookies
        self.stop = threading.Event()
        self.submitted: list[str] = []
        self.approved: list[str] = []
        self.strange: list[str] = []

    def work(self, visitor: httpx2.Client, values: dict[str, Any]) -> None:
        """Submit and approve one contract after another until the server is gone."""
        while not self.stop.is_set():
            try:
                made = visitor.post(f"{FORMS}/contract/records", json={"values": values})
                self._check(made, 201)
                self.submitted.append(made.json()["id"])
                record = made.json()["id"]
                task = visitor.get(f"{FORMS}/contract/records/{record}/flow").json()["task"]
                acted = visitor.post(f"/api/tasks/{task}/act", json={"action": "approve"})
                self._check(acted, 200)
                self.approved.append(record)
            except (httpx2.TransportError, httpx2.TimeoutException):
                return

    def _check(self, answer: httpx2.Response, wanted: int) -> None:
        if answer.status_code != wanted:
            self.strange.append(f"{answer.status_code} {answer.text[:300]}")


def test_every_acknowledged_approval_is_there_after_a_kill(running: Power) -> None:
    """Under load, three times: acknowledged actions stand, no instance is half done."""
    server = begin(running)
    visitor = running.client(server)
    sign_up(visitor)
    values = _values(visitor)
    submitted: list[str] = []
    for turn in range(ROUNDS):
        load = Load(running, server, visitor.cookies)
        _under_load(load, values, 20 + 10 * turn)
        assert load.strange == []
        submitted += load.submitted
        server = begin(running)
        visitor = running.client(server, visitor.cookies)
        states = {id: _state(visitor, id) for id in load.submitted}
        assert {states[id][:2] for id in load.approved} <= {("approved", "approved")}
        assert set(states.values()) <= {("approved", "approved", False), ("running", "running", True)}
        assert unlike_their_events(running.url) == []
    stored = visitor.post(f"{FORMS}/contract/records/query", json={"limit": 200, "exact": True}).json()
    numbers = Counter(record["values"]["no"] for record in stored["records"])
    assert set(numbers.values()) == {1}
    # Of what was not acknowledged, at most the one request of each thread in flight may stand.
    assert len(submitted) <= stored["total"] <= len(submitted) + 4 * ROUNDS


def unlike_their_events(url: str) -> list[str]:
    """The stored instances that are not what their events make of them, or whose open tasks are not theirs."""
    engine, wrong = make_engine(url), []
    with transaction(engine, writes=False) as connection:
        for home in identity.find_workspaces(connection, ""):
            world = SqlInstances(connection, home.id)
            blobs = SqlDefinitions(connection, home.id, Caches())
            for row in connection.execute(select(instance.c.id).where(instance.c.workspace == home.id)):
                held = world.get(row.id)
                assert held is not None
                drawing = Workflow.model_validate(blobs.blobs([held.workflow])[held.workflow])
                made = fold(drawing, [one.event for one in world.happenings(held.id)])
                open_tasks = sorted(task.assignee for task in world.tasks(held.id) if task.state == "open")
                asked = sorted(person for people in made["open"].values() for person in people)
                if made != held.state or made["status"] != held.status or open_tasks != asked:
                    wrong.append(held.id)
    engine.dispose()
    return wrong


def _values(visitor: httpx2.Client) -> dict[str, Any]:
    """What a contract needs, whose approval comes to the only administrator."""
    customer = visitor.post(f"{FORMS}/customer/records", json={"values": {"name": "Ltd"}}).json()["id"]
    product = visitor.post(f"{FORMS}/product/records", json={"values": {"name": "B", "list_price": "1"}}).json()["id"]
    return {"name": "C", "customer": customer, "lines": [{"product": product, "quantity": "1", "price": "1"}], **DAYS}


def _under_load(load: Load, values: dict[str, Any], acknowledged: int) -> None:
    """Four at work; the server is killed as soon as so many approvals were acknowledged."""
    with ThreadPoolExecutor(4) as pool:
        for _ in range(4):
            pool.submit(load.work, load.power.client(load.server, load.cookies), values)
        while len(load.approved) < acknowledged and load.server.process.poll() is None and not load.strange:
            load.stop.wait(0.002)
        kill(load.server)
        load.stop.set()


def _state(visitor: httpx2.Client, record: str) -> tuple[str, str, bool]:
    """The record's status, its instance's, and whether a task is open: they must agree."""
    held = visitor.get(f"{FORMS}/contract/records/{record}").json()
    flow = visitor.get(f"{FORMS}/contract/records/{record}/flow").json()
    open_lines = [line for line in flow["timeline"] if line["state"] == "open"]
    assert bool(open_lines) == bool(flow["active"]) == (flow["ended_at"] is None)
    return held["status"], flow["status"], bool(open_lines)
