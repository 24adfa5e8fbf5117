"""A person of the workspace 成员."""

from typing import Any, ClassVar, Literal

from builder.among import Among
from builder.field import FieldType, Finder, Json, Kind, Names, text_of
from builder.problem import FieldError


class Member(FieldType):
    """The id of a member."""

    kind = Kind.TEXT
    people: ClassVar[Literal["member", "department"]] = "member"
    among: Among = Among()

    def coerce(self, raw: Json) -> str | None:
        """The id; that there is such a member is the record engine's to check."""
        return text_of(raw, 64)

    def value_schema(self) -> dict[str, Any]:
        """A member's id."""
        return {"type": ["string", "null"], "maxLength": 64}

    def display(self, value: Json, names: Names) -> str:
        """The member's name."""
        return "" if value is None else names.member(value)

    def mentions(self) -> tuple[str, ...]:
        """The field whose departments narrow the choice."""
        return (self.among.field,) if self.among.field else ()

    def read(self, text: str, names: Finder) -> str:
        """The id of the member called `text`."""
        found = names.find_member(text.strip())
        if found is None:
            raise FieldError("no_such_member", value=text.strip()[:80])
        return found
