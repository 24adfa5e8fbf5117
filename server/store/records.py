"""Records in SQL 数据的存储: the port `Records`, with links, history, unique values and counters."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Integer, Row, Text, and_, any_, bindparam, delete, exists, not_, select

from builder.filter import Condition, comparable
from runtime.ports import MANY as MOST
from runtime.ports import Cell, Change, Column, Grouping, Json, Link, Lock, Page, Query, Record
from server.store import announcing, files, retyping, searching
from server.store.counting import drawn_apart, drawn_within
from server.store.direct import Direct
from server.store.encoding import askable
from server.store.group import Grouped
from server.store.query import FIELDS, Asked, reading_of
from server.store.tables import change, link, record, unique_value
from server.store.written import TITLE_LENGTH, UNIQUE_LENGTH, WrittenRecords

MANY = 2000
FOUND = select(*(record.c[name] for name in FIELDS)).where(
    record.c.workspace == bindparam("w"), record.c.form == bindparam("f"), record.c.id == bindparam("i")
)
ONE: dict[Lock, Direct] = {
    False: Direct(FOUND),
    True: Direct(FOUND.with_for_update()),
    "values": Direct(FOUND.with_for_update(key_share=True)),
}
"""One record: by whether it shall be locked."""


class SqlRecords(WrittenRecords):
    """Records of one workspace within one transaction."""

    @property
    def programs(self) -> bool:
        """SQLite runs in this process and can call the evaluator; PostgreSQL carries out plans."""
        return self.connection.dialect.name == "sqlite"

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A savepoint: back to it when it raises."""
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            self._known.clear()
            self._announced = {True: set(), False: set()}
            raise

    def get(self, form: str, id: str, *, lock: Lock = False) -> Record | None:
        """The record, also a deleted one."""
        asked = {"w": self.workspace, "f": form, "i": askable(id)}
        row = ONE[lock].first(self.connection, asked)
        return None if row is None else Record(*row)

    def many(self, form: str, ids: Iterable[str], *, keep: Lock = False) -> dict[str, Record]:
        """Those of the records that there are, deleted ones left out; with `keep`, who would delete one must wait."""
        asked = [askable(id) for id in dict.fromkeys(ids)]
        wanted = [id for id in asked if keep or (form, id) not in self._known]
        self._known.update({(form, id): None for id in wanted})
        for start in range(0, len(wanted), MANY):
            some = {"w": self.workspace, "f": form, "ids": wanted[start : start + MANY]}
            for row in _several(self.postgres, keep).rows(self.connection, some):
                kept = Record(*row)
                self._known[form, kept.id] = kept
        return {id: found for id in asked if (found := self._known[form, id]) is not None}

    def _live(self, form: str) -> Any:
        return and_(record.c.workspace == self.workspace, record.c.form == form, record.c.deleted_at.is_(None))

    def purge(self, form: str, ids: Sequence[str]) -> None:
        """Remove the records with their links, tokens and history for good."""
        for start in range(0, len(ids), MANY):
            some = ids[start : start + MANY]
            self._forget((form, id) for id in some)
            self._release(form, some)
            for table, column in ((link, "source"), (change, "record"), (record, "id")):
                self.connection.execute(delete(table).where(self._own(table, form, column, some)))
            files.let_go(self.connection, self.workspace, form, some)
            retyping.forget(self.connection, self.workspace, form, some)
            searching.drop(self.connection, self.workspace, form, some)

    def find(self, query: Query) -> Page:
        """A page of records in order."""
        asked = Asked(self.connection, self.workspace, query)
        rows = self.connection.execute(asked.page()).all()
        page = rows[: query.limit]
        following = asked.next_after(page[-1]._mapping) if page and len(rows) > query.limit else ""
        total = (rows[0]._mapping["total"] if rows else 0) if asked.counts else None
        own = len(FIELDS)
        return Page(tuple(Record(*row[:own]) for row in page), following, total)

    def count(self, query: Query, bound: int) -> int:
        """How many there are, counted no further than `bound`."""
        asked = Asked(self.connection, self.workspace, query)
        return int(self.connection.execute(asked.count(bound)).scalar_one())

    def group(self, grouping: Grouping) -> list[Cell]:
        """Groups with their measures, in the order of their keys."""
        return Grouped(self.connection, self.workspace, grouping).cells()

    def held(self, form: str, field: str, values: Sequence[Json], kind: str) -> dict[str, str]:
        """Which of `values` a live record already holds in `field`."""
        asked = [value for value in values if value not in (None, "") and comparable(value, kind) is not None]
        if self.claims(form, field, list(map(str, asked)), kind):
            return self._claimants(form, field, [str(value) for value in asked])
        found: dict[Any, str] = {}
        for start in range(0, len(asked), MANY):
            reading = reading_of(self.connection, self.workspace, {field: Column(kind)})
            table = reading.base.table
            some = Condition(field=field, op="in", value=asked[start : start + MANY])
            mine = and_(table.c.workspace == self.workspace, table.c.form == form, table.c.deleted_at.is_(None))
            rows = select(table.c["values"], table.c.id).where(mine, reading.answers(reading, some, reading.base))
            found.update({comparable(row[0].get(field), kind): row[1] for row in self.connection.execute(rows)})
        return {str(value): found[key] for value in asked if (key := comparable(value, kind)) in found}

    def claims(self, form: str, field: str, values: Sequence[str], kind: str) -> bool:
        """Whether inserting the values will find out who holds them."""
        short = max(map(len, values), default=0) <= UNIQUE_LENGTH
        return kind == "text" and short and self._claimed(form, field)

    def _claimed(self, form: str, field: str) -> bool:
        """Whether `unique_value` knows the field of every live record: looked up once for each published definition.

        A field that becomes unique later has records which never claimed their value.
        """
        if self.caches is None or self.revisions is None:
            return False
        key = (self.workspace, self.revisions.definitions, form, field)
        known = self.caches.claimed.get(key)
        if known is None:
            known = self.connection.execute(self._unclaimed(form, field)).first() is None
            self.caches.claimed.put(key, known)
        return known

    def _unclaimed(self, form: str, field: str) -> Any:
        reading = reading_of(self.connection, self.workspace, {field: Column("text")})
        table = reading.base.table
        mine = and_(table.c.workspace == self.workspace, table.c.form == form, table.c.deleted_at.is_(None))
        claim = and_(self._own(unique_value, form, "field", [field]), unique_value.c.record == table.c.id)
        lacking = and_(not_(reading.blank(reading.base, field, "text")), not_(exists().where(claim)))
        return select(table.c.id).where(mine, lacking).limit(1)

    def _claimants(self, form: str, field: str, values: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for start in range(0, len(values), MANY):
            asked = {"w": self.workspace, "f": form, "i": field, "v": list(map(askable, values[start : start + MANY]))}
            found.update(_claimants(self.postgres).rows(self.connection, asked))
        return found

    def titled(self, form: str, titles: Sequence[str]) -> dict[str, list[str]]:
        """Live records by exact title: title → ids."""
        asked: dict[str, list[str]] = {}
        for title in dict.fromkeys(titles):
            if title:
                asked.setdefault(askable(title)[:TITLE_LENGTH], []).append(title)
        wanted, found = list(asked), dict[str, list[str]]()
        for start in range(0, len(wanted), MANY):
            some = record.c.title.in_(wanted[start : start + MANY])
            rows = select(record.c.title, record.c.id).where(self._live(form), some).order_by(record.c.id)
            for short, id in self.connection.execute(rows):
                for title in asked[short]:
                    found.setdefault(title, []).append(id)
        return found

    def pointing(
        self, target_form: str, target: str, limit: int = 100, by: tuple[str, str] | None = None
    ) -> list[Link]:
        """References to a record, from live records; `by`: those of one form ("app.form") in one field alone."""
        source = and_(
            record.c.workspace == link.c.workspace, record.c.form == link.c.form, record.c.id == link.c.source
        )
        there = and_(link.c.target_form == target_form, link.c.target == askable(target))
        if by is not None:
            there = and_(there, link.c.form == by[0], link.c.field == by[1])
        rows = (
            select(link)
            .join(record, source)
            .where(link.c.workspace == self.workspace, there, record.c.deleted_at.is_(None))
            .order_by(link.c.form, link.c.source, link.c.field)
            .limit(limit)
        )
        return [
            Link(row.form, row.source, row.field, row.target_form, row.target) for row in self.connection.execute(rows)
        ]

    def naming(self, target_form: str, targets: Iterable[str], by: tuple[str, str], limit: int = MOST) -> list[str]:
        """The live records that name one of `targets` in `by`, one form ("app.form") and field; at most `limit`."""
        asked, found = sorted({askable(id) for id in targets}), set[str]()
        where = {"w": self.workspace, "t": target_form, "f": by[0], "i": by[1], "most": limit}
        for start in range(0, len(asked), MANY):
            rows = _naming(self.postgres).rows(self.connection, {**where, "ids": asked[start : start + MANY]})
            found.update(row[0] for row in rows)
        return sorted(found)[:limit]

    def announce(self, what: str, values: Iterable[str], *, changes: bool = False, waits: bool = False) -> bool:
        """Say that a value to be kept follows from these, or that these change; False when another does the opposite.

        What was known of these records is read anew."""
        known = self._announced[changes]
        keys = [key for key in announcing.keys_of(self.workspace, what, values) if key not in known]
        if not keys:
            return True
        self._known = {place: found for place, found in self._known.items() if place[0] != what}
        free = announcing.announced(self.connection, keys, changes, waits)
        known.update(keys) if free else None
        self.unsure |= not free and not changes
        return free

    def history(self, form: str, record: str, limit: int = 200, before: int | None = None) -> list[Change]:
        """A record's history, newest first."""
        own = select(change).where(self._own(change, form, "record", [askable(record)]))
        earlier = own if before is None else own.where(change.c.seq < before)
        return [_change(row) for row in self.connection.execute(earlier.order_by(change.c.seq.desc()).limit(limit))]

    def batch(self, batch: str, limit: int = 1000, after: int = 0) -> list[Change]:
        """The changes of one batch, in order, after `after`."""
        mine = and_(change.c.workspace == self.workspace, change.c.batch == batch, change.c.batch != "")
        rows = select(change).where(mine, change.c.seq > after).order_by(change.c.seq).limit(limit)
        return [_change(row) for row in self.connection.execute(rows)]

    def draw(self, form: str, field: str, scope: str, count: int = 1, *, apart: bool = False) -> int:
        """Draw `count` numbers from a counter, within this transaction or apart from it; answers the first."""
        row = {"workspace": self.workspace, "form": form, "field": field, "scope": scope, "value": count}
        return (drawn_apart if apart else drawn_within)(self.connection, row)


def _among(column: Any, name: str, postgres: bool) -> Any:
    """Whether the column is one of the parameter's values: on PostgreSQL one array, however many there are."""
    return (
        column == any_(bindparam(name, type_=ARRAY(Text())))
        if postgres
        else column.in_(bindparam(name, expanding=True))
    )


@cache
def _several(postgres: bool, keep: Lock) -> Direct:
    own = and_(record.c.workspace == bindparam("w"), record.c.form == bindparam("f"), record.c.deleted_at.is_(None))
    found = select(*(record.c[name] for name in FIELDS)).where(own, _among(record.c.id, "ids", postgres))
    held = found.order_by(record.c.id).with_for_update(read=keep != "values", key_share=True)
    return Direct(held if keep else found)


@cache
def _naming(postgres: bool) -> Direct:
    source = and_(record.c.workspace == link.c.workspace, record.c.form == link.c.form, record.c.id == link.c.source)
    there = and_(link.c.workspace == bindparam("w"), link.c.target_form == bindparam("t"))
    by = and_(link.c.form == bindparam("f"), link.c.field == bindparam("i"), _among(link.c.target, "ids", postgres))
    found = select(link.c.source).distinct().join(record, source).where(there, by, record.c.deleted_at.is_(None))
    return Direct(found.order_by(link.c.source).limit(bindparam("most", type_=Integer())))


@cache
def _claimants(postgres: bool) -> Direct:
    of_form = and_(unique_value.c.workspace == bindparam("w"), unique_value.c.form == bindparam("f"))
    own = and_(of_form, unique_value.c.field == bindparam("i"))
    held = select(unique_value.c.value, unique_value.c.record)
    return Direct(held.where(own, _among(unique_value.c.value, "v", postgres)))


def _change(row: Row[Any]) -> Change:
    return Change(**{name: row._mapping[name] for name in Change.__dataclass_fields__})
