"""Imports in SQL 导入的登记: whose, into which form, and how far each is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from server.store.tables import import_run


@dataclass(frozen=True)
class ImportRun:
    """An uploaded file on its way into a form; `state` is JSON of the importer's own."""

    id: str
    form: str
    member: str
    created_at: datetime
    state: dict[str, Any]


def add(connection: Connection, workspace: str, run: ImportRun) -> None:
    """Keep a new import."""
    connection.execute(insert(import_run), [{**vars(run), "workspace": workspace}])


def find(connection: Connection, workspace: str, id: str, *, lock: bool = False) -> ImportRun | None:
    """An import; `lock` holds it until the end of the transaction."""
    one = select(import_run).where(import_run.c.workspace == workspace, import_run.c.id == id)
    row = connection.execute(one.with_for_update() if lock else one).first()
    return None if row is None else _run(row)


def change(connection: Connection, workspace: str, id: str, state: dict[str, Any]) -> None:
    """Keep how far it is."""
    one = (import_run.c.workspace == workspace) & (import_run.c.id == id)
    connection.execute(update(import_run).where(one).values(state=state))


def latest(connection: Connection, workspace: str, form: str, member: str, limit: int = 10) -> list[ImportRun]:
    """A member's latest imports into a form."""
    mine = (import_run.c.workspace == workspace) & (import_run.c.form == form) & (import_run.c.member == member)
    rows = connection.execute(select(import_run).where(mine).order_by(import_run.c.created_at.desc()).limit(limit))
    return [_run(row) for row in rows]


def old_files(connection: Connection, before: datetime, limit: int = 200) -> list[tuple[str, ImportRun]]:
    """Imports that ended, or never began, before then and still have their file: (workspace, import)."""
    over = import_run.c.state["state"].as_string().not_in(["queued", "running", "undoing"])
    kept = import_run.c.state["digest"].as_string() != ""
    rows = connection.execute(select(import_run).where(import_run.c.created_at < before, over, kept).limit(limit))
    return [(row.workspace, _run(row)) for row in rows]


def _run(row: Any) -> ImportRun:
    return ImportRun(**{name: row._mapping[name] for name in ImportRun.__dataclass_fields__})
