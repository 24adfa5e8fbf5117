"""An expression evaluated by hand 手工求值: `qiaoban eval 'ROUND(a / 3, 2)' --values '{"a": 10}'`."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from builder.expression.check import compile_text
from builder.expression.evaluate import evaluate_json
from builder.expression.values import Context, Failure, Scope, Shape
from builder.problem import LANGUAGES, Invalid, Problem, invalid


def tried(text: str, values: str, timezone: str, now: datetime) -> str:
    """What the expression comes to over values in JSON, as a record would hold it; raises `Invalid` in words."""
    try:
        given = json.loads(values or "{}")
    except json.JSONDecodeError as error:
        raise invalid("values_not_json", "values", detail=str(error)) from None
    if not isinstance(given, dict):
        raise invalid("values_not_json", "values", detail="{…}")
    scope = {str(name): shape_of(value) for name, value in given.items()}
    checked = compile_text(text, scope)
    if checked.problems:
        raise Invalid([_told(problem.sentence) for problem in checked.problems])
    found = evaluate_json(checked.tree, scope, given, Context(now, timezone))
    if isinstance(found, Failure):
        return f"{found.code} " + " / ".join(found.sentence(language) for language in LANGUAGES)
    return json.dumps(found, ensure_ascii=False)


def _told(sentence: Any) -> Problem:
    return Problem("cannot_be_evaluated", (), {"zh": sentence("zh-CN"), "en": sentence("en")})


def shape_of(value: Any) -> Shape:
    """What a JSON value is to expressions: a list of objects is rows, an object a record behind a reference."""
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return Shape("rows", columns=_columns(value))
    if isinstance(value, list):
        return Shape("list")
    if isinstance(value, Mapping):
        return Shape("any", target={str(name): shape_of(one) for name, one in value.items()})
    return Shape(next((word for type_, word in KINDS if isinstance(value, type_)), "any"))


def _columns(rows: list[Mapping[str, Any]]) -> Scope:
    return {str(name): shape_of(value) for row in rows for name, value in row.items()}


KINDS: tuple[tuple[Any, str], ...] = ((bool, "boolean"), (int | float, "number"), (str, "any"))
