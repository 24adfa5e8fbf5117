"""What is wrong with the shape of an artefact 结构校验, in our own words: schema errors and ids given twice."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from builder.problem import Problem, Step
from builder.schemas import schemas

Json = Any
MOST = 50


@cache
def _validator(artefact: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[artefact])


def shape_problems(artefact: str, value: Json, *place: Step) -> list[Problem]:
    """What the artefact's schema refuses; `place` is put before each path."""
    found: list[Problem] = []
    for error in _validator(artefact).iter_errors(value):
        found += [problem.under(*place) for problem in _told(error)]
        if len(found) >= MOST:
            break
    return found


def _told(error: ValidationError) -> Iterator[Problem]:
    best = best_match([error]) if error.context else error
    error = best if isinstance(best, ValidationError) else error
    path = tuple(error.absolute_path)
    rule, wanted, value = str(error.validator), cast("Json", error.validator_value), cast("Json", error.instance)
    if rule == "additionalProperties" and wanted is False:
        known = list(error.schema.get("properties", {})) if isinstance(error.schema, Mapping) else []
        for key in [key for key in value if key not in known]:
            yield Problem("template_unknown_key", (*path, key), {"key": str(key)[:80], **closest(key, known)})
    elif rule == "required":
        for key in [key for key in wanted if key not in value]:
            yield Problem("template_key_missing", path, {"key": key})
    else:
        yield _one(rule, wanted, value, path)


def _one(rule: str, wanted: Json, value: Json, path: tuple[Step, ...]) -> Problem:
    shown = str(value)[:80]
    if rule in ("enum", "const"):
        known = [str(option) for option in wanted] if rule == "enum" else [str(wanted)]
        params = {"value": shown, "known": ", ".join(known), **closest(shown, known)}
        return Problem("template_not_one_of", path, params)
    if rule == "type":
        names = wanted if isinstance(wanted, list) else [wanted]
        return Problem("template_wrong_type", path, {"value": shown, "wanted": "/".join(names)})
    if rule == "pattern":
        return Problem("template_bad_text", path, {"value": shown, "pattern": wanted})
    if rule in ("maxLength", "maxItems", "maxProperties", "minLength"):
        return Problem("template_bad_length", path, {"limit": wanted})
    if rule in ("minimum", "maximum"):
        return Problem("template_out_of_range", path, {"value": shown, "limit": wanted})
    return Problem("template_wrong_shape", path, {"value": shown})


def closest(word: str, known: Iterable[str]) -> dict[str, str]:
    """The params of "did you mean": `meant` is the most similar known word, in both languages' phrasing, or nothing."""
    near = get_close_matches(str(word)[:200], list(known), 1, 0.6)
    return {"meant_zh": f"您是不是想写 {near[0]}？", "meant_en": f" Did you mean '{near[0]}'?"} if near else {}


LISTS = (
    "fields",
    "sections",
    "rules",
    "checks",
    "views",
    "groups",
    "actions",
    "events",
    "recognitions",
    "options",
    "widgets",
    "menu",
    "members",
    "departments",
)


def duplicates(value: Json, *place: Step) -> list[Problem]:
    """Ids given twice in one list, wherever such lists are."""
    return list(_twice(value, place))


def _twice(value: Json, path: tuple[Step, ...]) -> Iterator[Problem]:
    parts: Iterable[tuple[Step, Json]] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
        if len(path) == 1 or path[-1] in LISTS:
            yield from _seen_before(value, path)
    for step, part in parts:
        if isinstance(part, dict | list):
            yield from _twice(part, (*path, step))


def _seen_before(rows: list[Json], path: tuple[Step, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        id = row.get("id") if isinstance(row, dict) else None
        if isinstance(id, str) and id in seen:
            yield Problem("template_id_twice", (*path, index, "id"), {"id": id[:80]})
        elif isinstance(id, str):
            seen.add(id)
