"""Fields filled in from a picture or a text 识别填写: read by the operator's service, suggested, never stored."""

import base64
from collections.abc import Mapping
from typing import Any

from fastapi import UploadFile

from builder.field import Choosing, Field
from builder.form_event import Filling, Recognition
from builder.problem import Problem, TooMany, invalid, missing
from runtime import form_events
from runtime.form_events import Asking
from server import services
from server.asker import Asker
from server.store import audit
from server.transaction import briefly

Json = Any
PER_MINUTE = 10
PER_WORKSPACE = 100
LARGEST_PICTURE = 8_000_000
LONGEST_TEXT = 20_000
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"RIFF": "image/webp"}


def run(
    asker: Asker, app: str, form: str, id: str, file: UploadFile | None, text: str, record: str, task: str
) -> dict[str, Json]:
    """What the picture or the text suggests for the fields that the asker may write."""
    asker.state.limits.count("recognition", f"{asker.workspace} {asker.member}", PER_MINUTE)
    asker.state.limits.count("recognitions", asker.workspace, PER_WORKSPACE)
    filling = form_events.asking(asker.gate, app, form, record, task)
    wanted = _wanted(filling, id)
    fills = [_named(fill) for fill in wanted.fills if filling.may(fill.into)]
    asked = {"form": filling.live.form.name, "language": asker.language, "fields": _described(filling, fills)}
    body = {**asked, **_source(wanted, file, text)}
    _write_down(asker, filling, wanted)
    if not asker.state.outgoing.acquire(timeout=2):
        raise TooMany(Problem("event_busy"))
    try:
        answer = services.call(asker.settings, wanted.source, body, trial=asker.trial)
    finally:
        asker.state.outgoing.release()
    return {"met": True, **form_events.answered(filling, fills, answer.get("values"))}


def _wanted(filling: Asking, id: str) -> Recognition:
    found = next((one for one in filling.live.form.recognitions if one.id == id), None)
    if found is None or not any(filling.may(fill.into) for fill in found.fills):
        raise missing("no_such_recognition")
    return found


def _named(fill: Filling) -> Filling:
    """A part without a path is called as the field is."""
    columns = {id: path or id for id, path in fill.columns.items()}
    return fill.model_copy(update={"path": fill.path or fill.into, "columns": columns})


def _described(filling: Asking, fills: list[Filling]) -> list[dict[str, Json]]:
    """The fields that are looked for, as the service is told of them."""
    fields = filling.live.fields
    return [_whole(fields[fill.into], fill) for fill in fills if fill.into in fields]


def _whole(entry: Field, fill: Filling) -> dict[str, Json]:
    columns = [_told(one, fill.columns[one.id]) for one in entry.nested if one.id in fill.columns]
    return _told(entry, fill.path) | ({"columns": columns} if columns else {})


def _told(entry: Field, name: str) -> dict[str, Json]:
    options = [option.label for option in getattr(entry.type, "options", ())]
    known = {"options": options} if options and isinstance(entry.type, Choosing) else {}
    return {"name": name, "label": entry.label, "kind": str(entry.kind), **known}


def _source(wanted: Recognition, file: UploadFile | None, text: str) -> Mapping[str, Json]:
    if wanted.source == "text":
        if not text.strip():
            raise invalid("required", "text", label=wanted.label)
        return {"text": text[:LONGEST_TEXT]}
    content = b"" if file is None else file.file.read(LARGEST_PICTURE + 1)
    kind = next((kind for head, kind in PICTURES.items() if content.startswith(head)), "")
    if not kind or len(content) > LARGEST_PICTURE:
        raise invalid("picture_odd", "file", limit=LARGEST_PICTURE // 1_000_000)
    return {"picture": {"type": kind, "base64": base64.b64encode(content).decode()}}


def _write_down(asker: Asker, filling: Asking, wanted: Recognition) -> None:
    """Who had something read: a line for each member and recognition a day."""
    now = asker.state.clock.now()
    id = f"read {now:%Y%m%d} {filling.live.key} {wanted.id} {asker.member}"
    note = f"{filling.live.form.name} · {wanted.label}"[:300]
    line = audit.Line(id, now, asker.member, "recognition_run", "", note)
    briefly(asker.state.engine, lambda connection: audit.add_once(connection, asker.workspace, line))
