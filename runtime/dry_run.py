"""A new drawing against what has really happened 历史试跑: past instances walked again with people's own decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from builder.definition import Workflow
from builder.problem import Problem, Refusal, missing
from runtime import decisions, node, perform, story
from runtime.decisions import Decision
from runtime.designing import head_for_design
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.perform import Running
from runtime.personas import actor_of
from runtime.ports import Happening, Instance
from runtime.shadow import Shadow
from runtime.step import NEW
from runtime.trying import manifest_of

Json = Any
FURTHEST = 200
MOST = 200
SLIGHT = 60
"""Seconds that make no difference."""


@dataclass(frozen=True)
class Stop:
    """A node on the way, and who decided there."""

    node: str
    label: str
    people: tuple[str, ...]


@dataclass
class Way:
    """How an instance went, or would go."""

    status: str
    stops: list[Stop]
    seconds: int
    waiting: list[str] = field(default_factory=list)


@dataclass
class Replay:
    """One past instance walked through another drawing."""

    gate: Gate
    shadow: Shadow
    live: LiveForm
    workflow: Workflow
    past: Instance
    told: list[Decision]
    facts: Mapping[str, Json]
    running: Running
    assumed: int = 0
    others: list[tuple[str, str, str]] = field(default_factory=list)
    """Where somebody else is asked: node, who decided then, who would be asked now."""
    refused: list[tuple[str, Problem]] = field(default_factory=list)

    def walk(self) -> Way:
        """As far as it goes."""
        outside = {"outside": True} if self.past.state.get("outside") else {}
        self._happen({"type": "started", "by": self.past.initiator, **outside})
        for _ in range(FURTHEST):
            if self.running.instance.status != "running" or not self._once():
                break
        state = self.running.instance.state
        return way(self.workflow, self.running.instance, self.shadow.clock.now(), list(state["active"]))

    def _once(self) -> bool:
        """One decision more; False when there is nothing left to go by."""
        found = self._next()
        if found is not None:
            moment, decision, person = found
            decision.used = True
            self.shadow.clock.moment = max(self.shadow.clock.moment, moment)
            self._edit(decision.edits)
            return self._decide(decision, person)
        return self._assume()

    def _next(self) -> tuple[datetime, Decision, str] | None:
        """The decision that would come first, and who makes it."""
        state = self.running.instance.state
        ready = []
        for decision in self.told:
            if decision.used:
                continue
            if decision.type in decisions.WHOLE:
                ready.append((self.past.started_at + decision.after, decision, decision.by))
            elif decision.node in state["active"]:
                since = state["trail"][state["active"][decision.node]["visit"]]["at"]
                people = state["open"].get(decision.node, [])
                who = decision.person if decision.person in people or not people else people[0]
                ready.append((datetime.fromisoformat(since) + decision.wait, decision, who))
        return min(ready, key=lambda one: one[0], default=None)

    def _decide(self, decision: Decision, person: str) -> bool:
        state = self.running.instance.state
        event: dict[str, Json] = {"type": decision.type, "by": decision.by, **decision.more}
        if decision.type == decisions.CLOCKED:
            visit = state["active"][decision.node]["visit"]
            event |= {"node": decision.node, "timer": decision.action, "visit": visit}
        elif decision.type == "answered":
            by = decision.by if person == decision.person else person
            event |= {"node": decision.node, "person": person, "by": by, "action": decision.action}
            if person != decision.person:
                self.others.append((decision.node, decision.person, person))
        return self._happen(event) or True

    def _assume(self) -> bool:
        """Nobody decided this then: if it ended, let whoever is asked agree; if it still runs, it waits here."""
        state = self.running.instance.state
        open_now = [(id, people[0]) for id, people in state["open"].items() if people]
        if not open_now or (self.past.ended_at is None and all(one.used for one in self.told)):
            return False
        id, person = open_now[0]
        self.assumed += 1
        action = next(iter(node.at(self.workflow, id).completes))
        event = {"type": "answered", "node": id, "person": person, "by": person, "action": action, "comment": "…"}
        return self._happen(event)

    def _happen(self, event: dict[str, Json]) -> bool:
        actor = replace(actor_of(self.shadow.world.directory, event["by"]), id=event["by"])
        gate = Gate(self.shadow.world, actor, self.gate.language, self.gate.library)
        try:
            self.running = perform.happen(gate, self.running, {**event, "facts": dict(self.facts)})
        except Refusal as refusal:
            self.refused.append((event.get("node", ""), refusal.problems[0]))
            return False
        return True

    def _edit(self, values: Mapping[str, Json]) -> None:
        """What was written then is written now, whoever may."""
        if values:
            record = self.running.record
            kept = {name: value for name, value in {**record.values, **values}.items() if value is not None}
            after = replace(record, values=kept, revision=record.revision + 1)
            self.shadow.records.replace(after, None, None)
            self.running = replace(self.running, record=after)


def way(workflow: Workflow, instance: Instance, until: datetime, active: Sequence[str]) -> Way:
    """The nodes it came by with those who decided there, and where it stands."""
    state = instance.state
    said: dict[int, list[str]] = {}
    for line in state["log"]:
        if line["visit"] is not None and not line.get("auto") and line["action"] not in ("comment", "submit"):
            said.setdefault(line["visit"], []).append(line.get("person", line["by"]))
    stops = [
        Stop(
            visit["node"], story.label(workflow, visit["node"]) or visit["node"], tuple(dict.fromkeys(said.get(at, ())))
        )
        for at, visit in enumerate(state["trail"])
        if not visit.get("void")
    ]
    status = instance.status
    waiting = list(active) if status == "running" else []
    return Way(status, stops, max(0, int((until - instance.started_at).total_seconds())), waiting)


def replayed(gate: Gate, live: LiveForm, workflow: Workflow, hash: str, past: Instance, old: Workflow) -> Replay | None:
    """The instance made ready to be walked again; None when its record is gone."""
    record = gate.world.records.get(past.form, past.record)
    if record is None:
        return None
    happenings = gate.world.instances.happenings(past.id)
    changes = gate.world.records.history(past.form, past.record)
    shadow = Shadow.over(gate, at=past.started_at)
    begun = replace(record, values=decisions.at_start(record, changes, past.started_at), status="draft")
    shadow.records.records[record.form, record.id] = begun
    instance = Instance("replay", past.form, past.record, hash, NEW, "", past.initiator, past.started_at, 0)
    same = frozenset(
        id for id, drawn in workflow.nodes.items() if id in old.nodes and _asks_alike(drawn, old.nodes[id])
    )
    told = decisions.of(past, happenings, changes)
    facts = decisions.facts(happenings, same)
    running = Running(instance, workflow, live, begun)
    return Replay(gate, shadow, live, workflow, past, told, facts, running)


def _asks_alike(one: Json, other: Json) -> bool:
    return bool(one.type == other.type and one.settings.get("assignees") == other.settings.get("assignees"))


def run(gate: Gate, app: str, workflow: str, number: int, most: int) -> dict[str, Json]:
    """The last instances walked through the draft (0) or a version: what would have been different in each."""
    head = head_for_design(gate, app)
    whole = gate.library.open(gate.world.definitions, head, gate.language, manifest_of(gate, app, number))
    drawn = whole.app.workflows.get(workflow)
    if drawn is None or drawn.form not in whole.forms:
        raise missing("no_such_workflow", workflow=workflow)
    hashes = versions_of(gate, app, workflow)
    past, _ = gate.world.instances.of_workflows(list(hashes), limit=min(most, MOST))
    known = {hash: spoken(gate, app, workflow, hash, hashes[hash]) for hash in {one.workflow for one in past}}
    rows = []
    for one in past:
        old = known[one.workflow]
        found = replayed(gate, whole.form(drawn.form), drawn, whole.hashes[f"workflows/{workflow}"], one, old)
        if found is not None:
            rows.append(_row(gate, found, old, hashes[one.workflow]))
    return {"rows": rows, "different": sum(bool(row["differs"]) for row in rows), "instances": len(rows)}


def spoken(gate: Gate, app: str, workflow: str, hash: str, number: int) -> Workflow:
    """An older version in the asker's words, as that version of the app had them."""
    head = gate.world.definitions.app(app)
    version = next((one for one in gate.world.definitions.versions(app) if one.number == number), None)
    if head is None or version is None:
        return Workflow.model_validate(gate.world.definitions.blobs([hash])[hash])
    whole = gate.library.open(gate.world.definitions, head, gate.language, version.manifest)
    return whole.app.workflows[workflow]


def versions_of(gate: Gate, app: str, workflow: str) -> dict[str, int]:
    """Every form of the workflow that was ever published: hash → the newest number with it."""
    found: dict[str, int] = {}
    for version in gate.world.definitions.versions(app):
        hash = version.manifest.get(f"workflows/{workflow}")
        if hash is not None:
            found.setdefault(hash, version.number)
    return found


def _row(gate: Gate, replay: Replay, old: Workflow, number: int) -> dict[str, Json]:
    past, record = replay.past, replay.running.record
    before = way(old, past, past.ended_at or gate.now, list(past.state["active"]))
    if past.ended_at is None:
        before.seconds = _last(gate.world.instances.happenings(past.id), past)
    after = replay.walk()
    return {
        "instance": past.id, "record": past.record, "title": record.title, "initiator": past.initiator,
        "started_at": past.started_at, "number": number, "before": _told(before), "after": _told(after),
        "differs": differs(before, after), "first": first_difference(before, after), "assumed": replay.assumed,
        "others": [{"node": id, "was": was, "now": now} for id, was, now in replay.others],
        "refused": [{"node": id, "detail": why.sentence(gate.language)} for id, why in replay.refused],
    }  # fmt: skip


def _last(happenings: Sequence[Happening], past: Instance) -> int:
    """How long it took to its last event."""
    last: timedelta = max((one.at for one in happenings), default=past.started_at) - past.started_at
    return int(last.total_seconds())


def _told(one: Way) -> dict[str, Json]:
    stops = [{"node": stop.node, "label": stop.label, "people": list(stop.people)} for stop in one.stops]
    return {"status": one.status, "stops": stops, "seconds": one.seconds, "waiting": one.waiting}


def differs(before: Way, after: Way) -> list[str]:
    """In what the two differ: route, people, outcome, time."""
    routes = [[stop.node for stop in each.stops] for each in (before, after)]
    asked = [{stop.node: set(stop.people) for stop in each.stops if stop.people} for each in (before, after)]
    shared = set(asked[0]) & set(asked[1])
    found = {
        "route": routes[0] != routes[1],
        "people": any(asked[0][id] != asked[1][id] for id in shared),
        "outcome": before.status != after.status,
        "time": abs(before.seconds - after.seconds) > SLIGHT,
    }
    return [name for name, differ in found.items() if differ]


def first_difference(before: Way, after: Way) -> dict[str, Json] | None:
    """The first place at which they part."""
    for index in range(max(len(before.stops), len(after.stops))):
        was = before.stops[index] if index < len(before.stops) else None
        now = after.stops[index] if index < len(after.stops) else None
        if was is None or now is None or (was.node, set(was.people)) != (now.node, set(now.people)):
            return {"index": index, "was": was.label if was else "", "now": now.label if now else ""}
    return None
