"""Who changed what 数据日志, as far as the asker may read the fields."""

from typing import Any

from builder.problem import catalogue, sentence
from runtime.gate import Gate
from runtime.once import Once
from runtime.ports import stamp


def of(gate: Gate, app: str, form: str, id: str) -> list[dict[str, Any]]:
    """A record's changes, newest first; changes of unreadable fields only are left out."""
    live = gate.form(app, form)
    _, grant = gate.record(live, id)
    found, once = [], Once(gate, live)
    for change in gate.world.records.history(live.key, id):
        touched = [field for field in {**change.before, **change.after} if field in live.fields]
        seen = {field for field in touched if grant.covers((field,))}
        if touched and not seen:
            continue
        before, after = (gate.masked(live, side, grant) for side in (change.before, change.after))
        found.append({
            "seq": change.seq, "at": stamp(change.at), "actor": change.actor, "operation": change.operation,
            "before": {field: before.get(field) for field in seen},
            "after": {field: after.get(field) for field in seen},
            "note": _worded(change.note, gate.language),
            "words": {side: {field: text for field, text in texts.items() if field in seen}
                      for side, texts in once.words(change).items()},
        })  # fmt: skip
    return found


def _worded(note: str, language: str) -> str:
    """What the machine noted, as a sentence; what people wrote stays as it is."""
    code = f"note_{note}"
    return sentence(code, language, {}) if code in catalogue() else note
