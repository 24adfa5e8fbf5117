"""Computes the value of a tree 求值: never raises, never runs host code, stops at its budget."""

from collections.abc import Mapping
from typing import Any

from builder.expression.parse import Tree
from builder.expression.program import Program
from builder.expression.run import Result
from builder.expression.values import Context, Scope


def evaluate(tree: Tree, values: Mapping[str, Any], context: Context | None = None) -> Result:
    """The value of the tree over typed values by field id, or the failure it comes to."""
    return Program(tree, None).value(values, context or Context())


def evaluate_json(tree: Tree, scope: Scope, values: Mapping[str, Any], context: Context | None = None) -> Any:
    """The value of the tree over what a record holds, as a record would hold it, or a `Failure`."""
    return Program(tree, scope).json(values, context or Context())
