"""Values with their files, as a folder 附件包: each record has a folder, each cell says where in it its files lie."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.field import Field, Kind
from builder.problem import invalid
from builder.stored_files import safe_name
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.named import file_ids
from runtime.ports import Record, StoredFile

ROOM = "files"
"""The folder of all files, beside the table."""
LONGEST_CELL = 32_000
"""What a cell of a workbook may hold; a longer text lies beside it as a file."""
MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
PICTURE = re.compile(r'(<img[^>]*\ssrc=")/api/files/([A-Za-z0-9_-]{1,64})(")')


@dataclass(frozen=True)
class Packed:
    """A file of the folder: where it lies, and its bytes: those of a digest, or a text."""

    path: str
    digest: str = ""
    text: str = ""


@dataclass
class Packing:
    """What has been put into the folder so far."""

    files: list[Packed] = field(default_factory=list)
    size: int = 0
    records: int = 0
    taken: set[str] = field(default_factory=set)

    def folders(self, gate: Gate, live: LiveForm, found: Iterable[tuple[Record, Mapping[str, Any]]]) -> list["Folder"]:
        """A folder for each record, with the heads of those of its files that it shows."""
        seen = list(found)
        wanted = {id for _, values in seen for one in live.holding for id in file_ids(one, values.get(one.id))}
        heads = gate.world.files.heads(sorted(wanted)) if wanted else {}
        return [self._folder(live, record, values, heads) for record, values in seen]

    def _folder(
        self, live: LiveForm, record: Record, values: Mapping[str, Any], heads: Mapping[str, StoredFile]
    ) -> "Folder":
        """Only files that the record itself holds go out with it."""
        self.records += 1
        title = safe_name(record.title, 40) if record.title and live.form.title_field in values else ""
        own = {id: head for id, head in heads.items() if (head.form, head.record) == (live.key, record.id)}
        return Folder(self, f"{ROOM}/{self.records:05d} {title}".strip(), own)

    def put(self, folder: str, name: str, size: int, digest: str = "", text: str = "") -> str:
        """Where the file lies from now on: in the folder, or in a numbered one within, for names are kept."""
        path, again = f"{folder}/{name}", 1
        while path.casefold() in self.taken:
            again += 1
            path = f"{folder}/{again}/{name}"
        self.taken.add(path.casefold())
        self.files.append(Packed(path, digest, text))
        self.size += size
        if len(self.files) > MOST_FILES or self.size > MOST_BYTES:
            raise invalid("export_too_large", "format", files=MOST_FILES, limit=f"{MOST_BYTES // 1_000_000_000} GB")
        return path


@dataclass(frozen=True)
class Folder:
    """One record's folder."""

    packing: Packing
    name: str
    heads: Mapping[str, StoredFile]

    def cell(self, one: Field, value: Any, text: str, where: str) -> str:
        """The cell's text: the paths of its files, line by line; a text with its pictures' paths."""
        room = f"{self.name}/{safe_name(where, 40)}"
        if one.holds is not None and value is not None:
            listed = one.kind is Kind.LIST
            text = (
                "\n".join(self._put(id, room) for id in one.holds.files(value)) if listed else self._shown(text, room)
            )
        if len(text) > LONGEST_CELL:
            return self.packing.put(self.name, f"{safe_name(where, 40)}.txt", len(text), text=text)
        return text

    def _put(self, id: str, room: str) -> str:
        head = self.heads.get(id)
        return "" if head is None else self.packing.put(room, safe_name(head.name), head.size, head.digest)

    def _shown(self, text: str, room: str) -> str:
        """Formatted text whose pictures are files of the folder; one that is shown twice lies there once."""
        places = {id: self._put(id, room) for id in dict.fromkeys(id for _, id, _ in PICTURE.findall(text))}
        return PICTURE.sub(lambda found: f"{found[1]}{html.escape(places[found[2]])}{found[3]}", text)
