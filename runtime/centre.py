"""The open tasks of one running workflow 流程待办: for an administrator who wants to replace somebody."""

from typing import Any

from builder.problem import forbidden, missing
from runtime import story, tasks
from runtime.gate import Gate

Json = Any


def open_tasks(gate: Gate, instance: str) -> list[dict[str, Json]]:
    """Who is asked where: task, node, member. Administrators only; raises `Refusal`."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    found = gate.world.instances.get(instance)
    if found is None:
        raise missing("no_such_instance")
    workflow = tasks.workflow_of(gate, found)
    return [
        {"id": task.id, "node": task.node, "label": story.label(workflow, task.node), "assignee": task.assignee}
        for task in gate.world.instances.tasks(found.id)
        if task.state == "open" and task.purpose != "copy"
    ]
