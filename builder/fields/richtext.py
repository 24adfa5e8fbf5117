"""Formatted text 富文本: headings, lists, links, and pictures that are our own stored files."""

from typing import Any

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, Names, text_of
from builder.markup import clean, pictures_in, words_of
from builder.problem import FieldError
from builder.retyping import paragraphs

LONGEST = 200_000


class RichText(FieldType):
    """HTML of a few harmless tags; whatever else was sent is gone when it is stored."""

    kind = Kind.TEXT
    max_length: int = Setting(default=20_000, ge=100, le=100_000)

    def coerce(self, raw: Json) -> str | None:
        """The cleaned text; without words and pictures it is blank."""
        html = clean(text_of(raw, LONGEST)).strip()
        if not words_of(html) and not pictures_in(html):
            return None
        if len(html) > self.max_length:
            raise FieldError("text_too_long", limit=self.max_length, length=len(html))
        return html

    def value_schema(self) -> dict[str, Any]:
        """HTML in a text."""
        return {"type": ["string", "null"], "maxLength": self.max_length}

    def display(self, value: Json, names: Names) -> str:
        """The words alone."""
        return "" if value is None else words_of(value)

    def write(self, value: Json) -> str:
        """With its formatting."""
        return str(value)

    def take(self, words: str) -> str:
        """Plain words of another type, line by line."""
        return paragraphs(words)

    def files(self, value: Json) -> tuple[str, ...]:
        """The ids of the pictures in it."""
        return pictures_in(value) if isinstance(value, str) else ()
