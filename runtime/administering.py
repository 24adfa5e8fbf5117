"""What an admin does to running workflows, one or many at once 流程管理: every row stands or falls by itself."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from builder.problem import Refusal, conflict, forbidden, invalid, missing
from runtime import records, tasks
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.perform import Running, happen
from runtime.ports import Task

Json = Any
BATCH, HANDOVER = 500, 5000
"""How many tasks may be answered at once, and how many may be handed over."""


def _admin(gate: Gate) -> None:
    if not gate.actor.admin:
        raise forbidden("admins_only")


def jump(gate: Gate, live: LiveForm, record: str, to: str, node: str = "", comment: str = "") -> Running:
    """Move it to another node 跳转; with `node` only that branch."""
    _admin(gate)
    event = {"type": "jumped", "to": to, "node": node, "comment": comment}
    return happen(gate, tasks.of_record(gate, live, record), event)


def reactivate(gate: Gate, live: LiveForm, record: str, to: str, comment: str = "") -> Running:
    """Start an ended instance again at a node 激活."""
    _admin(gate)
    return happen(gate, tasks.of_record(gate, live, record), {"type": "reactivated", "to": to, "comment": comment})


def reassign(gate: Gate, id: str, to: str, comment: str = "") -> Running:
    """Ask somebody else instead of a task's person 调整负责人."""
    _admin(gate)
    tasks.must_be_a_member(gate, to)
    task = gate.world.instances.task(id)
    if task is None:
        raise missing("no_such_task")
    running = tasks.hold(gate, task.instance)
    task = gate.world.instances.task(id) or task
    if task.state != "open" or running.instance.ended_at is not None:
        raise tasks.too_late(gate, running.instance, task)
    event = {"type": "reassigned", "action": "reassign", "node": task.node, "person": task.assignee, "to": to}
    return happen(gate, running, {**event, "comment": comment})


def each(gate: Gate, ids: Sequence[str], do: Callable[[str], object], most: int = BATCH) -> list[dict[str, Json]]:
    """Do it to every task, in the order of their instances; one that is refused undoes nothing else."""
    if not ids or len(ids) > most:
        raise invalid("too_many_rows", "tasks", limit=most)
    said = {id: _one(gate, id, do) for id in _in_order(gate, ids)}
    return [said[id] for id in dict.fromkeys(ids)]


def _in_order(gate: Gate, ids: Iterable[str]) -> list[str]:
    """Instances are always held in the same order, so that two batches never wait for each other."""
    known = [(found.instance if (found := gate.world.instances.task(id)) else "", id) for id in dict.fromkeys(ids)]
    return [id for _, id in sorted(known)]


def _one(gate: Gate, id: str, do: Callable[[str], object]) -> dict[str, Json]:
    try:
        with gate.world.records.attempt():
            do(id)
    except Refusal as refusal:
        problem = refusal.problems[0]
        return {"task": id, "ok": False, "code": problem.code, "message": problem.sentence(gate.language)}
    return {"task": id, "ok": True, "code": "", "message": ""}


def act_on_many(gate: Gate, ids: Sequence[str], action: str, comment: str) -> list[dict[str, Json]]:
    """The same answer to many of one's tasks 批量审批."""
    return each(gate, ids, lambda id: tasks.act(gate, id, action, write=records.write_at_task, comment=comment))


def reassign_many(gate: Gate, ids: Sequence[str], to: str, comment: str) -> list[dict[str, Json]]:
    """Ask somebody else at many tasks."""
    _admin(gate)
    return each(gate, ids, lambda id: reassign(gate, id, to, comment))


def open_tasks_of(gate: Gate, member: str, limit: int = HANDOVER) -> list[Task]:
    """A member's open tasks, oldest first."""
    _admin(gate)
    if member not in gate.world.directory.members():
        raise missing("no_such_member")
    return gate.world.instances.open_of(member, limit)


def hand_over(gate: Gate, member: str, to: str, comment: str, limit: int = HANDOVER) -> list[dict[str, Json]]:
    """Everything that a leaver has still to do goes to another 离职交接."""
    tasks.must_be_a_member(gate, to)
    if member == to:
        raise conflict("transfer_to_self", "to")
    mine = [task.id for task in open_tasks_of(gate, member, limit)]
    return each(gate, mine, lambda id: reassign(gate, id, to, comment), HANDOVER) if mine else []
