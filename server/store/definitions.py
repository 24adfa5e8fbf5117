"""Definitions in SQL 定义的存储: blobs by hash, apps, versions."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from builder.problem import conflict
from runtime.ports import AppHead, Json, Version
from server.store.caches import Caches, Revisions
from server.store.tables import app, blob, version, workspace
from server.store.upsert import insert_new, upsert

SHARED = ""
"""The scope of blobs that came with the program."""
MANY = 500


class SqlDefinitions:
    """The port `Definitions`; heads are read once per revision and process, blobs once per process."""

    def __init__(
        self, connection: Connection, workspace: str, caches: Caches, revisions: Revisions | None = None
    ) -> None:
        self.connection, self.workspace, self.caches, self.revisions = connection, workspace, caches, revisions
        self._heads: tuple[AppHead, ...] | None = None

    def blobs(self, hashes: Iterable[str]) -> dict[str, Json]:
        """The JSON of each hash; raises KeyError naming one that is not there."""
        wanted = list(dict.fromkeys(hashes))
        found = {hash: known for hash in wanted if (known := self._remembered(hash)) is not None}
        missing = [hash for hash in wanted if hash not in found]
        for start in range(0, len(missing), MANY):
            found.update(self._read(missing[start : start + MANY]))
        for hash in wanted:
            if hash not in found:
                raise KeyError(hash)
        return {hash: copy.deepcopy(found[hash]) for hash in wanted}

    def _remembered(self, hash: str) -> Json | None:
        own = self.caches.blobs.get((self.workspace, hash))
        return self.caches.blobs.get((SHARED, hash)) if own is None else own

    def _read(self, hashes: list[str]) -> dict[str, Json]:
        mine = blob.c.scope.in_((SHARED, self.workspace))
        found = {}
        for row in self.connection.execute(select(blob).where(mine, blob.c.hash.in_(hashes))):
            found[row.hash] = row.json
            self.caches.blobs.put((row.scope, row.hash), row.json)
        return found

    def keep(self, blobs: Mapping[str, Json]) -> None:
        """Keep the workspace's own blobs by hash."""
        keep_blobs(self.connection, self.workspace, blobs)

    def apps(self) -> list[AppHead]:
        """The workspace's apps, by id."""
        known = (self.workspace, self.revisions.definitions) if self.revisions else None
        heads = self.caches.heads.get(known) if known else self._heads
        if heads is None:
            rows = self.connection.execute(select(app).where(app.c.workspace == self.workspace).order_by(app.c.id))
            heads = tuple(_head(row) for row in rows)
            if known:
                self.caches.heads.put(known, heads)
            self._heads = heads
        return list(heads)

    def app(self, id: str, *, lock: bool = False) -> AppHead | None:
        """One app."""
        if not lock:
            return next((head for head in self.apps() if head.id == id), None)
        one = select(app).where(app.c.workspace == self.workspace, app.c.id == id).with_for_update()
        row = self.connection.execute(one).first()
        return None if row is None else _head(row)

    def save(self, head: AppHead) -> None:
        """Insert or replace an app's head."""
        row = {**vars(head), "live": dict(head.live), "draft": dict(head.draft), "base": dict(head.base)}
        upsert(self.connection, app, [{**row, "workspace": self.workspace}])
        self._changed()

    def drop(self, id: str) -> None:
        """Remove an app's head (its versions stay)."""
        self.connection.execute(delete(app).where(app.c.workspace == self.workspace, app.c.id == id))
        self._changed()

    def _changed(self) -> None:
        """Every process reads the heads anew; this transaction trusts no cache any more, for it may be rolled back."""
        raised = {"definition_revision": workspace.c.definition_revision + 1}
        self.connection.execute(update(workspace).where(workspace.c.id == self.workspace).values(raised))
        self.revisions, self._heads = None, None

    def publish(self, published: Version) -> None:
        """Keep a version; raises `Conflict` when the number is taken."""
        number = (version.c.app == published.app) & (version.c.number == published.number)
        if self.connection.execute(select(version.c.number).where(self._mine(), number)).first():
            raise conflict("version_taken", app=published.app, number=published.number)
        row = {**vars(published), "manifest": dict(published.manifest), "workspace": self.workspace}
        insert_new(self.connection, version, [row])

    def versions(self, app: str) -> list[Version]:
        """An app's versions, newest first."""
        mine = select(version).where(self._mine(), version.c.app == app).order_by(version.c.number.desc())
        return [
            Version(row.app, row.number, row.manifest, row.at, row.author, row.message)
            for row in self.connection.execute(mine)
        ]

    def _mine(self) -> Any:
        return version.c.workspace == self.workspace


def keep_blobs(connection: Connection, scope: str, blobs: Mapping[str, Json]) -> None:
    """Keep blobs by hash for a workspace, or for everybody in the scope `SHARED`; keeping one twice is nothing."""
    insert_new(connection, blob, [{"scope": scope, "hash": hash, "json": json} for hash, json in blobs.items()])


def _head(row: Row[Any]) -> AppHead:
    names = AppHead.__dataclass_fields__
    return AppHead(**{name: row._mapping[name] for name in names})
