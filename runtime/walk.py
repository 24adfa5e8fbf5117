"""One step's walk through a workflow: enter, wait, leave, gather, go back, end; it keeps the state's books 流转."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.definition import Workflow
from builder.problem import Refusal, conflict, forbidden, missing
from runtime.drawn import drawn
from runtime.effect import (
    CloseTask,
    Effect,
    EndChildren,
    EndInstance,
    FinishTask,
    Notify,
    OpenTask,
    StartTimer,
    StopTimers,
)
from runtime.node import Here, NodeType, Outcome
from runtime.past import Past
from runtime.trail import Visit, ancestors, descendants, latest, passed

Json = Any

LIMIT = 1000
"""How many nodes one event may enter; more is a loop without a person in it."""

SAID = ("person", "comment", "signature", "to", "position", "then", "auto", "outside", "written", "unwritten")
"""What of an event stands in the log."""


def copied(state: Mapping[str, Json]) -> dict[str, Json]:
    """A state that may be moved without changing the one it is made from; what lies deeper is replaced, not changed."""
    return {
        **state,
        "active": {node: dict(memo) for node, memo in state["active"].items()},
        "open": {node: list(people) for node, people in state["open"].items()},
        "trail": list(state["trail"]),
        "log": list(state["log"]),
        **({"due": {node: dict(waited) for node, waited in state["due"].items()}} if "due" in state else {}),
    }


class Walk:
    """A state being moved by one event. A node is active at most once: who arrives there again joins the one there."""

    def __init__(self, workflow: Workflow, state: Mapping[str, Json], event: Mapping[str, Json]) -> None:
        self.workflow, self.state, self.event = workflow, copied(state), event
        self.drawn = drawn(workflow)
        self.effects: list[Effect] = []
        self._agenda: list[tuple[str, int]] = []
        self._entered = 0

    def kind(self, node: str) -> NodeType:
        """The node's type with its settings."""
        return self.drawn.kind(node)

    @property
    def trail(self) -> list[Visit]:
        """Every visit there was."""
        trail: list[Visit] = self.state["trail"]
        return trail

    def note(self, action: str, by: str, node: str, visit: int | None, said: Mapping[str, Json]) -> None:
        """Write a line into the log."""
        line = {"at": self.event["at"], "by": by, "action": action, "node": node, "visit": visit}
        more = {key: said[key] for key in SAID if said.get(key)}
        self.state["log"].append(line | {key: value for key, value in more.items() if (key, value) != ("person", by)})

    def here(self, node: str, *, starting: bool = False, returned: bool = False) -> Here:
        """What the node is told."""
        memo = self.state["active"][node]
        return Here(
            id=node,
            node=self.workflow.nodes[node],
            event=self.event,
            memo=memo,
            initiator=self.state["initiator"],
            starting=starting,
            returned=returned,
            outside=self.state.get("outside", False),
            past=Past(self.workflow, self.state, memo["visit"]),
        )

    def enter(
        self,
        node: str,
        sources: Sequence[int],
        *,
        starting: bool = False,
        returned: bool = False,
        then: Sequence[str] = (),
    ) -> None:
        """A branch reaches a node; `then` are the nodes to which it goes straight back afterwards."""
        if node in self.state["active"]:
            self._mark(self.state["active"][node]["visit"], sources)
            return
        if self._too_late(node, sources):
            return
        self._entered += 1
        if self._entered > LIMIT:
            raise conflict("automatic_loop", node=self.workflow.nodes[node].label or node)
        visit = self.visit(node, sources, **({"then": list(then)} if then else {}))
        if starting:
            self.note("submit", self.event["by"], node, visit, self.event)
        self.apply(node, self.kind(node).enter(self.here(node, starting=starting, returned=returned)))
        if self.state["active"].get(node, {}).get("visit") == visit:
            self.start_clock(node)

    def visit(self, node: str, sources: Iterable[int], **more: Json) -> int:
        """The node becomes active; answers the number of the visit."""
        self.trail.append({"node": node, "from": list(sources), "at": self.event["at"], **more})
        self.state["active"][node] = {"visit": len(self.trail) - 1}
        return len(self.trail) - 1

    def _mark(self, visit: int, sources: Iterable[int] = (), **more: Json) -> None:
        """Say more of a visit: whence else somebody arrived, that it is void, what was said there."""
        kept = self.trail[visit]
        self.trail[visit] = {**kept, "from": [*kept["from"], *sources], **more}

    def apply(self, node: str, outcome: Outcome) -> None:
        """Do what a node answered."""
        visit = self.state["active"][node]["visit"]
        for line in outcome.notes:
            self.note(line.action, line.person, node, visit, {"auto": True})
        for effect in outcome.effects:
            self._ask(effect)
        self.state["active"][node] = {"visit": visit, **outcome.memo}
        if outcome.back:
            self._back(node, outcome.back, outcome.straight)
        elif outcome.stops:
            self.state["ending"] = outcome.stops
            self._close(node, "ended")
        elif outcome.end:
            self.end(outcome.end, outcome.close if outcome.close == "cancelled" else "ended")
        elif outcome.exits:
            self._leave(node, outcome.exits, outcome.close)

    def start_clock(self, node: str) -> None:
        """What is asked at the node is due from now on."""
        for place, rule in enumerate(self.kind(node).deadlines):
            self.set_timer(node, str(place), rule.question)

    def set_timer(self, node: str, key: str, about: Mapping[str, Json], count: int = 0) -> None:
        """Wait for a moment; one that depends on a blank date never comes."""
        at = self.here(node).fact("due", about, key)
        if at is not None:
            self._ask(StartTimer(node, self.state["active"][node]["visit"], key, at, count))

    def wait(self, timer: StartTimer) -> None:
        """Wait for another moment than before at an active node."""
        self._ask(timer)
        if "until" in self.state["active"][timer.node]:
            self.state["active"][timer.node] = {**self.state["active"][timer.node], "until": timer.at}

    def say(self, action: str, by: str, node: str, **more: str) -> None:
        """Write into the log what the machine did at an active node."""
        self.note(action, by, node, self.state["active"][node]["visit"], {"auto": True, **more})

    def tell_admins(self, node: str, action: str, said: Mapping[str, str]) -> None:
        """Something went wrong at the node: it is in the log, and the admins are told."""
        self.say(action, "system", node, **said)
        self.effects.append(Notify(tuple(self.here(node).fact("admins", None)), "node_failed", node))

    def end(self, status: str, why: str) -> None:
        """It is over: every task of every branch is closed."""
        for node in list(self.state["active"]):
            self._close(node, why)
        if self.state.get("bound"):
            self.effects.append(EndChildren(tuple(self.state["bound"])))
        self.state["status"] = status
        self.state.pop("suspended", None)
        self.effects.append(EndInstance(status))

    def settle(self) -> None:
        """Follow every exit; then let nodes go on that gather and for which nobody is left to wait."""
        while self.state["status"] == "running":
            if self._agenda:
                node, source = self._agenda.pop(0)
                then = self.trail[source].get("then", ())
                straight = bool(then) and node == then[0]
                self.enter(node, [source], returned=straight, then=then[1:] if straight else ())
                continue
            ready = self._ready()
            if not ready:
                break
            if self.kind(ready).cancels:
                for other in self._coming(ready):
                    self._close(other, "cancelled")
            self.apply(ready, self.kind(ready).receive(self.here(ready)))
        if self.state["status"] == "running" and not self.state["active"]:
            self.end(self.state.pop("ending", "ended"), "ended")

    def _ready(self) -> str:
        """A gathering node that need not wait any longer; "" for none."""
        waiting: list[str] = [node for node in self.state["active"] if self.kind(node).gathers]
        for node in waiting:
            arrived = len(self.trail[self.state["active"][node]["visit"]]["from"])
            if self.kind(node).enough(arrived) or not self._coming(node):
                return node
        return waiting[0] if waiting and len(waiting) == len(self.state["active"]) else ""

    def _origin(self, node: str, visits: Iterable[int]) -> int | None:
        """The visit of the split that the node gathers, among those that led here."""
        return latest(self.trail, visits, self.drawn.split_of(node))

    def _coming(self, node: str) -> list[str]:
        """The active nodes of the same split from which somebody can still arrive."""
        origin = self._origin(node, ancestors(self.trail, self.state["active"][node]["visit"]))
        siblings = set(range(len(self.trail))) if origin is None else descendants(self.trail, origin)
        return [
            other
            for other, memo in self.state["active"].items()
            if other != node and memo["visit"] in siblings and node in self.drawn.reach(other)
        ]

    def _too_late(self, node: str, sources: Sequence[int]) -> bool:
        """Whether a branch arrives where its split was gathered before it came: then it ends here, unheard."""
        if not self.kind(node).gathers or not self.kind(node).partial:
            return False
        origin = self._origin(node, {up for each in sources for up in (each, *ancestors(self.trail, each))})
        fired = [each for each, visit in enumerate(self.trail) if visit["node"] == node and not visit.get("void")]
        late = any(origin is not None and origin in ancestors(self.trail, each) for each in fired)
        if late:
            self.trail.append({"node": node, "from": list(sources), "at": self.event["at"], "late": True})
        return late

    def _ask(self, effect: Effect) -> None:
        """Keep the books of who is asked; asking twice is asking once."""
        if isinstance(effect, OpenTask):
            people = self.state["open"].setdefault(effect.node, [])
            if effect.person in people:
                return
            people.append(effect.person)
        elif isinstance(effect, FinishTask | CloseTask):
            people = self.state["open"].get(effect.node, [])
            if effect.person not in people:
                return
            people.remove(effect.person)
        elif isinstance(effect, StartTimer):
            waited = {"at": effect.at, "count": effect.count}
            self.state.setdefault("due", {}).setdefault(effect.node, {})[effect.key] = waited
        self.effects.append(effect)

    def _close(self, node: str, why: str) -> None:
        """Nobody is asked at the node any more, and it is not active any more."""
        self.effects += [CloseTask(node, person, why) for person in self.state["open"].pop(node, ())]
        if node in self.state.get("due", {}):
            del self.state["due"][node]
            self.effects.append(StopTimers(node))
        if self.state["active"][node].get("children"):
            self.effects.append(EndChildren(tuple(self.state["active"][node]["children"])))
        del self.state["active"][node]

    def close(self, node: str, why: str) -> int:
        """An admin takes the turn away from a node; answers its visit."""
        visit: int = self.state["active"][node]["visit"]
        self._close(node, why)
        return visit

    def _leave(self, node: str, exits: Sequence[str], why: str) -> None:
        memo = self.state["active"][node]
        visit, kind = memo["visit"], self.kind(node)
        said = {key: value for key, value in memo.items() if key != "visit"}
        if said and kind.asks:
            self._mark(visit, memo=said)
        self._close(node, why)
        then = self.trail[visit].get("then")
        if then and not kind.refusals & set(exits):
            self._agenda.append((then[0], visit))
            return
        for exit in exits:
            target = self.workflow.nodes[node].on.get(exit, "")
            if target not in self.workflow.nodes:
                raise conflict("exit_leads_nowhere", node=self.workflow.nodes[node].label or node, exit=exit)
            self._agenda.append((target, visit))

    def _back(self, node: str, target: str, straight: bool) -> None:
        """Return to an earlier visit; then everything between once more, or `straight` back here."""
        origin = self.earlier(node, target)
        place, sources = self.trail[origin]["node"], self.trail[origin]["from"]
        self.effects.append(Notify((self.state["initiator"],), "returned", node))
        if straight:
            own = self.state["active"][node]["visit"]
            came, then = self.trail[own]["from"], [node, *self.trail[own].get("then", ())]
            self._mark(own, void=True)
            self._close(node, "cancelled")
            self.enter(place, came, returned=True, then=then)
            return
        then = self.trail[origin].get("then", ())
        arrived = self.undo(origin)
        self.enter(place, sources, returned=True, then=then)
        self.rejoin(arrived)

    def undo(self, origin: int) -> dict[int, list[int]]:
        """Void a visit and all that followed from it, in every branch, and nothing else; answers who still arrived."""
        dead = descendants(self.trail, origin)
        arrived = self._still_arrived(dead - {origin})
        for index in dead:
            self._mark(index, void=True)
        for other in [other for other, memo in self.state["active"].items() if memo["visit"] in dead]:
            self._close(other, "cancelled")
        return arrived

    def rejoin(self, arrived: Mapping[int, Sequence[int]]) -> None:
        """Branches that had arrived where they are gathered, and were not taken back, stand there again."""
        for each in sorted(each for each, sources in arrived.items() if sources):
            self.enter(self.trail[each]["node"], arrived[each])

    def _still_arrived(self, dead: set[int]) -> dict[int, list[int]]:
        """For each dead visit where branches gathered, those arrivals that are not taken back."""
        gathered = [visit for visit in dead if self.kind(self.trail[visit]["node"]).gathers]
        return {visit: [each for each in self.trail[visit]["from"] if each not in dead] for visit in gathered}

    def earlier(self, node: str, target: str) -> int:
        """The visit that a return from `node` to `target` goes back to."""
        visits = passed(self.trail, self.state["active"][node]["visit"], self.drawn.waits)
        wanted = self.workflow.start if target == "start" else target
        if wanted == node:
            raise conflict("return_to_self", "to")
        choice = [each for each in visits if self.trail[each]["node"] != node]
        if target != "previous":
            choice = [each for each in choice if self.trail[each]["node"] == wanted]
        allowed = self.kind(node).back_nodes
        if choice and (target in ("start", "previous") or not allowed or wanted in allowed):
            return choice[0]
        raise self._no_way_back(wanted, known=bool(choice))

    def _no_way_back(self, wanted: str, *, known: bool) -> Refusal:
        """Why nothing can be returned there."""
        if known or wanted in ("previous", self.workflow.start):
            return forbidden("return_not_allowed", "to")
        if wanted not in self.workflow.nodes:
            return missing("no_such_node", "to")
        name = self.workflow.nodes[wanted].label or wanted
        if not self.drawn.waits[wanted]:
            return forbidden("return_to_nobody", "to", node=name)
        code = "return_to_running" if wanted in self.state["active"] else "return_forward"
        return forbidden(code, "to", node=name)
