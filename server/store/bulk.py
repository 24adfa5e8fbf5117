"""Records written in one statement on PostgreSQL 合并写入: rows travel as JSON, which the database takes apart itself.

A statement that goes and comes costs more than what it does: a new record with its unique values, links, tokens and
history is one instead of five, and so are five hundred of them.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Boolean, Connection, Integer, Table, text
from sqlalchemy.dialects import postgresql

from server.store.direct import Direct
from server.store.encoding import encode
from server.store.outbox import waiting
from server.store.tables import Moment, change, link, record, signal, unique_value

Rows = Sequence[Mapping[str, Any]]
KINDS = ((Boolean, "boolean"), (BigInteger, "bigint"), (Integer, "integer"))
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
KEPT = ("values", "keys", "revision", "status", "updated_at", "updated_by", "version", "deleted_at", "sample", "title")
"""What of a record is written anew when it changes."""
CLAIMED = "(SELECT count(*) FROM claimed) = :claims"
REPLACED = "EXISTS (SELECT 1 FROM kept)"


def _kind(column: Any) -> str:
    written = str(column.type.compile(DIALECT))
    return (
        "jsonb" if "JSON" in written else next((kind for type, kind in KINDS if isinstance(column.type, type)), "text")
    )


def _insert(table: Table, name: str, on: str, then: str = "") -> str:
    """INSERT … SELECT of the rows in the parameter `name`, provided that `on`."""
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    kinds = ", ".join(f'"{column.name}" {_kind(column)}' for column in table.c)
    return (
        f"INSERT INTO {table.name} ({columns}) SELECT {columns} "
        f"FROM json_to_recordset(CAST(:{name} AS json)) AS given({kinds}) WHERE {on} {then}"
    )


def _search(on: str) -> str:
    return (
        "INSERT INTO search (workspace, form, record, tokens) SELECT workspace, form, record, array_to_tsvector(words) "
        "FROM json_to_recordset(CAST(:tokens AS json)) AS given(workspace text, form text, record text, words text[]) "
        f"WHERE {on} ON CONFLICT (workspace, form, record) DO UPDATE SET tokens = excluded.tokens"
    )


@cache
def _adding(parts: frozenset[str]) -> Direct:
    """The statement for a record with these parts."""
    claim = _insert(unique_value, "claimed", "true", "ON CONFLICT DO NOTHING RETURNING form, field, value, record")
    others = {
        "links": _insert(link, "links", CLAIMED, "ON CONFLICT DO NOTHING"), "tokens": _search(CLAIMED),
        "changes": _insert(change, "changes", CLAIMED), "signals": _insert(signal, "signals", "true"),
    }  # fmt: skip
    also = "".join(f", put_{name} AS ({others[name]})" for name in sorted(parts))
    said = f"WITH claimed AS ({claim}), kept AS ({_insert(record, 'records', CLAIMED)}){also} "
    return Direct(text(f"{said}SELECT form, field, value, record FROM claimed"), writes=True)


@cache
def _replacing(names: tuple[str, ...], parts: frozenset[str]) -> Direct:
    kinds = {column.name: _kind(column) for column in record.c}
    new = ", ".join(f'"{name}" = CAST(:new_{name} AS {kinds[name]})' for name in names)
    own = "workspace = :w AND form = :f AND id = :i AND revision = :stored"
    others = {
        "tokens": _search(REPLACED), "changes": _insert(change, "changes", REPLACED),
        "signals": _insert(signal, "signals", "true"),
    }  # fmt: skip
    also = "".join(f", put_{name} AS ({others[name]})" for name in sorted(parts))
    said = f"WITH kept AS (UPDATE record SET {new} WHERE {own} RETURNING id){also} "
    return Direct(text(f"{said}SELECT count(*) FROM kept"), writes=True)


@cache
def _replacing_all(parts: frozenset[str]) -> Direct:
    kinds = {column.name: _kind(column) for column in record.c}
    new = ", ".join(f'"{name}" = given."{name}"' for name in KEPT)
    given = ", ".join(f'"{name}" {kinds[name]}' for name in ("id", *KEPT))
    own = "record.workspace = :w AND record.form = :f AND record.id = given.id AND record.revision = given.revision - 1"
    every = "(SELECT count(*) FROM kept) = :count"
    others = {
        "tokens": _search(every), "changes": _insert(change, "changes", every),
        "signals": _insert(signal, "signals", "true"),
    }  # fmt: skip
    also = "".join(f", put_{name} AS ({others[name]})" for name in sorted(parts))
    kept = (
        f"UPDATE record SET {new} FROM json_to_recordset(CAST(:records AS json)) AS given({given}) "
        f"WHERE {own} RETURNING record.id"
    )
    return Direct(text(f"WITH kept AS ({kept}){also} SELECT count(*) FROM kept"), writes=True)


def _signals(connection: Connection) -> list[dict[str, Any]]:
    """The signals that wait, which go along."""
    rows = waiting(connection)
    found = spelled(signal, rows)
    rows.clear()
    return found


def spelled(table: Table, rows: Rows) -> list[dict[str, Any]]:
    """The rows with their moments as the database keeps them."""
    moments = [(column.name, column.type) for column in table.c if isinstance(column.type, Moment)]
    found = [dict(row) for row in rows]
    for row in found:
        for name, kind in moments:
            row[name] = kind.process_bind_param(row[name], DIALECT)
    return found


def add(connection: Connection, claims: Rows, records: Rows, links: Rows, tokens: Rows, changes: Rows) -> set[Any]:
    """Keep records and what is theirs; answers the claims that were lost: then nothing but the others is kept."""
    others = _given(links=links, tokens=tokens, changes=spelled(change, changes), signals=_signals(connection))
    own = {"claimed": encode(claims), "records": encode(spelled(record, records)), "claims": len(claims)}
    kept = set(_adding(frozenset(others)).rows(connection, {**own, **others}))
    return {(row["form"], row["field"], row["value"], row["record"]) for row in claims} - kept


def replace(
    connection: Connection, place: Mapping[str, Any], new: Mapping[str, Any], tokens: Rows, changes: Rows
) -> bool:
    """Replace a record's columns, its tokens if any are given, and log it; False when its revision is another."""
    row = spelled(record, [{**{name: None for name in MOMENTS}, **new}])[0]
    columns = {f"new_{name}": encode(row[name]) if name in DOCUMENTS and row[name] is not None else row[name]
               for name in new}  # fmt: skip
    others = _given(tokens=tokens, changes=spelled(change, changes), signals=_signals(connection))
    statement = _replacing(tuple(new), frozenset(others))
    return bool(statement.rows(connection, {**place, **columns, **others})[0][0])


def replace_all(connection: Connection, workspace: str, form: str, records: Rows, tokens: Rows, changes: Rows) -> bool:
    """Replace the columns of several records of a form; False when the revision of one is another."""
    rows = [{name: row[name] for name in ("id", *KEPT)} for row in spelled(record, records)]
    others = _given(tokens=tokens, changes=spelled(change, changes), signals=_signals(connection))
    own = {"w": workspace, "f": form, "records": encode(rows), "count": len(rows)}
    kept = _replacing_all(frozenset(others)).rows(connection, {**own, **others})[0][0]
    return bool(kept == len(rows))


def _given(**parts: Rows) -> dict[str, str]:
    """The parts that hold rows, as JSON."""
    return {name: encode(rows) for name, rows in parts.items() if rows}


MOMENTS = [column.name for column in record.c if isinstance(column.type, Moment)]
DOCUMENTS = frozenset(column.name for column in record.c if _kind(column) == "jsonb")
