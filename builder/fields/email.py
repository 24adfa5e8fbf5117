"""An e-mail address 邮箱."""

import re
from collections.abc import Sequence
from typing import Any

from builder.field import FieldType, Json, Kind, text_of
from builder.problem import FieldError
from builder.recognising import Sure, all_read

SHAPE = re.compile(r"^[^\s@<>\"',;]{1,64}@[^\s@<>\"',;.]{1,63}(?:\.[^\s@<>\"',;.]{1,63}){1,8}$")


class Email(FieldType):
    """One address; the part after the @ is lower-cased."""

    kind = Kind.TEXT

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """Addresses with an @."""
        return (0.97, {}) if all_read(texts, cls().coerce) else None

    def coerce(self, raw: Json) -> str | None:
        """The address, trimmed."""
        text = text_of(raw, 1_000).strip()
        if text and (len(text) > 254 or not SHAPE.match(text)):
            raise FieldError("must_be_email")
        name, _, host = text.rpartition("@")
        return f"{name}@{host.lower()}" if text else None

    def value_schema(self) -> dict[str, Any]:
        """An address."""
        return {"type": ["string", "null"], "maxLength": 254, "pattern": SHAPE.pattern}
