"""What a form computes 公式: programs in dependency order, and which of them a change concerns."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any

from builder.definition import Form
from builder.expression.parse import Tree, references
from builder.expression.program import Program
from builder.expression.table import FUNCTIONS
from builder.expression.values import Scope
from builder.field import Field

UNSTEADY = frozenset({
    "RAND", "RANDBETWEEN", "UUID", "RECNO", "IP", "NOW", "TODAY", "SYSTIME", "GETUSERNAME", "MYDEPARTMENTS", "TEXTUSER",
    "TEXTDEPT", "WORKDAY", "WORKDAY.INTL", "NETWORKDAYS", "NETWORKDAYS.INTL",
})  # fmt: skip
"""What comes out otherwise at another moment, though no record has changed."""
TIMELESS = frozenset({"number", "text", "boolean", "list", "rows"})


@dataclass(frozen=True)
class Formula:
    """One thing to compute: a field, or a column in every row of a subform."""

    field: str
    column: str
    tree: Tree
    scope: Scope

    @cached_property
    def program(self) -> Program:
        """The formula compiled."""
        return Program(self.tree, self.scope)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The fields of the record that it reads, by id; for a column, its own subform among them."""
        columns = self.scope_of_row
        heads = {self.field if path[0] in columns else path[0] for path in references(self.tree)}
        return frozenset(heads | ({self.field} if self.column else set()))

    @property
    def scope_of_row(self) -> Scope:
        """The columns beside a column; none for a field."""
        return self.scope[self.field].inside if self.column and self.field in self.scope else {}

    @cached_property
    def settled(self) -> bool:
        """Whether its value follows from the record's own values alone: no clock, no zone, no one else's record."""
        return all(map(self._own, references(self.tree))) and all(map(_timeless, calls(self.tree)))

    @cached_property
    def once(self) -> bool:
        """Whether it is computed when the record is added and never again: the record's place among the others."""
        return "RECNO" in calls(self.tree)

    def _own(self, path: tuple[str, ...]) -> bool:
        scope: Scope = self.scope
        for place, name in enumerate(path):
            shape = scope.get(name)
            if shape is None or shape.type not in TIMELESS or (shape.type == "list" and place + 1 < len(path)):
                return False
            scope = shape.columns or {}
        return True


def _timeless(name: str) -> bool:
    return name in FUNCTIONS and FUNCTIONS[name].timeless


def calls(tree: Tree) -> Iterator[str]:
    """The functions that a tree names."""
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if node and node[0] == "call":
            yield str(node[1])
        if node and node[0] not in ("lit", "ref"):
            waiting += [part for part in node if isinstance(part, list)]


@dataclass(frozen=True)
class Formulas:
    """Every formula of a form, each after what it reads; those that turn in a circle are left out."""

    all: tuple[Formula, ...] = ()
    entries: Mapping[tuple[str, str], Field] = field(default_factory=dict)

    def concerned(self, item: Formula, dirty: Collection[str] | None, exactly: bool = False) -> bool:
        """Whether the formula has to be computed again when the fields in `dirty` changed (None: all did).

        With `exactly` one that looks elsewhere only if it, or what it reads, stands there."""
        if dirty is None or not item.reads.isdisjoint(dirty):
            return True
        return not item.settled and (not exactly or item.field in dirty)

    @cached_property
    def unsteady(self) -> frozenset[str]:
        """The fields that come out otherwise at another moment, though no record has changed."""
        found: set[str] = set()
        for item in self.all:
            if not UNSTEADY.isdisjoint(calls(item.tree)) or not found.isdisjoint(item.reads - {item.field}):
                found.add(item.field)
        return frozenset(found)

    @cached_property
    def reaching(self) -> tuple[str, ...]:
        """The fields through which formulas reach other records."""
        paths = ((item, path) for item in self.all for path in references(item.tree) if len(path) > 1)
        heads = {item.field if path[0] in item.scope_of_row else path[0] for item, path in paths}
        return tuple(sorted(name for name in heads if (name, "") in self.entries))


def ordered(form: Form, trees: Mapping[str, Tree], scope: Scope, row_scope: Callable[[str], Scope]) -> Formulas:
    """The form's formulas ready to run."""
    found = {(one.field, one.column): one for one in _formulas(form, trees, scope, row_scope)}
    computed: dict[str, list[tuple[str, str]]] = {}
    for key in found:
        computed.setdefault(key[0], []).append(key)
    needs = {key: {other for other in _needed(one, computed) if other != key} for key, one in found.items()}
    entries = {(entry.id, column.id): column for entry in form.fields for column in entry.nested}
    entries |= {(entry.id, ""): entry for entry in form.fields}
    try:
        return Formulas(tuple(found[key] for key in TopologicalSorter(needs).static_order()), entries)
    except CycleError:
        return Formulas((), entries)


def _formulas(
    form: Form, trees: Mapping[str, Tree], scope: Scope, row_scope: Callable[[str], Scope]
) -> Iterator[Formula]:
    for entry in form.fields:
        if entry.formula in trees:
            yield Formula(entry.id, "", trees[entry.formula], scope)
        for column in entry.nested:
            if column.formula in trees:
                yield Formula(entry.id, column.id, trees[column.formula], row_scope(entry.id))


def _needed(item: Formula, computed: Mapping[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """The computed fields and columns that a formula reads."""
    beside = item.scope_of_row
    for path in references(item.tree):
        if path[0] in beside:
            yield from (key for key in computed.get(item.field, ()) if key[1] == path[0])
            continue
        for key in computed.get(path[0], ()):
            if not key[1] or len(path) == 1 or path[1] == key[1]:
                yield key
