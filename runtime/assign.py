"""From an assignee rule to people 处理人: who is meant today, by the directory, the record and the initiator."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import model_validator

from builder.model import Model
from runtime.ports import Department, Directory, Json, Member

INITIATOR = "initiator"


class Assignee(Model):
    """One rule; exactly one key is said 处理人规则.

    `department_head` is "initiator", a department field or a department's id; `superior_of` is "initiator" or a
    member field: the nearest head above that person, never the person.
    """

    member: str = ""
    role: str = ""
    department_head: str = ""
    superior_of: str = ""
    member_field: str = ""
    initiator: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Assignee":
        if len(self.dump()) != 1:
            raise ValueError("an assignee rule says exactly one of: " + ", ".join(type(self).model_fields))
        return self


def people(rules: Sequence[Assignee], directory: Directory, values: Mapping[str, Json], initiator: str) -> list[str]:
    """Everybody the rules mean, each once, in the order of the rules; disabled members are left out."""
    members = directory.members()
    found: dict[str, None] = {}
    for rule in rules:
        for id in _meant(rule, members, directory.departments(), values, initiator):
            if id in members and members[id].enabled:
                found.setdefault(id)
    return list(found)


def admins(directory: Directory) -> list[str]:
    """The admins of the workspace: who is asked when a rule means nobody."""
    return [member.id for member in directory.members().values() if member.admin and member.enabled]


def _meant(
    rule: Assignee,
    members: Mapping[str, Member],
    departments: Mapping[str, Department],
    values: Mapping[str, Json],
    initiator: str,
) -> Iterable[str]:
    if rule.initiator:
        return [initiator]
    if rule.member:
        return [rule.member]
    if rule.role:
        return [member.id for member in members.values() if rule.role in member.roles]
    if rule.member_field:
        return ids(values.get(rule.member_field))
    if rule.department_head:
        return _heads(rule.department_head, members, departments, values, initiator)
    subordinates = [initiator] if rule.superior_of == INITIATOR else ids(values.get(rule.superior_of))
    return [head for one in subordinates for head in superiors(one, members, departments)]


def _heads(
    rule: str,
    members: Mapping[str, Member],
    departments: Mapping[str, Department],
    values: Mapping[str, Json],
    initiator: str,
) -> list[str]:
    if rule == INITIATOR:
        starts = list(members[initiator].departments) if initiator in members else []
    else:
        starts = [rule] if rule in departments else ids(values.get(rule))
    return [head for start in starts for head in next(_climb(start, departments, members), ())]


def superiors(person: str, members: Mapping[str, Member], departments: Mapping[str, Department]) -> list[str]:
    """The nearest heads above `person`, in each of his departments: never himself."""
    starts = members[person].departments if person in members else ()
    found: list[str] = []
    for start in starts:
        levels = (heads for heads in _climb(start, departments, members) if person not in heads)
        found += next(levels, ())
    return found


def _climb(
    start: str, departments: Mapping[str, Department], members: Mapping[str, Member]
) -> Iterator[tuple[str, ...]]:
    """The heads of the department and of those above it, departments without an enabled head left out."""
    seen: set[str] = set()
    while start in departments and start not in seen:
        seen.add(start)
        heads = tuple(id for id in departments[start].heads if id in members and members[id].enabled)
        if heads:
            yield heads
        start = departments[start].parent


def ids(value: Json) -> list[str]:
    """One id or a list of them, as a list."""
    if isinstance(value, str):
        return [value] if value else []
    return [one for one in value or () if isinstance(one, str)]
