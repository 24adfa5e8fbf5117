"""Records on their way in 录入: what was sent is coerced, completed, computed and judged, many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from builder.access import Grant
from builder.field import Field, Json
from builder.problem import FieldError, Problem, Refusal
from runtime import claims, compute, filed, hiding, named, offered, several, sources, verified
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import Naming, pointers, titles
from runtime.ports import Link, Record
from runtime.writing import Entry, Writing


def settle(writing: Writing, entries: Sequence[Entry]) -> None:
    """Coerce, complete, compute and judge the entries; what is wrong stands in each entry's `problems`."""
    at = compute.context(writing.gate, writing.live, keeping=not writing.dry)
    for entry in entries:
        _coerce(writing, entry)
        if entry.before is None:
            compute.defaults(writing.live, entry.values, at)
        _name_rows(writing, entry)
        if writing.live.linking and not writing.trusted:
            held = entry.before.values if entry.before is not None else None
            sources.fill_in(writing.gate, writing.live, entry.sent, entry.values, held)
    _fill(writing, entries)
    if not writing.dry and writing.live.serials_are_read:
        _draw_serials(writing, entries)
    for entry in entries:
        compute.formulas(writing.live, entry.values, compute.anew(at), _moved(writing, entry))
        _judge(writing, entry, at)
    _look_up(writing, entries)
    claims.refuse_taken(writing, entries)
    if not writing.dry:
        _draw_serials(writing, entries)


def _moved(writing: Writing, entry: Entry) -> Collection[str] | None:
    """The fields that changed, if the rest was computed by this very definition of the form; else None: compute all."""
    before = entry.before
    same = before is not None and before.version and before.version == writing.live.hash
    return changed_fields(entry) if same else None


def _coerce(writing: Writing, entry: Entry) -> None:
    base = _copied(entry.before.values) if entry.before else {}
    entry.values = base
    for id, raw in entry.sent.items():
        found = writing.live.fields.get(id)
        if found is None:
            entry.problems.append(Problem("unknown_field", ("values", id), {"field": str(id)[:80]}))
        elif found.computed and not writing.trusted:
            entry.problems.append(Problem("field_computed", ("values", id), {"label": found.label}))
        elif not _may_write(writing, entry, id, raw):
            entry.problems.append(Problem("field_not_writable", ("values", id), {"label": found.label}))
        else:
            base[id] = _with_closed_columns(writing, found, base.get(id), _coerced(writing, found, raw, entry))


def _copied(values: Mapping[str, Json]) -> dict[str, Json]:
    """A copy whose rows may be changed without changing the stored record."""
    return {id: [dict(part) if isinstance(part, dict) else part for part in value] if isinstance(value, list) else value
            for id, value in values.items()}  # fmt: skip


def _may_write(writing: Writing, entry: Entry, id: str, raw: Json) -> bool:
    """Sending back what one has read is no writing; of a field that one may not read, nothing is told."""
    if writing.trusted or id in writing.opened or writing.grant.may_write(id):
        return True
    held = entry.before
    if held is None:
        return raw is None
    seen = writing.gate.masked(writing.live, held.values, writing.gate.as_reader(writing.live, held))
    return id in seen and raw == seen[id]


def closed(live: LiveForm, entry: Entry, over: Grant) -> list[Problem]:
    """What a new record brings in fields that `over`, the grant over the record as it will be, does not let write."""
    sent = (id for id, raw in entry.sent.items() if raw is not None and id in live.fields)
    shut = (live.fields[id] for id in sent if not over.writable((id,)) and not live.fields[id].computed)
    return [Problem("field_not_writable", ("values", found.id), {"label": found.label}) for found in shut]


def _with_closed_columns(writing: Writing, found: Field, held: Json, rows: Json) -> Json:
    """Columns that the writer may not write keep what the same row held, whatever was sent."""
    if writing.trusted or not isinstance(rows, list) or not found.nested:
        return rows
    if found.id in writing.opened:
        return _at_task(writing, found, held, rows)
    closed = {
        one.id for one in found.nested if not one.computed and not writing.grant.writable((f"{found.id}.{one.id}",))
    }
    if not closed:
        return rows
    was = {row.get("id"): row for row in held or ()}
    return [{**_only(row, set(row) - closed), **_only(was.get(row.get("id"), {}), closed)} for row in rows]


def _at_task(writing: Writing, found: Field, held: Json, rows: Json) -> Json:
    """Rows as the node of a task lets them be written: its columns, and new or fewer rows only if it opens them all."""
    open_columns = {one.id for one in found.nested if f"{found.id}.{one.id}" in writing.extra_fields}
    closed = {one.id for one in found.nested if not one.computed} - open_columns
    was = {row.get("id"): row for row in held or ()}
    if found.id in writing.extra_fields:
        return [{**_only(row, set(row) - closed), **_only(was.get(row.get("id"), {}), closed)} for row in rows]
    sent = {row.get("id"): row for row in rows}
    return [{**row, **_only(sent.get(row.get("id"), {}), open_columns)} for row in held or ()]


def lacking(live: LiveForm, values: Mapping[str, Json], path: str) -> list[Problem]:
    """What a node requires and is not there: a field, or a column `lines.price` in some row."""
    head, _, column = path.partition(".")
    found = live.fields.get(head)
    inner = next((one for one in found.nested if one.id == column), None) if found and column else found
    if found is None or inner is None:
        return []
    if not column:
        there = values.get(head) not in (None, [], "")
        return [] if there else [Problem("required", ("values", head), {"label": found.label})]
    rows = enumerate(values.get(head) or ())
    return [
        Problem("required", ("values", head, index, column), {"label": inner.label})
        for index, row in rows
        if row.get(column) is None
    ]


def _only(row: Mapping[str, Json], columns: Collection[str]) -> dict[str, Json]:
    return {key: value for key, value in row.items() if key in columns}


def _coerced(writing: Writing, found: Field, raw: Json, entry: Entry) -> Json:
    held = entry.before.values.get(found.id) if entry.before else None
    listed = not writing.trusted and several.ids_in(found, held)
    if raw == held and not listed:
        return raw
    try:
        meant = found.coerce(raw) if raw != held else raw
        if not listed:
            return meant
        return several.kept(found, held, meant, partial(writing.gate.sees, writing.live.app))
    except FieldError as error:
        entry.problems.append(error.problem.under("values", found.id))
    except Refusal as refusal:
        entry.problems.extend(problem.under("values", found.id) for problem in refusal.problems)
    return held


def _name_rows(writing: Writing, entry: Entry) -> None:
    for id, found in writing.live.fields.items():
        fresh = id in entry.sent or entry.before is None
        if not found.nested or not fresh or not isinstance(entry.values.get(id), list):
            continue
        used: set[str] = set()
        for row in entry.values[id]:
            row["id"] = row["id"] if row.get("id") and row["id"] not in used else writing.gate.world.ids.new()
            used.add(row["id"])


def _fill(writing: Writing, entries: Sequence[Entry]) -> None:
    """What picking a reference carries over, where the sender left it open."""
    behind = _behind(writing, entries)
    for found in writing.live.form.fields:
        columns = [column for column in found.nested if column.points is not None and column.points.fill]
        for entry in entries:
            if found.id not in entry.sent or not entry.values.get(found.id):
                continue
            if found.points is not None and found.points.fill:
                _carry(found, entry.values, entry.sent, behind((found.id,), str(entry.values[found.id])))
            for column in columns:
                for row in entry.values[found.id]:
                    if row.get(column.id):
                        _carry(column, row, row, behind((found.id, column.id), str(row[column.id])))


def _behind(writing: Writing, entries: Sequence[Entry]) -> compute.Behind:
    """What the references that fill something lead to, each form asked once for all entries."""
    behind, wanted = compute.Behind(writing.gate, writing.live), defaultdict[str, set[str]](set)
    for found in writing.live.form.fields:
        if any(one.points is not None and one.points.fill for one in (found, *found.nested)):
            for entry in entries:
                if found.id in entry.sent and entry.values.get(found.id) is not None:
                    for _, form, target in pointers(found, entry.values[found.id]):
                        wanted[form].add(target)
    for form, ids in wanted.items():
        if form in writing.live.app.forms:
            behind.fetch(writing.live.app.form(form), sorted(ids))
    return behind


def _carry(found: Field, into: dict[str, Json], sent: Mapping[str, Json], source: Mapping[str, Json] | None) -> None:
    fill = found.points.fill if found.points is not None else {}
    for own, theirs in fill.items() if source is not None else ():
        if sent.get(own) is None and into.get(own) is None and source is not None:
            into[own] = source.get(theirs)


def _draw_serials(writing: Writing, entries: Sequence[Entry]) -> None:
    """Numbers are drawn last, unless an expression reads them: until the commit, others who draw must wait."""
    today = writing.gate.today.isoformat()
    for entry in entries if writing.numbers else ():
        entry.values.update(writing.numbers.get(entry.id, {}))
    for found in writing.live.serials:
        open_entries = [entry for entry in entries if entry.values.get(found.id) is None and not entry.problems]
        if not open_entries or found.numbers is None:
            continue
        scope = found.numbers.scope(today)
        first = writing.gate.world.records.draw(
            writing.live.key, found.id, scope, len(open_entries), apart=found.numbers.apart()
        )
        for place, entry in enumerate(open_entries):
            entry.values[found.id] = found.numbers.number(first + place, today, _words(writing, found, entry))


def _words(writing: Writing, found: Field, entry: Entry) -> dict[str, str]:
    """What the record says in the fields that a number holds."""
    mentions = getattr(found.type, "mentions", tuple)
    known = [writing.live.fields[id] for id in mentions() if id in writing.live.fields]
    if not known:
        return {}
    naming = Naming(writing.gate, titles(writing.gate, writing.live, [entry.values]))
    return {one.id: one.type.display(entry.values.get(one.id), naming) for one in known}


def _judge(writing: Writing, entry: Entry, at: Any) -> None:
    if entry.problems or writing.trusted:
        return
    shown = compute.rules(writing.live, entry.values, at)
    if shown.governed and not writing.draft:
        shown = hiding.settle(writing.gate, writing.live, entry.values, shown, at)
    locked = sorted(set(entry.sent) & shown.read_only)
    entry.problems.extend(
        Problem("field_not_writable", ("values", id), {"label": writing.live.fields[id].label})
        for id in locked
        if entry.before is not None and entry.values.get(id) != entry.before.values.get(id)
    )
    if not writing.draft:
        entry.problems.extend(_unfit(writing, entry, shown.hidden))
        entry.problems.extend(compute.required_missing(writing.live, entry.values, shown))
        if not entry.problems:
            entry.problems.extend(compute.checks(writing.live, entry.values, at))


def _unfit(writing: Writing, entry: Entry, hidden: frozenset[str]) -> Iterable[Problem]:
    """What may not stand on this day, or is too little; what a kept record holds already is not judged anew."""
    was = entry.before
    all = was is None or was.status == "draft"
    fresh = frozenset() if all else changed_fields(entry)
    today, zone = writing.gate.today.isoformat(), writing.gate.timezone
    for id, found in writing.live.fields.items():
        if found.judges is None or id in hidden or found.computed or not (all or id in fresh):
            continue
        try:
            found.judges.judge(entry.values.get(id), today, zone)
        except FieldError as error:
            yield error.problem.under("values", id)
        except Refusal as refusal:
            yield from (problem.under("values", id) for problem in refusal.problems)


def links_of(live: LiveForm, entry: Entry) -> list[Link]:
    """Every reference in the entry's values."""
    app = live.app.id
    return [
        Link(live.key, entry.id, path, f"{app}.{form}", target)
        for found in live.pointing
        if entry.values.get(found.id) is not None
        for path, form, target in pointers(found, entry.values[found.id])
    ]


def changed_fields(entry: Entry) -> frozenset[str]:
    """The fields whose value differs from what was stored."""
    if entry.before is None:
        return frozenset(id for id, value in entry.values.items() if value is not None)
    before = entry.before.values
    ids = set(entry.values) | set(before)
    return frozenset(id for id in ids if entry.values.get(id) != before.get(id))


def _look_up(writing: Writing, entries: Sequence[Entry]) -> None:
    """Members, departments, records and files that are named must be there, and be the writer's to name."""
    if writing.trusted:
        return
    for entry in entries if writing.live.ranging else ():
        entry.problems.extend(offered.problems(writing.gate, writing.live, entry, changed_fields(entry)))
    for entry in entries if writing.live.peopled else ():
        before = entry.before.values if entry.before else {}
        fresh = changed_fields(entry)
        entry.problems.extend(named.people_missing(writing.gate, writing.live, entry.values, fresh, before))
    for entry in entries if writing.live.verifying else ():
        entry.problems.extend(verified.unverified(writing, entry, changed_fields(entry)))
    _targets_missing(writing, entries)
    copied = partial(filed.copies, writing.gate, dry=writing.dry)
    named.files_missing(writing.gate, writing.live, entries, writing.brought, copied)


def _targets_missing(writing: Writing, entries: Sequence[Entry]) -> None:
    wanted: dict[str, dict[str, list[tuple[Entry, str]]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries if writing.live.pointing else ():
        fresh = changed_fields(entry)
        for found in writing.live.pointing:
            if found.id in fresh and entry.values.get(found.id) is not None:
                for path, form, target in pointers(found, entry.values[found.id]):
                    wanted[form][target].append((entry, path))
    for form, targets in wanted.items():
        live = writing.live.app.form(form)
        there = writing.gate.world.records.many(live.key, sorted(targets), keep=not writing.dry)
        seen = writing.gate.visible(live, there.values())
        for target, places in targets.items():
            for entry, path in places if target not in seen and target not in writing.expected else ():
                if not _held_before(writing.live, entry, path, target):
                    entry.problems.append(Problem("no_such_record", ("values", *path.split(".")), {"value": target}))
            for entry, path in places if target in seen else ():
                offered = not sources.misfits(writing.gate, writing.live, path, entry.values, seen[target])
                if not offered and not _held_before(writing.live, entry, path, target):
                    told = {"value": _called(writing.gate, live, seen[target])}
                    entry.problems.append(Problem("record_not_offered", ("values", *path.split(".")), told))


def _called(gate: Gate, live: LiveForm, record: Record) -> str:
    """The record's title, or its id where the writer may not read that."""
    grant = gate.grant(live, "read").over(record.seen(), live.kinds)
    return record.title if grant.covers((live.form.title_field,)) else record.id


def _held_before(live: LiveForm, entry: Entry, path: str, target: str) -> bool:
    head = path.partition(".")[0]
    held = entry.before.values.get(head) if entry.before else None
    return held is not None and any((way, id) == (path, target) for way, _, id in pointers(live.fields[head], held))


def tokens_of(live: LiveForm, entry: Entry) -> dict[str, str]:
    """The texts by which a quick search finds the record, by field."""
    return {id: str(entry.values[id]) for id in live.worded if entry.values.get(id)}
