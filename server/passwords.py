"""Changing a password, and setting a forgotten one anew without a mail server 密码.

A link sets the password of a whole account, so an administrator may make one only for somebody who belongs to his
workspace and to no other: it would open the others to him.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from builder.problem import Missing, Problem, conflict, forbidden, invalid, missing
from server import identity as signing
from server import wiring
from server.asker import Asker, Visitor
from server.store import audit, identity, members, passwords

RESET_HOURS = 24


def change(asker: Asker, old: str, new: str) -> None:
    """One's own, knowing the old one; every other session of the person ends."""
    if not asker.by_cookie:
        raise forbidden("by_session_only")
    asker.state.limits.count("sign_in", asker.address, asker.settings.sign_ins_per_minute)
    account = identity.account_of(asker.connection, asker.account) if asker.account else None
    if account is None:
        raise conflict("no_account")
    if not signing.verified(account, old):
        raise invalid("wrong_old_password", "old")
    passwords.set_password(
        asker.connection, account.id, signing.checked_password(new, "new"), wiring.hashed(asker.token)
    )
    note(asker, "password_changed", asker.member)


def note(asker: Asker, topic: str, subject: str) -> None:
    """Write into the log what was done to a member."""
    person = asker.world.directory.members().get(subject)
    line = audit.Line(asker.state.ids.new(), asker.state.clock.now(), asker.member, topic, subject,
                      person.name if person else "")  # fmt: skip
    audit.add(asker.connection, asker.workspace, line)


def log(asker: Asker) -> list[dict[str, Any]]:
    """What was done to people and their access, for administrators."""
    if not asker.actor.admin:
        raise forbidden("admins_only")
    return [vars(line) for line in audit.lines(asker.connection, asker.workspace)]


def offer(asker: Asker, member: str) -> dict[str, Any]:
    """A link by which a member sets a new password, once and soon; its secret is shown this once."""
    if not asker.actor.admin:
        raise forbidden("admins_only")
    if member not in asker.world.directory.members():
        raise missing("not_found")
    account = passwords.account_of_member(asker.connection, asker.workspace, member)
    if not account:
        raise conflict("member_without_account")
    if passwords.homes(asker.connection, account) > 1:
        raise conflict("member_elsewhere_too")
    token, now = secrets.token_urlsafe(32), asker.state.clock.now()
    reset = passwords.Reset(asker.workspace, account, asker.member, now, now + timedelta(hours=RESET_HOURS))
    passwords.add_reset(asker.connection, wiring.hashed(token), reset)
    note(asker, "reset_offered", member)
    return {"link": f"/reset/{token}", "expires_at": reset.expires_at}


def offered(visitor: Visitor, token: str) -> dict[str, Any]:
    """Whose password a link sets; raises `Missing` when it is over."""
    _, account = _open(visitor, token)
    return {"name": account.name, "email": account.email}


def _open(visitor: Visitor, token: str) -> tuple[passwords.Reset, identity.Account]:
    found = passwords.open_reset(visitor.connection, wiring.hashed(token), visitor.state.clock.now())
    account = identity.account_of(visitor.connection, found.account) if found else None
    if found is None or account is None or passwords.homes(visitor.connection, account.id) > 1:
        raise Missing(Problem("reset_over"))
    return found, account


def reset(visitor: Visitor, token: str, password: str) -> None:
    """Set the password by a link: it is used up, and every session and API token of the person ends."""
    visitor.state.limits.count("sign_in", visitor.address, visitor.settings.sign_ins_per_minute)
    found, account = _open(visitor, token)
    secret, now = signing.checked_password(password), visitor.state.clock.now()
    if not passwords.use_reset(visitor.connection, wiring.hashed(token), now):
        raise Missing(Problem("reset_over"))
    replace(visitor, account.id, secret, now)
    subject = identity.member_of_account(visitor.connection, found.workspace, account.id) or ""
    line = audit.Line(visitor.state.ids.new(), now, subject, "reset_used", subject, account.name)
    audit.add(visitor.connection, found.workspace, line)


def replace(visitor: Visitor, account: str, secret: str, now: datetime) -> None:
    """Put a password in the place of one that is forgotten or known to others."""
    passwords.set_password(visitor.connection, account, secret)
    passwords.revoke_tokens(visitor.connection, account, now)


def set_by_operator(visitor: Visitor, email: str, password: str) -> None:
    """What `qiaoban user password` does; written into the log of every workspace of the person."""
    account = identity.account_by_email(visitor.connection, email.strip())
    if account is None:
        raise missing("no_such_account", email=email)
    now = visitor.state.clock.now()
    replace(visitor, account.id, signing.checked_password(password), now)
    for home in identity.workspaces_of(visitor.connection, account.id):
        member = identity.member_of_account(visitor.connection, home.id, account.id) or ""
        name = members.read_company(visitor.connection, home.id).members[member].name if member else account.name
        audit.add(
            visitor.connection, home.id, audit.Line(visitor.state.ids.new(), now, "", "password_set", member, name)
        )
