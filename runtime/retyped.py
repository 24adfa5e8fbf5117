"""Records while a field of theirs changes its type 改类型期间的数据: whoever reads sees the new type, always.

A record that is not converted yet is converted as it is read, and stays so when it is written. What it held is kept
with the very write that converts it, so it happens once for each record, whoever comes first: the worker or a writer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

from builder.field import Field, Json
from builder.problem import Problem
from builder.retyping import Change as FieldChange
from builder.retyping import Lost, Retyped, Step, retyped, said, unwound
from runtime.ports import Change, Directory, Link, Lock, Page, Query, Record, Records, Rewrite
from runtime.ports_retyping import RetypedValue, Retyping, Retypings
from runtime.retyped_names import Names

NOTE = "retyped"
Rows = dict[str, dict[str, RetypedValue]]
"""Record → field → what it goes through."""


@dataclass
class Converter:
    """One retyping at work on records in hand."""

    retyping: Retyping
    retypings: Retypings
    names: Names
    fields: Sequence[FieldChange] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = changes_of(self.retyping)

    @cached_property
    def _known(self) -> dict[str, dict[str, Field]]:
        """The fields of the form before each earlier retyping, by its id."""
        own = self.retyping
        earlier = [one for one in self.retypings.of(own.app) if one.form == own.form and one.id < own.id]
        return {one.id: {change.after.id: change.before for change in changes_of(one)} for one in earlier}

    def pending(self, records: Sequence[Record], marks: Mapping[tuple[str, str], RetypedValue]) -> Rows:
        """What becomes of the values that are of the old type still; of blanks, those that once were none."""
        open_ones = {one.id: [each for each in self.fields if (one.id, each.after.id) not in marks] for one in records}
        records = [one for one in records if open_ones[one.id]]
        past, untouched = self._past(records), self._untouched(records)
        self._prepare(records)
        found = {
            one.id: {row.field: row for change in open_ones[one.id] if (row := self._row(one, change, past, untouched))}
            for one in records
        }
        return {id: rows for id, rows in found.items() if rows}

    def _row(
        self,
        record: Record,
        change: FieldChange,
        past: Mapping[tuple[str, str], list[Step]],
        untouched: set[tuple[str, str]],
    ) -> RetypedValue | None:
        name, value = change.after.id, record.values.get(change.after.id)
        if (record.id, name) in untouched:
            return None if value is None else self.row(record, name, value, Retyped(value, "converted"))
        found, held = unwound(value, change.after, past.get((record.id, name), ()))
        if found:
            return self.row(record, name, value, Retyped(held, "converted"))
        return None if value is None else self.row(record, name, value, retyped(value, change, self.names))

    def row(self, record: Record, name: str, value: Json, result: Retyped) -> RetypedValue:
        """What is kept of one value."""
        lost = [lost_told(one) for one in result.lost]
        return RetypedValue(
            self.retyping.id, record.form, record.id, name, value, result.value, result.state, record.revision + 1, lost
        )

    def refused(self, row: RetypedValue, record: Record, problem: Problem) -> RetypedValue:
        """The value kept aside after all, because of what the record engine says."""
        change = next(one for one in self.fields if one.after.id == row.field)
        told = Lost(row.field, said(row.before, change.before, self.names), problem)
        return self.row(record, row.field, row.before, Retyped(None, "refused", (told,)))

    def _prepare(self, records: Sequence[Record]) -> None:
        """Look up titles, both ways, for all of them together."""
        for change in self.fields:
            values = [one.values.get(change.after.id) for one in records]
            old, new = change.before.points, change.after.points
            if old is not None:
                ids = [id for value in values if value is not None for id in _targets(old, value)]
                self.names.learn(old.form, ids)
            if new is not None:
                told = [said(value, change.before, self.names).strip() for value in values if value is not None]
                self.names.seek(new.form, told)

    def _past(self, records: Sequence[Record]) -> dict[tuple[str, str], list[Step]]:
        """What each value went through before, the latest first."""
        found: dict[tuple[str, str], list[Step]] = {}
        known = self._known
        if not known or not records:
            return {}
        for one in self.retypings.trail(self.retyping.form, [record.id for record in records]):
            before = known.get(one.retyping, {}).get(one.field)
            if before is not None and one.state != "fresh":
                step = Step(before, one.before, one.after, one.state == "computed")
                found.setdefault((one.record, one.field), []).append(step)
        return found

    def _untouched(self, records: Sequence[Record]) -> set[tuple[str, str]]:
        """The values that a retyping, stopped half way by this one, never came to: they are as they are to be."""
        over = str(self.retyping.progress.get("over", ""))
        if not over or not records:
            return set()
        reached = self.retypings.marks(over, [one.id for one in records])
        names = [change.after.id for change in self.fields]
        return {(one.id, name) for one in records for name in names} - set(reached)


def _targets(points: Any, value: Json) -> tuple[str, ...]:
    try:
        return tuple(points.targets(value))
    except (TypeError, ValueError):
        return ()


def changes_of(retyping: Retyping) -> list[FieldChange]:
    """Its fields before and after."""
    return [
        FieldChange(Field.model_validate(one["before"]), Field.model_validate(one["after"])) for one in retyping.fields
    ]


def lost_told(lost: Lost) -> dict[str, Json]:
    """What did not convert, as it is kept."""
    params = {key: value for key, value in lost.problem.params.items() if isinstance(value, str | int | bool)}
    return {"path": lost.path, "words": lost.words, "code": lost.problem.code, "params": params}


def logged(record: Record, rows: Mapping[str, RetypedValue], retyping: Retyping, at: Any) -> list[Change]:
    """The line of the record's history."""
    told = {id: row for id, row in rows.items() if row.state != "fresh" and row.before != row.after}
    before, after = ({id: row.before for id, row in told.items()}, {id: row.after for id, row in told.items()})
    return [Change(record.id, record.form, at, retyping.by, "update", before, after, retyping.id, NOTE)] if told else []


class RetypedRecords:
    """The port `Records`, which shows records of forms whose fields change their type in the new type."""

    def __init__(self, inner: Records, retypings: Retypings, directory: Directory) -> None:
        self.inner, self.retypings, self.directory = inner, retypings, directory
        self._converters: dict[str, Converter | None] = {}
        self._pending: dict[tuple[str, str], dict[str, RetypedValue]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def converter(self, form: str) -> Converter | None:
        """What converts the form's records; None for a form whose fields stay as they are."""
        if form not in self._converters:
            retyping = self.retypings.open().get(form)
            names = Names(self.inner, self.directory, form.partition(".")[0], retyping.language) if retyping else None
            made = Converter(retyping, self.retypings, names) if retyping and names else None
            self._converters[form] = made
        return self._converters[form]

    def get(self, form: str, id: str, *, lock: Lock = False) -> Record | None:
        """The record, also a deleted one."""
        found = self.inner.get(form, id, lock=lock)
        return found if found is None else self._shown(form, [found])[0]

    def many(self, form: str, ids: Iterable[str], *, keep: Lock = False) -> dict[str, Record]:
        """Those of the records that there are, deleted ones left out."""
        found = self.inner.many(form, ids, keep=keep)
        return {one.id: one for one in self._shown(form, list(found.values()))}

    def find(self, query: Query) -> Page:
        """A page of records in order."""
        page = self.inner.find(query)
        return replace(page, records=tuple(self._shown(query.form, page.records)))

    def _shown(self, form: str, records: Sequence[Record]) -> list[Record]:
        converter = self.converter(form)
        if converter is None or not records:
            return list(records)
        marks = self.retypings.marks(converter.retyping.id, [one.id for one in records])
        rows = converter.pending(records, marks)
        self._pending.update({(form, id): found for id, found in rows.items()})
        return [_with(one, rows.get(one.id, {}), marks, converter) for one in records]

    def insert(
        self,
        records: Sequence[Record],
        links: Sequence[Link],
        tokens: Mapping[str, Mapping[str, str]],
        uniques: Mapping[str, Mapping[str, str]] | None = None,
        changes: Sequence[Change] = (),
    ) -> None:
        """Keep new records, which are of the new type from the first."""
        self.inner.insert(records, links, tokens, uniques, changes)
        self.retypings.put([row for one in records for row in self._fresh(one)])

    def replace(
        self,
        record: Record,
        links: Sequence[Link] | None,
        tokens: Mapping[str, str] | None,
        uniques: Mapping[str, str] | None = None,
        changes: Sequence[Change] = (),
    ) -> bool:
        """Keep the record, and with it what it held before it was converted."""
        converter = self.converter(record.form)
        if converter is None:
            return self.inner.replace(record, links, tokens, uniques, changes)
        if (record.form, record.id) not in self._pending:
            held = self.inner.get(record.form, record.id)
            self._shown(record.form, [held] if held is not None else [])
        rows = self._pending.pop((record.form, record.id), {})
        rows = {id: replace(row, revision=record.revision) for id, row in rows.items()}
        told = [*logged(record, rows, converter.retyping, record.updated_at), *changes]
        if not self.inner.replace(record, links, tokens, uniques, told):
            return False
        self.retypings.put([*rows.values(), *(row for row in self._fresh(record) if row.field not in rows)])
        return True

    def replace_all(self, rewrites: Sequence[Rewrite]) -> bool:
        """Keep all of them; False when one was changed by somebody else."""
        if not any(self.converter(one.record.form) for one in rewrites):
            return self.inner.replace_all(rewrites)
        return all(self.replace(one.record, one.links, one.tokens, one.uniques, one.changes) for one in rewrites)

    def _fresh(self, record: Record) -> list[RetypedValue]:
        """Marks for the values that were written in the new type."""
        converter = self.converter(record.form)
        held = (
            [one.after.id for one in converter.fields if record.values.get(one.after.id) is not None]
            if converter
            else []
        )
        id = converter.retyping.id if converter else ""
        return [RetypedValue(id, record.form, record.id, name, None, None, "fresh", record.revision) for name in held]


def _with(
    record: Record,
    rows: Mapping[str, RetypedValue],
    marks: Mapping[tuple[str, str], RetypedValue],
    converter: Converter,
) -> Record:
    """The record in the new type, also one that was read just before it was converted."""
    shown = {id: row.after for id, row in rows.items()}
    for change in converter.fields:
        mark = marks.get((record.id, change.after.id))
        if mark is not None and mark.revision > record.revision:
            shown[change.after.id] = mark.after
    if not shown:
        return record
    values = {id: value for id, value in {**record.values, **shown}.items() if value is not None}
    return replace(record, values=values)


def over(records: Records, retypings: Retypings, directory: Directory) -> Records:
    """The records as everybody is to see them; as they are while no field changes its type."""
    return cast(Records, RetypedRecords(records, retypings, directory)) if retypings.open() else records


def beneath(records: Records) -> Records:
    """The records as they are stored."""
    return records.inner if isinstance(records, RetypedRecords) else records
