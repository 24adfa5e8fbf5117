"""A live table of another form's records 查询: looked up whenever the page is shown, never stored."""

from typing import Any

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind
from builder.filter import EVERYTHING, Filter
from builder.model import Slug
from builder.problem import FieldError
from builder.sort import Sort
from builder.source import Source


class Lookup(FieldType):
    """Records of `form`, or rows of an `aggregate`, that answer `filter`, which may speak of this record
    (`@this.customer`)."""

    kind = Kind.TEXT
    valued = False
    form: str = Setting(default="", max_length=63)
    aggregate: str = Setting(default="", max_length=63)
    filter: Filter = EVERYTHING
    sort: tuple[Sort, ...] = Setting(default=(), max_length=5)
    columns: tuple[Slug, ...] = Setting(default=(), max_length=20)
    limit: int = Setting(default=10, ge=1, le=50)

    def coerce(self, raw: Json) -> None:
        """Nothing can be filled in here."""
        raise FieldError("holds_no_value")

    def value_schema(self) -> dict[str, Any]:
        """Nothing."""
        return {"type": "null"}

    def shows(self) -> tuple[Source, tuple[str, ...], int]:
        """The records, their columns, and how many at once."""
        source = {"aggregate": self.aggregate} if self.aggregate else {"form": self.form}
        return Source(**source, filter=self.filter, sort=self.sort), self.columns, self.limit
