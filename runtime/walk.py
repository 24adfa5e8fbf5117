"""One step's walk through a workflow: enter, wait, leave, gather, go back, end; it keeps the state's books 流转."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from builder.definition import Workflow
from builder.problem import conflict, forbidden
from runtime.drawing import Ways, reach, split_of, ways
from runtime.effect import CloseTask, Effect, EndInstance, FinishTask, Notify, OpenTask
from runtime.node import Here, NodeType, Outcome, read
from runtime.trail import Visit, ancestors, descendants, just_before, latest, passed

Json = Any

LIMIT = 1000
"""How many nodes one event may enter; more is a loop without a person in it."""


class Walk:
    """A state being moved by one event. A node is active at most once: who arrives there again joins the one there."""

    def __init__(self, workflow: Workflow, state: dict[str, Json], event: Mapping[str, Json]) -> None:
        self.workflow, self.state, self.event = workflow, state, event
        self.effects: list[Effect] = []
        self._kinds: dict[str, NodeType] = {}
        self._agenda: list[tuple[str, int]] = []
        self._entered = 0

    def kind(self, node: str) -> NodeType:
        """The node's type with its settings."""
        if node not in self._kinds:
            self._kinds[node] = read(self.workflow.nodes[node])
        return self._kinds[node]

    @cached_property
    def waits(self) -> Mapping[str, bool]:
        """Which nodes wait for a person."""
        return {node: self.kind(node).asks for node in self.workflow.nodes}

    @cached_property
    def ways(self) -> Ways:
        """The drawing's ways."""
        return ways(self.workflow)

    @property
    def trail(self) -> list[Visit]:
        """Every visit there was."""
        trail: list[Visit] = self.state["trail"]
        return trail

    def note(self, action: str, by: str, node: str, visit: int | None, said: Mapping[str, Json]) -> None:
        """Write a line into the log."""
        line = {"at": self.event["at"], "by": by, "action": action, "node": node, "visit": visit}
        more = {key: said[key] for key in ("person", "comment", "to", "position", "auto") if said.get(key)}
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
            agreed=self._agreed(memo["visit"]),
        )

    def enter(self, node: str, sources: Sequence[int], *, starting: bool = False, returned: bool = False) -> None:
        """A branch reaches a node."""
        if node in self.state["active"]:
            self.trail[self.state["active"][node]["visit"]]["from"] += sources
            return
        self._entered += 1
        if self._entered > LIMIT:
            raise conflict("automatic_loop", node=self.workflow.nodes[node].label or node)
        self.trail.append({"node": node, "from": list(sources), "at": self.event["at"]})
        visit = len(self.trail) - 1
        self.state["active"][node] = {"visit": visit}
        if starting:
            self.note("submit", self.event["by"], node, visit, self.event)
        self.apply(node, self.kind(node).enter(self.here(node, starting=starting, returned=returned)))

    def apply(self, node: str, outcome: Outcome) -> None:
        """Do what a node answered."""
        visit = self.state["active"][node]["visit"]
        for line in outcome.notes:
            self.note(line.action, line.person, node, visit, {"auto": True})
        for effect in outcome.effects:
            self._ask(effect)
        self.state["active"][node] = {"visit": visit, **outcome.memo}
        if outcome.back:
            self._back(node, outcome.back)
        elif outcome.end:
            self.end(outcome.end, outcome.close if outcome.close == "cancelled" else "ended")
        elif outcome.exits:
            self._leave(node, outcome.exits, outcome.close)

    def end(self, status: str, why: str) -> None:
        """It is over: every task of every branch is closed."""
        for node in list(self.state["active"]):
            self._close(node, why)
        self.state["status"] = status
        self.effects.append(EndInstance(status))

    def settle(self) -> None:
        """Follow every exit; then let nodes go on that gather and for which nobody is left to wait."""
        while self.state["status"] == "running":
            if self._agenda:
                node, source = self._agenda.pop(0)
                self.enter(node, [source])
                continue
            waiting = [node for node in self.state["active"] if self.kind(node).gathers]
            ready = [node for node in waiting if not self._awaited(node)]
            if not ready and len(waiting) == len(self.state["active"]):
                ready = waiting[:1]
            if not ready:
                return
            self.apply(ready[0], self.kind(ready[0]).receive(self.here(ready[0])))

    def _awaited(self, node: str) -> bool:
        """Whether a branch of the same split can still arrive at the node."""
        splits = [each for each in self.ways if self.kind(each).splits]
        split = split_of(self.ways, self.workflow.start, splits, node)
        before = ancestors(self.trail, self.state["active"][node]["visit"])
        origin = latest(self.trail, before, split)
        siblings = set(range(len(self.trail))) if origin is None else descendants(self.trail, origin)
        return any(
            memo["visit"] in siblings and node in reach(self.ways, other)
            for other, memo in self.state["active"].items()
            if other != node
        )

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
        self.effects.append(effect)

    def _close(self, node: str, why: str) -> None:
        """Nobody is asked at the node any more, and it is not active any more."""
        self.effects += [CloseTask(node, person, why) for person in self.state["open"].pop(node, ())]
        del self.state["active"][node]

    def _leave(self, node: str, exits: Sequence[str], why: str) -> None:
        visit = self.state["active"][node]["visit"]
        self._close(node, why)
        for exit in exits:
            target = self.workflow.nodes[node].on.get(exit, "")
            if target not in self.workflow.nodes:
                raise conflict("exit_leads_nowhere", node=self.workflow.nodes[node].label or node, exit=exit)
            self._agenda.append((target, visit))

    def _back(self, node: str, target: str) -> None:
        """Return to an earlier visit: everything that followed from it is void, in every branch, and nothing else."""
        origin = self._earlier(node, target)
        place = self.trail[origin]["node"]
        dead = descendants(self.trail, origin)
        arrived = self._still_arrived(dead - {origin})
        for index in dead:
            self.trail[index]["void"] = True
        for other in [other for other, memo in self.state["active"].items() if memo["visit"] in dead]:
            self._close(other, "cancelled")
        self.effects.append(Notify((self.state["initiator"],), "returned", node))
        self.enter(place, self.trail[origin]["from"], returned=True)
        for each in sorted(each for each, sources in arrived.items() if sources):
            self.enter(self.trail[each]["node"], arrived[each])

    def _still_arrived(self, dead: set[int]) -> dict[int, list[int]]:
        """For each dead visit where branches gathered, those arrivals that are not taken back."""
        gathered = [visit for visit in dead if self.kind(self.trail[visit]["node"]).gathers]
        return {visit: [each for each in self.trail[visit]["from"] if each not in dead] for visit in gathered}

    def _earlier(self, node: str, target: str) -> int:
        """The visit that a return from `node` to `target` goes back to."""
        visits = passed(self.trail, self.state["active"][node]["visit"], self.waits)
        wanted = self.workflow.start if target == "start" else target
        if wanted == node:
            raise conflict("return_to_self", "to")
        choice = [each for each in visits if self.trail[each]["node"] != node]
        if target != "previous":
            choice = [each for each in choice if self.trail[each]["node"] == wanted]
        if not choice:
            raise forbidden("return_not_allowed", "to")
        return choice[0]

    def _agreed(self, visit: int) -> frozenset[str]:
        """Who agreed just before this visit, if the workflow then asks them no second time."""
        if self.workflow.same_person == "ask":
            return frozenset()
        before = just_before(self.trail, self.trail[visit]["from"], self.waits)
        return frozenset(
            line["by"]
            for line in self.state["log"]
            if line["visit"] in before and line["action"] in self.kind(line["node"]).agreements
        )
