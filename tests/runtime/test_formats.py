"""Old states of instances 旧状态: fixtures that stay for ever; each is raised, goes on, is the fold of its events."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.definition import Workflow
from runtime.formats import FORMAT, raised, same
from runtime.step import fold, step

DATA = Path(__file__).parents[1] / "data"
OLD = [
    one for file in sorted(DATA.glob("states_format_*.json")) for one in json.loads(file.read_text(encoding="utf-8"))
]
ACTS = {"draft": "submit"}


@pytest.mark.parametrize("old", OLD, ids=[one["name"] for one in OLD])
def test_an_old_state_is_raised_to_what_its_events_fold_to(old: Any) -> None:
    workflow = Workflow.model_validate(old["workflow"])

    state = raised(old["state"])

    assert state["format"] == FORMAT
    assert same(old["state"], fold(workflow, old["events"]))


@pytest.mark.parametrize(
    "old", [one for one in OLD if one["state"]["status"] == "running"], ids=lambda one: one["name"]
)
def test_an_old_instance_goes_on_to_its_end(old: Any) -> None:
    workflow, state = Workflow.model_validate(old["workflow"]), old["state"]
    facts = {"people:b": ["di"], "people:last": ["di"], "people:a": ["ann"], "people:draft": ["ini"]}
    if state.get("suspended"):
        state, _ = step(workflow, state, {"type": "resumed", "by": "admin", "at": "2026-12-01T10:00:00Z"})
    for _ in range(20):
        node, who = next(((node, people[0]) for node, people in state["open"].items() if people), ("", ""))
        if not node:
            break
        event = {"type": "answered", "node": node, "person": who, "by": who, "action": ACTS.get(node, "approve")}
        state, _ = step(workflow, state, {**event, "at": "2026-12-01T10:00:00Z", "facts": facts})

    assert state["status"] == "approved"


def test_a_state_in_todays_format_is_left_alone() -> None:
    state = {"format": FORMAT, "trail": [], "active": {}}

    assert raised(state) is state
    assert same(state, dict(state))
    assert not same(state, {**state, "status": "x"})
