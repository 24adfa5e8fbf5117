"""Members, departments and roles of a workspace, in SQL 通讯录. Every change here raises the directory's revision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from runtime.ports import Department, Member
from server.store.caches import Caches, Revisions
from server.store.tables import department, department_head, member, member_department, member_role, role, workspace
from server.store.upsert import upsert


@dataclass(frozen=True)
class Role:
    """A named set of members; ids such as `sales_director` come with the app that speaks of them."""

    id: str
    name: str


@dataclass(frozen=True)
class Company:
    """Everybody and everything there is in a workspace's directory."""

    members: Mapping[str, Member]
    departments: Mapping[str, Department]
    roles: Mapping[str, Role]
    timezone: str


class SqlDirectory:
    """The directory of a workspace; read once per revision and process."""

    def __init__(
        self, connection: Connection, workspace: str, caches: Caches, revisions: Revisions | None = None
    ) -> None:
        self.connection, self.workspace, self.caches, self.revisions = connection, workspace, caches, revisions
        self._company: Company | None = None

    def company(self) -> Company:
        """All of it."""
        if self._company is None:
            known = self.revisions and (self.workspace, self.revisions.directory)
            self._company = self.caches.companies.get(known) if known else None
        if self._company is None:
            self._company = read_company(self.connection, self.workspace)
            if self.revisions:
                self.caches.companies.put((self.workspace, self.revisions.directory), self._company)
        return self._company

    def members(self) -> Mapping[str, Member]:
        """Everybody, also the disabled."""
        return self.company().members

    def departments(self) -> Mapping[str, Department]:
        """The tree of departments."""
        return self.company().departments

    def roles(self) -> Mapping[str, Role]:
        """The roles."""
        return self.company().roles

    def role_names(self) -> Mapping[str, str]:
        """The roles by id."""
        return {id: one.name for id, one in self.company().roles.items()}

    def timezone(self) -> str:
        """The workspace's time zone."""
        return self.company().timezone


def read_company(connection: Connection, id: str) -> Company:
    """The directory as it is now, in order of joining."""
    zone = connection.execute(select(workspace.c.timezone).where(workspace.c.id == id)).scalar()
    departments_of = _pairs(connection, id, member_department, "member", "department")
    roles_of = _pairs(connection, id, member_role, "member", "role")
    heads_of = _pairs(connection, id, department_head, "department", "member")
    people = {
        row.id: Member(
            row.id, row.name, departments_of.get(row.id, ()), roles_of.get(row.id, ()), row.admin, row.enabled,
            row.email, row.title,
        )
        for row in connection.execute(select(member).where(member.c.workspace == id).order_by(member.c.id))
    }  # fmt: skip
    tree = {
        row.id: Department(row.id, row.name, row.parent, heads_of.get(row.id, ()))
        for row in connection.execute(
            select(department).where(department.c.workspace == id).order_by(department.c.position, department.c.id)
        )
    }
    named = connection.execute(select(role).where(role.c.workspace == id).order_by(role.c.id))
    return Company(people, tree, {row.id: Role(row.id, row.name) for row in named}, zone or "Asia/Shanghai")


def _pairs(connection: Connection, id: str, table: Table, owner: str, owned: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(select(table).where(table.c.workspace == id).order_by(table.c[owned])):
        found[row._mapping[owner]] = (*found.get(row._mapping[owner], ()), row._mapping[owned])
    return found


def locked(connection: Connection, id: str) -> Company:
    """The directory as it is now, which nobody else changes until this transaction ends; others wait in line."""
    connection.execute(select(workspace.c.id).where(workspace.c.id == id).with_for_update())
    return read_company(connection, id)


def touch(connection: Connection, id: str) -> None:
    """Raise the directory's revision, so that every process reads it anew."""
    raised = {"directory_revision": workspace.c.directory_revision + 1}
    connection.execute(update(workspace).where(workspace.c.id == id).values(raised))


def add_members(
    connection: Connection, id: str, people: Iterable[Member], at: datetime, accounts: Mapping[str, str] | None = None
) -> None:
    """Add people; `accounts` maps member id → account id."""
    added = list(people)
    rows = [
        {**_head(person), "workspace": id, "account": (accounts or {}).get(person.id), "created_at": at}
        for person in added
    ]
    _put(connection, member, rows)
    for person in added:
        _set_lists(connection, id, person)
    touch(connection, id)


def change_member(connection: Connection, id: str, person: Member) -> bool:
    """Replace a member's name, title, e-mail, flags, departments and roles; False when there is none."""
    one = (member.c.workspace == id) & (member.c.id == person.id)
    changed = connection.execute(update(member).where(one).values(_head(person))).rowcount == 1
    if changed:
        _set_lists(connection, id, person)
        touch(connection, id)
    return changed


def bind_account(connection: Connection, id: str, member_id: str, account: str) -> None:
    """Say which person a member is."""
    one = (member.c.workspace == id) & (member.c.id == member_id)
    connection.execute(update(member).where(one).values(account=account))
    touch(connection, id)


def _head(person: Member) -> dict[str, Any]:
    return {name: getattr(person, name) for name in ("id", "name", "title", "email", "admin", "enabled")}


def _set_lists(connection: Connection, id: str, person: Member) -> None:
    for table, column, ids in (
        (member_department, "department", person.departments),
        (member_role, "role", person.roles),
    ):
        connection.execute(delete(table).where(table.c.workspace == id, table.c.member == person.id))
        _put(connection, table, [{"workspace": id, "member": person.id, column: each} for each in dict.fromkeys(ids)])


def put_departments(connection: Connection, id: str, parts: Sequence[Department]) -> None:
    """Add or replace departments, with their heads, in the given order."""
    for position, part in enumerate(parts):
        row = {"workspace": id, "id": part.id, "name": part.name, "parent": part.parent, "position": position}
        upsert(connection, department, [row])
        heads = (department_head.c.workspace == id) & (department_head.c.department == part.id)
        connection.execute(delete(department_head).where(heads))
        members = [{"workspace": id, "department": part.id, "member": head} for head in dict.fromkeys(part.heads)]
        _put(connection, department_head, members)
    touch(connection, id)


def put_department(connection: Connection, id: str, part: Department) -> None:
    """Add or replace one department, with its heads; it keeps its place among the others."""
    place = select(department.c.position).where(department.c.workspace == id, department.c.id == part.id)
    position = connection.execute(place).scalar()
    put_departments(connection, id, [part])
    kept = 1000 if position is None else position
    one = (department.c.workspace == id) & (department.c.id == part.id)
    connection.execute(update(department).where(one).values(position=kept))


def drop_department(connection: Connection, id: str, part: str) -> None:
    """Remove a department; those beneath it move up, its members and heads leave it."""
    one = (department.c.workspace == id) & (department.c.id == part)
    above = connection.execute(select(department.c.parent).where(one)).scalar() or ""
    beneath = (department.c.workspace == id) & (department.c.parent == part)
    connection.execute(update(department).where(beneath).values(parent=above))
    for table in (department_head, member_department):
        connection.execute(delete(table).where(table.c.workspace == id, table.c.department == part))
    connection.execute(delete(department).where(one))
    touch(connection, id)


def put_roles(connection: Connection, id: str, roles: Sequence[Role]) -> None:
    """Add or rename roles."""
    upsert(connection, role, [{"workspace": id, "id": each.id, "name": each.name} for each in roles])
    touch(connection, id)


def drop_role(connection: Connection, id: str, role_id: str) -> None:
    """Remove a role; its members lose it."""
    connection.execute(delete(member_role).where(member_role.c.workspace == id, member_role.c.role == role_id))
    connection.execute(delete(role).where(role.c.workspace == id, role.c.id == role_id))
    touch(connection, id)


def enable(connection: Connection, id: str, person: Member, enabled: bool) -> None:
    """Let a member in, or keep the member out."""
    change_member(connection, id, replace(person, enabled=enabled))


def _put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), list(rows))
