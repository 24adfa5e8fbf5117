"""The worker's part of values that come from other records 联动重算: portion after portion, each in one transaction."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from builder.access import Actor
from builder.problem import Missing
from runtime import records, ripple
from runtime.dependants import Through
from runtime.gate import Gate
from server.store import outbox
from server.store.outbox import Claimed
from server.store.world import revisions_of, world
from server.transaction import retrying, transaction
from server.wiring import Wired

TOPIC = "recompute"
LANGUAGE = "zh-CN"


def run(wired: Wired, job: Claimed) -> None:
    """Find who depends on a changed record, or compute a portion again; a form or app that is gone is nobody's."""
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
        payload: Mapping[str, Any] = job.payload
        actor = Actor("system", str(payload.get("by", "system")), admin=True, reason="recompute")
        gate = Gate(around, actor, LANGUAGE, wired.compiled)
        live = gate.form(str(payload["app"]), str(payload["form"]))
        if "ways" in payload:
            ways = tuple((str(form), str(path)) for form, path in payload["ways"])
            ripple.divide(gate, live, Through(live.form.id, ways, frozenset()), *payload["changed"])
        elif "own" in payload:
            ripple.divide_seeking(gate, live, str(payload["own"]), list(payload["values"]))
        elif "everything" in payload:
            ripple.divide_all(gate, live)
        else:
            ripple.again(gate, live, payload["records"], records.keep_change)
        gate.world.outbox.signal("recompute", None, {"app": live.app.id, "form": live.form.id})


@dataclass(frozen=True)
class Left:
    """How much of a form waits to be computed again."""

    left: int
    total: int


def left(connection: Connection, workspace: str, app: str, form: str) -> Left:
    """The records of a form that wait to be computed again, and of how many; those still to be found count as one."""
    found = outbox.waiting_for(connection, workspace, TOPIC)
    waiting = [each for each in found if (each["app"], each["form"]) == (app, form)]
    totals = Counter({str(each.get("wave", "")): int(each.get("total", 1)) for each in waiting})
    return Left(sum(len(each.get("records", (0,))) for each in waiting), totals.total())
