"""Values for the records that point here 批量更新: some of them at once, the rest by the worker, portion by portion.

Which records are meant, and what is written, is settled when the node is reached.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from builder.access import Actor, system
from builder.field import Kind
from builder.filter import Condition, Filter, both, parse_filter
from builder.problem import LANGUAGES, Refusal, conflict
from builder.source import about
from runtime import asking, records, tasks
from runtime.errand import refused, success
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.perform import happen
from runtime.ports import Job, Query, Record
from runtime.running import Running
from runtime.writing import Entry, Writing

Json = Any
Values = Mapping[str, Json]
TOPIC = "set_values"
AT_ONCE, MOST, PAGE = 100, 5000, 1000
"""How many records are written in one transaction, and how many a node writes into at all;
and how many are looked up together."""
AGAIN = timedelta(seconds=30)
"""When it is tried again while the workflow is suspended."""


@dataclass(frozen=True)
class Portions:
    """Which records of another form are meant: those whose field `by` points here and that answer `filter`; and what
    is to be done when there is none."""

    live: LiveForm
    by: str
    filter: Filter
    add: Literal["never", "if_none", "always"]

    @classmethod
    def of(cls, running: Running, settings: Mapping[str, Json]) -> "Portions":
        """As the node says; raises `Conflict` for a form that is no more."""
        live = _form(running, settings["form"])
        if settings["by"] and settings["by"] not in live.fields:
            raise conflict("unknown_field", field=settings["by"])
        return cls(live, settings["by"], parse_filter(settings["filter"]), settings["add"])

    def ids(self, machine: Gate, record: Record) -> list[str]:
        """The records that are meant at this moment; raises `Conflict` when they are too many."""
        query, found = self._query(machine, record), list[str]()
        while True:
            page = machine.world.records.find(query)
            found += [one.id for one in page.records]
            if len(found) > MOST:
                raise conflict("update_too_many", most=MOST)
            if not page.next:
                return found
            query = replace(query, after=page.next)

    def _query(self, machine: Gate, record: Record) -> Query:
        op: Literal["eq", "has_any"] = "eq" if self.live.fields[self.by].kind is Kind.TEXT else "has_any"
        here = Condition(field=self.by, op=op, value=record.id if op == "eq" else [record.id])
        wanted = both(here, about(self.filter, record.seen()))
        return replace(asking.ask(machine, self.live, {"filter": wanted.dump()}), orders=(), limit=PAGE)


def begin(machine: Gate, running: Running, wanted: Portions, values: Values) -> list[str]:
    """The first portion, or a new record; answers which records are left to be written into. Raises `Refusal`."""
    found = [] if wanted.add == "always" else wanted.ids(machine, running.record)
    if wanted.add == "always" or (not found and wanted.add == "if_none"):
        add(machine, running, wanted, [values])
    return portion(machine, wanted.live, found, values)


def portion(machine: Gate, live: LiveForm, ids: Sequence[str], values: Values, written: int = 0) -> list[str]:
    """Write into the first of the records, each held and judged; answers which are left. Raises `Conflict` that says
    which record refused it, how many were written before and how many are not."""
    for id in sorted(ids[:AT_ONCE]):
        held = machine.world.records.get(live.key, id, lock=True)
        if held is not None and held.deleted_at is None:
            try:
                set_values(machine, live, held, values)
            except Refusal as refusal:
                why = {language[:2]: refusal.problems[0].sentence(language) for language in LANGUAGES}
                params = {"record": held.title or held.id, "written": written, "left": len(ids), **why}
                raise conflict("update_stopped", **params) from refusal
    return list(ids[AT_ONCE:])


def go_on_with(machine: Gate, running: Running, rest: Mapping[str, Json]) -> list[str]:
    """One portion of what a refused one had left; answers which are left."""
    return portion(machine, _form(running, rest["form"]), rest["records"], rest["values"], rest["written"])


def set_values(machine: Gate, live: LiveForm, record: Record, values: Values) -> Record:
    """Write values into a held record, judged as every write is; raises `Refusal`."""
    writing = Writing(machine, live, machine.grant(live, "update"), draft=True)
    return records.change(machine, live, record, values, {}, writing, note="workflow")


def add(machine: Gate, running: Running, wanted: Portions, each: Sequence[Values]) -> None:
    """New records, which point here if they can, in the initiator's name: all or none. Raises `Refusal`."""
    actor = Actor("system", running.instance.initiator, admin=True, reason="added by a workflow")
    gate = Gate(machine.world, actor, machine.language, machine.library)
    live, by, here = wanted.live, wanted.by, running.record.id
    own = {by: here if live.fields[by].kind is Kind.TEXT else [here]} if by else {}
    entries = [Entry(gate.world.ids.new(), {**values, **own}) for values in each]
    if entries:
        records.add(gate, live, entries, note="workflow")


def rest_of(form: str, values: Values, records: Sequence[str], written: int) -> dict[str, Json]:
    """What is left to be written, as a job, a failure and a retry say it."""
    return {"form": form, "values": dict(values), "records": list(records), "written": written}


def hand_over(gate: Gate, place: Mapping[str, Json], rest: Mapping[str, Json]) -> None:
    """Leave the rest to the worker, once; `place` is the instance, its node and the visit."""
    key = f"{place['instance']}:{place['visit']}:{rest['written']}"
    gate.world.outbox.send(Job(TOPIC, {**place, **rest}, key=key))


def go_on(gate: Gate, payload: Mapping[str, Json]) -> None:
    """The worker's part: one portion more; then the workflow goes on, or stands as failed. Nothing once it has left."""
    running = _waiting(gate, payload)
    if running is None:
        return
    if running.instance.state.get("suspended"):
        gate.world.outbox.send(Job(TOPIC, payload, due=gate.now + AGAIN))
        return
    machine = Gate(gate.world, system("workflow"), gate.language, gate.library)
    rest = rest_of(payload["form"], payload["values"], payload["records"], payload.get("written", 0))
    try:
        with gate.world.records.attempt():
            left = go_on_with(machine, running, rest)
    except Refusal as refusal:
        happen(machine, running, {**refused(_Place(payload["node"], payload["visit"]), refusal), "rest": rest})
        return
    if left:
        place = {key: payload[key] for key in ("instance", "node", "visit")}
        hand_over(gate, place, {**rest, "records": left, "written": rest["written"] + len(rest["records"]) - len(left)})
    else:
        happen(machine, running, success(payload["node"], payload["visit"]))


def gave_up(gate: Gate, payload: Mapping[str, Json]) -> None:
    """A portion could not be written for a reason that is not the records': the node stands as failed."""
    running = _waiting(gate, payload)
    if running is None:
        return
    rest = rest_of(payload["form"], payload["values"], payload["records"], payload.get("written", 0))
    refusal = conflict("update_broken", written=rest["written"], left=len(rest["records"]))
    machine = Gate(gate.world, system("workflow"), gate.language, gate.library)
    happen(machine, running, {**refused(_Place(payload["node"], payload["visit"]), refusal), "rest": rest})


def _waiting(gate: Gate, payload: Mapping[str, Json]) -> Running | None:
    """The workflow, as long as it waits for these portions."""
    running = tasks.hold(gate, payload["instance"])
    memos = running.instance.state["active"].values()
    waits = any(memo["visit"] == payload["visit"] and "failed" not in memo for memo in memos)
    return running if waits and running.instance.ended_at is None else None


def _form(running: Running, form: str) -> LiveForm:
    if form not in running.live.app.forms:
        raise conflict("unknown_form", form=form)
    return running.live.app.form(form)


@dataclass(frozen=True)
class _Place:
    """What a refusal is said of."""

    node: str
    visit: int
