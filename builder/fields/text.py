"""A line of text 单行文本, of any shape or of one that can be checked."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field as Setting
from pydantic import field_validator

from builder.field import FieldType, Json, Kind, text_of
from builder.formats import FORMATS, Format, matches_pattern, usable_pattern
from builder.problem import FieldError
from builder.recognising import Sure


class Text(FieldType):
    """One line; runs of white space at the ends do not count. `pattern` is what the whole line must match."""

    kind = Kind.TEXT
    max_length: int = Setting(default=500, ge=1, le=2000)
    format: Format = ""
    pattern: str = Setting(default="", max_length=500)
    pattern_hint: str = Setting(default="", max_length=200)

    @field_validator("pattern")
    @classmethod
    def _usable(cls, pattern: str) -> str:
        return usable_pattern(pattern)

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """What is nothing else."""
        return 0.1, {}

    def coerce(self, raw: Json) -> str | None:
        """The line, trimmed; line breaks become spaces."""
        text = text_of(raw, 2_000).replace("\r", " ").replace("\n", " ").strip()
        if len(text) > self.max_length:
            raise FieldError("text_too_long", limit=self.max_length, length=len(text))
        if not text:
            return None
        if self.format in FORMATS:
            return FORMATS[self.format](text)
        if self.format == "pattern" and not matches_pattern(self.pattern, text):
            raise FieldError("text_not_as_asked", hint=self.pattern_hint or self.pattern)
        return text

    def value_schema(self) -> dict[str, Any]:
        """Text of at most `max_length` characters."""
        return {"type": ["string", "null"], "maxLength": self.max_length}
