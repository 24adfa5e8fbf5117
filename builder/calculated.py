"""Numbers reckoned from each record while it is counted 计算指标: an expression that a database can carry out."""

from dataclasses import dataclass
from typing import Any

from builder.expression.check import compile_text
from builder.expression.parse import Tree, references
from builder.expression.problem import Problem
from builder.expression.pushed import Beyond, Plan, plan
from builder.expression.values import Context, Scope, Shape


@dataclass(frozen=True)
class Reckoned:
    """An expression over a form's records: its tree with one name for every path, the shapes of the names, its plan."""

    tree: Tree
    scope: Scope
    plan: Plan


@dataclass(frozen=True)
class Refused:
    """Why an expression cannot be reckoned by a database: the first trouble, in both languages."""

    zh: str
    en: str


def reckoned(text: str, scope: Scope, at: Context | None = None) -> Reckoned | Refused:
    """The expression over names of `scope`, or labels of theirs, ready for a database."""
    checked = compile_text(text, scope)
    if checked.problems:
        return _refused(checked.problems[0])
    flat = _flat(checked.tree)
    names = {".".join(path): _shape(path, scope) for path in references(checked.tree)}
    shapes = {name: shape for name, shape in names.items() if shape is not None}
    try:
        return Reckoned(flat, shapes, plan(flat, shapes, at or Context()))
    except Beyond as beyond:
        return _refused(beyond)


def _refused(trouble: Problem | Beyond) -> Refused:
    return Refused(trouble.sentence("zh-CN"), trouble.sentence("en"))


def _flat(tree: Tree) -> Tree:
    if tree[0] == "ref":
        return ["ref", ".".join(tree[1:])]
    if tree[0] in ("lit", "num"):
        return list(tree)
    return [_flat(part) if isinstance(part, list) else part for part in tree]


def _shape(path: tuple[str, ...], scope: Scope) -> Shape | None:
    """What a path names when it is a plain field, or one behind one reference."""
    head = scope.get(path[0])
    if head is None or len(path) > 2:
        return None
    if len(path) == 1:
        return _plain(head)
    inner: Any = head.inside.get(path[1]) if head.type == "reference" else None
    return None if inner is None else _plain(inner)


def _plain(shape: Shape) -> Shape:
    return Shape("text", shape.label) if shape.type == "reference" else shape
