"""Small drawings and the people who walk them 小故事: what the tests of the pure machine are told with."""

from typing import Any

import pytest

from builder.definition import Workflow
from builder.problem import Refusal
from tests.cases.approvals import Company, Performance

PEOPLE = frozenset({"ini", "ann", "bo", "cy", "di", "admin"})

ANN = [{"member": "ann"}]
BO = [{"member": "bo"}]
BOTH = [*ANN, *BO]


def drawing(nodes: dict[str, Any], **settings: Any) -> Workflow:
    """A workflow that starts with `draft` and knows the ends `yes` and `no`."""
    first = next(iter(nodes))
    ends = {"yes": {"type": "end"}, "no": {"type": "end", "status": "rejected"}}
    all_nodes = {"draft": {"type": "fill", "on": {"submit": first}}, **nodes, **ends}
    return Workflow.model_validate(
        {"id": "w", "form": "f", "name": "w", "start": "draft", "nodes": all_nodes, **settings}
    )


def approve(to: str, people: list[Any] | None = None, **settings: Any) -> dict[str, Any]:
    """An approval by `people` that leads to `to`, or else to `no`."""
    on = {"approved": to, "rejected": "no"}
    return {"type": "approve", "assignees": ANN if people is None else people, "on": on, **settings}


def submitted(workflow: Workflow, **values: Any) -> Performance:
    """The workflow, started by ini."""
    play = Performance(workflow, Company(PEOPLE), "ini", values)
    play.happen(type="started", by="ini")
    return play


def acts(play: Performance, who: str, action: str, **more: Any) -> None:
    """Somebody acts at the node where he is asked."""
    node = next(node for node, asked in play.asked.items() if who in asked)
    play.happen(type="answered", node=node, person=who, by=who, action=action, **more)


def refused(play: Performance, **event: Any) -> str:
    """The code by which an event is refused; nothing has happened then."""
    before, count = play.state, len(play.events)
    with pytest.raises(Refusal) as refusal:
        play.happen(**event)
    assert (play.state, len(play.events)) == (before, count)
    return refusal.value.problems[0].code
