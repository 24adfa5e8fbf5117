"""The open tasks of one workflow over HTTP 流程待办."""

from typing import Annotated

from fastapi import Path

from runtime import centre
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import Answer

router = Door(tags=["tasks"])


class OpenTaskOut(Answer):
    """Who is asked where."""

    id: str
    node: str
    label: str
    assignee: str


class OpenTasksOfOneOut(Answer):
    """The open tasks of a workflow."""

    tasks: list[OpenTaskOut]


@router.get("/instances/{instance}/tasks")
def open_tasks(instance: Annotated[str, Path(max_length=64)], gate: Gate) -> OpenTasksOfOneOut:
    """Who is asked now, and where; administrators only 当前待办."""
    return OpenTasksOfOneOut.model_validate({"tasks": centre.open_tasks(gate, instance)})
