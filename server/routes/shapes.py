"""The shapes that several routes speak in: strict models of what is sent and answered 接口数据形状."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from builder.model import SLUG
from server.guard import without_nul

Values = dict[str, Any]
AppId = Annotated[str, Field(pattern=SLUG.pattern, description="An app's id, e.g. `crm`.")]
FormId = Annotated[str, Field(pattern=SLUG.pattern, description="A form's id, e.g. `customer`.")]
RecordId = Annotated[str, Field(pattern=r"^[0-9a-zA-Z_-]{1,64}$", description="A record's id.")]


class Shape(BaseModel):
    """Strict: no coercion, no unknown keys, no NUL in a text (in a record's values it is left out)."""

    model_config = ConfigDict(strict=True, extra="forbid")

    @model_validator(mode="after")
    def _without_nul(self) -> Self:
        return without_nul(self)


class Answer(BaseModel):
    """What is answered; built by the server, so not checked for strictness."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class RecordOut(Answer):
    """A record as the asker may see it: unreadable fields are absent."""

    id: str
    form: str
    values: Values = Field(examples=[{"name": "华信科技", "amount": "1250.5"}])
    revision: int
    status: str = ""
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    title: str = ""
    deleted_at: datetime | None = None
    sample: bool = False
    titles: dict[str, str] = Field(default={}, description="Titles of the readable records it references, by id.")
    can: list[str] = Field(default=[], description="What the asker may do: update, delete, submit, withdraw.")
    writable: list[str] = Field(default=[], description="The fields the asker may write in this record.")


class SortIn(Shape):
    """By which field, which way."""

    field: str = Field(max_length=130, examples=["amount"])
    descending: bool = False


class Ask(Shape):
    """A question about the records of a form."""

    filter: dict[str, Any] | None = Field(
        default=None, examples=[{"all": [{"field": "stage", "op": "eq", "value": "won"}]}]
    )
    search: str = Field(default="", max_length=200)
    sort: list[SortIn] = Field(default=[], max_length=5)
    after: str = Field(default="", max_length=2000, description="The cursor `next` of the page before.")
    limit: int = Field(default=50, ge=1, le=200)
    total: bool = Field(default=False, description="Also count, up to 10 000.")
    exact: bool = Field(default=False, description="Count without a bound.")
    deleted: bool = Field(default=False, description="Ask the recycle bin instead.")


class Done(Answer):
    """It was done."""

    ok: bool = True
