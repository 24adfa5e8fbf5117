"""The index of words 检索索引: one row for each record, kept in the record's transaction."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Insert, MetaData, Table, Text, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY

from server.store.tables import search
from server.store.tokens import marked

Texts = tuple[str, str, Mapping[str, str]]
"""Form, record and the texts of its searchable fields."""

# SQLite's index has no key of its own but the row's number; see `number`.
numbered = Table(
    "search", MetaData(), Column("rowid", BigInteger, primary_key=True), *(Column(each.name, Text) for each in search.c)
)


def number(workspace: str, form: str, record: str) -> int:
    """The row's number in SQLite's index: a digest of its key, so that it can be replaced without a search for it."""
    digest = hashlib.blake2s(f"{workspace}\x1f{form}\x1f{record}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _postgres() -> Insert:
    statement = postgresql.insert(search).values(
        workspace=bindparam("workspace"),
        form=bindparam("form"),
        record=bindparam("record"),
        tokens=func.array_to_tsvector(bindparam("words", type_=ARRAY(Text()))),
    )
    return statement.on_conflict_do_update(
        index_elements=["workspace", "form", "record"], set_={"tokens": statement.excluded.tokens}
    )


KEEP: dict[str, Insert] = {"postgresql": _postgres(), "sqlite": sqlite.insert(numbered).prefix_with("OR REPLACE")}


def keep(connection: Connection, workspace: str, texts: Sequence[Texts]) -> None:
    """Index the records by these texts and no others."""
    put(connection, rows_of(workspace, texts))


def rows_of(workspace: str, texts: Sequence[Texts]) -> list[dict[str, Any]]:
    """The rows of the index as `put` takes them."""
    return [
        {"workspace": workspace, "form": form, "record": record, "words": marked(workspace, form, words)}
        for form, record, words in texts
    ]


def put(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep rows of workspace, form, record and the `words` it is found by."""
    if rows:
        kept = [_numbered(row) for row in rows] if connection.dialect.name == "sqlite" else list(rows)
        connection.execute(KEEP[connection.dialect.name], kept)


def _numbered(row: Mapping[str, Any]) -> dict[str, Any]:
    place = {name: row[name] for name in ("workspace", "form", "record")}
    return {**place, "rowid": number(**place), "tokens": " ".join(row["words"])}


def rows(connection: Connection) -> Iterator[dict[str, Any]]:
    """Every row as `put` takes it."""
    sqlite_has_it = connection.dialect.name == "sqlite"
    words = search.c.tokens if sqlite_has_it else func.tsvector_to_array(search.c.tokens, type_=ARRAY(Text()))
    streamed = connection.execution_options(stream_results=True, yield_per=1000)
    for row in streamed.execute(select(search.c.workspace, search.c.form, search.c.record, words.label("words"))):
        found = row._mapping
        yield {**found, "words": found["words"].split() if sqlite_has_it else list(found["words"])}


def drop(connection: Connection, workspace: str, form: str, records: Sequence[str]) -> None:
    """Take records out of the index."""
    if connection.dialect.name == "sqlite":
        numbers = [number(workspace, form, record) for record in records]
        connection.execute(delete(numbered).where(numbered.c.rowid.in_(numbers)))
        return
    mine = (search.c.workspace == workspace) & (search.c.form == form)
    connection.execute(delete(search).where(mine, search.c.record.in_(list(records))))
