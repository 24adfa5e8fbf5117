"""Jobs are claimed once, tried again, and never lost; signals are read once (发件箱)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from runtime.ports import Job
from server.store import outbox
from server.store.outbox import Claimed, SignalReader
from server.transaction import retrying, transaction
from tests.store.worlds import AT, Store

MINUTE = timedelta(minutes=1)
NUMBERS = iter(range(1, 10_000))


@pytest.fixture
def topic() -> str:
    """A topic of this test's own."""
    return f"topic{next(NUMBERS)}"


def take(database: Engine, topic: str, minutes: float = 0, limit: int = 20) -> list[Claimed]:
    """Claim what is due."""
    with transaction(database) as connection:
        return outbox.claim(connection, "me", AT + minutes * MINUTE, MINUTE, limit, [topic])


def send(database: Engine, *jobs: Job) -> str:
    """Send jobs in one transaction; answers the workspace."""
    store = Store(database)
    workspace = store.workspace()
    with store.world(workspace) as world:
        for job in jobs:
            world.outbox.send(job)
    return workspace


def test_a_job_is_claimed_when_it_is_due(database: Engine, topic: str) -> None:
    send(database, Job(topic, {"n": 1}), Job(topic, {"n": 2}, due=AT + 5 * MINUTE))
    assert [job.payload["n"] for job in take(database, topic)] == [1]
    assert [job.payload["n"] for job in take(database, topic, 5)] == [1, 2]


def test_a_lease_that_runs_out_frees_the_job(database: Engine, topic: str) -> None:
    send(database, Job(topic, {}))
    first = take(database, topic)[0]
    assert take(database, topic, 0.5) == []
    with transaction(database) as connection:
        assert outbox.renew(connection, first, AT + 3 * MINUTE)
    assert take(database, topic, 2) == []
    with transaction(database) as connection:
        again = outbox.claim(connection, "other", AT + 4 * MINUTE, MINUTE, 20, [topic])
        assert again[0].attempts == 2
        assert not outbox.complete(connection, first, AT)
        assert outbox.complete(connection, again[0], AT)
    assert take(database, topic, 60) == []


def test_a_job_that_fails_waits_longer_each_time_and_then_rests(database: Engine, topic: str) -> None:
    send(database, Job(topic, {}))
    now, pauses = 0.0, []
    for _ in range(outbox.MOST_ATTEMPTS):
        job = take(database, topic, now)[0]
        with transaction(database) as connection:
            outbox.fail(connection, job, AT + now * MINUTE, "boom")
        assert take(database, topic, now) == []
        pauses.append(outbox.FIRST_PAUSE.total_seconds() * 2 ** (job.attempts - 1))
        now += pauses[-1] / 60
    assert take(database, topic, now + 10_000) == []


def test_a_key_may_be_used_again_once_its_job_runs(database: Engine, topic: str) -> None:
    store = Store(database)
    workspace = store.workspace()
    for _ in range(2):
        with store.world(workspace) as world:
            world.outbox.send(Job(topic, {}, key="k"))
        assert len(take(database, topic)) == 1


def test_many_workers_never_take_the_same_job(database: Engine, topic: str) -> None:
    send(database, *(Job(topic, {"n": index}) for index in range(200)))

    def work(_: int) -> list[int]:
        return [job.payload["n"] for job in retrying(lambda: take(database, topic, limit=7))]

    with ThreadPoolExecutor(8) as pool:
        taken = [number for found in pool.map(work, range(60)) for number in found]
    assert sorted(taken) == list(range(200))


def test_a_rolled_back_job_was_never_sent(database: Engine, topic: str) -> None:
    store = Store(database)

    def broken() -> None:
        with store.world(store.workspace()) as world:
            world.outbox.send(Job(topic, {}))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert take(database, topic) == []


def test_signals_are_read_once_even_when_they_come_late(database: Engine) -> None:
    store = Store(database)
    workspace = store.workspace()
    reader = SignalReader(AT)

    def poll() -> list[tuple[str, tuple[str, ...] | None]]:
        with transaction(database, writes=False) as connection:
            return [(each.topic, each.members) for each in reader.poll(connection) if each.workspace == workspace]

    with store.world(workspace) as world:
        store.clock.advance(timedelta(seconds=5))
        world.outbox.signal("records", None, {"form": "a"})
    assert poll() == [("records", None)]
    with store.world(workspace) as world:
        store.clock.advance(timedelta(seconds=-3))
        world.outbox.signal("tasks", ["bo"], {})
    assert poll() == [("tasks", ("bo",))]
    assert poll() == []
