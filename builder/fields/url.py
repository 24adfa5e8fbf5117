"""A web address 网址."""

import re
from collections.abc import Sequence
from typing import Any

from builder.field import FieldType, Json, Kind, text_of
from builder.problem import FieldError
from builder.recognising import Sure, all_read

SHAPE = re.compile(r"^https?://[^\s/?#<>\"]{1,253}(?:[/?#][^\s<>\"]*)?$", re.IGNORECASE)
SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.\-]*:(?!\d)")


class Url(FieldType):
    """An http or https address; no other scheme, so that a link can never run a script."""

    kind = Kind.TEXT

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """Addresses that say http."""
        said = all(text.strip().lower().startswith(("http://", "https://")) for text in texts)
        return (0.96, {}) if said and all_read(texts, cls().coerce) else None

    def coerce(self, raw: Json) -> str | None:
        """The address; https:// is put before a bare host."""
        text = text_of(raw, 5_000).strip()
        if text and not SCHEME.match(text):
            text = f"https://{text}"
        if text and (len(text) > 2_000 or not SHAPE.match(text)):
            raise FieldError("must_be_url")
        return text or None

    def value_schema(self) -> dict[str, Any]:
        """An http(s) address."""
        return {"type": ["string", "null"], "maxLength": 2000, "pattern": "^[hH][tT][tT][pP][sS]?://[^\\s]+$"}
