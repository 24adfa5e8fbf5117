"""Passwords, and the log of what was done to people 密码与操作日志."""

from datetime import datetime

from pydantic import Field

from server import passwords
from server.asker import Asker, Visitor
from server.door import Door
from server.routes.shapes import Answer, Done, Shape

router = Door(tags=["session"])


class PasswordEdit(Shape):
    """The old password and the new one."""

    old: str = Field(max_length=200)
    new: str = Field(min_length=8, max_length=200)


class ResetLink(Answer):
    """The link is shown once; only its hash is kept."""

    link: str
    expires_at: datetime


class ResetOut(Answer):
    """Whose password a link sets."""

    name: str
    email: str


class ResetIn(Shape):
    """The new password."""

    password: str = Field(min_length=8, max_length=200)


class AuditLine(Answer):
    """Who did what to whom; `actor` is empty for the server's operator."""

    id: str
    at: datetime
    actor: str
    topic: str = Field(description="E.g. `reset_offered`, `reset_used`, `password_changed`, `member_disabled`.")
    subject: str
    note: str = Field(description="The member's name then.")


@router.post("/account/password")
def change_password(body: PasswordEdit, asker: Asker) -> Done:
    """Change one's own password; every other session ends 修改密码."""
    passwords.change(asker, body.old, body.new)
    return Done()


@router.post("/members/{member}/reset", status_code=201)
def offer_reset(member: str, asker: Asker) -> ResetLink:
    """A link by which a member sets a new password, once within a day 重置密码链接."""
    return ResetLink.model_validate(passwords.offer(asker, member))


@router.get("/resets/{token}")
def reset_offered(token: str, visitor: Visitor) -> ResetOut:
    """Whose password a link sets 重置链接."""
    return ResetOut.model_validate(passwords.offered(visitor, token))


@router.post("/resets/{token}")
def reset(token: str, body: ResetIn, visitor: Visitor) -> Done:
    """Set a new password by a link; every session and API token of the person ends 重置密码."""
    passwords.reset(visitor, token, body.password)
    return Done()


@router.get("/audit")
def log(asker: Asker) -> list[AuditLine]:
    """What was done to people and their access, newest first; administrators only 操作日志."""
    return [AuditLine.model_validate(line) for line in passwords.log(asker)]
