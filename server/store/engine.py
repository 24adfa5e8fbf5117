"""Connections to the database 数据库连接: SQLite in one file, or PostgreSQL."""

import sqlite3
import threading
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from server.store import direct
from server.store.encoding import decode, encode
from server.store.entry import wait_at
from server.store.functions import register

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "busy_timeout = 15000",
    "cache_size = -32000",
    "temp_store = MEMORY",
    "mmap_size = 268435456",
)
WRITING, READING = {"writing": True}, {"reading": True}
"""What a connection says about itself; `server.transaction` sets it."""


class WriteTurn:
    """Whose turn it is to write to an SQLite file, among the threads of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


TURNS: dict[str, WriteTurn] = {}
APART: dict[str, Engine] = {}
APART_LOCK = threading.Lock()
FEW = 8
BELLS: dict[str, threading.Event] = {}


def make_engine(url: str, pool: int = 20) -> Engine:
    """The engine for `sqlite:///file` or `postgresql+psycopg://…`; `pool` connections at most."""
    target = make_url(url)
    if target.get_backend_name() == "postgresql":
        target = target.set(drivername="postgresql+psycopg")
    options: dict[str, Any] = {"json_serializer": encode, "json_deserializer": decode, "query_cache_size": 1500}
    options["pool_use_lifo"] = True  # few connections know every statement, rather than many some of them
    engine = create_engine(target, pool_size=pool, max_overflow=5, pool_timeout=20, pool_recycle=1800, **options)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        wait_at(engine)
    direct.watch(engine)
    event.listen(engine, "before_cursor_execute", _refuse_writes_of_readers)
    return engine


def _refuse_writes_of_readers(connection: Any, cursor: Any, said: str, given: Any, context: Any, many: bool) -> None:
    """A reader's change would be lost on SQLite and kept on PostgreSQL, so neither gets it."""
    changes = context is not None and (
        context.isinsert or context.isupdate or context.isdelete or context.execution_options.get("changes")
    )
    if changes and connection.get_execution_options().get("reading"):
        raise RuntimeError(f"a transaction that only reads was asked to write: {said[:200]}")


def turn_of(engine: Engine) -> WriteTurn | None:
    """The lock that writers to an SQLite file take first, so that they wait in line instead of polling the file."""
    if engine.dialect.name != "sqlite":
        return None
    return TURNS.setdefault(str(engine.url.database), WriteTurn())


def bell_of(engine: Engine) -> threading.Event:
    """Rung when a transaction of this process has committed a job: its worker need not wait until it looks again."""
    return BELLS.setdefault(str(engine.url), threading.Event())


def apart_from(engine: Engine) -> Engine | None:
    """A few more connections to PostgreSQL, for what does not belong to the transaction that wants it; None on SQLite.

    Each statement is kept at once and reaches the disk with the next commit that waits for it, so nothing that was
    built upon it can outlive it. A pool of its own: who waits here holds a connection of the other one."""
    if engine.dialect.name == "sqlite":
        return None
    known: Engine | None = vars(engine).get("qiaoban_apart")
    return known if known is not None else _apart_from(engine)


def _apart_from(engine: Engine) -> Engine:
    where = engine.url.render_as_string(hide_password=False)
    with APART_LOCK:
        if where not in APART:
            settings = {"options": "-c synchronous_commit=off -c lock_timeout=15000"}
            made = create_engine(engine.url, pool_size=FEW, max_overflow=0, pool_recycle=1800, connect_args=settings)
            wait_at(made)
            direct.watch(made)
            APART[where] = made.execution_options(isolation_level="AUTOCOMMIT")
        event.listen(engine, "engine_disposed", lambda _: _put_away(engine, where))
        vars(engine)["qiaoban_apart"] = APART[where]
        return APART[where]


def _put_away(engine: Engine, where: str) -> None:
    with APART_LOCK:
        vars(engine).pop("qiaoban_apart", None)
        found = APART.pop(where, None)
    if found is not None:
        found.dispose()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        if not isinstance(connection, sqlite3.Connection):
            return
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        register(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
