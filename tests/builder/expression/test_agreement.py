"""Random expressions come to the same in Python and in TypeScript 两端一致; the databases' turn is in tests/store."""

import shutil
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from builder.expression.evaluate import evaluate_json
from builder.expression.parse import Tree
from builder.expression.values import Context, Failure
from tests.cases import formulas
from tests.cases.random_formulas import SCOPE, expressions, values

ALL = list(HealthCheck)
AT = Context(now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC), timezone="Europe/Rome")
HAS_BROWSER_CODE = shutil.which("npx") is not None and (formulas.ROOT / "web/node_modules").exists()


def some(count: int) -> list[tuple[Tree, dict[str, Any]]]:
    """Expressions with records, the same ones in every run."""
    found: list[tuple[Tree, dict[str, Any]]] = []

    @settings(
        max_examples=count, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(expressions, values)
    def collect(tree: Tree, record: dict[str, Any]) -> None:
        found.append((tree, record))

    collect()
    return found


def answered(tree: Tree, record: dict[str, Any]) -> Any:
    """What Python makes of it, as the browser tells it."""
    got = evaluate_json(tree, SCOPE, record, AT)
    return {"error": got.code, "reason": got.reason} if isinstance(got, Failure) else got


@pytest.mark.skipif(not HAS_BROWSER_CODE, reason="needs the web's node_modules")
def test_random_expressions_come_to_the_same_in_both_evaluators() -> None:
    cases = some(400)
    types = {name: shape.type for name, shape in SCOPE.items()}
    asked = [{"tree": tree, "values": record, "types": types} for tree, record in cases]
    for (tree, record), got in zip(cases, formulas.in_the_browser(asked, AT), strict=True):
        assert got == answered(tree, record), (tree, record)
