"""A telephone number 电话."""

import re
from typing import Any

from builder.field import FieldType, Json, Kind, text_of
from builder.problem import FieldError

SHAPE = re.compile(r"^\+?[0-9][0-9 ()\-]{3,28}(?:[x转#]\d{1,6})?$")


class Phone(FieldType):
    """Digits with optional +, blanks, dashes and extension, kept as typed."""

    kind = Kind.TEXT

    def coerce(self, raw: Json) -> str | None:
        """The number, full-width digits made plain."""
        text = text_of(raw, 200).strip().translate(str.maketrans("０１２３４５６７８９＋－（）", "0123456789+-()"))
        if text and not SHAPE.match(text):
            raise FieldError("must_be_phone")
        return text or None

    def value_schema(self) -> dict[str, Any]:
        """Text of telephone characters."""
        return {"type": ["string", "null"], "maxLength": 40}
