"""An expression with the labels of options 选项 where the tree has their ids: the way back from what `check` does."""

from builder.expression.check import shape_at
from builder.expression.choosing import compared, cut
from builder.expression.parse import Tree
from builder.expression.values import Scope


def worded(tree: Tree, scope: Scope) -> Tree:
    """The tree for people's eyes; checking it gives the ids again."""
    if tree[0] == "op" and tree[1] in ("=", "<>"):
        left, right = worded(tree[2], scope), worded(tree[3], scope)
        return ["op", tree[1], _label(left, right, scope), _label(right, left, scope)]
    parts = [worded(part, scope) if isinstance(part, list) else part for part in tree]
    if tree[0] == "call":
        for other, at in compared(tree[1], len(parts) - 2):
            parts[2 + at] = _label(parts[2 + at], parts[2 + other], scope, tree[1])
    return parts


def _label(literal: Tree, other: Tree, scope: Scope, name: str = "") -> Tree:
    if literal[0] != "lit" or not isinstance(literal[1], str) or other[0] != "ref":
        return literal
    shape = shape_at(other[1:], scope)
    options = (shape.options if shape is not None else None) or {}
    sign, id_ = cut(name, literal[1])
    label = options.get(id_, "")
    clear = label and label not in options and [*options.values()].count(label) == 1 and label[0] not in "=<>*?"
    return ["lit", sign + label] if clear else literal
