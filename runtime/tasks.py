"""What a person may do with a running workflow 待办办理: start, act, withdraw, end, suspend, comment."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from builder.definition import App, Workflow
from builder.locales import in_language
from builder.problem import Conflict, Invalid, conflict, forbidden, invalid, missing
from runtime import compute, node
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.node import NodeType
from runtime.perform import Running, happen
from runtime.ports import Instance, Record, Task
from runtime.step import NEW, refuses_withdrawal

Json = Any
Values = Mapping[str, Json]


class Write(Protocol):
    """How values are written at a task: the record engine's `write_at_task`."""

    def __call__(
        self,
        gate: Gate,
        live: LiveForm,
        record: Record,
        values: Values,
        before: Values,
        editable: frozenset[str],
        required: frozenset[str],
    ) -> Record:
        """The record as it then stands; raises `Refusal`."""
        ...


def workflow_of(gate: Gate, instance: Instance) -> Workflow:
    """The version of the workflow that the instance is pinned to, in the asker's words."""
    live = gate.form_of(instance.form).app
    for id, workflow in live.app.workflows.items():
        if live.hashes.get(f"workflows/{id}") == instance.workflow:
            return workflow
    pinned = Workflow.model_validate(gate.world.definitions.blobs([instance.workflow])[instance.workflow])
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
    return happen(gate, Running(instance, live.app.app.workflows[name], live, held), {"type": "started"})


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
    return Running(instance, workflow_of(gate, instance), gate.form_of(instance.form), record)


def own(gate: Gate, id: str) -> Task:
    """A task of the actor's; raises `Missing` for none, `Forbidden` for another's that the actor knows of."""
    task = gate.world.instances.task(id)
    if task is None:
        raise missing("no_such_task")
    if task.assignee != gate.actor.id:
        knows = gate.actor.admin or gate.world.instances.takes_part(gate.actor.id, task.form, task.record)
        raise forbidden("not_your_task") if knows else missing("no_such_task")
    return task


def act(
    gate: Gate,
    id: str,
    action: str,
    *,
    write: Write,
    comment: str = "",
    to: str = "",
    position: str = "",
    values: Values | None = None,
    before: Values | None = None,
) -> Running:
    """Answer a task. The instance is held first, so of two who act at once the second learns who was faster."""
    task = own(gate, id)
    running = hold(gate, task.instance)
    task = gate.world.instances.task(id) or task
    if action == "comment":
        return _remark(gate, running, comment, task.node)
    if task.state != "open" or running.instance.ended_at is not None:
        raise too_late(gate, running.instance, task)
    kind = node.at(running.workflow, task.node)
    if action in ("transfer", "delegate", "add_signer"):
        _must_be_a_member(gate, to)
    record = _written(gate, running, task.node, kind, action, values or {}, before or {}, write)
    event = {"type": "answered", "node": task.node, "person": task.assignee, "action": action}
    more = {"comment": comment, "to": to, "position": position}
    return happen(gate, replace(running, record=record), event | {key: value for key, value in more.items() if value})


def _must_be_a_member(gate: Gate, id: str) -> None:
    found = gate.world.directory.members().get(id)
    if found is None or not found.enabled:
        raise invalid("no_such_member", "to")


def editable(gate: Gate, live: LiveForm, kind: NodeType, record: Record) -> frozenset[str]:
    """The fields that may be written at a node: those it opens, and at an open one what the actor may write anyway."""
    said = {name for name, access in kind.access.items() if access in ("edit", "required")}
    if not kind.open_fields:
        return frozenset(said)
    free = [name for name, entry in live.fields.items() if not entry.computed and name not in kind.access]
    grants = [gate.grant(live, "update").over(record.seen(), live.kinds), gate.grant(live, "create")]
    return frozenset(said).union(*(grant.writable(free) for grant in grants))


def _written(
    gate: Gate,
    running: Running,
    at: str,
    kind: NodeType,
    action: str,
    values: Values,
    before: Values,
    write: Write,
) -> Record:
    """The record with what was filled in at the task; what the node requires must be there when it is completed."""
    completes = action in kind.completes
    needed = frozenset(name for name, access in kind.access.items() if access == "required" and completes)
    record, live = running.record, running.live
    if values or needed:
        record = write(gate, live, record, values, before, editable(gate, live, kind, record), needed)
    if completes and kind.open_fields:
        must_be_complete(gate, live, record)
    return record


def must_be_complete(gate: Gate, live: LiveForm, record: Record) -> None:
    """Refuse a record that lacks what its form requires; a draft may lack it until it is submitted."""
    moment = compute.context(gate, live)
    shown = compute.rules(live, record.values, moment)
    problems = [*compute.required_missing(live, record.values, shown), *compute.checks(live, record.values, moment)]
    if problems:
        raise Invalid(problems)


def too_late(gate: Gate, instance: Instance, task: Task) -> Conflict:
    """Why an answer comes too late: who was faster and when, or how the instance ended."""
    lines = [line for line in instance.state["log"] if line["node"] == task.node and line["action"] != "comment"]
    if task.state != "done" and instance.status == "withdrawn":
        return conflict("instance_withdrawn")
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


def _of_record(gate: Gate, live: LiveForm, record: str) -> Running:
    found = newest(gate, live, record)
    if found is None:
        raise missing("no_such_instance")
    return hold(gate, found.id)


def withdraw(gate: Gate, live: LiveForm, record: str, comment: str = "") -> Running:
    """The initiator takes the record back; it may then be edited and submitted again 撤回."""
    return happen(gate, _of_record(gate, live, record), {"type": "withdrawn", "comment": comment})


def comment(gate: Gate, live: LiveForm, record: str, words: str) -> Running:
    """A remark by anybody who may see the record 评论."""
    return _remark(gate, _of_record(gate, live, record), words, "")


def _remark(gate: Gate, running: Running, words: str, at: str) -> Running:
    if not words.strip():
        raise invalid("comment_required", "comment")
    return happen(gate, running, {"type": "commented", "node": at, "comment": words})


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
    return happen(gate, _of_record(gate, live, record), {"type": kind, "comment": comment})


def may_withdraw(gate: Gate, running: Running) -> bool:
    """Whether the actor could withdraw now."""
    return running.instance.ended_at is None and not refuses_withdrawal(
        running.workflow, running.instance.state, gate.actor.id
    )
