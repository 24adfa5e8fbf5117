"""Where a workflow's time goes, over HTTP 流程分析: administrators, and heads of departments for their people."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from fastapi.responses import Response
from pydantic import Field

from runtime import analysis
from runtime.gate import Gate
from server import exporting
from server.asker import Asker
from server.door import Door
from server.routes.shapes import Answer, AppId, FormId

router = Door(tags=["workflows"])

Day = Annotated[str, Query(max_length=10, description="A day, 2026-11-23; blank: thirty days until today.")]


class NodeLine(Answer):
    """The work at one node; times in seconds."""

    node: str
    label: str
    done: int
    average: int
    median: int
    ninety: int = Field(description="Nine of ten answers took no longer.")
    waiting: int | None = Field(description="Until the task was opened, on average; null when nobody opened one.")
    working: int | None = Field(description="From then to the answer.")
    returned: int
    rejected: int
    open: int
    oldest: datetime | None
    overdue: int = Field(
        default=0,
        description="At how many visits a deadline passed; of people: how many tasks were not done when they were due.",
    )
    share: float = Field(default=0, description="Its part of all the time spent.")
    heat: int = Field(default=0, ge=0, le=analysis.HEATS)


class PersonLine(NodeLine):
    """The work of one person at one node."""

    person: str
    name: str


class EndedLine(Answer):
    """How many instances ended so, and how long they took on average."""

    status: str
    count: int
    seconds: int


class AnalysisOut(Answer):
    """The figures of a period."""

    since: str
    until: str
    whole: bool = Field(description="Everybody's work, or only that of the asker's own people.")
    nodes: list[NodeLine]
    people: list[PersonLine]
    ended: list[EndedLine]
    bottleneck: str
    start: str = Field(description="Where the live drawing begins.")
    drawn: dict[str, Any] = Field(description="The nodes of the live drawing: type, label and where each leads to.")


@router.get("/apps/{app}/workflows/{workflow}/analysis")
def figures(app: AppId, workflow: FormId, gate: Gate, since: Day = "", until: Day = "") -> AnalysisOut:
    """Where the time goes 流程分析."""
    return AnalysisOut.model_validate(analysis.of(gate, app, workflow, since, until))


@router.get("/apps/{app}/workflows/{workflow}/analysis/export")
def export(
    app: AppId, workflow: FormId, asker: Asker, format: Literal["xlsx", "csv"], since: Day = "", until: Day = ""
) -> Response:
    """The same figures as a file 导出分析."""
    found = analysis.of(asker.gate, app, workflow, since, until)
    return exporting.table(asker, f"{workflow}-{found['until']}", format, *analysis.table(found, asker.language))
