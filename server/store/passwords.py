"""Passwords and the links that set them anew, in SQL 密码. Secrets never get here: callers pass hashes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from server.store.tables import account, api_token, member, password_reset, session


@dataclass(frozen=True)
class Reset:
    """A link by which a person sets a password once; an administrator of `workspace` made it."""

    workspace: str
    account: str
    created_by: str
    created_at: datetime
    expires_at: datetime


def account_of_member(connection: Connection, workspace: str, member_id: str) -> str:
    """The account that a member is, "" without one."""
    mine = (member.c.workspace == workspace) & (member.c.id == member_id)
    return connection.execute(select(member.c.account).where(mine)).scalar() or ""


def homes(connection: Connection, account_id: str) -> int:
    """How many workspaces know the person, also those where the member is disabled."""
    counted = select(func.count(member.c.workspace.distinct())).where(member.c.account == account_id)
    return connection.execute(counted).scalar_one()


def set_password(connection: Connection, account_id: str, password_hash: str, keep: str = "") -> None:
    """Change it: every session of the person but `keep` ends, and every link that would set it is void."""
    connection.execute(update(account).where(account.c.id == account_id).values(password_hash=password_hash))
    others = (session.c.account == account_id) & (session.c.token_hash != keep)
    connection.execute(delete(session).where(others))
    connection.execute(delete(password_reset).where(password_reset.c.account == account_id))


def revoke_tokens(connection: Connection, account_id: str, now: datetime) -> None:
    """End every API token of the person: whoever knew the old password may have made one."""
    members = select(member.c.workspace, member.c.id).where(member.c.account == account_id)
    for row in connection.execute(members).all():
        mine = (api_token.c.workspace == row.workspace) & (api_token.c.member == row.id)
        connection.execute(update(api_token).where(mine, api_token.c.revoked_at.is_(None)).values(revoked_at=now))


def add_reset(connection: Connection, token_hash: str, reset: Reset) -> None:
    """Keep a link; those made before for the same person are void."""
    connection.execute(delete(password_reset).where(password_reset.c.account == reset.account))
    connection.execute(insert(password_reset), [{**vars(reset), "token_hash": token_hash}])


def open_reset(connection: Connection, token_hash: str, now: datetime) -> Reset | None:
    """The link, if it may still be used."""
    usable = (password_reset.c.token_hash == token_hash) & (password_reset.c.expires_at > now)
    row = connection.execute(select(password_reset).where(usable)).first()
    return None if row is None else Reset(**{name: row._mapping[name] for name in Reset.__dataclass_fields__})


def use_reset(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Take the one use; False when somebody was first."""
    usable = (password_reset.c.token_hash == token_hash) & (password_reset.c.expires_at > now)
    return connection.execute(delete(password_reset).where(usable)).rowcount == 1


def prune_resets(connection: Connection, now: datetime) -> int:
    """Forget the links that are over."""
    return connection.execute(delete(password_reset).where(password_reset.c.expires_at <= now)).rowcount
