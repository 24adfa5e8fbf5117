"""Who may be chosen 可选范围: of members and departments, everybody or only some."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from builder.model import Model, Slug


class Person(Protocol):
    """A member as far as it matters here."""

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments the member is in."""
        ...

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles the member holds."""
        ...


class Branch(Protocol):
    """A department as far as it matters here."""

    @property
    def parent(self) -> str:
        """The department above; "" at the top."""
        ...


class Among(Model):
    """Everybody while nothing is said; else whom one of the lists names. Departments mean those beneath them too.

    `field` names a department field of the same record (or row): only its people, or its departments, may be chosen.
    """

    members: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    field: Slug | None = None

    @property
    def open(self) -> bool:
        """Whether everybody may be chosen."""
        return not (self.members or self.departments or self.roles or self.field)

    def lets_member(self, id: str, person: Person, tree: Mapping[str, Branch], chosen: Collection[str]) -> bool:
        """Whether the member may be chosen, `chosen` being the departments that `field` holds."""
        above = with_those_above(person.departments, tree)
        if self.field and not above & set(chosen):
            return False
        listed = self.members or self.departments or self.roles
        named = id in self.members or above & set(self.departments) or set(person.roles) & set(self.roles)
        return bool(named) if listed else True

    def lets_department(self, id: str, tree: Mapping[str, Branch], chosen: Collection[str]) -> bool:
        """Whether the department may be chosen."""
        above = with_those_above((id,), tree)
        if self.field and not above & set(chosen):
            return False
        return not self.departments or bool(above & set(self.departments))


def with_those_above(ids: Iterable[str], tree: Mapping[str, Branch]) -> set[str]:
    """The departments and all above them."""
    found: set[str] = set()
    for id in ids:
        while id and id not in found:
            found.add(id)
            id = tree[id].parent if id in tree else ""
    return found
