"""Is an aggregate sound 聚合表检查? Its form, the rows it counts, what it groups by and what it measures are there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from builder.definition import Aggregate, App, Form, Measure
from builder.filter import HOLDS, Filter, conditions
from builder.problem import Problem
from builder.validation import closest


@dataclass(frozen=True)
class Judges:
    """How paths, filters and measures over a form are judged; what they say starts at the thing itself."""

    path: Callable[[App, Form, str, str], Iterable[Problem]]
    filter: Callable[[App, Form, Filter, str], Iterable[Problem]]
    measure: Callable[[App, Form, Measure, str], Iterable[Problem]]


def aggregate_problems(app: App, aggregate: Aggregate, judges: Judges) -> Iterator[Problem]:
    """Everything that is unsound about an aggregate; paths start at it."""
    form, place = app.forms.get(aggregate.form), aggregate.name
    if form is None:
        told = {"name": aggregate.form, "field": place, **closest(aggregate.form, app.forms)}
        yield Problem("check_no_form", ("form",), told)
        return
    yield from _complete(form, aggregate)
    yield from (one.under("filter") for one in judges.filter(app, form, aggregate.filter, place))
    yield from (one.under("filter") for one in _asked(form, aggregate, aggregate.filter))
    for index, group in enumerate(aggregate.groups):
        yield from (one.under("groups", index, "field") for one in judges.path(app, form, group.field, place))
        yield from (one.under("groups", index, "field") for one in _within(form, aggregate, group.field))
    for index, measure in enumerate(aggregate.measures):
        yield from (one.under("measures", index) for one in judges.measure(app, form, measure, place))
        yield from (one.under("measures", index, "field") for one in _within(form, aggregate, measure.field))
        yield from (one.under("measures", index, "filter") for one in _asked(form, aggregate, measure.filter))
        if aggregate.rows and measure.expression:
            yield Problem("check_rows_not_reckoned", ("measures", index, "expression"), {"place": place})


def _complete(form: Form, aggregate: Aggregate) -> Iterator[Problem]:
    place = aggregate.name
    nested = {field.id: field for field in form.fields if field.nested}
    if aggregate.rows and aggregate.rows not in nested:
        told = {"name": aggregate.rows, "place": place, **closest(aggregate.rows, nested)}
        yield Problem("check_no_field", ("rows",), told)
    if not aggregate.groups:
        yield Problem("check_aggregate_ungrouped", ("groups",), {"place": place})
    if not aggregate.measures:
        yield Problem("check_aggregate_unmeasured", ("measures",), {"place": place})


def _asked(form: Form, aggregate: Aggregate, filter: Filter) -> Iterator[Problem]:
    for condition in conditions(filter):
        if condition.op != HOLDS:
            yield from _within(form, aggregate, condition.field)


def _within(form: Form, aggregate: Aggregate, path: str) -> Iterator[Problem]:
    """A problem for rows themselves, and for a column of rows that the aggregate does not count."""
    head, _, column = path.partition(".")
    field = form.field(head)
    if field is not None and field.nested and (not column or head != aggregate.rows):
        yield Problem("check_rows_not_counted", (), {"place": aggregate.name, "field": field.label})
