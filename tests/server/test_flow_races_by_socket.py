"""At the same instant, by sockets 网络并发: one effect, or one of the two orders, never a 5xx. QIAOBAN_LONG: more."""

import os
import secrets
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Barrier
from typing import Any

import httpx2
import pytest
from sqlalchemy import Connection

from server.doctor import examine
from server.store import identity
from server.wiring import hashed
from tests.conftest import ON_POSTGRES
from tests.e2e.conftest import Server, start
from tests.server.flow_company import PEOPLE, FlowCompany, drawing, open_company, times_out

LONG = bool(os.environ.get("QIAOBAN_LONG"))
CROWDED, VOTES, PAIRS = (50, 200, 50) if LONG else (2, 3, 1)
LATE = {
    "already_handled",
    "instance_ended",
    "instance_withdrawn",
    "not_your_task",
    "instance_changed",
    "cannot_withdraw",
}
DEALS = "/api/apps/crm/forms/deal/records"
Call = Callable[[], str]


@dataclass
class Live:
    """A company, a server of its own, and everybody's browser with a connection that stays open."""

    company: FlowCompany
    server: Server
    browsers: dict[str, httpx2.Client] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)

    def post(self, who: str, path: str, body: dict[str, Any]) -> httpx2.Response:
        """Somebody's request; a failure of the server fails the test."""
        answer = self.browsers[who].post(path, json=body)
        self.answers[answer.status_code] += 1
        assert answer.status_code < 500, answer.text[:1000]
        return answer

    def does(self, who: str, path: str, **body: Any) -> str:
        """The code by which it is refused, or ""."""
        answer = self.post(who, path, body)
        return "" if answer.status_code == 200 else str(answer.json()["code"])

    def submit(self) -> str:
        """A record is submitted; answers its id."""
        answer = self.post("ini", DEALS, {"values": {"name": "x"}})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def task(self, who: str, record: str) -> str:
        """Somebody's task on the record."""
        instance = self.company.within(lambda c: self._tasks(c, record))
        return next(str(task.id) for task in instance if task.assignee == who)

    def _tasks(self, connection: Connection, record: str) -> Any:
        world = self.company.gate(connection, "admin").world
        return world.instances.tasks(world.instances.of_record("crm.deal", record)[0].id)

    def acting(self, who: str, record: str, **said: Any) -> Call:
        """An answer to his task, to be sent later."""
        return partial(self.does, who, f"/api/tasks/{self.task(who, record)}/act", **said)

    def stands(self, record: str) -> Any:
        """Where it stands, after checking that everything agrees."""
        return self.company.stands(record)


@pytest.fixture(scope="module", params=["sqlite", ON_POSTGRES])
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One on SQLite and one on PostgreSQL for all of these tests; the worker works in the server."""
    folder = tmp_path_factory.mktemp("live")
    on_postgres = request.param == "postgresql"
    url = request.getfixturevalue("postgres").new_database() if on_postgres else f"sqlite:///{folder / 'it.sqlite'}"
    company = open_company(folder, url)
    server = start(folder, DATABASE_URL=url)
    made = Live(company, server)
    tokens = {who: secrets.token_urlsafe(16) for who in [*PEOPLE, "ini", "boss", "admin", "new"]}

    def keep(connection: Connection) -> None:
        for who, secret in tokens.items():
            token = identity.ApiToken(f"t{who}", who, "t", company.wired.clock.now(), None)
            identity.add_token(connection, company.workspace, hashed(secret), token)

    company.within(keep)
    for who, secret in tokens.items():
        headers = {"authorization": f"Bearer {secret}"}
        made.browsers[who] = httpx2.Client(base_url=server.address, timeout=60, trust_env=False, headers=headers)
    server.wait_until_ready()
    yield made
    for browser in made.browsers.values():
        browser.close()
    server.stop()
    company.wired.engine.dispose()


def at_once(calls: list[Call]) -> list[str]:
    """The codes of all calls, made at the same instant by as many threads."""
    go = Barrier(len(calls))

    def run(call: Call) -> str:
        go.wait(timeout=60)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def told(capsys: pytest.CaptureFixture[str], live: Live, what: str) -> None:
    """In the long run the figures are said; in every run the doctor finds nothing."""
    assert [finding.line() for finding in examine(live.company.wired)] == []
    if LONG:
        with capsys.disabled():
            sys.stdout.write(f"\n{what}: answers by status {dict(live.answers)}\n")
    live.answers.clear()


@pytest.mark.timeout(3600)
def test_twenty_people_act_on_one_task_and_one_of_them_does(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    live.company.publish(drawing())
    for turn in range(CROWDED):
        record = live.submit()
        words = ["approve", "reject"] if turn % 2 else ["approve"]

        said = at_once([live.acting(who, record, action=words[at % len(words)]) for at, who in enumerate(PEOPLE)])

        assert said.count("") == 1
        assert set(said) - {""} <= LATE
        assert live.stands(record) in (("running", (("boss", ("boss",)),)), ("rejected", ()))
    told(capsys, live, f"{CROWDED} rounds of {len(PEOPLE)}")


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("agree", ["all", "ratio", "count"])
def test_the_last_two_votes_fall_at_the_same_instant(
    live: Live, agree: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = {"ratio": {"ratio": "100"}, "count": {"pass_count": 2}}.get(agree, {})
    live.company.publish(drawing(agree, PEOPLE[:2], **more), 2)
    for _ in range(VOTES):
        record = live.submit()

        said = at_once([live.acting(who, record, action="approve") for who in PEOPLE[:2]])

        assert said == ["", ""]
        assert live.stands(record) == ("running", (("boss", ("boss",)),))
    told(capsys, live, f"{VOTES} last votes of {agree}")


Other = Callable[[Live, str], Call]
SECOND = PEOPLE[1]


def anew(live: Live, record: str) -> Call:
    """A new version is published, in which the crowd must all agree."""

    def publish() -> str:
        live.company.publish(drawing("all", PEOPLE[:2], label="new", due=DUE), 3)
        return ""

    return publish


DUE = [{"after": "PT1M", "do": "submit"}]
OTHERS: dict[str, Other] = {
    "withdraw": lambda live, record: partial(live.does, "ini", f"{DEALS}/{record}/withdraw"),
    "timeout": lambda live, record: partial(live.company.do, "system", times_out, record),
    "end": lambda live, record: partial(live.does, "admin", f"{DEALS}/{record}/end"),
    "return": lambda live, record: live.acting(SECOND, record, action="return", to="start"),
    "transfer": lambda live, record: live.acting(SECOND, record, action="transfer", to="new"),
    "add signer": lambda live, record: live.acting(SECOND, record, action="add_signer", to="new", position="after"),
    "publish": anew,
}


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("agree", ["any", "all"])
@pytest.mark.parametrize("other", OTHERS)
def test_an_approval_meets_something_else_and_the_end_is_one_of_the_two_orders(
    live: Live, other: str, agree: str, capsys: pytest.CaptureFixture[str]
) -> None:
    live.company.publish(drawing(agree, PEOPLE[:2], due=DUE), 2)
    allowed = [_in_turn(live, other, first) for first in (True, False)]
    live.company.publish(drawing(agree, PEOPLE[:2], due=DUE), 2)
    for _ in range(PAIRS):
        record = live.submit()

        said = at_once([live.acting(PEOPLE[0], record, action="approve"), OTHERS[other](live, record)])

        assert live.stands(record) in [end for _, end in allowed]
        assert any([not code for code in said] == [not code for code in codes] for codes, _ in allowed), said
        if other == "publish":
            live.company.publish(drawing(agree, PEOPLE[:2], due=DUE), 2)
    told(capsys, live, f"{PAIRS} approvals of {agree} against {other}")


def _in_turn(live: Live, other: str, first: bool) -> tuple[list[str], Any]:
    """The codes and the end when one happens after the other."""
    record = live.submit()
    approves, does = live.acting(PEOPLE[0], record, action="approve"), OTHERS[other](live, record)
    codes = [approves(), does()] if first else [does(), approves()][::-1]
    return codes, live.stands(record)
