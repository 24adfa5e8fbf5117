"""A site that is killed again and again under load 断电演练: its workflow, its people, what they were told was done."""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import select

from server.doctor import Finding, examine
from server.settings import Settings
from server.store import tables, timers
from server.transaction import transaction
from server.wiring import Wired
from tests.e2e.conftest import free_port, is_healthy
from tests.server.site import Site, open_site
from tests.server.team import bearer
from tests.server.works import FORMS, employ, publish

GROUPS = [{"id": "all", "name": "all", "to": {"everyone": True}, "operations": ["create", "read", "update"]}]
DEAL = {
    "id": "deal", "name": "Deal", "title": "name", "workflow": "deal", "groups": GROUPS,
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "kind", "type": "number", "label": "Kind"},
        {"id": "at", "type": "datetime", "label": "At"},
        {"id": "count", "type": "number", "label": "Count"},
    ],
}  # fmt: skip
PART = {
    "id": "part", "name": "Part", "title": "name", "workflow": "part", "groups": GROUPS,
    "fields": [DEAL["fields"][0], DEAL["fields"][2]],
}  # fmt: skip
OUTCOMES = {"approve": "approved", "reject": "rejected", "return": "returned", "transfer": "transferred"}
ODDS = {"approve": 75, "return": 12, "transfer": 8, "reject": 5}
PATIENCE = 180.0  # seconds for anything at all; a restart is measured


def drawing(people: list[str]) -> dict[str, Any]:
    """By `kind`: two approvals by people, or a moment, an update that counts, and a child that waits for a moment."""
    asked = {"type": "approve", "assignees": [{"member": one} for one in people], "actions": list(OUTCOMES)}
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "sort"}},
        "sort": {"type": "branch", "when": {"machine": "kind = 1"}, "on": {"machine": "wait", "else": "first"}},
        "wait": {"type": "timer", "field": "at", "on": {"next": "bump"}},
        "bump": {"type": "update", "values": {"count": "count + 1"}, "on": {"next": "child"}},
        "child": {"type": "subflow", "form": "part", "fill": {"name": "name", "at": "at"}, "on": {"done": "end"}},
        "first": {**asked, "on": {"approved": "second"}},
        "second": {**asked, "agree": "all", "on": {"approved": "counted"}},
        "counted": {"type": "update", "values": {"count": "count + 1"}, "on": {"next": "end"}},
        "end": {"type": "end"},
    }
    return {"id": "deal", "form": "deal", "name": "Deal", "start": "draft", "nodes": nodes, "same_person": "ask"}


CHILD = {
    "id": "part", "form": "part", "name": "Part", "start": "draft",
    "nodes": {
        "draft": {"type": "fill", "on": {"submit": "wait"}},
        "wait": {"type": "timer", "field": "at", "on": {"next": "end"}},
        "end": {"type": "end"},
    },
}  # fmt: skip


@dataclass
class Told:
    """What was acknowledged, and what should never have been answered."""

    submitted: list[str] = field(default_factory=list)
    acted: list[tuple[str, str]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How much was acknowledged."""
        return len(self.submitted) + len(self.acted) + len(self.withdrawn)


@dataclass
class Plant:
    """A server and a worker, each a process of its own, and the database seen from outside."""

    folder: Path
    site: Site
    secrets: dict[str, str]
    ids: dict[str, str]
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    restarts: list[tuple[float, float]] = field(default_factory=list)
    """How many seconds until the server answered; and of these, how many it was not kept waiting by other processes."""
    told: Told = field(default_factory=Told)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def wired(self) -> Wired:
        """The database."""
        return self.site.wired

    @property
    def address(self) -> str:
        """Where the server listens, before and after."""
        return f"http://127.0.0.1:{self.port}"

    def begin(self, what: str) -> None:
        """Start `serve` or `worker`."""
        settings: Settings = self.wired.settings
        given = {"HOME": str(settings.home), "DATABASE_URL": settings.url, "WORKER_IN_SERVER": "0",
                 "PORT": str(self.port), "HOST": "127.0.0.1"}  # fmt: skip
        own = {**os.environ, **{f"QIAOBAN_{name}": value for name, value in given.items()}}
        command = [str(Path(sys.executable).with_name("qiaoban")), what]
        with (self.folder / f"{what}.log").open("ab") as log:
            self.processes[what] = subprocess.Popen(
                command, cwd=self.folder, env=own, stdout=log, stderr=subprocess.STDOUT
            )

    def kill(self, *victims: str) -> None:
        """As when the power fails."""
        for what in victims:
            self.processes[what].kill()
        for what in victims:
            self.processes.pop(what).wait()

    def restart(self, *victims: str) -> None:
        """Start them again; how long it takes until the server answers is written down."""
        begun = time.monotonic()
        for what in victims:
            self.begin(what)
        while not is_healthy(self.address):
            if time.monotonic() - begun > PATIENCE or any(one.poll() is not None for one in self.processes.values()):
                raise TimeoutError((self.folder / "serve.log").read_text(encoding="utf-8", errors="replace")[-2000:])
            self.stop.wait(0.02)
        if "serve" in victims:
            seconds = time.monotonic() - begun
            self.restarts.append((seconds, seconds - kept_waiting(self.processes["serve"].pid)))

    def client(self, who: str) -> httpx2.Client:
        """Somebody's browser."""
        headers = {"authorization": f"Bearer {self.secrets[who]}"}
        return httpx2.Client(base_url=self.address, timeout=PATIENCE, trust_env=False, headers=headers)

    def findings(self) -> list[Finding]:
        """What `qiaoban doctor` finds."""
        return examine(self.wired)

    def waiting(self) -> int:
        """How many moments have come, or will, and not happened yet."""
        with transaction(self.wired.engine, writes=False) as connection:
            return timers.waiting(connection, self.wired.clock.now() + timedelta(days=1))


def kept_waiting(process: int) -> float:
    """How many seconds a process stood in line for a processor, where the system tells."""
    told = Path(f"/proc/{process}/schedstat")
    return int(told.read_text(encoding="ascii").split()[1]) / 1e9 if told.exists() else 0.0


def open_plant(folder: Path, url: str) -> Plant:
    """A company of two with its workflow; nothing runs yet."""
    site = open_site(folder / "home", url)
    works = employ(site)
    people = [works.ids["Ann"], works.ids["Bob"]]
    publish(works, {"deal": DEAL, "part": PART}, {"deal": drawing(people), "part": CHILD})
    secrets = {name: bearer(one)[0].client.headers["authorization"].split()[1]
               for name, one in (("Ann", works.ann), ("Bob", works.bob))}  # fmt: skip
    for client in site.clients:
        client.close()
    site.clients.clear()
    return Plant(folder, site, secrets, works.ids)


def submitting(plant: Plant, name: str, chance: random.Random) -> None:
    """Deals are submitted one after another, half of them for the machine; now and then one is taken back."""
    with plant.client("Ann") as visitor:
        for turn in range(1_000_000):
            if plant.stop.wait(0.03):
                return
            at = plant.wired.clock.now() + timedelta(seconds=chance.randint(-2, 3))
            values = {"name": f"{name}-{turn}", "kind": str(turn % 2), "at": at.isoformat(), "count": "0"}
            made = asked(plant, visitor, f"{FORMS}/deal/records", {"values": values})
            if made is None or not expected(plant, made, {201}):
                continue
            record = made.json()["id"]
            plant.told.submitted.append(f"{name}-{turn}")
            if chance.random() < 0.1:
                taken = asked(plant, visitor, f"{FORMS}/deal/records/{record}/withdraw", {})
                if taken is not None and expected(plant, taken, {200, 403, 409}):
                    plant.told.withdrawn.append(record) if taken.status_code == 200 else None


def approving(plant: Plant, who: str, other: str, chance: random.Random) -> None:
    """What waits is approved, returned, handed over or refused."""
    with plant.client(who) as visitor:
        while not plant.stop.wait(0.005):
            box = fetched(visitor, "/api/tasks/boxes/todo")
            cards = box.json()["cards"] if box is not None and expected(plant, box, {200}) else []
            if not cards:
                plant.stop.wait(0.05)
                continue
            card = chance.choice(cards)
            again = card["purpose"] == "fill"
            action = "submit" if again else chance.choices(list(ODDS), list(ODDS.values()))[0]
            said = {"action": action, "comment": "x", **({"to": plant.ids[other]} if action == "transfer" else {})}
            done = asked(plant, visitor, f"/api/tasks/{card['task']}/act", said)
            if done is not None and expected(plant, done, {200, 403, 404, 409}) and done.status_code == 200:
                plant.told.acted.append((card["task"], action))


def fetched(visitor: httpx2.Client, path: str) -> httpx2.Response | None:
    """The answer, or None when nobody answers."""
    try:
        return visitor.get(path)
    except (httpx2.TransportError, httpx2.TimeoutException):
        return None


def asked(plant: Plant, visitor: httpx2.Client, path: str, body: dict[str, Any]) -> httpx2.Response | None:
    """The answer, or None when it was lost: then nobody was told that it was done."""
    try:
        return visitor.post(path, json=body)
    except (httpx2.TransportError, httpx2.TimeoutException):
        plant.stop.wait(0.05)
        return None


def expected(plant: Plant, answer: httpx2.Response, wanted: set[int]) -> bool:
    """Whether the answer is one of these; anything else is kept for the verdict."""
    if answer.status_code not in wanted:
        plant.told.strange.append(f"{answer.request.url.path} {answer.status_code} {answer.text[:300]}")
    return answer.status_code in wanted


def lost(plant: Plant) -> list[str]:
    """What was acknowledged and is not there, or is there twice."""
    told = plant.told
    named, acted, withdrawn = list(told.submitted), list(told.acted), list(told.withdrawn)
    with transaction(plant.wired.engine, writes=False) as connection:
        record, task, happening, instance = tables.record, tables.task, tables.happening, tables.instance
        deals = connection.execute(select(record.c.title).where(record.c.form == "own.deal")).scalars().all()
        done = select(task.c.id, task.c.outcome).where(task.c.state == "done")
        ended = {row.id: row.outcome for row in connection.execute(done)}
        events = select(instance.c.record, happening.c.event).join(
            instance, (instance.c.id == happening.c.instance) & (instance.c.workspace == happening.c.workspace)
        )
        back = {row.record for row in connection.execute(events) if row.event["type"] == "withdrawn"}
    missing = [f"submitted {name}" for name in set(named) - set(deals)]
    missing += [f"twice {name}" for name, count in Counter(deals).items() if count > 1]
    wanted = OUTCOMES | {"submit": "submitted"}
    missing += [f"{action} {id}: {ended.get(id)}" for id, action in acted if ended.get(id) != wanted[action]]
    return missing + [f"withdrawn {id}" for id in set(withdrawn) - back]


@dataclass(frozen=True)
class Seen:
    """An instance at the end: how often a moment came, and how many children it has."""

    id: str
    status: str
    machine: bool
    child: bool
    orphan: bool
    counted: str
    moments: int
    children: int

    @property
    def right(self) -> bool:
        """Whether everything happened exactly once, or, where it was taken back, at most once."""
        if not self.machine and not self.child:
            return self.moments == 0 and self.counted == ("1" if self.status == "approved" else "0")
        most = self.moments <= 1 and self.children <= 1 and self.counted in ("0", "1")
        if self.status != "approved":
            return most and (self.status == "withdrawn" or self.orphan)
        return self.moments == 1 and (self.child or (self.children == 1 and self.counted == "1"))


def untimely(plant: Plant) -> list[str]:
    """Instances in which something did not happen exactly once; to be asked when nothing is due any more."""
    with transaction(plant.wired.engine, writes=False) as connection:
        instance, happening, record = tables.instance, tables.happening, tables.record
        joined = (record.c.id == instance.c.record) & (record.c.form == instance.c.form)
        wanted = select(instance.c.id, instance.c.form, instance.c.status, instance.c.state, record.c["values"])
        rows = connection.execute(wanted.join(record, joined)).all()
        came = Counter(
            row.instance
            for row in connection.execute(select(happening.c.instance, happening.c.event))
            if row.event["type"] == "timed_out"
        )
    status = {row.id: row.status for row in rows}
    parent = {row.id: row.state.get("parent", {}).get("instance", "") for row in rows}
    children = Counter(parent.values())
    found = [
        Seen(row.id, row.status, row.values.get("kind") == "1", bool(parent[row.id]),
             status.get(parent[row.id]) == "withdrawn", row.values.get("count", "0"), came[row.id], children[row.id])
        for row in rows
    ]  # fmt: skip
    return [str(one) for one in found if not one.right]
