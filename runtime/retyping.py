"""Fields that change their type 改类型: begun by a publish, done by the worker, portion after portion, each once."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from builder.definition import Form
from builder.expression.values import Context
from builder.field import Json
from builder.problem import Conflict, Missing, Problem
from builder.retyping import Change as FieldChange
from builder.retyping import changes, paths
from runtime import claims, compute, ripple
from runtime import entry as entries
from runtime.gate import Gate
from runtime.keeping import title_of
from runtime.live import LiveForm
from runtime.named import file_ids
from runtime.personas import on_behalf_of
from runtime.ports import AppHead, Job, Query, Record
from runtime.ports_retyping import RetypedValue, Retyping
from runtime.retyped import Converter, beneath, logged
from runtime.retyped_names import Names
from runtime.writing import Entry

TOPIC = "retype"
PORTION = 200
MOST = 100_000_000
COUNTED = ("converted", "emptied", "refused", "computed")


def begin(gate: Gate, head: AppHead, manifest: Mapping[str, str]) -> None:
    """Have the values of every field that changes its type converted; what is read until then is converted at once."""
    for name, hash in manifest.items():
        old = head.live.get(name)
        if name.startswith("forms/") and old not in (None, hash):
            blobs = gate.world.definitions.blobs([str(old), hash])
            _begin(gate, head, f"{head.id}.{name.partition('/')[2]}", blobs[str(old)], blobs[hash])


def _begin(gate: Gate, head: AppHead, key: str, before: Json, after: Json) -> None:
    found = list(changes(Form.model_validate(before).fields, Form.model_validate(after).fields))
    total = _total(gate, key) if found else 0
    if not total:
        return
    running = gate.world.retypings.open().get(key)
    if running is not None:
        gate.world.retypings.change(replace(running, state="stopped"))
    progress = {
        "seen": 0,
        "total": total,
        "after": "",
        "bin": False,
        "fields": {},
        "over": running.id if running else "",
    }
    fields = [{"before": one.before.dump(), "after": one.after.dump()} for one in found]
    made = Retyping(gate.world.ids.new(), head.id, key, head.number + 1, gate.now, gate.actor.id, gate.language,
                    "running", fields, progress)  # fmt: skip
    gate.world.retypings.add(made)
    gate.world.outbox.send(Job(TOPIC, {"retyping": made.id}))


def _total(gate: Gate, key: str) -> int:
    """How many records there are, those in the bin too."""
    return sum(gate.world.records.count(Query(key, {}, deleted=deleted), MOST) for deleted in (False, True))


def reverses(running: Retyping, found: Sequence[FieldChange]) -> bool:
    """Whether a publish takes back exactly what is still being converted; nothing else may come in between."""
    was = {one["before"]["id"]: one["before"]["type"] for one in running.fields}
    return was == {one.after.id: one.after.type.name() for one in found}


def step(gate: Gate, id: str) -> bool:
    """Convert the next portion in this transaction; answers whether there is more."""
    retyping = gate.world.retypings.get(id, lock=True)
    if retyping is None or retyping.state != "running":
        return False
    try:
        live = gate.form_of(retyping.form)
    except Missing:
        gate.world.retypings.change(replace(retyping, state="stopped"))
        return False
    progress = Portion(gate, live, retyping).convert()
    over = bool(progress["over_now"])
    kept = {name: value for name, value in progress.items() if name != "over_now"}
    gate.world.retypings.change(replace(retyping, progress=kept, state="done" if over else "running"))
    if over:
        ripple.anew(gate, live.app.id, _readers(live))
    gate.world.outbox.signal("retyping", None, {"app": retyping.app, "form": live.form.id})
    return not over


def _readers(live: LiveForm) -> list[str]:
    """The forms whose records compute something from this one's."""
    known = live.app.dependants
    gathered = (one.form for one in known.gathered.get(live.form.id, ()))
    through = (one.form for one in known.through.get(live.form.id, ()))
    return sorted({*gathered, *through})


@dataclass
class Portion:
    """Some records of the form, in the order of their ids: first those that are there, then those in the bin."""

    gate: Gate
    live: LiveForm
    retyping: Retyping
    converter: Converter = field(init=False)
    contexts: dict[str, Context] = field(default_factory=dict)

    def __post_init__(self) -> None:
        world = self.gate.world
        self.records = beneath(world.records)
        names = Names(self.records, world.directory, self.retyping.app, self.retyping.language)
        self.converter = Converter(self.retyping, world.retypings, names)

    def convert(self) -> dict[str, Any]:
        """Convert them; answers how far it is."""
        was = self.retyping.progress
        query = Query(
            self.live.key, self.live.columns, limit=PORTION, after=str(was["after"]), deleted=bool(was["bin"])
        )
        page = self.records.find(query)
        marks = self.gate.world.retypings.marks(self.retyping.id, [one.id for one in page.records])
        pending = self.converter.pending(page.records, marks)
        kept = [row for one in page.records if one.id in pending for row in self._kept(one, pending[one.id])]
        self.gate.world.retypings.put(kept)
        changed = [one.id for one in page.records if one.id in pending]
        if changed:
            told = {"app": self.live.app.id, "form": self.live.form.id, "ids": changed[:50]}
            self.gate.world.outbox.signal("records", None, told)
        return {
            **was,
            "seen": int(was["seen"]) + len(page.records),
            "after": page.next,
            "bin": bool(was["bin"]) or not page.next,
            "fields": _counted(was["fields"], [*kept, *marks.values()], self.converter.fields),
            "over_now": bool(was["bin"]) and not page.next,
        }

    def _kept(self, record: Record, rows: Mapping[str, RetypedValue]) -> Iterable[RetypedValue]:
        """Write one record; once more, when somebody else wrote it in between."""
        written = self._written(record, rows)
        if written is None:
            again = self.records.get(record.form, record.id, lock=True)
            held = [again] if again is not None else []
            marks = self.gate.world.retypings.marks(self.retyping.id, [record.id])
            found = self.converter.pending(held, marks).get(record.id, {})
            written = self._written(held[0], found) if found else list(marks.values())
        return written or []

    def _written(self, record: Record, rows: Mapping[str, RetypedValue]) -> list[RetypedValue] | None:
        """Keep it in the new type; a value that another record holds already is kept aside instead."""
        claiming, careful = True, self._claims(rows)
        while True:
            try:
                with self.gate.world.records.attempt() if careful else nullcontext():
                    if not self._replace(record, rows, claiming and careful):
                        return None
                    return list(rows.values())
            except Conflict as taken:
                before, rows = rows, self._without(rows, record, taken)
                claiming = rows is not before

    def _points(self) -> bool:
        """Whether a field names records of other forms, or did."""
        both = [field for one in self.converter.fields for field in (one.before, one.after)]
        return any(each.points is not None for one in both for each in (one, *one.nested))

    def _claims(self, rows: Iterable[str]) -> bool:
        """Whether one of the fields says what a record alone may hold."""
        return claims.concerned(self.live, frozenset(rows)) or bool(set(self.live.claiming) & set(rows))

    def _without(self, rows: Mapping[str, RetypedValue], record: Record, taken: Conflict) -> Mapping[str, RetypedValue]:
        """The rows without the value that is another record's already; as they are when it is of another field."""
        name = str(taken.problems[0].path[0]) if taken.problems[0].path else ""
        joint = next((one.fields for one in self.live.form.uniques if claims.name_of(one) == name), (name,))
        hit = [id for id in joint if id in rows and rows[id].after is not None]
        if not hit:
            return rows
        problem = Problem("retype_taken", (), {"value": str(rows[hit[0]].after)[:80]})
        return {id: self.converter.refused(row, record, problem) if id == hit[0] else row for id, row in rows.items()}

    def _at(self, author: str) -> Context:
        """What formulas may know: as if who wrote the record last had saved it again."""
        if author not in self.contexts:
            self.contexts[author] = compute.context(on_behalf_of(self.gate, author), self.live)
        return self.contexts[author]

    def _replace(self, record: Record, rows: Mapping[str, RetypedValue], claiming: bool) -> bool:
        live = self.live
        held = {name: value for name, value in record.values.items() if name not in rows}
        fresh = {name: row.after for name, row in rows.items() if row.after is not None and row.state != "computed"}
        entry = Entry(record.id, {}, record, deepcopy({**held, **fresh}))
        compute.formulas(live, entry.values, self._at(record.updated_by), None)
        values = {name: value for name, value in entry.values.items() if value is not None}
        after = replace(
            record, values=values, revision=record.revision + 1, version=live.hash, title=title_of(live, values)
        )
        tokens = entries.tokens_of(live, entry)
        links = entries.links_of(live, entry) if self._points() else None
        told = logged(record, rows, self.retyping, self.gate.now)
        uniques = claims.uniques_of(self.gate, live, values) if claiming else None
        if not self.records.replace(after, links, tokens, uniques, told):
            return False
        for found in live.holding:
            if ids := file_ids(found, values.get(found.id)):
                self.gate.world.files.hold(list(ids), live.key, record.id)
        return True


def _counted(
    was: Mapping[str, Any], rows: Sequence[RetypedValue], fields: Sequence[FieldChange]
) -> dict[str, dict[str, int]]:
    """How many values of each field went which way."""
    names = {one.after.id: [path for path, _, _ in paths(one)] for one in fields}
    found = {name: {**dict.fromkeys(COUNTED, 0), **dict(was.get(name, {}))} for name in names}
    for row in rows:
        if row.field in found and row.state in COUNTED:
            found[row.field][row.state] += 1
    return found
