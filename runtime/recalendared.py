"""A working calendar that has changed 工作日历变更: formulas that count by it and deadlines that wait by it follow.

The worker does it a little later, so that many days changed one after another are followed once.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from builder.access import system
from builder.problem import Missing
from runtime import calendars, deadline, ripple, tasks
from runtime.formulas import calls
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.node import at
from runtime.perform import happen
from runtime.ports import Job
from runtime.running import Running

Json = Any
TOPIC = "calendar"
SOON = timedelta(seconds=3)
PORTION = 100
BY_THE_CALENDAR = frozenset({"WORKDAY", "NETWORKDAYS"})
"""The functions that ask the workspace's calendar."""


def write(gate: Gate, said: Mapping[str, Json]) -> dict[str, Json]:
    """Set the calendar, and have what counts by it follow; raises `Forbidden`, `Invalid`."""
    before = calendars.read(gate)
    after = calendars.write(gate, said)
    if after != before:
        gate.world.outbox.send(Job(TOPIC, {"by": gate.actor.id}, due=gate.now + SOON, key=TOPIC))
    return after


def go_on(gate: Gate, payload: Mapping[str, Json]) -> None:
    """The worker's part: first every form that counts by the calendar, then the deadlines, portion by portion."""
    if "after" not in payload:
        for app in gate.world.definitions.apps():
            live = gate.app(app.id)
            ripple.anew(gate, app.id, [form.id for form in live.app.forms.values() if counts(live.form(form.id))])
    found = gate.world.timers.waiting(PORTION, after=payload.get("after", ""))
    for instance in found:
        _follow(gate, instance)
    if len(found) == PORTION:
        gate.world.outbox.send(Job(TOPIC, {**payload, "after": found[-1]}))


def counts(live: LiveForm) -> bool:
    """Whether a formula of the form asks the calendar."""
    return any(not BY_THE_CALENDAR.isdisjoint(calls(item.tree)) for item in live.formulas.all)


def _follow(gate: Gate, instance: str) -> None:
    """Let an instance reckon its deadlines anew, if any of them comes at another moment now."""
    machine = Gate(gate.world, system("working calendar"), gate.language, gate.library)
    try:
        running = tasks.hold(machine, instance)
    except Missing:
        return
    if running.instance.ended_at is None and any(_moved(machine, running)):
        happen(machine, running, {"type": "calendar_changed"})


def _moved(gate: Gate, running: Running) -> Iterator[bool]:
    state, calendar = running.instance.state, calendars.calendar_of(gate.world)
    for node, held in state.get("due", {}).items():
        kind, visit = at(running.workflow, node), state["trail"][state["active"][node]["visit"]]
        for key, waited in held.items():
            asked = deadline.again(kind.moment(key), waited["count"], visit["at"])
            if asked is not None:
                moment = deadline.instant(asked, running.record.seen(), gate.now, gate.timezone, calendar)
                yield moment is not None and moment.isoformat() != waited["at"]
