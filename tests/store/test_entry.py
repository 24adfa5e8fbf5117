"""A database that has no place left 连接已满: one waits for a place, and is told to come again if none comes free."""

from collections.abc import Iterator
from threading import Thread

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import OperationalError

from server.store import entry
from server.store.engine import make_engine
from server.store.entry import is_full
from server.transaction import transaction
from tests.postgres import Postgres, run_id, worker_id

ROLE, ONE = f"alone_{run_id()}_{worker_id()}", text("SELECT 1")
pytestmark = pytest.mark.postgres


@pytest.fixture
def alone(postgres: Postgres, empty_postgres_url: str) -> Iterator[str]:
    """The address of a database for somebody who may connect to it once at a time."""
    postgres.run("CREATE ROLE {} LOGIN PASSWORD 'alone' CONNECTION LIMIT 1", ROLE)
    yield make_url(empty_postgres_url).set(username=ROLE, password="alone").render_as_string(hide_password=False)
    postgres.run("DROP ROLE {}", ROLE)


def asked(engine: Engine) -> int:
    """What the database answers."""
    with transaction(engine, writes=False) as connection:
        return connection.execute(ONE).scalar_one()


def test_who_finds_it_full_waits_until_there_is_a_place(alone: str) -> None:
    first, second = make_engine(alone), make_engine(alone)
    answers: list[int] = []
    with transaction(first, writes=False) as connection:
        connection.execute(ONE)
        waiting = Thread(target=lambda: answers.append(asked(second)))
        waiting.start()
        waiting.join(0.2)
        assert not answers
    first.dispose()
    waiting.join(30)
    assert answers == [1]
    second.dispose()


def test_who_waited_in_vain_is_told_that_it_is_busy(alone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`TimeoutError` is what a request answers 503 to: nothing was done, come again."""
    monkeypatch.setattr(entry, "PATIENCE", 0.05)
    first, second = make_engine(alone), make_engine(alone)
    with transaction(first, writes=False) as connection:
        connection.execute(ONE)
        with pytest.raises(TimeoutError):
            asked(second)
    first.dispose()
    assert asked(second) == 1
    second.dispose()


@pytest.mark.timeout(30)
def test_a_wrong_address_is_told_at_once(alone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who was never let in waits, unless it is full."""
    monkeypatch.setattr(entry, "PATIENCE", float("inf"))
    engine = make_engine(make_url(alone).set(database="nowhere").render_as_string(hide_password=False))
    with pytest.raises(OperationalError) as failure:
        engine.connect()
    assert not is_full(failure.value)
