"""Sample data brought to life 示例数据: through record engine and workflow machine, as if people had entered it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from graphlib import CycleError, TopologicalSorter
from zlib import crc32

from builder import samples as told
from builder.problem import Refusal, forbidden
from builder.samples import Ready
from builder.template import Samples
from runtime import claims, records, tasks
from runtime import entry as entries
from runtime.gate import Gate
from runtime.live import LiveApp, LiveForm
from runtime.personas import acting
from runtime.ports import Change, Job, Json, Outbox, Query, Record
from runtime.writing import Entry, Writing


@dataclass(frozen=True)
class Quiet:
    """An outbox that wakes nobody: no screen can show an app yet that is only being brought in."""

    outbox: Outbox

    def send(self, job: Job) -> str:
        """As ever."""
        return self.outbox.send(job)

    def signal(self, topic: str, members: Sequence[str] | None, payload: Json) -> None:
        """Nothing."""


def load(gate: Gate, app: str, samples: Samples, members: Mapping[str, str], departments: Mapping[str, str]) -> None:
    """Keep the samples as records marked so, and take their workflows as far as they tell.

    `members` and `departments` map the samples' keys to ids.
    """
    gate = replace(gate, world=replace(gate.world, outbox=Quiet(gate.world.outbox)))
    live = gate.app(app)
    ids = {form: {key: gate.world.ids.new() for key in keys} for form, keys in told.keys(samples).items()}
    known = told.World(gate.today, gate.now, members, departments, ids, gate.language)
    ready = told.resolve(live.app, samples, known)
    for form in _in_order(live, set(ready)):
        _keep(gate, live.form(form), ready[form])
    for form, found in ready.items():
        for one in found:
            if one.state:
                _perform(gate, live.form(form), one)


def _in_order(live: LiveApp, wanted: set[str]) -> Iterator[str]:
    """The forms, each after those that it points to as far as there is no circle."""
    needs = {
        form: {target for target in _targets(live.form(form)) if target in wanted and target != form}
        for form in sorted(wanted)
    }
    try:
        yield from TopologicalSorter(needs).static_order()
    except CycleError:
        yield from sorted(wanted)


def _targets(live: LiveForm) -> Iterator[str]:
    for field in live.form.fields:
        yield from (one.points.form for one in (field, *field.nested) if one.points is not None)


def _keep(gate: Gate, live: LiveForm, ready: tuple[Ready, ...]) -> None:
    written = [Entry(one.id, one.values) for one in ready]
    entries.settle(Writing(gate, live, gate.grant(live, "create"), trusted=True), written)
    made = [_record(gate, live, one, entry) for one, entry in zip(ready, written, strict=True)]
    links = [link for entry in written for link in entries.links_of(live, entry)]
    tokens = {entry.id: entries.tokens_of(live, entry) for entry in written}
    uniques = {entry.id: claims.uniques_of(gate, live, entry.values) for entry in written}
    changes = [Change(r.id, r.form, r.created_at, r.created_by, "create", {}, r.values) for r in made]
    gate.world.records.insert(made, links, tokens, uniques, changes)


def _record(gate: Gate, live: LiveForm, one: Ready, entry: Entry) -> Record:
    fresh = records.fresh(gate, live, entry, "draft" if live.form.workflow else "")
    at = datetime.fromisoformat(one.created_at) if one.created_at else gate.now
    by = one.created_by or str(entry.values.get("owner") or gate.actor.id)
    return replace(fresh, sample=True, created_at=at, updated_at=at, created_by=by, updated_by=by)


@dataclass(frozen=True)
class Then:
    """A clock that stands at a past moment."""

    moment: datetime

    def now(self) -> datetime:
        """That moment."""
        return self.moment


def _at(gate: Gate, moment: datetime) -> Gate:
    """The same world at an earlier moment."""
    return Gate(replace(gate.world, clock=Then(moment)), gate.actor, gate.language, gate.library)


def _moments(gate: Gate, one: Ready) -> Iterator[datetime]:
    """When it was submitted and each answer given: some hours apart, as people do, and never after now."""
    moment = datetime.fromisoformat(one.created_at) if one.created_at else gate.now
    for place in range(len(one.answers) + 1):
        moment += timedelta(minutes=30 + crc32(f"{one.key}{place}".encode()) % (60 * (1 if place == 0 else 40)))
        yield min(moment, gate.now)


def _perform(gate: Gate, live: LiveForm, one: Ready) -> None:
    """Submit the record as its drafter and answer as the others did, each at a moment of its own."""
    moments = _moments(gate, one)
    then = _at(gate, next(moments))
    drafter = acting(then, then.world, one.by)
    record = gate.world.records.get(live.key, one.id)
    if record is None:
        return
    running = tasks.start(drafter, drafter.form(live.app.id, live.form.id), record)
    for answer in one.answers:
        then = _at(gate, next(moments))
        person = acting(then, then.world, answer.by)
        open_tasks = gate.world.instances.tasks(running.instance.id)
        mine = next((task for task in open_tasks if task.state == "open" and task.assignee == answer.by), None)
        if mine is not None:
            tasks.act(person, mine.id, answer.action, write=records.write_at_task, comment=answer.comment)


def samples(gate: Gate, app: str) -> list[tuple[str, list[str]]]:
    """(form, ids) of the sample records, those that point to others first; administrators only."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    live = gate.app(app)
    forms = reversed(list(_in_order(live, set(live.forms))))
    return [(id, [record.id for record in _samples_of(gate, live.form(id))]) for id in forms]


def clear(gate: Gate, app: str, form: str, ids: Sequence[str]) -> None:
    """Put some sample records into the recycle bin; administrators only."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    live = gate.form(app, form)
    for id in ids:
        record = gate.world.records.get(live.key, id, lock=True)
        if record is not None and record.sample and record.deleted_at is None:
            _discard(gate, live, record)


def _samples_of(gate: Gate, live: LiveForm) -> Iterator[Record]:
    query = Query(live.key, live.columns, limit=200)
    while True:
        page = gate.world.records.find(query)
        yield from (record for record in page.records if record.sample)
        if not page.next:
            return
        query = replace(query, after=page.next)


def _discard(gate: Gate, live: LiveForm, record: Record) -> None:
    if record.status == "running":
        tasks.end(gate, live, record.id, "")
    try:
        records.remove(gate, live.app.id, live.form.id, [record.id])
    except Refusal as refusal:
        if refusal.problems[0].code != "still_referenced":
            raise
