"""Cells that name files of a folder 附件包导入: each mention becomes a file of its own record, never another's."""

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from builder.field import Field, Kind
from builder.problem import FieldError
from runtime.packing import PICTURE as STORED
from runtime.packing import ROOM
from runtime.ports import StoredFile

PICTURE = re.compile(r'(<img[^>]*\ssrc=")((?!/|https?:|data:)[^"]{1,1000})(")')
LONGEST_TEXT = 200_000
MOST_NAMED = 200
"""How many files one cell may name; what the field takes is fewer."""


class Archive(Protocol):
    """What came with the table."""

    def file(self, path: str) -> StoredFile | None:
        """Name, size and type of the file that lies there, and its digest once its bytes are kept."""
        ...

    def text(self, path: str, limit: int) -> str | None:
        """The file as a text; None for one that is missing, too long or no text."""
        ...


def named_in(archive: Archive, cell: str) -> list[str]:
    """The files that a cell names: line by line, or as pictures of its text, which may lie beside the table."""
    long = archive.text(cell, LONGEST_TEXT) if cell.startswith(f"{ROOM}/") and cell.endswith(".txt") else None
    text = cell if long is None else long
    shown = [html.unescape(path) for _, path, _ in PICTURE.findall(text)]
    return [path for path in (*(line.strip() for line in cell.splitlines()), *shown) if archive.file(path) is not None]


@dataclass
class Unpacking:
    """The files that the rows name: by new id the head, and where its bytes come from."""

    archive: Archive
    by: str
    heads: dict[str, StoredFile] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def raw(self, one: Field, text: str, where: str) -> Any:
        """What a cell brings: files, or its text with pictures of its own; raises `FieldError`."""
        if one.holds is None:
            return self.long(text)
        if one.kind is Kind.LIST:
            paths = [line.strip() for line in text.splitlines() if line.strip()]
            if len(paths) > MOST_NAMED:
                raise FieldError("too_many_files", limit=MOST_NAMED)
            return [self._file(path, f"{where}/{place}") for place, path in enumerate(paths)]
        known: dict[str, str] = {}

        def own(found: re.Match[str]) -> str:
            path = html.unescape(found[2])
            if path not in known:
                known[path] = str(self._file(path, f"{where}/{len(known)}")["id"])
            return f"{found[1]}/api/files/{known[path]}{found[3]}"

        return PICTURE.sub(own, self.long(text))

    def long(self, text: str) -> str:
        """A text too long for a cell lies beside the table."""
        if not (text.startswith(f"{ROOM}/") and text.endswith(".txt")):
            return text
        found = self.archive.text(text, LONGEST_TEXT)
        return text if found is None else found

    def _file(self, path: str, where: str) -> dict[str, Any]:
        """A new file for this mention alone, called the same whenever the same import is run again."""
        found = self.archive.file(path)
        if found is None:
            raise FieldError("file_not_in_archive", value=path[:200])
        id = hashlib.sha256(where.encode()).hexdigest()[:32]
        self.heads[id] = StoredFile(id, found.name, found.size, found.type, found.digest, self.by)
        self.sources[id] = path
        return {"id": id, "name": found.name, "size": found.size, "type": found.type}

    def same(self, one: Field, value: Any, held: Any, known: Mapping[str, StoredFile]) -> bool:
        """Whether what a record holds is the very thing that the cell brings, its files byte for byte."""
        if one.kind is Kind.TEXT and isinstance(value, str) and isinstance(held, str):
            return _by_bytes(value, self.heads) == _by_bytes(held, known)
        if one.kind is not Kind.LIST or not isinstance(value, list) or not isinstance(held, list):
            return False
        brought = [(head.name, head.digest) for each in value if (head := self.heads.get(str(each.get("id"))))]
        kept = [(head.name, head.digest) for each in held if (head := known.get(str(each.get("id"))))]
        return bool(brought) and brought == kept and len(held) == len(value)


def _by_bytes(text: str, heads: Mapping[str, StoredFile]) -> str:
    """The text with digests for its pictures' ids."""
    return STORED.sub(lambda found: f"{found[1]}{heads[found[2]].digest if found[2] in heads else ''}{found[3]}", text)
