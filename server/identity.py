"""Signing up, in and out, and invitations 身份."""

import secrets
from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

from builder.fields.email import Email
from builder.problem import FieldError, Forbidden, Missing, Problem, Unauthenticated, conflict, invalid
from runtime.ports import Member
from server import installing, services, wiring
from server.asker import Asker, Visitor
from server.store import identity, members

SESSION_DAYS = 30
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
COMMON = {
    "12345678",
    "123456789",
    "1234567890",
    "password",
    "password1",
    "qwertyui",
    "11111111",
    "88888888",
    "abcd1234",
    "iloveyou",
}


def session(visitor: Visitor) -> dict[str, Any]:
    """Who is asking, for the pages."""
    found = wiring.known(visitor)
    return {"language": visitor.language} if found is None else described(wiring.asker_of(visitor, found))


def described(asker: Asker) -> dict[str, Any]:
    """The member, the workspace, and in a trial whom the visitor may play."""
    directory = asker.world.directory
    head = identity.workspace_head(asker.connection, asker.workspace)
    assert head is not None
    people = [person(asker, one) for one in directory.members().values() if one.enabled] if asker.trial else []
    others = identity.workspaces_of(asker.connection, asker.account) if asker.account else []
    return {
        "member": person(asker, directory.members()[asker.member]),
        "admin": asker.actor.admin,
        "workspace": _workspace(head),
        "personas": people,
        "owner": asker.owner if asker.trial else "",
        "workspaces": [_workspace(one) for one in others if one.id != asker.workspace],
        "language": asker.language,
        "home": home(asker),
        "services": services.offered(asker.settings, asker.trial),
    }


def _workspace(head: identity.Workspace) -> dict[str, Any]:
    return {"id": head.id, "name": head.name, "timezone": head.timezone, "trial_until": head.trial_until}


def person(asker: Asker, one: Member) -> dict[str, Any]:
    """A member in short."""
    roles, tree = asker.world.directory.roles(), asker.world.directory.departments()  # type: ignore[attr-defined]
    department = next((tree[id].name for id in one.departments if id in tree), "")
    named = [roles[id].name for id in one.roles if id in roles]
    return {"id": one.id, "name": one.name, "title": one.title, "roles": named, "department": department}


def home(asker: Asker) -> str:
    """Where to go after coming in: the first app's first dashboard or form, else the list of apps."""
    heads = asker.world.definitions.apps()
    return f"/app/{heads[0].id}" if heads else "/apps"


def open_session(visitor: Visitor, workspace: str, member: str, account: str, days: int = SESSION_DAYS) -> Asker:
    """Begin a session with a fresh secret in the visitor's cookie."""
    token = secrets.token_urlsafe(32)
    now = visitor.state.clock.now()
    name = wiring.hashed(token)
    identity.open_session(visitor.connection, name, account, workspace, member, now, now + timedelta(days=days))
    visitor.cookies[wiring.COOKIE] = (token, days * 86_400)
    visitor.token, visitor.by_cookie = token, True
    return wiring.admit(visitor)


def checked_password(password: str, path: str = "password") -> str:
    """The password's hash; raises `Invalid` for one that everybody tries first (ASVS 6.2)."""
    if password.lower() in COMMON or len(set(password)) < 4:
        raise invalid("weak_password", path)
    return HASHER.hash(password)


def checked_email(email: str) -> str:
    """The address as it is kept; raises `Invalid`."""
    try:
        return str(Email().coerce(email) or "").lower()
    except FieldError as error:
        raise invalid(error.problem.code, "email") from None


def new_account(visitor: Visitor, name: str, email: str, password: str) -> str:
    """A new account's id; raises `Conflict` when the e-mail has one."""
    address, secret = checked_email(email), checked_password(password)
    if not address:
        raise invalid("must_be_email", "email")
    account = identity.Account(visitor.state.ids.new(), address, name.strip(), secret, visitor.state.clock.now())
    if not identity.add_account(visitor.connection, account):
        raise conflict("email_taken", "email")
    return account.id


def sign_up(
    visitor: Visitor, name: str, email: str, password: str, workspace: str, language: str, template: str, samples: bool
) -> dict[str, Any]:
    """A new account with a workspace of its own."""
    if not visitor.settings.public_sign_up:
        raise Forbidden(Problem("sign_up_closed"))
    visitor.state.limits.count("sign_in", visitor.address, visitor.settings.sign_ins_per_minute)
    visitor.language = language
    account = new_account(visitor, name, email, password)
    called = workspace.strip() or name.strip()
    made = installing.new_workspace(visitor, called, language, None)
    member = Member(visitor.state.ids.new(), name.strip(), admin=True, email=email.strip().lower())
    members.add_members(visitor.connection, made, [member], visitor.state.clock.now(), {member.id: account})
    asker = open_session(visitor, made, member.id, account)
    if template:
        installing.add(asker, template, samples, "")
    return described(asker)


def sign_in(visitor: Visitor, email: str, password: str) -> dict[str, Any]:
    """A session for the account; the answer does not tell whether the e-mail or the password was wrong."""
    visitor.state.limits.count("sign_in", visitor.address, visitor.settings.sign_ins_per_minute)
    account = identity.account_by_email(visitor.connection, email.strip())
    if not verified(account, password) or account is None:
        raise Unauthenticated(Problem("wrong_password"))
    entered = _first_workspace(visitor, account.id)
    return described(open_session(visitor, *entered, account.id))


def verified(account: identity.Account | None, password: str) -> bool:
    """Whether the password is the account's; takes as long when there is no account."""
    try:
        return HASHER.verify(account.password_hash if account else DUMMY, password) and account is not None
    except Argon2Error:
        return False


DUMMY = HASHER.hash(secrets.token_urlsafe(16))


def _first_workspace(visitor: Visitor, account: str) -> tuple[str, str]:
    for one in identity.workspaces_of(visitor.connection, account):
        member = identity.member_of_account(visitor.connection, one.id, account)
        if member is not None:
            return one.id, member
    raise Unauthenticated(Problem("no_workspace"))


def sign_out(visitor: Visitor) -> None:
    """End the session; an API token is not ended by this."""
    if visitor.by_cookie and visitor.token:
        identity.close_session(visitor.connection, wiring.hashed(visitor.token))
    visitor.cookies[wiring.COOKIE] = None


def enter(asker: Asker, workspace: str) -> dict[str, Any]:
    """Go on in another of one's workspaces."""
    member = identity.member_of_account(asker.connection, workspace, asker.account) if asker.account else None
    if member is None:
        raise Missing(Problem("not_found"))
    there = {"workspace": workspace, "member": member, "owner": member}
    identity.change_session(asker.connection, wiring.hashed(asker.token), **there)
    return described(wiring.admit(asker))


def invitation(visitor: Visitor, token: str) -> dict[str, Any]:
    """Where an invitation leads and who sent it; raises `Missing` when it is over."""
    found = _open_invite(visitor, token)
    head = identity.workspace_head(visitor.connection, found.workspace)
    company = members.read_company(visitor.connection, found.workspace)
    inviter = company.members.get(found.created_by)
    return {"workspace": head.name if head else "", "inviter": inviter.name if inviter else ""}


def _open_invite(visitor: Visitor, token: str) -> identity.Invite:
    found = identity.open_invite(visitor.connection, wiring.hashed(token), visitor.state.clock.now())
    if found is None:
        raise Missing(Problem("invite_over"))
    return found


def accept(visitor: Visitor, token: str, name: str, email: str, password: str) -> dict[str, Any]:
    """Join by invitation with a new account, or with the existing one when its password is given."""
    visitor.state.limits.count("sign_in", visitor.address, visitor.settings.sign_ins_per_minute)
    found = _open_invite(visitor, token)
    account = identity.account_by_email(visitor.connection, email.strip())
    if account is not None and not verified(account, password):
        raise Unauthenticated(Problem("wrong_password"))
    account_id = account.id if account else new_account(visitor, name, email, password)
    member = identity.member_of_account(visitor.connection, found.workspace, account_id)
    if member is None:
        if identity.shut_out(visitor.connection, found.workspace, account_id):
            raise Missing(Problem("invite_over"))
        if not identity.use_invite(visitor.connection, wiring.hashed(token), visitor.state.clock.now()):
            raise Missing(Problem("invite_over"))
        member = visitor.state.ids.new()
        there = members.read_company(visitor.connection, found.workspace).departments
        departments = tuple(id for id in found.departments if id in there)
        fresh = Member(member, name.strip(), departments, found.roles, email=email.strip().lower())
        members.add_members(
            visitor.connection, found.workspace, [fresh], visitor.state.clock.now(), {member: account_id}
        )
    return described(open_session(visitor, found.workspace, member, account_id))
