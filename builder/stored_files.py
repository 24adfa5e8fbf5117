"""Files as values hold them 文件值: a list of `{"id", "name", "size", "type"}`; the bytes are stored apart."""

import re
from typing import Any

from builder.field import Json, text_of
from builder.problem import FieldError

MEGABYTE = 1_000_000


def files_of(raw: Json, most: int, megabytes: int, extensions: tuple[str, ...]) -> list[dict[str, Json]] | None:
    """The files named; that they are there, and whose, is the record engine's to check; raises `FieldError`."""
    if not isinstance(raw, list):
        raise FieldError("must_be_files")
    if len(raw) > most:
        raise FieldError("too_many_files", limit=most)
    return [_file(entry, megabytes, extensions) for entry in raw] or None


def ids_of(value: Json) -> tuple[str, ...]:
    """The ids of the files in a value."""
    return tuple(file["id"] for file in value or ())


def names_of(value: Json) -> str:
    """The files' names, joined."""
    return ", ".join(str(file.get("name", "")) for file in value or ())


def files_schema(most: int) -> dict[str, Any]:
    """JSON Schema of a list of files."""
    file = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "minLength": 1}}}
    return {"type": ["array", "null"], "items": file, "maxItems": most}


def _file(entry: Json, megabytes: int, extensions: tuple[str, ...]) -> dict[str, Json]:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not entry["id"]:
        raise FieldError("must_be_files")
    name = text_of(entry.get("name") or "", 255)
    if extensions and name.rpartition(".")[2].lower() not in extensions:
        raise FieldError("file_kind_refused", name=name, allowed=", ".join(extensions))
    size = entry.get("size")
    if isinstance(size, int) and size > megabytes * MEGABYTE:
        raise FieldError("file_too_large", name=name, limit=megabytes)
    kept: dict[str, Json] = {"id": text_of(entry["id"], 64), "name": name}
    return {**kept, "size": size if isinstance(size, int) else 0, "type": text_of(entry.get("type") or "", 120)}


UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+')
"""What no name in a folder may hold: control characters, what parts paths, and what turns the way of reading."""
TAKEN = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""What Windows takes for a device."""


def safe_name(text: str, longest: int = 200) -> str:
    """The text as the name of a file or folder on any machine; never empty, never a path, its ending kept."""
    plain = UNSAFE.sub("_", text).strip(" .") or "_"
    plain = f"_{plain}" if TAKEN.match(plain) else plain
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= longest:
        return plain
    return f"{stem[: longest - 20]}{dot}{ending[:19]}" if stem and len(ending) < 20 else plain[:longest].rstrip(" .")
