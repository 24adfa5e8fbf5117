"""One of several options 单选/下拉."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field as Setting

from builder.field import FieldType, Finder, Json, Kind, Names
from builder.option import OTHER, Option, id_of, label_of, offered_of, other_of
from builder.problem import FieldError
from builder.recognising import Sure
from builder.source import Origin

FEW, MOST_WORDS = 12, 100


class Choice(FieldType):
    """The id of one option; with `other`, also `other:` and a text of one's own."""

    kind = Kind.TEXT
    options: tuple[Option, ...] = Setting(default=(), max_length=500)
    shown_as: Literal["dropdown", "radio", "buttons"] = "dropdown"
    other: bool = Setting(default=False, description="lets people write an answer of their own")
    source: Origin | None = None
    """Instead of options of its own, what another form's records hold; a value is that text."""

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """Few short words that come again and again; short words at all may be wanted as options."""
        words = list(dict.fromkeys(text.strip() for text in texts))
        if not 2 <= len(words) <= MOST_WORDS or any(len(word) > 20 for word in words):
            return None
        few = len(texts) >= 8 and len(words) <= FEW and len(words) * 3 <= len(texts)
        clear = few and not any(word.isdigit() for word in words)
        options = [{"id": f"option_{at}", "label": word} for at, word in enumerate(words, 1)]
        return 0.6 if clear else 0.05, {"options": options}

    def coerce(self, raw: Json) -> str | None:
        """The option's id; a retired one may stay, which the record engine allows for unchanged values only."""
        if self.other and isinstance(raw, str) and raw.startswith(OTHER):
            return other_of(self.options, raw[len(OTHER) :])
        if self.source is not None:
            return offered_of(raw)
        if not isinstance(raw, str) or raw not in self.option_ids():
            raise FieldError("no_such_option", value=str(raw)[:80])
        return raw

    def value_schema(self) -> dict[str, Any]:
        """Text; options may go while old values stay."""
        return {"type": ["string", "null"], "maxLength": 206}

    def display(self, value: Json, names: Names) -> str:
        """The option's label."""
        return "" if value is None else label_of(self.options, value)

    def option_ids(self) -> tuple[str, ...]:
        """The ids that may be chosen."""
        return () if self.source is not None else tuple(option.id for option in self.options)

    def read(self, text: str, names: Finder) -> str | None:
        """The id of the option labelled `text`, or a text of one's own where that is allowed."""
        if self.source is not None:
            return text.strip()
        try:
            return id_of(self.options, text)
        except FieldError:
            if not self.other:
                raise
            return other_of(self.options, text)
