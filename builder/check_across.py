"""Values that come from other records 跨表取值: do they lead to what is there, and does none turn in a circle?"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from builder.access import SYSTEM_FIELDS
from builder.aggregate import as_form
from builder.definition import App, Form
from builder.expression.parse import Tree, parse, references
from builder.expression.problem import ExpressionError
from builder.field import Field, Gathering, Kind, Showing
from builder.filter import EVERYTHING, names
from builder.lookups import EVERY, lookups_in
from builder.problem import Problem
from builder.source import Question, Source, drivers
from builder.validation import closest

Cell = tuple[str, str]
"""A form and one of its fields."""


def gathering_problems(app: App, form: Form, field: Field) -> Iterator[Problem]:
    """What is wrong with a field that gathers from other records; paths start at the field."""
    gathers = field.gathers
    if gathers is None:
        return
    source = app.forms.get(gathers.form)
    if source is None:
        yield _absent("check_no_form", gathers.form, app.forms, "form", field=field.label)
        return
    by = source.field(gathers.by)
    if by is None or by.points is None or by.points.form != form.id:
        yield Problem("check_gathers_by", ("by",), {"field": field.label, "form": source.name, "name": form.name})
    yield from _measured(source, field, gathers)
    known = [*SYSTEM_FIELDS, *(one.id for one in source.fields)]
    for name in sorted(names(gathers.filter)):
        if name.partition(".")[0] not in known:
            yield _absent("check_no_field_there", name, known, "filter", form=source.name, place=field.label)


def _measured(source: Form, field: Field, gathers: Gathering) -> Iterator[Problem]:
    if gathers.operation == "count":
        return
    measured = source.field(gathers.field)
    if measured is None:
        known = [one.id for one in source.fields]
        yield _absent("check_no_field_there", gathers.field, known, "field", form=source.name, place=field.label)
    elif measured.kind is not Kind.NUMBER:
        yield Problem("check_gathers_number", ("field",), {"field": field.label, "name": measured.label})


def _absent(code: str, name: str, known: Iterable[str], *path: str | int, **params: str) -> Problem:
    known = tuple(known)
    return Problem(code, path, {"name": name, **params, **closest(name, known)})


def source_problems(app: App, form: Form) -> Iterator[Problem]:
    """What is wrong with the linkages, queries, picked records and selections of a form; paths start at the form."""
    for index, field in enumerate(form.fields):
        place: tuple[str | int, ...] = ("fields", index)
        if isinstance(field.type, Showing):
            source, columns, _ = field.type.shows()
            yield from _source(app, form, source, field.label, columns, place)
        for at, one in enumerate((field, *field.nested)):
            where = place if one is field else (*place, "fields", at - 1)
            rows = {column.id for column in field.nested} if one is not field else set()
            yield from _asked_by(app, form, one, where, rows)
    for index, selection in enumerate(form.selections):
        place = ("selections", index)
        yield from _source(app, form, selection, selection.label, (*selection.show, *selection.fill.values()), place)
        into = form.field(selection.into) if selection.into else None
        mine = [one.id for one in (into.nested if into is not None else form.fields)]
        if selection.into and (into is None or not into.nested):
            yield _absent("check_no_field", selection.into, [f.id for f in form.fields if f.nested], *place, "into",
                          place=selection.label)  # fmt: skip
        for target in selection.fill:
            if target not in mine:
                yield _absent("check_no_field", target, mine, *place, "fill", place=selection.label)


def _asked_by(
    app: App, form: Form, one: Field, where: tuple[str | int, ...], rows: Collection[str]
) -> Iterator[Problem]:
    """What a field, or a column beside `rows`, asks of other forms: its default, its options, what may be picked."""
    if one.linkage is not None:
        yield from _source(app, form, one.linkage, one.label, [one.linkage.field], (*where, "linkage"), rows)
    if one.origin is not None:
        yield from _source(app, form, one.origin, one.label, [one.origin.field], (*where, "source"), rows)
    filter = getattr(one.type, "filter", EVERYTHING)
    if one.points is not None and filter != EVERYTHING:
        yield from _source(app, form, Question(form=one.points.form, filter=filter), one.label, (), where, rows)


def _source(
    app: App, form: Form, source: Question, label: str, told: Iterable[str], place: tuple[str | int, ...],
    rows: Collection[str] = (),
) -> Iterator[Problem]:  # fmt: skip
    target = _target(app, source)
    if target is None:
        yield _no_target(app, source, label, place)
        return
    system = () if _aggregated(source) else SYSTEM_FIELDS
    there = [*system, *(one.id for one in target.fields if one.type.valued)]
    sorts = source.sort if isinstance(source, Source) else ()
    asked = (name.partition(".")[0] for name in (*names(source.filter), *(one.field for one in sorts)))
    for name in sorted({*told, *asked}):
        if name not in there:
            yield _absent("check_no_field_there", name, there, *place, form=target.name, place=label)
    here = [*SYSTEM_FIELDS, *rows, *(one.id for one in form.fields if one.type.valued)]
    for name in sorted(drivers(source.filter)):
        if name not in here:
            yield _absent("check_no_field", name, here, *place, "filter", place=label)


def _aggregated(source: Question) -> str:
    return source.aggregate if isinstance(source, Source) else ""


def _target(app: App, source: Question) -> Form | None:
    """The form that is asked, or the aggregate as a form."""
    if not _aggregated(source):
        return app.forms.get(source.form)
    found = app.aggregates.get(_aggregated(source))
    return as_form(app, found) if found is not None else None


def _no_target(app: App, source: Question, label: str, place: tuple[str | int, ...]) -> Problem:
    named = _aggregated(source)
    if named:
        return _absent("check_no_aggregate", named, app.aggregates, *place, "aggregate", field=label)
    if not source.form:
        return Problem("check_no_source", (*place, "form"), {"field": label})
    return _absent("check_no_form", source.form, app.forms, *place, "form", field=label)


def circles(app: App) -> Iterator[Problem]:
    """A value that needs itself by way of another form, with the way round; circles within a form are told there."""
    needs = {cell: set(_needs(app, *cell)) - {cell} for cell in _computed(app)}
    looked = {cell: set(_looked_up(app, *cell)) for cell in needs}
    for cell in (cell for cell, found in looked.items() if cell in found):
        yield _circle(app, [cell, cell])
    try:
        TopologicalSorter({cell: wanted & set(needs) for cell, wanted in needs.items()}).prepare()
    except CycleError as error:
        way: list[Cell] = list(error.args[1])[::-1]
        through = any(after in looked[before] for before, after in pairwise(way))
        if len({form for form, _ in way}) > 1 or through:
            yield _circle(app, way)


def _circle(app: App, way: list[Cell]) -> Problem:
    named = " → ".join(f"{app.forms[form].name}.{_label(app.forms[form], field)}" for form, field in way)
    form, field = way[0]
    place = next(at for at, one in enumerate(app.forms[form].fields) if one.id == field)
    return Problem("check_cycle", ("forms", form, "fields", place), {"path": named})


def _label(form: Form, id: str) -> str:
    found = form.field(id)
    return found.label if found is not None else id


def _computed(app: App) -> Iterator[Cell]:
    for form in app.forms.values():
        for field in form.fields:
            if field.gathers is not None or any(one.formula for one in (field, *field.nested)):
                yield form.id, field.id


def _needs(app: App, form: str, id: str) -> Iterator[Cell]:
    field = app.forms[form].field(id)
    if field is None:
        return
    if field.gathers is not None:
        gathers = field.gathers
        heads = {name.partition(".")[0] for name in names(gathers.filter)}
        yield from ((gathers.form, name) for name in heads | {gathers.by, gathers.field})
    for column in (field, *field.nested):
        for path in paths(column.formula):
            rows = field if column is not field else None
            yield from ((one.form, one.field) for one in met(app.forms, form, rows, path))
    yield from _looked_up(app, form, id)


def _looked_up(app: App, form: str, id: str) -> Iterator[Cell]:
    """The cells of other records that a field's formulas look up."""
    field = app.forms[form].field(id)
    for column in (field, *field.nested) if field is not None else ():
        for lookup in lookups_in(tree_of(column.formula), app.forms):
            names = [one.id for one in app.forms[lookup.form].fields] if EVERY in lookup.reads else lookup.reads
            yield from ((lookup.form, name) for name in names)


def tree_of(text: str) -> Tree:
    """The tree of an expression; nothing when there is none or it does not parse, which is told elsewhere."""
    try:
        return parse(text) if text else ["lit", None]
    except ExpressionError:
        return ["lit", None]


def paths(text: str) -> list[tuple[str, ...]]:
    """The paths that an expression names; none when it does not parse, which is told elsewhere."""
    return list(references(tree_of(text)))


@dataclass(frozen=True)
class Met:
    """A field that a path meets: its form, and the references by which the path came there, nearest first.

    A reference is (form, path in its record): ("opportunity", "customer") or ("contract", "lines.product").
    """

    form: str
    field: str
    ways: tuple[tuple[str, str], ...] = ()


def met(forms: Mapping[str, Form], form: str, rows: Field | None, path: tuple[str, ...]) -> Iterator[Met]:
    """The fields on the way of a path, from a record of `form` or from a row of its field `rows`."""
    at, owner, only_columns = form, rows, False
    ways: tuple[tuple[str, str], ...] = ()
    for step in path:
        column = next((one for one in (owner.nested if owner is not None else ()) if one.id == step), None)
        found = column if column is not None or only_columns else forms[at].field(step)
        if found is None:
            return
        held = owner.id if column is not None and owner is not None else found.id
        yield Met(at, held, ways)
        if found.nested:
            owner, only_columns = found, True
        elif found.points is not None and found.points.form in forms:
            ways = (*ways, (at, found.id if column is None else f"{held}.{found.id}"))
            at, owner, only_columns = found.points.form, None, False
        else:
            return
