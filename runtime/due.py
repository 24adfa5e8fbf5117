"""A moment has come 到期: what a deadline does to the node that it was set for. The machine itself acts."""

from collections.abc import Mapping
from typing import Any

from builder.problem import Forbidden, conflict
from runtime.deadline import Due, again
from runtime.effect import CloseTask, Notify, OpenTask, StartTimer
from runtime.node import Note, Outcome
from runtime.walk import Walk

Json = Any

ROBOT = "system"
"""Who acts when the machine does 系统."""


def timed_out(walk: Walk, event: Mapping[str, Json]) -> None:
    """A timer has run down; raises `Conflict` when it was stopped before."""
    node, key = event["node"], event["timer"]
    held = walk.state.get("due", {}).get(node, {})
    if walk.state["active"].get(node, {}).get("visit") != event["visit"] or key not in held:
        raise conflict("timer_stopped")
    count = held.pop(key)["count"] + 1
    rules: tuple[Due, ...] = walk.kind(node).deadlines
    if event.get("refused"):
        walk.tell_admins(node, "auto_failed", {"comment": event["refused"]})
    elif not key.isdigit():
        walk.apply(node, walk.kind(node).receive(walk.here(node)))
    else:
        DEEDS[rules[int(key)].do](walk, node, key, rules[int(key)], count)


def calendar_changed(walk: Walk, event: Mapping[str, Json]) -> None:
    """Working time is counted otherwise now: what is waited for is reckoned anew, from when the node was reached."""
    for node, held in list(walk.state.get("due", {}).items()):
        visit, moved = walk.state["active"][node]["visit"], False
        for key, waited in list(held.items()):
            asked = again(walk.kind(node).moment(key), waited["count"], walk.trail[visit]["at"])
            moment = None if asked is None else walk.here(node).fact("due", asked, key)
            if moment is not None and moment != waited["at"]:
                walk.wait(StartTimer(node, visit, key, moment, waited["count"]))
                moved = True
        if moved:
            walk.say("calendar_changed", ROBOT, node)


def _remind(walk: Walk, node: str, key: str, rule: Due, count: int) -> None:
    """Those who are asked are told; another reminder may follow."""
    rules = walk.kind(node).deadlines
    more = any(rules[int(other)].do != "remind" for other in walk.state["due"].get(node, ()) if other.isdigit())
    people = tuple(walk.state["open"].get(node, ()))
    walk.effects.append(Notify(people, "due_soon" if more else "overdue", node))
    walk.say("reminded", ROBOT, node)
    if rule.every and count < rule.times:
        walk.set_timer(node, key, rule.again, count)


def _submit(walk: Walk, node: str, key: str, rule: Due, count: int) -> None:
    """It passes as if everybody had agreed."""
    exits = [exit for exit in walk.workflow.nodes[node].on if exit not in walk.kind(node).refusals]
    _tell(walk, node)
    walk.apply(node, Outcome(exits=tuple(exits[:1]), notes=(Note("auto_submitted", ROBOT),), close="overdue"))


def _reject(walk: Walk, node: str, key: str, rule: Due, count: int) -> None:
    """It is refused as if somebody had said no."""
    refusals = sorted(walk.kind(node).refusals)
    drawn = [exit for exit in refusals if exit in walk.workflow.nodes[node].on]
    note = (Note("auto_rejected", ROBOT),)
    _tell(walk, node)
    if drawn:
        walk.apply(node, Outcome(exits=tuple(drawn[:1]), notes=note, close="overdue"))
    else:
        walk.apply(node, Outcome(end=(refusals or ["ended"])[0], notes=note, close="cancelled"))


def _return(walk: Walk, node: str, key: str, rule: Due, count: int) -> None:
    """It goes back, if there is somewhere to go back to."""
    try:
        walk.earlier(node, rule.to)
    except (Forbidden, LookupError):
        walk.tell_admins(node, "auto_failed", {})
        return
    _tell(walk, node)
    memo = {name: value for name, value in walk.state["active"][node].items() if name != "visit"}
    walk.apply(node, Outcome(back=rule.to, memo=memo, notes=(Note("auto_returned", ROBOT),), close="cancelled"))


def _transfer(walk: Walk, node: str, key: str, rule: Due, count: int) -> None:
    """Everybody who has not answered is asked no more; the others are asked in their place."""
    meant = walk.here(node).fact("people", [one.dump() for one in rule.assignees], f"due{key}")
    meant = meant or walk.here(node).fact("admins", None)
    old = [person for person in walk.state["open"].get(node, ()) if person not in meant]
    memo = {name: value for name, value in walk.state["active"][node].items() if name != "visit"}
    known = {one["who"] for one in memo.get("signers", ())}
    fresh = [person for person in meant if person not in known and person not in walk.state["open"].get(node, ())]
    if not old or not fresh:
        walk.tell_admins(node, "auto_failed", {})
        return
    _tell(walk, node)
    for person in old:
        walk.say("auto_transferred", ROBOT, node, person=person, to=fresh[0])
    if "signers" in memo:
        memo["signers"] = _in_their_place(memo["signers"], old, fresh)
    effects = [CloseTask(node, person, "overdue") for person in old], [OpenTask(node, person) for person in fresh]
    walk.apply(node, Outcome(effects=(*effects[0], *effects[1]), memo=memo))


def _in_their_place(signers: list[dict[str, Json]], old: list[str], fresh: list[str]) -> list[dict[str, Json]]:
    """The signers with the new people where the first of the old ones stood; who answered already stays."""
    gone = {one["slot"] for one in signers if not one["said"] and one["who"] in old}
    free = max(one["slot"] for one in signers) + 1
    found: list[dict[str, Json]] = []
    for one in signers:
        if one["slot"] not in gone:
            found.append(one)
        elif one["who"] == old[0]:
            kept = {name: value for name, value in one.items() if name != "for"}
            found += [{**kept, "slot": free + place, "who": person} for place, person in enumerate(fresh)]
    return [{key: value for key, value in one.items() if key != "held" or value not in gone} for one in found]


def _tell(walk: Walk, node: str) -> None:
    """Who had not answered learns that the machine did it."""
    walk.effects.append(Notify(tuple(walk.state["open"].get(node, ())), "auto_handled", node))


DEEDS = {"remind": _remind, "submit": _submit, "reject": _reject, "return": _return, "transfer": _transfer}
