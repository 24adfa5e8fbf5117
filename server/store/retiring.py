"""A workspace that is over, taken out of every table 工作区清除."""

from sqlalchemy import Connection, delete

from server.store.tables import metadata, workspace


def retire(connection: Connection, id: str) -> None:
    """Remove everything that a workspace has; accounts of people stay."""
    for table in reversed(metadata.sorted_tables):
        if "workspace" in table.c and table is not workspace:
            connection.execute(delete(table).where(table.c.workspace == id))
        elif "scope" in table.c:
            connection.execute(delete(table).where(table.c.scope == id))
    connection.execute(delete(workspace).where(workspace.c.id == id))
