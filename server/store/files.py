"""Heads of stored files in SQL 附件的登记; the bytes lie elsewhere, named by their digest."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from runtime.ports import StoredFile
from server.store.tables import file, import_run

MANY = 500
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a file that its record let go of was received, so that it is tidied away next; nobody may read it any more."""


class SqlFiles:
    """The port `Files`."""

    def __init__(self, connection: Connection, workspace: str) -> None:
        self.connection, self.workspace = connection, workspace

    def heads(self, ids: Iterable[str]) -> dict[str, StoredFile]:
        """Those of the files that there are."""
        wanted, found = list(dict.fromkeys(ids)), {}
        for start in range(0, len(wanted), MANY):
            some = file.c.id.in_(wanted[start : start + MANY])
            for row in self.connection.execute(select(file).where(file.c.workspace == self.workspace, some)):
                found[row.id] = StoredFile(**{name: row._mapping[name] for name in StoredFile.__dataclass_fields__})
        return found

    def hold(self, ids: Sequence[str], form: str, record: str) -> None:
        """Say which record holds the files."""
        if ids:
            mine = (file.c.workspace == self.workspace) & file.c.id.in_(list(ids))
            self.connection.execute(update(file).where(mine).values(form=form, record=record))

    def add(self, stored: StoredFile, at: datetime) -> None:
        """Register a file that was just received."""
        self.connection.execute(insert(file), [{**vars(stored), "workspace": self.workspace, "created_at": at}])


def loose_files(connection: Connection, before: datetime, limit: int = 500) -> list[tuple[str, str, str]]:
    """Files that no record has held since before: (workspace, id, digest)."""
    loose = select(file.c.workspace, file.c.id, file.c.digest).where(file.c.record == "", file.c.created_at < before)
    return [(row[0], row[1], row[2]) for row in connection.execute(loose.limit(limit))]


def drop_file(connection: Connection, workspace: str, id: str) -> bool:
    """Forget a file; answers whether no other file of the workspace has the same bytes."""
    one = (file.c.workspace == workspace) & (file.c.id == id)
    digest = connection.execute(select(file.c.digest).where(one)).scalar()
    connection.execute(delete(file).where(one))
    return digest is not None and not is_wanted(connection, workspace, digest)


def is_wanted(connection: Connection, workspace: str, digest: str) -> bool:
    """Whether any file or import of the workspace has these bytes."""
    held = select(file.c.id).where(file.c.workspace == workspace, file.c.digest == digest)
    mine = (import_run.c.workspace == workspace) & (import_run.c.state["digest"].as_string() == digest)
    brought = select(import_run.c.id).where(mine)
    return any(connection.execute(found.limit(1)).first() is not None for found in (held, brought))


def let_go(connection: Connection, workspace: str, form: str, records: Sequence[str]) -> None:
    """Say that no record holds these records' files any more, and that they are nobody's."""
    mine = (file.c.workspace == workspace) & (file.c.form == form) & file.c.record.in_(list(records))
    connection.execute(update(file).where(mine).values(form="", record="", by="", created_at=LONG_AGO))
