"""A job done in one transaction, which also ends the job 一次办完: whoever is killed in between, it is done once."""

from collections.abc import Callable

from builder.problem import Missing
from runtime.ports import World
from server.store import outbox
from server.store.outbox import Claimed
from server.store.world import revisions_of, world
from server.transaction import retrying, transaction
from server.wiring import Wired


class NotOurs(Exception):
    """Somebody else has the job by now, so what was done here is undone."""


def take(wired: Wired, job: Claimed, work: Callable[[World], None]) -> None:
    """Do `work` and end the job with it; what is gone meanwhile is nobody's."""
    try:
        retrying(lambda: _once(wired, job, work))
    except (Missing, NotOurs):
        return


def _once(wired: Wired, job: Claimed, work: Callable[[World], None]) -> None:
    with transaction(wired.engine) as connection:
        revisions = revisions_of(connection, job.workspace)
        if revisions is None:
            return
        work(world(connection, job.workspace, wired.caches, wired.clock, wired.ids, revisions))
        if not outbox.complete(connection, job, wired.clock.now()):
            raise NotOurs
