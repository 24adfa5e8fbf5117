"""Trying workflows over HTTP 流程模拟与用例: nothing here writes; administrators only."""

from typing import Any

from pydantic import Field

from builder.case import MOST_MOVES
from runtime import trying
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import Answer, AppId, FormId, Shape, Values

router = Door(tags=["workflows"])


class PlayerIn(Shape):
    """Who acts: a member, or whoever holds a role; neither: whoever is asked."""

    member: str = Field(default="", max_length=64)
    role: str = Field(default="", max_length=63)


class MoveIn(Shape):
    """One move: an action at a node; `wait` lets time pass until the next deadline; `withdraw`, `end`."""

    act: str = Field(max_length=40, pattern=r"^[a-z][a-z_]*$", examples=["approve"])
    at: str = Field(default="", max_length=63)
    by: PlayerIn = PlayerIn()
    to: PlayerIn | str = ""
    position: str = Field(default="", max_length=10)
    comment: str = Field(default="", max_length=5000)
    values: Values = {}


class WalkIn(Shape):
    """A walk from its beginning: on a real record, or on values of which none need be complete."""

    number: int = Field(default=0, ge=0, description="The version to walk; 0 is the draft.")
    initiator: PlayerIn = PlayerIn()
    values: Values = {}
    record: str = Field(default="", max_length=64)
    moves: list[MoveIn] = Field(default=[], max_length=MOST_MOVES)


class FrameProblem(Answer):
    """Why a move was refused."""

    code: str
    detail: str


class TaskMove(Answer):
    """A task that was opened, done or closed."""

    node: str
    person: str
    state: str
    outcome: str
    purpose: str
    where: str = Field(default="", description="The form and the node in words, for a task of a subflow.")


class ValueMove(Answer):
    """A value that was changed."""

    form: str
    record: str
    field: str
    label: str
    before: Any = None
    after: Any = None
    form_name: str = Field(default="", description="Of a record other than the one that is walked.")
    count: int = Field(default=1, description="In how many records; `record` is the first of them.")


class MessageMove(Answer):
    """A message that would be sent."""

    about: str
    node: str
    people: list[str]
    text: str = ""


class FrameOut(Answer):
    """What stands after one move, and what the move did."""

    act: str
    by: str
    node: str
    at: str
    status: str
    active: list[str]
    open: dict[str, list[str]] = Field(description="Node → who is asked.")
    visited: list[str]
    ways: list[tuple[str, str]] = Field(description="The lines that were taken: from node, to node.")
    log: list[dict[str, Any]]
    tasks: list[TaskMove]
    changes: list[ValueMove]
    messages: list[MessageMove]
    jobs: list[dict[str, Any]] = Field(description="What would be done outside: webhooks and the like.")
    problem: FrameProblem | None = None


class OfferOut(Answer):
    """What one person could do next."""

    node: str
    person: str
    actions: list[str]
    comment_required: list[str]
    return_to: list[dict[str, str]]
    required: list[str]
    editable: list[str]


class DeadlineOut(Answer):
    """A deadline that is running."""

    node: str
    at: str
    timer: str


class WalkOut(Answer):
    """The walk, frame by frame."""

    frames: list[FrameOut]
    offers: list[OfferOut]
    initiator: str
    done: int = Field(description="How many of the moves were made; the last one may have been refused.")
    fields: list[str] = Field(description="The fields that the drawing asks about.")
    values: Values
    expect: dict[str, Any] = Field(description="What a saved case of this walk would expect.")
    deadlines: list[DeadlineOut]
    awaits: list[str] = Field(default=[], description="What else a wait answers: `call`, `children`.")


class CaseVerdict(Answer):
    """How a saved case came out."""

    id: str
    ok: bool
    blocking: bool
    playable: bool
    step: int
    detail: str


class CasesIn(Shape):
    """Which version to play them on; 0 is the draft."""

    number: int = Field(default=0, ge=0)


@router.post("/apps/{app}/workflows/{workflow}/simulate", reads=True)
def simulate(app: AppId, workflow: FormId, body: WalkIn, gate: Gate) -> WalkOut:
    """Walk a workflow as any persona; nothing is stored 流程模拟."""
    return WalkOut.model_validate(trying.walk(gate, app, workflow, **body.model_dump()))


@router.post("/apps/{app}/workflows/{workflow}/cases", reads=True)
def play_cases(app: AppId, workflow: FormId, body: CasesIn, gate: Gate) -> list[CaseVerdict]:
    """Play the workflow's saved cases 回放用例."""
    return [CaseVerdict.model_validate(one) for one in trying.play_cases(gate, app, workflow, body.number)]
