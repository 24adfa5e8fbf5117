"""Many tasks at once, an administrator's hand on running workflows, and standing proxies, over HTTP 流程管理与代理."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import Field, Strict

from runtime import administering, inbox, proxies
from runtime.gate import Gate
from runtime.ports import Proxy
from server.door import Door
from server.routes.shapes import Answer, AppId, Done, FormId, RecordId, Shape
from server.routes.tasks import ActOut, TaskCard

router = Door(tags=["operations"])

MemberId = Annotated[str, Field(min_length=1, max_length=64)]
NodeId = Annotated[str, Field(min_length=1, max_length=64)]
TaskId = Annotated[str, Field(min_length=1, max_length=64)]
Day = Annotated[date, Strict(False)]
"""A day as JSON spells it: 2026-11-23."""
Words = Annotated[str, Field(default="", max_length=5000)]


class RowOut(Answer):
    """What became of one task of many; a refusal has its code and its sentence."""

    task: str
    ok: bool
    code: str = ""
    message: str = ""


class RowsOut(Answer):
    """What became of each; one that was refused undid nothing else."""

    rows: list[RowOut]


class ManyIn(Shape):
    """The same answer to several of one's own tasks."""

    tasks: list[TaskId] = Field(min_length=1, max_length=administering.BATCH)
    action: Literal["approve", "reject", "submit", "claim"]
    comment: Words


class ReassignIn(Shape):
    """Who is asked instead."""

    to: MemberId
    comment: Words


class ReassignManyIn(ReassignIn):
    """Who is asked instead at several tasks."""

    tasks: list[TaskId] = Field(min_length=1, max_length=administering.BATCH)


class HandOverIn(ReassignIn):
    """To whom a leaver's open tasks go; the oldest `limit` of them."""

    limit: int = Field(default=administering.HANDOVER, ge=1, le=administering.HANDOVER)


class JumpIn(Shape):
    """Where it goes; with `node` only the branch that is at that node."""

    to: NodeId
    node: str = Field(default="", max_length=64)
    comment: Words


class ReactivateIn(Shape):
    """At which node an ended workflow starts again."""

    to: NodeId
    comment: Words


class UrgeIn(Shape):
    """A word along with it."""

    comment: Words


class OpenTasksOut(Answer):
    """A member's open tasks, oldest first, and how many there are (counted to 5 000)."""

    cards: list[TaskCard]
    count: int


class ProxyIn(Shape):
    """Who stands in, for whom ("" for oneself), from when to when (both days included), on which forms (none: all)."""

    proxy: MemberId
    principal: str = Field(default="", max_length=64)
    first: Day | None = None
    last: Day | None = None
    forms: list[Annotated[str, Field(max_length=130)]] = Field(default=[], max_length=200)


class ProxyOut(Answer):
    """A standing proxy; `forms` are "app.form"."""

    id: str
    principal: str
    proxy: str
    first: str = ""
    last: str = ""
    forms: list[str] = []
    holds: bool = Field(default=True, description="Whether it holds today.")


class ProxiesOut(Answer):
    """Standing proxies."""

    proxies: list[ProxyOut]


@router.post("/tasks/act")
def act_on_many(body: ManyIn, gate: Gate) -> RowsOut:
    """Answer several of one's tasks; each stands or falls by itself 批量办理."""
    return _rows(administering.act_on_many(gate, body.tasks, body.action, body.comment))


@router.post("/tasks/{task}/reassign")
def reassign(task: str, body: ReassignIn, gate: Gate) -> ActOut:
    """Ask another person instead; administrators only 调整负责人."""
    return _done(gate, administering.reassign(gate, task, body.to, body.comment).instance.status)


@router.post("/tasks/reassign")
def reassign_many(body: ReassignManyIn, gate: Gate) -> RowsOut:
    """Ask another person at several tasks; administrators only 批量调整负责人."""
    return _rows(administering.reassign_many(gate, body.tasks, body.to, body.comment))


@router.get("/members/{member}/tasks")
def tasks_of(member: Annotated[str, Path(max_length=64)], gate: Gate) -> OpenTasksOut:
    """What a member has still to do; administrators only 成员待办."""
    return OpenTasksOut.model_validate(inbox.open_tasks_of(gate, member))


@router.post("/members/{member}/hand-over")
def hand_over(member: Annotated[str, Path(max_length=64)], body: HandOverIn, gate: Gate) -> RowsOut:
    """A leaver's open tasks go to another, at most 5 000 at once; administrators only 离职交接."""
    return _rows(administering.hand_over(gate, member, body.to, body.comment, body.limit))


@router.post("/apps/{app}/forms/{form}/records/{record}/jump")
def jump(app: AppId, form: FormId, record: RecordId, body: JumpIn, gate: Gate) -> ActOut:
    """Move a running workflow to another node; administrators only 跳转."""
    moved = administering.jump(gate, gate.form(app, form), record, body.to, body.node, body.comment)
    return _done(gate, moved.instance.status)


@router.post("/apps/{app}/forms/{form}/records/{record}/reactivate")
def reactivate(app: AppId, form: FormId, record: RecordId, body: ReactivateIn, gate: Gate) -> ActOut:
    """Start an ended workflow again at a node; administrators only 激活."""
    again = administering.reactivate(gate, gate.form(app, form), record, body.to, body.comment)
    return _done(gate, again.instance.status)


@router.post("/apps/{app}/forms/{form}/records/{record}/urge")
def urge(app: AppId, form: FormId, record: RecordId, body: UrgeIn, gate: Gate) -> ActOut:
    """Remind those who are asked 催办."""
    return ActOut.model_validate(inbox.urge(gate, app, form, record, body.comment))


@router.post("/apps/{app}/forms/{form}/records/{record}/suspend")
def suspend(app: AppId, form: FormId, record: RecordId, body: UrgeIn, gate: Gate) -> ActOut:
    """Stop a running workflow for a while; administrators only 挂起."""
    return ActOut.model_validate(inbox.suspend(gate, app, form, record, body.comment))


@router.post("/apps/{app}/forms/{form}/records/{record}/resume")
def resume(app: AppId, form: FormId, record: RecordId, body: UrgeIn, gate: Gate) -> ActOut:
    """Let a suspended workflow go on; administrators only 恢复."""
    return ActOut.model_validate(inbox.resume(gate, app, form, record, body.comment))


@router.get("/proxies")
def listed(gate: Gate) -> ProxiesOut:
    """One's own proxies and those in which one stands in; all of them for administrators 代理列表."""
    return ProxiesOut(proxies=[_proxy(gate, one) for one in proxies.listed(gate)])


@router.post("/proxies", status_code=201)
def add(body: ProxyIn, gate: Gate) -> ProxyOut:
    """Let somebody stand in 设置代理."""
    return _proxy(gate, proxies.keep(gate, _wanted(body)))


@router.put("/proxies/{proxy}")
def change(proxy: str, body: ProxyIn, gate: Gate) -> ProxyOut:
    """Change a standing proxy 修改代理."""
    return _proxy(gate, proxies.keep(gate, _wanted(body), proxy))


@router.delete("/proxies/{proxy}")
def remove(proxy: str, gate: Gate) -> Done:
    """Take a standing proxy away 取消代理."""
    proxies.drop(gate, proxy)
    return Done()


def _wanted(body: ProxyIn) -> proxies.Wanted:
    return proxies.Wanted(body.proxy, body.principal, body.first, body.last, tuple(body.forms))


def _proxy(gate: Gate, one: Proxy) -> ProxyOut:
    return ProxyOut.model_validate({**vars(one), "forms": list(one.forms), "holds": one.holds(gate.today.isoformat())})


def _rows(rows: list[dict[str, Any]]) -> RowsOut:
    return RowsOut.model_validate({"rows": rows})


def _done(gate: Gate, status: str) -> ActOut:
    return ActOut.model_validate(inbox.done(gate, status))
