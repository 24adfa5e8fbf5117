"""Who takes part in a workflow without another right to its record 参与人: what the nodes that ask him hide."""

from builder.definition import Workflow
from runtime.node import fields_access
from runtime.ports import Instance, World


def hidden_from(world: World, member: str, form: str, record: str) -> frozenset[str]:
    """The fields that every node at which `member` had a task hides; nothing is hidden from who submitted it."""
    instances = world.instances.of_record(form, record)
    if any(instance.initiator == member for instance in instances):
        return frozenset()
    seen = [hidden for instance in instances for hidden in _by_node(world, instance, member)]
    return frozenset.intersection(*seen) if seen else frozenset()


def _by_node(world: World, instance: Instance, member: str) -> list[frozenset[str]]:
    mine = {task.node for task in world.instances.tasks(instance.id) if member in (task.assignee, task.actor)}
    if not mine:
        return []
    workflow = Workflow.model_validate(world.definitions.blobs([instance.workflow])[instance.workflow])
    access = [fields_access(workflow, node) for node in sorted(mine)]
    return [frozenset(field for field, word in each.items() if word == "hidden") for each in access]
