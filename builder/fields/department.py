"""A department of the workspace 部门."""

from typing import Any, ClassVar, Literal

from builder.among import Among
from builder.field import FieldType, Finder, Json, Kind, Names, text_of
from builder.problem import FieldError


class Department(FieldType):
    """The id of a department."""

    kind = Kind.TEXT
    people: ClassVar[Literal["member", "department"]] = "department"
    among: Among = Among()

    def coerce(self, raw: Json) -> str | None:
        """The id; that there is such a department is the record engine's to check."""
        return text_of(raw, 64)

    def value_schema(self) -> dict[str, Any]:
        """A department's id."""
        return {"type": ["string", "null"], "maxLength": 64}

    def display(self, value: Json, names: Names) -> str:
        """The department's name."""
        return "" if value is None else names.department(value)

    def mentions(self) -> tuple[str, ...]:
        """The field whose departments narrow the choice."""
        return (self.among.field,) if self.among.field else ()

    def read(self, text: str, names: Finder) -> str:
        """The id of the department called `text`."""
        found = names.find_department(text.strip())
        if found is None:
            raise FieldError("no_such_department", value=text.strip()[:80])
        return found
