"""The words of an app by path 译文: what can be translated, what is not yet, and the app in another language."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from builder.definition import App
from builder.problem import Problem

Json = Any
Place = tuple[str, dict[str, Json], str]
"""A path such as `forms.customer.fields.name.label`, the object that holds the words, and the key they stand at."""

WORDS = ("name", "label", "title", "help", "placeholder", "description", "message", "unit", "prompt")
KEYED = ("forms", "workflows", "dashboards", "aggregates", "checks", "nodes")
HELD = ("goal", "measure", "after")
SPOKEN = ("buttons",)
"""Objects whose every value is words: a node's own buttons."""
LISTED = (
    "menu",
    "roles",
    "fields",
    "options",
    "sections",
    "checks",
    "uniques",
    "views",
    "groups",
    "actions",
    "events",
    "recognitions",
    "widgets",
    "measures",
    "cases",
)


def translatable(app: App) -> dict[str, str]:
    """Every path with its words as the files have them, in the app's order."""
    return {path: holder[key] for path, holder, key in _places(app.dump())}


def in_order(app: App, words: Mapping[str, str]) -> dict[str, str]:
    """Translations in the app's order; those that point nowhere come last."""
    known = [path for path in translatable(app) if path in words]
    return {path: words[path] for path in (*known, *sorted(set(words) - set(known)))}


def in_language(app: App, language: str) -> App:
    """The app with its words in `language`, as far as they are translated."""
    words = app.locales.get(language)
    if not words:
        return app
    raw = app.dump()
    for path, holder, key in list(_places(raw)):
        holder[key] = words.get(path, holder[key])
    return App.model_validate(raw)


def translated(raw: dict[str, Json], words: Mapping[str, str]) -> dict[str, Json]:
    """A copy of parts (as `App.dump` spells them) with their words replaced where `words` has them."""
    copy = deepcopy(raw)
    for path, holder, key in list(_places(copy)):
        holder[key] = words.get(path, holder[key])
    return copy


def taken_back(
    raw: dict[str, Json], base: dict[str, Json], words: Mapping[str, str]
) -> tuple[dict[str, Json], dict[str, str]]:
    """Undoes `translated` after an edit: words that were there get their own spelling back.

    Answers the parts in the app's own language, and the translations with what the edit changed in them. Words
    that are new stand as typed, for nobody has said them in the app's own language yet.
    """
    copy, changed = deepcopy(raw), dict(words)
    own = {path: holder[key] for path, holder, key in _places(base)}
    for path, holder, key in list(_places(copy)):
        if path in own:
            if holder[key] != words.get(path, own[path]):
                changed[path] = holder[key]
            holder[key] = own[path]
        else:
            changed.pop(path, None)
    return copy, changed


def check_locales(app: App) -> tuple[Problem, ...]:
    """What a language lacks, and translations of what is not there."""
    known = translatable(app)
    return tuple(_gaps(app, known))


def _gaps(app: App, known: Mapping[str, str]) -> Iterator[Problem]:
    for language, words in app.locales.items():
        for path in known:
            if not words.get(path, "").strip():
                yield Problem("check_untranslated", ("locales", language, path), {"language": language, "path": path})
        for path in words:
            if path not in known:
                yield Problem("check_dangling_words", ("locales", language, path), {"language": language, "path": path})


def _places(raw: dict[str, Json], path: str = "") -> Iterator[Place]:
    for key, value in raw.items():
        if key in WORDS and isinstance(value, str) and value and _is_words(raw, key, path):
            yield f"{path}{key}", raw, key
        elif key in KEYED and isinstance(value, dict):
            for id, part in sorted(value.items()):
                yield from _places(part, f"{path}{key}.{id}.")
        elif key in SPOKEN and isinstance(value, dict):
            yield from ((f"{path}{key}.{id}", value, id) for id, words in sorted(value.items()) if words)
        elif key in HELD and isinstance(value, dict):
            yield from _places(value, f"{path}{key}.")
        elif key in LISTED and isinstance(value, list):
            yield from _rows(key, value, path)


def _rows(key: str, rows: list[Json], path: str) -> Iterator[Place]:
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            yield from _places(row, f"{path}{key}.{row.get('id', index)}.")


def _is_words(raw: Mapping[str, Json], key: str, path: str) -> bool:
    """A form's `title` names a field and a group's `unit` a span of time: those are not words."""
    return not (key == "title" and "fields" in raw) and not (key == "unit" and not {"label", "type"} <= set(raw))
