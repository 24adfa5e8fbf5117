"""A signature 手写签名, drawn with finger, pen or mouse."""

from typing import Any

from builder.field import FieldType, Json, Kind, Names
from builder.stored_files import files_of, files_schema, ids_of

LARGEST = 2
"""In megabytes; a drawn line is a few kilobytes."""


class Signature(FieldType):
    """A list of one picture file, so that it is kept, read and cleared away as files are."""

    kind = Kind.LIST
    copyable = False

    def coerce(self, raw: Json) -> list[dict[str, Json]] | None:
        """The drawn picture."""
        return files_of(raw, 1, LARGEST, ("png",))

    def value_schema(self) -> dict[str, Any]:
        """A list of one file."""
        return files_schema(1)

    def display(self, value: Json, names: Names) -> str:
        """That it is signed."""
        return ("Signed" if names.language == "en" else "已签名") if value else ""

    def files(self, value: Json) -> tuple[str, ...]:
        """The id of the picture."""
        return ids_of(value)
