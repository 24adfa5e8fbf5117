"""Defaults, formulas and rules 计算: what the machine fills in, in dependency order, and what the rules say."""

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import cache, partial
from hashlib import blake2s
from typing import Any
from zoneinfo import ZoneInfo

from builder.bounds import day_of
from builder.expression.coerce import to_json
from builder.expression.values import DECIMAL, Context, Failure
from builder.field import Field
from builder.problem import Problem
from runtime.calendars import calendar_of
from runtime.facts import Facts
from runtime.formulas import Formula
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import pointers
from runtime.ports import Record

Values = dict[str, Any]


@dataclass
class Behind:
    """What references lead to, as far as the asker may read it; each record is fetched once."""

    gate: Gate
    live: LiveForm
    keeping: bool = False
    """Whether what is worked out of it will be stored, and is to follow it."""
    known: dict[tuple[str, str], Mapping[str, Any] | None] = field(default_factory=dict)

    def __call__(self, path: tuple[str, ...], id: str) -> Mapping[str, Any] | None:
        """The readable values of the record that the reference at `path` names."""
        target = self._target(path)
        if target is None:
            return None
        if (target.key, id) not in self.known:
            self.fetch(target, [id])
        return self.known[target.key, id]

    def meet(self, path: tuple[str, ...], ids: Iterable[str]) -> None:
        """Look up at once what a field of several records leads to."""
        target = self._target(path)
        if target is not None:
            self.fetch(target, ids)

    def fetch(self, target: LiveForm, ids: Iterable[str]) -> None:
        """Look up several records at once."""
        wanted = [id for id in dict.fromkeys(ids) if (target.key, id) not in self.known]
        if self.keeping and wanted and self.live.app.dependants.reached(self.live.form.id, target.form.id):
            self.gate.world.records.announce(target.key, wanted)
        found = self.gate.world.records.many(target.key, wanted) if wanted else {}
        for id in wanted:
            self.known[target.key, id] = self._values(target, found.get(id))

    def _values(self, target: LiveForm, record: Record | None) -> Mapping[str, Any] | None:
        if record is None:
            return None
        grant = self.gate.grant(target, "read").over(record.seen(), target.kinds)
        return self.gate.masked(target, record.values, grant) if grant.allowed else None

    def _target(self, path: tuple[str, ...]) -> LiveForm | None:
        entry: Field | None = self.live.fields.get(path[0])
        live: LiveForm = self.live
        for step in path[1:]:
            if entry is None:
                return None
            if entry.nested:
                entry = next((column for column in entry.nested if column.id == step), None)
            elif entry.points is not None and entry.points.form in live.app.forms:
                live = live.app.form(entry.points.form)
                entry = live.fields.get(step)
        if entry is None:
            entry = self._column(path[0])
        if entry is None or entry.points is None or entry.points.form not in live.app.forms:
            return None
        return live.app.form(entry.points.form)

    def _column(self, name: str) -> Field | None:
        columns = (column for entry in self.live.form.fields for column in entry.nested)
        return next((column for column in columns if column.id == name), None)


def context(gate: Gate, live: LiveForm, keeping: bool = False) -> Context:
    """What expressions of this form may know in this request; with `keeping` what they come to will be stored."""
    person = gate.person
    people, tree = gate.world.directory.members(), gate.world.directory.departments()

    def name_of(kind: str, id: str) -> str | None:
        found = people.get(id) if kind == "member" else tree.get(id)
        return found.name if found else None

    def chance() -> Decimal:
        drawn = blake2s(gate.world.ids.new().encode(), digest_size=8).digest()
        return Decimal(int.from_bytes(drawn)) / 2**64

    facts, calendar = Facts(gate, live, keeping), cache(partial(calendar_of, gate.world))
    return Context(gate.now, gate.timezone, person, Behind(gate, live, keeping), chance, name_of, facts, calendar)


def anew(at: Context) -> Context:
    """The same for another record, which may ask as much as any."""
    if isinstance(at.facts, Facts):
        at.facts.asked = 0
    return at


def prepare(live: LiveForm, records: Iterable[Mapping[str, Any]], at: Context) -> None:
    """Look up at once what the formulas reach from all of these values."""
    wanted: dict[str, dict[str, None]] = {}
    for values in records if live.formulas.reaching else ():
        for name in live.formulas.reaching:
            for _, form, id in pointers(live.fields[name], values.get(name)):
                wanted.setdefault(form, {})[id] = None
    for form, ids in wanted.items():
        if form in live.app.forms and isinstance(at.related, Behind):
            at.related.fetch(live.app.form(form), ids)


def value_of(live: LiveForm, text: str, values: Mapping[str, Any], at: Context, subform: str = "") -> Any:
    """The JSON value of an expression of the record, or of a row of the subform; or a `Failure`."""
    return live.program(text, subform).json(values, at)


def defaults(live: LiveForm, values: Values, at: Context) -> None:
    """Fill fields that were not given: constants and default formulas; in rows too."""
    for entry in live.fields.values():
        if entry.id not in values:
            begin(live, entry, values, values, "", at)
        for row in values.get(entry.id) or () if entry.nested else ():
            for column in entry.nested:
                if column.id not in row:
                    begin(live, column, row, {**values, **row}, entry.id, at)


def begin(live: LiveForm, entry: Field, into: Values, seen: Mapping[str, Any], subform: str, at: Context) -> None:
    """What a field, or a column of a row, begins with."""
    if entry.default is not None:
        into[entry.id] = _fitted(entry, placeholder(entry.default, at))
    elif entry.starts is not None and not entry.default_formula:
        into[entry.id] = entry.starts.beginning()
    elif entry.default_formula in live.trees:
        found = value_of(live, entry.default_formula, seen, at, subform)
        into[entry.id] = None if isinstance(found, Failure) else _fitted(entry, found)


def placeholder(value: Any, at: Context) -> Any:
    """A default such as `@me`, `@my_department`, `@today+7d`, `@now` or `@time`, made concrete."""
    me = at.me or {}
    mine = list(me.get("departments") or [])
    known: dict[str, Callable[[], Any]] = {
        "@me": lambda: me.get("id"),
        "@my_department": lambda: mine[0] if mine else None,
        "@time": lambda: at.now.astimezone(ZoneInfo(at.timezone)).strftime("%H:%M:%S"),
        "@now": lambda: at.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if isinstance(value, str) and value.startswith("@today"):
        return day_of(value, at.today.isoformat()) or None
    return known[value]() if isinstance(value, str) and value in known else value


def formulas(
    live: LiveForm,
    values: Values,
    at: Context,
    changed: Collection[str] | None = None,
    exactly: bool = False,
    besides: Collection[str] = (),
) -> None:
    """Compute every formula that the `changed` fields concern (None: all), each after what it needs.

    One that fails leaves its own cell blank; one that comes to what it was before concerns nobody further.
    With `exactly` what may have changed elsewhere stands in `changed` too, and nothing else is looked at again;
    `besides` are left as they are.
    """
    dirty = None if changed is None else set(changed)
    with localcontext(DECIMAL):
        for item in live.formulas.all:
            if item.field in besides or not live.formulas.concerned(item, dirty, exactly):
                continue
            moved = _compute_rows(live, item, values, at) if item.column else _compute(live, item, values, values, at)
            if moved and dirty is not None:
                dirty.add(item.field)


def _compute(live: LiveForm, item: Formula, into: Values, seen: Mapping[str, Any], at: Context) -> bool:
    """Compute one cell; answers whether it changed."""
    if item.once and into.get(item.column or item.field) is not None:
        return False
    found = item.program.within(seen, at)
    name = item.column or item.field
    entry = live.formulas.entries[item.field, item.column]
    before = into.get(name)
    into[name] = None if isinstance(found, Failure) else _fitted(entry, to_json(found))
    return bool(into[name] != before)


def _compute_rows(live: LiveForm, item: Formula, values: Values, at: Context) -> bool:
    rows = values.get(item.field) or ()
    return any([_compute(live, item, row, ChainMap(row, values), at) for row in rows])


def _fitted(entry: Field, value: Any) -> Any:
    try:
        return entry.coerce(value)
    except (ValueError, TypeError, ArithmeticError):
        return None


@dataclass(frozen=True)
class Shown:
    """What the rules say of a record: which fields are hidden, required and read-only now."""

    hidden: frozenset[str]
    required: frozenset[str]
    read_only: frozenset[str]
    governed: frozenset[str] = frozenset()
    """What a rule can hide."""


def rules(live: LiveForm, values: Mapping[str, Any], at: Context) -> Shown:
    """Evaluate the show, require and read-only rules. A field that some rule shows is hidden unless one holds."""
    governed: set[str] = set()
    shown: set[str] = set()
    required: set[str] = set()
    fixed: set[str] = set()
    for rule in live.form.rules:
        holds = rule.when in live.trees and value_of(live, rule.when, values, at) is True
        governed |= set(rule.show)
        if holds:
            shown |= set(rule.show)
            required |= set(rule.require)
            fixed |= set(rule.read_only)
    hidden = (governed - shown) | {entry.id for entry in live.form.fields if entry.hidden}
    return Shown(frozenset(hidden), frozenset(required), frozenset(fixed), frozenset(governed))


def checks(live: LiveForm, values: Mapping[str, Any], at: Context) -> list[Problem]:
    """The submit checks that fail, each with its own message; one that comes to an error or blank does not block."""
    found = []
    for check in live.form.checks:
        if check.that in live.trees and value_of(live, check.that, values, at) is False:
            path = ("values", check.fields[0]) if check.fields else ()
            found.append(Problem("check_failed", path, {"message": check.message, "check": check.id}))
    return found


def required_missing(live: LiveForm, values: Mapping[str, Any], shown: Shown) -> list[Problem]:
    """Required fields and columns without a value; hidden ones never block."""
    found = []
    for entry in live.fields.values():
        if entry.id in shown.hidden:
            continue
        needed = (entry.required or entry.id in shown.required) and not entry.computed
        if needed and values.get(entry.id) is None:
            found.append(Problem("required", ("values", entry.id), {"label": entry.label}))
        for column in (column for column in entry.nested if column.required and not column.computed):
            for index, row in enumerate(values.get(entry.id) or ()):
                if row.get(column.id) is None:
                    found.append(Problem("required", ("values", entry.id, index, column.id), {"label": column.label}))
    return found
