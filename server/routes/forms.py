"""Apps, their menus and their forms, as the asker may see them 应用与表单."""

from typing import Any

from pydantic import Field, RootModel

from runtime import analysis, describe
from runtime.gate import Gate
from server import installing, recompute, retyping
from server.asker import Asker
from server.door import Door
from server.routes.shapes import Answer, AppId, Done, FormId, Shape

router = Door(prefix="/apps", tags=["apps"])


class AppOut(Answer):
    """An app of the workspace."""

    id: str
    name: str
    icon: str = ""
    color: str = ""
    number: int = Field(description="The live version's number.")
    template: str = ""


class MenuItem(Answer):
    """A form or a dashboard that the asker may open."""

    kind: str = Field(examples=["form"])
    id: str
    label: str
    icon: str = ""
    can_create: bool = False
    workflow: bool = False


class MenuGroup(Answer):
    """A heading of the menu."""

    id: str
    label: str
    items: list[MenuItem]


class Analysed(Answer):
    """A workflow whose figures the asker may look at."""

    id: str
    name: str


class MenuOut(Answer):
    """An app's menu, and what the asker may do with the app."""

    app: AppOut
    groups: list[MenuGroup]
    can_design: bool
    home: str = Field(default="", description="Where the app opens, e.g. `dashboard:sales`.")
    analyses: list[Analysed] = Field(default=[], description="The workflows whose figures the asker may look at.")


class SchemaOut(RootModel[dict[str, Any]]):
    """A JSON Schema document; `$defs` has `values`, `create` and `update`."""


class FormOut(Answer):
    """A form as the asker may see it: unreadable fields are absent.

    `definition` is the form (see /schemas/form.json), labels in the asker's language. `trees` holds, for each
    expression's text in it, its parsed tree, so that the browser can evaluate it. `system` names the fields
    every record has.
    """

    app: str
    form: str
    version: int
    definition: dict[str, Any]
    trees: dict[str, Any]
    operations: list[str] = Field(examples=[["create", "read", "update"]])
    readable: list[str]
    writable: list[str]
    forms: dict[str, dict[str, Any]] = Field(
        default={},
        description="Of each form that references point to: name, title field, readable fields (id, type, label).",
    )


class NewApp(Shape):
    """An app from a template, or an empty one with a name."""

    template: str = Field(default="", max_length=63)
    samples: bool = True
    name: str = Field(default="", max_length=60)


class RecomputingOut(Answer):
    """Of `total` records that a change concerns, how many are `left` to be computed again.

    `retyping` names the fields that are changing their type: `seen` of the `of` records are done."""

    left: int
    total: int
    retyping: list[str] = []
    seen: int = 0
    of: int = 0


@router.get("")
def list_apps(gate: Gate) -> list[AppOut]:
    """The workspace's apps 应用列表."""
    return [AppOut.model_validate(app) for app in describe.app_list(gate)]


@router.post("", status_code=201)
def add_app(body: NewApp, asker: Asker) -> AppOut:
    """Add an app from a template, or an empty one 新建应用."""
    return AppOut.model_validate(installing.add(asker, body.template, body.samples, body.name))


@router.get("/{app}/menu")
def menu(app: AppId, gate: Gate) -> MenuOut:
    """What the asker may open 菜单."""
    shown = describe.menu(gate, app)
    return MenuOut.model_validate({**shown, "analyses": analysis.offered(gate, app)})


@router.get("/{app}/forms/{form}")
def form(app: AppId, form: FormId, gate: Gate) -> FormOut:
    """A form's definition and the asker's grant 表单定义."""
    return FormOut.model_validate(describe.form(gate, app, form))


@router.get("/{app}/forms/{form}/schema")
def schema(app: AppId, form: FormId, gate: Gate) -> SchemaOut:
    """JSON Schema 2020-12 of the form's records: as the asker may read, add and change them 数据的模式."""
    return SchemaOut(describe.schema(gate, app, form))


@router.get("/{app}/forms/{form}/recomputing")
def recomputing(app: AppId, form: FormId, asker: Asker) -> RecomputingOut:
    """How many records of the form wait for values that come from others 正在重新计算."""
    asker.gate.need(asker.gate.form(app, form), "read")
    left = recompute.left(asker.connection, asker.workspace, app, form)
    return RecomputingOut.model_validate({**vars(left), **retyping.under_way(asker, app, form)})


@router.delete("/{app}/samples", reads=True)
def clear_samples(app: AppId, asker: Asker) -> Done:
    """Put all sample records into the recycle bin, some at a time 清空示例数据."""
    installing.clear_samples(asker, app)
    return Done()
