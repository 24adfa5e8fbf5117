"""The generated pages tell what the code does today, and every sentence can be said in both languages (文档)."""

import ast
import json

import pytest

from builder.problem import catalogue
from scripts.docs import EXPRESSION_SENTENCES, PAGES, ROOT, same
from tests.house import dotted, placeholders, python

TELLERS = {
    *("Problem", "FieldError", "invalid", "forbidden", "missing", "conflict", "Misspelt"),
    *("TooMany", "Unauthenticated", "Missing", "Forbidden", "Invalid", "Conflict"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name: str) -> None:
    """Run `make docs` when this fails."""
    fresh = same(ROOT / name, PAGES[name]())
    assert fresh, f"{name} is out of date: run `make docs`"


def known() -> dict[str, dict[str, str]]:
    """Every problem code with its sentences, those of expressions included."""
    if not EXPRESSION_SENTENCES.exists():
        return catalogue()
    return {**catalogue(), **json.loads(EXPRESSION_SENTENCES.read_text(encoding="utf-8"))}


def test_every_problem_has_its_sentence() -> None:
    """A person must never be shown a bare code."""
    silent = {
        f"{source.at(call)} {call.args[0].value}"
        for source in python("builder", "runtime", "server")
        for call, name in source.calls()
        if dotted(call.func).split(".")[-1] in TELLERS and call.args and isinstance(call.args[0], ast.Constant)
        if isinstance(call.args[0].value, str) and call.args[0].value not in known()
    }
    assert not silent, "\n" + "\n".join(sorted(silent))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_problem_can_be_said_in_every_language(language: str) -> None:
    """Chinese and English are equals."""
    assert not [code for code, words in known().items() if not words.get(language, "").strip()]


def test_both_sentences_of_a_problem_name_the_same_things() -> None:
    """A sentence that forgets the field it is about helps nobody."""
    uneven = [code for code, words in known().items() if placeholders(words["zh-CN"]) != placeholders(words["en"])]
    assert not uneven
