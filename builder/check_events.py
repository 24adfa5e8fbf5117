"""Are the events of a form sound? 前端事件检查: fields that are there, an address, paths that can be read."""

from collections.abc import Collection, Iterable, Iterator

from builder.definition import Form
from builder.field import Field
from builder.form_event import (
    ANSWER,
    HEADER,
    PLAIN,
    SECRET,
    Credential,
    Filling,
    FormEvent,
    Further,
    Request,
    header_faults,
)
from builder.json_path import steps_of
from builder.links import checked_link, names_in
from builder.problem import Problem, Step
from builder.validation import closest


def event_problems(form: Form) -> Iterator[Problem]:
    """What is wrong with the events, recognitions and event buttons of a form; paths start at the form."""
    yield from _twice(form)
    for index, event in enumerate(form.events):
        yield from _under(_event(form, event), "events", index)
    for index, one in enumerate(form.recognitions):
        yield from _under(_fillings(form, one.fills, one.label), "recognitions", index)
    pressed = {id for event in form.events if event.on == "press" for id in event.fields}
    for index, field in enumerate(form.fields):
        if does_events(field) and field.id not in pressed:
            yield Problem("check_event_idle_button", ("fields", index, "does"), {"field": field.label})


def does_events(field: Field) -> bool:
    """Whether pressing the field sets off events."""
    return getattr(field.type, "does", "") == "event"


def _under(problems: Iterable[Problem], *steps: Step) -> Iterator[Problem]:
    return (problem.under(*steps) for problem in problems)


def _twice(form: Form) -> Iterator[Problem]:
    for room in ("events", "recognitions"):
        ids = [one.id for one in getattr(form, room)]
        for index, id in enumerate(ids):
            if id in ids[:index]:
                yield Problem("template_id_twice", (room, index, "id"), {"id": id})


def _absent(name: str, known: Collection[str], place: str, *path: Step) -> Iterator[Problem]:
    if name not in known:
        yield Problem("check_no_field", path, {"name": name, "place": place, **closest(name, known)})


def _event(form: Form, event: FormEvent) -> Iterator[Problem]:
    valued = [field.id for field in form.fields if field.type.valued]
    buttons = [field.id for field in form.fields if does_events(field)]
    rows = next((field for field in form.fields if field.id == event.rows and field.nested), None)
    if event.rows and (rows is None or event.on != "change"):
        yield Problem("check_event_rows", ("rows",), {"name": event.label})
    known = buttons if event.on == "press" else [one.id for one in rows.nested] if rows else valued
    for at, id in enumerate(event.fields):
        yield from _absent(id, known, event.label, "fields", at)
    if event.on != "open" and not event.fields:
        yield Problem("check_event_no_trigger", ("fields",), {"name": event.label})
    yield from _under(_request(form, event, event.request, rows), "request")
    yield from _fillings(form, event.fills, event.label, rows, bool(event.further))
    for at, further in enumerate(event.further):
        yield from _under(_further(form, event, further, rows), "further", at)


def _further(form: Form, event: FormEvent, further: Further, rows: Field | None) -> Iterator[Problem]:
    yield from _under(_request(form, event, further.request, rows), "request")
    yield from _fillings(form, further.fills, event.label, rows, further is not event.further[-1])
    for room in ("parameters", "body"):
        for name, text in getattr(further.request, room).items():
            found = ANSWER.match(text)
            yield from _path(found["path"] or "", "request", room, name) if found else ()


def _request(form: Form, event: FormEvent, request: Request, rows: Field | None) -> Iterator[Problem]:
    try:
        link = checked_link(request.url)
    except ValueError:
        link = ""
    if not link:
        yield Problem("check_event_url", ("url",), {"name": event.label, "url": request.url[:200]})
    single = [one.id for one in (*form.fields, *(rows.nested if rows else ())) if one.type.valued and not one.nested]
    for name in dict.fromkeys(names_in(link)):
        yield from _absent(name, single, event.label, "url")
    for name, value in request.headers.items():
        fault = header_faults(name, value)
        if fault is not None:
            yield fault.under("headers", name)
    for name in request.parameters:
        if SECRET.search(name):
            yield Problem("check_event_header_secret", ("parameters", name), {"name": name[:80]})
    for index, one in enumerate(request.credentials):
        yield from _under(_credential(one), "credentials", index)


def _credential(one: Credential) -> Iterator[Problem]:
    if one.into == "header" and (not HEADER.match(one.name) or not PLAIN.match(one.prefix)):
        yield Problem("check_event_header", ("name",), {"name": one.name[:80]})


def _fillings(
    form: Form, fills: tuple[Filling, ...], place: str, rows: Field | None = None, more: bool = False
) -> Iterator[Problem]:
    """`rows`: what is filled are its columns; `more`: others come after it, so that it may fill nothing itself."""
    own = {field.id: field for field in (rows.nested if rows else form.fields) if field.type.valued}
    if not fills and not more:
        yield Problem("check_event_no_fills", ("fills",), {"name": place})
    for index, fill in enumerate(fills):
        yield from _under(_absent(fill.into, own, place, "into"), "fills", index)
        if fill.into in own:
            yield from _under(_filling(own[fill.into], fill, place), "fills", index)


def _filling(field: Field, fill: Filling, place: str) -> Iterator[Problem]:
    if field.computed:
        yield Problem("check_event_computed", ("into",), {"field": field.label, "place": place})
    yield from _path(fill.path, "path")
    columns = {column.id: column for column in field.nested}
    if bool(field.nested) is not bool(fill.columns):
        yield Problem("check_event_columns", ("columns",), {"field": field.label})
    for id, path in fill.columns.items():
        yield from _absent(id, columns, place, "columns", id)
        yield from _path(path, "columns", id)


def _path(path: str, *place: Step) -> Iterator[Problem]:
    try:
        steps_of(path)
    except ValueError:
        yield Problem("check_event_path", place, {"path": path[:80]})
