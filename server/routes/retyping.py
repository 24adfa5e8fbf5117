"""Fields that change their type, over HTTP 更改字段类型. Administrators only."""

from datetime import datetime
from typing import Literal

from fastapi import Response
from pydantic import Field

from runtime import retype_mending, retype_report, retypings
from runtime.gate import Gate
from server.asker import Asker
from server.door import Door
from server.retyping import file as lost_as_file
from server.routes.design import VersionOut
from server.routes.shapes import Answer, AppId, FormId

router = Door(prefix="/apps/{app}", tags=["design"])


class Place(Answer):
    """A record by id and title."""

    id: str
    title: str


class Offending(Answer):
    """One value that does not convert, why, how often it is there, and some of the records."""

    words: str
    why: str
    count: int
    records: list[Place]


class RetypeField(Answer):
    """What becomes of one field's values (or of a column's, `lines.price`); `refusal` says why none may be tried."""

    path: str
    label: str
    before: str = Field(description="The type in the live version.")
    after: str = Field(description="The type in the draft.")
    refusal: str
    converted: int
    emptied: int
    refused: int
    computed: int = Field(description="Values that give way to what the machine computes.")
    values: list[Offending]
    more: int = Field(description="Values beyond those that are listed.")


class RetypeReport(Answer):
    """Of the `seen` records from `after` on. `next` is where the following request goes on; "" at the end.

    `total` says with the first one how many records hold a value that changes its type."""

    form: str
    fields: list[RetypeField]
    seen: int
    total: int | None
    next: str


class RetypingField(Answer):
    """A field that changed its type, and how many of its values went which way."""

    id: str
    label: str
    before: str
    after: str
    converted: int
    emptied: int
    refused: int
    computed: int


class RetypingOut(Answer):
    """A change of types that version `number` brought; `seen` of the form's `total` records are done."""

    id: str
    form: str
    number: int
    at: datetime
    by_name: str
    state: Literal["running", "done", "stopped"]
    undoable: bool
    seen: int
    total: int
    fields: list[RetypingField]


class LostValue(Answer):
    """A value that did not convert, in words. `record` is "" for one that is gone or in the bin."""

    record: str
    title: str
    field: str
    label: str
    words: str
    why: str
    within: bool = Field(description="It is a cell of a subform; such rows are tried again as a whole.")
    edited: bool = Field(description="Somebody has filled in the field since, so undoing leaves it alone.")


class LostPage(Answer):
    """Values that did not convert, by record."""

    values: list[LostValue]
    next: str


@router.get("/forms/{form}/retype-report")
def report(app: AppId, form: FormId, gate: Gate, after: str = "") -> RetypeReport:
    """How many values convert when the draft is published, and which do not 改类型报告."""
    return RetypeReport.model_validate(retype_report.report(gate, app, form, after))


@router.get("/retypings")
def listed(app: AppId, gate: Gate, form: str = "") -> list[RetypingOut]:
    """Changes of types, newest first, with how far they are 类型转换记录."""
    return [RetypingOut.model_validate(one) for one in retypings.listed(gate, app, form)]


@router.get("/retypings/{retyping}/lost")
def lost(app: AppId, retyping: str, gate: Gate, after: str = "") -> LostPage:
    """The values that did not convert 未能转换的值."""
    return LostPage.model_validate(retypings.lost(gate, app, retyping, after))


@router.get("/retypings/{retyping}/lost/export")
def lost_file(app: AppId, retyping: str, asker: Asker, format: Literal["xlsx", "csv"] = "xlsx") -> Response:
    """The values that did not convert, as a file 导出未能转换的值."""
    return lost_as_file(asker, app, retyping, format)


class LostWish(Answer):
    """A value to be tried again; `words` for other words than it was, null for itself."""

    record: str = Field(max_length=64)
    field: str = Field(max_length=64)
    words: str | None = Field(default=None, max_length=2_000)


class WishesIn(Answer):
    """The values to be tried again; none for all of them, a page from `after` on."""

    values: list[LostWish] = Field(default=[], max_length=200)
    after: str = Field(default="", max_length=64)


class RetriedValue(Answer):
    """Whether a value is in its field now, or why it is not."""

    record: str
    field: str
    mended: bool
    why: str


class RetriedOut(Answer):
    """How many are in their fields now; `next` is where the following request goes on, "" at the end."""

    mended: int
    values: list[RetriedValue]
    next: str


@router.post("/retypings/{retyping}/lost/again")
def again(app: AppId, retyping: str, body: WishesIn, gate: Gate) -> RetriedOut:
    """Try values again that did not convert, as they were or in other words 重试未能转换的值."""
    wishes = [retype_mending.Wish(one.record, one.field, one.words) for one in body.values]
    return RetriedOut.model_validate(retype_mending.again(gate, app, retyping, wishes, body.after))


@router.post("/retypings/{retyping}/undo", status_code=201)
def undo(app: AppId, retyping: str, gate: Gate) -> VersionOut:
    """Publish the fields as they were; every value that nobody edited since comes back as it was 撤销类型转换."""
    return VersionOut.model_validate(retypings.undo(gate, app, retyping))
