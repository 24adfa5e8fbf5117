"""A telephone number 电话."""

import re
from collections.abc import Sequence
from typing import Any

from builder.field import FieldType, Json, Kind, text_of
from builder.problem import FieldError
from builder.recognising import Sure, all_read

SHAPE = re.compile(r"^\+?[0-9][0-9 ()\-]{3,28}(?:[x转#]\d{1,6})?$")

TELEPHONE = re.compile(r"^(1[3-9]\d{9}|\+\d[\d ()\-]{6,20}|0\d{2,3}-\d{7,8})$")


class Phone(FieldType):
    """Digits with optional +, blanks, dashes and extension, kept as typed."""

    kind = Kind.TEXT

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """Chinese mobile numbers, and numbers with a + or a dash after the area."""
        known = all(TELEPHONE.match(text.strip()) for text in texts)
        return (0.94, {}) if known and all_read(texts, cls().coerce) else None

    def coerce(self, raw: Json) -> str | None:
        """The number, full-width digits made plain."""
        text = text_of(raw, 200).strip().translate(str.maketrans("０１２３４５６７８９＋－（）", "0123456789+-()"))
        if text and not SHAPE.match(text):
            raise FieldError("must_be_phone")
        return text or None

    def value_schema(self) -> dict[str, Any]:
        """Text of telephone characters."""
        return {"type": ["string", "null"], "maxLength": 40, "pattern": r"^[0-9+()\- x转#]*$"}
