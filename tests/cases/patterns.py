"""Plays a control-flow pattern 控制流模式: a model, what people do, and who is asked after each step."""

import json
from pathlib import Path
from typing import Any

from builder.definition import Workflow
from builder.problem import Refusal
from runtime.formats import same
from runtime.step import fold
from tests.cases.play import Company, Performance

Json = Any
FOLDER = Path(__file__).parent / "workflow" / "patterns"
PEOPLE = frozenset({"ini", "ann", "bo", "cy", "di", "admin"})
ENDS = {"yes": {"type": "end"}, "no": {"type": "end", "status": "rejected"}}


def models() -> list[Path]:
    """Every model."""
    return sorted(FOLDER.glob("*.json"))


def read(path: Path) -> Json:
    """A model."""
    return json.loads(path.read_text(encoding="utf-8"))


def workflow(model: Json) -> Workflow:
    """Its drawing: `draft` comes first and leads to the first node."""
    nodes = model["nodes"]
    draft = {"type": "fill", "on": {"submit": next(iter(nodes))}}
    ends = {id: end for id, end in ENDS.items() if any(id in node.get("on", {}).values() for node in nodes.values())}
    return Workflow.model_validate(
        {"id": "p", "form": "f", "name": model["name"], "start": "draft", **model.get("settings", {}),
         "nodes": {"draft": draft, **nodes, **ends}}
    )  # fmt: skip


def trace(model: Json) -> list[Json]:
    """Who is asked by node after the start and after each act; last of all how it stands."""
    play = Performance(workflow(model), Company(PEOPLE), "ini", dict(model.get("values", {})))
    play.happen(type="started", by="ini")
    found: list[Json] = [play.asked]
    for act in model["acts"]:
        found.append(_done(play, act))
    assert same(play.state, fold(play.workflow, play.events))
    return [*found, play.state["status"]]


def _done(play: Performance, act: Json) -> Json:
    """Who is asked after an act, or the code by which it was refused."""
    try:
        play.happen(**_event(play, act))
    except Refusal as refusal:
        return refusal.problems[0].code
    return play.asked


def _event(play: Performance, act: Json) -> Json:
    play.values |= act.get("set", {})
    active = play.state["active"]
    if "timer" in act:
        return {"type": "timed_out", "by": "system", "node": act["timer"], "timer": act.get("key", "0"),
                "visit": active[act["timer"]]["visit"]}  # fmt: skip
    if "report" in act:
        return {"type": "reported", "by": "system", "node": act["report"], "result": "done", **act.get("with", {}),
                "visit": active[act["report"]]["visit"]}  # fmt: skip
    if "event" in act:
        return {"type": act["event"], "by": act.get("who", "admin"), **act.get("with", {})}
    who = act["who"]
    node = act.get("at") or next(node for node, asked in play.asked.items() if who in asked)
    return {"type": "answered", "node": node, "person": who, "by": who, "action": act["do"], **act.get("with", {})}
