"""Where a field is used 字段用在哪里: what would be unsound without it, what reads it, what names it, who holds it."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from pydantic import ValidationError

from builder.definition import App
from builder.field import field_types
from builder.formula_places import Steps
from builder.parts import Parts, from_parts
from builder.problem import Problem, missing
from builder.uses import uses
from runtime import designing, impacts
from runtime.drafted import in_words
from runtime.gate import Gate

Json = Any
GONE = "no_more"
"""What the field is called while it is asked what would miss it."""


def usage(gate: Gate, app: str, form: str, field: str) -> dict[str, Any]:
    """Where the draft uses a field or `rows.column`; and how many records hold it."""
    head = designing.head_for_design(gate, app)
    parts = in_words(gate, designing.parts_of(gate, head.draft))
    name = f"forms/{form}"
    if name not in parts:
        raise missing("no_such_form", form=form)
    fields = parts[name].get("fields", [])
    owner, _, column = field.partition(".")
    kind = next((field_types()[one["type"]].kind for one in fields if one["id"] == owner), None)
    places = dict.fromkeys((*_missing(gate, parts, name, field), *_named(parts, form, field)))
    found = [
        {"part": "/".join(map(str, path[:2])), "where": ".".join(map(str, path)), "text": in_short(parts, path)}
        for path in places
    ]
    counting = partial(impacts.holding_column, column=column) if column else impacts.holding
    return {"uses": found, "records": counting(gate, f"{app}.{form}", owner, str(kind)) if kind else 0}


def _missing(gate: Gate, parts: Parts, name: str, field: str) -> Iterator[Steps]:
    """The places that would be unsound without the field, but for the field itself."""
    without = {**parts[name], "fields": _called_otherwise(parts[name].get("fields", []), field)}
    before = {(one.code, one.path) for one in designing.problems_of(gate, parts)}
    own = _place_of(parts[name].get("fields", []), field)
    for one in designing.problems_of(gate, {**parts, name: without}):
        if (one.code, one.path) not in before and not _is_own(one, name, own):
            yield one.path


def _is_own(problem: Problem, name: str, own: Steps) -> bool:
    """Whether it is about the field as such, which is called otherwise only while this is asked."""
    path = problem.path[: 2 + len(own)]
    return bool(own) and path == (*name.split("/"), *own) and problem.code != "check_expression"


def _named(parts: Parts, form: str, field: str) -> Iterable[Steps]:
    """The places that name it without needing it."""
    try:
        app: App = from_parts(parts)
    except ValidationError:
        return ()
    return uses(app, form, field)


def _called_otherwise(fields: list[Json], path: str) -> list[Json]:
    """The fields with one under another name, so that every place stays where it is; `rows.column` is a column."""
    owner, _, column = path.partition(".")
    return [
        one if one["id"] != owner
        else {**one, "fields": _called_otherwise(one.get("fields", []), column)} if column
        else {**one, "id": GONE, "label": GONE}
        for one in fields
    ]  # fmt: skip


def _place_of(fields: list[Json], path: str) -> Steps:
    owner, _, column = path.partition(".")
    for at, one in enumerate(fields):
        if one["id"] == owner:
            return ("fields", at, *_place_of(one.get("fields", []), column)) if column else ("fields", at)
    return ()


def in_short(parts: Parts, path: Steps) -> str:
    """A place as people know it: the names of the part and of what it stands in."""
    part = parts.get("/".join(map(str, path[:2]))) or {}
    steps = [str(part.get("name", ""))]
    place: Json = part
    for step in path[2:]:
        if isinstance(place, list) and isinstance(step, int) and step < len(place):
            place = place[step]
        elif isinstance(place, dict):
            place = place.get(str(step))
        if isinstance(place, dict):
            steps.append(str(place.get("label") or place.get("name") or place.get("title") or ""))
    return " › ".join(step for step in steps if step)
