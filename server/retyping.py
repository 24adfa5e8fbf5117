"""The worker's part of fields that change their type 改类型: portion after portion, each in one transaction."""

from functools import partial

from fastapi.responses import Response

from builder.access import Actor
from runtime import retyping
from runtime.gate import Gate
from runtime.ports import Job
from runtime.retypings import table
from server import exporting
from server.asker import Asker
from server.store.outbox import Claimed
from server.store.world import revisions_of, world
from server.transaction import retrying, transaction
from server.wiring import Wired

TOPIC = retyping.TOPIC


TURN = 10
"""So many portions in one go: then other jobs have theirs, and this one goes on behind them."""


def run(wired: Wired, job: Claimed) -> None:
    """Go on from where it stands; killed in between, it is taken up again."""
    id = str(job.payload["retyping"])
    for turn in range(1, TURN + 1):
        once = partial(_once, wired, job.workspace, id, hands_on=turn == TURN)
        if not retrying(once):
            return


def _once(wired: Wired, workspace: str, id: str, *, hands_on: bool) -> bool:
    """Convert one portion; answers whether there is more."""
    with transaction(wired.engine) as connection:
        revisions = revisions_of(connection, workspace)
        if revisions is None:
            return False
        around = world(connection, workspace, wired.caches, wired.clock, wired.ids, revisions)
        found = around.retypings.get(id)
        if found is None:
            return False
        actor = Actor("system", found.by, admin=True, reason="retyping")
        more = retyping.step(Gate(around, actor, found.language, wired.compiled), id)
        if more and hands_on:
            around.outbox.send(Job(TOPIC, {"retyping": id}))
        return more


def under_way(asker: Asker, app: str, form: str) -> dict[str, object]:
    """How far the form's fields are that change their type, by their labels; nothing when none does."""
    found = asker.world.retypings.open().get(f"{app}.{form}")
    latest = asker.world.retypings.get(found.id) if found is not None else None
    if latest is None or latest.state != "running":
        return {"retyping": [], "seen": 0, "of": 0}
    live = asker.gate.form(app, form)
    grant = asker.gate.grant(live, "read")
    names = [str(one["after"]["id"]) for one in latest.fields]
    labels = [live.fields[id].label for id in names if id in live.fields and grant.covers((id,))]
    return {"retyping": labels, "seen": int(latest.progress["seen"]), "of": int(latest.progress["total"])}


def file(asker: Asker, app: str, id: str, format: str) -> Response:
    """The values that did not convert, as a file."""
    headings, rows = table(asker.gate, app, id)
    return exporting.table(asker, f"{app}-{id}", format, headings, rows)
