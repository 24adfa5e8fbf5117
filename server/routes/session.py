"""Trying, signing up, in and out, and who is asking 登录与体验."""

from datetime import datetime

from pydantic import Field

from server import identity, trial
from server.asker import Asker, Visitor
from server.door import Door
from server.routes.shapes import Answer, Done, Shape

router = Door(tags=["session"])


class Person(Answer):
    """A member in short."""

    id: str
    name: str
    title: str = ""
    roles: list[str] = Field(default=[], description="Names of the member's roles.")
    department: str = ""


class WorkspaceOut(Answer):
    """A workspace in short. `trial_until` is set while it is a trial."""

    id: str
    name: str
    timezone: str
    trial_until: datetime | None = None


class SessionOut(Answer):
    """Who is asking. Nobody is signed in when `member` is null."""

    member: Person | None = None
    admin: bool = Field(default=False, description="Whether the acting member administers the workspace.")
    workspace: WorkspaceOut | None = None
    personas: list[Person] = Field(default=[], description="In a trial: whom the visitor may play.")
    owner: str = Field(default="", description="In a trial: the visitor's own member id.")
    workspaces: list[WorkspaceOut] = Field(default=[], description="The person's other workspaces.")
    language: str = ""
    services: list[str] = Field(default=[], description="What the operator has set up: picture, text, sms, captcha.")
    home: str = Field(default="", description="Where to go after signing in, e.g. `/app/crm/dashboard/sales`.")


class TryIn(Shape):
    """Start a trial."""

    language: str = Field(default="zh-CN", pattern="^(zh-CN|en)$")
    template: str = Field(default="crm", max_length=63)


class KeepIn(Shape):
    """Keep the trial for good."""

    name: str = Field(min_length=1, max_length=60)
    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=8, max_length=200)
    workspace: str = Field(default="", max_length=60)


class SignUpIn(KeepIn):
    """A new workspace with its first administrator."""

    language: str = Field(default="zh-CN", pattern="^(zh-CN|en)$")
    template: str = Field(default="", max_length=63)
    samples: bool = False


class SignInIn(Shape):
    """E-mail and password."""

    email: str = Field(max_length=254)
    password: str = Field(max_length=200)


class PersonaIn(Shape):
    """Whom to play."""

    member: str = Field(max_length=64)


class WorkspaceChoice(Shape):
    """Which of one's workspaces to enter."""

    workspace: str = Field(max_length=64)


class InviteOut(Answer):
    """What an invitation says before it is accepted."""

    workspace: str
    inviter: str


class AcceptIn(Shape):
    """Join by invitation: a new account, or the existing one with its password."""

    name: str = Field(min_length=1, max_length=60)
    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=8, max_length=200)


@router.get("/session")
def session(visitor: Visitor) -> SessionOut:
    """Who is asking 当前会话."""
    return SessionOut.model_validate(identity.session(visitor))


@router.post("/trial", status_code=201)
def start_trial(body: TryIn, visitor: Visitor) -> SessionOut:
    """Make a workspace with a small company and the CRM, bound to a cookie 立即体验."""
    return SessionOut.model_validate(trial.start(visitor, body.language, body.template))


@router.post("/trial/keep")
def keep(body: KeepIn, asker: Asker) -> SessionOut:
    """Keep the trial for good: name, e-mail, password 保存为正式账号."""
    return SessionOut.model_validate(trial.keep(asker, body.name, body.email, body.password, body.workspace))


@router.post("/signup", status_code=201)
def sign_up(body: SignUpIn, visitor: Visitor) -> SessionOut:
    """A new account with a workspace of its own 注册."""
    return SessionOut.model_validate(identity.sign_up(visitor, **body.model_dump()))


@router.post("/signin")
def sign_in(body: SignInIn, visitor: Visitor) -> SessionOut:
    """Sign in 登录."""
    return SessionOut.model_validate(identity.sign_in(visitor, body.email, body.password))


@router.post("/signout")
def sign_out(visitor: Visitor) -> Done:
    """Sign out 退出."""
    identity.sign_out(visitor)
    return Done()


@router.post("/session/persona")
def persona(body: PersonaIn, asker: Asker) -> SessionOut:
    """In a trial: play another member 切换身份."""
    return SessionOut.model_validate(trial.play(asker, body.member))


@router.post("/session/workspace")
def choose_workspace(body: WorkspaceChoice, asker: Asker) -> SessionOut:
    """Enter another of one's workspaces 切换工作区."""
    return SessionOut.model_validate(identity.enter(asker, body.workspace))


@router.get("/invites/{token}")
def invitation(token: str, visitor: Visitor) -> InviteOut:
    """What an invitation says 邀请."""
    return InviteOut.model_validate(identity.invitation(visitor, token))


@router.post("/invites/{token}/accept", status_code=201)
def accept(token: str, body: AcceptIn, visitor: Visitor) -> SessionOut:
    """Join by invitation 接受邀请."""
    return SessionOut.model_validate(identity.accept(visitor, token, body.name, body.email, body.password))
