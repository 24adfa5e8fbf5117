"""Who follows from what, and who changes it, told among open transactions 联动登记: so that nobody is overlooked.

A value that follows from another record is read by one transaction while another changes that record: neither sees
what the other has not committed yet. Both say what they do by advisory locks, shared by those who read; nobody waits,
and who finds the other there leaves another look to the worker. Keys are few, so that large transactions hold few.
"""

import hashlib
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

from sqlalchemy import ARRAY, BigInteger, Connection, bindparam, func, select

from server.store.direct import Direct

PLACES = 256
"""Values of one form or field share so many keys; a false alarm costs another look."""


def keys_of(workspace: str, what: str, values: Iterable[str]) -> list[int]:
    """The keys of these values, in order."""
    return sorted({_key(workspace, what, crc32(value.encode()) % PLACES) for value in values})


@lru_cache(maxsize=20_000)
def _key(workspace: str, what: str, place: int) -> int:
    said = f"follows\n{workspace}\n{what}\n{place}".encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), signed=True)


def announced(connection: Connection, keys: list[int], changes: bool, waits: bool) -> bool:
    """Hold the keys until the end of the transaction; False when one is held by somebody who does the opposite."""
    if not keys or connection.dialect.name != "postgresql" or connection.get_execution_options().get("reading"):
        return True  # SQLite lets one transaction write at a time
    found = _holding(changes, waits).rows(connection, {"keys": keys})
    return waits or all(row[0] for row in found)


@cache
def _holding(changes: bool, waits: bool) -> Direct:
    functions: dict[tuple[bool, bool], Any] = {
        (False, False): func.pg_try_advisory_xact_lock_shared, (True, False): func.pg_try_advisory_xact_lock,
        (False, True): func.pg_advisory_xact_lock_shared, (True, True): func.pg_advisory_xact_lock,
    }  # fmt: skip
    each = func.unnest(bindparam("keys", type_=ARRAY(BigInteger()))).column_valued("each")
    return Direct(select(functions[changes, waits](each)), writes=True)
