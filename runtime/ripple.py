"""What a change of one record changes in others 联动重算: gathered numbers, formulas through references, and lookups.

Few are computed again in the writer's own transaction; many are left to the worker, which says how far it is. A number
is gathered by the machine over all records; a formula is computed as if who last wrote its record had saved it again.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import islice

from builder.definition import Measure
from builder.expression.values import Context
from builder.filter import All, Condition, both, names
from runtime import asking, compute
from runtime.dependants import Through
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.personas import on_behalf_of
from runtime.ports import By, Cell, Grouping, Job, Json, Query, Record, Sum
from runtime.writing import Entry

PORTION = 250
MANY = 1_000_000
AT_ONCE = (50, 10, 2)
"""How many records a writer computes again himself: for his own change, for what that changes, and so on; then one."""
DEEPEST = 12
"""A change that goes on through more forms than this is left for the next save; circles are refused at publishing."""
RECOMPUTED = "recomputed"
ALL = "*"
"""In place of fields: everything the record computes."""
Pair = tuple[Record | None, Record | None]
"""A record before and after; None for none."""
Keep = Callable[[Gate, LiveForm, Entry, Record, str], Record]
"""How a settled entry replaces its record: the record engine's `keep_change`."""
Targets = dict[str, dict[str, set[str]]]
"""Form → record → the fields whose changes concern it; a gathered field names itself."""


def spread(gate: Gate, live: LiveForm, pairs: Sequence[Pair], keep: Keep) -> None:
    """Bring what depends on the changed records up to date, or hand it to the worker."""
    dependants = live.app.dependants
    if not dependants.concern(live.form.id):
        return
    if gate.depth >= DEEPEST:
        return
    targets = gathering(live, pairs)
    waiting = [*_readers(gate, live, pairs, targets), *_lookers(gate, live, pairs, targets)]
    many = sum(len(found) for found in targets.values()) > at_once(gate)
    for form, found in targets.items():
        if many:
            _hand_over(gate, live.app.form(form), found)
        else:
            again(gate, live.app.form(form), found, keep)
    for job in waiting:
        gate.world.outbox.send(job)


def at_once(gate: Gate) -> int:
    """How many records may be computed at once here, the fewer the further along: else a chain would multiply."""
    return AT_ONCE[gate.depth] if gate.depth < len(AT_ONCE) else 1


def left(gate: Gate, live: LiveForm, pair: Pair) -> None:
    """What a change that is no edit, such as a workflow's word on the record, changes elsewhere: left to the worker."""
    for form, found in gathering(live, [pair]).items():
        _hand_over(gate, live.app.form(form), found)


def gathering(live: LiveForm, pairs: Sequence[Pair]) -> Targets:
    """The records whose gathered numbers the changes concern."""
    found: Targets = defaultdict(lambda: defaultdict(set))
    for one in live.app.dependants.gathered.get(live.form.id, ()):
        by = one.field.gathers.by if one.field.gathers is not None else ""
        for before, after in pairs:
            if not _touches(before, after, one.reads):
                continue
            for record in (before, after):
                points = live.fields[by].points if by in live.fields else None
                for target in points.targets(record.values.get(by)) if record is not None and points else ():
                    found[one.form][target].add(one.field.id)
    return found


def _there(record: Record | None) -> bool:
    return record is not None and record.deleted_at is None


def _touches(before: Record | None, after: Record | None, reads: Collection[str]) -> bool:
    """Whether a record came, went, or changed in one of the fields."""
    if before is None or after is None or _there(before) is not _there(after):
        return True
    was, now = before.seen(), after.seen()
    return any(was.get(name) != now.get(name) for name in reads)


def _readers(gate: Gate, live: LiveForm, pairs: Sequence[Pair], targets: Targets) -> list[Job]:
    """Adds the few records that read the changed ones to `targets`; answers jobs for the many."""
    jobs = []
    for one in live.app.dependants.through.get(live.form.id, ()):
        for before, after in pairs:
            if before is None or after is None or not _touches(before, after, one.reads):
                continue
            near = list(_near(gate, live, one, after.id, at_once(gate) + 1))
            if len(near) > at_once(gate):
                jobs.append(_job(gate, live.app.form(one.form), live.key, after.id, one))
                continue
            for id in near:
                targets[one.form][id].add(one.head)
    return jobs


def _lookers(gate: Gate, live: LiveForm, pairs: Sequence[Pair], targets: Targets) -> list[Job]:
    """The same for formulas that look the changed records up by a value."""
    jobs = []
    for one in live.app.dependants.looking.get(live.form.id, ()):
        touched = [pair for pair in pairs if _touches(*pair, one.reads)]
        sought = sorted({value for pair in touched for value in _values(pair, one.match)})
        reader, asked = live.app.form(one.form), {"app": live.app.id, "form": one.form, "by": gate.actor.id}
        if touched and not one.own:
            jobs.append(Job("recompute", {**asked, "everything": True}))
            continue
        near = list(islice(_seeking(gate, reader, one.own, sought), at_once(gate) + 1)) if sought else []
        if len(near) > at_once(gate):
            jobs.append(Job("recompute", {**asked, "own": one.own, "values": sought}))
            continue
        for id in near:
            targets[one.form][id].add(one.own)
    return jobs


def _values(pair: Pair, match: str) -> Iterator[str]:
    """What stood and what stands in the field by which a record is looked up."""
    for record in pair:
        value = record.seen().get(match) if record is not None else None
        if value not in (None, ""):
            yield str(value)


def _seeking(gate: Gate, reader: LiveForm, own: str, values: Sequence[str]) -> Iterator[str]:
    """The records that look for one of the values."""
    where = Condition(field=own, op="in", value=list(values))
    query = Query(reader.key, {own: reader.columns[own]}, where, limit=PORTION)
    while True:
        page = gate.world.records.find(query)
        yield from (record.id for record in page.records)
        if not page.next:
            return
        query = replace(query, after=page.next)


def divide_seeking(gate: Gate, live: LiveForm, own: str, values: Sequence[str]) -> None:
    """Find everybody who looks for one of the values, and leave them to the worker in portions."""
    _hand_over(gate, live, {id: {own} for id in _seeking(gate, live, own, values)})


def _near(gate: Gate, live: LiveForm, through: Through, id: str, limit: int) -> Iterator[str]:
    """The records that reach the changed one by the way, at most `limit`; of a longer way every step."""
    ids = {id}
    key = live.key
    for form, path in reversed(through.ways):
        source = live.app.form(form).key
        found = {
            link.source
            for target in sorted(ids)
            for link in gate.world.records.pointing(key, target, limit, (source, path))
        }
        if len(found) >= limit:  # too many for the writer, whoever they are
            yield from sorted(found)[:limit]
            return
        ids, key = found, source
    yield from sorted(ids)[:limit]


def _job(gate: Gate, reader: LiveForm, key: str, id: str, through: Through) -> Job:
    payload = {
        "app": reader.app.id, "form": reader.form.id, "head": through.head, "ways": [list(way) for way in through.ways],
        "changed": [key, id], "by": gate.actor.id,
    }  # fmt: skip
    return Job("recompute", payload)


def divide(gate: Gate, live: LiveForm, through: Through, key: str, id: str) -> None:
    """Find everybody who reads the changed record by the way, and leave them to the worker in portions."""
    changed = gate.form_of(key)
    _hand_over(gate, live, {one: {through.head} for one in _near(gate, changed, through, id, MANY)})


def anew(gate: Gate, app: str, forms: Iterable[str]) -> None:
    """Have everything computed again in the records of these forms, whose formulas have changed."""
    for form in forms:
        gate.world.outbox.send(Job("recompute", {"app": app, "form": form, "everything": True, "by": gate.actor.id}))


def divide_all(gate: Gate, live: LiveForm) -> None:
    """Leave every record of the form to the worker, in portions."""
    query = Query(live.key, live.columns, limit=PORTION)
    found: dict[str, set[str]] = {}
    while True:
        page = gate.world.records.find(query)
        found.update({record.id: {ALL} for record in page.records})
        if not page.next:
            break
        query = replace(query, after=page.next)
    _hand_over(gate, live, found)


def _hand_over(gate: Gate, live: LiveForm, found: Mapping[str, set[str]]) -> None:
    """Leave more records than a writer should wait for to the worker, in portions of one wave."""
    ids, wave = sorted(found), gate.world.ids.new()
    for start in range(0, len(ids), PORTION):
        part = {id: sorted(found[id]) for id in ids[start : start + PORTION]}
        payload = {"app": live.app.id, "form": live.form.id, "records": part, "by": gate.actor.id,
                   "wave": wave, "total": len(ids)}  # fmt: skip
        gate.world.outbox.send(Job("recompute", payload))
    gate.world.outbox.signal("recompute", None, {"app": live.app.id, "form": live.form.id})


def again(gate: Gate, live: LiveForm, found: Mapping[str, Collection[str]], keep: Keep) -> int:
    """Compute these records again, each locked; answers how many changed."""
    numbers: dict[str, dict[str, Json]] = {}
    held = {id: gate.world.records.get(live.key, id, lock="values") for id in sorted(found)}
    there = {id: record for id, record in held.items() if record is not None and record.deleted_at is None}
    wanted = {name for id in there for name in found[id]}
    wanted |= {name for name, entry in live.fields.items() if entry.gathers is not None} if ALL in wanted else set()
    for name in sorted(wanted):
        entry = live.fields.get(name)
        if entry is not None and entry.gathers is not None:
            numbers[name] = gathered(gate, live, name, [id for id in there if {name, ALL} & set(found[id])])
    changed = 0
    authors = Authors(gate, live)
    for id, record in there.items():
        told = {name: value[id] for name, value in numbers.items() if id in value}
        changed += _settled(authors, live, record, found[id], told, keep)
    return changed


@dataclass
class Authors:
    """Who wrote records last, each with what formulas may know for him: asked once for all of his records.

    Where others depend on this form, what these records change may come back to the next: then all is asked anew.
    """

    gate: Gate
    live: LiveForm
    known: dict[str, tuple[Gate, Context]] = field(default_factory=dict)

    def of(self, member: str) -> tuple[Gate, Context]:
        """The gate and the context of a member."""
        if member not in self.known or self.live.app.dependants.concern(self.live.form.id):
            author = on_behalf_of(self.gate, member)
            self.known[member] = author, compute.context(author, self.live)
        return self.known[member]


def _settled(
    authors: Authors, live: LiveForm, record: Record, fields: Collection[str], numbers: Mapping[str, Json], keep: Keep
) -> int:
    """Keep one record with its new numbers and formulas for who wrote it last; answers whether it changed."""
    author, at = authors.of(record.updated_by)
    entry = Entry(record.id, {}, record, deepcopy(dict(record.values)))
    entry.values.update(numbers)
    compute.formulas(live, entry.values, at, None if ALL in fields else set(fields))
    before = {name: value for name, value in record.values.items() if value is not None}
    if {name: value for name, value in entry.values.items() if value is not None} == before:
        return 0
    keep(author, live, entry, record, RECOMPUTED)
    return 1


def gathered(gate: Gate, live: LiveForm, name: str, ids: Sequence[str]) -> dict[str, Json]:
    """What the field `name` gathers for each of the records, by the machine, over all that point to them."""
    entry = live.fields[name]
    gathers = entry.gathers
    if gathers is None or gathers.form not in live.app.forms or not ids:
        return {}
    source = live.app.form(gathers.form)
    machine = gate.as_system("gathering")
    here = Condition(field=gathers.by, op="in", value=list(ids))
    where = both(All(all=(here,)), asking.concrete(machine, source, gathers.filter))
    used = {gathers.by, *names(where), *([gathers.field] if gathers.field else [])}
    columns = asking.columns_for(machine, source, used, machine.grant(source, "read"))
    measure = Measure(operation=gathers.operation, field=gathers.field if gathers.operation != "count" else "")
    sums = (Sum(measure.operation, measure.field),)
    by = (By(gathers.by),)
    several = source.fields[gathers.by].lists is not None  # then those who name one of these may name others beside it
    limit = MANY if several else len(ids) + 1
    cells: Iterable[Cell] = gate.world.records.group(
        Grouping(source.key, columns, where, by, sums, gate.timezone, limit)
    )
    nothing: Json = "0" if gathers.operation in ("count", "sum") else None
    told = {str(keys[0]): values[0] for keys, values in cells}
    return {id: _number(told.get(id, nothing), nothing) for id in ids}


def _number(value: Json, nothing: Json) -> Json:
    return nothing if value is None else str(value)
