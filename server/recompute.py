"""The worker's part of values that come from other records 联动重算: portion after portion, each in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from builder.access import Actor
from builder.problem import Missing
from runtime import ripple
from runtime.dependants import Through
from runtime.gate import Gate
from runtime.keeping import keep_changes
from runtime.live import LiveForm
from runtime.recomputing import ALL
from server.store import outbox
from server.store.outbox import Claimed
from server.store.world import revisions_of, world
from server.transaction import retrying, transaction
from server.wiring import Wired

TOPIC = "recompute"
LANGUAGE = "zh-CN"


class NotOurs(Exception):
    """Somebody else has the job by now, so what was done here is undone."""


def run(wired: Wired, job: Claimed) -> None:
    """Find who depends on a changed record, or compute a portion again; a form or app that is gone is nobody's.

    The job ends with the transaction that does it, so a portion is done once, whoever is killed in between."""
    try:
        retrying(lambda: _once(wired, job))
    except (Missing, NotOurs):
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
        _do(gate, live, payload)
        around.outbox.signal("recompute", None, {"app": live.app.id, "form": live.form.id})
        if not outbox.complete(connection, job, wired.clock.now()):
            raise NotOurs


def _do(gate: Gate, live: LiveForm, payload: Mapping[str, Any]) -> None:
    if "ways" in payload:
        ways = tuple((str(form), str(path)) for form, path in payload["ways"])
        key, changed = payload["changed"]
        one = Through(live.form.id, ways, frozenset())
        ripple.divide(gate, live, one, key, [changed] if isinstance(changed, str) else changed)
    elif "own" in payload:
        ripple.divide_seeking(gate, live, str(payload["own"]), str(payload.get("place", "")), list(payload["values"]))
    elif "everything" in payload:
        followed = str(payload.get("place", "")), list(payload.get("values", ())), str(payload.get("beside", ""))
        ripple.divide_all(gate, live, payload.get("fields", (ALL,)), *followed)
    else:
        ripple.follow(gate, live, payload["records"], keep_changes)


@dataclass(frozen=True)
class Left:
    """How much of a form waits to be computed again."""

    left: int
    total: int


def left(connection: Connection, workspace: str, app: str, form: str) -> Left:
    """The records of a form that wait to be computed again, and of how many; those still to be found count as one."""
    found = outbox.waves(connection, workspace, TOPIC, app, form)
    return Left(sum(one.left for one in found), sum(one.total for one in found))
