"""Who is who, in SQL 身份: accounts, sessions, API tokens, invites, the limit of trials, idempotency keys.

Secrets never get here: callers pass hashes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from server.store.direct import Direct
from server.store.tables import account, api_token, idempotency, invite, member, session, trial_log, workspace
from server.store.upsert import insert_one


@dataclass(frozen=True)
class Identity:
    """Who asks, found in one query. `member` acts; `owner` is the visitor's own member, whoever is being played."""

    workspace: str
    member: str
    owner: str
    account: str
    member_name: str
    admin: bool
    enabled: bool
    workspace_name: str
    timezone: str
    language: str
    trial_until: datetime | None
    directory_revision: int
    definition_revision: int
    expires_at: datetime | None


@dataclass(frozen=True)
class Account:
    """A person, across workspaces."""

    id: str
    email: str
    name: str
    password_hash: str
    created_at: datetime


@dataclass(frozen=True)
class Workspace:
    """A workspace's head."""

    id: str
    name: str
    timezone: str
    language: str
    trial_until: datetime | None
    created_at: datetime
    created_from: str
    directory_revision: int
    definition_revision: int


@dataclass(frozen=True)
class ApiToken:
    """A member's token for programs; its secret is known to nobody."""

    id: str
    member: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Invite:
    """An open door into a workspace: whoever has the link joins these departments with these roles."""

    id: str
    workspace: str
    departments: tuple[str, ...]
    roles: tuple[str, ...]
    created_by: str
    created_at: datetime
    expires_at: datetime
    uses: int


HEAD = (
    member.c.id.label("member"),
    member.c.name.label("member_name"),
    member.c.admin,
    member.c.enabled,
    workspace.c.id.label("workspace"),
    workspace.c.name.label("workspace_name"),
    workspace.c.timezone,
    workspace.c.language,
    workspace.c.trial_until,
    workspace.c.directory_revision,
    workspace.c.definition_revision,
)
BY_SESSION = Direct(
    select(session.c.owner, session.c.account, session.c.expires_at, *HEAD)
    .join(workspace, workspace.c.id == session.c.workspace)
    .join(member, (member.c.workspace == session.c.workspace) & (member.c.id == session.c.member))
    .where(session.c.token_hash == bindparam("token_hash"), session.c.expires_at > bindparam("now"))
)
BY_TOKEN = Direct(
    select(api_token.c.member.label("owner"), func.coalesce(member.c.account, "").label("account"), *HEAD)
    .join(workspace, workspace.c.id == api_token.c.workspace)
    .join(member, (member.c.workspace == api_token.c.workspace) & (member.c.id == api_token.c.member))
    .where(api_token.c.token_hash == bindparam("token_hash"), api_token.c.revoked_at.is_(None))
)
BY_MEMBER = Direct(
    select(member.c.id.label("owner"), func.coalesce(member.c.account, "").label("account"), *HEAD)
    .join(workspace, workspace.c.id == member.c.workspace)
    .where(member.c.workspace == bindparam("workspace"), member.c.id == bindparam("member"))
)


def identify(connection: Connection, token_hash: str, now: datetime) -> Identity | None:
    """Who a session's token stands for; None when there is no such session or it has ended."""
    return _identity(connection, BY_SESSION, {"token_hash": token_hash, "now": now})


def identify_token(connection: Connection, token_hash: str) -> Identity | None:
    """Who an API token stands for; None when there is none or it was revoked."""
    return _identity(connection, BY_TOKEN, {"token_hash": token_hash})


def identity_of(connection: Connection, workspace_id: str, member_id: str) -> Identity | None:
    """A member as the worker acts for him; None when there is none."""
    return _identity(connection, BY_MEMBER, {"workspace": workspace_id, "member": member_id})


def _identity(connection: Connection, statement: Direct, asked: Mapping[str, Any]) -> Identity | None:
    row = statement.first(connection, asked)
    return None if row is None else Identity(**{"expires_at": None, **dict(zip(statement.columns, row, strict=True))})


def add_workspace(connection: Connection, head: Workspace) -> None:
    """Keep a new workspace."""
    connection.execute(insert(workspace), [vars(head)])


def workspace_head(connection: Connection, id: str) -> Workspace | None:
    """A workspace."""
    row = connection.execute(select(workspace).where(workspace.c.id == id)).first()
    return None if row is None else Workspace(**row._mapping)


def change_workspace(connection: Connection, id: str, **values: Any) -> None:
    """Change its name, timezone, language or trial_until."""
    changed = {**values, "directory_revision": workspace.c.directory_revision + 1}
    connection.execute(update(workspace).where(workspace.c.id == id).values(changed))


def workspaces_of(connection: Connection, account_id: str) -> list[Workspace]:
    """The workspaces in which a person is an enabled member."""
    mine = select(member.c.workspace).where(member.c.account == account_id, member.c.enabled)
    rows = connection.execute(select(workspace).where(workspace.c.id.in_(mine)).order_by(workspace.c.created_at))
    return [Workspace(**row._mapping) for row in rows]


def find_workspaces(connection: Connection, wanted: str) -> list[Workspace]:
    """The workspaces with this id or name, 20 at most; with "" all of them."""
    named = (workspace.c.id == wanted) | (workspace.c.name == wanted) if wanted else workspace.c.id.is_not(None)
    rows = connection.execute(select(workspace).where(named).order_by(workspace.c.created_at).limit(20))
    return [Workspace(**row._mapping) for row in rows]


def ended_trials(connection: Connection, now: datetime, limit: int = 100) -> list[str]:
    """The workspaces whose trial is over."""
    over = select(workspace.c.id).where(workspace.c.trial_until < now).order_by(workspace.c.trial_until).limit(limit)
    return list(connection.scalars(over))


def add_account(connection: Connection, person: Account) -> bool:
    """Keep a new account; False when the e-mail address already has one."""
    row = {**vars(person), "email": person.email.lower()}
    return insert_one(connection, account, row)


def account_by_email(connection: Connection, email: str) -> Account | None:
    """The account of an e-mail address."""
    return _account(connection.execute(select(account).where(account.c.email == email.lower())).first())


def account_of(connection: Connection, id: str) -> Account | None:
    """An account."""
    return _account(connection.execute(select(account).where(account.c.id == id)).first())


def _account(row: Row[Any] | None) -> Account | None:
    return None if row is None else Account(**row._mapping)


def open_session(
    connection: Connection, token_hash: str, account_id: str, workspace_id: str, member_id: str, now: datetime,
    expires_at: datetime,
) -> None:  # fmt: skip
    """Begin a session in a workspace; `account_id` is "" in a trial."""
    row = {"token_hash": token_hash, "account": account_id, "workspace": workspace_id, "member": member_id}
    connection.execute(insert(session), [{**row, "owner": member_id, "created_at": now, "expires_at": expires_at}])


def change_session(connection: Connection, token_hash: str, **values: Any) -> None:
    """Play another member (`member=`), go to another workspace (`workspace=, member=, owner=`), bind an `account=`."""
    connection.execute(update(session).where(session.c.token_hash == token_hash).values(values))


def close_session(connection: Connection, token_hash: str) -> None:
    """End one session."""
    connection.execute(delete(session).where(session.c.token_hash == token_hash))


def close_sessions_of(connection: Connection, workspace_id: str, member_id: str) -> None:
    """End a member's sessions, e.g. when the member is disabled."""
    mine = (session.c.workspace == workspace_id) & (session.c.owner == member_id)
    connection.execute(delete(session).where(mine))


def prune_sessions(connection: Connection, now: datetime) -> int:
    """Forget the sessions that have ended."""
    return connection.execute(delete(session).where(session.c.expires_at <= now)).rowcount


def add_token(connection: Connection, workspace_id: str, token_hash: str, token: ApiToken) -> None:
    """Keep an API token."""
    connection.execute(insert(api_token), [{**vars(token), "workspace": workspace_id, "token_hash": token_hash}])


def tokens_of(connection: Connection, workspace_id: str, member_id: str) -> list[ApiToken]:
    """A member's API tokens that were not revoked, newest first."""
    mine = (api_token.c.workspace == workspace_id) & (api_token.c.member == member_id)
    columns = (api_token.c[name] for name in ApiToken.__dataclass_fields__)
    live = select(*columns).where(mine, api_token.c.revoked_at.is_(None)).order_by(api_token.c.created_at.desc())
    return [ApiToken(**row._mapping) for row in connection.execute(live)]


def revoke_token(connection: Connection, workspace_id: str, member_id: str, id: str, now: datetime) -> bool:
    """Revoke a member's API token; False when there is none."""
    one = (api_token.c.workspace == workspace_id) & (api_token.c.member == member_id) & (api_token.c.id == id)
    revoked = update(api_token).where(one, api_token.c.revoked_at.is_(None)).values(revoked_at=now)
    return connection.execute(revoked).rowcount == 1


def touch_token(connection: Connection, token_hash: str, now: datetime) -> None:
    """Remember when a token was last used."""
    connection.execute(update(api_token).where(api_token.c.token_hash == token_hash).values(last_used_at=now))


def add_invite(connection: Connection, token_hash: str, given: Invite) -> None:
    """Keep an invite."""
    connection.execute(insert(invite), [_row(given, token_hash)])


def open_invite(connection: Connection, token_hash: str, now: datetime) -> Invite | None:
    """The invite, if it can still be used."""
    usable = (invite.c.token_hash == token_hash) & (invite.c.expires_at > now) & (invite.c.uses > 0)
    row = connection.execute(select(invite).where(usable)).first()
    return None if row is None else _invite(row)


def use_invite(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Take one use of an invite; False when none is left."""
    usable = (invite.c.token_hash == token_hash) & (invite.c.expires_at > now) & (invite.c.uses > 0)
    return connection.execute(update(invite).where(usable).values(uses=invite.c.uses - 1)).rowcount == 1


def invites_of(connection: Connection, workspace_id: str, now: datetime) -> list[Invite]:
    """A workspace's invites that can still be used, newest first."""
    usable = (invite.c.workspace == workspace_id) & (invite.c.expires_at > now) & (invite.c.uses > 0)
    return [
        _invite(row) for row in connection.execute(select(invite).where(usable).order_by(invite.c.created_at.desc()))
    ]


def withdraw_invite(connection: Connection, workspace_id: str, id: str) -> bool:
    """Take an invite back; False when there is none."""
    one = (invite.c.workspace == workspace_id) & (invite.c.id == id)
    return connection.execute(delete(invite).where(one)).rowcount == 1


def _invite(row: Row[Any]) -> Invite:
    values = {name: row._mapping[name] for name in Invite.__dataclass_fields__}
    return Invite(**{**values, "departments": tuple(values["departments"] or ()), "roles": tuple(values["roles"])})


def _row(given: Invite, token_hash: str) -> dict[str, Any]:
    lists = {"departments": list(given.departments), "roles": list(given.roles)}
    return {**vars(given), **lists, "token_hash": token_hash}


def note_trial(connection: Connection, address_hash: str, at: datetime, workspace_id: str) -> None:
    """Remember that an address began a trial."""
    connection.execute(insert(trial_log), [{"address_hash": address_hash, "at": at, "workspace": workspace_id}])


def trials_since(connection: Connection, address_hash: str, since: datetime) -> int:
    """How many trials an address began since then; with "" all addresses together."""
    of_address = (trial_log.c.address_hash == address_hash) if address_hash else trial_log.c.at.is_not(None)
    counted = select(func.count()).select_from(trial_log).where(of_address, trial_log.c.at >= since)
    return connection.execute(counted).scalar_one()


@dataclass(frozen=True)
class Remembered:
    """What a request with this idempotency key was, and how it was answered."""

    request_hash: str
    status: int
    body: Any
    at: datetime


def remembered(connection: Connection, workspace_id: str, member_id: str, key: str) -> Remembered | None:
    """The answer that this key already got."""
    columns = (idempotency.c[name] for name in Remembered.__dataclass_fields__)
    row = connection.execute(select(*columns).where(_asked(workspace_id, member_id, key))).first()
    return None if row is None else Remembered(**row._mapping)


def remember(connection: Connection, workspace_id: str, member_id: str, key: str, answer: Remembered) -> bool:
    """Keep the answer under its key, in the same transaction; False when another request was first."""
    row = {"workspace": workspace_id, "member": member_id, "key": key, **vars(answer)}
    return insert_one(connection, idempotency, row)


def remember_answer(connection: Connection, workspace_id: str, member_id: str, key: str, answer: Remembered) -> None:
    """Put the answer where its key is held."""
    mine = update(idempotency).where(_asked(workspace_id, member_id, key))
    connection.execute(mine.values(status=answer.status, body=answer.body))


def release(connection: Connection, workspace_id: str, member_id: str, key: str) -> None:
    """Let go of a key whose answer is not one that is kept."""
    connection.execute(delete(idempotency).where(_asked(workspace_id, member_id, key)))


def forget(connection: Connection, before: datetime) -> int:
    """Forget the idempotency keys that are older."""
    return connection.execute(delete(idempotency).where(idempotency.c.at < before)).rowcount


def _asked(workspace_id: str, member_id: str, key: str) -> Any:
    same = (idempotency.c.workspace == workspace_id) & (idempotency.c.member == member_id)
    return same & (idempotency.c.key == key)


def shut_out(connection: Connection, workspace_id: str, account_id: str) -> bool:
    """Whether the person is a member who was disabled, and no other member."""
    mine: Sequence[Any] = (member.c.workspace == workspace_id, member.c.account == account_id)
    found = list(connection.scalars(select(member.c.enabled).where(*mine)))
    return bool(found) and not any(found)


def member_of_account(connection: Connection, workspace_id: str, account_id: str) -> str | None:
    """The enabled member that a person is in a workspace."""
    mine: Sequence[Any] = (member.c.workspace == workspace_id, member.c.account == account_id, member.c.enabled)
    return connection.execute(select(member.c.id).where(*mine)).scalar()
