"""A pointer to a record of another form 关联数据, which may fill other fields."""

from typing import Any

from pydantic import Field as Setting

from builder.field import Finder, Json, Kind, Names, text_of
from builder.model import Slug
from builder.pointing import Pointer
from builder.problem import FieldError


class Reference(Pointer):
    """The id of one record of `form`; picking it copies its fields into this form's, as `fill` says.

    `fill` maps a field of this form (or row) to a field of the other.
    """

    kind = Kind.TEXT
    fill: dict[Slug, Slug] = Setting(default_factory=dict)

    def dump(self) -> dict[str, Any]:
        """What is filled stands beside the form that it comes from."""
        raw = super().dump()
        fill = {"fill": raw.pop("fill")} if "fill" in raw else {}
        return {"form": raw.pop("form"), **fill, **raw}

    def coerce(self, raw: Json) -> str | None:
        """The id; that there is such a record is the record engine's to check."""
        return text_of(raw, 64)

    def value_schema(self) -> dict[str, Any]:
        """A record's id."""
        return {"type": ["string", "null"], "maxLength": 64}

    def display(self, value: Json, names: Names) -> str:
        """The record's title."""
        return "" if value is None else names.title(self.form, value)

    def targets(self, value: Json) -> tuple[str, ...]:
        """The one record named."""
        return () if value is None else (value,)

    def read(self, text: str, names: Finder) -> str:
        """The id of the record titled `text`."""
        found = names.find_record(self.form, text.strip())
        if found is None:
            raise FieldError("no_such_record", value=text.strip()[:80])
        return found
