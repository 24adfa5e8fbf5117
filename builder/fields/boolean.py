"""Yes or no 是否."""

from collections.abc import Sequence
from typing import Any, Literal

from builder.field import FieldType, Json, Kind, Names
from builder.problem import FieldError
from builder.recognising import Sure

YES = {"true", "yes", "y", "1", "是", "√", "✓", "on"}
NO = {"false", "no", "n", "0", "否", "×", "off"}


class Boolean(FieldType):
    """A switch; blank is neither."""

    kind = Kind.BOOLEAN
    shown_as: Literal["switch", "checkbox"] = "switch"

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """Words for yes and no; digits alone are numbers."""
        words = {text.strip().lower() for text in texts}
        return (0.95, {}) if words and words <= YES | NO and not words <= {"0", "1"} else None

    def coerce(self, raw: Json) -> bool | None:
        """True or false; 是/否, yes/no and 1/0 are understood too."""
        if isinstance(raw, bool):
            return raw
        word = str(raw).strip().lower() if isinstance(raw, str | int) else ""
        if word in YES or word in NO:
            return word in YES
        raise FieldError("must_be_boolean")

    def value_schema(self) -> dict[str, Any]:
        """True, false or blank."""
        return {"type": ["boolean", "null"]}

    def display(self, value: Json, names: Names) -> str:
        """是/否 or Yes/No."""
        words = ("Yes", "No") if names.language == "en" else ("是", "否")
        return "" if value is None else words[0 if value else 1]
