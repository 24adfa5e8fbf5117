"""Moving running instances to the newest version, over HTTP 流程迁移: administrators only."""

from typing import Annotated

from pydantic import Field

from runtime import migrate
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import Answer, AppId, FormId, Shape

router = Door(tags=["workflows"])

Hash = Annotated[str, Field(max_length=64)]
NodeId = Annotated[str, Field(max_length=63)]
Plan = Annotated[
    dict[Hash, Annotated[dict[NodeId, NodeId], Field(max_length=300)]],
    Field(max_length=100, description="By version's hash: node → node of the newest version, blank for none."),
]
Ids = Annotated[list[Annotated[str, Field(max_length=64)]], Field(min_length=1, max_length=migrate.AT_ONCE)]


class TargetNode(Answer):
    """A node of the newest version."""

    id: str
    label: str
    type: str
    asks: bool


class SourceNode(Answer):
    """A node of an older version, how many stand there, and what it probably is now."""

    id: str
    label: str
    type: str
    active: int
    suggested: str


class SourceOut(Answer):
    """An older version on which instances run."""

    hash: str
    number: int
    running: int
    nodes: list[SourceNode]


class MigrationOut(Answer):
    """What runs where."""

    number: int = Field(description="The live version.")
    name: str
    form: str
    running: int = Field(description="How many run on it already.")
    sources: list[SourceOut]
    nodes: list[TargetNode]
    undoable: list[str] = Field(description="The instances whose migration can be taken back.")


class PlanIn(Shape):
    """A plan."""

    plan: Plan = {}


class IdsIn(Shape):
    """Which instances."""

    ids: Ids


class ApplyIn(Shape):
    """A plan, and to which instances it is applied."""

    plan: Plan = {}
    ids: Ids


class TaskPlace(Answer):
    """Whose task, where."""

    node: str
    person: str


class MigrationRow(Answer):
    """One instance: where it stands, where it would stand."""

    instance: str
    record: str
    title: str
    number: int
    initiator: str
    at: list[str]
    to: list[str]
    closes: list[TaskPlace]
    opens: list[TaskPlace]
    problem: str


class PreviewOut(Answer):
    """What a plan would do; of the first two hundred instances it is shown in full."""

    rows: list[MigrationRow]
    instances: int
    ids: list[str] = Field(description="Every instance that is meant, at most five thousand.")
    more: bool = Field(description="Whether there may be others behind them.")


class MovedOut(Answer):
    """What became of one instance."""

    instance: str
    record: str
    title: str
    ok: bool
    detail: str


@router.get("/apps/{app}/workflows/{workflow}/migration")
def overview(app: AppId, workflow: FormId, gate: Gate) -> MigrationOut:
    """What runs on which version, with a suggestion for every node 迁移概览."""
    return MigrationOut.model_validate(migrate.overview(gate, app, workflow))


@router.post("/apps/{app}/workflows/{workflow}/migration/preview", reads=True)
def preview(app: AppId, workflow: FormId, body: PlanIn, gate: Gate) -> PreviewOut:
    """Where each would stand; an incomplete plan is refused as a whole 迁移预览."""
    return PreviewOut.model_validate(migrate.preview(gate, app, workflow, body.plan))


@router.post("/apps/{app}/workflows/{workflow}/migration/apply")
def apply(app: AppId, workflow: FormId, body: ApplyIn, gate: Gate) -> list[MovedOut]:
    """Move these instances, each wholly or not at all 执行迁移."""
    return [MovedOut.model_validate(one) for one in migrate.apply(gate, app, workflow, body.plan, body.ids)]


@router.post("/apps/{app}/workflows/{workflow}/migration/undo")
def undo(app: AppId, workflow: FormId, body: IdsIn, gate: Gate) -> list[MovedOut]:
    """Take migrations back until somebody acts 撤销迁移."""
    return [MovedOut.model_validate(one) for one in migrate.undo(gate, app, workflow, body.ids)]
