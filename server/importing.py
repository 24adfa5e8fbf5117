"""An import from upload to undo 导入: read, guessed, checked without writing, run in the background, undone whole.

Every chunk of rows is one transaction that also moves the progress on, so a killed server resumes where it was.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import rustpy_xlsxwriter
from fastapi import UploadFile
from fastapi.responses import FileResponse, Response

from builder.problem import Problem, Refusal, Unauthenticated, conflict, invalid, missing
from runtime import guessing, records
from runtime import importing as reading
from runtime.exporting import inert
from runtime.gate import Gate
from runtime.importing import Finding, Plan, Row
from runtime.live import LiveForm
from runtime.ports import Job
from server import filing, sheets, wiring
from server.asker import Asker, Visitor
from server.store import identity, imports
from server.store.imports import ImportRun
from server.store.outbox import Claimed
from server.transaction import retrying, transaction
from server.wiring import Wired

CHUNK = 500
PREVIEW = 50
MOST_BAD = 20_000
SHOWN_BAD = 100
SHOWN_ROWS = 20


def upload(asker: Asker, app: str, form: str, file: UploadFile) -> dict[str, Any]:
    """Keep the file and say what it seems to hold; raises `Invalid` for one that cannot be read."""
    live = asker.gate.form(app, form)
    asker.gate.need(live, "import")
    digest, _ = filing.keep_bytes(asker.settings.files, asker.workspace, file)
    state = {"name": filing.clean_name(file.filename or ""), "digest": digest, "state": "ready", "total": 0, "done": 0,
             "created": 0, "updated": 0, "bad": 0}  # fmt: skip
    run = ImportRun(asker.state.ids.new(), live.key, asker.member, asker.state.clock.now(), state)
    book = sheets.read(_path(asker, run))
    imports.add(asker.connection, asker.workspace, run)
    first = next((table.name for table in book.tables if table.rows), "")
    return _described(asker, live, run, book, first, _header_row(book, first))


def _path(asker: Asker, run: ImportRun) -> Path:
    return filing.path_of(asker.settings.files, asker.workspace, str(run.state["digest"]))


def _header_row(book: sheets.Book, sheet: str) -> int:
    """The first of the first ten rows that is filled the most: titles above a table fill few cells."""
    rows = _table(book, sheet).rows[:10]
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    return filled.index(max(filled)) if filled else 0


def _table(book: sheets.Book, sheet: str) -> sheets.Table:
    found = next((table for table in book.tables if table.name == sheet), None)
    if found is None:
        raise invalid("no_such_sheet", "sheet", sheet=sheet)
    return found


def _described(
    asker: Asker, live: LiveForm, run: ImportRun, book: sheets.Book, sheet: str, header: int
) -> dict[str, Any]:
    rows = _table(book, sheet).rows
    headings = rows[header] if header < len(rows) else []
    body = rows[header + 1 :]
    guesses = guessing.guess(asker.gate, live, headings)
    columns = [
        {"index": place, "heading": heading[:200], "guess": guesses[place][0], "why": guesses[place][1],
         "samples": [row[place][:80] for row in body[:20] if row[place].strip()][:3]}
        for place, heading in enumerate(headings)
    ]  # fmt: skip
    return {
        "id": run.id, "name": run.state["name"], "sheets": [table.name for table in book.tables], "sheet": sheet,
        "encoding": book.encoding, "delimiter": book.delimiter, "header_row": header, "columns": columns,
        "rows": [[cell[:200] for cell in row] for row in body[:PREVIEW]], "total": len(body),
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
    book = sheets.read(_path(asker, run), encoding, delimiter)
    return _described(asker, live, run, book, sheet or book.tables[0].name, header_row)


def _body(path: Path, mapping: Mapping[str, Any]) -> list[tuple[int, list[str]]]:
    """The rows under the headings with their numbers as the file counts them, from 1."""
    book = sheets.read(path, mapping["encoding"], mapping["delimiter"])
    rows = _table(book, mapping["sheet"] or book.tables[0].name).rows
    first = int(mapping["header_row"]) + 1
    return [(first + place + 1, row) for place, row in enumerate(rows[first:])]


def plan_of(mapping: Mapping[str, Any], name: str) -> Plan:
    """The mapping as the wizard sends it."""
    if not all(str(index).isdigit() for index in mapping["columns"]):
        raise invalid("shape_wrong", "columns", field="columns", detail="index")
    columns = {int(index): str(path) for index, path in mapping["columns"].items() if path}
    if not columns:
        raise invalid("nothing_mapped", "columns")
    if len(set(columns.values())) != len(columns):
        raise invalid("mapped_twice", "columns")
    return Plan(columns, mapping["replace"], mapping["key"], name)


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
    gate, plan = asker.gate, plan_of(mapping, id)
    finding, seen = Finding(gate, live), dict[tuple[str, str], str]()
    bad: list[Row] = []
    counts = {"total": 0, "creates": 0, "updates": 0}
    body = _body(_path(asker, run), mapping)
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
    rows = [{"row": row.number, "problems": _told(gate, row)} for row in bad[:SHOWN_BAD]]
    return {**counts, "good": counts["total"] - len(bad), "bad": len(bad), "troubles": troubles, "rows": rows}


def _field(problem: Problem) -> str:
    """The path of the field that a problem is about: `lines.product`, whatever the row."""
    return ".".join(str(step) for step in problem.path if isinstance(step, str) and step != "values")


def _told(gate: Gate, row: Row) -> list[dict[str, str]]:
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
    run, live = find(asker, id, lock=True)
    asker.gate.need(live, "import")
    if run.state["state"] != "ready":
        raise conflict("import_started")
    if not mapping["skip_bad"] and check(asker, id, mapping)["bad"]:
        raise conflict("import_has_bad_rows")
    reading.judge(asker.gate, live, plan_of(mapping, id))
    total = len(_body(_path(asker, run), mapping))
    state = {
        **run.state,
        "state": "queued",
        "mapping": mapping,
        "total": total,
        "troubles": [],
        "language": asker.language,
    }
    imports.change(asker.connection, asker.workspace, id, state)
    payload = {"import": id, "workspace": asker.workspace}
    asker.world.outbox.send(Job("import", payload, key=id))
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
    book = sheets.read(_path(asker, run), mapping["encoding"], mapping["delimiter"])
    rows = _table(book, mapping["sheet"] or book.tables[0].name).rows
    headings = unique_headings([*rows[int(mapping["header_row"])], "错误原因 / What is wrong"])
    bad = [
        dict(zip(headings, [*(inert(cell) for cell in rows[number - 1]), why[number]], strict=True))
        for number in sorted(why)
        if number <= len(rows)
    ]
    place = asker.settings.home / "exports" / f"{run.id}-errors.xlsx"
    place.parent.mkdir(parents=True, exist_ok=True)
    rustpy_xlsxwriter.write_worksheet(bad or [dict.fromkeys(headings, "")], str(place), "errors", bold_headers=True)
    return FileResponse(place, filename=f"errors-{run.state['name'].rpartition('.')[0] or 'import'}.xlsx")


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


def run(wired: Wired, job: Claimed) -> None:
    """The worker's part: chunk after chunk from where it stands; resumed after a crash, never twice."""
    workspace, id = str(job.payload["workspace"]), str(job.payload["import"])
    rows: list[list[tuple[int, list[str]]]] = []
    while retrying(lambda: _next_chunk(wired, job, workspace, id, rows)):
        pass


def asker_for(wired: Wired, connection: Any, workspace: str, run: ImportRun) -> Asker:
    """The importing member, with the rights he has now; raises `Unauthenticated` when he may no longer come in."""
    language = str(run.state.get("language", "zh-CN"))
    visitor = Visitor(connection, wired.settings, wired, language, "", "", False)
    found = identity.identity_of(connection, workspace, run.member)
    if found is None or not found.enabled:
        raise Unauthenticated(Problem("not_signed_in"))
    return wiring.asker_of(visitor, found)


def _next_chunk(wired: Wired, job: Claimed, workspace: str, id: str, rows: list[list[tuple[int, list[str]]]]) -> bool:
    """Import one chunk in one transaction; answers whether there is more."""
    with transaction(wired.engine) as connection:
        run = imports.find(connection, workspace, id, lock=True)
        if run is None or run.state["state"] not in ("queued", "running"):
            return False
        asker = asker_for(wired, connection, workspace, run)
        try:
            live = asker.gate.form_of(run.form)
            plan = plan_of(run.state["mapping"], id)
            if not rows:
                rows.extend(chunks(_body(_path(asker, run), run.state["mapping"]), plan, live))
            with connection.begin_nested():
                state = _import_chunk(asker, live, plan, run, rows)
        except Refusal as refusal:
            state = {**run.state, "state": "failed", "detail": refusal.problems[0].sentence(asker.language)}
        imports.change(connection, workspace, id, state)
        asker.world.outbox.signal("import", [run.member], told(replace(run, state=state)))
        return bool(state["state"] == "running")


def _import_chunk(
    asker: Asker, live: LiveForm, plan: Plan, run: ImportRun, rows: list[list[tuple[int, list[str]]]]
) -> dict[str, Any]:
    place = int(run.state.get("chunk", 0))
    state = {**run.state, "state": "running", "chunk": place + 1}
    if place < len(rows):
        finding = Finding(asker.gate, live)
        finding.expect(plan, [row for chunk in rows for row in chunk])
        found = reading.read_rows(asker.gate, live, plan, rows[place], finding)
        reading.settle(asker.gate, live, plan, found, finding, dry=False, seen={})
        good = [row for row in found if not row.entry.problems]
        bad = [row for row in found if row.entry.problems]
        _write(asker.gate, live, good, run.id)
        state["created"] += sum(row.entry.before is None for row in good)
        state["updated"] += sum(row.entry.before is not None for row in good)
        state["bad"] += len(bad)
        why = [[row.number, "; ".join(one["detail"] for one in _told(asker.gate, row))] for row in bad]
        state["troubles"] = [*state["troubles"], *why][:MOST_BAD]
        state["done"] = min(state["total"], state["done"] + len(rows[place]))
    if place + 1 >= len(rows):
        state |= {"state": "done", "done": state["total"]}
        records.unlink(asker.gate, live, [plan.id_of(int(number)) for number, _ in state["troubles"]])
    return state


def _write(gate: Gate, live: LiveForm, good: list[Row], batch: str) -> None:
    fresh = [row.entry for row in good if row.entry.before is None]
    made = [records.fresh(gate, live, entry, "draft" if live.form.workflow else "") for entry in fresh]
    if made:
        records.keep(gate, live, fresh, made, batch)
    for row in good:
        if row.entry.before is not None:
            records.keep_change(gate, live, row.entry, row.entry.before, batch=batch)


def run_undo(wired: Wired, job: Claimed) -> None:
    """Undo chunk after chunk, from the first change; records that were changed since are kept."""
    workspace, id = str(job.payload["workspace"]), str(job.payload["import"])
    while retrying(lambda: _undo_chunk(wired, workspace, id)):
        pass


def _undo_chunk(wired: Wired, workspace: str, id: str) -> bool:
    with transaction(wired.engine) as connection:
        run = imports.find(connection, workspace, id, lock=True)
        if run is None or run.state["state"] != "undoing":
            return False
        asker = asker_for(wired, connection, workspace, run)
        changes = asker.world.records.batch(id, CHUNK, int(run.state.get("undone_to", 0)))
        kept = sum(not records.take_back(asker.gate, change, f"undo-{id}") for change in changes)
        state = {**run.state, "kept": run.state["kept"] + kept, "undone": run.state["undone"] + len(changes)}
        if changes:
            state["undone_to"] = changes[-1].seq
        else:
            words = Problem("import_undone", (), {"kept": state["kept"]}).sentence(asker.language)
            state |= {"state": "undone", "detail": words}
        imports.change(connection, workspace, id, state)
        asker.world.outbox.signal("import", [run.member], told(replace(run, state=state)))
        return bool(changes)
