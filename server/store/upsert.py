"""Insert or replace 写入, in the words of each database."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

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
def _telling(dialect: str, table: Table) -> Any:
    return unless_there(dialect, table).returning(next(iter(table.primary_key)))


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
    return connection.execute(_telling(connection.dialect.name, table), dict(row)).first() is not None


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert whole rows, or replace those with the same key."""
    if rows:
        connection.execute(replacing(connection.dialect.name, table), list(rows))


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    if rows:
        connection.execute(unless_there(connection.dialect.name, table), list(rows))
