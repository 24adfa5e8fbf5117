"""Tasks and running workflows over HTTP 待办与流程."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import AwareDatetime, ConfigDict, Field

from runtime import inbox, mentions
from runtime.gate import Gate
from runtime.ports import Sought
from server.door import Door
from server.routes.shapes import Answer, AppId, Done, FormId, RecordId, RecordOut, Shape, Values
from server.store.tokens import hits

router = Door(tags=["tasks"])

Mentions = Annotated[
    list[Annotated[str, Field(max_length=64)]],
    Field(max_length=mentions.MOST, description="The members whom the comment names, spelled in it as @name."),
]
Searched = Annotated[str, Query(max_length=60, description="A part of a name, or the initials of its pinyin.")]


class TaskCard(Answer):
    """A task (or, among "initiated", an instance) in a list. `summary` holds labelled values of the record."""

    id: str
    task: str = ""
    instance: str
    app: str
    form: str
    form_name: str
    record: str
    title: str
    summary: list[dict[str, str]] = []
    node: str = ""
    node_label: str = ""
    purpose: str = Field(default="", examples=["approve"])
    initiator: str
    status: str
    opened_at: datetime
    closed_at: datetime | None = None
    outcome: str = ""
    unread: bool = False
    waiting_for: list[str] = Field(default=[], description="Member ids with open tasks.")
    due_at: datetime | None = Field(default=None, description="When the first deadline of the node comes, or came.")
    overdue: bool = False
    on_behalf_of: str = Field(default="", description="The member for whom the asker stands in.")


class BoxOut(Answer):
    """A page of a box."""

    cards: list[TaskCard]
    next: str = ""


class Counts(Answer):
    """Live counts."""

    todo: int = 0
    copied: int = 0


class TimelineEntry(Answer):
    """One line of the workflow's story. `state`: done, open (awaited), expected (in grey)."""

    state: str
    node: str
    label: str
    actor: str = ""
    on_behalf_of: str = ""
    action: str = ""
    comment: str = ""
    signature: str = Field(default="", description="The stored image with which it was signed.")
    at: datetime | None = None
    seconds: int | None = Field(default=None, description="How long it took, or has been waiting.")
    people: list[str] = Field(default=[], description="Awaited or expected members' ids.")
    void: bool = Field(default=False, description="Taken back by a later return.")


class UnwrittenOut(Answer):
    """A record that an update has not written into."""

    id: str
    title: str


class FailureOut(Answer):
    """A node that has failed, and why."""

    node: str
    label: str
    reason: str
    at: datetime
    written: int | None = Field(default=None, description="Of an update in portions: how many records it wrote into.")
    left: int | None = Field(default=None, description="How many records it did not write into; a retry goes on there.")
    form: str = Field(default="", description="Whose records they are.")
    records: list[UnwrittenOut] = Field(default=[], description="The first hundred of those that are not written.")


class RelativeOut(Answer):
    """A parent workflow or a subflow that the asker may see."""

    instance: str
    app: str
    form: str
    form_name: str
    record: str
    title: str
    status: str
    ended_at: datetime | None = None


class PlaceOut(Answer):
    """A node."""

    id: str
    label: str


class AdminOut(Answer):
    """Where an administrator may move it, or start it again, and whom he may replace (by node)."""

    jump: list[PlaceOut] = []
    reactivate: list[PlaceOut] = []
    suspended: bool = False
    asked: dict[str, list[str]] = {}


class FlowOut(Answer):
    """A record's workflow: where it is, its story, and what the asker may do."""

    instance: str
    status: str
    workflow: str
    name: str
    initiator: str
    started_at: datetime
    ended_at: datetime | None = None
    active: list[str] = Field(description="Ids of the nodes that are active.")
    nodes: dict[str, Any] = Field(description="The drawing: nodes with type, label, exits.")
    drawing: dict[str, list[int]] = {}
    visited: list[str] = []
    timeline: list[TimelineEntry]
    waiting: str = Field(default="", description="Why is this waiting, in words.")
    due_at: datetime | None = Field(default=None, description="When the next deadline of what is asked now comes.")
    failures: list[FailureOut] = Field(default=[], description="Nodes that have failed; administrators retry or skip.")
    parent: RelativeOut | None = Field(default=None, description="The workflow that started this one.")
    children: list[RelativeOut] = Field(default=[], description="The subflows that this one started.")
    can_withdraw: bool = False
    can_end: bool = False
    can_urge: bool = False
    can_take_back: str = Field(default="", description="The asker's own task that he could take back now, if any.")
    admin: AdminOut | None = Field(default=None, description="For administrators: what they may do.")
    task: str = Field(default="", description="The asker's own open task, if any.")


class TaskOut(Answer):
    """A task with everything needed to act on it."""

    card: TaskCard
    record: RecordOut
    actions: list[str] = Field(examples=[["approve", "reject", "return", "transfer"]])
    return_to: list[dict[str, str]] = Field(default=[], description="Nodes it may be returned to: id and label.")
    after_return: Literal["rerun", "straight", "choose"] = Field(
        default="rerun", description="What follows a return; with `choose`, `then` of the answer says which."
    )
    comment_required: list[str] = Field(default=[], description="The actions that need a comment.")
    signature_required: list[str] = Field(default=[], description="The actions that need a signature.")
    buttons: dict[str, str] = Field(default={}, description="The node's own words for the actions.")
    fields: dict[str, str] = Field(
        default={}, description="Access at this node by field or column `lines.price`: hidden, read, edit, required."
    )
    added_signers: list[str] = Field(default=[], description="Signers added by this person who have not answered.")
    on_behalf_of: str = Field(default="", description="The member for whom the asker stands in.")
    flow: FlowOut


class ActIn(Shape):
    """What to do with a task. `values`/`before` as in editing a record; `to` is a member or a node."""

    action: Literal[
        "approve",
        "reject",
        "return",
        "transfer",
        "delegate",
        "add_signer",
        "remove_signer",
        "claim",
        "unclaim",
        "end",
        "stash",
        "take_back",
        "submit",
        "comment",
        "read",
    ]
    comment: str = Field(default="", max_length=5000)
    values: Values = {}
    before: Values = {}
    to: str = Field(default="", max_length=64)
    position: Literal["", "before", "after", "beside"] = Field(default="", description="Where a signer is added.")
    then: Literal["", "rerun", "straight"] = Field(
        default="", description="After a return, where the node lets one choose."
    )
    signature: str = Field(default="", max_length=64, description="The id of an image that the asker has stored.")
    mentions: Mentions = []


class ActOut(Answer):
    """It was done; `next` is the asker's next open task ("" when none is left)."""

    ok: bool = True
    next: str = ""
    status: str = ""


class NodeIn(Shape):
    """A node of the workflow."""

    node: str = Field(min_length=1, max_length=64)


class CommentIn(Shape):
    """A remark on a running workflow."""

    comment: str = Field(min_length=1, max_length=5000)
    mentions: Mentions = []


class SeeingOut(Answer):
    """A member whom a comment may name."""

    id: str
    name: str
    title: str


Box = Literal["todo", "initiated", "handled", "copied"]


class BoxAsked(Shape):
    """Which page of a box, and what is looked for: `form` is "app.form"; `since` and `until` are instants."""

    model_config = ConfigDict(strict=False)

    app: str = Field(default="", max_length=64)
    after: str = Field(default="", max_length=500)
    limit: int = Field(default=30, ge=1, le=100)
    form: str = Field(default="", max_length=130)
    node: str = Field(default="", max_length=64)
    initiator: str = Field(default="", max_length=64)
    status: str = Field(default="", max_length=20)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    overdue: bool = False
    text: str = Field(default="", max_length=200)

    @property
    def page(self) -> dict[str, Any]:
        """Which page."""
        return {"app": self.app, "after": self.after, "limit": self.limit}

    def sought(self, now: datetime) -> Sought:
        """What is looked for."""
        late = now if self.overdue else None
        forms = (self.form,) if self.form else ()
        return Sought(forms, self.node, self.initiator, self.status, self.since, self.until, late, self.text)


class FormTally(Answer):
    """A form with so many."""

    id: str
    name: str
    count: int


class NodeTally(Answer):
    """A node with so many."""

    form: str
    id: str
    label: str
    count: int


class PersonTally(Answer):
    """An initiator with so many."""

    id: str
    count: int


class TallyOut(Answer):
    """By what a box can be narrowed."""

    forms: list[FormTally]
    nodes: list[NodeTally]
    initiators: list[PersonTally]
    overdue: int = 0


@router.get("/tasks/counts")
def counts(gate: Gate, app: str = "") -> Counts:
    """How many tasks and unread copies wait for the asker 待办数."""
    return Counts.model_validate(inbox.counts(gate, app))


@router.get("/tasks/boxes/{box}")
def box(box: Box, gate: Gate, asked: Annotated[BoxAsked, Query()]) -> BoxOut:
    """A box of tasks: todo, initiated, handled, copied 我的待办/我发起的/我处理的/抄送我的."""
    return BoxOut.model_validate(inbox.box(gate, box, **asked.page, sought=asked.sought(gate.now)))


@router.get("/tasks/boxes/{box}/tally")
def tally(box: Literal["todo", "handled", "copied"], gate: Gate, app: str = "") -> TallyOut:
    """By what a box can be narrowed, with counts 待办筛选项."""
    return TallyOut.model_validate(inbox.tally(gate, box, app))


@router.get("/tasks/{task}")
def task(task: str, gate: Gate) -> TaskOut:
    """A task of the asker's with record, timeline and allowed actions 待办详情."""
    return TaskOut.model_validate(inbox.one(gate, task))


@router.post("/tasks/{task}/act")
def act(task: str, body: ActIn, gate: Gate) -> ActOut:
    """Act on a task; the second of two gets a clear conflict 办理."""
    return ActOut.model_validate(inbox.act(gate, task, **body.model_dump()))


@router.get("/apps/{app}/forms/{form}/records/{record}/flow")
def flow(app: AppId, form: FormId, record: RecordId, gate: Gate) -> FlowOut | None:
    """The record's newest workflow instance; null when it never started 流程动态."""
    return inbox.flow(gate, app, form, record)  # type: ignore[return-value]


@router.post("/apps/{app}/forms/{form}/records/{record}/submit")
def submit(app: AppId, form: FormId, record: RecordId, gate: Gate) -> ActOut:
    """Start the workflow of a draft record 提交流程."""
    return ActOut.model_validate(inbox.submit(gate, app, form, record))


@router.post("/apps/{app}/forms/{form}/records/{record}/withdraw")
def withdraw(app: AppId, form: FormId, record: RecordId, gate: Gate) -> ActOut:
    """Take a running workflow back to the drafter 撤回."""
    return ActOut.model_validate(inbox.withdraw(gate, app, form, record))


@router.post("/apps/{app}/forms/{form}/records/{record}/end")
def end(app: AppId, form: FormId, record: RecordId, gate: Gate) -> ActOut:
    """End a running workflow; administrators only 结束流程."""
    return ActOut.model_validate(inbox.end(gate, app, form, record))


@router.post("/apps/{app}/forms/{form}/records/{record}/retry")
def retry(app: AppId, form: FormId, record: RecordId, body: NodeIn, gate: Gate) -> ActOut:
    """Let a node that has failed try again; administrators only 重试."""
    return ActOut.model_validate(inbox.retry(gate, app, form, record, body.node))


@router.post("/apps/{app}/forms/{form}/records/{record}/skip")
def skip(app: AppId, form: FormId, record: RecordId, body: NodeIn, gate: Gate) -> ActOut:
    """Go on without a node that has failed; administrators only 跳过."""
    return ActOut.model_validate(inbox.skip(gate, app, form, record, body.node))


@router.post("/apps/{app}/forms/{form}/records/{record}/comment")
def comment(app: AppId, form: FormId, record: RecordId, body: CommentIn, gate: Gate) -> Done:
    """Remark on a running workflow 评论."""
    inbox.comment(gate, app, form, record, body.comment, body.mentions)
    return Done()


@router.get("/apps/{app}/forms/{form}/records/{record}/people")
def people(app: AppId, form: FormId, record: RecordId, gate: Gate, text: Searched = "") -> list[SeeingOut]:
    """Whom a comment may name: people who may see the record, found by name or pinyin 可提到的人."""
    found = mentions.offered(gate, app, form, record, lambda name: not text.strip() or hits(text, [name]))
    return [SeeingOut(id=one.id, name=one.name, title=one.title) for one in found]
