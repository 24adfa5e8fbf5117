"""Files 附件 kept with a record."""

from typing import Any

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, Names, text_of
from builder.problem import FieldError


class Attachment(FieldType):
    """A list of `{"id", "name", "size", "type"}`; the bytes are stored apart."""

    kind = Kind.LIST
    max_count: int = Setting(default=10, ge=1, le=50)
    max_megabytes: int = Setting(default=20, ge=1, le=100)
    extensions: tuple[str, ...] = Setting(default=(), max_length=50)

    def coerce(self, raw: Json) -> list[dict[str, Json]] | None:
        """The files named; that they are there, and whose, is the record engine's to check."""
        if not isinstance(raw, list):
            raise FieldError("must_be_files")
        if len(raw) > self.max_count:
            raise FieldError("too_many_files", limit=self.max_count)
        return [self._file(entry) for entry in raw] or None

    def value_schema(self) -> dict[str, Any]:
        """A list of files."""
        file = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
        return {"type": ["array", "null"], "items": file, "maxItems": self.max_count}

    def display(self, value: Json, names: Names) -> str:
        """The files' names."""
        return ", ".join(str(file.get("name", "")) for file in value or ())

    def files(self, value: Json) -> tuple[str, ...]:
        """The ids of the files."""
        return tuple(file["id"] for file in value or ())

    def _file(self, entry: Json) -> dict[str, Json]:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise FieldError("must_be_files")
        name = text_of(entry.get("name") or "", 255)
        if self.extensions and name.rpartition(".")[2].lower() not in self.extensions:
            raise FieldError("file_kind_refused", name=name, allowed=", ".join(self.extensions))
        size = entry.get("size")
        if isinstance(size, int) and size > self.max_megabytes * 1_000_000:
            raise FieldError("file_too_large", name=name, limit=self.max_megabytes)
        kept: dict[str, Json] = {"id": text_of(entry["id"], 64), "name": name}
        return {**kept, "size": size if isinstance(size, int) else 0, "type": text_of(entry.get("type") or "", 120)}
