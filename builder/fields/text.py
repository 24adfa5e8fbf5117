"""A line of text 单行文本."""

from typing import Any

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, text_of
from builder.problem import FieldError


class Text(FieldType):
    """One line; runs of white space at the ends do not count."""

    kind = Kind.TEXT
    max_length: int = Setting(default=500, ge=1, le=2000)

    def coerce(self, raw: Json) -> str | None:
        """The line, trimmed; line breaks become spaces."""
        text = text_of(raw, 2_000).replace("\r", " ").replace("\n", " ").strip()
        if len(text) > self.max_length:
            raise FieldError("text_too_long", limit=self.max_length, length=len(text))
        return text or None

    def value_schema(self) -> dict[str, Any]:
        """Text of at most `max_length` characters."""
        return {"type": ["string", "null"], "maxLength": self.max_length}
