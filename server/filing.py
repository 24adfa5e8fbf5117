"""Files in and out 附件: bytes in a folder by their hash; who may read the record and field may read the file."""

import hashlib
import mimetypes
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import UploadFile
from fastapi.responses import FileResponse, Response

from builder.problem import Invalid, Problem, missing
from runtime.filed import may_read
from runtime.ports import StoredFile
from server.asker import Asker
from server.store.files import SqlFiles
from server.transaction import briefly

LARGEST = 100_000_000
CHUNK = 1 << 20
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"}
"""What a browser may show; everything else, above all SVG and HTML, is only ever downloaded (ASVS 5.3)."""
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+')
"""What leads elsewhere, breaks a line, or turns the direction of reading so that an ending seems to be another."""


def store(asker: Asker, file: UploadFile) -> dict[str, Any]:
    """Keep the bytes and a head; the file belongs to its uploader until a record holds it."""
    name = clean_name(file.filename or "")
    digest, size = keep_bytes(asker.settings.files, asker.workspace, file)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    head = StoredFile(asker.state.ids.new(), name, size, kind, digest, asker.member)
    at = asker.state.clock.now()
    briefly(asker.state.engine, lambda connection: SqlFiles(connection, asker.workspace).add(head, at))
    return {"id": head.id, "name": name, "size": size, "type": kind}


def clean_name(name: str) -> str:
    """A file's name without any path or control character, at most 200 characters, its ending kept."""
    plain = UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    return plain if len(plain) <= 200 else f"{stem[:180]}{dot}{ending[:19]}"


def keep_bytes(folder: Path, workspace: str, file: UploadFile) -> tuple[str, int]:
    """Write the upload under its hash in its workspace's folder; answers hash and size; raises `Invalid`."""
    room = folder / workspace
    room.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    while chunk := file.file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if size > LARGEST:
            raise Invalid(Problem("body_too_large", ("file",), {"limit": f"{LARGEST // 1_000_000} MB"}))
    place = path_of(folder, workspace, digest.hexdigest())
    if place.exists():
        place.touch()  # so that it is not tidied away while its new head is on its way
    else:
        place.parent.mkdir(exist_ok=True)
        draft = place.with_suffix(f".{secrets.token_hex(4)}")
        file.file.seek(0)
        with draft.open("wb") as out:
            while chunk := file.file.read(CHUNK):
                out.write(chunk)
        draft.replace(place)
    return digest.hexdigest(), size


def path_of(folder: Path, workspace: str, digest: str) -> Path:
    """Where the bytes of a hash are."""
    return folder / workspace / digest[:2] / digest


def fetch(asker: Asker, id: str) -> Response:
    """The bytes, for the uploader of a file that no record holds yet, or who may read the field that holds it."""
    head = asker.world.files.heads([id]).get(id)
    if head is None or not may_read(asker.gate, head):
        raise missing("no_such_file")
    return sent(asker, head)


def sent(asker: Asker, head: StoredFile) -> Response:
    """The bytes on their way to somebody who may have them; raises `Missing` when they are gone."""
    place = path_of(asker.settings.files, asker.workspace, head.digest)
    if not place.is_file():
        raise missing("no_such_file")
    shown = head.type in SHOWN
    how = "inline" if shown else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(head.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=3600",
    }
    return FileResponse(place, media_type=head.type if shown else "application/octet-stream", headers=headers)
