"""Records kept in dicts 内存中的数据: the port `Records` for tests and for trying a draft before it is published."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace

from builder.filter import EVERYTHING, comparable, matches
from builder.problem import conflict
from runtime.memory_query import Row, SortKey, grouped, kinds, ordered, paged, seen, unfolded
from runtime.ports import MANY, Cell, Change, Column, Grouping, Json, Link, Lock, Page, Query, Record, Rewrite

TITLE_LENGTH = 200
Hits = Callable[[str, Sequence[str]], bool]
"""Whether what was typed into the search box is found among these texts."""


def plain_hits(asked: str, texts: Sequence[str]) -> bool:
    """Every word asked for stands in one of the texts."""
    return all(any(word in text.casefold() for text in texts) for word in asked.casefold().split())


class MemoryRecords:
    """Records, links, history and counters of one workspace."""

    programs = True

    def __init__(self, sort_key: SortKey = str.lower, hits: Hits = plain_hits) -> None:
        self.sort_key, self.hits = sort_key, hits
        self.records: dict[tuple[str, str], Record] = {}
        self.links: list[Link] = []
        self.changes: list[Change] = []
        self.counters: dict[tuple[str, str, str], int] = {}
        self.words: dict[tuple[str, str], Mapping[str, str]] = {}
        self.uniques: dict[tuple[str, str, str], str] = {}

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """The records are as before when it raises."""
        before = {name: copy(thing) for name, thing in vars(self).items() if isinstance(thing, dict | list)}
        try:
            yield
        except BaseException:
            vars(self).update(before)
            raise

    def get(self, form: str, id: str, *, lock: Lock = False) -> Record | None:
        """The record, also a deleted one."""
        return self.records.get((form, id))

    def many(self, form: str, ids: Iterable[str], *, keep: Lock = False) -> dict[str, Record]:
        """Those of the records that there are, deleted ones left out."""
        found = {id: self.records.get((form, id)) for id in ids}
        return {id: record for id, record in found.items() if record is not None and record.deleted_at is None}

    def insert(
        self,
        records: Sequence[Record],
        links: Sequence[Link],
        tokens: Mapping[str, Mapping[str, str]],
        uniques: Mapping[str, Mapping[str, str]] | None = None,
        changes: Sequence[Change] = (),
    ) -> None:
        """Keep new records."""
        for record in records:
            self._reserve(record, (uniques or {}).get(record.id, {}))
        for record in records:
            self.records[record.form, record.id] = _kept(record)
            if record.id in tokens:
                self.words[record.form, record.id] = dict(tokens[record.id])
        self.links.extend(dict.fromkeys(links))
        self.log(changes)

    def replace(
        self,
        record: Record,
        links: Sequence[Link] | None,
        tokens: Mapping[str, str] | None,
        uniques: Mapping[str, str] | None = None,
        changes: Sequence[Change] = (),
    ) -> bool:
        """Keep the record if the stored revision is one less than its own."""
        key = record.form, record.id
        if key not in self.records or self.records[key].revision != record.revision - 1:
            return False
        if uniques is not None or record.deleted_at is not None:
            self._reserve(record, uniques or {} if record.deleted_at is None else {})
        self.records[key] = _kept(record)
        if links is not None:
            self.links = [link for link in self.links if (link.form, link.source) != key] + list(dict.fromkeys(links))
        if tokens is not None:
            self.words[key] = dict(tokens)
        self.log(changes)
        return True

    def replace_all(self, rewrites: Sequence[Rewrite]) -> bool:
        """Keep all of them; False when one was changed by somebody else."""
        return all([self.replace(one.record, one.links, one.tokens, one.uniques, one.changes) for one in rewrites])

    def _reserve(self, record: Record, values: Mapping[str, str]) -> None:
        for field, value in values.items():
            if self.uniques.get((record.form, field, value), record.id) != record.id:
                raise conflict("value_taken", field, field=field, label=field, value=value[:80])
        own = {key: id for key, id in self.uniques.items() if (key[0], id) != (record.form, record.id)}
        self.uniques = own | {(record.form, field, value): record.id for field, value in values.items()}

    def purge(self, form: str, ids: Sequence[str]) -> None:
        """Remove the records with their links, tokens and history for good."""
        gone = {(form, id) for id in ids}
        self.records = {key: record for key, record in self.records.items() if key not in gone}
        self.words = {key: words for key, words in self.words.items() if key not in gone}
        self.links = [link for link in self.links if (link.form, link.source) not in gone]
        self.changes = [change for change in self.changes if (change.form, change.record) not in gone]
        self.uniques = {key: id for key, id in self.uniques.items() if (key[0], id) not in gone}

    def find(self, query: Query) -> Page:
        """A page of records in order."""
        return paged(ordered(self._answering(query), query, self.sort_key), query)

    def count(self, query: Query, bound: int) -> int:
        """How many there are, counted no further than `bound`."""
        return min(len(self._answering(query)), bound)

    def group(self, grouping: Grouping) -> list[Cell]:
        """Groups with their measures, in the order of their keys."""
        query = Query(grouping.form, grouping.columns, grouping.where)
        if not grouping.rows:
            return grouped(self._answering(query), grouping, self.sort_key)
        whole = replace(query, where=EVERYTHING)
        rows = unfolded(self._answering(whole), grouping.rows)
        asked = kinds(query.columns)
        return grouped([row for row in rows if matches(query.where, row[1], asked)], grouping, self.sort_key)

    def _answering(self, query: Query) -> list[Row]:
        rows: list[Row] = [(one, self._seen(one, query.columns)) for one in self._of(query.form, query.deleted)]
        asked = kinds(query.columns)
        found = [row for row in rows if matches(query.where, row[1], asked)]
        return [row for row in found if self._said(row[0], query)] if query.search.strip() else found

    def _seen(self, record: Record, columns: Mapping[str, Column]) -> dict[str, Json]:
        return seen(record, columns, self.get)

    def _said(self, record: Record, query: Query) -> bool:
        words = self.words.get((record.form, record.id), {})
        return self.hits(query.search, [words[field] for field in query.search_fields if field in words])

    def _of(self, form: str, deleted: bool = False) -> list[Record]:
        return [
            record for record in self.records.values() if record.form == form and bool(record.deleted_at) is deleted
        ]

    def held(self, form: str, field: str, values: Sequence[Json], kind: str) -> dict[str, str]:
        """Which of `values` a live record already holds in `field`."""
        holders = {comparable(record.values.get(field), kind): record.id for record in self._of(form)}
        asked = [value for value in values if value not in (None, "")]
        return {str(value): holders[key] for value in asked if (key := comparable(value, kind)) in holders}

    def claims(self, form: str, field: str, values: Sequence[str], kind: str) -> bool:
        """Never: here a field may have become unique after its values were kept."""
        return False

    def titled(self, form: str, titles: Sequence[str]) -> dict[str, list[str]]:
        """Live records by exact title: title → ids."""
        found: dict[str, list[str]] = {}
        for record in sorted(self._of(form), key=lambda record: record.id):
            for title in {title for title in titles if title and title[:TITLE_LENGTH] == record.title}:
                found.setdefault(title, []).append(record.id)
        return found

    def pointing(
        self, target_form: str, target: str, limit: int = 100, by: tuple[str, str] | None = None
    ) -> list[Link]:
        """References to a record, from live records; `by`: those of one form ("app.form") in one field alone."""
        found = [link for link in self.links if (link.target_form, link.target) == (target_form, target)]
        found = [
            link for link in found if by in (None, (link.form, link.field)) and self.many(link.form, [link.source])
        ]
        return sorted(found, key=lambda link: (link.form, link.source, link.field))[:limit]

    def naming(self, target_form: str, targets: Iterable[str], by: tuple[str, str], limit: int = MANY) -> list[str]:
        """The live records that name one of `targets` in `by`, one form and field."""
        wanted = set(targets)
        found = {
            link.source for link in self.links
            if link.target_form == target_form and link.target in wanted and by == (link.form, link.field)
        }  # fmt: skip
        return sorted(self.many(by[0], found))[:limit]

    def announce(self, what: str, values: Iterable[str], *, changes: bool = False, waits: bool = False) -> bool:
        """Nobody else is here."""
        return True

    @property
    def unsure(self) -> bool:
        """Never: nobody else is here."""
        return False

    def log(self, changes: Sequence[Change]) -> None:
        """Append to the history."""
        start = self.changes[-1].seq + 1 if self.changes else 1
        self.changes.extend(replace(change, seq=start + index) for index, change in enumerate(changes))

    def history(self, form: str, record: str, limit: int = 200, before: int | None = None) -> list[Change]:
        """A record's history, newest first."""
        own = [change for change in self.changes if (change.form, change.record) == (form, record)]
        return [change for change in reversed(own) if before is None or change.seq < before][:limit]

    def batch(self, batch: str, limit: int = 1000, after: int = 0) -> list[Change]:
        """The changes of one batch, in order, after `after`."""
        return [change for change in self.changes if change.batch == batch and change.seq > after][:limit]

    def draw(self, form: str, field: str, scope: str, count: int = 1, *, apart: bool = False) -> int:
        """Draw `count` numbers from a counter; answers the first."""
        drawn = self.counters.get((form, field, scope), 0)
        self.counters[form, field, scope] = drawn + count
        return drawn + 1


def _kept(record: Record) -> Record:
    """The record as a database would give it back: plain JSON of its own, moments to the second."""
    return replace(
        record,
        values=json.loads(json.dumps(record.values)),
        created_at=record.created_at.replace(microsecond=0),
        updated_at=record.updated_at.replace(microsecond=0),
        deleted_at=record.deleted_at and record.deleted_at.replace(microsecond=0),
        title=record.title[:TITLE_LENGTH],
    )
