"""Who takes part in a workflow without another right to its record 参与人: what the nodes that ask him hide."""

from collections.abc import Mapping, Sequence

from builder.definition import Workflow
from runtime.node import fields_access
from runtime.ports import Instance, Task, World


def principals(world: World, member: str, form: str, record: str, today: str) -> frozenset[str]:
    """For whom `member` stands in today on a record: whoever has an open task on it and named him as his proxy."""
    known = _standing(world, member, form, today)
    if not known:
        return frozenset()
    instances = [one for one in world.instances.of_record(form, record) if one.ended_at is None]
    asked = {task.assignee for one in instances for task in world.instances.tasks(one.id) if task.state == "open"}
    return known & asked


def _standing(world: World, member: str, form: str, today: str) -> frozenset[str]:
    """Whose proxy `member` is on the form today; who has left is stood in for by nobody."""
    named = {one.principal for one in world.instances.proxies(proxy=member) if one.covers(form, today)}
    members = world.directory.members() if named else {}
    return frozenset(one for one in named if one in members and members[one].enabled)


def hidden_from(
    world: World, member: str, form: str, record: str, stands_in: frozenset[str] = frozenset()
) -> frozenset[str]:
    """What every node at which `member` had a task hides; nothing is hidden from who submitted it."""
    instances = world.instances.of_record(form, record)
    tasks = {one.id: world.instances.tasks(one.id) for one in instances}
    return _hidden_in(_Drawn(world), member, instances, tasks, stands_in)


def hidden_from_each(
    world: World, member: str, form: str, records: Sequence[str], today: str
) -> dict[str, frozenset[str]]:
    """The same for several records at once; one in which `member` takes no part is absent."""
    known = _standing(world, member, form, today)
    instances: dict[str, list[Instance]] = {}
    for instance in world.instances.of_records(form, records):
        instances.setdefault(instance.record, []).append(instance)
    tasks: dict[str, list[Task]] = {}
    for task in world.instances.tasks_of([one.id for own in instances.values() for one in own], {member, *known}):
        tasks.setdefault(task.instance, []).append(task)
    drawn = _Drawn(world)
    found = {}
    for record, own in instances.items():
        stands_in = known & {
            task.assignee
            for one in own
            for task in tasks.get(one.id, ())
            if one.ended_at is None and task.state == "open"
        }
        took = any(member in (task.assignee, task.actor) for one in own for task in tasks.get(one.id, ()))
        if took or stands_in or any(one.initiator == member for one in own):
            found[record] = _hidden_in(drawn, member, own, tasks, stands_in)
    return found


class _Drawn:
    """Workflows by hash, each read once."""

    def __init__(self, world: World) -> None:
        self.world, self.known = world, dict[str, Workflow]()

    def of(self, hash: str) -> Workflow:
        """The workflow."""
        if hash not in self.known:
            self.known[hash] = Workflow.model_validate(self.world.definitions.blobs([hash])[hash])
        return self.known[hash]


def _hidden_in(
    drawn: _Drawn,
    member: str,
    instances: Sequence[Instance],
    tasks: Mapping[str, Sequence[Task]],
    stands_in: frozenset[str],
) -> frozenset[str]:
    if any(instance.initiator == member for instance in instances):
        return frozenset()
    people = {member, *stands_in}
    seen = [
        hidden for instance in instances for hidden in _by_node(drawn, instance, tasks.get(instance.id, ()), people)
    ]
    return frozenset.intersection(*seen) if seen else frozenset()


def _by_node(drawn: _Drawn, instance: Instance, tasks: Sequence[Task], people: set[str]) -> list[frozenset[str]]:
    mine = {task.node for task in tasks if people & {task.assignee, task.actor}}
    if not mine:
        return []
    access = [fields_access(drawn.of(instance.workflow), node) for node in sorted(mine)]
    spoken = {path for each in access for path in each}
    return [_hidden(each, spoken) for each in access]


def _hidden(access: Mapping[str, str], spoken: set[str]) -> frozenset[str]:
    """The fields and columns that a node hides; who hides a subform hides the columns that other nodes speak of."""
    said = {path for path, word in access.items() if word == "hidden"}
    return frozenset(said | {path for path in spoken if path.partition(".")[0] in said})
