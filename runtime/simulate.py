"""Trying a workflow without doing anything 流程模拟: any persona acts, time is moved, and every consequence is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from builder.access import system
from builder.case import Move, Persona
from builder.definition import Workflow
from builder.parts import digest
from builder.problem import Problem, Refusal, invalid
from runtime import compute, inbox, node, outside, records, simulated, story, tasks
from runtime import entry as entries
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.perform import Running
from runtime.personas import acting
from runtime.ports import Directory, Instance, Job, Notice, Record, Task, Timer
from runtime.shadow import Shadow
from runtime.writing import Entry, Writing

Json = Any
Values = Mapping[str, Json]
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Frame:
    """What stands after one move, and what the move did; `problem` when it was refused."""

    act: str
    by: str
    node: str
    at: str
    status: str
    active: tuple[str, ...]
    open: Mapping[str, tuple[str, ...]]
    visited: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
    log: tuple[Mapping[str, Json], ...] = ()
    tasks: tuple[Mapping[str, str], ...] = ()
    changes: tuple[Mapping[str, Json], ...] = ()
    messages: tuple[Mapping[str, Json], ...] = ()
    jobs: tuple[Mapping[str, Json], ...] = ()
    problem: Problem | None = None


@dataclass
class Simulation:
    """One walk behind glass: begun once, then moved; `frames` is what was seen."""

    shadow: Shadow
    live: LiveForm
    workflow: Workflow
    record: str
    initiator: str
    frames: list[Frame] = field(default_factory=list)
    _seen: tuple[int, ...] = (0, 0, 0, 0)
    _known: dict[str, Task] = field(default_factory=dict)

    @property
    def instance(self) -> Instance | None:
        """The one instance that there is."""
        return next(iter(self.shadow.instances.of_record(self.live.key, self.record)), None)

    @property
    def running(self) -> Running:
        """The instance with its workflow and its record as they now stand."""
        found, record = self.instance, self.shadow.records.get(self.live.key, self.record)
        if found is None or record is None:
            raise invalid("no_such_instance")
        return Running(found, self.workflow, self.live, record)

    def gate(self, member: str) -> Gate:
        """The glass world's door for a member, at its own hour."""
        return acting(self.shadow.gate, self.shadow.world, member)

    def begin(self) -> bool:
        """The initiator submits; answers whether it went."""
        record = self.shadow.records.get(self.live.key, self.record)
        if record is None:
            raise invalid("no_such_record")
        gate = self.gate(self.initiator)
        return self._did("submit", self.initiator, self.workflow.start, lambda: tasks.start(gate, self.live, record))

    def move(self, move: Move) -> bool:
        """One move; answers whether it went."""
        self.shadow.advance(MINUTE)
        if move.act == "wait":
            return self._did("wait", "", "", self._wait)
        if move.act in ("withdraw", "end"):
            person = self.initiator if move.act == "withdraw" else self.shadow.gate.actor.id
            return self._did(move.act, person, "", lambda: self._whole(move.act, person))
        try:
            task = self.asked(move)
        except Refusal as refusal:
            self.frames.append(self._frame(move.act, move.by.member, move.at, refusal.problems[0]))
            return False
        return self._did(move.act, task.assignee, task.node, lambda: self._act(move, task))

    def _whole(self, act: str, person: str) -> Json:
        do = {"withdraw": inbox.withdraw, "end": inbox.end}[act]
        return do(self.gate(person), self.live.app.id, self.live.form.id, self.record)

    def _wait(self) -> None:
        """The next deadline comes; without one, whatever was asked of the world outside is answered as done."""
        gate = Gate(self.shadow.world, system("simulation"), self.shadow.gate.language, self.shadow.gate.library)
        coming = deadlines(self)
        call = next(self.calls(), None)
        if coming:
            self.shadow.clock.moment = max(self.shadow.clock.moment, coming[0].due_at)
            outside.come(gate, coming[0])
        elif call is not None:
            outside.answer(gate, call, 200, {})
        elif self.awaited:
            for child in self.awaited:
                simulated.agree(self.shadow, self.live.app, child)
        else:
            raise invalid("case_no_deadline")

    @property
    def awaited(self) -> list[Instance]:
        """The subflows that are waited for."""
        return simulated.children(self.shadow, self.instance) if self.instance else []

    def calls(self) -> Iterator[Mapping[str, Json]]:
        """The calls that a node still waits for."""
        active = self.instance.state["active"] if self.instance else {}
        for job in self.shadow.outbox.jobs.values():
            node = job.payload.get("node", "") if job.topic == "call" else ""
            if node in active and active[node]["visit"] == job.payload["visit"]:
                yield job.payload

    def _act(self, move: Move, task: Task) -> Json:
        to = move.to if isinstance(move.to, str) else self.person(move.to, ())
        return inbox.act(
            self.gate(task.assignee), task.id, action=move.act, comment=move.comment,
            values=dict(move.values), before={}, to=to, position=move.position,
        )  # fmt: skip

    def asked(self, move: Move) -> Task:
        """The open task that the move answers; raises `Invalid` saying who is asked instead."""
        instance = self.instance
        mine = self.shadow.instances.tasks(instance.id) if instance else []
        here = [task for task in mine if task.state == "open" and task.node == (move.at or task.node)]
        if not here:
            raise invalid("case_nobody_asked", node=story.label(self.workflow, move.at))
        who = self.person(move.by, [task.assignee for task in here])
        found = [task for task in here if task.assignee == who]
        if not found:
            names = ", ".join(self._name(task.assignee) for task in here)
            raise invalid("case_not_asked", node=self._called(here[0].node), who=self._name(who), people=names)
        return found[0]

    def person(self, persona: Persona, asked: Sequence[str]) -> str:
        """Who plays the persona: among those asked if one of them is meant."""
        members = self.shadow.world.directory.members()
        if persona.member:
            return persona.member
        if not persona.role:
            return asked[0] if asked else ""
        holders = [id for id, one in members.items() if persona.role in one.roles and one.enabled]
        return next((id for id in asked if id in holders), holders[0] if holders else persona.role)

    def _called(self, id: str) -> str:
        return story.label(self.workflow, id) or id

    def _name(self, id: str) -> str:
        found = self.shadow.world.directory.members().get(id)
        return found.name if found else id

    def _did(self, act: str, by: str, at: str, work: Any) -> bool:
        problem = None
        try:
            work()
            simulated.work_off(self.shadow)
        except Refusal as refusal:
            problem = refusal.problems[0]
        self.frames.append(self._frame(act, by, at, problem))
        return problem is None

    def _frame(self, act: str, by: str, at: str, problem: Problem | None) -> Frame:
        instance = self.instance
        state: Mapping[str, Json] = instance.state if instance else {"active": {}, "open": {}, "trail": [], "log": []}
        log, changes, notices, jobs = self._fresh(state)
        trail = [(index, visit) for index, visit in enumerate(state["trail"]) if not visit.get("void")]
        names = {index: visit["node"] for index, visit in trail}
        ways = [(names[source], visit["node"]) for _, visit in trail for source in visit["from"] if source in names]
        return Frame(
            act=act, by=by, node=at, at=self.shadow.clock.now().isoformat(), problem=problem,
            status=instance.status if instance else "", active=tuple(state["active"]),
            open={id: tuple(people) for id, people in state["open"].items() if people},
            visited=tuple(dict.fromkeys(names.values())), ways=tuple(dict.fromkeys(ways)),
            log=tuple(log), tasks=tuple(self._moved()),
            changes=tuple(simulated.changes(self.live.app, self.record, changes)),
            messages=tuple(_messages(notices)), jobs=tuple(_jobs(jobs)),
        )  # fmt: skip

    def _fresh(self, state: Mapping[str, Json]) -> tuple[list[Json], list[Json], list[Json], list[Json]]:
        """What was written into the log, the history and the outbox since the frame before."""
        notices, jobs = [*self.shadow.notices.notices.values()], [*self.shadow.outbox.jobs.values()]
        all: tuple[list[Json], ...] = (state["log"], self.shadow.records.changes, notices, jobs)
        before, self._seen = self._seen, tuple(map(len, all))
        log, edits, told, calls = (list(each[since:]) for each, since in zip(all, before, strict=True))
        return log, edits, told, calls

    def _moved(self) -> Iterator[Mapping[str, str]]:
        """The tasks that were opened, done or closed since the frame before."""
        for id, task in self.shadow.instances.requests.items():
            before = self._known.get(id)
            if before is None or before.state != task.state:
                own = self.instance is not None and task.instance == self.instance.id
                where = "" if own else simulated.where(self.shadow, self.live.app, task)
                yield {"node": task.node, "person": task.assignee, "state": task.state, "outcome": task.outcome,
                       "purpose": task.purpose, "where": where}  # fmt: skip
        self._known = dict(self.shadow.instances.requests)


def _jobs(jobs: Sequence[Job]) -> Iterator[Mapping[str, Json]]:
    """What would be done outside: each kind of sending once, and every call with its address."""
    told = [(one.topic, str(one.payload.get("node", "")), str(one.payload.get("url", ""))) for one in jobs]
    for topic, at, address in dict.fromkeys(told):
        yield {"topic": topic, "node": at, "address": address}


def _messages(notices: Sequence[Notice]) -> Iterator[Mapping[str, Json]]:
    """Who is told what: one line for everybody who is told the same."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for one in notices:
        told.setdefault((one.kind, one.node, one.text if one.kind == "message" else ""), []).append(one.member)
    for (kind, at, text), people in told.items():
        yield {"about": kind, "node": at, "people": people, "text": text}


def begin(
    gate: Gate,
    app: str,
    workflow: str,
    manifest: Mapping[str, str],
    initiator: Persona,
    values: Values,
    record: str = "",
    directory: Directory | None = None,
) -> Simulation:
    """A walk of the app as `manifest` has it: on a real record, or on values of which none need be complete."""
    shadow = Shadow.over(gate, directory)
    shadow.play(app, manifest if record else relaxed(shadow, manifest, workflow, values))
    machine = Gate(shadow.world, gate.actor, gate.language, gate.library)
    drawn = machine.app(app).app.workflows.get(workflow)
    if drawn is None:
        raise invalid("no_such_workflow", "workflow", workflow=workflow)
    live = machine.form(app, drawn.form)
    play = Simulation(shadow, live, drawn, record, "")
    play.initiator = play.person(initiator, [gate.actor.id])
    if record:
        gate.record(gate.form(app, drawn.form), record)
    else:
        play.record = _put(play, values).id
    return play


def _put(play: Simulation, values: Values) -> Record:
    """A record of these values, not judged: a walk needs only what the drawing asks about."""
    gate = play.gate(play.initiator)
    at = compute.context(gate, play.live)
    sent = {id: compute.placeholder(value, at) for id, value in values.items() if id in play.live.fields}
    written = Entry(play.shadow.world.ids.new(), sent)
    entries.settle(Writing(gate, play.live, gate.grant(play.live, "create"), draft=True, trusted=True), [written])
    records.refuse(written.problems)
    record = records.fresh(gate, play.live, written, "draft")
    play.shadow.records.insert([record], [], {})
    return record


def relaxed(shadow: Shadow, manifest: Mapping[str, str], workflow: str, values: Values) -> dict[str, str]:
    """The app with nothing required in the workflow's form, and with given values standing where a formula would."""
    blobs = shadow.world.definitions.blobs(set(manifest.values()))
    form = f"forms/{blobs[manifest[f'workflows/{workflow}']]['form']}" if f"workflows/{workflow}" in manifest else ""
    if form not in manifest:
        return dict(manifest)
    part = blobs[manifest[form]]
    fields = [_optional(one, one["id"] in values) for one in part.get("fields", [])]
    rules = [{key: value for key, value in rule.items() if key != "require"} for rule in part.get("rules", [])]
    easy = {**part, "fields": fields, **({"rules": rules} if rules else {})}
    shadow.definitions.keep({digest(easy): easy})
    return {**manifest, form: digest(easy)}


def _optional(raw: Mapping[str, Json], given: bool) -> dict[str, Json]:
    gone = {"required", "formula"} if given else {"required"}
    kept = {key: value for key, value in raw.items() if key not in gone}
    if isinstance(kept.get("fields"), list):
        kept["fields"] = [_optional(column, False) for column in kept["fields"]]
    return kept


def offers(play: Simulation) -> list[dict[str, Json]]:
    """What could be done next: at each node that asks, whom it asks and what they may do."""
    instance = play.instance
    if instance is None or instance.status != "running":
        return []
    found = []
    for id, people in instance.state["open"].items():
        kind = node.at(play.workflow, id)
        for person in people:
            running = replace(play.running, instance=instance)
            writable = tasks.editable(play.gate(person), play.live, kind, running.record)
            found.append({
                "node": id, "person": person, "actions": list(kind.offers),
                "comment_required": list(kind.wants_comment),
                "return_to": story.return_targets(play.workflow, instance.state, id),
                "required": sorted(name for name, word in kind.access.items() if word == "required"),
                "editable": [name for name in play.live.fields if name in writable],
            })  # fmt: skip
    return found


def deadlines(play: Simulation) -> list[Timer]:
    """The deadlines that are running, the next one first."""
    return play.shadow.timers.of(play.instance.id) if play.instance else []


def awaits(play: Simulation) -> list[str]:
    """What is waited for beside people and deadlines, and may be answered by waiting: "call", "children"."""
    found = ["call"] if next(play.calls(), None) is not None else []
    return found + (["children"] if play.awaited else [])
