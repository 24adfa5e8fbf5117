"""Tasks as people see them 我的待办/我发起的/我处理的/抄送我的: boxes, one task, a record's flow."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from builder.problem import conflict, forbidden, missing
from runtime import administering, at_task, cards, offers, outside, proxies, reading, records, story, tasks, waits
from runtime.drawn import drawn
from runtime.gate import Gate
from runtime.perform import Running
from runtime.ports import ANYTHING, Instance, Sought, Task

Json = Any


def counts(gate: Gate, app: str = "") -> dict[str, int]:
    """How many tasks and unread copies wait for the asker."""
    return gate.world.instances.open_counts(gate.actor.id, app, proxies.standing_in(gate))


def box(
    gate: Gate, box: str, *, app: str = "", after: str = "", limit: int = 30, sought: Sought = ANYTHING
) -> dict[str, Json]:
    """A page of cards: todo, initiated, handled or copied."""
    port = gate.world.instances
    sought = _with_people(gate, sought)
    if box == "initiated":
        instances, following = port.initiated(gate.actor.id, app=app, limit=limit, after=after, sought=sought)
        return {
            "cards": _found(cards.of(gate, [(None, instance) for instance in instances]), sought),
            "next": following,
        }
    also = proxies.standing_in(gate) if box == "todo" else ()
    found, following = port.box(
        gate.actor.id,
        box,  # type: ignore[arg-type]
        app=app,
        limit=limit,
        after=after,
        also=also,
        sought=sought,
    )
    held = port.many(list(dict.fromkeys(task.instance for task in found)))
    pairs = [(task, held[task.instance]) for task in found if task.instance in held]
    return {"cards": _found(cards.of(gate, pairs), sought), "next": following}


def _with_people(gate: Gate, sought: Sought) -> Sought:
    """The text may also name the initiator."""
    text = sought.text.strip().lower()
    people = [one.id for one in gate.world.directory.members().values() if text in one.name.lower()] if text else []
    return replace(sought, text=text, people=tuple(people[:200]))


def _found(all: list[dict[str, Json]], sought: Sought) -> list[dict[str, Json]]:
    """What holds the text where the asker may read it: a title that he may not is not told by finding it."""
    if not sought.text:
        return all
    return [card for card in all if sought.text in card["title"].lower() or card["initiator"] in sought.people]


def tally(gate: Gate, box: str, app: str = "") -> dict[str, Json]:
    """By what a box can be narrowed: forms, their nodes, initiators; and how many are overdue."""
    also = proxies.standing_in(gate) if box == "todo" else ()
    lines = gate.world.instances.tally(gate.actor.id, box, now=gate.now, app=app, also=also)  # type: ignore[arg-type]
    forms = {
        form: gate.form_of(form).form.name
        for form in dict.fromkeys(line.form for line in lines)
        if cards.is_there(gate, form)
    }
    lines = [line for line in lines if line.form in forms]
    nodes: dict[tuple[str, str], int] = {}
    labels: dict[tuple[str, str], str] = {}
    people: dict[str, int] = {}
    for line in lines:
        nodes[line.form, line.node] = nodes.get((line.form, line.node), 0) + line.count
        labels.setdefault((line.form, line.node), line.label)
        people[line.initiator] = people.get(line.initiator, 0) + line.count
    return {
        "forms": [
            {"id": form, "name": name, "count": sum(line.count for line in lines if line.form == form)}
            for form, name in forms.items()
        ],
        "nodes": [{"form": key[0], "id": key[1], "label": labels[key], "count": count} for key, count in nodes.items()],
        "initiators": [{"id": id, "count": count} for id, count in people.items()],
        "overdue": sum(line.late for line in lines),
    }


def one(gate: Gate, id: str) -> dict[str, Json]:
    """A task with its record, what may be done, and the story so far; `act` with "read" marks it as seen."""
    task = tasks.own(gate, id)
    instance = gate.world.instances.get(task.instance)
    shown = cards.of(gate, [(task, instance)] if instance else [])
    if instance is None or not shown:
        raise missing("no_such_record")
    running = tasks.look(gate, instance)
    kind = drawn(running.workflow).kind(task.node)
    open_now = task.state == "open" and instance.ended_at is None
    hidden = cards.hidden(gate, running.workflow, task)
    return {
        "card": shown[0],
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


def comment(gate: Gate, app: str, form: str, record: str, words: str, mentions: Sequence[str] = ()) -> None:
    """Remark on it."""
    tasks.comment(gate, gate.form(app, form), record, words, mentions)


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
    return {"cards": cards.of(gate, pairs), "count": len(found)}
