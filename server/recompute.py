"""The worker's part of values that come from other records 联动重算: portion after portion, each in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from builder.access import Actor
from runtime import ripple
from runtime.dependants import Through
from runtime.gate import Gate
from runtime.keeping import keep_changes
from runtime.live import LiveForm
from runtime.ports import World
from runtime.recomputing import ALL
from server import turn
from server.store import outbox
from server.store.outbox import Claimed
from server.wiring import Wired

TOPIC = "recompute"
LANGUAGE = "zh-CN"


def run(wired: Wired, job: Claimed) -> None:
    """Find who depends on a changed record, or compute a portion again; a form or app that is gone is nobody's."""
    turn.take(wired, job, lambda around: _portion(wired, around, job.payload))


def _portion(wired: Wired, around: World, payload: Mapping[str, Any]) -> None:
    actor = Actor("system", str(payload.get("by", "system")), admin=True, reason="recompute")
    gate = Gate(around, actor, LANGUAGE, wired.compiled)
    live = gate.form(str(payload["app"]), str(payload["form"]))
    _do(gate, live, payload)
    around.outbox.signal("recompute", None, {"app": live.app.id, "form": live.form.id})


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
