"""Works off the moments that have come 定时到期: many in one transaction, each exactly once, after a long sleep too."""

import logging
from collections.abc import Sequence
from itertools import groupby

from builder.access import system
from runtime import outside
from runtime.gate import Gate
from runtime.ports import Timer
from server.store import timers, together
from server.store.world import revisions_of, world
from server.transaction import retrying, transaction
from server.wiring import Wired

log = logging.getLogger("qiaoban.timing")

MOST = 200
"""How many are taken together."""
LANGUAGE = "zh-CN"


def work(wired: Wired, most: int = MOST) -> int:
    """Let moments happen that have come; answers how many were looked at."""
    with transaction(wired.engine, writes=False) as connection:
        found = timers.come(connection, wired.clock.now(), most)
    for workspace, group in groupby(sorted(found, key=lambda each: each[0]), key=lambda each: each[0]):
        _workspace(wired, workspace, [timer for _, timer in group])
    return len(found)


def _workspace(wired: Wired, workspace: str, due: Sequence[Timer]) -> None:
    """All of them at once; when that goes wrong, one by one, so that a bad one holds nobody up."""
    try:
        retrying(lambda: _together(wired, workspace, due))
    except Exception:
        log.info("%s moments of %s happen one by one", len(due), workspace, exc_info=True)
        for timer in due:
            _alone(wired, workspace, timer)


def _together(wired: Wired, workspace: str, due: Sequence[Timer]) -> None:
    with transaction(wired.engine) as connection:
        revisions = revisions_of(connection, workspace)
        if revisions is None:
            return
        around = world(connection, workspace, wired.caches, wired.clock, wired.ids, revisions)
        around = together.gathered(around, connection, workspace, [timer.instance for timer in due])
        gate = Gate(around, system("timer"), LANGUAGE, wired.compiled)
        for timer in due:
            outside.come(gate, timer, careful=False)
        together.keep(around)


def _alone(wired: Wired, workspace: str, timer: Timer) -> None:
    def once() -> None:
        with transaction(wired.engine) as connection:
            around = world(connection, workspace, wired.caches, wired.clock, wired.ids)
            outside.come(Gate(around, system("timer"), LANGUAGE, wired.compiled), timer)

    try:
        retrying(once)
    except Exception:
        log.exception("the moment %s of %s %s waits a while", timer, workspace, timer.instance)
        with transaction(wired.engine) as connection:
            timers.postpone(connection, workspace, timer, wired.clock.now())
