"""What can be wrong 问题: a stable code, a path, parameters; the sentence is found by code and language."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh-CN", "en")
SENTENCES = Path(__file__).parent / "sentences"

Step = str | int


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: `code` is stable, `path` says where, `params` fill the sentence."""

    code: str
    path: tuple[Step, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def under(self, *steps: Step) -> "Problem":
        """The same problem, seen from further out."""
        return Problem(self.code, (*steps, *self.path), self.params)

    def sentence(self, language: str) -> str:
        """The problem in words, in `zh-CN` or `en`."""
        return sentence(self.code, language, self.params)


class FieldError(ValueError):
    """A value that a field type cannot take; its code has a sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.problem = Problem(code, (), params)


class Refusal(Exception):
    """What was asked cannot be done; carries one problem or more."""

    def __init__(self, problems: Problem | Iterable[Problem], **extra: Any) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.extra = extra
        super().__init__("; ".join(problem.code for problem in self.problems))


class Invalid(Refusal):
    """What was sent is not legal."""


class Forbidden(Refusal):
    """The asker may see the thing, but not do this to it."""


class Missing(Refusal):
    """There is no such thing, or the asker may not know that there is."""


class Conflict(Refusal):
    """Somebody was faster, or the state does not allow it any more."""


class TooMany(Refusal):
    """A limit was reached; try again later or with less."""


class Unauthenticated(Refusal):
    """Nobody is signed in."""


def invalid(code: str, *path: Step, **params: Any) -> Invalid:
    """An `Invalid` of one problem."""
    return Invalid(Problem(code, path, params))


def forbidden(code: str, *path: Step, **params: Any) -> Forbidden:
    """A `Forbidden` of one problem."""
    return Forbidden(Problem(code, path, params))


def missing(code: str = "not_found", *path: Step, **params: Any) -> Missing:
    """A `Missing` of one problem."""
    return Missing(Problem(code, path, params))


def conflict(code: str, *path: Step, **params: Any) -> Conflict:
    """A `Conflict` of one problem."""
    return Conflict(Problem(code, path, params))


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every code with its sentences, from `builder/sentences/*.json`."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(SENTENCES.glob("*.json")):
        found.update(json.loads(file.read_text(encoding="utf-8")))
    return found


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def sentence(code: str, language: str, params: Mapping[str, Any]) -> str:
    """The sentence of `code` in `language`; the code itself when nobody wrote one."""
    entry = catalogue().get(code, {})
    template = entry.get(language) or entry.get("en") or code
    return template.format_map(_Blank(params))
