"""A form as somebody else would fill it, over HTTP 按人预览. Administrators only."""

from typing import Any

from pydantic import Field

from runtime import previewing
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import Answer, AppId, Shape

router = Door(tags=["design"])


class AsIn(Shape):
    """The form as it is drawn, and who would fill it: a member, or whoever holds one role."""

    definition: dict[str, Any]
    member: str = Field(default="", max_length=64)
    role: str = Field(default="", max_length=64)


class GrantedOut(Answer):
    """What the permission groups of the form let that person do; a column of rows is `lines.price`."""

    operations: list[str]
    readable: list[str]
    writable: list[str]


@router.post("/apps/{app}/previews", reads=True)
def granted(app: AppId, body: AsIn, gate: Gate) -> GrantedOut:
    """What a member or a role may do with the form as it is drawn 按人预览."""
    return GrantedOut.model_validate(previewing.granted(gate, app, body.definition, body.member, body.role))
