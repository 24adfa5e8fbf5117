"""What people write wrong 常见错误: each mistake has its code and, where it can be told, what was meant."""

import json
from pathlib import Path

import pytest

from builder.expression.check import compile_text
from builder.expression.mending import LONGEST
from builder.expression.values import Scope, Shape

SCOPE: Scope = {
    "amount": Shape("number", "金额"), "count": Shape("number", "数量"), "name": Shape("text", "名称"),
    "done": Shape("boolean", "完成"), "due": Shape("date", "到期"),
    "state": Shape("text", "状态", options={"signed": "已签", "lost": "未签"}),
    "lines": Shape("rows", "明细", columns={"price": Shape("number", "单价")}),
}  # fmt: skip
MISTAKES = json.loads((Path(__file__).parents[2] / "cases" / "mistakes.json").read_text(encoding="utf-8"))


def test_there_are_many_of_them() -> None:
    """Of every kind: signs, quotes, brackets, names, functions, counts, types, options, other languages' habits."""
    assert len(MISTAKES) > 80
    assert len({code for _, code, _ in MISTAKES}) > 28


@pytest.mark.parametrize(("text", "code", "fix"), MISTAKES, ids=[text or "nothing" for text, _, _ in MISTAKES])
def test_a_mistake_is_told_with_what_was_meant(text: str, code: str, fix: str | None) -> None:
    """The code and the suggestion; in both languages a sentence that ends with it; put in, the mistake is gone."""
    (problem,) = compile_text(text, SCOPE).problems
    assert (problem.code, problem.fix) == (code, fix)
    zh, en = problem.sentence("zh-CN"), problem.sentence("en")
    assert zh != en
    assert not any(word in said for said in (zh, en) for word in ("{name", "{found", "{option", "written_"))
    if fix is not None:
        assert zh.endswith(f"是否想写 {fix}？")
        assert en.endswith(f"Did you mean {fix}?")
        start, end = problem.start or 0, len(text) if problem.end is None else problem.end
        after = compile_text(text[:start] + fix + text[end:], SCOPE)
        assert code not in [one.code for one in after.problems] or code == "unknown_function"


@pytest.mark.parametrize(
    "piece", ["(", "(&&", "a && (", "'", "{", "[", "a ? ", "if ", "x is ", "1,000", "&& ! ", "not "]
)
def test_however_long_a_mistake_is_it_is_told(piece: str) -> None:
    """Bounded work, no exception; what is longer than a bound is told of without a suggestion."""
    for length in (LONGEST, LONGEST + len(piece)):
        text = (piece * length)[:length]
        (problem, *_) = compile_text(text, SCOPE).problems
        assert problem.sentence("en")
        assert problem.fix is None or length <= LONGEST
