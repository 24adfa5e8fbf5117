"""Parts of a draft on their way between files and people 草稿的文字: words in a language, formulas with ids."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from pydantic import ValidationError

from builder.definition import App
from builder.formula_places import FORMULAS
from builder.locales import taken_back, translated
from builder.parts import Parts, from_parts, parse_part
from builder.problem import Conflict, Problem
from builder.respelling import gone_over, respelled
from runtime.gate import Gate

Json = Any
WORDY = ("forms", "workflows", "dashboards", "aggregates", "checks")


def in_words(gate: Gate, parts: Parts) -> Parts:
    """The parts with their words in the asker's language."""
    words = parts.get(f"locales/{gate.language}") or {}
    return {
        name: _outside(name, translated(_inside(name, part), words)) if wordy(name) else part
        for name, part in parts.items()
    }


def wordy(name: str) -> bool:
    """Whether a part has words that are translated, and is saved by itself."""
    return name == "app" or name.partition("/")[0] in WORDY


def _inside(name: str, part: Json) -> dict[str, Json]:
    room, _, id = name.partition("/")
    return {room: {id: part}} if id else dict(part)


def _outside(name: str, whole: dict[str, Json]) -> Json:
    room, _, id = name.partition("/")
    return whole[room][id] if id else whole


def taken_in(gate: Gate, parts: Parts, name: str, value: Json) -> Parts:
    """What is kept when a part is saved: defaults omitted, words in the app's own language, formulas with ids.

    With a form come names and go: what other parts still name by a label of before or of now gets its id too."""
    locale, typed = f"locales/{gate.language}", value
    changed: Parts = {}
    if locale in parts:
        base = _inside(name, parts.get(name) or {})
        back, words = taken_back(_inside(name, value), base, parts[locale])
        value, changed[locale] = _outside(name, back), words
    try:
        if name != "app":
            value = parse_part(name, value).dump()
        whole = from_parts({**parts, name: value})
    except ValidationError as error:
        raise Conflict(list(malformed(error, *name.split("/")))) from None
    room, _, id = name.partition("/")
    others = _readings(gate, parts, {**in_words(gate, parts), name: typed})
    if room in FORMULAS:
        value = respelled(whole, room, id, others)
    elsewhere = gone_over(whole, others) if room == "forms" else {}
    return {**elsewhere, **changed, name: value}


def _readings(gate: Gate, before: Parts, typed: Parts) -> Callable[[], Sequence[App]]:
    """What labels may mean beside what they mean now: in the asker's language, and before this was saved."""

    @cache
    def readings() -> Sequence[App]:
        found = (_whole(parts) for parts in (typed, before, in_words(gate, before)))
        return tuple(app for app in found if app is not None)

    return readings


def _whole(parts: Parts) -> App | None:
    try:
        return from_parts(parts)
    except ValidationError:
        return None


def malformed(error: ValidationError, *above: str) -> Iterable[Problem]:
    """What Pydantic found, as problems."""
    for found in error.errors()[:20]:
        yield Problem(
            "draft_invalid", (*above, *found["loc"]), {"detail": str(found["msg"]).removeprefix("Value error, ")}
        )
