"""A table with its files in one .zip 附件包: written while it is sent; read with bounds, never unpacked by name."""

import hashlib
import io
import mimetypes
import secrets
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO

from builder.problem import Invalid, Problem
from runtime.packing import Packed
from runtime.ports import StoredFile
from server import filing

ENTRIES = 40_000
DIRECTORY = 16_000_000
"""The list of entries at a .zip's end, read whole before anything is known of them."""
UNPACKED = 1_000_000_000
RATIO, SMALL = 300, 20_000_000
LARGEST_TABLE = 100_000_000
CHUNK = 1 << 20
TABLES = (".xlsx", ".xls", ".csv")
TABLE = "data.xlsx"
UTF8, LOCKED = 0x800, 0x1
END, END_64, PLACE_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
BROKEN = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error)


class _Pipe(io.RawIOBase):
    """What was written since it was last asked."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: object) -> int:
        """Keep the bytes until they are sent."""
        part = bytes(data)  # type: ignore[call-overload]
        self.parts.append(part)
        return len(part)

    def taken(self) -> bytes:
        """The bytes, once."""
        found, self.parts = b"".join(self.parts), []
        return found


def streamed(table: Path, files: Iterable[Packed], folder: Path, workspace: str) -> Iterator[bytes]:
    """The archive, a portion at a time; the table is removed when all is sent, or when nobody listens any more."""
    pipe = _Pipe()
    try:
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            with table.open("rb") as source:
                yield from _written(archive, pipe, TABLE, source)
            for one in files:
                place = filing.path_of(folder, workspace, one.digest)
                if one.digest and not place.is_file():
                    continue
                with place.open("rb") if one.digest else io.BytesIO(one.text.encode()) as content:
                    yield from _written(archive, pipe, one.path, content)
        yield pipe.taken()
    finally:
        table.unlink(missing_ok=True)


def _written(archive: zipfile.ZipFile, pipe: _Pipe, name: str, source: IO[bytes]) -> Iterator[bytes]:
    with archive.open(name, "w") as entry:
        while chunk := source.read(CHUNK):
            entry.write(chunk)
            yield pipe.taken()


@dataclass
class Archive:
    """An archive as an import sees it: which file lies where; `digests` of those whose bytes were kept."""

    path: Path
    table: str
    entries: dict[str, zipfile.ZipInfo]
    digests: dict[str, str] = field(default_factory=dict)

    def file(self, path: str) -> StoredFile | None:
        """Name, size and type of the file that lies there."""
        found = self.entries.get(path)
        if found is None or found.file_size > filing.LARGEST:
            return None
        name = filing.clean_name(path)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return StoredFile("", name, found.file_size, kind, self.digests.get(path, ""), "")

    def text(self, path: str, limit: int) -> str | None:
        """The file as a text; None for one that is missing, too long or no text."""
        found = self.entries.get(path)
        if found is None or found.file_size > 4 * limit:
            return None
        try:
            with zipfile.ZipFile(self.path) as archive:
                text = archive.read(found).decode("utf-8-sig")
        except (*BROKEN, UnicodeError):
            return None
        return text if len(text) <= limit else None

    def kept(self, named: Iterable[str], folder: Path, workspace: str) -> "Archive":
        """With the bytes of the named files stored; a file that cannot be read is no longer there."""
        entries, digests = dict(self.entries), {}
        with zipfile.ZipFile(self.path) as archive:
            for path in named:
                found = entries.get(path)
                if found is None or path in digests or found.file_size > filing.LARGEST:
                    continue
                try:
                    with archive.open(found) as content:
                        digests[path] = _kept(content, folder, workspace)
                except BROKEN:
                    del entries[path]
        return replace(self, entries=entries, digests=digests)


def _kept(content: IO[bytes], folder: Path, workspace: str) -> str:
    """The bytes under their hash, as an upload's are."""
    room = folder / workspace
    room.mkdir(parents=True, exist_ok=True)
    digest, draft = hashlib.sha256(), room / f"{secrets.token_hex(8)}.part"
    try:
        with draft.open("wb") as out:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                out.write(chunk)
        place = filing.path_of(folder, workspace, digest.hexdigest())
        place.parent.mkdir(exist_ok=True)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    return digest.hexdigest()


def opened(path: Path) -> Archive | None:
    """The archive that the file is; None for other files, workbooks among them; raises `Invalid` for a hostile one."""
    with path.open("rb") as file:
        if not file.read(4).startswith(b"PK"):
            return None
        if _directory(file) > DIRECTORY:
            raise _refused("archive_too_large")
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except BROKEN:
        return None  # what else it may be, the reader of tables says
    names = {_name(one): one for one in listed if not one.is_dir()}
    if "[Content_Types].xml" in names or "content.xml" in names:
        return None
    tables = [name for name in names if name.lower().endswith(TABLES) and name.count("/") < 2 and _plain(name)]
    table = min(tables, key=lambda name: (name.count("/"), not name.lower().endswith(TABLE), name), default="")
    if not table or table.startswith("files/"):
        return None
    _judge(listed, names)
    base = table[: table.rindex("/") + 1] if "/" in table else ""
    inside = {name.removeprefix(base): one for name, one in names.items() if name.startswith(base) and _ours(name, one)}
    return Archive(path, table.removeprefix(base), inside)


def _judge(listed: list[zipfile.ZipInfo], names: dict[str, zipfile.ZipInfo]) -> None:
    """Refuse what would swell, is locked, or says two things under one name, before anything is unpacked."""
    unpacked = sum(one.file_size for one in listed)
    packed = sum(one.compress_size for one in listed) or 1
    if len(listed) > ENTRIES or unpacked > UNPACKED or (unpacked > SMALL and unpacked / packed > RATIO):
        raise _refused("archive_too_large")
    if any(one.flag_bits & LOCKED for one in listed):
        raise _refused("archive_locked")
    if len(names) != sum(not one.is_dir() for one in listed):
        raise _refused("archive_broken")


def _refused(code: str) -> Invalid:
    return Invalid(Problem(code, ("file",), {"limit": f"{UNPACKED // 1_000_000_000} GB", "files": ENTRIES}))


def _name(one: zipfile.ZipInfo) -> str:
    """The name as people know it: what says no UTF-8 was most likely packed on a Chinese Windows."""
    name = one.filename.replace("\\", "/")
    if one.flag_bits & UTF8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _plain(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not name.startswith("/") and ".." not in parts and "\x00" not in name and parts[:1] != ("__MACOSX",)


def _ours(name: str, one: zipfile.ZipInfo) -> bool:
    """Whether the entry is a plain file in the folder: neither a link, nor a name that leads out of it."""
    return _plain(name) and not stat.S_ISLNK(one.external_attr >> 16)


def _directory(file: IO[bytes]) -> int:
    """How long the list of entries is, by the words at the end of the file."""
    length = file.seek(0, io.SEEK_END)
    file.seek(max(0, length - 66_000))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        return 0
    size = int(struct.unpack_from("<L", tail, at + 12)[0])
    if at >= 20 and tail[at - 20 : at - 16] == PLACE_64:
        file.seek(min(length, int(struct.unpack_from("<Q", tail, at - 12)[0])))
        head = file.read(56)
        size = int(struct.unpack_from("<Q", head, 40)[0]) if len(head) == 56 and head.startswith(END_64) else size
    return size


@contextmanager
def table_of(path: Path) -> Iterator[Path]:
    """The file that holds the table: the file itself, or the archive's own, unpacked for as long as it is read."""
    found = opened(path)
    if found is None:
        yield path
        return
    entry = found.entries[found.table]
    if entry.file_size > LARGEST_TABLE:
        raise _refused("archive_too_large")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "table"
        try:
            with zipfile.ZipFile(path) as archive, archive.open(entry) as content, place.open("wb") as out:
                shutil.copyfileobj(content, out, CHUNK)
        except BROKEN:
            raise _refused("archive_broken") from None
        yield place
