"""What a change of one record changes in others 联动重算: gathered numbers, formulas through references, and lookups.

Few are computed again in the writer's own transaction; many are left to the worker, which says how far it is. A number
is gathered by the machine over all records; a formula is computed as if who last wrote its record had saved it again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from builder.filter import Condition, comparable
from runtime.dependants import Through
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import MANY, Job, Json, Query, Record
from runtime.recomputing import ALL, Found, Keep, again

PORTION = 250
SOON = timedelta(seconds=1)
"""When there is another look at what was being changed meanwhile."""
AT_ONCE = (50, 10, 2)
"""How many records a writer computes again himself: for his own change, for what that changes, and so on; then one."""
DEEPEST = 12
"""A change that goes on through more forms than this is left for the next save; circles are refused at publishing."""
Pair = tuple[Record | None, Record | None]
"""A record before and after; None for none."""
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
            follow(gate, live.app.form(form), found, keep)
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
        own = one.ways[-1][0] == live.form.id  # a record may name one of its own form that is added after it
        read = (pair for pair in pairs if (own or pair[0] is not None) and _touches(*pair, one.reads))
        changed = sorted({after.id for _, after in read if after is not None})
        if changed and not gate.world.records.announce(live.key, changed, changes=True):
            jobs.append(_job(gate, live.app.form(one.form), live.key, changed, one))
        near = _near(gate, live, one, changed, at_once(gate) + 1) if changed else []
        if len(near) > at_once(gate):
            jobs.append(_job(gate, live.app.form(one.form), live.key, changed, one))
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
        reader = live.app.form(one.form)
        asked: dict[str, Json] = {"app": live.app.id, "form": one.form, "by": gate.actor.id}
        place = f"{live.key}/{one.match}"
        free = not sought or gate.world.records.announce(place, sought, changes=True)
        asked |= {"place": place, "values": sought}
        if touched and not one.own:
            jobs.append(Job("recompute", {**asked, "everything": True, "fields": [one.into], "beside": one.beside}))
            continue
        near = list(islice(_seeking(gate, reader, one.own, sought), at_once(gate) + 1)) if sought else []
        if len(near) > at_once(gate) or not free:
            jobs.append(Job("recompute", {**asked, "own": one.own}))
        if len(near) > at_once(gate):
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


def divide_seeking(gate: Gate, live: LiveForm, own: str, place: str, values: Sequence[str]) -> None:
    """Find everybody who looks for one of the values, and leave them to the worker in portions."""
    gate.world.records.announce(place, values, changes=True, waits=True)
    _hand_over(gate, live, {id: {own} for id in _seeking(gate, live, own, values)})


def _near(gate: Gate, live: LiveForm, through: Through, changed: Collection[str], limit: int) -> list[str]:
    """The records that reach the changed ones by the way, at most `limit`; of a longer way every step."""
    ids, key = sorted(changed), live.key
    for form, path in reversed(through.ways):
        source = live.app.form(form).key
        ids, key = gate.world.records.naming(key, ids, (source, path), limit), source
        if len(ids) >= limit:  # too many for the writer, whoever they are
            break
    return ids[:limit]


def _job(gate: Gate, reader: LiveForm, key: str, changed: Sequence[str], through: Through) -> Job:
    payload = {
        "app": reader.app.id, "form": reader.form.id, "head": through.head, "ways": [list(way) for way in through.ways],
        "changed": [key, list(changed)], "by": gate.actor.id,
    }  # fmt: skip
    return Job("recompute", payload)


def divide(gate: Gate, live: LiveForm, through: Through, key: str, changed: Collection[str]) -> None:
    """Find everybody who reads the changed records by the way, and leave them to the worker in portions."""
    form = gate.form_of(key)
    gate.world.records.announce(key, changed, changes=True, waits=True)
    _hand_over(gate, live, {one: {through.head} for one in _near(gate, form, through, changed, MANY)})


def anew(gate: Gate, app: str, forms: Iterable[str]) -> None:
    """Have everything computed again in the records of these forms, whose formulas have changed."""
    for form in forms:
        gate.world.outbox.send(Job("recompute", {"app": app, "form": form, "everything": True, "by": gate.actor.id}))


def divide_all(
    gate: Gate,
    live: LiveForm,
    fields: Collection[str] = (ALL,),
    place: str = "",
    values: Sequence[str] = (),
    beside: str = "",
) -> None:
    """Leave every record of the form to the worker, in portions: these fields, or all that it computes.

    Who was just following the `values` at the `place` is waited for. With `beside` only those that look for one of
    them in this column of a row."""
    gate.world.records.announce(place, values, changes=True, waits=True)
    query = Query(live.key, live.columns, limit=PORTION)
    found: dict[str, set[str]] = {}
    while True:
        page = gate.world.records.find(query)
        mine = _seeking_in_rows(live, page.records, fields, beside, values) if beside else page.records
        found.update({record.id: set(fields) for record in mine})
        if not page.next:
            break
        query = replace(query, after=page.next)
    _hand_over(gate, live, found)


def _seeking_in_rows(
    live: LiveForm, records: Iterable[Record], fields: Collection[str], beside: str, values: Sequence[str]
) -> Iterator[Record]:
    columns = [(name, one) for name in fields for one in live.fields[name].nested if one.id == beside]
    for record in records:
        for name, column in columns:
            wanted = {comparable(value, str(column.kind)) for value in values}
            if any(comparable(row.get(beside), str(column.kind)) in wanted for row in record.values.get(name) or ()):
                yield record
                break


def follow(gate: Gate, live: LiveForm, found: Found, keep: Keep) -> None:
    """Compute these records again; and once more, when what they follow from was just being changed."""
    again(gate, live, found, keep)
    if gate.world.records.unsure:
        once_more(gate, live, found)


def once_more(gate: Gate, live: LiveForm, ids: Iterable[str]) -> None:
    """Have another look at records that follow from others which were just being changed."""
    _hand_over(gate, live, {id: {ALL} for id in ids}, gate.now + SOON)


def _hand_over(gate: Gate, live: LiveForm, found: Mapping[str, set[str]], due: datetime | None = None) -> None:
    """Leave more records than a writer should wait for to the worker, in portions of one wave."""
    ids, wave = sorted(found), gate.world.ids.new()
    for start in range(0, len(ids), PORTION):
        part = {id: sorted(found[id]) for id in ids[start : start + PORTION]}
        payload = {"app": live.app.id, "form": live.form.id, "records": part, "by": gate.actor.id,
                   "wave": wave, "total": len(ids), "count": len(part)}  # fmt: skip
        gate.world.outbox.send(Job("recompute", payload, due=due))
    gate.world.outbox.signal("recompute", None, {"app": live.app.id, "form": live.form.id})
