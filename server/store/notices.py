"""What members were told, and what was set, in SQL 消息与偏好的存储: the ports `Notices` and `Preferences`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, literal, select, tuple_, update

from runtime.ports import Json, Notice
from server.store import cursor
from server.store.direct import Direct
from server.store.tables import notice, preference
from server.store.upsert import upsert

COUNTED = 100
SET = Direct(
    select(preference.c.value)
    .where(preference.c.workspace == bindparam("w"), preference.c.member == bindparam("m"))
    .where(preference.c.name == bindparam("n"))
)


class SqlNotices:
    """What members were told."""

    def __init__(self, connection: Connection, workspace: str) -> None:
        self.connection, self.workspace = connection, workspace

    def _of(self, member: str) -> ColumnElement[bool]:
        mine: ColumnElement[bool] = (notice.c.workspace == self.workspace) & (notice.c.member == member)
        return mine & notice.c.shown.is_(True)

    def put(self, notices: Sequence[Notice]) -> None:
        """Insert or replace notices."""
        upsert(self.connection, notice, [{**vars(each), "workspace": self.workspace} for each in notices])

    def page(self, member: str, *, unread: bool = False, limit: int = 30, after: str = "") -> tuple[list[Notice], str]:
        """A member's shown notices, newest first, with the next cursor."""
        own = select(notice).where(self._of(member))
        if unread:
            own = own.where(notice.c.read_at.is_(None))
        if after:
            at, last = cursor.read_moment(after)
            place = tuple_(literal(at, notice.c.at.type), literal(last, notice.c.id.type))
            own = own.where(tuple_(notice.c.at, notice.c.id) < place)
        newest = own.order_by(notice.c.at.desc(), notice.c.id.desc()).limit(limit + 1)
        found = [_notice(row) for row in self.connection.execute(newest)]
        more = len(found) > limit and limit
        return found[:limit], cursor.write_moment(found[limit - 1].at, found[limit - 1].id) if more else ""

    def unread(self, member: str) -> int:
        """How many shown notices the member has not read, counted to a hundred."""
        own = select(notice.c.id).where(self._of(member), notice.c.read_at.is_(None)).limit(COUNTED)
        return self.connection.execute(select(func.count()).select_from(own.subquery())).scalar_one()

    def read(self, member: str, ids: Sequence[str] | None, at: datetime) -> None:
        """Mark notices of the member as read."""
        mine = self._of(member) & notice.c.read_at.is_(None)
        if ids is not None:
            mine &= notice.c.id.in_(list(ids))
        self.connection.execute(update(notice).where(mine).values(read_at=at))

    def wanted(self, channel: str, member: str = "", limit: int = 100) -> list[Notice]:
        """Notices still to be sent, oldest first."""
        mine = (notice.c.workspace == self.workspace) & (notice.c[channel] == "wanted")
        if member:
            mine &= notice.c.member == member
        rows = self.connection.execute(select(notice).where(mine).order_by(notice.c.at, notice.c.id).limit(limit))
        return [_notice(row) for row in rows]


def _notice(row: Row[Any]) -> Notice:
    return Notice(**{name: row._mapping[name] for name in Notice.__dataclass_fields__})


def prune_notices(connection: Connection, before: datetime) -> int:
    """Forget old notices."""
    return connection.execute(delete(notice).where(notice.c.at < before)).rowcount


class SqlPreferences:
    """What was set; each is read once in a transaction."""

    def __init__(self, connection: Connection, workspace: str) -> None:
        self.connection, self.workspace = connection, workspace
        self.known: dict[tuple[str, str], Json] = {}

    def get(self, name: str, member: str = "") -> Json:
        """What was set; None when nothing was."""
        if (member, name) not in self.known:
            row = SET.first(self.connection, {"w": self.workspace, "m": member, "n": name})
            self.known[member, name] = None if row is None else row[0]
        return self.known[member, name]

    def put(self, name: str, value: Json, member: str = "") -> None:
        """Set it."""
        row = {"workspace": self.workspace, "member": member, "name": name, "value": value}
        upsert(self.connection, preference, [row])
        self.known[member, name] = value
