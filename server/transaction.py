"""The only place that commits 事务: one request, one transaction."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from server.store import direct, outbox
from server.store.engine import bell_of, turn_of
from server.store.shelf import shelves_of

Answer = TypeVar("Answer")
AGAIN = ("40001", "40P01", direct.FORGOTTEN)
"""PostgreSQL's words for "try again": serialization failure, deadlock, and a prepared statement that is gone."""
PATIENCE = 30.0


@contextmanager
def transaction(engine: Engine, writes: bool = True) -> Iterator[Connection]:
    """A connection within one transaction: committed at the end, rolled back when anything is raised.

    With `writes=False` nothing may be written; on PostgreSQL each statement then sees what is committed when it runs.
    """
    with _writing(engine) if writes else shelves_of(engine).reading.lend() as connection:
        yield connection


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    turn = turn_of(engine)
    if turn is not None and not turn.lock.acquire(timeout=PATIENCE):
        raise TimeoutError("another writer held the database for too long")
    try:
        with shelves_of(engine).writing.lend() as connection:
            with connection.begin():
                yield connection
                outbox.flush(connection)
                direct.close(connection)
            if outbox.told(connection):
                bell_of(engine).set()
    finally:
        if turn is not None:
            turn.lock.release()


def briefly(engine: Engine, work: Callable[[Connection], Answer]) -> Answer:
    """What `work` answers in a transaction of its own: for who first reads for long and must hold up no writer."""

    def within() -> Answer:
        with transaction(engine) as connection:
            return work(connection)

    return retrying(within)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the whole database and writes nothing: for backups."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect() as connection:
        yield connection.execution_options(**options)


def retrying(work: Callable[[], Answer], attempts: int = 5) -> Answer:
    """What `work` answers; it opens its own transaction and is called again when another one was in its way."""
    for attempt in range(1, attempts):
        try:
            return work()
        except DBAPIError as error:
            if not in_the_way(error):
                raise
            time.sleep(random.uniform(0.005, 0.02) * 2**attempt)
    return work()


def in_the_way(error: DBAPIError) -> bool:
    """Whether another transaction was in the way, so that the same work may succeed when tried again."""
    original = error.orig
    if isinstance(original, sqlite3.OperationalError):
        return "locked" in str(original) or "busy" in str(original)
    return getattr(original, "sqlstate", None) in AGAIN
