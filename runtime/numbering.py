"""Serial numbers that a file brings 保留编号: kept when their column is mapped, never twice, and never given again."""

from collections.abc import Iterable
from typing import Any

from builder.field import Field, Numbering
from builder.problem import Problem
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.writing import Writing

MOST = 10**15
"""A count beyond this is a text that only looks like a number."""


def kept(writing: Writing, rows: Iterable[Any]) -> dict[str, dict[str, str]]:
    """Take the numbers out of what the rows bring: by record the numbers that it shall have.

    A record that is there already keeps the number it has. What is taken, or not the writer's to choose, stands in
    the row's problems."""
    found: dict[str, dict[str, str]] = {}
    for field in writing.live.serials:
        fresh = _taken_out(writing, field, rows)
        if not writing.dry and isinstance(field.type, Numbering):
            _move_past(writing.gate, writing.live, field, [text for _, text in fresh])
        held = writing.gate.world.records.held(
            writing.live.key, field.id, sorted({text for _, text in fresh}), str(field.kind)
        ) if fresh else {}  # fmt: skip
        for entry, text in fresh:
            owner = held.get(text) or writing.seen.setdefault((field.id, text), entry.id)
            if owner != entry.id:
                params = {"label": field.label, "value": text[:80]}
                entry.problems.append(Problem("value_taken", ("values", field.id), params))
            else:
                found.setdefault(entry.id, {})[field.id] = text
    return found


def _taken_out(writing: Writing, field: Field, rows: Iterable[Any]) -> list[tuple[Any, str]]:
    fresh = []
    for row in rows:
        entry = row.entry
        raw = entry.sent.get(field.id)
        if field.id in entry.sent:
            entry.sent = {id: value for id, value in entry.sent.items() if id != field.id}
        text = field.coerce(raw) if raw is not None and entry.before is None else None
        if text is not None and not writing.grant.may_write(field.id):
            entry.problems.append(Problem("field_not_writable", ("values", field.id), {"label": field.label}))
        elif text is not None:
            fresh.append((entry, str(text)))
    return fresh


def _move_past(gate: Gate, live: LiveForm, field: Field, texts: Iterable[str]) -> None:
    """Raise each period's counter to the highest number that was brought; who draws meanwhile has to wait.

    So who asks afterwards which numbers are held sees those of everybody who drew before."""
    numbers = field.numbers
    today, highest = gate.today.isoformat(), dict[str, int]()
    for text in texts:
        counted = numbers.counted(text, today) if numbers is not None else None
        if counted is not None and 0 < counted[1] < MOST:
            highest[counted[0]] = max(highest.get(counted[0], 0), counted[1])
    for scope, count in sorted(highest.items()):
        apart = numbers is not None and numbers.apart()
        drawn = gate.world.records.draw(live.key, field.id, scope, 0, apart=apart) - 1
        if count > drawn:
            gate.world.records.draw(live.key, field.id, scope, count - drawn, apart=apart)
