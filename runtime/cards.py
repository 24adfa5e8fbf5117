"""Tasks and instances as cards of a list 待办卡片: title, chosen fields, since when, until when."""

from collections.abc import Mapping, Sequence
from typing import Any

from builder.access import Grant, Slice
from builder.definition import Workflow
from builder.filter import EVERYTHING
from runtime import at_task, node, story, tasks
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import Naming, titles
from runtime.ports import Instance, Record, Task

Json = Any
Values = Mapping[str, Any]
SUMMARY = 3
"""How many fields a card shows when the workflow names none."""
PARTICIPANT = Slice(EVERYTHING, None, frozenset())
"""Who has or had a task on a record, or submitted it, may read it."""


def is_there(gate: Gate, form: str) -> bool:
    """Whether the app and the form ("app.form") are still there."""
    app, _, name = form.partition(".")
    head = gate.world.definitions.app(app)
    return head is not None and bool(head.live) and name in gate.app(app).forms


def of(gate: Gate, pairs: Sequence[tuple[Task | None, Instance]]) -> list[dict[str, Json]]:
    """A card for each task, or instance, whose record is still there."""
    pairs = [(task, instance) for task, instance in pairs if is_there(gate, instance.form)]
    wanted: dict[str, set[str]] = {}
    for _, instance in pairs:
        wanted.setdefault(instance.form, set()).add(instance.record)
    held: dict[str, Record] = {}
    seen: dict[str, Values] = {}
    words: dict[str, str] = {}
    flows: dict[tuple[str, str], Workflow] = {}
    for form, ids in wanted.items():
        found = gate.world.records.many(form, sorted(ids))
        held |= found
        live = gate.form_of(form)
        readable = _readable(gate, live, list(found.values()))
        seen |= readable
        words |= titles(gate, live, list(readable.values()))
    for _, instance in pairs:
        if (instance.form, instance.workflow) not in flows:
            flows[instance.form, instance.workflow] = tasks.workflow_of(gate, instance)
    return [
        card(gate, flows[each.form, each.workflow], task, each, (held[each.record], seen[each.record]), words)
        for task, each in pairs
        if each.record in held
    ]


def _readable(gate: Gate, live: LiveForm, records: Sequence[Record]) -> dict[str, Values]:
    """What the asker may read of records on which he has a task or which he submitted, by id."""
    grants = gate.as_readers(live, records)
    participant = Grant("read", (PARTICIPANT,))
    return {
        record.id: gate.masked(live, record.values, grants[record.id] if grants[record.id].allowed else participant)
        for record in records
    }


def card(
    gate: Gate,
    workflow: Workflow,
    task: Task | None,
    instance: Instance,
    about: tuple[Record, Values],
    words: Mapping[str, str],
) -> dict[str, Json]:
    """A task, or an instance, in a list; `about` is the record and what may be read of it, `words` are titles."""
    record, values = about
    app, _, form = instance.form.partition(".")
    live = gate.form(app, form)
    unseen = hidden(gate, workflow, task)
    shown: dict[str, Json] = {
        "id": task.id if task else instance.id,
        "task": task.id if task else "",
        "instance": instance.id,
        "app": app,
        "form": form,
        "form_name": live.form.name,
        "record": instance.record,
        "title": _title(live, record, values, unseen),
        "summary": summary(gate, live, values, unseen, words, workflow.brief),
        "initiator": instance.initiator,
        "status": instance.status,
        "opened_at": task.opened_at if task else instance.started_at,
        "closed_at": task.closed_at if task else instance.ended_at,
        "waiting_for": waiting_for(instance),
    }
    if task is not None:
        shown |= {"node": task.node, "node_label": story.label(workflow, task.node) or task.label}
        shown |= {"purpose": task.purpose, "outcome": task.outcome, "unread": task.seen_at is None}
        shown |= {
            "due_at": task.due_at,
            "overdue": task.state == "open" and bool(task.due_at and task.due_at < gate.now),
        }
        shown |= {"on_behalf_of": task.assignee if task.assignee != gate.actor.id else ""}
    return shown


def _title(live: LiveForm, record: Record, values: Values, hidden: frozenset[str]) -> str:
    named = live.form.title_field
    told = not named or (named not in hidden and named in values)
    return record.title if told else ""


def waiting_for(instance: Instance) -> list[str]:
    """Who is asked now, each once."""
    return list(dict.fromkeys(person for people in instance.state["open"].values() for person in people))


def summary(
    gate: Gate,
    live: LiveForm,
    values: Values,
    hidden: frozenset[str],
    words: Mapping[str, str],
    brief: Sequence[str] = (),
) -> list[dict[str, str]]:
    """The fields that the workflow chose, or the first few; those that may be read and hold something, in words."""
    naming = Naming(gate, words)
    chosen = [id for id in brief if id in live.fields] or [id for id in live.fields if id != live.form.title_field]
    found = []
    for id in chosen:
        entry = live.fields[id]
        if values.get(id) is None or id in hidden or entry.nested or entry.hidden:
            continue
        found.append({"label": entry.label, "value": entry.type.display(values[id], naming)})
        if len(found) == (len(brief) or SUMMARY):
            break
    return found


def hidden(gate: Gate, workflow: Workflow, task: Task | None) -> frozenset[str]:
    """The fields and columns that the task's node hides."""
    return at_task.hidden(gate.form_of(task.form), node.fields_access(workflow, task.node)) if task else frozenset()
