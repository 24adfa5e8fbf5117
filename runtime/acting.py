"""A member as who acts 操作者: his roles, and the departments he belongs to with those above them."""

from builder.access import Actor
from runtime.gate import Gate
from runtime.ports import Directory


def actor_of(directory: Directory, member: str, admin: bool) -> Actor:
    """The member as an actor; one that the directory does not know has no role and no department."""
    person = directory.members().get(member)
    tree = directory.departments()
    above: set[str] = set()
    for department in person.departments if person else ():
        while department and department not in above:
            above.add(department)
            department = tree[department].parent if department in tree else ""
    return Actor("member", member, frozenset(person.roles if person else ()), frozenset(above), admin)


def on_behalf_of(gate: Gate, member: str) -> Gate:
    """The same world for another member with his own rights, or for nobody in particular when he is not known."""
    person = gate.world.directory.members().get(member)
    actor = actor_of(gate.world.directory, member, person.admin if person is not None else False)
    return Gate(gate.world, actor, gate.language, gate.library, depth=gate.depth)
