"""Everything in one file 备份与恢复: written from one moment while the server runs, read into either database.

A ZIP: `backup.json` says what is in it, `tables/*.jsonl` one row a line, `files/…` the attachments.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sqlalchemy import Connection, Table, select

from builder.problem import invalid
from server.store import searching
from server.store.tables import Moment, account, metadata, search, workspace
from server.store.upsert import insert_new

FORMAT = 1
MANY = 1000
HEAD, ATTACHED = "backup.json", "files"


def write(connection: Connection, file: Path, files: Path | None = None) -> int:
    """Write every table, and the attachments lying in `files`; answers the number of rows."""
    unfinished = file.with_name(file.name + ".unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        counts = {table.name: _write_table(connection, archive, table) for table in metadata.sorted_tables}
        for path in _attached(files) if files is not None else ():
            archive.write(path, f"{ATTACHED}/{path.relative_to(str(files)).as_posix()}")
        archive.writestr(HEAD, json.dumps({"format": FORMAT, "rows": counts}))
    unfinished.replace(file)
    return sum(counts.values())


def _attached(files: Path) -> list[Path]:
    return sorted(each for each in files.rglob("*") if each.is_file())


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    count = 0
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
        for row in _rows(connection, table):
            out.write(json.dumps(row, ensure_ascii=False, default=_spell).encode("utf-8", "replace") + b"\n")
            count += 1
    return count


def _rows(connection: Connection, table: Table) -> Iterator[Mapping[str, Any]]:
    if table is search:
        yield from searching.rows(connection)
        return
    streamed = connection.execution_options(stream_results=True, yield_per=MANY)
    for row in streamed.execute(select(table)):
        yield dict(row._mapping)


def _spell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"a backup cannot hold {type(value).__name__}")


def read(connection: Connection, file: Path, files: Path | None = None) -> int:
    """Read a backup into an empty database; answers the number of rows. Raises `Invalid`."""
    for table in (workspace, account):
        if connection.execute(select(table.c.id).limit(1)).first() is not None:
            raise invalid("database_not_empty")
    try:
        with zipfile.ZipFile(file) as archive:
            return _read(connection, archive, files)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise invalid("backup_unreadable", detail=str(error)[:200]) from error


def _read(connection: Connection, archive: zipfile.ZipFile, files: Path | None) -> int:
    head = json.loads(archive.read(HEAD))
    if head.get("format") != FORMAT:
        raise ValueError(f"format {head.get('format')}")
    for table in metadata.sorted_tables:
        name = f"tables/{table.name}.jsonl"
        if name in archive.NameToInfo:
            with archive.open(name) as lines:
                _read_table(connection, table, lines)
    if files is not None:
        _read_files(archive, files)
    return sum(head["rows"].values())


def _read_table(connection: Connection, table: Table, lines: IO[bytes]) -> None:
    moments = [column.name for column in table.c if isinstance(column.type, Moment)]
    waiting: list[dict[str, Any]] = []
    for line in lines:
        row = json.loads(line)
        row.update({name: datetime.fromisoformat(row[name]) for name in moments if row.get(name)})
        waiting.append(row)
        if len(waiting) >= MANY:
            _put(connection, table, waiting)
            waiting = []
    _put(connection, table, waiting)


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if table is search:
        searching.put(connection, rows)
    else:
        insert_new(connection, table, rows)


def _read_files(archive: zipfile.ZipFile, files: Path) -> None:
    for name in archive.namelist():
        path = PurePosixPath(name)
        if path.parts[0] != ATTACHED or name.endswith("/"):
            continue
        target = files.joinpath(*path.parts[1:])
        if ".." in path.parts or path.is_absolute() or files.resolve() not in target.resolve().parents:
            raise ValueError(f"the path {name} leads out of the folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("wb") as out:
            while chunk := source.read(1 << 20):
                out.write(chunk)
