"""Any number of options 复选."""

import re
from typing import Any

from pydantic import Field as Setting

from builder.field import FieldType, Finder, Json, Kind, Names
from builder.option import Option, id_of, label_of
from builder.problem import FieldError

SEPARATORS = re.compile(r"[,，;；、|\n]")


class Choices(FieldType):
    """The ids of the chosen options, in the options' order."""

    kind = Kind.LIST
    options: tuple[Option, ...] = Setting(default=(), max_length=500)
    max_count: int | None = Setting(default=None, ge=1)

    def coerce(self, raw: Json) -> list[str] | None:
        """The chosen ids once each; nothing chosen is blank."""
        chosen = [raw] if isinstance(raw, str) else raw
        if not isinstance(chosen, list) or len(chosen) > 500:
            raise FieldError("must_be_list")
        known = self.option_ids()
        for value in chosen:
            if value not in known:
                raise FieldError("no_such_option", value=str(value)[:80])
        if self.max_count is not None and len(set(chosen)) > self.max_count:
            raise FieldError("too_many_chosen", limit=self.max_count)
        return [id for id in known if id in chosen] or None

    def value_schema(self) -> dict[str, Any]:
        """A list of texts."""
        return {"type": ["array", "null"], "items": {"type": "string", "maxLength": 63}, "maxItems": 500}

    def display(self, value: Json, names: Names) -> str:
        """The labels, joined."""
        return ", ".join(label_of(self.options, id) for id in value or ())

    def option_ids(self) -> tuple[str, ...]:
        """The ids that may be chosen."""
        return tuple(option.id for option in self.options)

    def read(self, text: str, names: Finder) -> list[str]:
        """The ids of the options whose labels stand in `text`, separated by commas."""
        return [id_of(self.options, part) for part in SEPARATORS.split(text) if part.strip()]
