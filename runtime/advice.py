"""What is odd about a workflow without being wrong 流程建议: told while drawing, never in the way of a publish."""

from collections.abc import Iterator

from pydantic import ValidationError

from builder.definition import App, Workflow
from builder.parts import Parts, from_parts
from builder.problem import Invalid, Problem
from runtime.node import NodeType, read
from runtime.ports import Directory
from runtime.sound_branches import branch_problems
from runtime.sound_people import filling_problems, people_problems


def advice(app: App, workflow: Workflow, directory: Directory | None = None) -> Iterator[Problem]:
    """Everything odd; `nodes` is a way that shows it, `example` a record for which it happens. Paths start at it."""
    kinds: dict[str, NodeType] = {}
    for id, node in workflow.nodes.items():
        try:
            kinds[id] = read(node)
        except Invalid:
            continue
    if workflow.form not in app.forms:
        return
    yield from branch_problems(app, workflow, kinds)
    yield from filling_problems(app, workflow, kinds)
    if directory is not None:
        yield from people_problems(app, workflow, kinds, directory)


def of_parts(parts: Parts, directory: Directory) -> tuple[Problem, ...]:
    """Of every workflow of an app."""
    try:
        app = from_parts(parts)
    except ValidationError:
        return ()
    return tuple(
        problem.under("workflows", id)
        for id, workflow in app.workflows.items()
        for problem in advice(app, workflow, directory)
    )
