"""Whom assignee rules mean today, over HTTP 处理人预览."""

from typing import Annotated, Any

from pydantic import Field

from runtime import whom
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import Answer, AppId, FormId, Shape

router = Door(tags=["design"])


class RulesIn(Shape):
    """Assignee rules as a node has them."""

    rules: Annotated[list[dict[str, Any]], Field(max_length=50)]


class NamedOut(Answer):
    """A member."""

    id: str
    name: str


class MeantOut(Answer):
    """Whom they mean now, with the asker as the initiator; `open`: some of it depends on a record."""

    people: list[NamedOut]
    open: bool = False


@router.post("/apps/{app}/forms/{form}/meant", reads=True)
def meant(app: AppId, form: FormId, body: RulesIn, gate: Gate) -> MeantOut:
    """Whom assignee rules mean today; administrators only 处理人预览."""
    return MeantOut.model_validate(whom.today(gate, body.rules))
