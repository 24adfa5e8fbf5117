"""Fields that show or do something and hold no value 无值字段: lines, words, buttons, pages and tables of others."""

from typing import Any

from builder.field import FieldType, Json, Kind
from builder.problem import FieldError


class Unvalued(FieldType):
    """Nothing can be filled in here."""

    kind = Kind.TEXT
    valued = False

    def coerce(self, raw: Json) -> None:
        """Raises `FieldError`, whatever is sent."""
        raise FieldError("holds_no_value")

    def value_schema(self) -> dict[str, Any]:
        """Always blank."""
        return {"type": "null"}
