"""An expression with the labels of options 选项 where the tree has their ids: the way back from what `check` does."""

from builder.expression.check import CHOOSING, shape_at
from builder.expression.parse import Tree
from builder.expression.values import Scope


def worded(tree: Tree, scope: Scope) -> Tree:
    """The tree for people's eyes; checking it gives the ids again."""
    if tree[0] == "op" and tree[1] in ("=", "<>"):
        left, right = worded(tree[2], scope), worded(tree[3], scope)
        return ["op", tree[1], _label(left, right, scope), _label(right, left, scope)]
    parts = [worded(part, scope) if isinstance(part, list) else part for part in tree]
    if tree[0] == "call" and tree[1] in CHOOSING and len(parts) > 3:
        parts[3:] = [
            _label(part, parts[2], scope) if _is_case(tree, at) else part for at, part in enumerate(parts[3:], 3)
        ]
    return parts


def _is_case(tree: Tree, at: int) -> bool:
    """Whether the argument at this place of the call is compared with the first one."""
    if tree[1] != "SWITCH":
        return at == 3
    return at % 2 == 1 and at + 1 < len(tree)


def _label(literal: Tree, other: Tree, scope: Scope) -> Tree:
    if literal[0] != "lit" or not isinstance(literal[1], str) or other[0] != "ref":
        return literal
    shape = shape_at(other[1:], scope)
    options = (shape.options if shape is not None else None) or {}
    label = options.get(literal[1], "")
    clear = label and label not in options and [*options.values()].count(label) == 1 and label[0] not in "=<>*?"
    return ["lit", label] if clear else literal
