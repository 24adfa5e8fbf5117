"""Rows of texts into records 导入: read by each field's type, judged as any write, every trouble told with its row."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from builder.access import Grant
from builder.definition import Operation
from builder.field import Field, Kind
from builder.listed import words_in
from builder.problem import FieldError, Missing, Problem, invalid
from runtime import entry as entries
from runtime import numbering
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.named import file_ids
from runtime.naming import title_map
from runtime.ports import Record, StoredFile
from runtime.unpacking import Archive, Unpacking
from runtime.writing import Entry, Writing

QUOTED = re.compile(r"^'+[=+\-@\t\r]")


@dataclass(frozen=True)
class Plan:
    """How the columns of a file become fields: column index → field path; texts to replace; the key to update by."""

    columns: Mapping[int, str]
    replace: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    key: str = ""
    name: str = ""
    """The import's own id; the record of a row is called after it and the row's number, in every run alike."""
    with_files: bool = False
    """Whether files came along, which cells name."""

    def id_of(self, number: int) -> str:
        """The id of the record that a row becomes."""
        return f"{self.name}-{number}"


@dataclass
class Row:
    """One record as the file has it: the number of its first row, its entry, and what is wrong."""

    number: int
    entry: Entry
    texts: dict[str, str] = field(default_factory=dict)


def importable(live: LiveForm, gate: Gate, *, numbered: bool = True, with_files: bool = False) -> dict[str, Field]:
    """The fields and columns that a file may fill, by path; those that the asker may write.

    Serial numbers are among them, to be mapped on purpose, unless it is asked without (`numbered`);
    fields that hold nothing but files only if files came along (`with_files`)."""
    grant = gate.need(live, "import")
    create = gate.grant(live, "create")
    found: dict[str, Field] = {}
    for id, entry in live.fields.items():
        closed = entry.computed and not (numbered and entry.numbers is not None)
        if closed or (_are_files(entry) and not with_files) or not (grant.writable((id,)) or create.writable((id,))):
            continue
        if entry.nested:
            found.update(
                {
                    f"{id}.{column.id}": column
                    for column in entry.nested
                    if not (column.computed or (_are_files(column) and not with_files))
                }
            )
        else:
            found[id] = entry
    return found


def _are_files(entry: Field) -> bool:
    """Whether its values are stored files alone, which no text can bring."""
    return entry.holds is not None and entry.kind is Kind.LIST


def called(live: LiveForm, path: str) -> str:
    """What people call a path: its label, `明细.产品` for a column."""
    head, _, column = path.partition(".")
    entry = live.fields[head]
    if not column:
        return entry.label
    return f"{entry.label}.{next(one.label for one in entry.nested if one.id == column)}"


class Finding:
    """From words to ids: members, departments and records by name; records are looked up many at once."""

    def __init__(self, gate: Gate, live: LiveForm, archive: Archive | None = None) -> None:
        self.gate, self.live = gate, live
        self.unpacking = None if archive is None else Unpacking(archive, gate.actor.id)
        self.members = _by_name(gate.world.directory.members())
        self.departments = _by_name(gate.world.directory.departments())
        self.titles: dict[str, dict[str, str]] = {}
        self.expected: set[str] = set()
        self.repeated: dict[int, int] = {}
        """Row number → the number of the row above that has the same key."""

    def expect(self, plan: Plan, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Learn what rows of the same file say of one another: keys that come twice, a parent further down."""
        self._expect_keys(plan, rows)
        self._expect_titles(plan, rows)

    def _expect_keys(self, plan: Plan, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        place = next((place for place, path in plan.columns.items() if path == plan.key), None)
        first: dict[str, int] = {}
        for number, cells in rows if place is not None else ():
            text = cells[place].strip() if place is not None and place < len(cells) else ""
            if text and first.setdefault(_replaced(plan, plan.key, text), number) != number:
                self.repeated[number] = first[_replaced(plan, plan.key, text)]

    def _expect_titles(self, plan: Plan, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        own = self.live.form.id
        if not any(_points_to(self.live, path, own) for path in plan.columns.values()):
            return
        place = next((place for place, path in plan.columns.items() if path == self.live.form.title_field), None)
        known = self.titles.setdefault(own, {})
        for number, cells in rows if place is not None else ():
            title = cells[place].strip() if place is not None and place < len(cells) else ""
            if title and title not in known:
                known[title] = plan.id_of(number)
                self.expected.add(known[title])

    def find_member(self, text: str) -> str | None:
        """The only member called so."""
        return self.members.get(text)

    def find_department(self, text: str) -> str | None:
        """The only department called so."""
        return self.departments.get(text)

    def find_record(self, form: str, text: str) -> str | None:
        """The only record titled so whose title the importer may read."""
        return self.titles.get(form, {}).get(text)

    def prepare(self, form: str, texts: Iterable[str]) -> None:
        """Look up titles before the rows are read."""
        known = self.titles.setdefault(form, {})
        wanted = sorted({text.strip() for text in texts} - set(known))
        if not wanted or form not in self.live.app.forms:
            return
        target = self.live.app.form(form)
        ids = self.gate.world.records.titled(target.key, wanted)
        records = self.gate.world.records.many(target.key, [id for found in ids.values() for id in found])
        seen = title_map(self.gate, target, self.gate.visible(target, records.values()).values())
        for title, found in ids.items():
            mine = [id for id in found if id in seen]
            if len(mine) == 1:
                known[title] = mine[0]


def _points_to(live: LiveForm, path: str, form: str) -> bool:
    """Whether the field or column at `path` names records of the form."""
    head, _, column = path.partition(".")
    entry = live.fields.get(head)
    found = (one for one in (entry.nested if column else (entry,)) if not column or one.id == column) if entry else ()
    return any(one.points is not None and one.points.form == form for one in found)


def _by_name(people: Mapping[str, Any]) -> dict[str, str]:
    counts = Counter(one.name for one in people.values())
    return {one.name: id for id, one in people.items() if counts[one.name] == 1}


def read_rows(
    gate: Gate, live: LiveForm, plan: Plan, rows: Sequence[tuple[int, Sequence[str]]], finding: Finding
) -> list[Row]:
    """The rows as entries with their texts read; a row with subform cells alone continues the record above it."""
    judge(gate, live, plan)
    known = importable(live, gate, with_files=plan.with_files)
    _prepare(plan, known, rows, finding)
    found: list[Row] = []
    for number, cells in rows:
        texts = {path: cells[place].strip() for place, path in plan.columns.items() if place < len(cells)}
        if not any(texts.values()):
            continue
        heads = [path for path, text in texts.items() if text and "." not in path]
        if heads or not found:
            found.append(Row(number, Entry(plan.id_of(number), {}), texts))
        _read_into(gate, found[-1], texts, known, plan, finding, number)
    return found


def _prepare(
    plan: Plan, known: Mapping[str, Field], rows: Sequence[tuple[int, Sequence[str]]], finding: Finding
) -> None:
    for place, path in plan.columns.items():
        points = known[path].points
        if points is not None:
            texts = (_replaced(plan, path, cells[place].strip()) for _, cells in rows if place < len(cells))
            words = (words_in(text) if known[path].lists is not None else [text] for text in texts if text)
            finding.prepare(points.form, chain.from_iterable(words))


def _replaced(plan: Plan, path: str, text: str) -> str:
    plain = text[1:] if text[:1] == "'" and QUOTED.match(text) else text
    return plan.replace.get(path, {}).get(plain, plain) if plan.replace else plain


def _read_into(
    gate: Gate,
    row: Row,
    texts: Mapping[str, str],
    known: Mapping[str, Field],
    plan: Plan,
    finding: Finding,
    number: int,
) -> None:
    sent = dict(row.entry.sent)
    cells: dict[str, dict[str, Any]] = {}
    for path, raw in texts.items():
        text = _replaced(plan, path, raw)
        head, _, column = path.partition(".")
        if not text and column:
            continue
        try:
            value = (
                read_cell(known[path], text, finding, gate.timezone, f"{plan.id_of(number)}/{path}") if text else None
            )
        except FieldError as error:
            row.entry.problems.append(error.problem.under("values", *path.split(".")))
            continue
        if column:
            cells.setdefault(head, {})[column] = value
        elif text or head not in sent:
            sent[head] = value
    for head, cell in cells.items():
        sent[head] = [*(sent.get(head) or []), cell]
    row.entry.sent = {id: value for id, value in sent.items() if value is not None or plan.key}


def read_cell(entry: Field, text: str, finding: Finding, timezone: str, where: str = "") -> Any:
    """The raw value that a cell's text means, `where` being the cell's own name; raises `FieldError`."""
    if finding.unpacking is not None:
        raw = finding.unpacking.raw(entry, text, where)
        if entry.holds is not None:
            return raw
        text = raw
    if entry.reads is not None:
        return entry.reads.read(text, finding)
    if entry.zoned is not None:
        return entry.zoned.local(text, timezone)
    return text


def settle(
    gate: Gate,
    live: LiveForm,
    plan: Plan,
    rows: Sequence[Row],
    finding: Finding,
    *,
    dry: bool,
    seen: dict[tuple[str, str], str],
) -> None:
    """Match the key, then coerce, compute and judge the rows as any write; with `dry` no number is drawn."""
    _match_key(gate, live, plan, [row for row in rows if not _repeats(plan, row, finding)])
    _keep_same(gate, live, [row for row in rows if row.entry.before is not None], finding)
    brought = finding.unpacking.heads if finding.unpacking is not None else {}
    for operation, group in (("create", [row for row in rows if row.entry.before is None]),
                             ("update", [row for row in rows if row.entry.before is not None])):  # fmt: skip
        for grant, some in _by_grant(gate, live, operation, group):  # type: ignore[arg-type]
            writing = Writing(gate, live, grant, dry=dry, seen=seen, expected=finding.expected, brought=brought)
            _settle(writing, some)


def _keep_same(gate: Gate, live: LiveForm, rows: Sequence[Row], finding: Finding) -> None:
    """A record keeps the files that it holds where the very same come again."""
    if finding.unpacking is None:
        return
    pairs = [
        (row, one, row.entry.before.values.get(one.id)) for row in rows for one in live.holding if row.entry.before
    ]
    ids = [id for _, one, held in pairs for id in file_ids(one, held)]
    known: Mapping[str, StoredFile] = gate.world.files.heads(ids) if ids else {}
    for row, one, held in pairs:
        if finding.unpacking.same(one, row.entry.sent.get(one.id), held, known):
            row.entry.sent = {**row.entry.sent, one.id: held}


def _by_grant(gate: Gate, live: LiveForm, operation: Operation, rows: Sequence[Row]) -> list[tuple[Grant, list[Row]]]:
    """The rows beside what may be done with each: fields that are open in other records stay closed in these."""
    grant = gate.need(live, operation) if rows else Grant(operation, ())
    found: dict[tuple[int, ...], tuple[Grant, list[Row]]] = {}
    for row in rows:
        before = row.entry.before
        over = grant if before is None or len(grant.slices) == 1 else grant.over(before.seen(), live.kinds)
        found.setdefault(tuple(map(id, over.slices)), (over, []))[1].append(row)
    return list(found.values())


def _settle(writing: Writing, rows: Sequence[Row]) -> None:
    """What could not be read is not told a second time as missing."""
    unread = {row.number: {problem.path for problem in row.entry.problems} for row in rows}
    numbers = numbering.kept(writing, rows) if writing.live.serials else {}
    entries.settle(replace(writing, numbers=numbers) if numbers else writing, [row.entry for row in rows])
    for row in rows:
        told = dict.fromkeys(
            one for one in row.entry.problems if one.code != "required" or one.path not in unread[row.number]
        )
        row.entry.problems[:] = list(told)
        busy = row.entry.before is not None and row.entry.before.status == "running" and not writing.gate.actor.admin
        if not row.entry.problems and busy:
            row.entry.problems.append(Problem("record_in_workflow"))
        if not row.entry.problems and not _allowed(writing, row.entry):
            row.entry.problems.append(Problem("rows_not_yours", (), {"operation": writing.grant.operation}))


def _allowed(writing: Writing, entry: Entry) -> bool:
    """Whether the importer may write the record as it was, and such a record as it will be."""
    gate, live = writing.gate, writing.live
    if entry.before is None and writing.grant.everywhere:
        return True
    if entry.before is None:
        fresh = Record(live.key, entry.id, entry.values, 1, "", gate.now, gate.actor.id, gate.now, gate.actor.id)
        over = writing.grant.over(fresh.seen(), live.kinds)
        return over.allowed and not entries.closed(live, entry, over)
    if not writing.grant.over(entry.before.seen(), live.kinds).allowed:
        return False
    after = replace(entry.before, values=entry.values, updated_at=gate.now, updated_by=gate.actor.id)
    return gate.grant(live, "update").over(after.seen(), live.kinds).allowed


def _repeats(plan: Plan, row: Row, finding: Finding) -> bool:
    """Whether the row has the key of a row above it: it would overwrite that one in silence, so it is told."""
    above = finding.repeated.get(row.number)
    if above is not None:
        row.entry.problems[:] = [Problem("key_repeated", ("values", plan.key), {"row": above})]
    return above is not None


def judge(gate: Gate, live: LiveForm, plan: Plan) -> None:
    """Raises `Invalid` for a plan that names fields which cannot be filled, or a key that is not unique."""
    wrong = sorted(set(plan.columns.values()) - set(importable(live, gate, with_files=plan.with_files)))
    if wrong:
        raise invalid("unknown_field", "columns", field=wrong[0])
    entry = live.fields.get(plan.key) if plan.key else None
    if plan.key and (entry is None or not (entry.unique or entry.numbers is not None)):
        raise invalid("key_not_unique", "key", field=plan.key)


def _match_key(gate: Gate, live: LiveForm, plan: Plan, rows: Sequence[Row]) -> None:
    """Rows whose key a readable record holds update it."""
    if not plan.key:
        return
    entry = live.fields[plan.key]
    wanted = {str(row.entry.sent.get(plan.key)): row for row in rows if row.entry.sent.get(plan.key) is not None}
    held = gate.world.records.held(live.key, plan.key, sorted(wanted), str(entry.kind)) if wanted else {}
    for value, id in held.items():
        row = wanted.get(value)
        before = _readable(gate, live, id) if row is not None else None
        if row is not None and before is not None:
            row.entry.before, row.entry.id = before, id


def _readable(gate: Gate, live: LiveForm, id: str) -> Record | None:
    try:
        return gate.record(live, id, lock=True)[0]
    except Missing:
        return None
