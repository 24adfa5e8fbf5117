"""A page of another site 嵌入网页 within the form; no value."""

from typing import Any

from pydantic import Field as Setting
from pydantic import field_validator

from builder.field import FieldType, Json, Kind
from builder.links import checked_link, names_in
from builder.problem import FieldError


class Embed(FieldType):
    """`link` may name fields: `https://example.com/?no={number}`. The page is shown in a sandbox of its own."""

    kind = Kind.TEXT
    valued = False
    link: str = Setting(default="", max_length=2_000)
    height: int = Setting(default=320, ge=80, le=2000)

    @field_validator("link")
    @classmethod
    def _checked(cls, link: str) -> str:
        return checked_link(link, secure=True)

    def coerce(self, raw: Json) -> Json:
        """Nothing can be filled in here."""
        raise FieldError("holds_no_value")

    def value_schema(self) -> dict[str, Any]:
        """Always blank."""
        return {"type": "null"}

    def mentions(self) -> tuple[str, ...]:
        """The fields that the link names."""
        return names_in(self.link)
