"""Counters 计数器: numbers drawn within the transaction that wants them, or apart from it."""

import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, func, select

from server.store.direct import Direct
from server.store.engine import apart_from
from server.store.shelf import shelves_of
from server.store.tables import counter
from server.store.upsert import INSERTS

Row = Mapping[str, Any]


def drawn_within(connection: Connection, row: Row) -> int:
    """Raise the counter by the row's value, to hold it until the commit; answers the first number drawn."""
    raised = _raising(connection.dialect.name)
    return int(raised.rows(connection, row)[0][0]) - int(row["value"]) + 1


def drawn_apart(connection: Connection, row: Row) -> int:
    """The same on a connection of its own, so that nobody waits for this transaction to end.

    Only who draws none, to see which numbers are held, makes others wait: for those who have drawn and not ended yet,
    and until he has ended himself. SQLite lets one transaction write at a time, so there the counter is simply raised.
    """
    engine = apart_from(connection.engine)
    if engine is None:
        return drawn_within(connection, row)
    key = _key(str(row["workspace"]), str(row["form"]), str(row["field"]), str(row["scope"]))
    _locking(alone=not row["value"]).rows(connection, {"key": key})
    with shelves_of(engine).plain.lend() as other:
        return drawn_within(other, row)


@lru_cache(maxsize=1_000)
def _key(*named: str) -> int:
    """The counter as a number that PostgreSQL can hold a lock by."""
    return int.from_bytes(hashlib.blake2b("\n".join(named).encode(), digest_size=8).digest(), signed=True)


@cache
def _locking(alone: bool) -> Direct:
    lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
    return Direct(select(lock(bindparam("key", type_=BigInteger()))), writes=True)


@cache
def _raising(dialect: str) -> Direct:
    statement = INSERTS[dialect](counter).values({column.name: bindparam(column.name) for column in counter.c})
    raised = statement.on_conflict_do_update(
        index_elements=["workspace", "form", "field", "scope"],
        set_={"value": counter.c.value + statement.excluded.value},
    )
    return Direct(raised.returning(counter.c.value), writes=True)
