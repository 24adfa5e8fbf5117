"""What a change of type would do to the records there are 改类型报告: told before anything is published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from builder.field import Json
from builder.filter import Condition, either
from builder.problem import Problem, missing
from builder.retyping import Change, Lost, paths, retyped
from runtime.designing import head_for_design, parts_of
from runtime.drafted import in_words
from runtime.gate import Gate
from runtime.ports import Column, Query, Record
from runtime.retype_impacts import changed, refusal
from runtime.retyped import beneath
from runtime.retyped_names import Names

PAGE = 500
AT_ONCE = 10_000
"""So many records are looked at in one request; the answer says where to go on."""
MOST_VALUES, MOST_RECORDS = 100, 5
MOST = 1_000_000


@dataclass
class Offence:
    """One value that does not convert: how often it is there, and where."""

    problem: Problem
    count: int = 0
    records: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Tally:
    """How many values of one field or column go which way."""

    change: Change
    counts: dict[str, int] = field(default_factory=lambda: {"converted": 0, "emptied": 0, "refused": 0, "computed": 0})
    values: dict[str, Offence] = field(default_factory=dict)
    more: int = 0
    taken: dict[str, str] = field(default_factory=dict)
    """What a value that only one record may hold became, and whose it is."""

    def add(self, lost: Lost, record: Record) -> None:
        """One more that does not convert."""
        if lost.words not in self.values and len(self.values) >= MOST_VALUES:
            self.more += 1
            return
        offence = self.values.setdefault(lost.words, Offence(lost.problem))
        offence.count += 1
        if len(offence.records) < MOST_RECORDS:
            offence.records.append({"id": record.id, "title": record.title})


def report(gate: Gate, app: str, form: str, after: str = "") -> dict[str, Any]:
    """How many values of the draft's changed fields convert, over some thousands of records from `after` on.

    Raises `Forbidden` for who is no administrator, `Missing`."""
    head = head_for_design(gate, app)
    name, key = f"forms/{form}", f"{app}.{form}"
    if name not in head.live or name not in head.draft:
        raise missing("no_such_form", form=form)
    blobs = gate.world.definitions.blobs([head.live[name], head.draft[name]])
    found = list(changed(blobs[head.live[name]], blobs[head.draft[name]]))
    words = Names(beneath(gate.world.records), gate.world.directory, app, gate.language)
    tallies = {path: Tally(Change(old, new)) for one in found for path, old, new in paths(one)}
    columns = {one.before.id: Column(str(one.before.kind)) for one in found}
    where = either(*(Condition(field=id, op="not_empty") for id in columns))
    query = Query(key, columns, where, limit=PAGE, after=after)
    total = gate.world.records.count(query, MOST) if found and not after else None
    seen, place = 0, after
    while found and seen < AT_ONCE:
        page = gate.world.records.find(replace(query, after=place))
        _count(page.records, found, tallies, words)
        seen, place = seen + len(page.records), page.next
        if not place:
            break
    locale = {part: hash for part, hash in head.draft.items() if part in (name, f"locales/{gate.language}")}
    labels = _labels(in_words(gate, parts_of(gate, locale))[name])
    told = [_spoken(gate, key, one, path, tally, labels) for one in found for path, tally in _of(one, tallies)]
    return {"form": form, "fields": told, "seen": seen, "total": total, "next": place if found else ""}


def _of(change: Change, tallies: Mapping[str, Tally]) -> Iterable[tuple[str, Tally]]:
    return ((path, tallies[path]) for path, _, _ in paths(change))


def _count(records: Sequence[Record], found: Sequence[Change], tallies: Mapping[str, Tally], words: Names) -> None:
    for change in found:
        _look_up(records, change, words)
        for record in records:
            for path, value, one in _values(record, change):
                _judge(record, tallies[path], value, one, words)


def _values(record: Record, change: Change) -> Iterator[tuple[str, Json, Change]]:
    """Every value that changes its type: the field's own, or the cells of its columns."""
    held = record.values.get(change.before.id)
    for path, old, new in paths(change):
        inner = [row.get(old.id) for row in held or () if isinstance(row, dict)] if "." in path else [held]
        yield from ((path, value, Change(old, new)) for value in inner)


def _look_up(records: Sequence[Record], change: Change, words: Names) -> None:
    """Titles of records, both ways, for a page at once."""
    if change.before.points is not None:
        ids = [id for one in records for id in change.before.points.targets(one.values.get(change.before.id))]
        words.learn(change.before.points.form, ids)
    if change.after.points is not None:
        texts = (one.values.get(change.before.id) for one in records)
        words.seek(change.after.points.form, [text.strip() for text in texts if isinstance(text, str)])


def _judge(record: Record, tally: Tally, value: Json, change: Change, words: Names) -> None:
    result = retyped(value, change, words)
    lost = result.lost
    if result.state == "converted" and change.after.unique:
        owner = tally.taken.setdefault(str(result.value), record.id)
        if owner != record.id:
            lost = (Lost("", str(value), Problem("retype_taken", (), {"value": str(result.value)[:80]})),)
    state = "refused" if lost else result.state
    if state in tally.counts:
        tally.counts[state] += 1
    for one in lost:
        tally.add(one, record)


def _labels(part: Json) -> dict[str, str]:
    """What the form's fields and columns are called in the asker's language, by path."""
    found: dict[str, str] = {}
    for one in part.get("fields", []):
        found[one["id"]] = one["label"]
        found |= {
            f"{one['id']}.{column['id']}": f"{one['label']} › {column['label']}" for column in one.get("fields", [])
        }
    return found


def _spoken(gate: Gate, key: str, whole: Change, path: str, tally: Tally, labels: Mapping[str, str]) -> dict[str, Any]:
    wrong = refusal(gate, key, whole)
    return {
        "path": path,
        "label": labels[path],
        "before": tally.change.before.type.name(),
        "after": tally.change.after.type.name(),
        "refusal": wrong.sentence(gate.language) if wrong else "",
        **tally.counts,
        "values": [
            {"words": words, "why": one.problem.sentence(gate.language), "count": one.count, "records": one.records}
            for words, one in sorted(tally.values.items(), key=lambda pair: -pair[1].count)
        ],
        "more": tally.more,
    }
