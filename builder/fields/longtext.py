"""Paragraphs of text 多行文本."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, text_of
from builder.recognising import Sure


class LongText(FieldType):
    """Several lines, kept as typed; white space around the whole does not count."""

    kind = Kind.TEXT
    max_length: int = Setting(default=20_000, ge=1, le=100_000)
    lines: int = Setting(default=3, ge=1, le=30)

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """Several lines, or long ones."""
        long = any("\n" in text.strip() or len(text) > 120 for text in texts)
        return 0.5 if long else 0.04, {}

    def coerce(self, raw: Json) -> str | None:
        """The text with line breaks as \\n."""
        text = text_of(raw, self.max_length).replace("\r\n", "\n").replace("\r", "\n").strip()
        return text or None

    def value_schema(self) -> dict[str, Any]:
        """Text of at most `max_length` characters."""
        return {"type": ["string", "null"], "maxLength": self.max_length}
