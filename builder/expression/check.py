"""Says what type an expression 表达式 has, reads, and gets wrong, in words a clerk understands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from builder.expression.catalogue import FUNCTIONS
from builder.expression.choosing import CRITERIA, compared, cut
from builder.expression.coerce import read_number
from builder.expression.meant import TRUTHS, meant, other_name
from builder.expression.mending import read
from builder.expression.parse import Node, Tree, nearest, place, print_tree, references, unknown_name
from builder.expression.problem import ExpressionError, Problem
from builder.expression.table import Function
from builder.expression.types import (
    COMPARISONS,
    NUMERIC,
    TIMELY,
    comparable,
    fits,
    item_of,
    reads_as,
    returned,
    type_of,
)
from builder.expression.values import Scope, Shape

FIXES = {"text": "TEXT({})", "number": "VALUE({})", "date": "DATEVALUE({})", "moment": "DATEVALUE({})"}


@dataclass(frozen=True)
class Checked:
    """A tree with ids for labels, its type (`number`, `list:text`, …), its problems and what it depends on."""

    tree: Tree
    type: str
    problems: tuple[Problem, ...]
    dependencies: frozenset[str]
    paths: frozenset[tuple[str, ...]]

    @property
    def sound(self) -> bool:
        """Whether there is nothing to complain about."""
        return not self.problems


def compile_text(text: str, scope: Scope, wanted: str | None = None) -> Checked:
    """Parses and checks a text against a scope; syntax errors too come back as problems.

    `wanted` is the type the place needs, e.g. `boolean` for a rule."""
    try:
        tree = read(text)
    except ExpressionError as error:
        return Checked(["lit", None], "any", error.problems, frozenset(), frozenset())
    return check(tree, scope, wanted)


def check(tree: Tree, scope: Scope, wanted: str | None = None) -> Checked:
    """The type, problems and dependencies of a tree; names and options may be labels, the result has ids."""
    checker = _Checker(scope)
    bound, type_ = checker.node(tree)
    if wanted is not None and not checker.problems and not fits(type_, wanted):
        fix = _fix(bound, type_, wanted, scope)
        checker.problems.append(Problem("result_type", {"wanted": wanted, "type": type_}, *place(tree), fix))
    tops = frozenset(path[0] for path in checker.paths)
    return Checked(bound, type_, tuple(checker.problems), tops, frozenset(checker.paths))


class _Checker:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.problems: list[Problem] = []
        self.paths: set[tuple[str, ...]] = set()

    def complain(self, code: str, node: Tree, fix: str | None = None, **params: Any) -> None:
        self.problems.append(Problem(code, params, *place(node), fix))

    def node(self, tree: Tree) -> tuple[Tree, str]:
        kind = tree[0]
        if kind == "num":
            return tree, "number"
        if kind == "lit":
            return tree, {str: "text", bool: "boolean"}.get(type(tree[1]), "blank")
        if kind == "ref":
            return self.reference(tree)
        if kind == "op":
            return self.chain(tree)
        if kind == "call":
            return self.call(tree)
        operand, type_ = self.node(tree[1])
        self.operand("-" if kind == "neg" else "%", operand, type_)
        return _like(tree, [kind, operand]), "list:number" if type_.startswith("list") else "number"

    def reference(self, tree: Tree) -> tuple[Tree, str]:
        scope, path, listed = self.scope, [], False
        shape: Shape | None = None
        for index, name in enumerate(tree[1:]):
            found = self.find(name, scope, tree)
            if found is None:
                self.missing(tree, index, scope)
                return tree, "any"
            listed = listed or (shape is not None and shape.type in ("rows", "list"))
            shape = scope[found]
            path.append(found)
            scope = shape.inside
        self.paths.add(tuple(path))
        return _like(tree, ["ref", *path]), type_of(shape, listed)

    def find(self, name: str, scope: Scope, tree: Tree) -> str | None:
        if name in scope:
            return name
        named = [id_ for id_, shape in scope.items() if shape.label == name]
        if len(named) > 1:
            self.complain("ambiguous_name", tree, named[0] if len(tree) == 2 else None, name=name)
        return named[0] if named else None

    def missing(self, tree: Tree, index: int, scope: Scope) -> None:
        name = tree[1 + index]
        known = [*scope, *(shape.label for shape in scope.values() if shape.label)]
        if index == 0:
            said = meant(name, self.scope) if len(tree) == 2 else None
            self.problems.append(
                unknown_name(name, known, tree) if said is None else Problem(said[0], said[1], *place(tree), said[2])
            )
            return
        close = get_close_matches(name, known, 1, 0.5)
        fix = print_tree(["ref", *tree[1 : 1 + index], close[0]]) if close else None
        self.complain("nothing_inside", tree, fix, name=".".join(tree[1 : 1 + index]), inner=name)

    def chain(self, tree: Tree) -> tuple[Tree, str]:
        waiting = []
        node = tree
        while node[0] == "op":
            waiting.append(node)
            node = node[2]
        left, type_ = self.node(node)
        for node in reversed(waiting):
            right, other = self.node(node[3])
            if node[1] in ("=", "<>"):
                left, right = self.option(left, right), self.option(right, left)
            type_ = self.operation(node, left, type_, right, other)
            left = _like(node, ["op", node[1], left, right])
        return left, type_

    def options(self, name: str, done: list[tuple[Tree, str]]) -> list[tuple[Tree, str]]:
        found = list(done)
        for other, at in compared(name, len(done)):
            found[at] = self.option(found[at][0], done[other][0], name), found[at][1]
        return found

    def option(self, literal: Tree, other: Tree, name: str = "") -> Tree:
        """The literal with the id of the option that it names; a criterion may begin with a sign, or be a pattern."""
        if literal[0] != "lit" or not isinstance(literal[1], str) or literal[1] == "" or other[0] != "ref":
            return literal
        shape = shape_at(other[1:], self.scope)
        sign, word = cut(name, literal[1])
        if shape is None or shape.options is None or word in shape.options or word[:1] in ("", *"=<>*?"):
            return literal
        found = next((id_ for id_, label in shape.options.items() if label == word), None)
        if found is not None:
            return _like(literal, ["lit", sign + found])
        if not sign and (name not in CRITERIA or not {*word} & {*"*?"}):
            self.unknown_option(literal, other, word, shape)
        return literal

    def unknown_option(self, literal: Tree, other: Tree, word: str, shape: Shape) -> None:
        options = shape.options or {}
        close = nearest(word, [*options.values()]) or nearest(word, [*options])
        fix = print_tree(["lit", close]) if close else None
        self.complain("unknown_option", literal, fix, name=shape.label or other[-1], option=word)

    def operation(self, tree: Tree, left: Tree, type_: str, right: Tree, other: str) -> str:
        sign = tree[1]
        listed = type_.startswith("list") or other.startswith("list")
        one, two = item_of(type_), item_of(other)
        if "rows" in (one, two):
            self.rows(left if one == "rows" else right)
            return "any"
        if sign in COMPARISONS:
            if not comparable(one, two, left, right):
                fix = self.alike(sign, left, one, right, two)
                self.complain("compared_types", tree, fix, type=one, wanted=two)
            result = "boolean"
        elif sign == "&":
            result = "text"
        else:
            result = self.sum(sign, left, one, right, two)
        return f"list:{result}" if listed else result

    def alike(self, sign: str, left: Tree, one: str, right: Tree, two: str) -> str | None:
        """The comparison with one side as the other's type, where only one way makes sense."""
        found: Tree | None = None
        if "number" in (one, two) and "text" in (one, two):
            found = ["op", sign, *(_as_number(side, type_) for side, type_ in ((left, one), (right, two)))]
        elif "boolean" in (one, two) and right[0] in ("lit", "num") and sign in ("=", "<>"):
            truth = TRUTHS.get(str(right[1]).lower())
            found = None if truth is None else ["op", sign, left, ["lit", truth]]
        return None if found is None else print_tree(found, labels(self.scope))

    def sum(self, sign: str, left: Tree, one: str, right: Tree, two: str) -> str:
        if sign == "+" and (one in TIMELY) != (two in TIMELY):
            self.operand(sign, right if one in TIMELY else left, two if one in TIMELY else one)
            return one if one in TIMELY else two
        if sign == "+" and {one, two} in ({"date", "time"}, {"datetime", "time"}):
            return "datetime"
        if sign == "-" and one in TIMELY and two not in TIMELY:
            self.operand(sign, right, two)
            return one
        if sign == "-" and one in {*TIMELY, "any", "blank"} and two in TIMELY:
            return "number"
        if (
            (sign == "+" and one == two == "text")
            or ("+" == sign and _is_words(left))
            or ("+" == sign and _is_words(right))
        ):
            fix = print_tree(["op", "&", left, right], labels(self.scope))
            self.problems.append(Problem("texts_added", {}, *_span(left, right), fix))
            return "text"
        self.operand(sign, left, one)
        self.operand(sign, right, two)
        return "number"

    def operand(self, sign: str, tree: Tree, type_: str) -> None:
        item = item_of(type_)
        if item == "rows":
            self.rows(tree)
        elif item not in NUMERIC:
            fix = _fix(tree, item, "number", self.scope)
            self.complain("operand_type", tree, fix, sign=sign, wanted="number", argument=self.words(tree), type=item)

    def rows(self, tree: Tree) -> None:
        shape = shape_at(tree[1:], self.scope) if tree[0] == "ref" else None
        column = next(iter(shape.inside), None) if shape is not None else None
        fix = print_tree([*tree, column], labels(self.scope)) if column else None
        self.complain("rows_need_a_column", tree, fix, name=self.words(tree))

    def words(self, tree: Tree) -> str:
        text = print_tree(tree, labels(self.scope))
        return text if len(text) <= 40 else text[:39] + "…"

    def call(self, tree: Tree) -> tuple[Tree, str]:
        done = self.options(tree[1], [self.node(argument) for argument in tree[2:]])
        bound = _like(tree, ["call", tree[1], *(argument for argument, _ in done)])
        function = FUNCTIONS.get(tree[1])
        if function is None:
            self.unknown_function(tree, bound)
            return bound, "any"
        if not function.fits(len(done)):
            fits_with = next((count for count in range(len(done), -1, -1) if function.fits(count)), None)
            fix = None if fits_with is None else print_tree(bound[: 2 + fits_with], labels(self.scope))
            self.complain("wrong_count", tree, fix, name=function.name, signature=function.signature)
            return bound, returned(function, [type_ for _, type_ in done])
        for index, (argument, type_) in enumerate(done):
            self.argument(function, index, argument, type_)
        return bound, returned(function, [type_ for _, type_ in done])

    def unknown_function(self, tree: Tree, bound: Tree) -> None:
        field = self.find(tree[1], self.scope, tree) or self.find(tree[1].lower(), self.scope, tree)
        if field is not None and len(tree) < 4:
            self.complain("field_called", tree, print_tree(["ref", field], labels(self.scope)), name=tree[1])
            return
        name = other_name(tree[1])
        fix = print_tree(["call", name, *bound[2:]], labels(self.scope)) if name else None
        self.complain("unknown_function", tree, fix, name=tree[1])

    def argument(self, function: Function, index: int, tree: Tree, type_: str) -> None:
        parameter = function.parameter(index)
        if type_ == "rows" and parameter.type in ("numbers", "list", "text", "number"):
            self.rows(tree)
            return
        if fits(type_, parameter.type) or reads_as(tree, parameter):
            return
        fix = _fix(tree, type_, parameter.type, self.scope)
        self.complain(
            "argument_type", tree, fix, name=function.name, place=index + 1,
            wanted=WANTED.get(parameter.type, parameter.type), argument=self.words(tree), type=type_,
        )  # fmt: skip


WANTED = {"numbers": "number", "booleans": "boolean"}


def shape_at(path: list[str], scope: Scope) -> Shape | None:
    """What a path of ids names."""
    shape = None
    for name in path:
        shape = scope.get(name)
        if shape is None:
            return None
        scope = shape.inside
    return shape


def _fix(tree: Tree, type_: str, wanted: str, scope: Scope) -> str | None:
    said = print_tree(tree, labels(scope))
    if wanted in ("number", "numbers") and type_.startswith("list"):
        return f"SUM({said})"
    if wanted == "text" and type_.startswith("list"):
        return f'JOIN({said}, ",")'
    if wanted in ("boolean", "booleans"):
        return as_condition(said, type_)
    if type_ in ("rows", "boolean") or (wanted == "number" and type_ != "text"):
        return None
    if wanted in ("date", "moment") and type_ != "text":
        return None
    shape = FIXES.get("number" if wanted == "numbers" else wanted)
    return shape.format(said) if shape else None


def as_condition(said: str, type_: str) -> str | None:
    """A value as a condition: a number is not 0, anything else is there."""
    if type_ == "number":
        return f"{said} <> 0"
    return f"NOT(ISEMPTY({said}))" if type_.partition(":")[0] in (*TIMELY, "text", "list", "reference") else None


def _is_words(tree: Tree) -> bool:
    """A text written out that is no number."""
    return tree[0] == "lit" and isinstance(tree[1], str) and read_number(tree[1]) is None


def _as_number(tree: Tree, type_: str) -> Tree:
    if type_ == "number":
        return tree
    found = read_number(tree[1]) if tree[0] == "lit" and isinstance(tree[1], str) else None
    return ["call", "VALUE", tree] if found is None else ["num", f"{found:f}"]


def _span(left: Tree, right: Tree) -> tuple[int | None, int | None]:
    return place(left)[0], place(right)[1]


def labels(scope: Scope, depth: int = 2) -> dict[str, str]:
    """The labels of a scope by dotted path of ids, as `print_tree` wants them; a label that two share is left out."""
    found: dict[str, str] = {}
    shared = Counter(shape.label for shape in scope.values())
    for id_, shape in scope.items():
        clear = shape.label and shared[shape.label] == 1 and (shape.label == id_ or shape.label not in scope)
        label = shape.label if clear else id_
        found[id_] = label
        if depth > 1 and shape.inside:
            for inner, text in labels(shape.inside, depth - 1).items():
                found[f"{id_}.{inner}"] = f"{label}.{text}"
    return found


def _like(tree: Tree, items: list[Any]) -> Tree:
    return Node(items, tree.start, tree.end) if isinstance(tree, Node) else items


def order(trees: Mapping[str, Tree]) -> tuple[list[str], list[list[str]]]:
    """The ids of formulas so that each comes after those it reads, and the circles among them as paths."""
    reads = {id_: sorted({path[0] for path in references(tree)} & set(trees)) for id_, tree in trees.items()}
    done: list[str] = []
    circles: list[list[str]] = []

    def visit(id_: str, path: list[str]) -> None:
        if id_ in path:
            circles.append([*path[path.index(id_) :], id_])
        elif id_ not in done:
            for other in reads[id_]:
                visit(other, [*path, id_])
            done.append(id_)

    for id_ in trees:
        visit(id_, [])
    return [*dict.fromkeys(done)], circles
