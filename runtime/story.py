"""The story of an instance 流程动态: who did what and when, who is awaited since when, and what is expected next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from builder.definition import Workflow
from builder.problem import Refusal, sentence
from runtime import waits
from runtime.drawn import drawn
from runtime.gate import Gate
from runtime.perform import Running, decided
from runtime.trail import passed

Json = Any
State = Mapping[str, Json]

OUTSIDER = "public"
"""Who submitted by a public link 外部访客: nobody that there is."""
FURTHEST = 40
"""How many answers ahead are imagined."""


@dataclass(frozen=True)
class Line:
    """One line. `state`: done, open (awaited now) or expected (if everybody agrees)."""

    state: Literal["done", "open", "expected"]
    node: str
    label: str
    actor: str = ""
    on_behalf_of: str = ""
    action: str = ""
    comment: str = ""
    signature: str = ""
    at: datetime | None = None
    seconds: int | None = None
    people: tuple[str, ...] = ()
    void: bool = False
    """Taken back by a later return."""


def timeline(gate: Gate, running: Running) -> list[Line]:
    """Everything that was done, then who is awaited, then what is expected."""
    return [*_done(gate, running), *_open(gate, running), *_expected(gate, running)]


def _done(gate: Gate, running: Running) -> Iterator[Line]:
    state = running.instance.state
    for line in state["log"]:
        unwritten = sentence("update_passed_over", gate.language, line) if "unwritten" in line else ""
        visit = None if line["visit"] is None else state["trail"][line["visit"]]
        at = datetime.fromisoformat(line["at"])
        yield Line(
            state="done",
            node=line["node"],
            label=label(running.workflow, line["node"]),
            actor=OUTSIDER if line.get("outside") else line["by"],
            on_behalf_of=line["by"] if line.get("outside") else line.get("person", ""),
            action=line["action"],
            comment=line.get("comment", "") or unwritten,
            signature=line.get("signature", ""),
            at=at,
            seconds=None if visit is None else _seconds(visit["at"], at),
            people=(line["to"],) if line.get("to") else (),
            void=bool(visit and visit.get("void")),
        )


def _open(gate: Gate, running: Running) -> Iterator[Line]:
    state = running.instance.state
    for id, people in state["open"].items():
        since = state["trail"][state["active"][id]["visit"]]["at"]
        if people:
            yield Line(
                "open",
                id,
                label(running.workflow, id),
                at=datetime.fromisoformat(since),
                seconds=_seconds(since, gate.now),
                people=tuple(people),
            )
    for id, word, memo in waits.waits(running):
        since = state["trail"][memo["visit"]]["at"]
        why = waits.reason(gate, memo) if word == "failed" else ""
        place = label(running.workflow, id)
        at, seconds = datetime.fromisoformat(since), _seconds(since, gate.now)
        yield Line("open", id, place, "system", action=f"waits_{word}", comment=why, at=at, seconds=seconds)


def _expected(gate: Gate, running: Running) -> Iterator[Line]:
    for id, people in expected(gate, running):
        yield Line("expected", id, label(running.workflow, id), people=tuple(people))


def expected(gate: Gate, running: Running) -> list[tuple[str, list[str]]]:
    """The nodes still to come, with whom they would ask, if everybody agrees: the machine itself, imagined forward."""
    state: State = running.instance.state
    found: dict[str, list[str]] = {}
    known = len(state["trail"])
    for _ in range(FURTHEST):
        asked = next(((id, people[0]) for id, people in state["open"].items() if people), None)
        if state["status"] != "running" or asked is None:
            break
        try:
            event = _agreement(gate, running, state, *asked)
            state, _effects, _event = decided(gate, running, state, event, ahead=True)
        except Refusal:
            break
        for visit in state["trail"][known:]:
            if drawn(running.workflow).kind(visit["node"]).asks:
                found.setdefault(visit["node"], state["open"].get(visit["node"], []))
        known = len(state["trail"])
    return list(found.items())


def _agreement(gate: Gate, running: Running, state: State, id: str, person: str) -> dict[str, Json]:
    kind = drawn(running.workflow).kind(id)
    event = {"type": "answered", "node": id, "person": person, "by": person, "comment": "…", "signature": "…"}
    offered = kind.offered(state["active"][id], person)
    action = next((each for each in offered if each in kind.completes), offered[0] if offered else "")
    return {**event, "action": action, "at": gate.now.isoformat()}


def waiting(gate: Gate, running: Running) -> str:
    """Why it is waiting, in the asker's words: on whom, where, since when."""
    members = gate.world.directory.members()
    said = []
    for line in (line for line in _open(gate, running) if line.people):
        names = [members[id].name if id in members else id for id in line.people]
        since = line.at.astimezone(ZoneInfo(gate.timezone)).strftime("%Y-%m-%d %H:%M") if line.at else ""
        params = {"people": _and(gate.language).join(names), "node": line.label, "since": since}
        said.append(sentence("waiting_for", gate.language, params))
    said += waits.sentences(gate, running)
    if running.instance.state.get("suspended"):
        said.append(sentence("waiting_suspended", gate.language, {}))
    return " ".join(said)


def _and(language: str) -> str:
    return "、" if language.startswith("zh") else ", "


def return_targets(workflow: Workflow, state: State, id: str) -> list[dict[str, str]]:
    """Where a return from the active node `id` may lead: id and label, nearest first."""
    if id not in state["active"]:
        return []
    waits = drawn(workflow).waits
    visits = passed(state["trail"], state["active"][id]["visit"], waits)
    places = [state["trail"][visit]["node"] for visit in visits if state["trail"][visit]["node"] != id]
    kind = drawn(workflow).kind(id)
    if kind.back == "previous":
        places = places[:1]
    elif kind.back == "start":
        places = [place for place in places if place == workflow.start]
    elif kind.back_nodes:
        places = [place for place in places if place in kind.back_nodes]
    return [{"id": place, "label": label(workflow, place)} for place in places]


def label(workflow: Workflow, id: str) -> str:
    """The words on a node."""
    return (workflow.nodes[id].label or id) if id in workflow.nodes else ""


def _seconds(since: str, until: datetime) -> int:
    return max(0, int((until - datetime.fromisoformat(since)).total_seconds()))
