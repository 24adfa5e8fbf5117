"""The worker's part of updates of very many records 批量更新: portion after portion, each in one transaction."""

from builder.access import system
from builder.problem import Missing
from runtime import portions
from runtime.gate import Gate
from server.store.outbox import Claimed
from server.store.world import revisions_of, world
from server.transaction import retrying, transaction
from server.wiring import Wired

LANGUAGE = "zh-CN"


def run(wired: Wired, job: Claimed) -> None:
    """Write one portion; a workflow whose app or record is gone waits for nothing any more."""
    try:
        retrying(lambda: _once(wired, job))
    except Missing:
        return


def _once(wired: Wired, job: Claimed) -> None:
    with transaction(wired.engine) as connection:
        revisions = revisions_of(connection, job.workspace)
        if revisions is None:
            return
        around = world(connection, job.workspace, wired.caches, wired.clock, wired.ids, revisions)
        portions.go_on(Gate(around, system("workflow"), LANGUAGE, wired.compiled), job.payload)
