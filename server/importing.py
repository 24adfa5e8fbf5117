"""An import from upload to undo 导入: read, guessed, checked without writing, run in the background, undone whole.

Every chunk of rows is one transaction that also moves the progress on (`import_worker`), so a killed server resumes.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import rustpy_xlsxwriter
from fastapi import UploadFile
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from builder.problem import Problem, conflict, invalid, missing
from runtime import guessing
from runtime import importing as reading
from runtime.exporting import inert
from runtime.gate import Gate
from runtime.importing import Finding, Plan, Row
from runtime.live import LiveForm
from runtime.ports import Job
from server import archives, filing, sheets, wiring
from server.asker import Asker
from server.store import imports
from server.store.imports import ImportRun
from server.transaction import briefly

CHUNK = 500
PREVIEW = 50
SHOWN_BAD = 100
SHOWN_ROWS = 20
Chunks = list[list[tuple[int, list[str]]]]


def upload(asker: Asker, app: str, form: str, file: UploadFile) -> dict[str, Any]:
    """Keep the file and say what it seems to hold; raises `Invalid` for one that cannot be read."""
    live = asker.gate.form(app, form)
    asker.gate.need(live, "import")
    digest, _ = filing.keep_bytes(asker.settings.files, asker.workspace, file)
    state = {"name": filing.clean_name(file.filename or ""), "digest": digest, "state": "ready", "total": 0, "done": 0,
             "created": 0, "updated": 0, "bad": 0}  # fmt: skip
    run = ImportRun(asker.state.ids.new(), live.key, asker.member, asker.state.clock.now(), state)
    archive = archives.opened(path_of(asker, run))
    state["files"] = 0 if archive is None else len(archive.entries) - 1
    book = read_book(path_of(asker, run))
    briefly(asker.state.engine, lambda connection: imports.add(connection, asker.workspace, run))
    first = next((table.name for table in book.tables if table.rows), "")
    return _described(asker, live, run, book, first, header_row(book, first))


def read_book(path: Path, encoding: str = "", delimiter: str = "") -> sheets.Book:
    """The tables of an import's file, be it a table itself or an archive with one."""
    with archives.table_of(path) as table:
        return sheets.read(table, encoding, delimiter)


def path_of(asker: Asker, run: ImportRun) -> Path:
    """Where the bytes of an import's file are."""
    if not run.state["digest"]:
        raise missing("import_file_gone")
    return filing.path_of(asker.settings.files, asker.workspace, str(run.state["digest"]))


def header_row(book: sheets.Book, sheet: str) -> int:
    """The first of the first ten rows that is filled the most: titles above a table fill few cells."""
    rows = table_of(book, sheet).rows[:10]
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    return filled.index(max(filled)) if filled else 0


def table_of(book: sheets.Book, sheet: str) -> sheets.Table:
    """The sheet called so; raises `Invalid`."""
    found = next((table for table in book.tables if table.name == sheet), None)
    if found is None:
        raise invalid("no_such_sheet", "sheet", sheet=sheet)
    return found


def _described(
    asker: Asker, live: LiveForm, run: ImportRun, book: sheets.Book, sheet: str, header: int
) -> dict[str, Any]:
    rows = table_of(book, sheet).rows
    headings = rows[header] if header < len(rows) else []
    body = rows[header + 1 :]
    files = int(run.state.get("files", 0))
    guesses = guessing.guess(asker.gate, live, headings, bool(files))
    columns = [
        {"index": place, "heading": heading[:200], "guess": guesses[place][0], "why": guesses[place][1],
         "samples": [row[place][:80] for row in body[:20] if row[place].strip()][:3]}
        for place, heading in enumerate(headings)
    ]  # fmt: skip
    return {
        "id": run.id, "name": run.state["name"], "sheets": [table.name for table in book.tables], "sheet": sheet,
        "encoding": book.encoding, "delimiter": book.delimiter, "header_row": header, "columns": columns,
        "rows": [[cell[:200] for cell in row] for row in body[:PREVIEW]], "total": len(body), "files": files,
        "targets": list(reading.importable(live, asker.gate, with_files=bool(files))),
    }  # fmt: skip


def find(asker: Asker, id: str, *, lock: bool = False) -> tuple[ImportRun, LiveForm]:
    """One of the asker's own imports; raises `Missing`."""
    run = imports.find(asker.connection, asker.workspace, id, lock=lock)
    if run is None or run.member != asker.member:
        raise missing("no_such_import")
    return run, asker.gate.form_of(run.form)


def read(asker: Asker, id: str, sheet: str, header_row: int, encoding: str, delimiter: str) -> dict[str, Any]:
    """Read the file another way."""
    run, live = find(asker, id)
    book = read_book(path_of(asker, run), encoding, delimiter)
    return _described(asker, live, run, book, sheet or book.tables[0].name, header_row)


def body_of(path: Path, mapping: Mapping[str, Any]) -> list[tuple[int, list[str]]]:
    """The rows under the headings with their numbers as the file counts them, from 1."""
    book = read_book(path, mapping["encoding"], mapping["delimiter"])
    rows = table_of(book, mapping["sheet"] or book.tables[0].name).rows
    first = int(mapping["header_row"]) + 1
    return [(first + place + 1, row) for place, row in enumerate(rows[first:])]


def plan_of(mapping: Mapping[str, Any], run: ImportRun) -> Plan:
    """The mapping as the wizard sends it."""
    if not all(index.isascii() and index.isdigit() and len(index) < 5 for index in mapping["columns"]):
        raise invalid("shape_wrong", "columns", field="columns", detail="index")
    columns = {int(index): str(path) for index, path in mapping["columns"].items() if path}
    if not columns:
        raise invalid("nothing_mapped", "columns")
    if len(set(columns.values())) != len(columns):
        raise invalid("mapped_twice", "columns")
    return Plan(columns, mapping["replace"], mapping["key"], run.id, bool(run.state.get("files")))


def chunks(rows: list[tuple[int, list[str]]], plan: Plan, live: LiveForm) -> Iterator[list[tuple[int, list[str]]]]:
    """The rows in chunks that never part a record from the rows that continue it."""
    heads = [place for place, path in plan.columns.items() if "." not in path]
    start = 0
    while start < len(rows):
        end = min(start + CHUNK, len(rows))
        while end < len(rows) and not any(place < len(rows[end][1]) and rows[end][1][place].strip() for place in heads):
            end += 1
        yield rows[start:end]
        start = end


def check(asker: Asker, id: str, mapping: dict[str, Any]) -> dict[str, Any]:
    """Try every row; nothing is written."""
    run, live = find(asker, id)
    gate, plan = asker.gate, plan_of(mapping, run)
    archive = archives.opened(path_of(asker, run)) if plan.with_files else None
    finding, seen = Finding(gate, live, archive), dict[tuple[str, str], str]()
    bad: list[Row] = []
    counts = {"total": 0, "creates": 0, "updates": 0}
    body = body_of(path_of(asker, run), mapping)
    finding.expect(plan, body)
    for chunk in chunks(body, plan, live):
        found = reading.read_rows(gate, live, plan, chunk, finding)
        reading.settle(gate, live, plan, found, finding, dry=True, seen=seen)
        counts["total"] += len(found)
        good = [row for row in found if not row.entry.problems]
        counts["updates"] += sum(row.entry.before is not None for row in good)
        counts["creates"] += sum(row.entry.before is None for row in good)
        bad += [row for row in found if row.entry.problems]
    troubles = _troubles(gate, live, plan, bad)
    rows = [{"row": row.number, "problems": told_of_row(gate, row)} for row in bad[:SHOWN_BAD]]
    return {**counts, "good": counts["total"] - len(bad), "bad": len(bad), "troubles": troubles, "rows": rows}


def _field(problem: Problem) -> str:
    """The path of the field that a problem is about: `lines.product`, whatever the row."""
    return ".".join(str(step) for step in problem.path if isinstance(step, str) and step != "values")


def told_of_row(gate: Gate, row: Row) -> list[dict[str, str]]:
    """What is wrong with a row, in words."""
    return [
        {"field": _field(one), "code": one.code, "detail": one.sentence(gate.language)} for one in row.entry.problems
    ]


def _troubles(gate: Gate, live: LiveForm, plan: Plan, bad: list[Row]) -> list[dict[str, Any]]:
    """The same trouble of several rows once, the most frequent first, with texts that would do."""
    groups: dict[tuple[str, str, str], list[tuple[Row, Problem]]] = defaultdict(list)
    for row in bad:
        for problem in row.entry.problems:
            path = _field(problem)
            value = row.texts.get(path, str(problem.params.get("value", "")))
            groups[problem.code, path, value].append((row, problem))
    listed = sorted(groups.items(), key=lambda item: -len(item[1]))[:100]
    return [
        {
            "code": code, "field": path, "value": value[:200], "count": len(found), "label": _label(live, path),
            "rows": [row.number for row, _ in found[:SHOWN_ROWS]], "detail": found[0][1].sentence(gate.language),
            "suggestions": guessing.suggestions(gate, live, path, value) if code.startswith("no_such") else [],
        }
        for (code, path, value), found in listed
    ]  # fmt: skip


def _label(live: LiveForm, path: str) -> str:
    head, _, column = path.partition(".")
    entry = live.fields.get(head)
    inner = next((one for one in entry.nested if one.id == column), None) if entry and column else entry
    return inner.label if inner else path


def start(asker: Asker, id: str, mapping: dict[str, Any]) -> dict[str, Any]:
    """Queue the import; raises `Conflict` when it runs already or, without `skip_bad`, when a row is bad."""
    run, live = find(asker, id)
    asker.gate.need(live, "import")
    if run.state["state"] == "ready" and not mapping["skip_bad"] and check(asker, id, mapping)["bad"]:
        raise conflict("import_has_bad_rows")
    reading.judge(asker.gate, live, plan_of(mapping, run))
    told_of = {"mapping": mapping, "total": len(body_of(path_of(asker, run), mapping)), "language": asker.language}
    return briefly(asker.state.engine, lambda connection: _queue(wiring.again(asker, connection), id, told_of))


def _queue(asker: Asker, id: str, more: Mapping[str, Any]) -> dict[str, Any]:
    """Hand the import to the worker, once."""
    run, _ = find(asker, id, lock=True)
    if run.state["state"] != "ready":
        raise conflict("import_started")
    state = {**run.state, **more, "state": "queued", "troubles": []}
    imports.change(asker.connection, asker.workspace, id, state)
    asker.world.outbox.send(Job("import", {"import": id, "workspace": asker.workspace}, key=id))
    return told(replace(run, state=state))


def told(run: ImportRun) -> dict[str, Any]:
    """How far an import is."""
    state = run.state
    can_undo = state["state"] == "done" and bool(state["created"] or state["updated"])
    return {
        "id": run.id, "state": state["state"], "total": state["total"], "done": state["done"],
        "created": state["created"], "updated": state["updated"], "bad": state["bad"],
        "can_undo": can_undo, "detail": state.get("detail", ""),
    }  # fmt: skip


def progress(asker: Asker, id: str) -> dict[str, Any]:
    """How far one of the asker's imports is."""
    return told(find(asker, id)[0])


def latest(asker: Asker, app: str, form: str) -> list[dict[str, Any]]:
    """The asker's latest imports into a form that were started."""
    live = asker.gate.form(app, form)
    found = imports.latest(asker.connection, asker.workspace, live.key, asker.member)
    return [told(run) for run in found if run.state["state"] != "ready"]


def errors(asker: Asker, id: str) -> Response:
    """The bad rows as the file had them, each with what is wrong, to be mended and imported again."""
    run, _ = find(asker, id)
    mapping = run.state.get("mapping")
    if not mapping:
        raise missing("no_such_import")
    why = {int(number): words for number, words in run.state["troubles"]}
    book = read_book(path_of(asker, run), mapping["encoding"], mapping["delimiter"])
    rows = table_of(book, mapping["sheet"] or book.tables[0].name).rows
    header = rows[int(mapping["header_row"])] if int(mapping["header_row"]) < len(rows) else []
    headings = unique_headings([*header, "错误原因 / What is wrong"])
    bad = [
        dict(zip(headings, [*(inert(cell) for cell in rows[number - 1]), why[number]], strict=True))
        for number in sorted(why)
        if number <= len(rows)
    ]
    place = asker.settings.home / "exports" / f"{secrets.token_hex(8)}.xlsx"
    place.parent.mkdir(parents=True, exist_ok=True)
    rustpy_xlsxwriter.write_worksheet(bad or [dict.fromkeys(headings, "")], str(place), "errors", bold_headers=True)
    name = f"errors-{run.state['name'].rpartition('.')[0] or 'import'}.xlsx"
    return FileResponse(place, filename=name, background=BackgroundTask(place.unlink, missing_ok=True))


def unique_headings(headings: list[str]) -> list[str]:
    """Headings of which no two are the same and none is blank."""
    found: list[str] = []
    for place, heading in enumerate(headings):
        name = heading.strip() or f"#{place + 1}"
        while name in found:
            name += " "
        found.append(name)
    return found


def undo(asker: Asker, id: str) -> dict[str, Any]:
    """Queue the undoing of a finished import."""
    run, _ = find(asker, id, lock=True)
    if not told(run)["can_undo"]:
        raise conflict("import_not_undoable")
    state = {**run.state, "state": "undoing", "undone": 0, "kept": 0}
    imports.change(asker.connection, asker.workspace, id, state)
    asker.world.outbox.send(Job("undo_import", {"import": id, "workspace": asker.workspace}, key=f"undo-{id}"))
    return told(replace(run, state=state))
