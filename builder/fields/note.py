"""Words for who fills the form 说明文字: formatted, with links; no value."""

from typing import Any, Literal

from pydantic import Field as Setting
from pydantic import field_validator

from builder.field import FieldType, Json, Kind
from builder.markup import clean
from builder.problem import FieldError


class Note(FieldType):
    """`html` is cleaned when the definition is read, so that no script can be published."""

    kind = Kind.TEXT
    valued = False
    html: str = Setting(default="", max_length=20_000)
    tone: Literal["plain", "tip", "warning"] = "plain"

    @field_validator("html")
    @classmethod
    def _cleaned(cls, html: str) -> str:
        return clean(html, pictures=False)

    def coerce(self, raw: Json) -> Json:
        """Nothing can be filled in here."""
        raise FieldError("holds_no_value")

    def value_schema(self) -> dict[str, Any]:
        """Always blank."""
        return {"type": "null"}
