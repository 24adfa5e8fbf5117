"""Who takes part in a workflow without another right to its record 参与人: what the nodes that ask him hide."""

from collections.abc import Mapping

from builder.definition import Workflow
from runtime.node import fields_access
from runtime.ports import Instance, World


def principals(world: World, member: str, form: str, record: str, today: str) -> frozenset[str]:
    """For whom `member` stands in today on a record: whoever has an open task on it and named him as his proxy."""
    known = [one for one in world.instances.proxies(proxy=member) if one.covers(form, today)]
    if not known:
        return frozenset()
    instances = [one for one in world.instances.of_record(form, record) if one.ended_at is None]
    asked = {task.assignee for one in instances for task in world.instances.tasks(one.id) if task.state == "open"}
    return frozenset(one.principal for one in known if one.principal in asked)


def hidden_from(
    world: World, member: str, form: str, record: str, stands_in: frozenset[str] = frozenset()
) -> frozenset[str]:
    """What every node at which `member` had a task hides; nothing is hidden from who submitted it."""
    instances = world.instances.of_record(form, record)
    if any(instance.initiator == member for instance in instances):
        return frozenset()
    people = {member, *stands_in}
    seen = [hidden for instance in instances for hidden in _by_node(world, instance, people)]
    return frozenset.intersection(*seen) if seen else frozenset()


def _by_node(world: World, instance: Instance, people: set[str]) -> list[frozenset[str]]:
    mine = {task.node for task in world.instances.tasks(instance.id) if people & {task.assignee, task.actor}}
    if not mine:
        return []
    workflow = Workflow.model_validate(world.definitions.blobs([instance.workflow])[instance.workflow])
    access = [fields_access(workflow, node) for node in sorted(mine)]
    spoken = {path for each in access for path in each}
    return [_hidden(each, spoken) for each in access]


def _hidden(access: Mapping[str, str], spoken: set[str]) -> frozenset[str]:
    """The fields and columns that a node hides; who hides a subform hides the columns that other nodes speak of."""
    said = {path for path, word in access.items() if word == "hidden"}
    return frozenset(said | {path for path in spoken if path.partition(".")[0] in said})
