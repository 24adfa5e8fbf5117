"""Who changed what 数据日志, as far as the asker may read the fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.field import Json
from builder.problem import catalogue, sentence
from runtime import naming
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.once import Once
from runtime.ports import Change, stamp

Side = dict[str, Json]


def of(gate: Gate, app: str, form: str, id: str) -> list[dict[str, Any]]:
    """A record's changes, newest first; changes of unreadable fields only are left out."""
    live = gate.form(app, form)
    told, once = list(_told(gate, live, id)), Once(gate, live)
    titles = naming.titles(gate, live, (side for _, before, after in told for side in (before, after)))
    return [
        {
            "seq": change.seq, "at": stamp(change.at), "actor": change.actor, "operation": change.operation,
            "before": before, "after": after, "note": _worded(change.note, gate.language),
            "titles": {id: titles[id] for id in _pointed(live, before, after) if id in titles},
            "words": {side: {field: text for field, text in texts.items() if field in before}
                      for side, texts in once.words(change).items()},
        }
        for change, before, after in told
    ]  # fmt: skip


def _told(gate: Gate, live: LiveForm, id: str) -> Iterator[tuple[Change, Side, Side]]:
    """The changes with what the asker may read of either side."""
    _, grant = gate.record(live, id)
    for change in gate.world.records.history(live.key, id):
        touched = [field for field in {**change.before, **change.after} if field in live.fields]
        seen = [field for field in touched if grant.covers((field,))]
        if seen or not touched:
            before, after = (gate.masked(live, side, grant) for side in (change.before, change.after))
            yield change, {field: before.get(field) for field in seen}, {field: after.get(field) for field in seen}


def _pointed(live: LiveForm, *sides: Mapping[str, Json]) -> Iterator[str]:
    for side in sides:
        for entry in live.pointing:
            if side.get(entry.id) is not None:
                yield from (target for _, _, target in naming.pointers(entry, side[entry.id]))


def _worded(note: str, language: str) -> str:
    """What the machine noted, as a sentence; what people wrote stays as it is."""
    code = f"note_{note}"
    return sentence(code, language, {}) if code in catalogue() else note
