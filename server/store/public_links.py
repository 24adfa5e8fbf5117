"""Public links in SQL 公开链接: found by their token alone, counted in one statement, used once by a device."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from runtime.public import PublicLink, Terms
from server.store.tables import public_link, public_use
from server.store.upsert import unless_there

LINK = public_link.c


def _row(workspace: str, link: PublicLink) -> dict[str, Any]:
    terms = link.terms.model_dump(mode="json", exclude_defaults=True)
    return {**vars(link), "workspace": workspace, "terms": terms, "most": link.terms.limit}


def _link(row: Row[Any]) -> PublicLink:
    held = row._mapping
    return PublicLink(
        held["id"], held["token"], held["form"], held["kind"], Terms.model_validate(held["terms"]),
        held["password_hash"], held["enabled"], held["used"], held["created_by"], held["created_at"],
    )  # fmt: skip


def add(connection: Connection, workspace: str, link: PublicLink) -> None:
    """Keep a new link."""
    connection.execute(insert(public_link), [_row(workspace, link)])


def change(connection: Connection, workspace: str, link: PublicLink) -> None:
    """Keep a link's terms, password and whether it works; its count is its own."""
    row = _row(workspace, link)
    kept = {name: row[name] for name in ("terms", "most", "password_hash", "enabled")}
    connection.execute(update(public_link).where(LINK.workspace == workspace, LINK.id == link.id).values(**kept))


def drop(connection: Connection, workspace: str, id: str) -> None:
    """Remove a link and what is known of its uses; the records that came in by it stay."""
    connection.execute(delete(public_use).where(public_use.c.workspace == workspace, public_use.c.public_link == id))
    connection.execute(delete(public_link).where(LINK.workspace == workspace, LINK.id == id))


def of_form(connection: Connection, workspace: str, form: str) -> list[PublicLink]:
    """The links of a form, oldest first."""
    mine = select(public_link).where(LINK.workspace == workspace, LINK.form == form).order_by(LINK.created_at, LINK.id)
    return [_link(row) for row in connection.execute(mine)]


def find(connection: Connection, workspace: str, id: str) -> PublicLink | None:
    """A link of the workspace."""
    row = connection.execute(select(public_link).where(LINK.workspace == workspace, LINK.id == id)).first()
    return None if row is None else _link(row)


def by_token(connection: Connection, token: str) -> tuple[str, PublicLink] | None:
    """The workspace and the link that a token opens: the only question that names no workspace."""
    row = connection.execute(select(public_link).where(LINK.token == token)).first()
    return None if row is None else (row._mapping["workspace"], _link(row))


def count_one(connection: Connection, workspace: str, id: str) -> bool:
    """Count one more use; False when the link's limit is reached: of two at once only one gets the last place."""
    room = or_(LINK.most == 0, LINK.used < LINK.most)
    one = update(public_link).where(LINK.workspace == workspace, LINK.id == id, room).values(used=LINK.used + 1)
    return connection.execute(one).rowcount == 1


def note_use(connection: Connection, workspace: str, id: str, key: str, at: datetime) -> bool:
    """Note that `key` (a device, or one attempt to send) has used the link; False when it had before."""
    row = {"workspace": workspace, "public_link": id, "key": key, "at": at}
    return connection.execute(unless_there(connection.dialect.name, public_use), row).rowcount == 1


def has_used(connection: Connection, workspace: str, id: str, key: str) -> bool:
    """Whether `key` has used the link."""
    use = public_use.c
    mine = select(use.key).where(use.workspace == workspace, use.public_link == id, use.key == key)
    return connection.execute(mine).first() is not None
