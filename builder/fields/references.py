"""Pointers to several records of another form 关联多条数据."""

from typing import Any, ClassVar

from pydantic import Field as Setting

from builder.field import Finder, Json, Kind, Names
from builder.listed import MOST, distinct_ids, read_listed
from builder.pointing import Pointer
from builder.problem import FieldError


class References(Pointer):
    """The ids of records of `form`, in the order in which they were picked; the record goes on without one that goes,
    if it may. Formulas read through it into lists: `SUM(products.price)`.
    """

    kind = Kind.LIST
    fill: ClassVar[dict[str, str]] = {}
    min_count: int | None = Setting(default=None, ge=1, le=MOST)
    max_count: int | None = Setting(default=None, ge=1, le=MOST)

    def coerce(self, raw: Json) -> list[str] | None:
        """The ids once each; that there are such records is the record engine's to check."""
        return distinct_ids(raw, self.max_count)

    def judge(self, value: Json, today: str, timezone: str) -> None:
        """Whether enough are picked and not too many; none at all is for `required` to say."""
        count = len(value or ())
        if count and self.min_count is not None and count < self.min_count:
            raise FieldError("too_few_chosen", limit=self.min_count)
        if self.max_count is not None and count > self.max_count:
            raise FieldError("too_many_chosen", limit=self.max_count)

    def value_schema(self) -> dict[str, Any]:
        """A list of records' ids."""
        return {"type": ["array", "null"], "items": {"type": "string", "maxLength": 64}, "maxItems": MOST}

    def display(self, value: Json, names: Names) -> str:
        """The titles that may be known, joined."""
        return ", ".join(title for id in value or () if (title := names.title(self.form, id)))

    def targets(self, value: Json) -> tuple[str, ...]:
        """The records named."""
        return tuple(value or ())

    def read(self, text: str, names: Finder) -> list[str]:
        """The ids of the records whose titles stand in `text`, separated by commas."""
        return read_listed(text, lambda word: names.find_record(self.form, word), _strange)


def _strange(text: str) -> str:
    raise FieldError("no_such_record", value=text[:80])
