"""What can be wrong with an expression 表达式的问题: a code, a place in the text, a sentence, and perhaps a fix."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

SENTENCES = Path(__file__).parent / "sentences.json"


@dataclass(frozen=True)
class Problem:
    """One problem: `start` and `end` are places in the text, `fix` is text to put there instead."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None
    fix: str | None = None

    def sentence(self, language: str) -> str:
        """The problem in words, in `zh-CN` or `en`, with the fix as a question."""
        words = sentence(self.code, language, self.params)
        return words if self.fix is None else words + sentence("did_you_mean", language, {"fix": self.fix})

    def as_json(self, language: str) -> dict[str, Any]:
        """The problem as the editor in the browser wants it."""
        return {
            "code": self.code,
            "params": dict(self.params),
            "start": self.start,
            "end": self.end,
            "fix": self.fix,
            "words": sentence(self.code, language, self.params),
            "sentence": self.sentence(language),
        }


class ExpressionError(ValueError):
    """A text that is not an expression; carries one problem or more."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.sentence("en") for problem in problems))


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every code of this language of formulas with its sentences."""
    found: dict[str, dict[str, str]] = json.loads(SENTENCES.read_text(encoding="utf-8"))
    return found


def sentence(code: str, language: str, params: Mapping[str, Any]) -> str:
    """The sentence of `code` in `language`; types among the params are named in that language."""
    entry = sentences()[code]
    named = {key: type_name(value, language) if key in ("type", "wanted") else value for key, value in params.items()}
    words = entry.get(language, entry["en"]).format_map(named)
    return words[:1].upper() + words[1:] if language == "en" else words


def type_name(type_: str, language: str) -> str:
    """A type's name for people: 数字 or a number."""
    word, _, item = type_.partition(":")
    entry = sentences().get(f"type_{word}")
    if entry is None:
        return type_
    name = entry.get(language, entry["en"])
    return name if not item or item == "any" else f"{name} ({type_name(item, language)})"
