"""A file as the form that it could become 由表格新建表单: its columns with the type that their texts seem to be."""

import tempfile
from pathlib import Path
from typing import Any

from fastapi import UploadFile

from builder.field import field_types
from builder.problem import invalid
from builder.recognising import readings
from runtime.designing import head_for_design
from server import filing, sheets
from server.asker import Asker
from server.importing import header_row, table_of

MOST_COLUMNS = 200
LOOKED_AT = 2_000
"""So many rows are looked at; a choice whose words come later gets them when they are imported."""


def described(asker: Asker, app: str, file: UploadFile) -> dict[str, Any]:
    """What the file holds; nothing of it is kept. Raises `Invalid` for one that cannot be read."""
    head_for_design(asker.gate, app)
    with tempfile.TemporaryDirectory() as folder:
        digest, _ = filing.keep_bytes(Path(folder), "brought", file)
        book = sheets.read(filing.path_of(Path(folder), "brought", digest))
    sheet = next((table.name for table in book.tables if table.rows), "")
    rows, header = table_of(book, sheet).rows, header_row(book, sheet)
    headings, body = rows[header], rows[header + 1 :]
    if len(headings) > MOST_COLUMNS:
        raise invalid("too_many_columns", "file", limit=MOST_COLUMNS)
    columns = [_column(place, heading, body) for place, heading in enumerate(headings)]
    return {
        "name": Path(filing.clean_name(file.filename or "")).stem[:60], "sheet": sheet, "header_row": header,
        "encoding": book.encoding, "delimiter": book.delimiter, "columns": columns, "total": len(body),
    }  # fmt: skip


def _column(place: int, heading: str, body: list[list[str]]) -> dict[str, Any]:
    texts = [row[place].strip() for row in body if place < len(row) and row[place].strip()]
    found = readings(texts[:LOOKED_AT], field_types())
    may_be = [{"type": name, "settings": settings} for name, settings in found]
    samples = list(dict.fromkeys(text[:80] for text in texts[:20]))[:3]
    return {
        "index": place, "heading": heading.strip()[:200], "readings": may_be, "samples": samples, "filled": len(texts),
    }  # fmt: skip
