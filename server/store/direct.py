"""Statements of every request, said to PostgreSQL as directly as its library allows 直达.

Such a statement is answered in less time than SQLAlchemy's and psycopg's cursors need to say it, and all of that time
is this process's own, which its threads must share. So each is spelled out once, prepared once on every connection, and
its answer read by the kinds the database names. On SQLite, and in transactions of a special kind, it goes the long way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any

import psycopg
from psycopg import pq
from sqlalchemy import JSON, Connection, Engine, Table, bindparam, event
from sqlalchemy.dialects.postgresql import psycopg as dialect
from sqlalchemy.exc import DBAPIError

from server.store.encoding import decode, encode
from server.store.tables import Moment

DIALECT = dialect.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
PREPARED, DOUBTED = "direct", "direct_doubted"
"""What a connection remembers: the statements it knows, and whether psycopg may have made it forget some."""
FORGOTTEN = "26000"
NUMBERS = count(1)
USUAL = (None, psycopg.IsolationLevel.READ_COMMITTED)
DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
KINDS: dict[int, Callable[[bytes], Any]] = {
    16: lambda said: said == b"t", 20: int, 21: int, 23: int, 114: decode, 3802: decode
}  # fmt: skip
"""How the answers of booleans, whole numbers and JSON are read, by PostgreSQL's numbers for types; others are texts."""

Asked = Mapping[str, Any]


class Direct:
    """A statement with named parameters whose SQL is always the same."""

    def __init__(self, statement: Any, writes: bool = False) -> None:
        self.statement, self.writes = statement, writes
        self.name = f"qiaoban_{next(NUMBERS)}".encode()
        self._readers: list[Callable[[bytes], Any]] = []

    @cached_property
    def _compiled(self) -> Any:
        return self.statement.compile(dialect=DIALECT)

    @cached_property
    def columns(self) -> list[str]:
        """The names of what is answered."""
        return [column.name for column in self.statement.selected_columns]

    @property
    def _types(self) -> list[Any]:
        return [column.type for column in getattr(self.statement, "selected_columns", ())]

    @cached_property
    def _sql(self) -> bytes:
        return str(self._compiled).encode()

    @cached_property
    def _spelled(self) -> list[tuple[str, Callable[[Any], Any], Any]]:
        """The parameters in their places, each with how it is spelled and, if the statement fixes it, its value."""
        made = self._compiled
        kinds = {name: _spelling(bind.type) for name, bind in made.binds.items()}
        return [(name, kinds[name], made.params.get(name)) for name in made.positiontup or ()]

    def first(self, connection: Connection, asked: Asked) -> tuple[Any, ...] | None:
        """The first row of the answer."""
        return next(iter(self.rows(connection, asked)), None)

    def rows(self, connection: Connection, asked: Asked) -> Sequence[tuple[Any, ...]]:
        """The answer."""
        straight = _straight(connection)
        if straight is None:
            answer = connection.execute(self.statement, dict(asked))
            return [tuple(row) for row in answer] if answer.returns_rows else []
        if self.writes and connection.get_execution_options().get("reading"):
            raise RuntimeError(f"a transaction that only reads was asked to write: {self._sql[:200]!r}")
        given = [spell(asked[name] if name in asked else fixed) for name, spell, fixed in self._spelled]
        return list(self._read(self._answered(connection, straight, given)))

    def _answered(self, connection: Connection, wire: Any, given: list[bytes | None]) -> Any:
        """What the database says; it learns the statement when it does not know it yet."""
        known = _known(connection, wire)
        if self.name not in known:
            self._checked(connection, wire, wire.prepare(self.name, self._sql))
            known.add(self.name)
        return self._checked(connection, wire, wire.exec_prepared(self.name, given))

    def _checked(self, connection: Connection, wire: Any, result: Any) -> Any:
        if result.status in DONE:
            return result
        connection.info[DOUBTED] = True
        raise failure(connection, wire, result, self._sql.decode())

    def _read(self, result: Any) -> Iterator[tuple[Any, ...]]:
        columns = range(result.nfields)
        if not self._readers and result.ntuples:
            moments = {at for at, kind in enumerate(self._types) if isinstance(kind, Moment)}
            self._readers = [_moment if at in moments else KINDS.get(result.ftype(at), _text) for at in columns]
        value, readers = result.get_value, self._readers
        for row in range(result.ntuples):
            found = [value(row, place) for place in columns]
            yield tuple(None if said is None else read(said) for read, said in zip(readers, found, strict=True))


def named(table: Table, names: Sequence[str] = ()) -> dict[str, Any]:
    """The values of a row to be written, as parameters called like its columns: all, or those that are named."""
    return {name: bindparam(name, type_=table.c[name].type) for name in names or table.c.keys()}


def _straight(connection: Connection) -> Any:
    """The library's own connection, in a transaction unless it only reads; None when the usual way must be gone."""
    if connection.dialect.name != "postgresql":
        return None
    way: list[Any] | None = connection.get_execution_options().get("wire")
    if not way:
        raw: Any = connection.connection.dbapi_connection
        if not isinstance(raw, psycopg.Connection) or raw.closed or raw.isolation_level not in USUAL:
            return None
        way = way if way is not None else []
        way += (raw.pgconn, raw.autocommit)
    wire, alone = way
    if not alone and wire.transaction_status == pq.TransactionStatus.IDLE:
        if not connection.in_transaction():
            connection.begin()
        said(connection, wire, b"BEGIN")
    return wire


def said(connection: Connection, wire: Any, words: bytes) -> None:
    """Say BEGIN or COMMIT."""
    result = wire.exec_(words)
    if result.status not in DONE:
        raise failure(connection, wire, result, words.decode())


def close(connection: Connection) -> None:
    """End a transaction on PostgreSQL well; what SQLAlchemy then says of it finds nothing more to do."""
    wire = _straight(connection)
    if wire is not None and wire.transaction_status == pq.TransactionStatus.INTRANS:
        said(connection, wire, b"COMMIT")


def failure(connection: Connection, wire: Any, result: Any, words: str) -> DBAPIError:
    """What went wrong, as SQLAlchemy would have told it; a connection that is gone is not used again."""
    error = psycopg.errors.error_from_result(result)
    gone = wire.status != pq.ConnStatus.OK
    connection.get_execution_options().get("wire", []).clear()
    if gone:
        connection.invalidate(error)
    found = DBAPIError.instance(
        words, {}, error, psycopg.Error, connection_invalidated=gone, dialect=connection.dialect
    )  # fmt: skip
    assert isinstance(found, DBAPIError)
    return found


def _known(connection: Connection, wire: Any) -> set[bytes]:
    """The statements that this connection knows; psycopg makes it forget all of them when something is rolled back."""
    info = connection.info
    if info.pop(DOUBTED, False) or PREPARED not in info:
        result = wire.exec_(b"SELECT name FROM pg_prepared_statements WHERE name LIKE 'qiaoban_%'")
        info[PREPARED] = {result.get_value(row, 0) for row in range(result.ntuples)}
    known: set[bytes] = info[PREPARED]
    return known


def watch(engine: Engine) -> None:
    """Notice when something is rolled back."""

    def doubt(connection: Connection, *_: Any) -> None:
        if not connection.invalidated and _within(connection.connection.dbapi_connection):
            connection.info[DOUBTED] = True

    event.listen(engine, "rollback", doubt)
    event.listen(engine, "rollback_savepoint", doubt)


def _within(raw: Any) -> bool:
    """Whether there is anything to be rolled back; who only reads has no transaction to end."""
    return isinstance(raw, psycopg.Connection) and raw.pgconn.transaction_status != pq.TransactionStatus.IDLE


def _spelling(kind: Any) -> Callable[[Any], bytes | None]:
    """How a parameter of this type is spelled."""
    if isinstance(kind, Moment):
        return lambda moment: _spell(kind.process_bind_param(moment, DIALECT))
    if isinstance(kind, JSON):
        return lambda value: None if value is None else encode(value).encode()
    return _spell


def _spell(value: Any) -> bytes | None:
    """A parameter as PostgreSQL reads it."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if isinstance(value, list | tuple):
        return ("{" + ",".join(_quoted(str(entry)) for entry in value) + "}").encode()
    return encode(value).encode() if isinstance(value, dict) else str(value).encode()


def _quoted(entry: str) -> str:
    return '"' + entry.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(said: bytes) -> str:
    return said.decode()


def _moment(said: bytes) -> Any:
    return MOMENT.process_result_value(said.decode(), DIALECT)


MOMENT = Moment()
