"""The tables made at once 建表, without migrations: for the migrations' own start and for tests."""

from sqlalchemy import Connection, text

from server.store.tables import metadata, search

SEARCH_ON_SQLITE = (
    "CREATE VIRTUAL TABLE search USING fts5(workspace UNINDEXED, form UNINDEXED, record UNINDEXED, tokens, "
    "tokenize = 'ascii', detail = none, prefix = '12')"
)
"""SQLite's index of words. Tokens are ASCII and carry an eight-character mark, so `prefix` helps short beginnings."""


def create(connection: Connection) -> None:
    """Make every table."""
    if connection.dialect.name != "sqlite":
        return metadata.create_all(connection)
    metadata.create_all(connection, tables=[table for table in metadata.sorted_tables if table is not search])
    connection.execute(text(SEARCH_ON_SQLITE))
