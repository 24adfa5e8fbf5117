"""Can these fields be unique together 联合唯一? They must be there, hold one value each, and stand in the record."""

from collections.abc import Callable, Iterable, Iterator

from builder.definition import App, Form
from builder.field import Kind
from builder.filter import Filter, names
from builder.problem import Problem
from builder.validation import closest

Filters = Callable[[App, Form, Filter, str], Iterable[Problem]]
SINGLE = (Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.TIME)


def unique_problems(app: App, form: Form, filters: Filters) -> Iterator[Problem]:
    """What is wrong with the form's joint uniqueness; `filters` judges a filter."""
    own = {field.id: field for field in form.fields if field.type.valued}
    for index, unique in enumerate(form.uniques):
        place = unique.message or unique.id
        for at, id in enumerate(unique.fields):
            path = ("uniques", index, "fields", at)
            if id not in own:
                yield Problem("check_no_field", path, {"name": id, "place": place, **closest(id, own)})
            elif own[id].kind not in SINGLE or own[id].numbers is not None:
                yield Problem("check_unique_kind", path, {"field": own[id].label})
        wrong = list(filters(app, form, unique.filter, place))
        yield from (problem.under("uniques", index, "filter") for problem in wrong)
        for name in sorted(names(unique.filter)) if not wrong else ():
            if name not in own:
                yield Problem("check_unique_filter", ("uniques", index, "filter"), {"name": name})
