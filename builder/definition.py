"""What an app is, as frozen data 应用定义: forms, workflows, dashboards, permission groups, roles."""

from typing import Any, Literal

from pydantic import ConfigDict, model_validator
from pydantic import Field as Setting

from builder.appearance import After, Skin
from builder.case import Cases
from builder.field import Field, Kind
from builder.filter import EVERYTHING, Filter
from builder.form_event import FormEvent, Recognition
from builder.model import Label, Model, Slug, Text
from builder.option import Hue
from builder.sort import Sort
from builder.source import Source

FORMAT = 1
"""The number of the definition language itself."""


Hidden = Literal["keep", "clear", "recompute"]
"""What a field that a rule hides holds after a submit: what it held, nothing, or what a new record begins with."""


class Rule(Model):
    """When `when` is true: the fields in `show` are shown (else hidden), `require`d, made read-only 显隐规则."""

    id: Slug
    when: Text
    show: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    read_only: tuple[str, ...] = ()
    hidden: Hidden | None = None
    """What becomes of what it hides; None: as the form says."""


class Check(Model):
    """`that` must be true on submit, or `message` is shown 提交校验."""

    id: Slug
    that: Text
    message: Label
    fields: tuple[str, ...] = ()


class Unique(Model):
    """No two records hold the same in all of `fields`, among those that `filter` lets in 联合唯一.

    A record that lacks one of the values claims nothing."""

    id: Slug
    fields: tuple[Slug, ...] = Setting(min_length=1, max_length=6)
    message: Label = ""
    filter: Filter = EVERYTHING


Operation = Literal["create", "read", "update", "delete", "import", "export"]


class Audience(Model):
    """Who is meant: everyone, or the holders of roles, the members of departments, or members by id."""

    everyone: bool = False
    roles: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


class PermissionGroup(Model):
    """Members × operations × rows × fields 权限组. `read`/`write` None: all fields; `hide` takes away from both."""

    id: Slug
    name: Label
    to: Audience
    operations: tuple[Operation, ...]
    rows: Filter = EVERYTHING
    read: tuple[str, ...] | None = None
    write: tuple[str, ...] | None = None
    hide: tuple[str, ...] = ()
    enabled: bool = True


class View(Model):
    """A saved way to look at a form 视图."""

    id: Slug
    name: Label
    filter: Filter = EVERYTHING
    sort: tuple[Sort, ...] = Setting(default=(), max_length=5)
    columns: tuple[str, ...] = ()


class Section(Model):
    """A titled part of the page 分组; fields without a section come first. Never affects data."""

    id: Slug
    label: Label
    fields: tuple[Slug, ...] = ()
    collapsed: bool = False
    shown_as: Literal["section", "tab"] = "section"
    """Sections shown as tabs that follow one another stand behind one row of tabs 标签页."""


NEW_RECORD = "@new"


class Action(Model):
    """A button on a record that adds a record of another form with values carried over 转换.

    `fill` maps a field of the target to an expression over this record; `when` says for which records it is offered.
    `then_set` is what this record is set to once the other is kept, in the same transaction: plain values, or "@new"
    for the other record in a reference to it.
    """

    id: Slug
    label: Label
    target: Slug
    fill: dict[Slug, Text] = Setting(default_factory=dict)
    when: Text = ""
    then_set: dict[Slug, str | bool | tuple[str, ...] | None] = Setting(default_factory=dict, max_length=20)


class Selection(Source):
    """A button that picks records of another form and copies some of their fields 选择数据: many into rows of the
    subform `into`, or one into this record. `fill` maps a field (or a column of `into`) to one of theirs.
    """

    id: Slug
    label: Label
    into: str = Setting(default="", max_length=63)
    fill: dict[Slug, Slug] = Setting(default_factory=dict)
    show: tuple[Slug, ...] = Setting(default=(), max_length=12)


class Form(Model):
    """The shape of a kind of record 表单."""

    id: Slug
    name: Label
    icon: Label = "file"
    description: Text = ""
    title: Slug | None = None
    """The field whose value names a record."""
    fields: tuple[Field, ...] = Setting(default=(), max_length=500)
    sections: tuple[Section, ...] = ()
    grid: int = Setting(default=2, ge=1, le=4)
    """How many columns the page has 列数; a field may be wider or narrower."""
    rules: tuple[Rule, ...] = ()
    checks: tuple[Check, ...] = ()
    uniques: tuple[Unique, ...] = Setting(default=(), max_length=10)
    hidden: Hidden = "keep"
    after: After | None = None
    skin: Skin = Skin()
    views: tuple[View, ...] = ()
    columns: tuple[str, ...] = ()
    """What a list shows at first; empty means the first eight fields."""
    sort: tuple[Sort, ...] = ()
    groups: tuple[PermissionGroup, ...] = ()
    actions: tuple[Action, ...] = ()
    selections: tuple[Selection, ...] = Setting(default=(), max_length=20)
    events: tuple[FormEvent, ...] = Setting(default=(), max_length=20)
    recognitions: tuple[Recognition, ...] = Setting(default=(), max_length=10)
    workflow: Slug | None = None
    """The workflow that a submitted record starts."""

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "Form":
        ids = [field.id for field in self.fields]
        twice = sorted({id for id in ids if ids.count(id) > 1})
        if twice:
            raise ValueError(f"two fields have the id '{twice[0]}'")
        return self

    def field(self, id: str) -> Field | None:
        """The field called so."""
        return next((field for field in self.fields if field.id == id), None)

    @property
    def title_field(self) -> str:
        """The field whose value names a record: as said, else the first text."""
        texts = (field.id for field in self.fields if field.kind is Kind.TEXT and field.type.valued)
        return self.title or next(texts, "")


class Node(Model):
    """A place in a workflow 节点: its type, its type's settings, and for each exit the node it leads to.

    The settings of the type stand beside these keys; `runtime.nodes` reads them.
    """

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    type: Slug
    label: Label = ""
    on: dict[Slug, Slug] = Setting(default_factory=dict)

    @property
    def settings(self) -> dict[str, Any]:
        """What the node's type says of itself."""
        return dict(self.model_extra or {})


class Workflow(Model):
    """A state machine over one form 流程."""

    id: Slug
    form: Slug
    name: Label
    start: Slug
    nodes: dict[Slug, Node] = Setting(max_length=300)
    drawing: dict[Slug, tuple[int, int]] = Setting(default_factory=dict)
    notes: dict[Slug, Text] = Setting(default_factory=dict)
    """Remarks on nodes, for those who draw: like the drawing, they mean nothing."""
    brief: tuple[Slug, ...] = Setting(default=(), max_length=6)
    """The fields that a task's card shows 流程简报; the first few when none are named."""
    withdraw: Literal["off", "until_acted", "every_node", "always"] = "until_acted"
    """Who may take back 撤回: nobody, the initiator until somebody acted, also whoever acted until the next did, or
    the initiator at any time."""
    same_person: Literal["ask", "agree_adjacent", "agree_history"] = "agree_adjacent"
    """Who agreed before is asked again, agrees unasked if it was at the node just before, or at any before 去重."""


class Measure(Model):
    """How much 指标: an operation over a field (count needs none), or over an `expression` of each record 计算指标."""

    operation: Literal["count", "sum", "average", "min", "max"]
    field: str = ""
    expression: Text = ""
    label: Label = ""
    filter: Filter = EVERYTHING


class GroupBy(Model):
    """By what 分组: a field, a date's unit, or a path through a reference (`customer.industry`)."""

    field: str
    unit: Literal["", "day", "week", "month", "quarter", "year"] = ""


class Goal(Model):
    """What a widget's first measure is compared with 目标: a measure over another form, e.g. the sum of its targets.

    The dashboard's date range and person filter it by `date_field` and `person_field`, as they filter the widget.
    """

    form: Slug
    measure: Measure
    filter: Filter = EVERYTHING
    date_field: str = ""
    person_field: str = ""


class Widget(Model):
    """One aggregate, drawn 组件. Measures are drawn over groups.

    `figure`: the first measure as one number (a second one stands small beneath it). `target`: the first measure
    against that of `goal`, in percent. `ratio`: the first measure divided by the second, in percent; each measure has
    a filter of its own, so a win rate is count(won) ÷ count(won or lost). `records`: rows with `columns`, in the order
    of `sort`. `ranking`: bars by the only group, the largest first. `funnel`: a bar for each option, in their order.
    Periods such as this month are ordinary `within` conditions of `filter`. `options` holds only how it looks.
    """

    id: Slug
    title: Label
    shown_as: Literal["figure", "bar", "line", "pie", "funnel", "ranking", "table", "records", "ratio", "target"]
    form: Slug
    filter: Filter = EVERYTHING
    groups: tuple[GroupBy, ...] = Setting(default=(), max_length=2)
    measures: tuple[Measure, ...] = Setting(default=(), max_length=6)
    columns: tuple[str, ...] = ()
    sort: tuple[Sort, ...] = ()
    limit: int = Setting(default=20, ge=1, le=200)
    date_field: str = ""
    """Which date the dashboard's date range filters; empty: not filtered."""
    person_field: str = ""
    """Which member the dashboard's person filters; empty: not filtered."""
    goal: Goal | None = None
    options: dict[str, Any] = Setting(default_factory=dict)
    x: int = Setting(default=0, ge=0, le=23)
    y: int = Setting(default=0, ge=0)
    w: int = Setting(default=8, ge=1, le=24)
    h: int = Setting(default=6, ge=1, le=40)


class Dashboard(Model):
    """A page of widgets 仪表盘 on a grid of 24 columns."""

    id: Slug
    name: Label
    icon: Label = "chart"
    widgets: tuple[Widget, ...] = Setting(default=(), max_length=60)
    to: Audience = Audience(everyone=True)


class Dimension(GroupBy):
    """A column of an aggregate by which it groups 分组列."""

    id: Slug
    label: Label = ""


class Reckoned(Measure):
    """A column of an aggregate that says how much 指标列."""

    id: Slug


class Aggregate(Model):
    """Groups and measures over a form or the rows of its subform `rows` 聚合表: a source of values like a form."""

    id: Slug
    name: Label
    form: Slug
    rows: str = Setting(default="", max_length=63)
    filter: Filter = EVERYTHING
    groups: tuple[Dimension, ...] = Setting(default=(), max_length=6)
    measures: tuple[Reckoned, ...] = Setting(default=(), max_length=12)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "Aggregate":
        ids = [column.id for column in self.columns]
        twice = sorted({id for id in ids if ids.count(id) > 1})
        if twice:
            raise ValueError(f"two columns have the id '{twice[0]}'")
        return self

    @property
    def columns(self) -> "tuple[Dimension | Reckoned, ...]":
        """What a row of it holds: the groups, then the measures."""
        return (*self.groups, *self.measures)


class MenuGroup(Model):
    """A heading of the menu with its forms and dashboards in order: `form:customer`, `dashboard:sales`."""

    id: Slug
    label: Label = ""
    items: tuple[str, ...] = ()


class Role(Model):
    """A role that the app brings along 角色."""

    id: Slug
    name: Label
    description: Text = ""


class App(Model):
    """Forms, workflows, dashboards and roles that belong together 应用."""

    id: Slug
    name: Label
    icon: Label = "app"
    color: Hue = "blue"
    description: Text = ""
    version: str = "1.0.0"
    format: int = FORMAT
    menu: tuple[MenuGroup, ...] = ()
    roles: tuple[Role, ...] = ()
    forms: dict[Slug, Form] = Setting(default_factory=dict)
    workflows: dict[Slug, Workflow] = Setting(default_factory=dict)
    dashboards: dict[Slug, Dashboard] = Setting(default_factory=dict)
    aggregates: dict[Slug, Aggregate] = Setting(default_factory=dict)
    checks: dict[Slug, Cases] = Setting(default_factory=dict)
    """Saved cases 用例 by workflow."""
    locales: dict[str, dict[str, str]] = Setting(default_factory=dict)
    """Translations by language and path (`forms.customer.fields.name.label`); labels in the files are zh-CN."""
    readme: str = ""
