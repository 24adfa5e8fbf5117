"""Being let in by the database 连接等待: who comes when it is full, or starts anew, waits a little before he fails."""

import random
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolIsEmpty

PATIENCE = 5.0
"""Seconds that somebody waits at most; then he is told to come again."""
FULL = ("too many clients", "connection slots", "too many connections")
"""How PostgreSQL, and the poolers before it, say that all places are taken; they give no code before one is let in."""
NOT_LET_IN = (OperationalError, PoolIsEmpty)
"""What asking for a connection raises."""


def wait_at(engine: Engine) -> None:
    """Let whoever wants a connection to PostgreSQL wait for it.

    Once it has let us in its address and our password are right: then any refusal may pass, as when it starts anew.
    Before that only "full" may, so that a wrong address is told at once.
    """
    known = False

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Any, record: Any, arguments: Any, options: Any) -> Any:
        nonlocal known
        made = patiently(
            lambda: dialect.connect(*arguments, **options),
            lambda error: isinstance(error, dialect.dbapi.OperationalError) and (known or is_full(error)),
        )
        known = True
        return made


def is_full(error: Exception) -> bool:
    """Whether the database has no place for one more connection."""
    return any(words in str(error) for words in FULL)


def patiently(knock: Callable[[], Any], may_pass: Callable[[Exception], bool]) -> Any:
    """What `knock` answers, tried again for a while as long as its failure may pass; else the failure."""
    until, pause = time.monotonic() + PATIENCE, 0.01
    while True:
        try:
            return knock()
        except Exception as error:
            if time.monotonic() >= until or not may_pass(error):
                raise
        time.sleep(pause * random.uniform(0.5, 1.5))
        pause = min(pause * 2, 0.5)
