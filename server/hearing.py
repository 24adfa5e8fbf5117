"""Who may hear what 知情范围: news of records goes to who may read the form, their ids to who may read every record."""

from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy import Connection

from builder.filter import EVERYTHING
from builder.problem import Refusal
from server import wiring
from server.asker import Visitor
from server.store import identity
from server.store.caches import Revisions
from server.store.outbox import Signal
from server.store.world import revisions_of
from server.wiring import Wired

Sight = Literal["all", "some", "none"]
MOST_KNOWN = 20_000


@dataclass
class Hearing:
    """What each member may hear, known until his directory or a definition changes."""

    wired: Wired
    known: dict[tuple[str, Revisions, str, str], Sight] = field(default_factory=dict)
    current: dict[str, Revisions | None] = field(default_factory=dict)

    def begin(self) -> None:
        """Look anew at what is current in each workspace."""
        self.current.clear()

    def heard(self, connection: Connection, signal: Signal, member: str) -> Signal | None:
        """The signal as a member may hear it; None when he may not."""
        if signal.members is not None:
            return signal if member in signal.members else None
        if signal.topic == "records":
            form = f"{signal.payload['app']}.{signal.payload['form']}"
            sight = self.sight(connection, signal.workspace, member, form)
            if sight == "some":
                return replace(signal, payload={**signal.payload, "ids": []})
            return signal if sight == "all" else None
        if signal.topic == "draft":
            return signal if self.sight(connection, signal.workspace, member, "") == "all" else None
        return signal

    def sight(self, connection: Connection, workspace: str, member: str, form: str) -> Sight:
        """How much of a form's records a member may read; of the form "" what only administrators may."""
        if workspace not in self.current:
            self.current[workspace] = revisions_of(connection, workspace)
        now = self.current[workspace]
        if now is None:
            return "none"
        key = (workspace, now, member, form)
        if key not in self.known:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[key] = self._looked_up(connection, workspace, member, form)
        return self.known[key]

    def _looked_up(self, connection: Connection, workspace: str, member: str, form: str) -> Sight:
        found = identity.identity_of(connection, workspace, member)
        if found is None or not found.enabled:
            return "none"
        if not form:
            return "all" if found.admin else "none"
        visitor = Visitor(connection, self.wired.settings, self.wired, found.language, "", "", False)
        gate = wiring.asker_of(visitor, found).gate
        try:
            grant = gate.grant(gate.form_of(form), "read")
        except Refusal:
            return "none"
        if not grant.allowed:
            return "none"
        return "all" if any(part.rows == EVERYTHING for part in grant.slices) else "some"
