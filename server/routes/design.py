"""Drafts, publishing and versions over HTTP 设计、发布与版本. Administrators only."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from runtime import copying, designing, expressions
from runtime.gate import Gate
from server import uses
from server.asker import Asker
from server.door import Door
from server.problems import ProblemOut
from server.routes.shapes import Answer, AppId, FormId, Shape

router = Door(tags=["design"])


class DraftOut(Answer):
    """The draft: parts by name (`forms/customer`, `workflows/contract`, `dashboards/sales`, `app`), in words."""

    app: str
    revision: int
    number: int = Field(description="The live version's number.")
    parts: dict[str, Any]
    hashes: dict[str, str] = Field(description="The hash of each part; send it back as `base` when saving the part.")
    changed: list[str] = Field(description="The parts that differ from the live version.")
    problems: list[ProblemOut]
    advice: list[ProblemOut] = Field(description="What is odd about workflows without being wrong.")


class PartIn(Shape):
    """One part as edited. `base` is the hash the editor started from; null `value` removes the part."""

    value: dict[str, Any] | None
    base: str = Field(default="", max_length=64)


class PartOut(Answer):
    """The draft after a part was saved; `hash` is the part's new one."""

    revision: int
    hash: str
    changed: list[str]
    problems: list[ProblemOut]
    advice: list[ProblemOut]


class ChangeWords(Answer):
    """One change in words: which part, and a sentence."""

    part: str
    kind: str = Field(examples=["added", "removed", "changed"])
    text: str = Field(examples=["字段「客户来源」已添加到「客户」"])


class Impact(Answer):
    """What publishing touches: a code, a sentence and a number."""

    code: str
    text: str
    count: int = 0
    blocking: bool = False


class PreviewOut(Answer):
    """What publishing would change and touch."""

    problems: list[ProblemOut]
    changes: list[ChangeWords]
    impacts: list[Impact]


class PublishIn(Shape):
    """Publish the draft as it was at `revision`."""

    message: str = Field(default="", max_length=500)
    revision: int


class VersionOut(Answer):
    """A published version with what it changed."""

    number: int
    at: datetime
    author: str
    author_name: str
    message: str
    live: bool
    changes: list[ChangeWords]


class CopyIn(Shape):
    """Where the copy goes and what it is called; `move` takes the form out of its own draft as well."""

    into: AppId
    name: str = Field(min_length=1, max_length=200)
    move: bool = False


class CopyOut(Answer):
    """The copy, and what of it leads nowhere in its app."""

    app: str
    form: str
    problems: list[ProblemOut]


class ExpressionIn(Shape):
    """An expression being typed for a form (or a row of its subform)."""

    text: str = Field(max_length=20_000)
    app: AppId
    form: FormId
    subform: str = Field(default="", max_length=63)
    definition: dict[str, Any] | None = Field(
        default=None, description="The form as in the designer, when it is not saved yet."
    )
    values: dict[str, Any] | None = Field(default=None, description="A sample record to show a live result for.")
    live: bool = Field(default=False, description="As the asker's own question to the published form: who may read "
                       "the form may ask, and names only what he may read.")  # fmt: skip
    wanted: Literal["", "boolean", "number", "text", "date", "datetime"] = Field(
        default="", description="What it must come to."
    )
    stored: Literal["", "filter", "rows"] = Field(
        default="", description="A condition that a database carries out: of a filter, or of a permission group's rows."
    )


class ExpressionOut(Answer):
    """What the expression means."""

    ok: bool
    type: str
    tree: Any = None
    text: str = Field(description="The text with field ids, as files keep it.")
    shown: str = Field(description="The text with labels.")
    problems: list[dict[str, Any]]
    dependencies: list[str]
    result: Any = None


class Usage(Answer):
    """A place where a field is used."""

    part: str
    where: str
    text: str


class UsageOut(Answer):
    """Where a field is used and how many records hold a value."""

    uses: list[Usage]
    records: int


@router.get("/apps/{app}/draft")
def draft(app: AppId, gate: Gate) -> DraftOut:
    """The app as being edited 草稿."""
    return DraftOut.model_validate(designing.draft(gate, app))


@router.put("/apps/{app}/draft/{room}/{part}")
def save_part(app: AppId, room: str, part: str, body: PartIn, gate: Gate) -> PartOut:
    """Save one part of the draft (`room`: forms, workflows, dashboards, aggregates; or `app`, part `app`) 保存草稿."""
    return PartOut.model_validate(designing.save(gate, app, f"{room}/{part}", body.value, body.base))


@router.post("/apps/{app}/draft/discard")
def discard(app: AppId, gate: Gate) -> DraftOut:
    """Make the draft equal to the live version again 放弃草稿."""
    return DraftOut.model_validate(designing.discard(gate, app))


@router.get("/apps/{app}/publish")
def preview(app: AppId, gate: Gate) -> PreviewOut:
    """What publishing would change and touch 发布预览."""
    return PreviewOut.model_validate(designing.preview(gate, app))


@router.post("/apps/{app}/publish", status_code=201)
def publish(app: AppId, body: PublishIn, gate: Gate) -> VersionOut:
    """Make the draft live, atomically 发布."""
    return VersionOut.model_validate(designing.publish(gate, app, body.message, body.revision))


@router.get("/apps/{app}/versions")
def versions(app: AppId, gate: Gate) -> list[VersionOut]:
    """All versions, newest first, each with its changes in words 版本."""
    return [VersionOut.model_validate(version) for version in designing.versions(gate, app)]


@router.post("/apps/{app}/versions/{number}/restore", status_code=201)
def restore(app: AppId, number: int, gate: Gate) -> VersionOut:
    """Publish an older version again 恢复版本."""
    return VersionOut.model_validate(designing.restore(gate, app, number))


@router.post("/apps/{app}/forms/{form}/copy", status_code=201)
def copy(app: AppId, form: FormId, body: CopyIn, gate: Gate) -> CopyOut:
    """Copy or move a form into the draft of an app 复制或移动表单."""
    return CopyOut.model_validate(copying.copy(gate, app, form, body.into, body.name, body.move))


@router.get("/apps/{app}/forms/{form}/fields/{field}/usage")
def usage(app: AppId, form: FormId, field: str, asker: Asker) -> UsageOut:
    """Where a field is used 字段用在哪里."""
    return UsageOut.model_validate(uses.usage(asker, app, form, field))


@router.post("/expressions", reads=True)
def expression(body: ExpressionIn, gate: Gate) -> ExpressionOut:
    """Check an expression: type, problems, dependencies, live result 检查表达式."""
    return ExpressionOut.model_validate(expressions.explain(gate, expressions.Draft(**body.model_dump())))


@router.get("/functions")
def functions(gate: Gate) -> list[dict[str, Any]]:
    """The function table: name, group, signature, meaning, examples 函数表."""
    return expressions.functions(gate.language)


@router.get("/node-types")
def node_types(gate: Gate) -> dict[str, Any]:
    """JSON Schema of each node type's settings 节点类型."""
    return designing.node_types()


@router.get("/field-types")
def field_types(gate: Gate) -> dict[str, Any]:
    """JSON Schema and storage kind of each field type 字段类型."""
    return designing.field_type_table()
