"""What may be done with a task or an instance now 可用操作: the buttons that a screen shows; acting asks again."""

from typing import Any

from runtime import at_task, proxies, tasks
from runtime.drawn import drawn
from runtime.formats import raised
from runtime.gate import Gate
from runtime.interventions import last_passed
from runtime.perform import Running
from runtime.ports import Task
from runtime.step import refusal_of
from runtime.walk import Walk

Json = Any


def for_actor(gate: Gate, task: Task) -> bool:
    """Whether the actor is asked, or stands in for who is."""
    return task.assignee == gate.actor.id or proxies.stands_in(gate, task)


def of(gate: Gate, running: Running, task: Task) -> list[str]:
    """The actions of an open task."""
    kind = drawn(running.workflow).kind(task.node)
    memo = running.instance.state["active"].get(task.node, {})
    found = list(kind.offered(memo, task.assignee))
    if at_task.editable(gate, running.live, kind, running.record) and found != ["claim"]:
        found.append("stash")
    if added_by(running, task):
        found.append("remove_signer")
    return found


def afterwards(gate: Gate, running: Running, task: Task) -> list[str]:
    """What is left when one has acted: to remove a signer whom one added, or to take it back."""
    found = ["remove_signer"] if added_by(running, task) else []
    if task.state == "done" and may_take_back(gate, running, task.node, task.assignee):
        found.append("take_back")
    return found


def added_by(running: Running, task: Task) -> list[str]:
    """The signers whom the task's person added and who have not answered."""
    memo = running.instance.state["active"].get(task.node, {})
    signers = memo.get("signers", ()) if running.instance.ended_at is None else ()
    return [one["who"] for one in signers if one.get("added") == task.assignee and not one["said"]]


def may_take_back(gate: Gate, running: Running, place: str, person: str) -> bool:
    """Whether that answer could be taken back now."""
    if running.instance.ended_at is not None or running.workflow.withdraw != "every_node":
        return False
    walk = Walk(running.workflow, raised(running.instance.state), {"at": "", "by": person})
    return refusal_of(lambda: last_passed(walk, place, person)) is None


def taken_back_by(gate: Gate, running: Running) -> str:
    """The actor's own task that he could take back; "" for none."""
    if running.workflow.withdraw != "every_node" or running.instance.ended_at is not None:
        return ""
    mine = [task for task in gate.world.instances.tasks(running.instance.id) if task.assignee == gate.actor.id]
    done = [task for task in mine if task.state == "done" and task.purpose != "copy"]
    return next((task.id for task in done if may_take_back(gate, running, task.node, task.assignee)), "")


def may_urge(gate: Gate, running: Running) -> bool:
    """The initiator, an admin, or who has acted may urge those who are asked."""
    asked = {person for people in running.instance.state["open"].values() for person in people}
    return running.instance.ended_at is None and bool(asked - {gate.actor.id}) and tasks.knows(gate, running)


def for_admin(gate: Gate, running: Running) -> dict[str, Json]:
    """What an admin may do with the instance: where it may be moved or started again, and whom he may replace."""
    if not gate.actor.admin:
        return {}
    places = [id for id in running.workflow.nodes if drawn(running.workflow).kind(id).asks]
    named = [{"id": id, "label": running.workflow.nodes[id].label or id} for id in places]
    ended = running.instance.ended_at is not None
    return {
        "jump": [] if ended else named,
        "reactivate": named if ended and running.instance.status != "withdrawn" else [],
        "suspended": bool(running.instance.state.get("suspended")),
        "asked": {id: list(people) for id, people in running.instance.state["open"].items() if people},
    }
