"""Insert or replace 写入, in the words of each database."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from server.store.direct import Direct, named

FEW = 10
"""Up to so many rows go to PostgreSQL one by one, which is faster than to have SQLAlchemy put them together."""
INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


@cache
def replacing(dialect: str, table: Table) -> Insert:
    """INSERT … ON CONFLICT (the primary key) DO UPDATE of every other column."""
    statement = INSERTS[dialect](table)
    keys = [column.name for column in table.primary_key]
    others = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    made: Insert = statement.on_conflict_do_update(index_elements=keys, set_=others)
    return made


@cache
def unless_there(dialect: str, table: Table) -> Insert:
    """INSERT … ON CONFLICT DO NOTHING."""
    made: Insert = INSERTS[dialect](table).on_conflict_do_nothing()
    return made


@cache
def _telling(dialect: str, table: Table, names: tuple[str, ...]) -> Direct:
    row = unless_there(dialect, table).values(named(table, names))
    return Direct(row.returning(next(iter(table.primary_key))), writes=True)


@cache
def _alone(dialect: str, table: Table, names: tuple[str, ...], replaces: bool) -> Direct:
    """The same for one row that has these columns."""
    made = replacing(dialect, table) if replaces else unless_there(dialect, table)
    return Direct(made.values(named(table, names)), writes=True)


def _put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], replaces: bool) -> None:
    dialect = connection.dialect.name
    if dialect == "sqlite" or len(rows) > FEW:
        connection.execute(replacing(dialect, table) if replaces else unless_there(dialect, table), list(rows))
        return
    for row in rows:
        _alone(dialect, table, tuple(row), replaces).rows(connection, row)


def taken(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], by: Sequence[str]
) -> set[tuple[Any, ...]]:
    """Insert the rows; answers the keys (in the columns `by`) of those whose place was taken already."""
    telling = _telling_all(connection.dialect.name, table, tuple(by))
    kept = {tuple(row) for row in connection.execute(telling, list(rows))}
    return {tuple(row[name] for name in by) for row in rows} - kept


@cache
def _telling_all(dialect: str, table: Table, by: tuple[str, ...]) -> Any:
    return unless_there(dialect, table).returning(*(table.c[name] for name in by))


def insert_one(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row; False when one of its keys is there already (then also after waiting for another transaction)."""
    return _telling(connection.dialect.name, table, tuple(row)).first(connection, row) is not None


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert whole rows, or replace those with the same key."""
    if rows:
        _put(connection, table, rows, replaces=True)


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    if rows:
        _put(connection, table, rows, replaces=False)
