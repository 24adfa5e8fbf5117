"""Values that no other record may hold 唯一: of one field, or of several together; who claims them, who has them."""

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2s
from typing import Any

from builder.definition import Unique
from builder.field import Field, Json
from builder.filter import Condition, both, either, matches, names
from builder.problem import Problem, conflict
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Query, Record
from runtime.writing import Entry, Writing

KEY_LENGTH = 200
PAGE = 200
SOME = 40
"""So many rows of an import are asked for together."""


def name_of(unique: Unique) -> str:
    """What its claims are kept under; no field can be called so."""
    return f"+{unique.id}"


def uniques_of(gate: Gate, live: LiveForm, values: Mapping[str, Json]) -> dict[str, str]:
    """The values that no other record of the form may hold, by the field or the fields together."""
    own = {id: str(values[id]) for id in live.claiming if values.get(id) is not None}
    joint = ((name_of(unique), joined(gate, live, unique, values)) for unique in live.form.uniques)
    return own | {name: key for name, key in joint if key}


def joined(gate: Gate, live: LiveForm, unique: Unique, values: Mapping[str, Json]) -> str:
    """What the record claims in several fields at once; nothing when one is blank or it is out of scope."""
    parts = [values.get(id) for id in unique.fields]
    if any(part in (None, "", []) for part in parts):
        return ""
    if not matches(gate.resolved(unique.filter), values, live.kinds):
        return ""
    key = json.dumps([str(part) for part in parts], ensure_ascii=False)
    short = f"{key[: KEY_LENGTH - 33]} {blake2s(key.encode(), digest_size=16).hexdigest()}"
    return key if len(key) <= KEY_LENGTH else short


def concerned(live: LiveForm, changed: frozenset[str]) -> bool:
    """Whether one of the changed fields says what a record claims."""
    joint = {id for unique in live.form.uniques for id in (*unique.fields, *names(unique.filter))}
    return any(id in joint or (id in live.fields and live.fields[id].unique) for id in changed)


def refuse_taken(writing: Writing, entries: Sequence[Entry]) -> None:
    """Tell the entries whose values another record holds, or an entry above."""
    for found in writing.live.form.fields:
        if found.unique:
            _single(writing, entries, found)
    for unique in writing.live.form.uniques:
        _joint(writing, entries, unique)


def _single(writing: Writing, entries: Sequence[Entry], found: Field) -> None:
    held = _held(writing, entries, found)
    for entry in entries:
        value = entry.values.get(found.id)
        if value is None:
            continue
        owner = held.get(str(value)) or writing.seen.setdefault((found.id, str(value)), entry.id)
        if owner != entry.id and _claims(entry, found.id):
            params = {"label": found.label, "value": str(value)[:80]}
            entry.problems.append(Problem("value_taken", ("values", found.id), params))


def _held(writing: Writing, entries: Sequence[Entry], found: Field) -> Mapping[str, str]:
    """Who holds the values; not asked when there is nothing else to complain of and keeping them will tell."""
    mine = sorted({str(entry.values[found.id]) for entry in entries if _claims(entry, found.id)})
    records, key, kind = writing.gate.world.records, writing.live.key, str(found.kind)
    soon = writing.claiming and not entries[0].problems and records.claims(key, found.id, mine, kind)
    return {} if soon or not mine else records.held(key, found.id, mine, kind)


def _claims(entry: Entry, id: str) -> bool:
    """Whether the entry brings a value that its record did not hold before."""
    value = entry.values.get(id)
    return value is not None and (entry.before is None or entry.before.values.get(id) != value)


def _joint(writing: Writing, entries: Sequence[Entry], unique: Unique) -> None:
    gate, live, name = writing.gate, writing.live, name_of(unique)
    mine: list[tuple[Entry, str]] = []
    for entry in entries:
        key = joined(gate, live, unique, entry.values)
        if key and (entry.before is None or joined(gate, live, unique, entry.before.values) != key):
            mine.append((entry, key))
    held: dict[str, str] = {}
    for start in range(0, len(mine), SOME):
        held |= _holders(gate, live, unique, [entry.values for entry, _ in mine[start : start + SOME]])
    for entry, key in mine:
        if (held.get(key) or writing.seen.setdefault((name, key), entry.id)) != entry.id:
            entry.problems.append(_told(live, unique, entry.values))


def _holders(gate: Gate, live: LiveForm, unique: Unique, many: Sequence[Mapping[str, Json]]) -> dict[str, str]:
    """Key → record, of those that hold the same as one of `many`, whether they ever claimed it or not."""
    same = either(*(both(*(Condition(field=id, op="eq", value=one[id]) for id in unique.fields)) for one in many))
    where = both(same, gate.resolved(unique.filter))
    columns = {id: live.columns[id] for id in (*unique.fields, *names(unique.filter))}
    query = Query(live.key, columns, where, limit=PAGE)
    found = gate.world.records.find(query).records
    return {joined(gate, live, unique, record.values): record.id for record in reversed(found)}


def _told(live: LiveForm, unique: Unique, values: Mapping[str, Json]) -> Problem:
    labels = "、".join(live.fields[id].label for id in unique.fields if id in live.fields)
    if unique.message:
        return Problem("check_failed", ("values", unique.fields[0]), {"message": unique.message, "check": unique.id})
    return Problem("values_taken", ("values", unique.fields[0]), {"labels": labels})


def taken(live: LiveForm, lost: Sequence[Problem]) -> list[Problem]:
    """Values that turned out to be another record's, told as if they had been looked up before."""
    joint = {name_of(unique): unique for unique in live.form.uniques}
    found: list[Problem] = []
    for problem in lost:
        name = str(problem.path[0]) if problem.path else ""
        if problem.code == "value_taken" and name in joint:
            found.append(_told(live, joint[name], {}))
        elif problem.code == "value_taken" and name in live.fields:
            params: dict[str, Any] = {**problem.params, "label": live.fields[name].label}
            found.append(Problem("value_taken", ("values", name), params))
    return found


def refuse_return(gate: Gate, live: LiveForm, record: Record) -> None:
    """Raises `Conflict` when a value of a record that leaves the bin was taken meanwhile."""
    for id, entry in live.fields.items():
        if entry.unique and record.values.get(id) is not None:
            value = str(record.values[id])
            if gate.world.records.held(live.key, id, [value], str(entry.kind)):
                raise conflict("value_taken", "values", id, label=entry.label, value=value)
    for unique in live.form.uniques:
        if joined(gate, live, unique, record.values) and _holders(gate, live, unique, [record.values]):
            told = _told(live, unique, record.values)
            raise conflict(told.code, *told.path, **told.params)
