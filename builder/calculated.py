"""Numbers reckoned from each record while it is counted 计算指标: an expression that a database can carry out."""

from dataclasses import dataclass
from typing import Any

from builder.expression.check import compile_text
from builder.expression.parse import Tree, references
from builder.expression.problem import Problem
from builder.expression.pushed import Beyond, Plan, asks_the_record_alone, plan
from builder.expression.values import Context, Scope, Shape


@dataclass(frozen=True)
class Reckoned:
    """An expression over a form's records: its tree with one name for every path, the shapes of the names, its plan.

    `kind` is that of its outcome, `reads` are all paths it reads. There is no plan for what only a store can reckon
    that runs programs itself."""

    tree: Tree
    scope: Scope
    plan: Plan | None
    kind: str
    reads: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """Why an expression cannot be reckoned by a database: the first trouble, in both languages."""

    zh: str
    en: str


ANYBODY = {"id": "", "name": "", "departments": []}
"""Who asks, while nobody does: when an expression is checked."""
OUTCOMES = {"number": "number", "boolean": "boolean", "date": "date", "datetime": "datetime", "text": "text"}


def reckoned(text: str, scope: Scope, at: Context | None = None, programs: bool = False) -> Reckoned | Refused:
    """The expression over names of `scope`, or labels of theirs, ready for a database.

    With `programs`, for one that evaluates whatever it has no plan for."""
    checked = compile_text(text, scope)
    if checked.problems:
        return _refused(checked.problems[0])
    paths = references(checked.tree)
    flat = _flat(checked.tree, scope)
    names = {_name(path, scope): _shape(path, scope) for path in paths}
    shapes = {name: shape for name, shape in names.items() if shape is not None}
    reads = tuple(sorted({".".join(path) for path in paths}))
    try:
        made = plan(flat, shapes, at or Context(me=ANYBODY))
    except Beyond as beyond:
        alone = asks_the_record_alone(flat, at or Context(me=ANYBODY))
        if not programs or not alone or checked.type not in OUTCOMES or len(shapes) < len(names):
            return _refused(beyond)
        return Reckoned(flat, shapes, None, OUTCOMES[checked.type], reads)
    return Reckoned(flat, shapes, made, made.kind, reads)


def _refused(trouble: Problem | Beyond) -> Refused:
    return Refused(trouble.sentence("zh-CN"), trouble.sentence("en"))


def _in_rows(path: tuple[str, ...], scope: Scope) -> bool:
    """Whether it names a column of a subform."""
    head = scope.get(path[0])
    return head is not None and head.type == "rows"


def _name(path: tuple[str, ...], scope: Scope) -> str:
    """How the store calls what is read: a subform as a whole, anything else by its path."""
    return path[0] if _in_rows(path, scope) else ".".join(path)


def _flat(tree: Tree, scope: Scope) -> Tree:
    if tree[0] == "ref":
        return list(tree) if _in_rows(tuple(tree[1:]), scope) else ["ref", ".".join(tree[1:])]
    if tree[0] in ("lit", "num"):
        return list(tree)
    return [_flat(part, scope) if isinstance(part, list) else part for part in tree]


def _shape(path: tuple[str, ...], scope: Scope) -> Shape | None:
    """What a path names when it is a field or a column, or a field behind one reference."""
    head = scope.get(path[0])
    if head is None or len(path) > 2:
        return None
    if len(path) == 1 or head.type == "rows":
        return _plain(head)
    inner: Any = head.inside.get(path[1]) if head.type == "reference" else None
    return None if inner is None or inner.type == "rows" else _plain(inner)


def _plain(shape: Shape) -> Shape:
    return Shape("text", shape.label) if shape.type == "reference" else shape
