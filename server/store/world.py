"""The world of one workspace within one transaction 一个工作区的世界."""

from sqlalchemy import Connection, select

from runtime.ports import Clock, Ids, World
from runtime.retyped import over
from server.store.caches import Caches, Revisions
from server.store.definitions import SqlDefinitions
from server.store.files import SqlFiles
from server.store.instances import SqlInstances
from server.store.members import SqlDirectory
from server.store.notices import SqlNotices, SqlPreferences
from server.store.outbox import SqlOutbox
from server.store.records import SqlRecords
from server.store.retyping import SqlRetypings
from server.store.tables import workspace
from server.store.timers import SqlTimers


def world(
    connection: Connection, id: str, caches: Caches, clock: Clock, ids: Ids, revisions: Revisions | None = None
) -> World:
    """Everything the machine may touch. With `revisions` (from `identify`) directory and apps come from the caches.

    Without them, or after a change of the directory in this transaction, both are read anew.
    """
    directory = SqlDirectory(connection, id, caches, revisions)
    retypings = SqlRetypings(connection, id, caches, revisions)
    return World(
        records=over(SqlRecords(connection, id, caches, revisions), retypings, directory),
        definitions=SqlDefinitions(connection, id, caches, revisions),
        instances=SqlInstances(connection, id),
        directory=directory,
        outbox=SqlOutbox(connection, id, clock, ids),
        files=SqlFiles(connection, id),
        clock=clock,
        ids=ids,
        timers=SqlTimers(connection, id),
        notices=SqlNotices(connection, id),
        preferences=SqlPreferences(connection, id),
        retypings=retypings,
    )


def revisions_of(connection: Connection, id: str) -> Revisions | None:
    """What is current in a workspace, for workers, who do not `identify`; None when there is no such workspace."""
    current = select(workspace.c.directory_revision, workspace.c.definition_revision).where(workspace.c.id == id)
    row = connection.execute(current).first()
    return None if row is None else Revisions(row[0], row[1])
