"""Members, departments, roles, invitations and tokens 成员管理; administrators only, but for one's own tokens."""

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from builder.problem import conflict, forbidden, invalid, missing
from runtime.ports import Department, Member
from server import passwords, wiring
from server.asker import Asker
from server.store import identity, members
from server.store.members import Role

INVITE_USES = 100


def directory(asker: Asker) -> dict[str, Any]:
    """Everybody, the tree and the roles; e-mails for administrators only."""
    found = asker.world.directory
    roles = found.roles()  # type: ignore[attr-defined]
    return {
        "members": [_member(asker, one) for one in found.members().values()],
        "departments": [_department(one) for one in found.departments().values()],
        "roles": [{"id": one.id, "name": one.name} for one in roles.values()],
    }


def _member(asker: Asker, one: Member) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "title": one.title, "email": one.email if asker.actor.admin else "",
        "departments": list(one.departments), "roles": list(one.roles), "admin": one.admin, "enabled": one.enabled,
        "joined": bool(one.email),
    }  # fmt: skip


def _department(one: Department) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "parent": one.parent, "heads": list(one.heads)}


def _admin(asker: Asker) -> None:
    if not asker.actor.admin:
        raise forbidden("admins_only")


def _known(asker: Asker, kind: str, ids: list[str]) -> None:
    known = getattr(asker.world.directory, kind)()
    for id in ids:
        if id not in known:
            raise invalid(f"no_such_{kind[:-1]}", kind, value=id)


def add_member(
    asker: Asker, name: str, title: str, departments: list[str], roles: list[str], admin: bool
) -> dict[str, Any]:
    """A new member, who can be given work before having an account."""
    _admin(asker)
    _known(asker, "departments", departments)
    _known(asker, "roles", roles)
    person = Member(asker.state.ids.new(), name.strip(), tuple(departments), tuple(roles), admin, title=title.strip())
    members.add_members(asker.connection, asker.workspace, [person], asker.state.clock.now())
    return _member(asker, person)


def edit_member(asker: Asker, id: str, changes: dict[str, Any]) -> dict[str, Any]:
    """Change a member. A disabled one's sessions end at once; one administrator always remains."""
    _admin(asker)
    people = members.locked(asker.connection, asker.workspace).members
    if id not in people:
        raise missing("not_found")
    for kind in ("departments", "roles"):
        _known(asker, kind, changes.get(kind, []))
    lists: dict[str, Any] = {kind: tuple(changes[kind]) for kind in ("departments", "roles") if kind in changes}
    after = replace(people[id], **{**changes, **lists})
    admins = [one for one in people.values() if one.admin and one.enabled and one.id != id]
    if not admins and not (after.admin and after.enabled):
        raise conflict("last_admin")
    members.change_member(asker.connection, asker.workspace, after)
    if not after.enabled:
        identity.close_sessions_of(asker.connection, asker.workspace, id)
    if after.enabled is not people[id].enabled:
        passwords.note(asker, "member_enabled" if after.enabled else "member_disabled", id)
    return _member(asker, after)


def add_department(asker: Asker, given: dict[str, Any]) -> dict[str, Any]:
    """A new department."""
    _admin(asker)
    if not given.get("name"):
        raise invalid("shape_missing", "name", field="name")
    return _put_department(asker, Department(asker.state.ids.new(), ""), given)


def edit_department(asker: Asker, id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Change a department's name, place or heads."""
    _admin(asker)
    found = asker.world.directory.departments().get(id)
    if found is None:
        raise missing("not_found")
    return _put_department(asker, found, given)


def _put_department(asker: Asker, before: Department, given: dict[str, Any]) -> dict[str, Any]:
    tree = asker.world.directory.departments()
    _known(asker, "members", given.get("heads", []))
    parent = given.get("parent", before.parent)
    if parent and parent not in tree:
        raise invalid("no_such_department", "parent", value=parent)
    step = parent
    while step:
        if step == before.id:
            raise invalid("department_loop", "parent")
        step = tree[step].parent if step in tree else ""
    heads = tuple(given.get("heads", before.heads))
    after = Department(before.id, str(given.get("name", before.name)).strip(), parent, heads)
    members.put_department(asker.connection, asker.workspace, after)
    return _department(after)


def remove_department(asker: Asker, id: str) -> None:
    """Remove a department that is empty."""
    _admin(asker)
    tree, people = asker.world.directory.departments(), asker.world.directory.members()
    if id not in tree:
        raise missing("not_found")
    if any(one.parent == id for one in tree.values()) or any(id in one.departments for one in people.values()):
        raise conflict("department_in_use")
    members.drop_department(asker.connection, asker.workspace, id)


def add_role(asker: Asker, name: str) -> dict[str, Any]:
    """A new role."""
    _admin(asker)
    role = Role(asker.state.ids.new(), name.strip())
    members.put_roles(asker.connection, asker.workspace, [role])
    return {"id": role.id, "name": role.name}


def edit_role(asker: Asker, id: str, name: str) -> dict[str, Any]:
    """Rename a role."""
    _admin(asker)
    if id not in asker.world.directory.roles():  # type: ignore[attr-defined]
        raise missing("not_found")
    members.put_roles(asker.connection, asker.workspace, [Role(id, name.strip())])
    return {"id": id, "name": name.strip()}


def remove_role(asker: Asker, id: str) -> None:
    """Remove a role that nobody holds."""
    _admin(asker)
    if id not in asker.world.directory.roles():  # type: ignore[attr-defined]
        raise missing("not_found")
    if any(id in one.roles for one in asker.world.directory.members().values()):
        raise conflict("role_in_use")
    members.drop_role(asker.connection, asker.workspace, id)


def invites(asker: Asker) -> list[dict[str, Any]]:
    """Invitations that can still be used."""
    _admin(asker)
    found = identity.invites_of(asker.connection, asker.workspace, asker.state.clock.now())
    return [_invite(one) for one in found]


def _invite(one: identity.Invite, link: str = "") -> dict[str, Any]:
    used = INVITE_USES - one.uses
    return {"id": one.id, "link": link, "created_at": one.created_at, "expires_at": one.expires_at, "uses": used}


def invite(asker: Asker, departments: list[str], roles: list[str], days: int) -> dict[str, Any]:
    """A link that lets people join; its secret is shown this once. A trial invites nobody: it must be kept first."""
    _admin(asker)
    if asker.trial:
        raise conflict("keep_first")
    _known(asker, "departments", departments)
    _known(asker, "roles", roles)
    token, now = secrets.token_urlsafe(24), asker.state.clock.now()
    one = identity.Invite(asker.state.ids.new(), asker.workspace, tuple(departments), tuple(roles), asker.member, now,
                          now + timedelta(days=days), INVITE_USES)  # fmt: skip
    identity.add_invite(asker.connection, wiring.hashed(token), one)
    return _invite(one, f"/invite/{token}")


def revoke_invite(asker: Asker, id: str) -> None:
    """Take an invitation back."""
    _admin(asker)
    if not identity.withdraw_invite(asker.connection, asker.workspace, id):
        raise missing("not_found")


def tokens(asker: Asker) -> list[dict[str, Any]]:
    """One's own API tokens."""
    found = identity.tokens_of(asker.connection, asker.workspace, asker.member)
    return [
        {"id": one.id, "name": one.name, "created_at": one.created_at, "last_used_at": one.last_used_at}
        for one in found
    ]


def add_token(asker: Asker, name: str) -> dict[str, Any]:
    """A new API token with its member's rights; made in a browser session only."""
    if not asker.by_cookie:
        raise forbidden("tokens_by_session_only")
    secret = f"qb_{secrets.token_urlsafe(32)}"
    token = identity.ApiToken(asker.state.ids.new(), asker.member, name.strip(), asker.state.clock.now(), None)
    identity.add_token(asker.connection, asker.workspace, wiring.hashed(secret), token)
    return {"id": token.id, "name": token.name, "secret": secret, "created_at": token.created_at}


def revoke_token(asker: Asker, id: str) -> None:
    """Revoke one of one's own API tokens."""
    if not identity.revoke_token(asker.connection, asker.workspace, asker.member, id, asker.state.clock.now()):
        raise missing("not_found")


def edit_workspace(asker: Asker, changes: dict[str, Any]) -> None:
    """Change the workspace's name or time zone."""
    _admin(asker)
    if "timezone" in changes:
        try:
            ZoneInfo(changes["timezone"])
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise invalid("no_such_timezone", "timezone", value=changes["timezone"]) from None
    identity.change_workspace(asker.connection, asker.workspace, **changes)
