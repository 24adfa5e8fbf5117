"""What was done to people and their access, in SQL 操作日志: append-only, for administrators."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from server.store.tables import audit
from server.store.upsert import unless_there


@dataclass(frozen=True)
class Line:
    """Who did what to whom; `subject` is a member's id or "", `note` a name to show."""

    id: str
    at: datetime
    actor: str
    topic: str
    subject: str = ""
    note: str = ""


def add(connection: Connection, workspace: str, line: Line) -> None:
    """Write a line."""
    connection.execute(insert(audit), [{**vars(line), "workspace": workspace}])


def add_once(connection: Connection, workspace: str, line: Line) -> None:
    """Write a line unless one of its id is there: what happens many times a day is told once a day."""
    connection.execute(unless_there(connection.dialect.name, audit), {**vars(line), "workspace": workspace})


def lines(connection: Connection, workspace: str, limit: int = 200) -> list[Line]:
    """The newest lines first."""
    mine = select(audit).where(audit.c.workspace == workspace).order_by(audit.c.at.desc(), audit.c.id.desc())
    names = Line.__dataclass_fields__
    return [Line(**{name: row._mapping[name] for name in names}) for row in connection.execute(mine.limit(limit))]
