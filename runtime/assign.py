"""From an assignee rule to people 处理人: who is meant today, by the directory, the record and the initiator."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field as Setting
from pydantic import model_validator

from builder.model import Model, Text
from runtime.ports import Department, Directory, Json, Member

INITIATOR = "initiator"
MODIFIERS = {"below": "department", "levels": "superior_chain"}
"""What says more about one kind of rule."""


class Assignee(Model):
    """One rule 处理人规则; says exactly one thing, and perhaps more about it.

    `department` (its members; with `below` those of the departments beneath too) and `department_head` are
    "initiator", a department field or a department's id. `superior_of` is "initiator" or a member field: the nearest
    head above that person, never the person; `superior_chain` the heads above one after another, at most `levels` of
    them (0: to the top), which an approval in turn asks level by level 逐级. `previous_handler` is who handled the
    node before, `handler_of` who handled that node. `expression` yields member ids. With `round_robin` only one of
    those whom the rule means is asked, in rotation 轮流.
    """

    member: str = ""
    role: str = ""
    department: str = ""
    below: bool = False
    department_head: str = ""
    superior_of: str = ""
    superior_chain: str = ""
    levels: int = Setting(default=0, ge=0, le=20)
    member_field: str = ""
    initiator: bool = False
    previous_handler: bool = False
    handler_of: str = ""
    expression: Text = ""
    round_robin: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Assignee":
        said = set(self.dump())
        things = said - {*MODIFIERS, "round_robin"}
        if len(things) != 1:
            known = [name for name in type(self).model_fields if name not in MODIFIERS and name != "round_robin"]
            raise ValueError("an assignee rule says exactly one of: " + ", ".join(known))
        for word in said & set(MODIFIERS):
            if MODIFIERS[word] not in things:
                raise ValueError(f"{word} says more about {MODIFIERS[word]} only")
        return self


@dataclass(frozen=True)
class Meaning:
    """What a rule is read with: the directory, the record, who submitted it, and how expressions and turns are told."""

    directory: Directory
    values: Mapping[str, Json]
    initiator: str
    evaluate: Callable[[str], Json] = lambda text: None
    turn: Callable[[Assignee, Sequence[str]], str] = lambda rule, group: group[0]

    @property
    def members(self) -> Mapping[str, Member]:
        """Everybody."""
        return self.directory.members()

    @property
    def departments(self) -> Mapping[str, Department]:
        """The tree."""
        return self.directory.departments()


def people(
    rules: Sequence[Assignee],
    directory: Directory,
    values: Mapping[str, Json],
    initiator: str,
    **more: Callable[..., Json],
) -> list[str]:
    """Everybody the rules mean, each once, in the order of the rules; disabled members are left out."""
    at = Meaning(directory, values, initiator, **more)
    found: dict[str, None] = {}
    for rule in rules:
        group = list(dict.fromkeys(id for id in _meant(rule, at) if id in at.members and at.members[id].enabled))
        found.update(dict.fromkeys([at.turn(rule, group)] if rule.round_robin and group else group))
    return list(found)


def admins(directory: Directory) -> list[str]:
    """The admins of the workspace: who is asked when a rule means nobody."""
    return [member.id for member in directory.members().values() if member.admin and member.enabled]


def _meant(rule: Assignee, at: Meaning) -> Iterable[str]:
    if rule.initiator:
        return [at.initiator]
    if rule.member:
        return [rule.member]
    if rule.role:
        return [member.id for member in at.members.values() if rule.role in member.roles]
    if rule.member_field:
        return ids(at.values.get(rule.member_field))
    if rule.expression:
        return ids(at.evaluate(rule.expression))
    if rule.department:
        return _in_departments(rule, at)
    if rule.department_head:
        starts = _departments(rule.department_head, at)
        return [head for start in starts for head in next(_climb(start, at.departments, at.members), ())]
    if rule.superior_chain:
        subordinates = _persons(rule.superior_chain, at)
        return [head for one in subordinates for head in chain(one, at.members, at.departments, rule.levels)]
    return [head for one in _persons(rule.superior_of, at) for head in superiors(one, at.members, at.departments)]


def _persons(word: str, at: Meaning) -> list[str]:
    """The initiator, or whom a member field names."""
    return [at.initiator] if word == INITIATOR else ids(at.values.get(word))


def _departments(word: str, at: Meaning) -> list[str]:
    """The initiator's departments, the one called so, or those that a field names."""
    if word == INITIATOR:
        return list(at.members[at.initiator].departments) if at.initiator in at.members else []
    return [word] if word in at.departments else ids(at.values.get(word))


def _in_departments(rule: Assignee, at: Meaning) -> list[str]:
    wanted = set(_departments(rule.department, at))
    while rule.below:
        more = {id for id, one in at.departments.items() if one.parent in wanted} - wanted
        if not more:
            break
        wanted |= more
    return [member.id for member in at.members.values() if wanted & set(member.departments)]


def chain(
    person: str, members: Mapping[str, Member], departments: Mapping[str, Department], levels: int = 0
) -> list[str]:
    """The heads above `person` from the nearest upwards, each once, never himself; at most `levels` levels."""
    found: dict[str, None] = {}
    for start in members[person].departments if person in members else ():
        above = [heads for heads in _climb(start, departments, members) if person not in heads]
        for heads in above[: levels or None]:
            found.update(dict.fromkeys(heads))
    return list(found)


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
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []
