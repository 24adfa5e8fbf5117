"""The life of a record 数据的一生: submitted, edited, put into the bin, restored, purged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from builder.definition import Operation
from builder.problem import Conflict, Forbidden, Invalid, Problem, conflict, forbidden, invalid, missing
from runtime import claims, compute, reading, ripple, tasks
from runtime import entry as entries
from runtime.gate import Gate
from runtime.keeping import hold_files, keep_change, keep_changes, tell, title_of
from runtime.live import LiveForm
from runtime.naming import title_map
from runtime.ports import Change, Link, Record
from runtime.recomputing import ALL
from runtime.writing import Entry, Writing

Values = Mapping[str, Any]
Conclude = Callable[[Record], None]
MANY = 500


def submit(
    gate: Gate, app: str, form: str, values: Values, start: bool = True, conclude: Conclude | None = None
) -> dict[str, Any]:
    """Add a record; with a workflow, `start` submits it, else it stays a draft. Raises `Invalid`, `Forbidden`.

    `conclude` is told the new record before the workflow begins."""
    live = gate.form(app, form)
    draft = bool(live.form.workflow) and not start
    written = Entry(gate.world.ids.new(), values)
    record = add(gate, live, [written], draft=draft)[0]
    if conclude is not None:
        conclude(record)
    if live.form.workflow and start:
        record = begin(gate, live, record)
    return answer(gate, live, record)


def begin(gate: Gate, live: LiveForm, record: Record) -> Record:
    """Start the form's workflow for the record; answers the record as it then stands."""
    tasks.start(gate, live, record)
    return gate.world.records.get(live.key, record.id) or record


def answer(gate: Gate, live: LiveForm, record: Record) -> dict[str, Any]:
    """The record as its writer may see it; who may write but not read gets the id alone."""
    grant = gate.grant(live, "read").over(record.seen(), live.kinds)
    return reading.shown(gate, live, record, grant)


def add(
    gate: Gate,
    live: LiveForm,
    written: Sequence[Entry],
    *,
    draft: bool = False,
    batch: str = "",
    operation: Operation = "create",
    note: str = "",
) -> list[Record]:
    """Keep new records, all or none; raises `Invalid` with every problem."""
    grant = gate.need(live, operation)
    alone = len(written) == 1
    entries.settle(Writing(gate, live, grant, draft=draft, claiming=alone), written)
    refuse([problem for entry in written for problem in entry.problems])
    records = [fresh(gate, live, entry, "draft" if draft else "") for entry in written]
    for entry, record in zip(written, records, strict=True):
        over = grant.over(record.seen(), live.kinds)
        if not over.allowed:
            raise forbidden("rows_not_yours", operation=operation)
        refuse(entries.closed(live, entry, over) if len(grant.slices) > 1 else [])
    try:
        keep(gate, live, written, records, batch, note)
    except Conflict as lost:
        if alone:
            refuse(claims.taken(live, lost.problems))
        raise
    return records


def fresh(gate: Gate, live: LiveForm, entry: Entry, status: str) -> Record:
    """The record that an entry becomes."""
    values = {id: value for id, value in entry.values.items() if value is not None}
    by = gate.actor.id
    head = live.app.hashes.get(f"forms/{live.form.id}", "")
    title = title_of(live, values)
    return Record(live.key, entry.id, values, 1, status, gate.now, by, gate.now, by, head, title=title)


def keep(
    gate: Gate,
    live: LiveForm,
    written: Sequence[Entry],
    records: Sequence[Record],
    batch: str = "",
    note: str = "",
) -> None:
    """Insert settled records with their links, tokens, unique values, files and history."""
    links = [link for entry in written for link in entries.links_of(live, entry)]
    tokens = {entry.id: entries.tokens_of(live, entry) for entry in written}
    uniques = {entry.id: found for entry in written if (found := claims.uniques_of(gate, live, entry.values))}
    changes = [Change(r.id, r.form, gate.now, gate.actor.id, "create", {}, r.values, batch, note) for r in records]
    tell(gate, live, [record.id for record in records])
    gate.world.records.insert(records, links, tokens, uniques, changes)
    hold_files(gate, live, written)
    ripple.spread(gate, live, [(None, record) for record in records], keep_changes)
    if gate.world.records.unsure:
        ripple.once_more(gate, live, [record.id for record in records])


def edit(gate: Gate, app: str, form: str, id: str, values: Values, before: Values) -> dict[str, Any]:
    """Change fields. Each is compared with what the editor saw: disjoint edits merge, the same field conflicts."""
    live = gate.form(app, form)
    record, _ = gate.record(live, id, lock=True)
    grant = gate.grant(live, "update").over(record.seen(), live.kinds)
    if not grant.allowed:
        raise forbidden("not_allowed", operation="update")
    if record.status == "running" and not gate.actor.admin:
        raise conflict("record_in_workflow")
    changed = change(gate, live, record, values, before, Writing(gate, live, grant, draft=record.status == "draft"))
    if not grant_after(gate, live, changed):
        raise forbidden("rows_not_yours", operation="update")
    return answer(gate, live, changed)


def grant_after(gate: Gate, live: LiveForm, record: Record) -> bool:
    """Whether the asker may own such a record: a write is judged on the record as it will be, too."""
    return gate.grant(live, "update").over(record.seen(), live.kinds).allowed


def change(
    gate: Gate, live: LiveForm, record: Record, values: Values, before: Values, writing: Writing, note: str = ""
) -> Record:
    """Settle and keep an edit of a locked record; raises `Conflict`, `Invalid`."""
    _refuse_conflicts(gate, live, record, values, before)
    written = Entry(record.id, values, record)
    entries.settle(writing, [written])
    refuse(written.problems)
    return keep_change(gate, live, written, record, note)


def _refuse_conflicts(gate: Gate, live: LiveForm, record: Record, values: Values, before: Values) -> None:
    clashes = []
    shown = gate.masked(live, record.values, gate.as_reader(live, record))
    for id, yours in values.items():
        held = shown.get(id)
        if id in before and id in shown and held not in (before[id], yours) and not _same(live, id, held, before[id]):
            clashes.append({"field": id, "before": before[id], "theirs": held, "yours": yours})
    if clashes:
        stamped = [{**clash, "by": record.updated_by, "at": record.updated_at.isoformat()} for clash in clashes]
        problems = [
            Problem("edit_conflict", ("values", str(c["field"])), {"label": live.fields[str(c["field"])].label})
            for c in clashes
        ]
        raise Conflict(problems, conflicts=stamped, revision=record.revision)


def _same(live: LiveForm, id: str, held: Any, seen: Any) -> bool:
    """Whether what the editor saw is what is held, spelled another way."""
    try:
        return bool(live.fields[id].coerce(seen) == held)
    except (ValueError, TypeError):
        return False


def refuse(problems: Sequence[Problem]) -> None:
    """Raise the problems, if any: `Forbidden` when all are about rights, else `Invalid`."""
    if problems and all(problem.code == "field_not_writable" for problem in problems):
        raise Forbidden(problems)
    if problems:
        raise Invalid(problems)


def _each(gate: Gate, app: str, form: str, ids: Sequence[str], *, deleted: bool) -> tuple[LiveForm, list[Record]]:
    """The records, locked, when the asker may delete every one of them."""
    live = gate.form(app, form)
    gate.need(live, "delete")
    if not ids or len(ids) > MANY:
        raise invalid("too_many_ids", "ids", limit=MANY)
    found = []
    for id in sorted(set(ids)):
        record = gate.world.records.get(live.key, id, lock=True)
        if record is None or (record.deleted_at is not None) is not deleted:
            raise missing("no_such_record")
        if not gate.grant(live, "delete").over(record.seen(), live.kinds).allowed:
            gate.record(live, id, deleted=deleted)
            raise forbidden("not_allowed", operation="delete")
        found.append(record)
    return live, found


def remove(gate: Gate, app: str, form: str, ids: Sequence[str], batch: str = "") -> None:
    """Put records into the recycle bin, all or none; refused while others point to them or a workflow runs."""
    live, found = _each(gate, app, form, ids, deleted=False)
    for record in found:
        if record.status == "running":
            raise conflict("record_in_workflow")
        _mark(gate, live, _release(gate, live, record, {entry.id for entry in found}), "delete", batch)
    tell(gate, live, [record.id for record in found])


def _mark(gate: Gate, live: LiveForm, record: Record, operation: str, batch: str = "") -> None:
    gone = gate.now if operation == "delete" else None
    after = replace(record, deleted_at=gone, revision=record.revision + 1)
    again = None if gone else claims.uniques_of(gate, live, record.values)
    if not gate.world.records.replace(after, None, None, again):
        raise conflict("record_changed")
    before, now = (record.values, {}) if operation == "delete" else ({}, record.values)
    change = Change(record.id, record.form, gate.now, gate.actor.id, operation, before, now, batch)  # type: ignore[arg-type]
    gate.world.records.log([change])
    ripple.spread(gate, live, [(record, after)], keep_changes)


def _release(gate: Gate, live: LiveForm, record: Record, together: set[str]) -> Record:
    """What points here: blocks, or is cleared, as the pointing field says; a field that is gone says nothing.

    Answers the record as it then stands: what it gathers from those that let go of it has changed."""
    seen: set[Link] = set()
    while fresh := set(gate.world.records.pointing(live.key, record.id, len(seen) + MANY)) - seen:
        seen |= fresh
        for link in sorted(fresh, key=lambda one: (one.form, one.source, one.field)):
            source = live.app.forms.get(link.form.partition(".")[2])
            if link.source not in together and source is not None:
                _let_go(gate, source, link, record, together)
    return gate.world.records.get(live.key, record.id) or record if seen else record


def _let_go(gate: Gate, source: LiveForm, link: Link, record: Record, together: set[str]) -> None:
    head, _, column = link.field.partition(".")
    found = source.fields.get(head)
    inner = next((one for one in found.nested if one.id == column), None) if found and column else found
    if inner is None:
        return
    how = "block" if column else getattr(inner.type, "on_delete", "block")
    if how == "cascade":
        _go_along(gate, source, link.source, together)
        return
    if how != "clear":
        own = source.app.form(record.form.partition(".")[2])
        title = title_map(gate, own, [record]).get(record.id, record.id)
        raise conflict("still_referenced", title=title, form=source.form.name, label=inner.label)
    _clear(gate, source, link.source, head, record.id)


def _go_along(gate: Gate, live: LiveForm, id: str, together: set[str]) -> None:
    """Put a record into the bin with the one it belongs to, and what belongs to it in turn."""
    record = gate.world.records.get(live.key, id, lock=True)
    if record is None or record.deleted_at is not None or id in together:
        return
    if record.status == "running":
        raise conflict("record_in_workflow")
    together.add(id)
    _mark(gate, live, _release(gate, live, record, together), "delete")
    tell(gate, live, [id])


def unlink(gate: Gate, live: LiveForm, ids: Sequence[str]) -> None:
    """Clear references within the form to records that never came to be: rows of an import that were bad."""
    own = [id for id, entry in live.fields.items() if entry.points is not None and entry.points.form == live.form.id]
    for id in ids if own else ():
        for link in gate.world.records.pointing(live.key, id):
            if link.form == live.key:
                _clear(gate, live, link.source, link.field, id)


def _clear(gate: Gate, live: LiveForm, id: str, field: str, gone: str) -> None:
    gate = gate.as_system("reference cleared")
    record = gate.world.records.get(live.key, id, lock=True)
    points = live.fields[field].points
    if record is not None and points is not None:
        writing = Writing(gate, live, gate.grant(live, "update"), trusted=True)
        rest = [one for one in points.targets(record.values.get(field)) if one != gone]
        change(gate, live, record, {field: rest or None}, {}, writing)


def take_back(gate: Gate, change: Change, batch: str) -> bool:
    """Undo one change of a batch, if the record is still as the change left it; answers whether it was undone."""
    live = gate.form_of(change.form)
    record = gate.world.records.get(change.form, change.record, lock=True)
    if record is None or record.deleted_at is not None or _retyped_since(gate, live, change):
        return False
    values = {id: record.values.get(id) for id in change.after}
    if any(values[id] != value for id, value in change.after.items()) or record.status == "running":
        return False
    if change.operation == "create":
        if record.revision != 1 or gate.world.records.pointing(live.key, record.id, 1):
            return False
        _mark(gate, live, record, "delete", batch)
        return True
    before = Entry(record.id, change.before, record, {**record.values, **change.before})
    keep_change(gate, live, before, record, batch=batch, computed=False)
    return True


def _retyped_since(gate: Gate, live: LiveForm, change: Change) -> bool:
    """Whether what the change replaced is of a type that its field does not have any more."""
    since = (one for one in gate.world.retypings.of(live.app.id) if one.form == live.key and one.at >= change.at)
    return any(pair["before"]["id"] in change.before for one in since for pair in one.fields)


def restore(gate: Gate, app: str, form: str, ids: Sequence[str]) -> None:
    """Take records out of the recycle bin, all or none; refused when a unique value was taken meanwhile."""
    live, found = _each(gate, app, form, ids, deleted=True)
    for record in found:
        claims.refuse_return(gate, live, record)
        _mark(gate, live, record, "restore")
    ripple.follow(gate, live, {record.id: (ALL,) for record in found}, keep_changes)
    tell(gate, live, [record.id for record in found])


def purge(gate: Gate, app: str, form: str, ids: Sequence[str]) -> None:
    """Remove records in the bin for good; administrators only, and logged."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    live, found = _each(gate, app, form, ids, deleted=True)
    gate.world.records.purge(live.key, [record.id for record in found])
    changes = [Change(r.id, r.form, gate.now, gate.actor.id, "purge", {}, {}, note=r.title) for r in found]
    gate.world.records.log(changes)


def write_at_task(
    gate: Gate,
    live: LiveForm,
    record: Record,
    values: Values,
    before: Values,
    editable: frozenset[str],
    required: frozenset[str],
) -> Record:
    """An edit made while acting on a task: only the node's fields may be written; its required ones must be there.

    The form's checks hold as for every edit; whoever fills in the draft is held to them when he submits it.
    """
    writing = Writing(gate, live, gate.grant(live, "update"), draft=True, extra_fields=editable)
    refused = sorted(set(values) - {path.partition(".")[0] for path in editable})
    if refused:
        label = live.fields[refused[0]].label if refused[0] in live.fields else refused[0]
        raise forbidden("field_not_writable", "values", refused[0], label=label)
    changed = change(gate, live, record, values, before, writing) if values else record
    refuse([problem for id in sorted(required) for problem in entries.lacking(live, changed.values, id)])
    if values and record.status == "running":
        refuse(compute.checks(live, changed.values, compute.context(gate, live)))
    return changed
