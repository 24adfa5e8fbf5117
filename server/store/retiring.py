"""A workspace that is over, taken out of every table 工作区清除."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from server.store.tables import metadata, workspace


def over(connection: Connection, before: datetime, limit: int = 20) -> list[str]:
    """Trials that ended before then."""
    ended = (
        select(workspace.c.id).where(workspace.c.trial_until < before).order_by(workspace.c.trial_until).limit(limit)
    )
    return [str(id) for id in connection.scalars(ended)]


def retire(connection: Connection, id: str) -> None:
    """Remove everything that a workspace has; accounts of people stay."""
    for table in reversed(metadata.sorted_tables):
        if "workspace" in table.c and table is not workspace:
            connection.execute(delete(table).where(table.c.workspace == id))
        elif "scope" in table.c:
            connection.execute(delete(table).where(table.c.scope == id))
    connection.execute(delete(workspace).where(workspace.c.id == id))
