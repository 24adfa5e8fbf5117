"""Departments of the workspace 部门多选."""

from typing import Any, ClassVar, Literal

from pydantic import Field as Setting

from builder.among import Among
from builder.field import FieldType, Finder, Json, Kind, Names
from builder.listed import MOST, distinct_ids, read_listed
from builder.problem import FieldError


class Departments(FieldType):
    """The ids of departments, in the order in which they were chosen."""

    kind = Kind.LIST
    people: ClassVar[Literal["member", "department"]] = "department"
    among: Among = Among()
    max_count: int | None = Setting(default=None, ge=1, le=MOST)

    def coerce(self, raw: Json) -> list[str] | None:
        """The ids once each; that there are such departments is the record engine's to check."""
        return distinct_ids(raw, self.max_count)

    def value_schema(self) -> dict[str, Any]:
        """A list of ids."""
        return {"type": ["array", "null"], "items": {"type": "string", "maxLength": 64}, "maxItems": MOST}

    def display(self, value: Json, names: Names) -> str:
        """Their names, joined."""
        return ", ".join(names.department(id) for id in value or ())

    def mentions(self) -> tuple[str, ...]:
        """The field whose departments narrow the choice."""
        return (self.among.field,) if self.among.field else ()

    def read(self, text: str, names: Finder) -> list[str]:
        """The ids of those whose names stand in `text`, separated by commas."""
        return read_listed(text, names.find_department, _strange)


def _strange(text: str) -> str:
    raise FieldError("no_such_department", value=text[:80])
