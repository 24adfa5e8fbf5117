"""The worker's part of an import 导入执行: chunk after chunk, each whole or not at all, and undone."""

from dataclasses import dataclass, replace
from typing import Any

from builder.problem import Conflict, Problem, Refusal, Unauthenticated
from runtime import importing as reading
from runtime import keeping, records
from runtime.gate import Gate
from runtime.importing import Finding, Plan, Row
from runtime.live import LiveForm
from runtime.named import file_ids
from runtime.ports import Change
from runtime.unpacking import named_in
from server import archives, wiring
from server.archives import Archive
from server.asker import Asker, Visitor
from server.importing import CHUNK, Chunks, body_of, chunks, path_of, plan_of, told, told_of_row
from server.store import identity, imports
from server.store.files import SqlFiles
from server.store.imports import ImportRun
from server.store.outbox import Claimed
from server.transaction import retrying, transaction
from server.wiring import Wired

MOST_BAD = 20_000
ATTEMPTS = 3


@dataclass(frozen=True)
class Body:
    """What is to be written: the rows in chunks, and the files that came along."""

    chunks: Chunks
    archive: Archive | None = None


def run(wired: Wired, job: Claimed) -> None:
    """The worker's part: chunk after chunk from where it stands; resumed after a crash, never twice."""
    workspace, id = str(job.payload["workspace"]), str(job.payload["import"])
    rows = _rows(wired, workspace, id)
    while retrying(lambda: _next_chunk(wired, workspace, id, rows)):
        pass


def _rows(wired: Wired, workspace: str, id: str) -> Body | Refusal:
    """The file's rows in chunks and its files, read while nobody waits for this transaction; or why they cannot be."""
    try:
        with transaction(wired.engine, writes=False) as connection:
            run = imports.find(connection, workspace, id)
            if run is None:
                return Body([])
            asker = asker_for(wired, connection, workspace, run)
            mapping = run.state["mapping"]
            body, plan = body_of(path_of(asker, run), mapping), plan_of(mapping, run)
            parts = list(chunks(body, plan, asker.gate.form_of(run.form)))
            return Body(parts, _archive(asker, run, plan, body) if plan.with_files else None)
    except Refusal as refusal:
        return refusal


def _archive(asker: Asker, run: ImportRun, plan: Plan, body: list[tuple[int, list[str]]]) -> Archive | None:
    """The archive with the bytes of every file kept that a cell may name, before anybody waits for a write."""
    found = archives.opened(path_of(asker, run))
    if found is None:
        return None
    cells = (cells[place] for _, cells in body for place in plan.columns if place < len(cells))
    named = (path for cell in cells for path in named_in(found, cell))
    return found.kept(named, asker.settings.files, asker.workspace)


def asker_for(wired: Wired, connection: Any, workspace: str, run: ImportRun) -> Asker:
    """The importing member, with the rights he has now; raises `Unauthenticated` when he may no longer come in."""
    language = str(run.state.get("language", "zh-CN"))
    visitor = Visitor(connection, wired.settings, wired, language, "", "", False)
    found = identity.identity_of(connection, workspace, run.member)
    if found is None or not found.enabled:
        raise Unauthenticated(Problem("not_signed_in"))
    return wiring.asker_of(visitor, found)


def _next_chunk(wired: Wired, workspace: str, id: str, rows: Body | Refusal) -> bool:
    """Import one chunk in one transaction; answers whether there is more."""
    with transaction(wired.engine) as connection:
        run = imports.find(connection, workspace, id, lock=True)
        if run is None or run.state["state"] not in ("queued", "running"):
            return False
        try:
            if isinstance(rows, Refusal):
                raise rows
            asker = asker_for(wired, connection, workspace, run)
            state = _patiently(asker, run, rows)
            asker.world.outbox.signal("import", [run.member], told(replace(run, state=state)))
        except Refusal as refusal:
            words = refusal.problems[0].sentence(str(run.state.get("language", "zh-CN")))
            state = {**run.state, "state": "failed", "detail": words}
        imports.change(connection, workspace, id, state)
        return bool(state["state"] == "running")


def _patiently(asker: Asker, run: ImportRun, rows: Body) -> dict[str, Any]:
    """The next chunk, whole or not at all; tried again when another writer took a value in the meantime."""
    live, plan = asker.gate.form_of(run.form), plan_of(run.state["mapping"], run)
    for _ in range(ATTEMPTS - 1):
        try:
            with asker.connection.begin_nested():
                return _import_chunk(asker, live, plan, run, rows)
        except Conflict:
            continue
    with asker.connection.begin_nested():
        return _import_chunk(asker, live, plan, run, rows)


def _import_chunk(asker: Asker, live: LiveForm, plan: Plan, run: ImportRun, rows: Body) -> dict[str, Any]:
    place = int(run.state.get("chunk", 0))
    state = {**run.state, "state": "running", "chunk": place + 1}
    if place < len(rows.chunks):
        finding = Finding(asker.gate, live, rows.archive)
        finding.expect(plan, [row for chunk in rows.chunks for row in chunk])
        found = reading.read_rows(asker.gate, live, plan, rows.chunks[place], finding)
        reading.settle(asker.gate, live, plan, found, finding, dry=False, seen={})
        good = [row for row in found if not row.entry.problems]
        bad = [row for row in found if row.entry.problems]
        _add_files(asker, live, good, finding)
        _write(asker.gate, live, good, run.id)
        state["created"] += sum(row.entry.before is None for row in good)
        state["updated"] += sum(row.entry.before is not None for row in good)
        state["bad"] += len(bad)
        why = [[row.number, "; ".join(one["detail"] for one in told_of_row(asker.gate, row))] for row in bad]
        state["troubles"] = [*state["troubles"], *why][:MOST_BAD]
        state["done"] = min(state["total"], state["done"] + len(rows.chunks[place]))
    if place + 1 >= len(rows.chunks):
        state |= {"state": "done", "done": state["total"]}
        records.unlink(asker.gate, live, [plan.id_of(int(number)) for number, _ in state["troubles"]])
    return state


def _add_files(asker: Asker, live: LiveForm, good: list[Row], finding: Finding) -> None:
    """Register the files that the rows to be written name, as their importer's own."""
    if finding.unpacking is None:
        return
    files, at = SqlFiles(asker.connection, asker.workspace), asker.state.clock.now()
    for row in good:
        ids = {id for one in live.holding for id in file_ids(one, row.entry.values.get(one.id))}
        for id in sorted(ids & set(finding.unpacking.heads)):
            files.add(finding.unpacking.heads[id], at)


def _write(gate: Gate, live: LiveForm, good: list[Row], batch: str) -> None:
    fresh = [row.entry for row in good if row.entry.before is None]
    made = [records.fresh(gate, live, entry, "draft" if live.form.workflow else "") for entry in fresh]
    if made:
        records.keep(gate, live, fresh, made, batch)
    for row in good:
        if row.entry.before is not None:
            keeping.keep_change(gate, live, row.entry, row.entry.before, batch=batch)


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
        try:
            asker = asker_for(wired, connection, workspace, run)
        except Refusal as refusal:
            words = refusal.problems[0].sentence(str(run.state.get("language", "zh-CN")))
            imports.change(connection, workspace, id, {**run.state, "state": "failed", "detail": words})
            return False
        changes = asker.world.records.batch(id, CHUNK, int(run.state.get("undone_to", 0)))
        kept = sum(not _taken_back(asker, change, f"undo-{id}") for change in changes)
        state = {**run.state, "kept": run.state["kept"] + kept, "undone": run.state["undone"] + len(changes)}
        if changes:
            state["undone_to"] = changes[-1].seq
        else:
            words = Problem("import_undone", (), {"kept": state["kept"]}).sentence(asker.language)
            state |= {"state": "undone", "detail": words}
        imports.change(connection, workspace, id, state)
        asker.world.outbox.signal("import", [run.member], told(replace(run, state=state)))
        return bool(changes)


def _taken_back(asker: Asker, change: Change, batch: str) -> bool:
    """Whether the change could be undone; a value that somebody else holds by now, or a form that is gone, keeps it."""
    try:
        with asker.connection.begin_nested():
            return records.take_back(asker.gate, change, batch)
    except Refusal:
        return False
