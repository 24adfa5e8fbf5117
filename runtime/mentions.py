"""Who is named in a remark 提到: chosen, or spelled out with an @; only who may see the record is told of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from runtime import personas
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Instance, Member, Record

Json = Any
Matches = Callable[[str], bool]

OFFERED = 12
LOOKED_AT = 500
"""How many people are looked at before the offer is what it is."""
MOST = 50
"""How many people a remark may name."""


def offered(gate: Gate, app: str, form: str, record: str, matches: Matches) -> list[Member]:
    """People who may see the record and whose names match, those who take part in its workflow first."""
    live = gate.form(app, form)
    found, _ = gate.record(live, record)
    involved = _involved(gate, live, record)
    everybody = gate.world.directory.members().values()
    fitting = [one for one in everybody if one.enabled and one.id != gate.actor.id and matches(one.name)]
    near = [one for one in fitting if one.id in involved]
    others = sorted((one for one in fitting if one.id not in involved), key=lambda one: (one.name, one.id))
    seeing = (one for one in (*near, *others)[:LOOKED_AT] if _sees(gate, live, found, one.id, involved))
    return [one for one, _ in zip(seeing, range(OFFERED), strict=False)]


def meant(gate: Gate, live: LiveForm, record: Record, instance: Instance, event: Mapping[str, Json]) -> frozenset[str]:
    """Whom a remark is for, of those who may see the record."""
    words = str(event.get("comment", ""))
    if "@" not in words:
        return frozenset()
    members = {id: one for id, one in gate.world.directory.members().items() if one.enabled}
    chosen = [id for id in event.get("mentions", ()) if id in members and f"@{members[id].name}" in words]
    named = list(dict.fromkeys([*chosen, *_spelled(words, members, {members[id].name for id in chosen})]))
    involved = {person for people in instance.state["open"].values() for person in people} | {instance.initiator}
    return frozenset(id for id in named[:MOST] if _sees(gate, live, record, id, involved))


def _spelled(words: str, members: Mapping[str, Member], chosen: Iterable[str]) -> Iterator[str]:
    """Behind each @ the longest name that stands there, unless somebody of that name was chosen."""
    by_name: dict[str, list[str]] = {}
    for one in members.values():
        by_name.setdefault(one.name, []).append(one.id)
    names = sorted(filter(None, by_name), key=len, reverse=True)
    known = set(chosen)
    for after in words.split("@")[1:][:MOST]:
        name = next((each for each in names if after.startswith(each)), "")
        if name and name not in known:
            known.add(name)
            yield from by_name[name]


def _involved(gate: Gate, live: LiveForm, record: str) -> set[str]:
    instances: Sequence[Instance] = gate.world.instances.of_record(live.key, record)
    asked = {task.assignee for one in instances for task in gate.world.instances.tasks(one.id)}
    return asked | {one.initiator for one in instances}


def _sees(gate: Gate, live: LiveForm, record: Record, member: str, involved: Iterable[str]) -> bool:
    """By a right of his own, or because the workflow has to do with him."""
    if member in involved:
        return True
    actor = personas.actor_of(gate.world.directory, member)
    there = Gate(gate.world, actor, gate.language, gate.library)
    return there.grant(live, "read").over(record.seen(), live.kinds).allowed
