"""The workspace's people and settings 成员与设置."""

from datetime import datetime

from pydantic import Field

from server import people
from server.asker import Asker
from server.door import Door
from server.routes.shapes import Answer, Done, Shape

router = Door(tags=["people"])


class MemberOut(Answer):
    """A member; e-mail is shown to administrators only."""

    id: str
    name: str
    title: str = ""
    email: str = ""
    departments: list[str] = []
    roles: list[str] = []
    admin: bool = False
    enabled: bool = True
    joined: bool = Field(default=False, description="Whether the person has an account.")


class DepartmentOut(Answer):
    """A department."""

    id: str
    name: str
    parent: str = ""
    heads: list[str] = []


class RoleOut(Answer):
    """A role."""

    id: str
    name: str


class DirectoryOut(Answer):
    """Everybody and everything that fields of people need."""

    members: list[MemberOut]
    departments: list[DepartmentOut]
    roles: list[RoleOut]


class MemberIn(Shape):
    """A new member without an account yet."""

    name: str = Field(min_length=1, max_length=60)
    title: str = Field(default="", max_length=60)
    departments: list[str] = Field(default=[], max_length=20)
    roles: list[str] = Field(default=[], max_length=50)
    admin: bool = False


class MemberEdit(Shape):
    """Changes to a member; absent keys stay."""

    name: str | None = Field(default=None, min_length=1, max_length=60)
    title: str | None = Field(default=None, max_length=60)
    departments: list[str] | None = Field(default=None, max_length=20)
    roles: list[str] | None = Field(default=None, max_length=50)
    admin: bool | None = None
    enabled: bool | None = None


class DepartmentIn(Shape):
    """A department; absent keys stay when it is changed."""

    name: str | None = Field(default=None, min_length=1, max_length=60)
    parent: str | None = Field(default=None, max_length=64)
    heads: list[str] | None = Field(default=None, max_length=20)


class RoleIn(Shape):
    """A role."""

    name: str = Field(min_length=1, max_length=60)


class InviteIn(Shape):
    """An invitation by link."""

    departments: list[str] = Field(default=[], max_length=20)
    roles: list[str] = Field(default=[], max_length=50)
    days: int = Field(default=7, ge=1, le=90)


class InviteLink(Answer):
    """The link is shown once; only its hash is kept."""

    id: str
    link: str = ""
    created_at: datetime
    expires_at: datetime
    uses: int = 0


class TokenIn(Shape):
    """A new API token of one's own."""

    name: str = Field(min_length=1, max_length=60)


class TokenOut(Answer):
    """An API token; `secret` is shown once."""

    id: str
    name: str
    secret: str = ""
    created_at: datetime
    last_used_at: datetime | None = None


class WorkspaceEdit(Shape):
    """Changes to the workspace; absent keys stay."""

    name: str | None = Field(default=None, min_length=1, max_length=60)
    timezone: str | None = Field(default=None, max_length=60)


@router.get("/directory")
def directory(asker: Asker) -> DirectoryOut:
    """Members, departments and roles 通讯录."""
    return DirectoryOut.model_validate(people.directory(asker))


@router.post("/members", status_code=201)
def add_member(body: MemberIn, asker: Asker) -> MemberOut:
    """Add a member 添加成员."""
    return MemberOut.model_validate(people.add_member(asker, **body.model_dump()))


@router.patch("/members/{member}")
def edit_member(member: str, body: MemberEdit, asker: Asker) -> MemberOut:
    """Change a member; disabling acts at once 修改成员."""
    return MemberOut.model_validate(people.edit_member(asker, member, body.model_dump(exclude_none=True)))


@router.post("/departments", status_code=201)
def add_department(body: DepartmentIn, asker: Asker) -> DepartmentOut:
    """Add a department 添加部门."""
    return DepartmentOut.model_validate(people.add_department(asker, body.model_dump(exclude_none=True)))


@router.patch("/departments/{department}")
def edit_department(department: str, body: DepartmentIn, asker: Asker) -> DepartmentOut:
    """Change a department 修改部门."""
    return DepartmentOut.model_validate(people.edit_department(asker, department, body.model_dump(exclude_none=True)))


@router.delete("/departments/{department}")
def remove_department(department: str, asker: Asker) -> Done:
    """Remove an empty department 删除部门."""
    people.remove_department(asker, department)
    return Done()


@router.post("/roles", status_code=201)
def add_role(body: RoleIn, asker: Asker) -> RoleOut:
    """Add a role 添加角色."""
    return RoleOut.model_validate(people.add_role(asker, body.name))


@router.patch("/roles/{role}")
def edit_role(role: str, body: RoleIn, asker: Asker) -> RoleOut:
    """Rename a role 修改角色."""
    return RoleOut.model_validate(people.edit_role(asker, role, body.name))


@router.delete("/roles/{role}")
def remove_role(role: str, asker: Asker) -> Done:
    """Remove a role that nobody holds 删除角色."""
    people.remove_role(asker, role)
    return Done()


@router.get("/invites")
def invites(asker: Asker) -> list[InviteLink]:
    """Open invitations 邀请链接."""
    return [InviteLink.model_validate(invite) for invite in people.invites(asker)]


@router.post("/invites", status_code=201)
def invite(body: InviteIn, asker: Asker) -> InviteLink:
    """Invite by link 邀请成员."""
    return InviteLink.model_validate(people.invite(asker, **body.model_dump()))


@router.delete("/invites/{invite}")
def revoke_invite(invite: str, asker: Asker) -> Done:
    """Take an invitation back 撤销邀请."""
    people.revoke_invite(asker, invite)
    return Done()


@router.get("/tokens")
def tokens(asker: Asker) -> list[TokenOut]:
    """One's own API tokens API 令牌."""
    return [TokenOut.model_validate(token) for token in people.tokens(asker)]


@router.post("/tokens", status_code=201)
def add_token(body: TokenIn, asker: Asker) -> TokenOut:
    """A new API token; the secret is shown once 新建令牌."""
    return TokenOut.model_validate(people.add_token(asker, body.name))


@router.delete("/tokens/{token}")
def revoke_token(token: str, asker: Asker) -> Done:
    """Revoke an API token, at once 撤销令牌."""
    people.revoke_token(asker, token)
    return Done()


@router.patch("/workspace")
def edit_workspace(body: WorkspaceEdit, asker: Asker) -> Done:
    """Change the workspace's name or time zone 工作区设置."""
    people.edit_workspace(asker, body.model_dump(exclude_none=True))
    return Done()
