"""Connections between two requests 连接: handed from one to the next without the ceremonies of a pool.

A pool checks a connection in and out, resets it and sets its options anew each time: a fifth of what a small request
costs us. Here it stays as it is: one shelf of those that only read, one of those that write.
"""

import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from sqlalchemy import Connection, Engine, event

from server.store.engine import READING, WRITING
from server.store.entry import NOT_LET_IN

MOST = 6
"""How many wait on a shelf at most; the pool keeps most of its own for who comes in a crowd and waits for it there."""
LASTING = 600.0
"""Seconds after which a connection goes back to the pool, which renews what is old."""
LISTS = ("signals", "sent")
"""What a transaction gathers until it commits; `wire` beside them is where `direct` remembers its way."""


@dataclass
class Shelf:
    """Idle connections with the same options, and with lists of their own, empty whenever they are lent."""

    engine: Engine
    options: Mapping[str, Any]
    idle: deque[tuple[Connection, float]] = field(default_factory=deque)

    @cached_property
    def most(self) -> int:
        """How many may wait here: of all shelves together not so many that the pool could run dry."""
        pool: Any = self.engine.pool
        return min(MOST, max(1, pool.size() // 4)) if hasattr(pool, "size") else 0

    @contextmanager
    def lend(self) -> Iterator[Connection]:
        """A connection, back on the shelf if all went well. Raises `TimeoutError` when the database gives none."""
        connection, since = self._take()
        options = connection.get_execution_options()
        for name in LISTS:
            options[name].clear()
        try:
            yield connection
            if connection.in_transaction():
                connection.rollback()
        except BaseException:
            if connection.invalidated:
                self.clear()  # the database went away: those that wait here know no better
            connection.close()
            raise
        if connection.get_execution_options() is options:
            self._put_back(connection, since)
        else:
            connection.close()

    def _take(self) -> tuple[Connection, float]:
        try:
            return self.idle.pop()
        except IndexError:
            return self._open(), time.monotonic()

    def _open(self) -> Connection:
        lists: dict[str, list[Any]] = {name: [] for name in (*LISTS, "wire")}
        try:
            return self.engine.connect().execution_options(**self.options, **lists)
        except NOT_LET_IN as error:
            raise TimeoutError("the database has let nobody in for too long") from error

    def _put_back(self, connection: Connection, since: float) -> None:
        fresh = time.monotonic() - since < LASTING and len(self.idle) < self.most
        if fresh and not (connection.invalidated or connection.closed):
            self.idle.append((connection, since))
        else:
            connection.close()

    def clear(self) -> None:
        """Close all that wait."""
        while self.idle:
            connection, _ = self.idle.pop()
            if not connection.invalidated:
                connection.detach()
            connection.close()


class Shelves:
    """An engine's shelves, for readers, for writers, and for other uses; they are cleared when it is disposed of."""

    def __init__(self, engine: Engine) -> None:
        alone = {} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
        self.reading, self.writing = Shelf(engine, {**READING, **alone}), Shelf(engine, WRITING)
        self.plain = Shelf(engine, {})
        event.listen(engine, "engine_disposed", self._clear)

    def _clear(self, _engine: Engine) -> None:
        self.reading.clear()
        self.writing.clear()
        self.plain.clear()


def shelves_of(engine: Engine) -> Shelves:
    """Where the engine's connections wait; kept with the engine, to be gone with it."""
    found: Shelves | None = vars(engine).get("qiaoban_shelves")
    return found if found is not None else cast(Shelves, vars(engine).setdefault("qiaoban_shelves", Shelves(engine)))
