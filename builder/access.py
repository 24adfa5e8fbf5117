"""Who may do what 授权: the only file that knows. Everything else asks `decide`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from builder.definition import Audience, Form, Operation, PermissionGroup
from builder.filter import EVERYTHING, NOTHING, Filter, either, matches, names

SYSTEM_FIELDS: Mapping[str, str] = {
    "id": "text",
    "created_at": "time",
    "created_by": "text",
    "updated_at": "time",
    "updated_by": "text",
    "status": "text",
}
"""What every record has beside its form's fields, with the storage kind; always readable, never writable."""


@dataclass(frozen=True)
class Actor:
    """Who is acting 操作者: a member, or the machine itself with its reason. No actor is not representable.

    `departments` are the member's own and those above them; `roles` are role ids. Somebody who came by a public link
    is nobody of the workspace: he has the `opening` of the link and no other right, and `id` is the member for whom
    the link collects.
    """

    kind: Literal["member", "system", "public"]
    id: str
    roles: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    admin: bool = False
    reason: str = ""
    opening: "Opening | None" = None


def system(reason: str) -> Actor:
    """The machine itself, saying why it acts."""
    return Actor("system", "system", admin=True, reason=reason)


@dataclass(frozen=True)
class Slice:
    """Some rows, and the fields of them that may be read and written; None means every field."""

    rows: Filter
    read: frozenset[str] | None
    write: frozenset[str] | None
    hide: frozenset[str] = frozenset()

    def reads(self, fields: Iterable[str]) -> bool:
        """Whether all of `fields` may be read in these rows."""
        return all(self.may_read(field) for field in fields)

    def may_read(self, field: str) -> bool:
        """Whether `field` (or a column or path of it: `lines.cost`) may be read in these rows."""
        head = field.partition(".")[0]
        if head in SYSTEM_FIELDS:
            return True
        return not {field, head} & self.hide and (self.read is None or head in self.read)

    def may_write(self, field: str) -> bool:
        """Whether `field` (or a column of it) may be written in these rows."""
        head = field.partition(".")[0]
        return not {field, head} & self.hide and (self.write is None or head in self.write)


@dataclass(frozen=True)
class Opening:
    """The one thing that a public link 公开链接 lets anybody do: one operation on one form ("app.form")."""

    form: str
    operation: Literal["create", "read"]
    slice: Slice


@dataclass(frozen=True)
class Grant:
    """The answer to "may I": slices of rows and fields 授权. No slice means no."""

    operation: Operation
    slices: tuple[Slice, ...]

    @property
    def allowed(self) -> bool:
        """Whether there is anything to which the operation may be done."""
        return bool(self.slices)

    def rows(self, fields: Iterable[str] = ()) -> Filter:
        """The rows in which every one of `fields` may be read; a query that names them sees no other rows."""
        wanted = tuple(fields)
        return either(NOTHING, *(part.rows for part in self.slices if part.reads(wanted)))

    def covers(self, fields: Iterable[str]) -> bool:
        """Whether there is any row in which all of `fields` may be read."""
        wanted = tuple(fields)
        return any(part.reads(wanted) for part in self.slices)

    def over(self, values: Mapping[str, Any], kinds: Mapping[str, str]) -> "Grant":
        """The part of the grant that speaks of this record."""
        if self.everywhere:
            return self
        return Grant(self.operation, tuple(part for part in self.slices if matches(part.rows, values, kinds)))

    @cached_property
    def everywhere(self) -> bool:
        """Whether it speaks of every record alike."""
        return all(part.rows == EVERYTHING for part in self.slices)

    def may_write(self, field: str) -> bool:
        """Whether some slice lets write the field (or a column of it)."""
        if field not in self._written:
            self._written[field] = any(part.may_write(field) for part in self.slices)
        return self._written[field]

    @cached_property
    def _written(self) -> dict[str, bool]:
        return {}

    def readable(self, fields: Iterable[str]) -> frozenset[str]:
        """Those of `fields` that some slice lets read."""
        return frozenset(field for field in fields if any(part.may_read(field) for part in self.slices))

    def writable(self, fields: Iterable[str]) -> frozenset[str]:
        """Those of `fields` that some slice lets write."""
        return frozenset(filter(self.may_write, fields))


WHOLE = Slice(EVERYTHING, None, None)


def decide(actor: Actor, form: Form, operation: Operation, app: str = "") -> Grant:
    """What `actor` may do with records of `form` (of `app`). Row filters still hold placeholders such as `@me`."""
    if actor.kind == "public":
        opening = actor.opening
        meets = opening is not None and (opening.form, opening.operation) == (f"{app}.{form.id}", operation)
        return Grant(operation, (opening.slice,) if opening is not None and meets else ())
    if actor.admin:
        return Grant(operation, (WHOLE,))
    slices = tuple(
        _slice(group)
        for group in form.groups
        if group.enabled and operation in group.operations and meant(group.to, actor)
    )
    return Grant(operation, slices)


def meant(audience: Audience, actor: Actor) -> bool:
    """Whether `actor` is one of the audience; who came by a public link never is."""
    if actor.kind == "public":
        return False
    if actor.admin or audience.everyone:
        return True
    return bool(
        actor.roles & set(audience.roles)
        or actor.departments & set(audience.departments)
        or actor.id in audience.members
    )


def _slice(group: PermissionGroup) -> Slice:
    read = None if group.read is None else frozenset(group.read) | names(group.rows)
    write = None if group.write is None else frozenset(group.write)
    return Slice(group.rows, read, write, frozenset(group.hide))
