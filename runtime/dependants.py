"""Which values depend on other records 跨表依赖: gathered numbers, formulas through references, and lookups."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.check_across import met, paths, tree_of
from builder.definition import Form
from builder.field import Field, Kind
from builder.filter import names
from builder.lookups import EVERY, Lookup, lookups_in


@dataclass(frozen=True)
class Gathered:
    """A field of `form` that gathers from the records of another form; `reads` are those of its fields that matter."""

    form: str
    field: Field
    reads: frozenset[str]


@dataclass(frozen=True)
class Through:
    """Formulas of `form` that read the fields `reads` of a record which they reach by `ways`, nearest first."""

    form: str
    ways: tuple[tuple[str, str], ...]
    reads: frozenset[str]

    @property
    def head(self) -> str:
        """The field of the form's own record that the way begins in."""
        return self.ways[0][1].partition(".")[0]


@dataclass(frozen=True)
class Looking:
    """Formulas of `form` that look up records by what stands in their field `match`, and read `reads` of them.

    `own` is the field whose value they look for; "" when it is worked out, so that anybody may be concerned."""

    form: str
    own: str
    match: str
    reads: frozenset[str]
    into: str
    """The field that the formula stands in; of a column, its subform."""
    beside: str = ""
    """The column beside it whose values it looks for, "" when it is no such column."""


@dataclass(frozen=True)
class Dependants:
    """By the form whose records are read: what must be computed again when one of them changes."""

    gathered: Mapping[str, tuple[Gathered, ...]] = field(default_factory=dict)
    through: Mapping[str, tuple[Through, ...]] = field(default_factory=dict)
    looking: Mapping[str, tuple[Looking, ...]] = field(default_factory=dict)

    def concern(self, form: str) -> bool:
        """Whether anything depends on records of the form."""
        return form in self.gathered or form in self.through or form in self.looking

    def reached(self, reader: str, form: str) -> bool:
        """Whether formulas of `reader` follow records of the form."""
        followers: tuple[Through | Looking, ...] = (*self.through.get(form, ()), *self.looking.get(form, ()))
        return any(one.form == reader for one in followers)


def of_app(forms: Mapping[str, Form]) -> Dependants:
    """The dependants of every form of an app."""
    gathered: dict[str, list[Gathered]] = defaultdict(list)
    through: dict[tuple[str, str, tuple[tuple[str, str], ...]], set[str]] = defaultdict(set)
    looking: dict[str, dict[Looking, None]] = defaultdict(dict)
    for form in forms.values():
        for entry in form.fields:
            if entry.gathers is not None:
                gathered[entry.gathers.form].append(Gathered(form.id, entry, _gathered_from(entry)))
            for one in (entry, *entry.nested):
                for lookup in lookups_in(tree_of(one.formula), forms):
                    looking[lookup.form][_looking(form, entry, one is not entry, lookup, forms)] = None
                for path in paths(one.formula):
                    for place in met(forms, form.id, entry if one is not entry else None, path):
                        if place.ways:
                            through[place.form, form.id, place.ways].add(place.field)
    read: dict[str, list[Through]] = defaultdict(list)
    for (target, form_id, ways), fields in through.items():
        read[target].append(Through(form_id, ways, frozenset(fields)))
    return Dependants(
        {form: tuple(found) for form, found in gathered.items()},
        {form: tuple(found) for form, found in read.items()},
        {form: tuple(found) for form, found in looking.items()},
    )


PLAIN = (Kind.TEXT, Kind.NUMBER)
"""What can be found again by what it holds."""


def _looking(form: Form, into: Field, nested: bool, lookup: Lookup, forms: Mapping[str, Form]) -> Looking:
    value, target = lookup.value, forms[lookup.form]
    own = form.field(str(value[1])) if value[0] == "ref" and len(value) == 2 else None
    beside = nested and own is not None and any(one.id == own.id for one in into.nested)
    match = target.field(lookup.match)
    plain = own is not None and own.kind in PLAIN and not beside and (match is None or match.kind in PLAIN)
    reads = frozenset(one.id for one in target.fields) if EVERY in lookup.reads else lookup.reads
    found = own.id if own is not None and plain and lookup.match != EVERY else ""
    return Looking(form.id, found, lookup.match, reads, into.id, "" if found else _beside(into, nested, lookup, match))


def _beside(into: Field, nested: bool, lookup: Lookup, match: Field | None) -> str:
    """The column of the same row whose value is looked for, if it can be compared as it stands."""
    columns = {one.id: one for one in into.nested} if nested else {}
    column = columns.get(str(lookup.value[1])) if lookup.value[0] == "ref" and len(lookup.value) == 2 else None
    if column is None or match is None or column.kind is not match.kind or column.kind not in PLAIN:
        return ""
    return column.id


def _gathered_from(entry: Field) -> frozenset[str]:
    gathers = entry.gathers
    if gathers is None:
        return frozenset()
    heads = {name.partition(".")[0] for name in names(gathers.filter)}
    return frozenset((heads | {gathers.by, gathers.field}) - {""})
