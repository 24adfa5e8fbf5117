"""What people do to a running instance besides answering 干预: take back, urge, jump, replace, start it again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from builder.problem import Problem, TooMany, conflict, forbidden, invalid, missing
from runtime.effect import Notify
from runtime.trail import descendants
from runtime.walk import Walk

Json = Any

UNDECIDING = frozenset({"comment", "suspend", "resume", "urge", "claim", "unclaim", "reassign", "reminded"})
"""What leaves everybody's decision as it was."""
MOVED = frozenset({"jump", "reactivate"})
"""What an admin moved, nobody takes back."""
URGED_AGAIN = timedelta(minutes=10)
LONGEST = 500
"""How many visits an instance may have that is started again."""


def taken_back(walk: Walk, event: Mapping[str, Json]) -> None:
    """Who acted last at a node takes it back 拿回, while nobody has done anything since."""
    node, person = event["node"], event["person"]
    visit = last_passed(walk, node, person)
    arrived = walk.undo(visit)
    walk.note("take_back", event["by"], node, visit, event)
    old = walk.trail[visit]
    walk.visit(node, old["from"], **({"then": old["then"]} if "then" in old else {}))
    walk.state["active"][node] |= old.get("memo", {})
    walk.apply(node, walk.kind(node).retract(walk.here(node, returned=True)))
    if node in walk.state["active"]:
        walk.start_clock(node)
    walk.rejoin(arrived)


def last_passed(walk: Walk, node: str, person: str) -> int:
    """The visit that `person` moved on and may take back; raises `Refusal`. What an admin moved on by putting somebody
    in a place that was taken already is nobody's to take back."""
    if walk.workflow.withdraw != "every_node":
        raise forbidden("cannot_take_back")
    visits = [at for at, each in enumerate(walk.trail) if each["node"] == node and not each.get("void")]
    if not visits or node in walk.state["active"]:
        raise conflict("cannot_take_back")
    after = descendants(walk.trail, visits[-1])
    said = [line for line in walk.state["log"] if not line.get("auto") and line["action"] not in UNDECIDING]
    mine = [line for line in said if line["visit"] == visits[-1]]
    since = [line for line in said if line["visit"] in after - {visits[-1]}]
    since += [line for line in said if line["action"] in MOVED and mine and said.index(line) > said.index(mine[-1])]
    log = walk.state["log"]
    replaced = [at for at, line in enumerate(log) if line["action"] == "reassign" and line["visit"] == visits[-1]]
    moved = bool(mine and replaced) and replaced[-1] > log.index(mine[-1])
    if since or moved or not mine or mine[-1].get("person", mine[-1]["by"]) != person:
        raise conflict("cannot_take_back")
    if any(walk.kind(walk.trail[each]["node"]).lasting for each in after):
        raise conflict("took_effect_outside")
    return visits[-1]


def urged(walk: Walk, event: Mapping[str, Json]) -> None:
    """Who is asked is reminded 催办; not again within some minutes."""
    people = {person for each in walk.state["open"].values() for person in each} - {event["by"]}
    if not people:
        raise conflict("nobody_to_urge")
    before = [line["at"] for line in walk.state["log"] if line["action"] == "urge"]
    if before and _moment(event["at"]) < _moment(before[-1]) + URGED_AGAIN:
        raise TooMany(Problem("urged_recently", (), {"minutes": int(URGED_AGAIN.total_seconds() // 60)}))
    walk.note("urge", event["by"], "", None, event)
    walk.effects.append(Notify(tuple(sorted(people)), "urged"))


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)


def jumped(walk: Walk, event: Mapping[str, Json]) -> None:
    """An admin moves it to another node 跳转: out of one node, or out of all that are active."""
    target, source = event.get("to", ""), event.get("node", "")
    name = _place_for_people(walk, target)
    if source and source not in walk.state["active"]:
        raise conflict("node_not_active", "node")
    leaving = [source] if source else list(walk.state["active"])
    if target in walk.state["active"] and target not in leaving:
        raise conflict("already_there", "to", node=name)
    if leaving == [target]:
        raise conflict("return_to_self", "to")
    walk.note("jump", event["by"], source, walk.state["active"][source]["visit"] if source else None, event)
    walk.enter(target, [walk.close(node, "cancelled") for node in leaving], returned=True)


def _place_for_people(walk: Walk, node: str) -> str:
    """The node's name; raises `Refusal` for one that there is not, or that asks nobody."""
    if not node:
        raise invalid("node_missing", "to")
    if node not in walk.workflow.nodes:
        raise missing("no_such_node", "to")
    name = walk.workflow.nodes[node].label or node
    if not walk.drawn.waits[node]:
        raise conflict("node_cannot_be_activated", "to", node=name)
    return name


def reassigned(walk: Walk, event: Mapping[str, Json]) -> None:
    """An admin puts another person in somebody's place 调整负责人."""
    node = event["node"]
    if node not in walk.state["active"]:
        raise conflict("node_not_active", "node")
    if not event.get("to"):
        raise invalid("person_missing", "to")
    memo = walk.state["active"][node]
    if "signers" not in memo and event["person"] not in walk.state["open"].get(node, ()):
        raise conflict("not_asked_here", "person")
    walk.note("reassign", event["by"], node, walk.state["active"][node]["visit"], event)
    walk.apply(node, walk.kind(node).receive(walk.here(node)))


def reactivated(walk: Walk, event: Mapping[str, Json]) -> None:
    """An admin starts an ended instance again at a node 激活."""
    if len(walk.trail) > LONGEST:
        raise conflict("too_long_to_reactivate", limit=LONGEST)
    target = event.get("to", "")
    _place_for_people(walk, target)
    walk.note("reactivate", event["by"], "", None, event)
    walk.state["status"] = "running"
    walk.state.pop("ending", None)
    walk.enter(target, [len(walk.trail) - 1], returned=True)
