"""News to open screens 实时消息: it ends with the session, and tells nobody of records that he may not read."""

import json
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from tests.e2e.conftest import Server, start

SOON = 8.0
CRM = "/api/apps/crm/forms"


SCREENS: list["Screen"] = []


@dataclass
class Screen:
    """An open page: what it has heard, and whether its line has ended."""

    client: httpx2.Client
    heard: "queue.Queue[tuple[str, Any]]" = field(default_factory=queue.Queue)
    socket: Any = None

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._read, daemon=True)

    def listen(self) -> "Screen":
        """Open the line and read it from a thread; returns once the server has said hello."""
        SCREENS.append(self)
        self.thread.start()
        assert self.until("hello") == []
        return self

    def _read(self) -> None:
        name = ""
        with suppress(httpx2.TransportError), self.client.stream("GET", "/api/events", timeout=60) as answer:
            self.socket = answer.extensions["network_stream"].get_extra_info("socket")
            for line in answer.iter_lines():
                key, _, value = line.partition(": ")
                name = value if key == "event" else name
                if key == "data":
                    self.heard.put((name, json.loads(value)))
        self.heard.put(("ended", {}))

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join(SOON)

    def until(self, wanted: str, matches: Callable[[Any], bool] = lambda _: True) -> list[tuple[str, Any]]:
        """What was heard before the first `wanted` that matches."""
        before: list[tuple[str, Any]] = []
        while True:
            name, payload = self.heard.get(timeout=SOON)
            if name == wanted and matches(payload):
                return before
            before.append((name, payload))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, for a stream needs a real one."""
    running = start(tmp_path_factory.mktemp("events"))
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.stop()


@dataclass
class Company:
    """A trial, its people by name, each with a browser and a token."""

    server: Server
    ids: dict[str, str] = field(default_factory=dict)
    clients: list[httpx2.Client] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.boss = self.browser()

    def browser(self, cookies: Any = None) -> httpx2.Client:
        """A browser."""
        self.clients.append(httpx2.Client(base_url=self.server.address, timeout=30, trust_env=False, cookies=cookies))
        return self.clients[-1]

    def person(self, name: str) -> httpx2.Client:
        """Somebody who holds a token of the member called so."""
        self.boss.post("/api/session/persona", json={"member": self.ids[name]})
        secret = self.boss.post("/api/tokens", json={"name": "t"}).json()["secret"]
        self.boss.post("/api/session/persona", json={"member": self.ids["Chen (you)"]})
        client = self.browser()
        client.headers["authorization"] = f"Bearer {secret}"
        return client


@pytest.fixture
def company(server: Server) -> Iterator[Company]:
    """A trial without samples."""
    found = Company(server)
    assert found.boss.post("/api/trial", json={"language": "en"}).status_code == 201
    found.ids = {one["name"]: one["id"] for one in found.boss.get("/api/session").json()["personas"]}
    yield found
    while SCREENS:
        SCREENS.pop().close()
    for client in found.clients:
        client.close()


def add(client: httpx2.Client, form: str, **values: Any) -> str:
    """A new record's id."""
    made = client.post(f"{CRM}/{form}/records", json={"values": values})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def test_signing_out_ends_the_line_within_seconds(company: Company) -> None:
    """Another browser of the same person goes on."""
    email = {"name": "Ann", "email": f"ann{company.ids['Chen (you)']}@example.com", "password": "correct horse"}
    company.boss.post("/api/trial/keep", json={**email, "workspace": ""})
    other = company.browser()
    other.post("/api/signin", json={"email": email["email"], "password": email["password"]})
    leaving, staying = Screen(other).listen(), Screen(company.boss).listen()
    again = company.browser(dict(other.cookies))
    assert again.post("/api/signout", json={}).status_code == 200
    leaving.until("bye")
    leaving.until("ended")
    id = add(company.boss, "customer", name="Ltd")
    heard = staying.until("records", lambda payload: payload["ids"] == [id])
    assert "bye" not in [name for name, _ in heard]


def test_disabling_a_member_ends_his_lines_and_tells_him_nothing_more(company: Company) -> None:
    """Those opened by a token too."""
    wang = company.person("Xiao Wang")
    screen = Screen(wang).listen()
    member = company.ids["Xiao Wang"]
    assert company.boss.patch(f"/api/members/{member}", json={"enabled": False}).status_code == 200
    add(company.boss, "customer", name="Ltd", owner=company.ids["Xiao Li"])
    heard = screen.until("bye")
    assert [name for name, _ in heard if name == "records"] == []
    screen.until("ended")
    assert wang.get("/api/events").status_code == 401


def test_a_revoked_token_ends_its_line(company: Company) -> None:
    """And another token of the member goes on until its own end."""
    wang = company.person("Xiao Wang")
    screen = Screen(wang).listen()
    token = wang.get("/api/tokens").json()[0]["id"]
    assert wang.delete(f"/api/tokens/{token}").status_code == 200
    screen.until("bye")


def test_playing_another_ends_the_line_of_who_was_played(company: Company) -> None:
    """In another tab of the same browser, which then asks who it is."""
    screen = Screen(company.boss).listen()
    other = company.browser(dict(company.boss.cookies))
    assert other.post("/api/session/persona", json={"member": company.ids["Xiao Li"]}).status_code == 200
    screen.until("bye")


def test_no_line_tells_the_id_of_a_record_that_its_member_may_not_read(company: Company) -> None:
    """Who reads some records of the form hears that something changed; who reads none of it hears nothing."""
    boss = company.boss
    seller, finance = Screen(company.person("Xiao Wang")).listen(), Screen(company.person("Accountant Zhao")).listen()
    director = Screen(company.person("Director Zhou")).listen()
    hidden = add(boss, "follow_up", summary="Call", way="visit", followed_at="2026-11-20T08:00:00Z", content="x",
                 customer=add(boss, "customer", name="Theirs"), owner=company.ids["Xiao Zhang"])  # fmt: skip
    last = add(boss, "product", name="Board", list_price="1")
    told = {
        name: screen.until("records", lambda payload: payload["form"] == "product")
        for name, screen in {"seller": seller, "finance": finance, "director": director}.items()
    }
    for name, heard in told.items():
        text = json.dumps(heard)
        assert (hidden in text) is (name == "director"), (name, heard)
    forms = {name: {payload["form"] for kind, payload in heard if kind == "records"} for name, heard in told.items()}
    readable = {
        name: screen.client.get(f"{CRM}/follow_up").status_code == 200
        for name, screen in {"seller": seller, "finance": finance}.items()
    }
    assert last
    for name, may in readable.items():
        assert ("follow_up" in forms[name]) is may, name


def test_drafts_are_news_for_administrators_only(company: Company) -> None:
    """The names of a draft's parts say what is being planned."""
    boss = company.boss
    seller, designer = Screen(company.person("Xiao Wang")).listen(), Screen(boss).listen()
    draft = boss.get("/api/apps/crm/draft").json()
    form = {**draft["parts"]["forms/customer"], "name": "Clients"}
    body = {"value": form, "base": draft["hashes"]["forms/customer"]}
    assert boss.put("/api/apps/crm/draft/forms/customer", json=body).status_code == 200
    designer.until("draft")
    add(boss, "product", name="Board", list_price="1")
    heard = seller.until("records", lambda payload: payload["form"] == "product")
    assert "draft" not in [name for name, _ in heard]


def test_news_stay_in_their_workspace(company: Company) -> None:
    """Whatever a neighbour writes."""
    neighbour = company.browser()
    neighbour.post("/api/trial", json={"language": "en"})
    screen = Screen(neighbour).listen()
    foreign = add(company.boss, "customer", name="Ltd")
    own = add(neighbour, "customer", name="Ltd")
    heard = screen.until("records", lambda payload: own in payload["ids"])
    assert foreign not in json.dumps(heard)
