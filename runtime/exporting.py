"""Records as rows of texts 导出: as people read them, inert in a spreadsheet, and importable again without loss."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from builder.field import Field, Kind, Writing
from builder.problem import invalid
from runtime import asking
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import Naming, titles
from runtime.packing import Folder, Packing
from runtime.ports import Query

PAGE = 500
DANGER = re.compile(r"^'*[=+\-@\t\r]")
NUMBER = re.compile(r"^-?\d+(\.\d+)?%?$")


def columns_of(gate: Gate, live: LiveForm, wanted: Sequence[str]) -> list[tuple[str, Field, Field | None]]:
    """(path, field, column) of what is exported: the wanted or all fields that the asker may export and read."""
    gate.need(live, "export")
    grant = gate.need(live, "read")
    for id in wanted:
        if id not in live.fields or not grant.covers((id,)):
            raise invalid("unknown_field", "columns", field=id)
    found: list[tuple[str, Field, Field | None]] = []
    for id in wanted or list(live.fields):
        entry = live.fields[id]
        if not grant.covers((id,)):
            continue
        inner = [column for column in entry.nested if grant.covers((f"{id}.{column.id}",))]
        found += [(f"{id}.{column.id}", entry, column) for column in inner] if entry.nested else [(id, entry, None)]
    return found


def headings(columns: Sequence[tuple[str, Field, Field | None]]) -> list[str]:
    """The labels; `明细.产品` for a column of rows. No two are the same."""
    found: list[str] = []
    for _, entry, column in columns:
        name = f"{entry.label}.{column.label}" if column else entry.label
        while name in found:
            name += " "
        found.append(name)
    return found


def rows(
    gate: Gate,
    live: LiveForm,
    query: Query,
    columns: Sequence[tuple[str, Field, Field | None]],
    packing: Packing | None = None,
) -> Iterator[list[str]]:
    """Every record's rows, page after page: the first holds the record, the next ones its further rows alone.

    With `packing` the files that the asker may read go along, and cells say where they lie."""
    query = replace(query, limit=PAGE, after="")
    while True:
        page = gate.world.records.find(query)
        gate.meet(live, (record.values for record in page.records))
        naming = Naming(gate, titles(gate, live, [record.values for record in page.records]))
        grant = gate.grant(live, "read")
        shown = [gate.masked(live, one.values, grant.over(one.seen(), live.kinds)) for one in page.records]
        own: list[Folder | None] = [None] * len(shown)
        if packing is not None:
            own = [*packing.folders(gate, live, zip(page.records, shown, strict=True))]
        for seen, folder in zip(shown, own, strict=True):
            yield from _rows(seen, columns, naming, folder)
        if not page.next:
            return
        query = replace(query, after=page.next)


def _rows(
    seen: dict[str, Any], columns: Sequence[tuple[str, Field, Field | None]], naming: Naming, folder: Folder | None
) -> Iterator[list[str]]:
    inner = {entry.id: seen.get(entry.id) or [] for _, entry, column in columns if column is not None}
    height = max([1, *(len(lines) for lines in inner.values())])
    for place in range(height):
        cells = []
        for _, entry, column in columns:
            if column is None:
                cells.append(_cell(entry, seen.get(entry.id), naming, folder, entry.label) if place == 0 else "")
            elif place < len(inner[entry.id]):
                where = f"{entry.label}-{place + 1}-{column.label}"
                cells.append(_cell(column, inner[entry.id][place].get(column.id), naming, folder, where))
            else:
                cells.append("")
        yield cells


def _cell(entry: Field, value: Any, naming: Naming, folder: Folder | None, where: str) -> str:
    text = text_of(entry, value, naming)
    return text if folder is None else folder.cell(entry, value, text, where)


def text_of(entry: Field, value: Any, naming: Naming) -> str:
    """A value as its field type reads it back: plain numbers, days, local times to the second, labels, titles."""
    if value is None:
        return ""
    if entry.kind is Kind.NUMBER:
        return str(value)
    if entry.zoned is not None:
        return local_time(str(value), naming.timezone)
    return entry.type.write(value) if isinstance(entry.type, Writing) else entry.type.display(value, naming)


def local_time(value: str, timezone: str) -> str:
    """An instant in local time, to the second."""
    return datetime.fromisoformat(value).astimezone(ZoneInfo(timezone)).isoformat(" ", "seconds")[:19]


def inert(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula (ASVS 1.2.10); the importer takes the mark off again."""
    return f"'{text}" if DANGER.match(text) and not NUMBER.match(text) else text


def ask(gate: Gate, live: LiveForm, asked: dict[str, Any]) -> Query:
    """The list's own question, as the export's."""
    return asking.ask(gate, live, {key: asked.get(key) for key in ("filter", "search", "sort")})
