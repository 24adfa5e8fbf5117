"""A running instance changes its drawing 迁移: where it stands, its past and who is asked, put onto another version."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.problem import conflict
from runtime.effect import CloseTask, EndChildren, OpenTask, StartTimer, StopTimers
from runtime.walk import Walk, copied

Json = Any
GONE = ""
"""What a node of the past is mapped to that the new drawing does not have."""


def migrated(walk: Walk, event: Mapping[str, Json]) -> None:
    """`mapping` says for each node where it is now; nodes in `kept` keep their people, others are reached anew."""
    mapping, kept = event["mapping"], set(event["kept"])
    standing = {id: mapping.get(id, GONE) for id in walk.state["active"]}
    if any(target not in walk.workflow.nodes for target in standing.values()):
        raise conflict("migration_incomplete")
    walk.note("migrate", event["by"], "", None, {})
    anew = [(walk.close(id, "migrated"), target) for id, target in standing.items() if target not in kept]
    for visit, _ in anew:
        walk.trail[visit] = {**walk.trail[visit], "void": True}
    _rename(walk, mapping)
    _stay(walk, {id: target for id, target in standing.items() if target in kept})
    for visit, target in anew:
        walk.enter(target, walk.trail[visit]["from"], returned=True)


def _rename(walk: Walk, mapping: Mapping[str, str]) -> None:
    """The past as the new drawing calls it; visits of nodes that are no more are left out of every way."""
    trail = walk.trail
    gone = {at for at, visit in enumerate(trail) if _now(visit["node"], mapping, walk) == GONE}

    def sources(of: int) -> Iterator[int]:
        for each in trail[of]["from"]:
            yield from sources(each) if each in gone else (each,)

    ways = [list(dict.fromkeys(sources(at))) for at in range(len(trail))]
    for at, visit in enumerate(trail):
        then = [now for id in visit.get("then", ()) if (now := _now(id, mapping, walk))]
        more = {"void": True} if at in gone else {"node": _now(visit["node"], mapping, walk)}
        trail[at] = {**visit, "from": ways[at], **more, **({"then": then} if "then" in visit else {})}
    walk.state["log"] = [{**line, "node": mapping.get(line["node"]) or line["node"]} for line in walk.state["log"]]


def _now(id: str, mapping: Mapping[str, str], walk: Walk) -> str:
    """What a node is called now; one that nobody spoke of stays if it is there."""
    return mapping.get(id, id if id in walk.workflow.nodes else GONE)


def _stay(walk: Walk, places: Mapping[str, str]) -> None:
    """Who is asked stays asked, under the node's new name; two places that become one are one."""
    state = walk.state
    active, people = {id: state["active"].pop(id) for id in places}, {id: state["open"].pop(id, []) for id in places}
    due = {id: state.get("due", {}).pop(id, {}) for id in places}
    for id, target in places.items():
        if target in state["active"]:
            first, second = state["active"][target]["visit"], active[id]["visit"]
            joined = [*walk.trail[first]["from"], *walk.trail[second]["from"]]
            walk.trail[first] = {**walk.trail[first], "from": list(dict.fromkeys(joined))}
            walk.trail[second] = {**walk.trail[second], "void": True}
            walk.effects += [CloseTask(id, person, "migrated") for person in people[id]]
            if active[id].get("children"):
                walk.effects.append(EndChildren(tuple(active[id]["children"])))
            continue
        state["active"][target] = active[id]
        if people[id]:
            state["open"][target] = people[id]
        if due[id]:
            state.setdefault("due", {})[target] = due[id]
        if target != id:
            _carry(walk, id, target, people[id], due[id], active[id]["visit"])


def _carry(walk: Walk, id: str, target: str, people: list[str], due: Mapping[str, Json], visit: int) -> None:
    """Tasks and timers stand under their node's name: they are closed there and opened here."""
    walk.effects += [CloseTask(id, person, "migrated") for person in people]
    walk.effects += [OpenTask(target, person) for person in people]
    if due:
        walk.effects.append(StopTimers(id))
        walk.effects += [StartTimer(target, visit, key, one["at"], one["count"]) for key, one in due.items()]


def unanswered(now: Mapping[str, Json], then: Mapping[str, Json]) -> bool:
    """Whether what was waited for from outside before a migration has come, or was given up, since."""
    visits = {memo["visit"] for memo in now["active"].values()}
    waited = [memo for memo in then["active"].values() if memo.get("waits") not in (None, "time")]
    return any(memo["visit"] not in visits for memo in waited)


def _heard(now: Mapping[str, Json], memo: Mapping[str, Json]) -> dict[str, Json]:
    """The memo of before; children that have ended since are not waited for again."""
    known: Mapping[str, Json] = next((each for each in now["active"].values() if each["visit"] == memo["visit"]), {})
    return {**memo, **({"over": known["over"]} if "over" in known else {})}


def undone(walk: Walk, event: Mapping[str, Json]) -> None:
    """The state before a migration, which the event carries; tasks and timers follow."""
    now, then = walk.state, copied(event["state"])
    for id, memo in then["active"].items():
        then["active"][id] = _heard(now, memo)
    asked = {(id, person) for id, people in now["open"].items() for person in people}
    before = [(id, person) for id, people in then["open"].items() for person in people]
    walk.effects += [CloseTask(id, person, "migrated") for id, person in sorted(asked - set(before))]
    walk.effects += [StopTimers(id) for id in now.get("due", {})]
    walk.effects += [OpenTask(id, person) for id, person in before if (id, person) not in asked]
    for id, waited in then.get("due", {}).items():
        visit = then["active"][id]["visit"]
        walk.effects += [StartTimer(id, visit, key, one["at"], one["count"]) for key, one in waited.items()]
    walk.state = then
    walk.note("migration_undone", event["by"], "", None, {})
