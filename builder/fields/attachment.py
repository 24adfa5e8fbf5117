"""Files 附件 kept with a record."""

from typing import Any

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, Names
from builder.stored_files import files_of, files_schema, ids_of, names_of


class Attachment(FieldType):
    """A list of `{"id", "name", "size", "type"}`; the bytes are stored apart."""

    kind = Kind.LIST
    max_count: int = Setting(default=10, ge=1, le=50)
    max_megabytes: int = Setting(default=20, ge=1, le=100)
    extensions: tuple[str, ...] = Setting(default=(), max_length=50)

    def coerce(self, raw: Json) -> list[dict[str, Json]] | None:
        """The files named; that they are there, and whose, is the record engine's to check."""
        return files_of(raw, self.max_count, self.max_megabytes, self.extensions)

    def value_schema(self) -> dict[str, Any]:
        """A list of files."""
        return files_schema(self.max_count)

    def display(self, value: Json, names: Names) -> str:
        """The files' names."""
        return names_of(value)

    def files(self, value: Json) -> tuple[str, ...]:
        """The ids of the files."""
        return ids_of(value)
