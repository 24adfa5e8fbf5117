"""The worker's part of updates of very many records 批量更新: portion after portion, each in one transaction."""

import logging

from builder.access import system
from runtime import portions
from runtime.gate import Gate
from runtime.ports import World
from server import turn
from server.store import outbox
from server.store.outbox import Claimed
from server.wiring import Wired

LANGUAGE = "zh-CN"
log = logging.getLogger("qiaoban.updating")


def run(wired: Wired, job: Claimed) -> None:
    """Write one portion; a workflow whose app or record is gone waits for nothing any more.

    What goes wrong again and again leaves the node standing as failed, so that nobody waits for ever."""

    def gate(around: World) -> Gate:
        return Gate(around, system("workflow"), LANGUAGE, wired.compiled)

    try:
        turn.take(wired, job, lambda around: portions.go_on(gate(around), job.payload))
    except Exception:
        if job.attempts < outbox.MOST_ATTEMPTS:
            raise
        log.exception("a portion of %s is given up", job.payload.get("instance"))
        turn.take(wired, job, lambda around: portions.gave_up(gate(around), job.payload))
