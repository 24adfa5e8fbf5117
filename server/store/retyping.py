"""Changes of types in SQL 改类型的存储: the port `Retypings`; what is open is read once a publish."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from runtime.ports_retyping import RetypedValue, Retyping
from server.store.caches import Caches, Revisions
from server.store.encoding import askable
from server.store.tables import retyped_value, retyping, workspace
from server.store.upsert import insert_new

NAMES = tuple(Retyping.__dataclass_fields__)
VALUES = tuple(RetypedValue.__dataclass_fields__)
MANY = 2000


class SqlRetypings:
    """Retypings of one workspace within one transaction."""

    def __init__(
        self, connection: Connection, workspace: str, caches: Caches, revisions: Revisions | None = None
    ) -> None:
        self.connection, self.workspace, self.caches = connection, workspace, caches
        self._known = (workspace, revisions.definitions) if revisions else None
        self._open: Mapping[str, Retyping] | None = None

    def open(self) -> Mapping[str, Retyping]:
        """Those that are not done, by form; each begins and ends with a new revision of the definitions."""
        if self._open is None and self._known is not None:
            self._open = self.caches.retypings.get(self._known)
        if self._open is None:
            running = retyping.c.state == "running"
            rows = self.connection.execute(select(retyping).where(self._mine(), running))
            self._open = {row.form: _retyping(row) for row in rows}
            if self._known is not None:
                self.caches.retypings.put(self._known, self._open)
        return self._open

    def _mine(self) -> Any:
        return retyping.c.workspace == self.workspace

    def _changed(self) -> None:
        """Every process asks anew what is open; this transaction trusts no cache any more."""
        raised = {"definition_revision": workspace.c.definition_revision + 1}
        self.connection.execute(update(workspace).where(workspace.c.id == self.workspace).values(raised))
        self._known, self._open = None, None

    def add(self, made: Retyping) -> None:
        """Keep a new one."""
        self.connection.execute(insert(retyping), [{**_row(made), "workspace": self.workspace}])
        self._changed()

    def change(self, kept: Retyping) -> None:
        """Keep how far it is."""
        one = and_(self._mine(), retyping.c.id == kept.id)
        told = {"state": kept.state, "progress": dict(kept.progress)}
        self.connection.execute(update(retyping).where(one).values(told))
        if kept.state != "running":
            self._changed()

    def get(self, id: str, *, lock: bool = False) -> Retyping | None:
        """One of them; `lock` holds it until the end of the transaction."""
        one = select(retyping).where(self._mine(), retyping.c.id == askable(id))
        row = self.connection.execute(one.with_for_update() if lock else one).first()
        return None if row is None else _retyping(row)

    def of(self, app: str) -> list[Retyping]:
        """Those of an app, newest first."""
        own = select(retyping).where(self._mine(), retyping.c.app == askable(app)).order_by(retyping.c.id.desc())
        return [_retyping(row) for row in self.connection.execute(own)]

    def put(self, values: Sequence[RetypedValue]) -> None:
        """Keep values; one that is kept already stays as it is."""
        rows = [{**vars(one), "lost": list(one.lost), "workspace": self.workspace} for one in values]
        insert_new(self.connection, retyped_value, rows)

    def mend(self, value: RetypedValue) -> None:
        """Say anew what became of a value that is kept already."""
        own = and_(retyped_value.c.workspace == self.workspace, retyped_value.c.retyping == value.retyping)
        one = and_(own, retyped_value.c.record == value.record, retyped_value.c.field == value.field)
        told = {"after": value.after, "state": value.state, "lost": list(value.lost)}
        self.connection.execute(update(retyped_value).where(one).values(told))

    def _values(self, *conditions: Any) -> Any:
        return select(*(retyped_value.c[name] for name in VALUES)).where(
            retyped_value.c.workspace == self.workspace, *conditions
        )

    def marks(self, id: str, records: Sequence[str]) -> dict[tuple[str, str], RetypedValue]:
        """What these records have gone through in one retyping."""
        found: dict[tuple[str, str], RetypedValue] = {}
        for start in range(0, len(records), MANY):
            some = retyped_value.c.record.in_(list(records[start : start + MANY]))
            rows = self.connection.execute(self._values(retyped_value.c.retyping == id, some))
            found.update({(row.record, row.field): RetypedValue(*row) for row in rows})
        return found

    def trail(self, form: str, records: Sequence[str]) -> list[RetypedValue]:
        """Everything that these records have gone through, the latest retyping first."""
        found: list[RetypedValue] = []
        for start in range(0, len(records), MANY):
            some = retyped_value.c.record.in_(list(records[start : start + MANY]))
            own = self._values(retyped_value.c.form == form, some)
            found += [RetypedValue(*row) for row in self.connection.execute(own)]
        return sorted(found, key=lambda one: one.retyping, reverse=True)

    def lost(self, id: str, limit: int, after: str = "") -> list[RetypedValue]:
        """The values that did not convert, by record."""
        refused = and_(retyped_value.c.retyping == askable(id), retyped_value.c.state == "refused")
        own = self._values(refused, retyped_value.c.record > askable(after))
        ordered = own.order_by(retyped_value.c.record, retyped_value.c.field).limit(limit)
        return [RetypedValue(*row) for row in self.connection.execute(ordered)]


def forget(connection: Connection, workspace: str, form: str, records: Sequence[str]) -> None:
    """The records are purged, and with them what they once held."""
    own = and_(retyped_value.c.workspace == workspace, retyped_value.c.form == form)
    connection.execute(delete(retyped_value).where(own, retyped_value.c.record.in_(list(records))))


def _row(made: Retyping) -> dict[str, Any]:
    return {**vars(made), "fields": [dict(one) for one in made.fields], "progress": dict(made.progress)}


def _retyping(row: Row[Any]) -> Retyping:
    return Retyping(**{name: row._mapping[name] for name in NAMES})
