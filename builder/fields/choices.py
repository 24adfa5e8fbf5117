"""Any number of options 复选."""

from typing import Any, Literal

from pydantic import Field as Setting

from builder.field import FieldType, Finder, Json, Kind, Names
from builder.listed import inline, quoted, read_listed, unquoted
from builder.option import OTHER, Option, id_of, label_of, offered_of, other_of
from builder.problem import FieldError
from builder.source import Origin


class Choices(FieldType):
    """The ids of the chosen options, in the options' order; with `other`, last `other:` and a text of one's own."""

    kind = Kind.LIST
    options: tuple[Option, ...] = Setting(default=(), max_length=500)
    shown_as: Literal["dropdown", "checkbox", "buttons"] = "dropdown"
    other: bool = Setting(default=False, description="lets people write an answer of their own")
    min_count: int | None = Setting(default=None, ge=1)
    max_count: int | None = Setting(default=None, ge=1)
    source: Origin | None = None
    """Instead of options of its own, what other forms' records hold; a value is a list of such texts."""

    def coerce(self, raw: Json) -> list[str] | None:
        """The chosen ids once each; nothing chosen is blank."""
        chosen = [raw] if isinstance(raw, str) else raw
        if not isinstance(chosen, list) or len(chosen) > 500:
            raise FieldError("must_be_list")
        found = [self._one(value) for value in chosen]
        own = [value for value in dict.fromkeys(found) if value and value.startswith(OTHER)][:1]
        known = self.option_ids() if self.source is None else [id for id in found if id and id not in own]
        kept = [id for id in dict.fromkeys(known) if id in found] + own
        if self.max_count is not None and len(kept) > self.max_count:
            raise FieldError("too_many_chosen", limit=self.max_count)
        if kept and self.min_count is not None and len(kept) < self.min_count:
            raise FieldError("too_few_chosen", limit=self.min_count)
        return kept or None

    def value_schema(self) -> dict[str, Any]:
        """A list of texts."""
        return {"type": ["array", "null"], "items": {"type": "string", "maxLength": 206}, "maxItems": 501}

    def display(self, value: Json, names: Names) -> str:
        """The labels, joined."""
        return ", ".join(label_of(self.options, id) for id in value or ())

    def write(self, value: Json) -> str:
        """The labels so that they can be told apart again, whatever signs are in them."""
        labels = [label_of(self.options, id) for id in value or ()]
        return quoted(labels) if self.source is not None else ", ".join(labels)

    def option_ids(self) -> tuple[str, ...]:
        """The ids that may be chosen."""
        return () if self.source is not None else tuple(option.id for option in self.options)

    def read(self, text: str, names: Finder) -> list[str]:
        """The ids of the options whose labels stand in `text`, separated by commas."""
        if self.source is not None:
            return unquoted(text)
        return read_listed(text, self._labelled, self._strange)

    def _one(self, value: Json) -> str | None:
        if self.other and isinstance(value, str) and value.startswith(OTHER):
            return other_of(self.options, inline(value[len(OTHER) :]))
        if self.source is not None:
            return offered_of(value)
        if value not in self.option_ids():
            raise FieldError("no_such_option", value=str(value)[:80])
        return str(value)

    def _labelled(self, text: str) -> str | None:
        try:
            return id_of(self.options, text)
        except FieldError:
            return None

    def _strange(self, text: str) -> str:
        if not self.other:
            raise FieldError("no_such_option", value=text[:80])
        return other_of(self.options, text) or OTHER
