"""Who is told what 消息: from what happened to notices, by each person's own choice of channels."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from builder.definition import Workflow
from runtime import mentions
from runtime.effect import SendMessage
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import Naming, titles
from runtime.ports import Instance, Job, Notice, Record, Task

Json = Any

KINDS = (
    *("task_opened", "urged", "transferred", "signer_added", "delegated", "delegated_back", "returned", "due_soon"),
    *("overdue", "auto_handled", "approved", "rejected", "ended", "withdrawn", "copied", "commented", "mentioned"),
    *("node_failed", "message"),
)
CHANNELS = ("app", "mail", "robot")
BY_DEFAULT = ("app", "mail", "robot")
QUIET = frozenset({"commented", "approved"})
"""What is not sent by mail unless somebody wants it to be."""
MAIL_AFTER, ROBOT_AFTER = timedelta(seconds=30), timedelta(seconds=3)
"""How long notices are gathered before they are sent together."""
HANDED = {"transfer": "transferred", "delegate": "delegated", "add_signer": "signer_added"}
HOLE = re.compile(r"\{([a-z0-9_]+)\}")


def opened(event: Mapping[str, Json], task: Task, changed: Iterable[Task]) -> str:
    """In which words somebody learns of a new task."""
    if event.get("type") == "answered" and event.get("node") == task.node:
        if event["action"] in HANDED and event.get("to") == task.assignee:
            return HANDED[event["action"]]
        if event.get("delegator") == task.assignee:
            return "delegated_back"
    return "task_opened"


def heard(
    gate: Gate, live: LiveForm, record: Record, instance: Instance, event: Mapping[str, Json]
) -> Iterator[tuple[str, str]]:
    """Who hears of a remark or of a withdrawal, beside those whom the machine names."""
    mentioned = mentions.meant(gate, live, record, instance, event)
    for person in sorted(mentioned):
        yield person, "mentioned"
    if event.get("type") == "commented":
        asked = {person for people in instance.state["open"].values() for person in people}
        for person in sorted((asked | {instance.initiator}) - mentioned):
            yield person, "commented"


def deliver(
    gate: Gate,
    workflow: Workflow,
    instance: Instance,
    meant: Mapping[tuple[str, str], set[str]],
    tasks: Iterable[Task],
    event: Mapping[str, Json],
) -> list[str]:
    """Keep a notice for each person and thing told, never for who did it himself; answers whom to wake."""
    open_now = {(task.node, task.assignee): task.id for task in tasks if task.state == "open" or task.purpose == "copy"}
    withdrawn = {task.assignee for task in tasks if task.outcome == "withdrawn"}
    if withdrawn:
        meant = {**meant, ("withdrawn", ""): meant.get(("withdrawn", ""), set()) | withdrawn}
    found = []
    for (kind, node), people in meant.items():
        for person in sorted(people - himself(gate)):
            label = workflow.nodes[node].label or node if node in workflow.nodes else ""
            found.append(Notice(
                gate.world.ids.new(), person, kind, gate.now, instance.form, instance.record, instance.id, node, label,
                open_now.get((node, person), ""), str(event.get("by", "")), str(event.get("comment", ""))[:500],
            ))  # fmt: skip
    return put(gate, found)


def himself(gate: Gate) -> set[str]:
    """Who need not be told, for he did it; the owner of a public link did not do what a stranger did by it."""
    return set() if gate.actor.kind == "public" else {gate.actor.id}


def message(gate: Gate, live: LiveForm, record: Record, instance: Instance, effect: SendMessage) -> None:
    """Words of the workflow's own, with the record's fields in the place of their names."""
    machine = gate.as_system("message of a workflow")
    values = record.values
    naming = Naming(machine, titles(machine, live, [values]))

    def told(hole: re.Match[str]) -> str:
        entry = live.fields.get(hole.group(1))
        if entry is None:
            return hole.group(0)
        return "" if values.get(entry.id) is None else str(entry.type.display(values[entry.id], naming))

    text = HOLE.sub(told, effect.text)[:2000]
    told_to = [
        Notice(
            gate.world.ids.new(), person, "message", gate.now, instance.form, instance.record, instance.id,
            effect.node, "", "", "system", text,
        )
        for person in effect.people
    ]  # fmt: skip
    people = put(gate, told_to)
    if people:
        payload = {"instance": instance.id, "about": "message", "node": effect.node, "text": text}
        gate.world.outbox.signal("notices", people, payload)


def put(gate: Gate, notices: Iterable[Notice]) -> list[str]:
    """Keep notices as each person wants them, and see to it that mail and robots follow; answers whom to wake."""
    kept = []
    for one in notices:
        channels = wanted(gate, one.member, one.kind)
        if channels:
            shown, mail, robot = (name in channels for name in CHANNELS)
            kept.append(_on_channels(one, shown, mail, robot))
    if not kept:
        return []
    gate.world.notices.put(kept)
    for member in sorted({one.member for one in kept if one.mail}):
        gate.world.outbox.send(Job("mail", {"member": member}, gate.now + MAIL_AFTER, member))
    if any(one.robot for one in kept):
        gate.world.outbox.send(Job("robot", {}, gate.now + ROBOT_AFTER, "robot"))
    return sorted({one.member for one in kept if one.shown})


def _on_channels(one: Notice, shown: bool, mail: bool, robot: bool) -> Notice:
    return Notice(**{**vars(one), "shown": shown, "mail": "wanted" if mail else "", "robot": "wanted" if robot else ""})


def wanted(gate: Gate, member: str, kind: str) -> frozenset[str]:
    """The channels on which a member wants to hear of a kind; robots only where the workspace has one."""
    said = (gate.world.preferences.get("notices", member) or {}).get("channels", {})
    usual = {"app", "robot"} if kind in QUIET else set(BY_DEFAULT)
    channels = set(said.get(kind, usual))
    robots = gate.world.preferences.get("robots") or {}
    return frozenset(channels if robots.get("robots") else channels - {"robot"})
