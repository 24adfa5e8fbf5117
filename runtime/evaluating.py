"""An expression of a workflow's node, over a record or a row of it 节点公式."""

from collections.abc import Mapping
from typing import Any

from builder.expression.evaluate import evaluate_json
from builder.expression.parse import parse
from builder.expression.problem import ExpressionError
from builder.expression.values import Context
from builder.problem import conflict
from runtime.live import LiveForm


def value_of(live: LiveForm, text: str, values: Mapping[str, Any], at: Context, subform: str = "") -> Any:
    """The JSON value of the expression, or a `Failure`; raises `Conflict` for one that cannot be read."""
    try:
        tree = parse(text)
    except ExpressionError:
        raise conflict("workflow_expression_unreadable", expression=text[:200]) from None
    return evaluate_json(tree, live.row_scope(subform) if subform else live.scope, values, at)
