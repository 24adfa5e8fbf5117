"""A pointer to a record of another form 关联数据, which may fill other fields."""

from typing import Any, Literal

from pydantic import Field as Setting

from builder.field import FieldType, Finder, Json, Kind, Names, text_of
from builder.filter import EVERYTHING, Filter
from builder.model import Slug
from builder.problem import FieldError
from builder.sort import Sort


class Reference(FieldType):
    """The id of one record of `form`; picking it copies its fields into this form's, as `fill` says.

    When the record goes, those that point to it stop it (block), lose it (clear) or go with it (cascade).
    `fill` maps a field of this form (or row) to a field of the other.
    """

    kind = Kind.TEXT
    form: Slug
    fill: dict[Slug, Slug] = Setting(default_factory=dict)
    show: tuple[Slug, ...] = ()
    filter: Filter = EVERYTHING
    """Which records may be picked; a value may be `@this.region`, a field of the record that picks."""
    sort: tuple[Sort, ...] = Setting(default=(), max_length=5)
    on_delete: Literal["block", "clear", "cascade"] = "block"

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
