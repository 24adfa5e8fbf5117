"""How JSON is spelt in files 书写: short things on one line, so that a clerk reads it and a diff shows the change."""

import json
from typing import Any

WIDTH = 120
Json = Any


class Misspelt(ValueError):
    """A text that is not the JSON we read: `code` says why, `line` and `column` say where."""

    def __init__(self, code: str, line: int = 1, column: int = 1, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, {"line": line, "column": column, **params}


DEEPEST = 40


def spell(value: Json) -> str:
    """The readable spelling of `value`, with a line break at the end."""
    return _spell(value, 0, 0) + "\n"


def spell_line(value: Json) -> str:
    """`value` on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {spell_line(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(spell_line(part) for part in value) + "]"
    return _quoted(value)


def _spell(value: Json, depth: int, used: int) -> str:
    line = spell_line(value)
    if not isinstance(value, dict | list | tuple) or not value or (depth and _fits(value, line, depth, used)):
        return line
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        heads = [(f"{_quoted(key)}: ", part) for key, part in value.items()]
        brackets = "{}"
    else:
        heads, brackets = [("", part) for part in value], "[]"
    lines = [pad + head + _spell(part, depth + 1, len(head)) for head, part in heads]
    return brackets[0] + "\n" + ",\n".join(lines) + "\n" + "  " * depth + brackets[1]


def _fits(value: Json, line: str, depth: int, used: int) -> bool:
    wide = sum(2 if ord(letter) > 0x2E7F else 1 for letter in line)
    return 2 * depth + used + wide + 1 <= WIDTH and _nesting(value) <= 3


def _nesting(value: Json) -> int:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else None
    return 0 if parts is None else 1 + max((_nesting(part) for part in parts), default=0)


def _quoted(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def read(text: str) -> Json:
    """The JSON value that `text` spells; raises `Misspelt` for bad syntax, a key given twice, or nesting too deep."""
    _measure(text)
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Misspelt("template_not_json", error.lineno, error.colno) from error
    except Misspelt:
        raise
    except (ValueError, RecursionError) as error:
        raise Misspelt("template_not_json") from error


def _measure(text: str) -> None:
    """Counts brackets outside strings before anything recursive looks at the text."""
    depth, inside, escaped = 0, False, False
    for letter in text:
        if inside:
            if escaped:
                escaped = False
            elif letter == "\\":
                escaped = True
            elif letter == '"':
                inside = False
        elif letter == '"':
            inside = True
        elif letter in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Misspelt("template_too_deep", limit=DEEPEST)
        elif letter in "]}":
            depth -= 1


def _once_each(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise Misspelt("template_key_twice", key=next(key for key in keys if keys.count(key) > 1))
    return found


def _no_constant(word: str) -> Json:
    raise Misspelt("template_not_json")
