"""A mobile number 手机: one that a message can be sent to."""

import re
from typing import Any

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, text_of
from builder.problem import FieldError

CHINESE = re.compile(r"^1[3-9]\d{9}$")
ABROAD = re.compile(r"^\+[1-9]\d{6,14}$")
PLAIN = str.maketrans("０１２３４５６７８９＋－（）", "0123456789+-()")


class Mobile(FieldType):
    """Eleven digits for China; with `abroad`, a number of any country with its + and code."""

    kind = Kind.TEXT
    abroad: bool = False
    verify: bool = Setting(default=False, description="a code sent to it must be typed before it is kept")

    def coerce(self, raw: Json) -> str | None:
        """The number without blanks and dashes; +86 falls away."""
        text = re.sub(r"[\s\-()]", "", text_of(raw, 200).translate(PLAIN))
        bare = re.sub(r"^(?:\+86|0086|86(?=1\d{10}$))", "", text)
        if not text:
            return None
        if CHINESE.match(bare):
            return bare
        if self.abroad and ABROAD.match(text):
            return text
        raise FieldError("must_be_mobile")

    def value_schema(self) -> dict[str, Any]:
        """Digits, with a + for numbers abroad."""
        return {"type": ["string", "null"], "pattern": r"^\+?\d{7,15}$"}
