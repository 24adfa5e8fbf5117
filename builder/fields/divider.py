"""A line with a heading 分割线 between fields; no value."""

from typing import Any, Literal

from builder.field import FieldType, Json, Kind
from builder.problem import FieldError


class Divider(FieldType):
    """Its label is the heading; without one it is a line."""

    kind = Kind.TEXT
    valued = False
    line: Literal["solid", "dashed", "none"] = "solid"

    def coerce(self, raw: Json) -> Json:
        """Nothing can be filled in here."""
        raise FieldError("holds_no_value")

    def value_schema(self) -> dict[str, Any]:
        """Always blank."""
        return {"type": "null"}
