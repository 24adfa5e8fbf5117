"""The filtered list as a file 导出: .csv streamed as it is read, .xlsx written row by row and then sent."""

import csv
import io
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rustpy_xlsxwriter
from fastapi.responses import FileResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from builder.problem import invalid
from runtime import exporting, importing
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.packing import LONGEST_CELL, Packing
from server import archives, wiring
from server.asker import Asker
from server.importing import unique_headings
from server.transaction import transaction

BOM = "\ufeff"
BATCH = 200
SHEET = "data"


def stream(asker: Asker, app: str, form: str, format: str, ask: str, columns: str) -> Response:
    """The list's records, all of them, with the chosen columns; raises `Invalid`, `Forbidden` before the first byte."""
    asked = _question(ask)
    wanted = [name for name in columns.split(",") if name]
    live = asker.gate.form(app, form)
    exporting.ask(asker.gate, live, asked)
    exporting.columns_of(asker.gate, live, wanted)
    name = f"{form}-{asker.gate.today.isoformat()}.{format}"
    if format == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(
            _csv(asker, app, form, asked, wanted), media_type="text/csv; charset=utf-8", headers=headers
        )
    if format == "zip":
        return _zip(asker, live, asked, wanted, name)
    return _xlsx(asker.gate, live, asked, wanted, name, asker)


def _question(ask: str) -> dict[str, Any]:
    try:
        asked = json.loads(ask)
    except (json.JSONDecodeError, RecursionError):
        raise invalid("bad_json", "ask") from None
    if not isinstance(asked, dict):
        raise invalid("bad_json", "ask")
    sorts = asked.get("sort") or []
    if not isinstance(sorts, list) or not all(
        isinstance(one, dict) and isinstance(one.get("field"), str) for one in sorts
    ):
        raise invalid("bad_json", "ask", "sort")
    return asked


def _csv(asker: Asker, app: str, form: str, asked: dict[str, Any], wanted: list[str]) -> Iterator[bytes]:
    """In a transaction of its own, for the answer outlives the request's."""
    with transaction(asker.state.engine, writes=False) as connection:
        again = wiring.again(asker, connection)
        live = again.gate.form(app, form)
        columns = exporting.columns_of(again.gate, live, wanted)
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([exporting.inert(heading) for heading in exporting.headings(columns)])
        yield (BOM + _taken(out)).encode()
        for place, row in enumerate(exporting.rows(again.gate, live, exporting.ask(again.gate, live, asked), columns)):
            writer.writerow([exporting.inert(cell) for cell in row])
            if place % BATCH == BATCH - 1:
                yield _taken(out).encode()
        yield _taken(out).encode()


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _xlsx(gate: Gate, live: LiveForm, asked: dict[str, Any], wanted: list[str], name: str, asker: Asker) -> Response:
    columns = exporting.columns_of(gate, live, wanted)
    names = exporting.headings(columns)
    found = exporting.rows(gate, live, exporting.ask(gate, live, asked), columns)
    records = (dict(zip(names, (exporting.inert(cell) for cell in row), strict=True)) for row in found)
    return _book(asker, names, records, name)


def _zip(asker: Asker, live: LiveForm, asked: dict[str, Any], wanted: list[str], name: str) -> Response:
    """The table is written first, for its cells say which files go along; then all is sent while it is packed."""
    gate, packing = asker.gate, Packing()
    columns = exporting.columns_of(gate, live, wanted)
    names = exporting.headings(columns)
    found = exporting.rows(gate, live, exporting.ask(gate, live, asked), columns, packing)
    records = (dict(zip(names, (exporting.inert(cell) for cell in row), strict=True)) for row in found)
    place = _written(asker, names, records)
    parts = archives.streamed(place, packing.files, asker.settings.files, asker.workspace)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(parts, media_type="application/zip", headers=headers)


def _book(asker: Asker, names: list[str], records: Iterator[dict[str, str]], name: str) -> Response:
    place = _written(asker, names, _short(records))
    return FileResponse(place, filename=name, background=BackgroundTask(place.unlink, missing_ok=True))


def _short(records: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The rows; raises `Invalid` for a text that no cell of a workbook holds."""
    for record in records:
        for heading, cell in record.items():
            if len(cell) > LONGEST_CELL:
                raise invalid("too_long_for_a_cell", "format", label=heading.strip(), limit=LONGEST_CELL)
        yield record


def _written(asker: Asker, names: list[str], records: Iterator[dict[str, str]]) -> Path:
    """A workbook of the rows, to be sent and then removed."""
    place = asker.settings.home / "exports" / f"{secrets.token_hex(8)}.xlsx"
    place.parent.mkdir(parents=True, exist_ok=True)
    first = next(records, None)
    rows = _from(first, records) if first is not None else iter([dict.fromkeys(names, "")])
    rustpy_xlsxwriter.write_worksheet(rows, str(place), SHEET, bold_headers=True, freeze_row=1)
    return place


def _from(first: dict[str, str], rest: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    yield first
    yield from rest


def table(asker: Asker, name: str, format: str, names: list[str], rows: list[list[str]]) -> Response:
    """Figures as a file; texts cannot be taken for formulas."""
    safe = [[exporting.inert(cell) for cell in row] for row in rows]
    if format == "xlsx":
        return _book(asker, names, (dict(zip(names, row, strict=True)) for row in safe), f"{name}.xlsx")
    out = io.StringIO()
    csv.writer(out).writerows([names, *safe])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response((BOM + out.getvalue()).encode(), media_type="text/csv; charset=utf-8", headers=headers)


def template(asker: Asker, app: str, form: str) -> Response:
    """An empty .xlsx with the headings of the fields that the asker may import."""
    live = asker.gate.form(app, form)
    known = importing.importable(live, asker.gate, numbered=False)
    names = unique_headings([importing.called(live, path) for path in known])
    return _book(asker, names, iter([]), f"{form}-import.xlsx")
