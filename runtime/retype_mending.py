"""Values that did not convert, tried again 重试未能转换的值: as they were, once more is known, or in other words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from builder.problem import Problem, Refusal
from builder.retyping import Change as FieldChange
from builder.retyping import Retyped, changed, mended, retyped, said
from runtime import records
from runtime.gate import Gate
from runtime.ports import Record
from runtime.ports_retyping import RetypedValue, Retyping
from runtime.retyped import changes_of, lost_told
from runtime.retyped_names import Names
from runtime.retypings import PAGE, of_app, whole_records


@dataclass(frozen=True)
class Wish:
    """One value to be tried again; `words` stand for what it was, None for itself."""

    record: str
    field: str
    words: str | None = None


def again(gate: Gate, app: str, id: str, wishes: Sequence[Wish], after: str = "") -> dict[str, Any]:
    """Try the wishes, or with none a page of all that did not convert; raises `Missing`, `Forbidden`, `Conflict`.

    Each is written as an edit of the asker's, so what a form demands of its values holds for these too."""
    of_app(gate, app, id)
    found = gate.world.retypings.get(id, lock=True) or of_app(gate, app, id)
    if wishes:
        marks = gate.world.retypings.marks(id, [one.record for one in wishes])
        known = [(wish, marks[wish.record, wish.field]) for wish in wishes if (wish.record, wish.field) in marks]
        tried, next = [(wish, row) for wish, row in known if row.lost], ""
    else:
        rows = gate.world.retypings.lost(id, PAGE + 1, after)
        page = whole_records(rows[:PAGE]) if len(rows) > PAGE else rows
        tried = [(Wish(row.record, row.field), row) for row in page]
        next = page[-1].record if len(rows) > PAGE else ""
    told = list(_Again(gate, found).each(tried))
    return {"mended": sum(one["mended"] for one in told), "values": told, "next": next}


class _Again:
    """One change of types at work once more, on what its fields are by now."""

    def __init__(self, gate: Gate, found: Retyping) -> None:
        live = gate.form_of(found.form)
        self.gate, self.live, self.found = gate, live, found
        pairs = [one for one in changes_of(found) if one.after.id in live.fields]
        same = [one for one in pairs if not changed(one.after, live.fields[one.after.id])]
        self.changes = {one.after.id: FieldChange(one.before, live.fields[one.after.id]) for one in same}
        self.names = Names(gate.world.records, gate.world.directory, found.app, found.language)

    def each(self, tried: Sequence[tuple[Wish, RetypedValue]]) -> Iterator[dict[str, Any]]:
        """What became of each."""
        held = self.gate.world.records.many(self.found.form, list(dict.fromkeys(wish.record for wish, _ in tried)))
        self._learn([row for _, row in tried])
        for wish, row in tried:
            why = self._one(wish, row, held.get(wish.record))
            text = why.sentence(self.gate.language) if why is not None else ""
            yield {"record": wish.record, "field": wish.field, "mended": why is None, "why": text}

    def _learn(self, rows: Sequence[RetypedValue]) -> None:
        """Look up the records that the values say by their titles, together."""
        for name, change in self.changes.items():
            if change.after.points is not None:
                told = [said(row.before, change.before, self.names).strip() for row in rows if row.field == name]
                self.names.seek(change.after.points.form, told)

    def _one(self, wish: Wish, row: RetypedValue, record: Record | None) -> Problem | None:
        """Why the value stays aside; None when it is in its field now."""
        if wish.field not in self.changes:
            return Problem("retyping_overtaken")
        if record is None:
            return Problem("retype_record_gone")
        if record.values.get(wish.field) != row.after:
            return Problem("retype_edited")
        result = self._read(wish, row)
        if result.value == row.after or result.value is None:
            return Problem(result.lost[0].problem.code, (), result.lost[0].problem.params) if result.lost else None
        return self._written(row, result)

    def _read(self, wish: Wish, row: RetypedValue) -> Retyped:
        change = self.changes[wish.field]
        if wish.words is None or change.after.nested:
            return retyped(row.before, change, self.names)
        if change.after.points is not None:
            self.names.seek(change.after.points.form, [wish.words])
        return mended(wish.words, change, self.names)

    def _written(self, row: RetypedValue, result: Retyped) -> Problem | None:
        form, world = self.live.form.id, self.gate.world
        try:
            with world.records.attempt():
                records.edit(self.gate, self.found.app, form, row.record, {row.field: result.value},
                             {row.field: row.after})  # fmt: skip
        except Refusal as refused:
            return refused.problems[0]
        kept = world.records.get(self.found.form, row.record)
        value = kept.values.get(row.field) if kept is not None else None
        lost = [lost_told(one) for one in result.lost]
        world.retypings.mend(replace(row, after=value, state="refused" if lost else "converted", lost=lost))
        if not lost:
            self._counted(row.field)
        return None

    def _counted(self, field: str) -> None:
        """One less that did not convert."""
        counts = {name: dict(one) for name, one in self.found.progress["fields"].items()}
        if counts.get(field, {}).get("refused", 0) > 0:
            counts[field]["refused"] -= 1
            counts[field]["converted"] += 1
        self.found = replace(self.found, progress={**self.found.progress, "fields": counts})
        self.gate.world.retypings.change(self.found)
