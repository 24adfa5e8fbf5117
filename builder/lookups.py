"""Lookups into other forms 跨表查找 spelled with ids, and with labels for people.

`MAPX("sum", x, "回款", "合同", "金额")` is kept with the ids of the form and its fields, so it survives a renaming.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.access import SYSTEM_FIELDS
from builder.definition import Form
from builder.expression.parse import Tree

LOOKUP, VALUE, FORM, FIELDS, EVERY = "MAPX", 3, 4, (5, 6), "*"
"""The function, and where its call has the value, the form and the fields."""


@dataclass(frozen=True)
class Lookup:
    """A call that looks into another form: by which value, and in which of its fields; "*" is every field."""

    value: Tree
    form: str
    match: str
    reads: frozenset[str]


def lookups_in(tree: Tree, forms: Mapping[str, Form]) -> Iterator[Lookup]:
    """Every lookup of a tree whose form is written out; fields by id or label."""
    if tree[0] in ("lit", "num", "ref"):
        return
    for part in tree:
        if isinstance(part, list):
            yield from lookups_in(part, forms)
    target = _target(tree, forms) if tree[:2] == ["call", LOOKUP] and len(tree) > FIELDS[0] else None
    if target is not None:
        ids = {label: id for id, label in labels_of(forms[target]).items()}
        written = [_literal(tree, place) for place in FIELDS[: len(tree) - FIELDS[0]]]
        named = [ids.get(name, name) if name is not None else EVERY for name in written]
        yield Lookup(tree[3], target, named[0], frozenset(named))


def loose_ends(tree: Tree, forms: Mapping[str, Form]) -> list[str]:
    """What the lookups of a tree name that is not there: a form, or fields of one."""
    found = [name for call in _calls(tree) if _target(call, forms) is None and (name := _literal(call, FORM))]
    for lookup in lookups_in(tree, forms):
        known = {EVERY, *SYSTEM_FIELDS, *(field.id for field in forms[lookup.form].fields)}
        found += sorted(lookup.reads - known)
    return found


def _calls(tree: Tree) -> Iterator[Tree]:
    if tree[0] in ("lit", "num", "ref"):
        return
    if tree[:2] == ["call", LOOKUP]:
        yield tree
    for part in tree:
        if isinstance(part, list):
            yield from _calls(part)


def with_ids_in_lookups(tree: Tree, forms: Mapping[str, Form]) -> Tree:
    """The tree with ids for the labels of forms and fields in its lookups; what is unknown stays."""
    return _each(tree, forms, True)


def with_labels_in_lookups(tree: Tree, forms: Mapping[str, Form]) -> Tree:
    """The way back, for people's eyes."""
    return _each(tree, forms, False)


def _each(tree: Tree, forms: Mapping[str, Form], to_ids: bool) -> Tree:
    if tree[0] in ("lit", "num", "ref"):
        return tree
    parts = [_each(part, forms, to_ids) if isinstance(part, list) else part for part in tree]
    return _renamed(parts, forms, to_ids) if parts[:2] == ["call", LOOKUP] else parts


def _renamed(call: Tree, forms: Mapping[str, Form], to_ids: bool) -> Tree:
    target = _target(call, forms)
    if target is None:
        return call
    names = {FORM: {target: forms[target].name}, **dict.fromkeys(FIELDS, labels_of(forms[target]))}
    for place, known in names.items():
        written = _literal(call, place)
        if written is not None:
            ways = {label: id for id, label in known.items()} if to_ids else known
            call[place] = ["lit", written if to_ids and written in known else ways.get(written, written)]
    options = _options(call, forms[target])
    word = _literal(call, VALUE)
    if word is not None and (word not in options or not to_ids):
        told = {label: id for id, label in options.items()} if to_ids else options
        call[VALUE] = ["lit", told.get(word, word)]
    return call


def _options(call: Tree, form: Form) -> dict[str, str]:
    """The labels by id of the options of the field by which is looked up; those that mean one option only."""
    ids = {label: id for id, label in labels_of(form).items()}
    named = _literal(call, FIELDS[0]) or ""
    field = form.field(ids.get(named, named))
    found = {one.id: one.label for one in getattr(field.type, "options", ())} if field is not None else {}
    labels = [*found.values()]
    return {id: label for id, label in found.items() if labels.count(label) == 1 and label not in found}


def labels_of(form: Form) -> dict[str, str]:
    """The labels of a form's fields by id; one that two share is left out."""
    labels = [field.label for field in form.fields]
    return {field.id: field.label if labels.count(field.label) == 1 else field.id for field in form.fields}


def _target(call: Tree, forms: Mapping[str, Form]) -> str | None:
    written = _literal(call, FORM)
    called = [id for id, form in forms.items() if written in (id, form.name)]
    return (written if written in forms else called[0]) if called else None


def _literal(call: Tree, place: int) -> str | None:
    argument = call[place] if place < len(call) else None
    text = argument[1] if argument is not None and argument[0] == "lit" else None
    return text if isinstance(text, str) else None
