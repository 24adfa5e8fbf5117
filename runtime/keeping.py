"""Changed records kept 写回: columns, links, words, unique values and history; then what depends on them follows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from builder.problem import conflict
from runtime import claims, ripple
from runtime import entry as entries
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.named import file_ids
from runtime.ports import Change, Record, Rewrite
from runtime.recomputing import RECOMPUTED
from runtime.writing import Entry, Revised

Values = Mapping[str, Any]


def keep_change(
    gate: Gate, live: LiveForm, written: Entry, record: Record, note: str = "", batch: str = "", computed: bool = True
) -> Record:
    """Replace a record by its settled entry and log the difference; nothing happens when nothing changed.

    What was not `computed` by the form as it is now is computed whole at the next write."""
    return keep_changes(live, [Revised(gate, written, record)], note, batch, computed)[0]


def keep_changes(
    live: LiveForm, revised: Sequence[Revised], note: str = "", batch: str = "", computed: bool = True
) -> list[Record]:
    """The same for several records, which are written together; answers them as they then are."""
    made = {place: _rewrite(live, one, note, batch, computed) for place, one in enumerate(revised)}
    rewrites = {place: one for place, one in made.items() if one is not None}
    if not rewrites:
        return [one.record for one in revised]
    gate = revised[0].gate
    tell(gate, live, [one.record.id for one in rewrites.values()])
    if not gate.world.records.replace_all(list(rewrites.values())):
        raise conflict("record_changed")
    for place, one in rewrites.items():
        hold_files(gate, live, [revised[place].entry], set(one.changes[0].after))
    pairs = [(revised[place].record, one.record) for place, one in rewrites.items()]
    ripple.spread(gate, live, pairs, keep_changes)
    if gate.world.records.unsure and note != RECOMPUTED:
        ripple.once_more(gate, live, [one.record.id for one in rewrites.values()])
    return [rewrites[place].record if place in rewrites else one.record for place, one in enumerate(revised)]


def _rewrite(live: LiveForm, one: Revised, note: str, batch: str, computed: bool) -> Rewrite | None:
    """What a settled entry changes in the store; None when it changes nothing."""
    gate, written, record = one.gate, one.entry, one.record
    changed = entries.changed_fields(written)
    if not changed:
        return None
    values = {id: value for id, value in written.values.items() if value is not None}
    title = title_of(live, values)
    after = replace(
        record, values=values, revision=record.revision + 1, updated_at=gate.now, updated_by=gate.actor.id,
        version=live.hash if computed else "", title=title,
    )  # fmt: skip
    pointing = [found for found in changed if found in live.fields and _points(live, found)]
    links = entries.links_of(live, written) if pointing else None
    worded = entries.tokens_of(live, written)
    tokens = worded if any(id in changed for id in live.fields if id in worded or id in record.values) else None
    uniques = claims.uniques_of(gate, live, values) if claims.concerned(live, changed) else None
    was = {id: record.values.get(id) for id in sorted(changed)}
    now = {id: values.get(id) for id in sorted(changed)}
    logged = Change(record.id, record.form, gate.now, gate.actor.id, "update", was, now, batch, note)
    return Rewrite(after, links, tokens, uniques, [logged])


def _points(live: LiveForm, id: str) -> bool:
    found = live.fields[id]
    return found.points is not None or any(column.points is not None for column in found.nested)


def title_of(live: LiveForm, values: Values) -> str:
    """The words that name a record."""
    return str(values.get(live.form.title_field) or "")[:200]


def hold_files(gate: Gate, live: LiveForm, written: Sequence[Entry], changed: Collection[str] | None = None) -> None:
    """Say that the records now hold the files they name, in the fields that `changed`."""
    for entry in written:
        for found in (one for one in live.holding if changed is None or one.id in changed):
            if ids := file_ids(found, entry.values.get(found.id)):
                gate.world.files.hold(list(ids), live.key, entry.id)


def tell(gate: Gate, live: LiveForm, ids: Sequence[str]) -> None:
    """Wake the screens that show records of the form."""
    payload = {"app": live.app.id, "form": live.form.id, "ids": list(ids[:50])}
    gate.world.outbox.signal("records", None, payload)
