"""Acting as somebody else 扮演: the same world seen, and written, with another member's rights."""

from builder.access import Actor
from builder.problem import invalid
from runtime.gate import Gate
from runtime.ports import Directory, World


def actor_of(directory: Directory, member: str, admin: bool | None = None) -> Actor:
    """A member as an actor: roles, and the departments the member belongs to with those above them."""
    person = directory.members().get(member)
    tree = directory.departments()
    above: set[str] = set()
    for department in person.departments if person else ():
        while department and department not in above:
            above.add(department)
            department = tree[department].parent if department in tree else ""
    allowed = bool(person and person.admin) if admin is None else admin
    return Actor("member", member, frozenset(person.roles if person else ()), frozenset(above), allowed)


def acting(gate: Gate, world: World, member: str) -> Gate:
    """The door of `world` opened for a member; raises `Invalid` for one who is not there or may not come in."""
    found = world.directory.members().get(member)
    if found is None or not found.enabled:
        raise invalid("no_such_member", "by")
    return Gate(world, actor_of(world.directory, member), gate.language, gate.library)


def on_behalf_of(gate: Gate, member: str) -> Gate:
    """The same world, one change deeper, for a member with his own rights; one whom nobody knows has none."""
    actor = actor_of(gate.world.directory, member)
    return Gate(gate.world, actor, gate.language, gate.library, depth=gate.depth + 1)
