"""What a person may do with a running workflow 待办办理: start, act, withdraw, end, suspend, comment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from builder.definition import App, Workflow
from builder.locales import in_language
from builder.problem import Refusal, conflict, forbidden, invalid, missing
from runtime import at_task, proxies
from runtime.at_task import Write
from runtime.at_task import editable as editable
from runtime.at_task import must_be_complete as must_be_complete
from runtime.drawn import drawn
from runtime.formats import raised
from runtime.gate import Gate
from runtime.live import LiveApp, LiveForm
from runtime.node import NodeType
from runtime.perform import Running, happen
from runtime.ports import Instance, Record, Task
from runtime.step import NEW, refuses_withdrawal

Json = Any
Values = Mapping[str, Json]
NEWCOMERS = frozenset({"transfer", "delegate", "add_signer"})
"""The actions that name a member."""
HANDED_ON = frozenset({"delegated", "transferred", "reassigned"})
"""How a task ends that is somebody else's now."""
WAITS = {"held": "signer_pending", "claimed": "already_claimed"}
"""Why a closed task cannot be answered, though its node still runs."""


def workflow_of(gate: Gate, instance: Instance) -> Workflow:
    """The version of the workflow that the instance is pinned to, in the asker's words."""
    live = gate.form_of(instance.form).app
    for id, workflow in live.app.workflows.items():
        if live.hashes.get(f"workflows/{id}") == instance.workflow:
            return workflow
    key = (instance.workflow, gate.language, live.hashes.get(f"locales/{gate.language}", ""))
    return gate.library.pinned(key, lambda: _pinned(gate, live, instance.workflow))


def _pinned(gate: Gate, live: LiveApp, hash: str) -> Workflow:
    """A workflow that is not the live one any more."""
    pinned = Workflow.model_validate(gate.world.definitions.blobs([hash])[hash])
    alone = App(id=live.id, name=live.app.name, workflows={pinned.id: pinned}, locales=live.app.locales)
    return in_language(alone, gate.language).workflows[pinned.id]


def start(gate: Gate, live: LiveForm, record: Record) -> Running:
    """Submit the record: the form's workflow starts, with the actor as initiator; raises `Conflict`, `Invalid`."""
    name = live.form.workflow or ""
    if name not in live.app.app.workflows:
        raise missing("no_workflow")
    held = gate.world.records.get(live.key, record.id, lock=True) or record
    if any(found.ended_at is None for found in gate.world.instances.of_record(live.key, record.id)):
        raise conflict("already_started")
    pinned = live.app.hashes[f"workflows/{name}"]
    by = gate.actor.id
    instance = Instance(gate.world.ids.new(), live.key, held.id, pinned, NEW, "", by, gate.now, 0)
    started = {"type": "started", **({"outside": True} if gate.actor.kind == "public" else {})}
    return happen(gate, Running(instance, live.app.app.workflows[name], live, held), started)


def hold(gate: Gate, id: str) -> Running:
    """The instance with its workflow and record, locked; raises `Missing`."""
    instance = gate.world.instances.get(id, lock=True)
    if instance is None:
        raise missing("no_such_instance")
    return _with_record(gate, instance, lock=True)


def look(gate: Gate, instance: Instance) -> Running:
    """The same without a lock, for reading."""
    return _with_record(gate, instance, lock=False)


def _with_record(gate: Gate, instance: Instance, *, lock: bool) -> Running:
    record = gate.world.records.get(instance.form, instance.record, lock=lock)
    if record is None:
        raise missing("no_such_record")
    instance = replace(instance, state=raised(instance.state))
    return Running(instance, workflow_of(gate, instance), gate.form_of(instance.form), record)


def own(gate: Gate, id: str) -> Task:
    """A task of the actor's, or of somebody for whom he stands in; raises `Missing`, or `Forbidden` for one of another
    of which he knows."""
    task = gate.world.instances.task(id)
    if task is None:
        raise missing("no_such_task")
    if task.assignee != gate.actor.id and not proxies.stands_in(gate, task):
        knows = gate.actor.admin or gate.world.instances.takes_part(gate.actor.id, task.form, task.record)
        raise forbidden("not_your_task") if knows else missing("no_such_task")
    return task


@dataclass(frozen=True)
class Answer:
    """What somebody does with a task. `then` is "rerun" or "straight" after a return, `signature` a stored image,
    `mentions` whom the comment names."""

    action: str
    comment: str = ""
    to: str = ""
    position: str = ""
    then: str = ""
    signature: str = ""
    mentions: Sequence[str] = ()
    values: Values = field(default_factory=dict)
    before: Values = field(default_factory=dict)

    @property
    def said(self) -> dict[str, Json]:
        """What stands in the event."""
        words = ("comment", "to", "position", "then", "signature")
        said = {word: getattr(self, word) for word in words if getattr(self, word)}
        return {**said, **_naming(self.mentions)}


def act(gate: Gate, id: str, action: str, *, write: Write, **said: Json) -> Running:
    """Answer a task. The instance is held first, so of two who act at once the second learns who was faster."""
    answer = Answer(action, **said)
    task = own(gate, id)
    running = hold(gate, task.instance)
    task = gate.world.instances.task(id) or task
    if answer.action == "comment":
        return _remark(gate, running, answer.comment, task.node, answer.mentions)
    if answer.action == "take_back":
        return happen(gate, running, {"type": "taken_back", "node": task.node, "person": task.assignee, **answer.said})
    if answer.action == "remove_signer" and running.instance.ended_at is None:
        return happen(gate, running, _answered(task, answer))
    if task.state != "open" or running.instance.ended_at is not None:
        raise too_late(gate, running.instance, task)
    kind = drawn(running.workflow).kind(task.node)
    if answer.action in NEWCOMERS:
        must_be_a_member(gate, answer.to)
    if answer.action == "stash":
        _may_fill(running, kind, task)
        return replace(running, record=_filled(gate, running, kind, answer, write, completes=False))
    completes = kind.completed_by(answer.action, answer.position)
    record = _filled(gate, running, kind, answer, write, completes=completes)
    at_task.sign(gate, running.live, record.id, answer.signature)
    return happen(gate, replace(running, record=record), _answered(task, answer))


def _may_fill(running: Running, kind: NodeType, task: Task) -> None:
    """Keeping what is typed is acting too: not while it is suspended, nor before the task is claimed."""
    if running.instance.state.get("suspended"):
        raise conflict("instance_suspended")
    memo = running.instance.state["active"].get(task.node, {})
    if tuple(kind.offered(memo, task.assignee)) == ("claim",):
        raise conflict("claim_first")


def _answered(task: Task, answer: Answer) -> dict[str, Json]:
    event = {"type": "answered", "node": task.node, "person": task.assignee, "action": answer.action}
    return {**event, **answer.said}


def _filled(gate: Gate, running: Running, kind: NodeType, answer: Answer, write: Write, *, completes: bool) -> Record:
    values, before = answer.values, answer.before
    return at_task.written(gate, running, kind, values, before, write, completes=completes)


def must_be_a_member(gate: Gate, id: str) -> None:
    """Refuse somebody who is not there, or not any more."""
    found = gate.world.directory.members().get(id)
    if found is None or not found.enabled:
        raise invalid("no_such_member", "to")


def too_late(gate: Gate, instance: Instance, task: Task) -> Refusal:
    """Why an answer comes too late: who was faster and when, or how the instance ended."""
    lines = [line for line in instance.state["log"] if line["node"] == task.node and line["action"] != "comment"]
    if task.state != "done" and instance.status == "withdrawn":
        return conflict("instance_withdrawn")
    if task.outcome in HANDED_ON and instance.ended_at is None:
        return forbidden("not_your_task")
    if task.outcome in WAITS and instance.ended_at is None:
        return conflict(WAITS[task.outcome])
    if task.state == "done":
        by, at, action = task.actor or task.assignee, task.closed_at, task.outcome
    elif lines and task.outcome != "ended":
        by, at, action = lines[-1]["by"], task.closed_at, lines[-1]["action"]
    else:
        return conflict("instance_ended", status=instance.status)
    known = gate.world.directory.members().get(by)
    when = at.astimezone(ZoneInfo(gate.timezone)).strftime("%Y-%m-%d %H:%M") if at else ""
    params = {"by": known.name if known else by, "member": by, "at": at.isoformat() if at else "", "action": action}
    return conflict("already_handled", time=when, **params)


def read(gate: Gate, id: str) -> None:
    """Say that the task, or the copy, has been seen."""
    task = own(gate, id)
    if task.seen_at is None:
        gate.world.instances.put([replace(task, seen_at=gate.now)])
        gate.world.outbox.signal("tasks", [task.assignee], {"instance": task.instance})


def newest(gate: Gate, live: LiveForm, record: str) -> Instance | None:
    """The record's newest instance, if the actor may see the record; raises `Missing`."""
    gate.record(live, record)
    return next(iter(gate.world.instances.of_record(live.key, record)), None)


def of_record(gate: Gate, live: LiveForm, record: str) -> Running:
    """The newest instance of a record that the actor may see, held; raises `Missing`."""
    found = newest(gate, live, record)
    if found is None:
        raise missing("no_such_instance")
    return hold(gate, found.id)


def withdraw(gate: Gate, live: LiveForm, record: str, comment: str = "") -> Running:
    """The initiator takes the record back; it may then be edited and submitted again 撤回."""
    return happen(gate, of_record(gate, live, record), {"type": "withdrawn", "comment": comment})


def comment(gate: Gate, live: LiveForm, record: str, words: str, mentions: Sequence[str] = ()) -> Running:
    """A remark by anybody who may see the record 评论; `mentions` are the members whom it names."""
    return _remark(gate, of_record(gate, live, record), words, "", mentions)


def _remark(gate: Gate, running: Running, words: str, at: str, mentions: Sequence[str]) -> Running:
    if not words.strip():
        raise invalid("comment_required", "comment")
    return happen(gate, running, {"type": "commented", "node": at, "comment": words, **_naming(mentions)})


def _naming(mentions: Sequence[str]) -> dict[str, Json]:
    return {"mentions": list(dict.fromkeys(mentions))} if mentions else {}


def end(gate: Gate, live: LiveForm, record: str, comment: str = "") -> Running:
    """An admin ends the instance 终止."""
    return _by_admin(gate, live, record, "terminated", comment)


def suspend(gate: Gate, live: LiveForm, record: str, comment: str = "") -> Running:
    """An admin stops it for a while 挂起."""
    return _by_admin(gate, live, record, "suspended", comment)


def resume(gate: Gate, live: LiveForm, record: str, comment: str = "") -> Running:
    """An admin lets it go on 恢复."""
    return _by_admin(gate, live, record, "resumed", comment)


def _by_admin(gate: Gate, live: LiveForm, record: str, kind: str, comment: str) -> Running:
    if not gate.actor.admin:
        raise forbidden("admins_only")
    return happen(gate, of_record(gate, live, record), {"type": kind, "comment": comment})


def may_withdraw(gate: Gate, running: Running) -> bool:
    """Whether the actor could withdraw now."""
    return running.instance.ended_at is None and not refuses_withdrawal(
        running.workflow, running.instance.state, gate.actor.id
    )


def knows(gate: Gate, running: Running) -> bool:
    """Whether the actor started it, has acted in it, or is an admin."""
    lines = running.instance.state["log"]
    took = any(gate.actor.id in (line["by"], line.get("person")) and not line.get("auto") for line in lines)
    return gate.actor.admin or gate.actor.id == running.instance.initiator or took


def urge(gate: Gate, live: LiveForm, record: str, comment: str = "") -> Running:
    """Remind those who are asked 催办."""
    running = of_record(gate, live, record)
    if not knows(gate, running):
        raise forbidden("not_allowed", operation="urge")
    return happen(gate, running, {"type": "urged", "comment": comment})
