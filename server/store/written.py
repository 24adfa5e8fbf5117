"""Records written in SQL 数据的写入: columns, links, tokens, unique values and history, kept in step."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, update

from builder.problem import conflict
from runtime.ports import Change, Link, Record, Rewrite
from server.ports_live import LiveSequence
from server.store import bulk, searching
from server.store.bulk import KEPT
from server.store.caches import Caches, Revisions
from server.store.collation import keys_of
from server.store.encoding import storable
from server.store.tables import change, link, record, unique_value
from server.store.upsert import insert_new, taken

TITLE_LENGTH, UNIQUE_LENGTH = 200, 300
INSERT = insert(record)
REPLACE = (
    update(record)
    .where(record.c.workspace == bindparam("w"), record.c.form == bindparam("f"), record.c.id == bindparam("i"))
    .where(record.c.revision == bindparam("stored"))
    .values({name: bindparam(f"new_{name}") for name in KEPT})
)
LOG = insert(change)
SEQUENCE = LiveSequence()
Rows = list[dict[str, Any]]


class WrittenRecords:
    """The writing part of the port `Records`, of one workspace within one transaction."""

    def __init__(
        self,
        connection: Connection,
        workspace: str,
        caches: Caches | None = None,
        revisions: Revisions | None = None,
    ) -> None:
        self.connection, self.workspace, self.caches, self.revisions = connection, workspace, caches, revisions
        self._known: dict[tuple[str, str], Record | None] = {}
        """What `many` has found in this transaction; what is written is forgotten."""
        self._announced: dict[bool, set[int]] = {True: set(), False: set()}
        self.unsure = False
        """Whether something that follows from others was announced while it was being changed."""

    def _forget(self, written: Iterable[tuple[str, str]]) -> None:
        for key in written:
            self._known.pop(key, None)

    def insert(
        self,
        records: Sequence[Record],
        links: Sequence[Link],
        tokens: Mapping[str, Mapping[str, str]],
        uniques: Mapping[str, Mapping[str, str]] | None = None,
        changes: Sequence[Change] = (),
    ) -> None:
        """Keep new records."""
        if not records:
            return
        forms = {each.id: each.form for each in records}
        self._forget((each.form, each.id) for each in records)
        claims = self._claims([(forms[id], id, values) for id, values in (uniques or {}).items() if id in forms])
        rows = [self._row(each) for each in records]
        words = searching.rows_of(self.workspace, [(forms[id], id, texts) for id, texts in tokens.items()])
        linked, logged = self._linked(links), self._logged(changes)
        if self.postgres:
            _lost(bulk.add(self.connection, claims, rows, linked, words, logged))
            return
        self._reserve(claims)
        self.connection.execute(INSERT, rows)
        searching.put(self.connection, words)
        insert_new(self.connection, link, linked)
        self.connection.execute(LOG, logged) if logged else None

    @property
    def postgres(self) -> bool:
        """Whether it is PostgreSQL, and not SQLite."""
        return self.connection.dialect.name == "postgresql"

    def _row(self, kept: Record) -> dict[str, Any]:
        return {
            **vars(kept),
            "values": dict(kept.values),
            "workspace": self.workspace,
            "keys": keys_of(kept.values),
            "title": storable(kept.title)[:TITLE_LENGTH],
        }

    def replace(
        self,
        record: Record,
        links: Sequence[Link] | None,
        tokens: Mapping[str, str] | None,
        uniques: Mapping[str, str] | None = None,
        changes: Sequence[Change] = (),
    ) -> bool:
        """Keep the record if the stored revision is one less than its own."""
        found = [(record.form, record.id, tokens)] if tokens is not None else []
        if not self._replaced(record, searching.rows_of(self.workspace, found), self._logged(changes)):
            return False
        if uniques is not None or record.deleted_at is not None:
            self._release(record.form, [record.id])
            self._reserve(self._claims([(record.form, record.id, {} if record.deleted_at else uniques or {})]))
        if links is not None:
            self.connection.execute(delete(link).where(self._own(link, record.form, "source", [record.id])))
            insert_new(self.connection, link, self._linked(links))
        return True

    def _replaced(self, record: Record, words: Rows, logged: Rows) -> bool:
        """Whether the revision was one less; then columns, tokens and history are written."""
        self._forget([(record.form, record.id)])
        row = self._row(record)
        new = {name: row[name] for name in KEPT}
        place = {"w": self.workspace, "f": record.form, "i": record.id, "stored": record.revision - 1}
        if self.postgres:
            return bulk.replace(self.connection, place, new, words, logged)
        given = {f"new_{name}": value for name, value in new.items()}
        if self.connection.execute(REPLACE, {**given, **place}).rowcount != 1:
            return False
        searching.put(self.connection, words)
        self.connection.execute(LOG, logged) if logged else None
        return True

    def replace_all(self, rewrites: Sequence[Rewrite]) -> bool:
        """Keep all of them, in as few statements as one; False when one was changed by somebody else."""
        if len(rewrites) < 2 or len({one.record.form for one in rewrites}) > 1:
            return all(self.replace(one.record, one.links, one.tokens, one.uniques, one.changes) for one in rewrites)
        form = rewrites[0].record.form
        if not self._all_replaced(form, rewrites):
            return False
        gone = [one.record.id for one in rewrites if one.record.deleted_at is not None]
        claiming = [one for one in rewrites if one.uniques is not None and one.record.deleted_at is None]
        if gone or claiming:
            self._release(form, [*gone, *(one.record.id for one in claiming)])
            self._reserve(self._claims([(form, one.record.id, one.uniques or {}) for one in claiming]))
        if linking := [one for one in rewrites if one.links is not None]:
            sources = [one.record.id for one in linking]
            self.connection.execute(delete(link).where(self._own(link, form, "source", sources)))
            insert_new(self.connection, link, self._linked([each for one in linking for each in one.links or ()]))
        return True

    def _all_replaced(self, form: str, rewrites: Sequence[Rewrite]) -> bool:
        """Whether every revision was one less; then columns, tokens and history are written."""
        self._forget((form, one.record.id) for one in rewrites)
        texts = [(form, one.record.id, one.tokens) for one in rewrites if one.tokens is not None]
        words, logged = searching.rows_of(self.workspace, texts), self._logged([e for o in rewrites for e in o.changes])
        rows = [self._row(one.record) for one in rewrites]
        if self.postgres:
            return bulk.replace_all(self.connection, self.workspace, form, rows, words, logged)
        own = {"w": self.workspace, "f": form}
        given = [
            {**own, "i": row["id"], "stored": row["revision"] - 1, **{f"new_{name}": row[name] for name in KEPT}}
            for row in rows
        ]
        if self.connection.execute(REPLACE, given).rowcount != len(rows):
            return False
        searching.put(self.connection, words)
        self.connection.execute(LOG, logged) if logged else None
        return True

    def _linked(self, links: Sequence[Link]) -> Rows:
        return [{**vars(each), "workspace": self.workspace} for each in dict.fromkeys(links)]

    def _own(self, table: Any, form: str, column: str, ids: Sequence[str]) -> Any:
        return and_(table.c.workspace == self.workspace, table.c.form == form, table.c[column].in_(list(ids)))

    def _release(self, form: str, ids: Sequence[str]) -> None:
        self.connection.execute(delete(unique_value).where(self._own(unique_value, form, "record", ids)))

    def _claims(self, claims: Sequence[tuple[str, str, Mapping[str, str]]]) -> Rows:
        rows = [
            {"workspace": self.workspace, "form": form, "field": field, "record": id,
             "value": storable(value)[:UNIQUE_LENGTH]}
            for form, id, values in claims
            for field, value in values.items()
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (row["form"], row["field"], row["value"]))

    def _reserve(self, claims: Rows) -> None:
        """Claim values for records; the table's key makes a second claim wait for, and see, the first."""
        _lost(taken(self.connection, unique_value, claims, ("form", "field", "value", "record")) if claims else set())

    def log(self, changes: Sequence[Change]) -> None:
        """Append to the history."""
        if changes:
            self.connection.execute(LOG, self._logged(changes))

    def _logged(self, changes: Sequence[Change]) -> Rows:
        return [
            {
                **vars(each),
                "seq": seq,
                "workspace": self.workspace,
                "before": dict(each.before),
                "after": dict(each.after),
            }
            for each, seq in zip(changes, SEQUENCE.draw(len(changes)), strict=True)
        ]


def _lost(claims: set[Any]) -> None:
    for _, field, value, _ in sorted(claims):
        raise conflict("value_taken", field, field=field, label=field, value=value[:80])
