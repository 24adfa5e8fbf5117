"""Records over HTTP 数据."""

from typing import Any

from pydantic import Field

from runtime import conversion, drafts, history, offered, reading, records, related, sources, stepping
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import Answer, AppId, Ask, Done, FormId, RecordId, RecordOut, Shape, Values

router = Door(prefix="/apps/{app}/forms/{form}/records", tags=["records"])


class SourceIn(Shape):
    """The record whose action the new one comes from; what the action sets on it is set in the same step."""

    form: FormId
    record: RecordId
    action: str = Field(max_length=63, examples=["to_customer"])


class Submission(Shape):
    """A new record. `submit` starts the form's workflow, if it has one; without it the record stays a draft."""

    values: Values = Field(examples=[{"name": "华信科技", "level": "a"}])
    submit: bool = True
    source: SourceIn | None = None
    draft: str = Field(default="", max_length=64, description="The draft that this was; it is forgotten.")


class Step(Shape):
    """What is filled in so far of a new record, and the fields that were asked for."""

    values: Values
    seen: list[str] = Field(max_length=1_000)


class Edit(Shape):
    """Changed fields with the values they had when the editor opened the record.

    A field whose stored value is neither `before` nor the new one is a conflict; the others are merged.
    """

    values: Values = Field(examples=[{"phone": "010-5555"}])
    before: Values = Field(examples=[{"phone": None}])


class ManyIds(Shape):
    """Several records."""

    ids: list[str] = Field(max_length=500)


UNTOLD: dict[str, Any] = {"titles": {}, "can": [], "writable": []}
"""What the rows of a page leave out, said so that no default is copied for each of them."""


class PageOut(Answer):
    """A page of records. `total` is null when not asked; not `exact` means "at least"."""

    records: list[RecordOut]
    next: str = ""
    total: int | None = None
    exact: bool = True
    titles: dict[str, str] = Field(default={}, description="Titles of the readable records they reference, by id.")


class ChangeOut(Answer):
    """A line of history; unreadable fields are absent.

    `words` reads aloud, by `before` and `after`, what is of a type that its field does not have any more; `titles` are
    those of the records that either side names, as far as the asker may read them."""

    seq: int
    at: str
    actor: str
    operation: str
    before: Values
    after: Values
    note: str = ""
    words: dict[str, dict[str, str]] = {}
    titles: dict[str, str] = {}


class RelatedOut(Answer):
    """Another form whose field points here, with how many readable records do."""

    form: str
    form_name: str
    field: str
    field_label: str
    count: int
    exact: bool
    can_create: bool
    several: bool = Field(default=False, description="The field may name several records: it holds a list of ids.")
    workflow: bool = Field(default=False, description="A new record starts a workflow.")


class OptionOut(Answer):
    """A record that a reference may name, with the values it fills in and those that formulas read through it."""

    id: str
    title: str
    subtitle: str = ""
    fill: Values = {}
    values: Values = {}


class OptionsAsk(Shape):
    """Which records may be picked in a reference field; `column` names a subform's column."""

    field: str = Field(max_length=63)
    column: str = Field(default="", max_length=63)
    search: str = Field(default="", max_length=200)
    ids: list[str] = Field(default=[], max_length=200, description="Only these, e.g. to learn their titles.")
    limit: int = Field(default=20, ge=1, le=100)
    values: Values = Field(default={}, description="Of the record that picks: a reference's filter may speak of them.")


class LinkedAsk(Shape):
    """What fields with a linkage would begin with in a record with these values."""

    fields: list[str] = Field(max_length=200)
    values: Values
    subform: str = Field(default="", max_length=63, description="Then the fields are its columns, asked for each row.")
    rows: list[Values] = Field(default=[], max_length=500)


class ChoicesAsk(Shape):
    """What a choice offers that takes its options from another form, in a record with these values."""

    field: str = Field(max_length=63)
    column: str = Field(default="", max_length=63)
    search: str = Field(default="", max_length=200)
    values: Values = {}
    held: bool = Field(default=False, description="Instead what records of this form hold, for a filter.")


class ChoicesOut(Answer):
    """The options, and whether there are more than are told."""

    values: list[str]
    more: bool


class LinkedOut(Answer):
    """The values, those of each row, and the titles of what they name."""

    values: Values
    rows: list[Values] = []
    titles: dict[str, str] = {}


class SourceAsk(Shape):
    """What a querying field shows, or a selection offers, for a record with these values."""

    field: str = Field(max_length=63, description="The id of the field, or of the selection.")
    values: Values
    search: str = Field(default="", max_length=200)
    after: str = Field(default="", max_length=2000)


class SourcePage(Answer):
    """Records of another form, as far as the asker may read them."""

    form: str
    columns: list[str]
    fields: list[dict[str, Any]]
    records: list[dict[str, Any]]
    next: str = ""
    titles: dict[str, str] = {}


class Grouped(Shape):
    """Groups and measures over the records that answer the filter."""

    filter: dict[str, Any] | None = None
    search: str = Field(default="", max_length=200)
    groups: list[dict[str, Any]] = Field(default=[], max_length=2, examples=[[{"field": "stage"}]])
    measures: list[dict[str, Any]] = Field(max_length=6, examples=[[{"operation": "sum", "field": "amount"}]])
    limit: int = Field(default=200, ge=1, le=1000)


class GroupOut(Answer):
    """One group: keys, their labels, and measures as decimal texts."""

    keys: list[Any]
    labels: list[str]
    values: list[str | None]


@router.post("", status_code=201)
def submit(app: AppId, form: FormId, body: Submission, gate: Gate) -> RecordOut:
    """Submit a record 提交数据."""
    conclude = conversion.concluding(gate, app, form, body.source.model_dump() if body.source else None)
    drafts.drop(gate, app, form, body.draft)
    return RecordOut.model_validate(records.submit(gate, app, form, body.values, body.submit, conclude))


@router.post("/judge", reads=True)
def judge(app: AppId, form: FormId, body: Step, gate: Gate) -> Done:
    """Whether what is filled in so far of a new record may be submitted 分步校验."""
    stepping.judge(gate, app, form, body.values, body.seen)
    return Done()


@router.post("/query", reads=True)
def query(app: AppId, form: FormId, body: Ask, gate: Gate) -> PageOut:
    """List records: filter, quick search, sort, keyset page, total 查询列表."""
    page = reading.page(gate, app, form, reading.Asked(**body.model_dump()))
    return PageOut.model_validate({**page, "records": [{**row, **UNTOLD} for row in page["records"]]})


@router.post("/group", reads=True)
def group(app: AppId, form: FormId, body: Grouped, gate: Gate) -> list[GroupOut]:
    """Group records and measure the groups 分组汇总."""
    return [GroupOut.model_validate(cell) for cell in reading.grouped(gate, app, form, body.model_dump())]


@router.post("/options", reads=True)
def options(app: AppId, form: FormId, body: OptionsAsk, gate: Gate) -> list[OptionOut]:
    """Records that may be picked in a reference field 可选的关联数据."""
    return [OptionOut.model_validate(option) for option in related.options(gate, app, form, **body.model_dump())]


@router.post("/linked", reads=True)
def linked(app: AppId, form: FormId, body: LinkedAsk, gate: Gate) -> LinkedOut:
    """What fields with a linkage begin with, by the asker's rights 数据联动."""
    return LinkedOut.model_validate(sources.linked_values(gate, app, form, **body.model_dump()))


@router.post("/offered", reads=True)
def offers(app: AppId, form: FormId, body: ChoicesAsk, gate: Gate) -> ChoicesOut:
    """What a choice offers that takes its options from another form 选项来源."""
    return ChoicesOut.model_validate(offered.page(gate, app, form, **body.model_dump()))


@router.post("/sources", reads=True)
def source(app: AppId, form: FormId, body: SourceAsk, gate: Gate) -> SourcePage:
    """What a querying field shows, or a selection offers 查询与选择数据."""
    return SourcePage.model_validate(sources.page(gate, app, form, **body.model_dump()))


@router.post("/delete")
def delete_many(app: AppId, form: FormId, body: ManyIds, gate: Gate) -> Done:
    """Put records into the recycle bin, all or none 批量删除."""
    records.remove(gate, app, form, body.ids)
    return Done()


@router.post("/restore")
def restore_many(app: AppId, form: FormId, body: ManyIds, gate: Gate) -> Done:
    """Take records out of the recycle bin 恢复."""
    records.restore(gate, app, form, body.ids)
    return Done()


@router.post("/purge")
def purge_many(app: AppId, form: FormId, body: ManyIds, gate: Gate) -> Done:
    """Remove records in the recycle bin for good; administrators only 彻底删除."""
    records.purge(gate, app, form, body.ids)
    return Done()


@router.get("/{record}")
def read(app: AppId, form: FormId, record: RecordId, gate: Gate) -> RecordOut:
    """Read one record 数据详情."""
    return RecordOut.model_validate(reading.one(gate, app, form, record))


@router.patch("/{record}")
def edit(app: AppId, form: FormId, record: RecordId, body: Edit, gate: Gate) -> RecordOut:
    """Change fields of a record; disjoint edits merge, the same field conflicts 修改数据."""
    return RecordOut.model_validate(records.edit(gate, app, form, record, body.values, body.before))


@router.delete("/{record}")
def delete(app: AppId, form: FormId, record: RecordId, gate: Gate) -> Done:
    """Put a record into the recycle bin 删除."""
    records.remove(gate, app, form, [record])
    return Done()


@router.get("/{record}/history")
def changes(app: AppId, form: FormId, record: RecordId, gate: Gate) -> list[ChangeOut]:
    """Who changed what, newest first 数据日志."""
    return [ChangeOut.model_validate(change) for change in history.of(gate, app, form, record)]


@router.get("/{record}/related")
def pointing_here(app: AppId, form: FormId, record: RecordId, gate: Gate) -> list[RelatedOut]:
    """The forms whose records point to this one 关联数据."""
    return [RelatedOut.model_validate(entry) for entry in related.lists(gate, app, form, record)]
