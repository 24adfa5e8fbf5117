"""A new drawing against past instances over HTTP 历史试跑: reads only; administrators only."""

from datetime import datetime

from pydantic import Field

from runtime import dry_run
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import Answer, AppId, FormId, Shape

router = Door(tags=["workflows"])


class DryRunIn(Shape):
    """Which version, and on how many of the last instances; 0 is the draft."""

    number: int = Field(default=0, ge=0)
    most: int = Field(default=50, ge=1, le=dry_run.MOST)


class StopOut(Answer):
    """A node on the way, and who decided there."""

    node: str
    label: str
    people: list[str]


class WayOut(Answer):
    """How an instance went, or would go."""

    status: str
    stops: list[StopOut]
    seconds: int
    waiting: list[str] = Field(description="Where it stands, if it runs.")


class FirstOut(Answer):
    """The first place at which the two part."""

    index: int
    was: str
    now: str


class OtherOut(Answer):
    """Where somebody else would be asked."""

    node: str
    was: str
    now: str


class RefusedOut(Answer):
    """Something that was done then and could not be done any more."""

    node: str
    detail: str


class DryRunRow(Answer):
    """One past instance: how it went, how it would go."""

    instance: str
    record: str
    title: str
    initiator: str
    started_at: datetime
    number: int = Field(description="The newest version with the drawing that it was started on.")
    before: WayOut
    after: WayOut
    differs: list[str] = Field(examples=[["route", "people", "outcome", "time"]])
    first: FirstOut | None
    assumed: int = Field(description="How many answers nobody gave then were assumed to be yes.")
    others: list[OtherOut]
    refused: list[RefusedOut]


class DryRunOut(Answer):
    """What would be different."""

    rows: list[DryRunRow]
    different: int
    instances: int


@router.post("/apps/{app}/workflows/{workflow}/dry-run", reads=True)
def dry(app: AppId, workflow: FormId, body: DryRunIn, gate: Gate) -> DryRunOut:
    """Walk the last instances through another drawing 历史试跑."""
    return DryRunOut.model_validate(dry_run.run(gate, app, workflow, body.number, body.most))
