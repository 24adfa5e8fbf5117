"""Every shared case, every example of every function, and the files that follow from the language."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.expression.catalogue import FUNCTIONS
from builder.expression.check import compile_text
from builder.expression.evaluate import evaluate
from builder.expression.parse import parse
from builder.expression.values import Context, Failure
from scripts import expressions
from tests.cases import formulas

CASES = list(expressions.written())
EXAMPLES = [(text, expected) for function in FUNCTIONS.values() for text, expected in function.examples]
FACTS = Path(expressions.CASES / "formula_cases.jsonl")
OURS = {
    "AND(E7)": "a blank is FALSE in a condition, for an unticked box must not turn a rule into an error",
    "HOUR(D7)": "a blank date gives blank, never the hour of a day that is not there",
}


@pytest.mark.parametrize("case", CASES, ids=[f"{case['source']}: {case['text']}" for case in CASES])
def test_a_case_comes_to_what_it_says(case: dict[str, Any]) -> None:
    got = expressions.outcome({**case, "tree": parse(case["text"])})
    wanted = case.get("expected")
    assert got["error"] == case["error"] if "error" in case else (got, type(got)) == (wanted, type(wanted))


@pytest.mark.parametrize(("text", "expected"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_an_example_of_the_help_is_true(text: str, expected: str) -> None:
    at = expressions.context({"chance": "0.25"})
    got = evaluate(parse(text), {}, at)
    if expected.startswith("#"):
        assert isinstance(got, Failure)
        assert got.code == expected
    else:
        assert (got, type(got)) == (evaluate(parse(expected), {}, at), type(got))


@pytest.mark.parametrize("text", [text for text, expected in EXAMPLES if not expected.startswith("#")])
def test_an_example_of_the_help_has_no_problems(text: str) -> None:
    assert compile_text(text, {}).problems == ()


def test_spreadsheet_facts_hold_but_for_those_we_decided_otherwise() -> None:
    cases, _ = formulas.read(FACTS)
    wrong = {case.formula for case in cases if not formulas.agrees(case, formulas.outcome(case))}
    assert wrong == set(OURS)


def test_few_spreadsheet_facts_are_beyond_the_language() -> None:
    cases, left_out = formulas.read(FACTS)
    assert (len(cases), left_out.total()) == (410, 18)


@pytest.mark.parametrize("path", expressions.files(), ids=lambda path: path.name)
def test_files_that_follow_from_the_language_are_fresh(path: Path) -> None:
    stored, fresh = json.loads(path.read_text(encoding="utf-8")), json.loads(expressions.files()[path])
    assert stored == fresh, "run python scripts/expressions.py"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_explained_in_both_languages_with_an_example(name: str) -> None:
    function = FUNCTIONS[name]
    assert all((function.meaning("zh-CN"), function.meaning("en"), function.examples))


def test_a_failure_has_a_sentence_in_both_languages() -> None:
    got = evaluate(parse("1 / 0"), {}, Context())
    assert isinstance(got, Failure)
    assert (got.sentence("zh-CN"), got.message) == ("除数为零。", "This divides by zero.")
    assert got.as_json() == {"error": "#DIV/0!", "reason": "division_by_zero", "params": {}}


def test_every_reason_in_the_code_has_a_sentence() -> None:
    sentences = json.loads((expressions.ROOT / "builder/expression/sentences.json").read_text(encoding="utf-8"))
    assert all(set(entry) == {"zh-CN", "en"} for entry in sentences.values())
