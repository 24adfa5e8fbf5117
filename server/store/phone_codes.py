"""Codes sent to mobiles, in SQL 手机验证码: hashed, tried a few times, spent once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from server.store.tables import phone_code

CODE = phone_code.c


@dataclass(frozen=True)
class Sent:
    """A code that was sent; `holder`, `number` and `address` are hashes, `form` is "app.form"."""

    workspace: str
    id: str
    form: str
    holder: str
    number: str
    address: str
    code_hash: str
    sent_at: datetime
    expires_at: datetime
    tries: int = 0
    verified: bool = False


def add(connection: Connection, sent: Sent) -> None:
    """Keep a new code."""
    connection.execute(insert(phone_code), [vars(sent)])


def count(connection: Connection, since: datetime, **like: Any) -> int:
    """How many were sent since then to a number, from an address or by a workspace; numbers belong to no workspace."""
    alike = [phone_code.c[name] == value for name, value in like.items()]
    found = select(func.count()).select_from(phone_code).where(CODE.sent_at > since, *alike)
    return connection.execute(found).scalar_one()


def newest(connection: Connection, workspace: str, form: str, holder: str, number: str, now: datetime) -> Sent | None:
    """The last code that is still good for this number, form and holder."""
    mine = select(phone_code).where(
        CODE.workspace == workspace, CODE.form == form, CODE.holder == holder, CODE.number == number,
        CODE.expires_at > now, CODE.code_hash != "",
    )  # fmt: skip
    row = connection.execute(mine.order_by(CODE.sent_at.desc(), CODE.id).limit(1)).first()
    return None if row is None else Sent(**row._mapping)


def count_try(connection: Connection, workspace: str, id: str, most: int) -> bool:
    """Count one more try; False when there were enough: of many at once only so many get in."""
    one = update(phone_code).where(CODE.workspace == workspace, CODE.id == id, CODE.tries < most)
    return connection.execute(one.values(tries=CODE.tries + 1)).rowcount == 1


def mark(connection: Connection, workspace: str, id: str, until: datetime) -> None:
    """The code was right: the number is vouched for until then, and the code is good no more."""
    right = update(phone_code).where(CODE.workspace == workspace, CODE.id == id)
    connection.execute(right.values(verified=True, code_hash="", expires_at=until))


def spend(connection: Connection, workspace: str, form: str, holder: str, number: str, now: datetime) -> bool:
    """Whether the number was vouched for; once used it is no more."""
    good = (
        update(phone_code)
        .where(CODE.workspace == workspace, CODE.form == form, CODE.holder == holder, CODE.number == number)
        .where(CODE.verified.is_(True), CODE.expires_at > now)
        .values(verified=False)
    )
    return connection.execute(good).rowcount > 0


def prune(connection: Connection, before: datetime) -> int:
    """Forget what was sent long ago."""
    return connection.execute(delete(phone_code).where(CODE.sent_at < before)).rowcount
