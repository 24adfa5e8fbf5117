"""A postal address 地址: province, city, district and the rest, as one text that filters can look into."""

import re
from typing import Any, Literal

from builder.field import FieldType, Json, Kind, Names, text_of
from builder.problem import FieldError

PARTS = ("province", "city", "district", "detail")
LONGEST = {"province": 40, "city": 40, "district": 40, "detail": 300}
SLASH = "/"


class Address(FieldType):
    """`广东省/深圳市/南山区/科技园1号`: what is not known is empty, what is empty at the end is left out.

    Names and not codes are kept: an old record stays readable when regions are renamed, and
    `starts with 广东省/深圳市` is a filter on every database.
    """

    kind = Kind.TEXT
    level: Literal["province", "city", "district"] = "district"
    detail: bool = True

    def coerce(self, raw: Json) -> str | None:
        """From the text, or from an object of province, city, district and detail."""
        if isinstance(raw, dict):
            strange = sorted(set(raw) - set(PARTS))
            if strange:
                raise FieldError("must_be_address")
            found = [_part(name, raw.get(name)) for name in PARTS]
        else:
            texts = text_of(raw, 2_000).split(SLASH, 3)
            found = [_part(name, text) for name, text in zip(PARTS, [*texts, "", "", ""], strict=False)]
        return SLASH.join(found).rstrip(SLASH) or None

    def value_schema(self) -> dict[str, Any]:
        """Up to four parts with slashes between them."""
        return {"type": ["string", "null"], "maxLength": 430}

    def display(self, value: Json, names: Names) -> str:
        """As it is written on an envelope; what repeats, such as a city that is a province, once."""
        if not value:
            return ""
        *regions, detail = [*str(value).split(SLASH, 3), "", "", ""][:4]
        told = [name for at, name in enumerate(regions) if name and name not in regions[:at]]
        joined = "".join(told) if not told or not told[0].isascii() else ", ".join(told)
        return f"{joined} {detail}".strip()

    def write(self, value: Json) -> str:
        """With its slashes."""
        return str(value)


def _part(name: str, raw: Json) -> str:
    text = re.sub(r"\s+", " ", text_of(raw, 2_000)).strip() if raw not in (None, "") else ""
    if name != "detail":
        text = text.replace(SLASH, " ").strip()
    if len(text) > LONGEST[name]:
        raise FieldError("text_too_long", limit=LONGEST[name], length=len(text))
    return text.rstrip(SLASH)
