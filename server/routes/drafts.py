"""What a member has typed and not sent yet 草稿箱, on every device of his."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import Field

from runtime import drafts
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import Answer, AppId, Done, FormId, Shape, Values

router = Door(prefix="/apps/{app}/forms/{form}/drafts", tags=["drafts"])

DraftId = Annotated[str, Path(pattern=r"^[0-9a-zA-Z-]{8,64}$", description="A draft's id, chosen by the browser.")]


class KeptIn(Shape):
    """What is typed so far."""

    values: Values = Field(max_length=500)
    step: str = Field(default="", max_length=64, description="Where its writer is in a form of several steps.")


class KeptOut(Answer):
    """A new record that is not sent yet."""

    id: str
    at: str
    title: str
    values: dict[str, Any]
    step: str


@router.get("")
def listed(app: AppId, form: FormId, gate: Gate) -> list[KeptOut]:
    """The asker's own drafts of a form 草稿箱."""
    return [KeptOut.model_validate(one) for one in drafts.listed(gate, app, form)]


@router.put("/{draft}")
def keep(app: AppId, form: FormId, draft: DraftId, body: KeptIn, gate: Gate) -> list[KeptOut]:
    """Keep what is typed; at most 20 for a form, for 30 days 保存草稿."""
    return [KeptOut.model_validate(one) for one in drafts.keep(gate, app, form, draft, body.values, body.step)]


@router.delete("/{draft}")
def drop(app: AppId, form: FormId, draft: DraftId, gate: Gate) -> Done:
    """Throw a draft away 删除草稿."""
    drafts.drop(gate, app, form, draft)
    return Done()
