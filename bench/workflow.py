"""How long one step of a workflow takes, and the check of a large one 流程测速: the pure machine alone."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from builder.definition import App, Form, Workflow
from runtime.soundness import check
from runtime.step import NEW, State, step

NODES, LARGE, TURNS = 30, 200, 2000
AT = "2026-11-23T10:00:00Z"


def measured() -> dict[str, float]:
    """Microseconds (median) for an approval in the middle of 30 nodes, milliseconds for the soundness of 200."""
    small, large = chain(NODES - 3), chain(LARGE - 3)
    state, event = _in_the_middle(small)
    app = App(id="bench", name="Bench", forms={"f": Form(id="f", name="f")})
    return {
        "step_us": _each(lambda: step(small, state, event), TURNS) * 1e6,
        "soundness_ms": _each(lambda: check(app, large), 5) * 1e3,
    }


def chain(length: int) -> Workflow:
    """So many approvals one after another, between a form and two ends."""
    nodes: dict[str, Any] = {"draft": {"type": "fill", "on": {"submit": "n0"}}, "yes": {"type": "end"},
                             "no": {"type": "end", "status": "rejected"}}  # fmt: skip
    for at in range(length):
        following = f"n{at + 1}" if at + 1 < length else "yes"
        who = [{"member": "ann" if at % 2 else "bo"}]
        nodes[f"n{at}"] = {"type": "approve", "assignees": who, "on": {"approved": following, "rejected": "no"}}
    return Workflow.model_validate({"id": "w", "form": "f", "name": "w", "start": "draft", "nodes": nodes})


def _in_the_middle(workflow: Workflow) -> tuple[State, dict[str, Any]]:
    """The state after half of the approvals, and the next one."""
    facts = {f"people:n{at}": ["ann" if at % 2 else "bo"] for at in range(NODES)}
    state, _ = step(workflow, NEW, {"type": "started", "by": "ini", "at": AT, "facts": facts})
    for at in range(NODES // 2):
        state, _ = step(workflow, state, _approval(at, facts))
    return state, _approval(NODES // 2, facts)


def _approval(at: int, facts: dict[str, list[str]]) -> dict[str, Any]:
    who = facts[f"people:n{at}"][0]
    return {
        "type": "answered",
        "node": f"n{at}",
        "person": who,
        "by": who,
        "action": "approve",
        "at": AT,
        "facts": facts,
    }


def _each(work: Callable[[], object], turns: int) -> float:
    taken = []
    for _ in range(turns):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)
