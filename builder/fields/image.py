"""Pictures 图片: from the camera or from files, made smaller and marked in the browser before they are sent."""

from typing import Any, Literal

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, Names
from builder.stored_files import files_of, files_schema, ids_of, names_of

PICTURES = ("jpg", "jpeg", "png", "gif", "webp")
"""What every browser shows, and the server hands out as a picture; no SVG, which may hold a script."""


class Image(FieldType):
    """A list of picture files. `longest_side` is in pixels; 0 keeps pictures as they are."""

    kind = Kind.LIST
    max_count: int = Setting(default=9, ge=1, le=50)
    max_megabytes: int = Setting(default=20, ge=1, le=100)
    camera_only: bool = Setting(default=False, description="take a photo now; nothing from the album")
    longest_side: int = Setting(default=2000, ge=0, le=8000)
    watermark: tuple[Literal["name", "time", "form"], ...] = ()

    def coerce(self, raw: Json) -> list[dict[str, Json]] | None:
        """The pictures named; anything else is refused by its ending."""
        return files_of(raw, self.max_count, self.max_megabytes, PICTURES)

    def value_schema(self) -> dict[str, Any]:
        """A list of files."""
        return files_schema(self.max_count)

    def display(self, value: Json, names: Names) -> str:
        """The pictures' names."""
        return names_of(value)

    def files(self, value: Json) -> tuple[str, ...]:
        """The ids of the files."""
        return ids_of(value)
