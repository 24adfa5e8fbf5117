"""The worker's part of what is written in portions 批量更新: updates of very many records, a changed calendar."""

import logging

from builder.access import Actor, system
from runtime import portions, recalendared
from runtime.gate import Gate
from runtime.ports import World
from server import recompute, turn
from server.asker import Asker
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


def following(asker: Asker) -> int:
    """How many portions still wait to follow a changed calendar, formulas that are computed again among them."""
    topics = recalendared.TOPIC, recompute.TOPIC
    return sum(len(outbox.waiting_for(asker.connection, asker.workspace, topic)) for topic in topics)


def calendar(wired: Wired, job: Claimed) -> None:
    """Have a portion of what counts by the working calendar follow it."""
    actor = Actor("system", str(job.payload["by"]), admin=True, reason="working calendar")
    turn.take(wired, job, lambda around: recalendared.go_on(Gate(around, actor, LANGUAGE, wired.compiled), job.payload))
