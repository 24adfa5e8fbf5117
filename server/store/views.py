"""Views that members save from a list, and what each prefers there, in SQL 视图与偏好."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, or_, select, update

from server.store.tables import list_habit, saved_view
from server.store.upsert import upsert


@dataclass(frozen=True)
class SavedView:
    """A way to look at a form; `owner` is a member, or "" when everybody of the app has it."""

    id: str
    form: str
    owner: str
    name: str
    state: dict[str, Any]
    created_at: datetime


def of_form(connection: Connection, workspace: str, form: str) -> list[SavedView]:
    """Every view of a form, whoever saved it, oldest first."""
    mine = (saved_view.c.workspace == workspace) & (saved_view.c.form == form)
    return _read(connection, select(saved_view).where(mine))


def views_of(connection: Connection, workspace: str, form: str, member: str) -> list[SavedView]:
    """The shared views of a form and the member's own, oldest first."""
    mine = (saved_view.c.workspace == workspace) & (saved_view.c.form == form)
    seen = select(saved_view).where(mine, or_(saved_view.c.owner == "", saved_view.c.owner == member))
    return _read(connection, seen)


def _read(connection: Connection, asked: Select[Any]) -> list[SavedView]:
    rows = connection.execute(asked.order_by(saved_view.c.created_at, saved_view.c.id))
    return [SavedView(**{name: row._mapping[name] for name in SavedView.__dataclass_fields__}) for row in rows]


def count(connection: Connection, workspace: str, form: str, owner: str) -> int:
    """How many views a member has of a form; with "" how many are shared."""
    mine = (saved_view.c.workspace == workspace, saved_view.c.form == form, saved_view.c.owner == owner)
    return connection.execute(select(func.count()).select_from(saved_view).where(*mine)).scalar_one()


def add(connection: Connection, workspace: str, view: SavedView) -> None:
    """Keep a new view."""
    connection.execute(insert(saved_view), [{**vars(view), "workspace": workspace}])


def change(connection: Connection, workspace: str, id: str, **values: Any) -> None:
    """Another name or another state."""
    one = (saved_view.c.workspace == workspace) & (saved_view.c.id == id)
    connection.execute(update(saved_view).where(one).values(values))


def drop(connection: Connection, workspace: str, id: str) -> None:
    """Remove a view."""
    connection.execute(delete(saved_view).where(saved_view.c.workspace == workspace, saved_view.c.id == id))


def habit(connection: Connection, workspace: str, member: str, form: str, *, lock: bool = False) -> dict[str, Any]:
    """What a member prefers in a form's list."""
    mine = (list_habit.c.workspace == workspace, list_habit.c.member == member, list_habit.c.form == form)
    one = select(list_habit.c.value).where(*mine)
    found = connection.execute(one.with_for_update() if lock else one).scalar()
    return dict(found or {})


def keep_habit(connection: Connection, workspace: str, member: str, form: str, value: dict[str, Any]) -> None:
    """Keep it."""
    upsert(connection, list_habit, [{"workspace": workspace, "member": member, "form": form, "value": value}])
