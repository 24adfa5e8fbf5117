"""Tasks as people see them 我的待办/我发起的/我处理的/抄送我的: boxes, one task, a record's flow."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from builder.access import Grant, Slice
from builder.definition import Workflow
from builder.filter import EVERYTHING
from builder.problem import conflict, forbidden, missing
from runtime import administering, at_task, node, offers, outside, proxies, reading, records, story, tasks, waits
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import Naming, titles
from runtime.perform import Running
from runtime.ports import Instance, Record, Task

Json = Any
SUMMARY = 3
"""How many fields a card shows."""
PARTICIPANT = Slice(EVERYTHING, None, frozenset())
"""Who has or had a task on a record, or submitted it, may read it."""


def counts(gate: Gate, app: str = "") -> dict[str, int]:
    """How many tasks and unread copies wait for the asker."""
    return gate.world.instances.open_counts(gate.actor.id, app, proxies.standing_in(gate))


def box(gate: Gate, box: str, *, app: str = "", after: str = "", limit: int = 30) -> dict[str, Json]:
    """A page of cards: todo, initiated, handled or copied."""
    port = gate.world.instances
    if box == "initiated":
        instances, following = port.initiated(gate.actor.id, app=app, limit=limit, after=after)
        return {"cards": _cards(gate, [(None, instance) for instance in instances]), "next": following}
    also = proxies.standing_in(gate) if box == "todo" else ()
    found, following = port.box(gate.actor.id, box, app=app, limit=limit, after=after, also=also)  # type: ignore[arg-type]
    pairs = [(task, instance) for task in found if (instance := port.get(task.instance)) is not None]
    return {"cards": _cards(gate, pairs), "next": following}


def _cards(gate: Gate, pairs: Sequence[tuple[Task | None, Instance]]) -> list[dict[str, Json]]:
    pairs = [(task, instance) for task, instance in pairs if _there(gate, instance)]
    wanted: dict[str, set[str]] = {}
    for _, instance in pairs:
        wanted.setdefault(instance.form, set()).add(instance.record)
    held: dict[str, Record] = {}
    words: dict[str, str] = {}
    for form, ids in wanted.items():
        found = gate.world.records.many(form, sorted(ids))
        held |= found
        live = gate.form_of(form)
        words |= titles(gate, live, [_readable(gate, live, record) for record in found.values()])
    return [card(gate, task, each, held[each.record], words) for task, each in pairs if each.record in held]


def _there(gate: Gate, instance: Instance) -> bool:
    """Whether the instance's app and form are still there."""
    app, _, form = instance.form.partition(".")
    head = gate.world.definitions.app(app)
    return head is not None and bool(head.live) and form in gate.app(app).forms


def _readable(gate: Gate, live: LiveForm, record: Record) -> dict[str, Json]:
    """What the asker may read of a record on which he has a task or which he submitted."""
    grant = gate.as_reader(live, record)
    return gate.masked(live, record.values, grant if grant.allowed else Grant("read", (PARTICIPANT,)))


def card(
    gate: Gate, task: Task | None, instance: Instance, record: Record, words: Mapping[str, str]
) -> dict[str, Json]:
    """A task, or an instance, in a list; `words` are titles of the records that it may name."""
    app, _, form = instance.form.partition(".")
    live = gate.form(app, form)
    workflow = tasks.workflow_of(gate, instance)
    hidden = _hidden(gate, workflow, task)
    shown: dict[str, Json] = {
        "id": task.id if task else instance.id,
        "task": task.id if task else "",
        "instance": instance.id,
        "app": app,
        "form": form,
        "form_name": live.form.name,
        "record": instance.record,
        "title": _title(gate, live, record, hidden),
        "summary": summary(gate, live, record, hidden, words),
        "initiator": instance.initiator,
        "status": instance.status,
        "opened_at": task.opened_at if task else instance.started_at,
        "closed_at": task.closed_at if task else instance.ended_at,
        "waiting_for": waiting_for(instance),
    }
    if task is not None:
        shown |= {"node": task.node, "node_label": story.label(workflow, task.node) or task.label}
        shown |= {"purpose": task.purpose, "outcome": task.outcome, "unread": task.seen_at is None}
    return shown


def _title(gate: Gate, live: LiveForm, record: Record, hidden: frozenset[str]) -> str:
    named = live.form.title_field
    told = not named or (named not in hidden and named in _readable(gate, live, record))
    return record.title if told else ""


def waiting_for(instance: Instance) -> list[str]:
    """Who is asked now, each once."""
    return list(dict.fromkeys(person for people in instance.state["open"].values() for person in people))


def summary(
    gate: Gate, live: LiveForm, record: Record, hidden: frozenset[str], words: Mapping[str, str]
) -> list[dict[str, str]]:
    """The first few readable fields that hold something, in words."""
    values = _readable(gate, live, record)
    naming = Naming(gate, words)
    found = []
    for id, entry in live.fields.items():
        if values.get(id) is None or id in hidden or id == live.form.title_field or entry.nested or entry.hidden:
            continue
        found.append({"label": entry.label, "value": entry.type.display(values[id], naming)})
        if len(found) == SUMMARY:
            break
    return found


def _hidden(gate: Gate, workflow: Workflow, task: Task | None) -> frozenset[str]:
    """The fields and columns that the task's node hides."""
    return at_task.hidden(gate.form_of(task.form), node.fields_access(workflow, task.node)) if task else frozenset()


def one(gate: Gate, id: str) -> dict[str, Json]:
    """A task with its record, what may be done, and the story so far; `act` with "read" marks it as seen."""
    task = tasks.own(gate, id)
    instance = gate.world.instances.get(task.instance)
    cards = _cards(gate, [(task, instance)] if instance else [])
    if instance is None or not cards:
        raise missing("no_such_record")
    running = tasks.look(gate, instance)
    kind = node.at(running.workflow, task.node)
    open_now = task.state == "open" and instance.ended_at is None
    hidden = _hidden(gate, running.workflow, task)
    return {
        "card": cards[0],
        "record": _record(gate, running, hidden, tasks.editable(gate, running.live, kind, running.record)),
        "actions": offers.of(gate, running, task) if open_now else offers.afterwards(gate, running, task),
        "return_to": _targets(running, task) if open_now and "return" in kind.offers else [],
        "after_return": kind.then,
        "comment_required": list(kind.wants_comment),
        "signature_required": list(kind.wants_signature),
        "buttons": dict(kind.words),
        "fields": dict(kind.access),
        "added_signers": offers.added_by(running, task),
        "on_behalf_of": task.assignee if task.assignee != gate.actor.id else "",
        "flow": _flow(gate, running),
    }


def _targets(running: Running, task: Task) -> list[dict[str, str]]:
    return story.return_targets(running.workflow, running.instance.state, task.node)


def _record(gate: Gate, running: Running, hidden: frozenset[str], editable: frozenset[str]) -> dict[str, Json]:
    record, grant = gate.record(running.live, running.record.id)
    shown = reading.shown(gate, running.live, record, grant)
    values = at_task.shown(shown["values"], hidden)
    return {**shown, "values": values, "writable": sorted(editable - hidden)}


def flow(gate: Gate, app: str, form: str, record: str) -> dict[str, Json] | None:
    """The record's newest instance: where it is, its story, what the asker may do; None when it never started."""
    live = gate.form(app, form)
    instance = tasks.newest(gate, live, record)
    return None if instance is None else _flow(gate, tasks.look(gate, instance))


def _flow(gate: Gate, running: Running) -> dict[str, Json]:
    instance, workflow = running.instance, running.workflow
    mine = [task.id for task in _open_tasks(gate, instance) if offers.for_actor(gate, task)]
    return {
        "instance": instance.id,
        "status": instance.status,
        "workflow": workflow.id,
        "name": workflow.name,
        "initiator": instance.initiator,
        "started_at": instance.started_at,
        "ended_at": instance.ended_at,
        "active": list(instance.state["active"]),
        "nodes": {
            id: {"type": each.type, "label": each.label, "on": dict(each.on)} for id, each in workflow.nodes.items()
        },
        "drawing": {id: list(place) for id, place in workflow.drawing.items()},
        "visited": list(dict.fromkeys(visit["node"] for visit in instance.state["trail"] if not visit.get("void"))),
        "timeline": [_line(line) for line in story.timeline(gate, running)],
        "waiting": story.waiting(gate, running),
        "failures": waits.failures(gate, running),
        "due_at": min((at for id in instance.state["open"] if (at := waits.next_due(running, id))), default=None),
        **waits.family(gate, running),
        "can_withdraw": tasks.may_withdraw(gate, running),
        "can_end": gate.actor.admin and instance.ended_at is None,
        "can_urge": offers.may_urge(gate, running),
        "can_take_back": offers.taken_back_by(gate, running),
        "admin": offers.for_admin(gate, running) or None,
        "task": next(iter(mine), ""),
    }


def _line(line: story.Line) -> Mapping[str, Json]:
    return {**asdict(line), "people": list(line.people)}


def _open_tasks(gate: Gate, instance: Instance) -> list[Task]:
    return [task for task in gate.world.instances.tasks(instance.id) if task.state == "open"]


def act(gate: Gate, id: str, *, action: str, **said: Json) -> dict[str, Json]:
    """Answer a task, or read it; says which of the asker's tasks comes next."""
    if action == "read":
        tasks.read(gate, id)
        return done(gate, "")
    running = tasks.act(gate, id, action, write=records.write_at_task, **said)
    return done(gate, running.instance.status)


def done(gate: Gate, status: str) -> dict[str, Json]:
    """It was done; and what waits for the asker next."""
    following, _ = gate.world.instances.box(gate.actor.id, "todo", limit=1, also=proxies.standing_in(gate))
    return {"ok": True, "next": following[0].id if following else "", "status": status}


def submit(gate: Gate, app: str, form: str, record: str) -> dict[str, Json]:
    """Start the workflow of a draft."""
    live = gate.form(app, form)
    found, _ = gate.record(live, record, lock=True)
    if found.created_by != gate.actor.id and "submit" not in reading.can(gate, live, found):
        raise forbidden("not_allowed", operation="submit")
    if found.status not in ("", "draft"):
        raise conflict("already_started")
    tasks.must_be_complete(gate, live, found)
    return done(gate, tasks.start(gate, live, found).instance.status)


def withdraw(gate: Gate, app: str, form: str, record: str) -> dict[str, Json]:
    """The initiator takes it back."""
    return done(gate, tasks.withdraw(gate, gate.form(app, form), record).instance.status)


def end(gate: Gate, app: str, form: str, record: str) -> dict[str, Json]:
    """An admin ends it."""
    return done(gate, tasks.end(gate, gate.form(app, form), record).instance.status)


def retry(gate: Gate, app: str, form: str, record: str, node: str) -> dict[str, Json]:
    """An admin lets a node that failed try again."""
    return done(gate, outside.retry(gate, gate.form(app, form), record, node).instance.status)


def skip(gate: Gate, app: str, form: str, record: str, node: str) -> dict[str, Json]:
    """An admin lets the workflow go on without a node that failed."""
    return done(gate, outside.skip(gate, gate.form(app, form), record, node).instance.status)


def comment(gate: Gate, app: str, form: str, record: str, words: str) -> None:
    """Remark on it."""
    tasks.comment(gate, gate.form(app, form), record, words)


def urge(gate: Gate, app: str, form: str, record: str, words: str) -> dict[str, Json]:
    """Remind those who are asked."""
    return done(gate, tasks.urge(gate, gate.form(app, form), record, words).instance.status)


def suspend(gate: Gate, app: str, form: str, record: str, words: str) -> dict[str, Json]:
    """An admin stops it for a while."""
    return done(gate, tasks.suspend(gate, gate.form(app, form), record, words).instance.status)


def resume(gate: Gate, app: str, form: str, record: str, words: str) -> dict[str, Json]:
    """An admin lets it go on."""
    return done(gate, tasks.resume(gate, gate.form(app, form), record, words).instance.status)


def open_tasks_of(gate: Gate, member: str) -> dict[str, Json]:
    """What a member has still to do, for an admin; the first hundred as cards."""
    found = administering.open_tasks_of(gate, member)
    shown = found[:100]
    pairs = [(task, instance) for task in shown if (instance := gate.world.instances.get(task.instance)) is not None]
    return {"cards": _cards(gate, pairs), "count": len(found)}
