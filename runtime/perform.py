"""Carries out what the machine asked 执行: tasks opened and closed, the record's status, signals and notices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from builder.access import system
from builder.problem import conflict
from runtime import calendars, compute, deadline, notify, ripple, waits
from runtime.assign import admins
from runtime.effect import (
    CloseTask,
    Copy,
    Effect,
    EndInstance,
    FinishTask,
    Notify,
    OpenTask,
    SendMessage,
    StartTimer,
    StopTimers,
)
from runtime.errand import errands
from runtime.gate import Gate
from runtime.meaning import meant
from runtime.node import Question, Unknown
from runtime.ports import Happening, Instance, Task, Timer
from runtime.running import Running as Running
from runtime.step import step

Json = Any

TOLD = "copy"
"""The purpose of a task that asks nothing, whatever node told."""
BACK_TO_DRAFT = {"withdrawn": "draft"}
"""What an instance's end means for its record where the words differ: a withdrawn record may be submitted again."""


def happen(gate: Gate, running: Running, event: Mapping[str, Json]) -> Running:
    """Let `event` happen to the instance and carry out what follows; raises `Refusal` when it may not be."""
    said = {"at": gate.now.isoformat(), "by": gate.actor.id, **event}
    state, effects, said = decided(gate, running, running.instance.state, said)
    before = running.instance
    ended = None if state["status"] == "running" else gate.now
    after = replace(before, state=state, status=state["status"], revision=before.revision + 1, ended_at=ended)
    if not gate.world.instances.save(after):
        raise conflict("instance_changed")
    gate.world.instances.append([Happening(after.id, after.revision, gate.now, gate.actor.id, said)])
    desk = Desk(gate, replace_instance(running, after), said)
    for effect in effects:
        desk.carry_out(effect)
    desk.finish()
    return _outside(gate, _with_status(gate, desk.running), effects)


def _outside(gate: Gate, running: Running, effects: Iterable[Effect]) -> Running:
    """What reaches beyond this instance: each errand is run, and what it comes back with happens at once."""
    reports = [errands()[type(each)].run(gate, running, each) for each in effects if type(each) in errands()]
    machine = Gate(gate.world, system("workflow"), gate.language, gate.library)
    for report in reports:
        if report is not None:
            record = gate.world.records.get(running.record.form, running.record.id) or running.record
            instance = gate.world.instances.get(running.instance.id) or running.instance
            running = happen(machine, replace(running, record=record, instance=instance), report)
    return running


def decided(
    gate: Gate, running: Running, state: Mapping[str, Json], event: Mapping[str, Json], *, ahead: bool = False
) -> tuple[Mapping[str, Json], tuple[Effect, ...], dict[str, Json]]:
    """One step, with every fact that it asks for looked up and written into the event; `ahead`: only imagined."""
    event = {"facts": {}, **event}
    while True:
        try:
            return *step(running.workflow, state, event), event
        except Unknown as unknown:
            answer = answered(gate, running, unknown.question, ahead=ahead)
            event["facts"] = {**event["facts"], unknown.question.key: answer}


def answered(gate: Gate, running: Running, question: Question, *, ahead: bool = False) -> Json:
    """The fact that a step asked for, as the directory and the record say today."""
    directory = gate.world.directory
    if question.kind == "admins":
        return admins(directory)
    if question.kind == "people":
        asked = running.live, running.record, running.instance.initiator, question.about
        return meant(gate, *asked, ahead=ahead)
    if question.kind == "due":
        calendar = calendars.calendar_of(gate.world)
        at = deadline.instant(question.about, running.record.seen(), gate.now, gate.timezone, calendar)
        return at.isoformat() if at else None
    return {exit: holds(gate, running, guard) for exit, guard in question.about.items()}


def holds(gate: Gate, running: Running, guard: str) -> bool:
    """Whether a guard is true of the record; one that comes to an error or to blank is not."""
    machine = Gate(gate.world, system("guard of a workflow"), gate.language, gate.library)
    program = running.live.guard(guard)
    at = compute.context(machine, running.live)
    return program is not None and program.json(running.record.seen(), at) is True


def replace_instance(running: Running, instance: Instance) -> Running:
    """The same with another state of the instance."""
    return replace(running, instance=instance)


def _with_status(gate: Gate, running: Running) -> Running:
    """Write the coarse word onto the record when it changed, and wake the screens that show it."""
    status = BACK_TO_DRAFT.get(running.instance.status, running.instance.status)
    record = running.record
    if record.status == status:
        return running
    after = replace(record, status=status, revision=record.revision + 1)
    if not gate.world.records.replace(after, None, None):
        raise conflict("record_changed")
    payload = {"app": running.live.app.id, "form": running.live.form.id, "ids": [record.id]}
    gate.world.outbox.signal("records", None, payload)
    ripple.left(gate, running.live, (record, after))
    return replace(running, record=after)


@dataclass
class Desk:
    """The tasks of one instance while effects are carried out."""

    gate: Gate
    running: Running
    event: Mapping[str, Json] = field(default_factory=dict)
    open: dict[tuple[str, str], Task] = field(init=False)
    changed: dict[str, Task] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    notices: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    timers: dict[tuple[str, str], Timer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tasks = self.gate.world.instances.tasks(self.running.instance.id)
        self.open = {(task.node, task.assignee): task for task in tasks if task.state == "open"}

    def carry_out(self, effect: Effect) -> None:
        """Do what one effect says; the end of the instance is already in its state."""
        if isinstance(effect, OpenTask):
            self._open(effect)
        elif isinstance(effect, Copy):
            task = replace(self._task(effect.node, effect.person, "done"), purpose=TOLD)
            self.changed[task.id] = task
            self._tell("copied", effect.node, [effect.person])
        elif isinstance(effect, FinishTask):
            self._finish(effect)
        elif isinstance(effect, CloseTask):
            self._close(effect)
        elif isinstance(effect, Notify):
            self._tell(effect.about, effect.node, effect.people)
        elif isinstance(effect, EndInstance):
            self._tell(effect.status, "", [self.running.instance.initiator])
        elif isinstance(effect, StartTimer):
            moment = datetime.fromisoformat(effect.at)
            timer = Timer(self.running.instance.id, effect.node, effect.key, effect.visit, moment)
            self.timers[effect.node, effect.key] = timer
            self._due_otherwise(effect.node)
        elif isinstance(effect, StopTimers):
            self.timers = {place: timer for place, timer in self.timers.items() if place[0] != effect.node}
            self.gate.world.timers.stop(self.running.instance.id, effect.node)
        elif isinstance(effect, SendMessage):
            notify.message(self.gate, self.running.live, self.running.record, self.running.instance, effect)

    def finish(self) -> None:
        """Keep the tasks, wake the screens of everybody concerned, and tell who did not act himself."""
        instance = self.running.instance
        self.gate.world.instances.put(list(self.changed.values()))
        if self.timers:
            self.gate.world.timers.start(list(self.timers.values()))
        if self.event.get("type") in ("suspended", "resumed"):
            self.gate.world.timers.hold(instance.id, self.event["type"] == "suspended")
        elif self.timers and instance.state.get("suspended"):
            self.gate.world.timers.hold(instance.id, True)
        members = {task.assignee for task in self.changed.values()} | {instance.initiator}
        app, _, form = instance.form.partition(".")
        payload = {"app": app, "form": form, "record": instance.record, "instance": instance.id}
        self.gate.world.outbox.signal("tasks", sorted(members), payload)
        for id in sorted(self.fresh):
            self._tell(notify.opened(self.event, self.changed[id], self.changed.values()), self.changed[id].node,
                       [self.changed[id].assignee])  # fmt: skip
        live, record = self.running.live, self.running.record
        for person, about in notify.heard(self.gate, live, record, instance, self.event):
            self._tell(about, self.event.get("node", ""), [person])
        notify.deliver(self.gate, self.running.workflow, instance, self.notices, self.changed.values(), self.event)
        for (about, node), people in self.notices.items():
            told = sorted(people - notify.himself(self.gate))
            if told:
                self.gate.world.outbox.signal("notices", told, {**payload, "about": about, "node": node})

    def _task(self, node: str, person: str, state: str) -> Task:
        drawn, instance = self.running.workflow.nodes[node], self.running.instance
        return Task(
            id=self.gate.world.ids.new(),
            instance=instance.id,
            form=instance.form,
            record=instance.record,
            node=node,
            label=drawn.label or node,
            purpose=drawn.type,
            assignee=person,
            state="open" if state == "open" else "done",
            opened_at=self.gate.now,
            due_at=waits.due_at(self.running, node) if state == "open" else None,
        )

    def _open(self, effect: OpenTask) -> None:
        task = self._task(effect.node, effect.person, "open")
        self.open[task.node, task.assignee] = task
        self.changed[task.id] = task
        self.fresh.add(task.id)

    def _due_otherwise(self, node: str) -> None:
        """Who is asked at the node sees when it is due now."""
        due = waits.due_at(self.running, node)
        for task in [one for place, one in self.open.items() if place[0] == node and one.due_at != due]:
            self.open[task.node, task.assignee] = self.changed[task.id] = replace(task, due_at=due)

    def _finish(self, effect: FinishTask) -> None:
        task = self.open.pop((effect.node, effect.person))
        by = effect.by if effect.by != effect.person else ""
        self.changed[task.id] = replace(
            task, state="done", outcome=effect.outcome, comment=effect.comment, closed_at=self.gate.now, actor=by
        )

    def _close(self, effect: CloseTask) -> None:
        task = self.open.pop((effect.node, effect.person))
        if task.id in self.fresh:
            self.fresh.discard(task.id)
            del self.changed[task.id]
            return
        self.changed[task.id] = replace(task, state="closed", outcome=effect.why, closed_at=self.gate.now)

    def _tell(self, about: str, node: str, people: Iterable[str]) -> None:
        self.notices.setdefault((about, node), set()).update(people)
