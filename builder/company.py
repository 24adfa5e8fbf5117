"""Values that name people or departments of the workspace 成员与部门的值: what one and several have in common."""

from typing import Any, ClassVar, Literal

from pydantic import Field as Setting

from builder.among import Among
from builder.field import FieldType, Finder, Json, Kind, Names, text_of
from builder.listed import MOST, distinct_ids, read_listed
from builder.problem import FieldError


class OfTheCompany(FieldType):
    """Who may be chosen; a type says how its own are named, found, and told to be unknown."""

    people: ClassVar[Literal["member", "department"]]
    unknown: ClassVar[str]
    among: Among = Among()

    def mentions(self) -> tuple[str, ...]:
        """The field whose departments narrow the choice."""
        return (self.among.field,) if self.among.field else ()

    def named(self, id: str, names: Names) -> str:
        """What the one with this id is called."""
        return names.department(id) if self.people == "department" else names.member(id)

    def sought(self, name: str, names: Finder) -> str | None:
        """The id of the one who is called so."""
        return names.find_department(name) if self.people == "department" else names.find_member(name)

    def strange(self, text: str) -> str:
        """Raises `FieldError`: nobody is called so."""
        raise FieldError(self.unknown, value=text[:80])


class OneOfTheCompany(OfTheCompany):
    """The id of one."""

    kind = Kind.TEXT

    def coerce(self, raw: Json) -> str | None:
        """The id; that there is such a one is the record engine's to check."""
        return text_of(raw, 64)

    def value_schema(self) -> dict[str, Any]:
        """An id."""
        return {"type": ["string", "null"], "maxLength": 64}

    def display(self, value: Json, names: Names) -> str:
        """The name."""
        return "" if value is None else self.named(value, names)

    def read(self, text: str, names: Finder) -> str:
        """The id of the one called `text`."""
        return self.sought(text.strip(), names) or self.strange(text.strip())


class SomeOfTheCompany(OfTheCompany):
    """The ids of any number, in the order in which they were chosen."""

    kind = Kind.LIST
    max_count: int | None = Setting(default=None, ge=1, le=MOST)

    def coerce(self, raw: Json) -> list[str] | None:
        """The ids once each; that there are such is the record engine's to check."""
        return distinct_ids(raw, self.max_count)

    def value_schema(self) -> dict[str, Any]:
        """A list of ids."""
        return {"type": ["array", "null"], "items": {"type": "string", "maxLength": 64}, "maxItems": MOST}

    def display(self, value: Json, names: Names) -> str:
        """Their names, joined."""
        return ", ".join(self.named(id, names) for id in value or ())

    def read(self, text: str, names: Finder) -> list[str]:
        """The ids of those whose names stand in `text`, separated by commas."""
        return read_listed(text, lambda name: self.sought(name, names), self.strange)
