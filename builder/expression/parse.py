"""From the text of an expression 表达式 to its tree, and back; the only parser in the house."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from builder.expression.problem import ExpressionError, Problem
from builder.expression.tokens import Token, is_name, tokens

Tree = list[Any]
"""`["num", "1.5"]`, `["lit", value]`, `["ref", id, …]`, `["call", name, …]`, `["op", sign, l, r]`, `["neg", x]`, `["pct", x]`."""  # noqa: E501

MAX_DEPTH = 64
MAX_CHAIN = 200
MAX_NODES = 10_000

STRENGTH = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
NEG, PCT, ATOM = 6, 7, 8
CONSTANTS: dict[str, bool | None] = {"TRUE": True, "FALSE": False, "BLANK": None}


class Node(Tree):
    """A list that remembers which part of the text it was read from."""

    __slots__ = ("end", "start")

    def __init__(self, items: Iterable[Any], start: int, end: int) -> None:
        super().__init__(items)
        self.start = start
        self.end = end


def parse(text: str, names: Mapping[str, str] | None = None) -> Tree:
    """The tree of `text`; `names` maps labels to ids (dotted paths too). Raises `ExpressionError`."""
    parser = _Parser(tokens(text))
    tree = parser.whole()
    if names is not None:
        problems = _rename(parser.references, names)
        if problems:
            raise ExpressionError(*problems)
    return tree


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.place = 0
        self.depth = 0
        self.nodes = 0
        self.references: list[Node] = []

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        token = self.token
        self.place += 1
        return token

    def node(self, items: Iterable[Any], start: int) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise ExpressionError(Problem("too_many_nodes", {"limit": MAX_NODES}, start, start + 1))
        return Node(items, start, self.tokens[self.place - 1].end)

    def whole(self) -> Node:
        if self.token.kind == "end":
            raise ExpressionError(Problem("nothing_written", {}, 0, 0))
        tree = self.expression(0)
        if self.token.kind != "end":
            raise self.unexpected()
        if tall(tree) > MAX_CHAIN:
            raise ExpressionError(Problem("too_deep", {"limit": MAX_CHAIN}, 0, self.token.end))
        return tree

    def unexpected(self) -> ExpressionError:
        token = self.token
        code = "ended_too_soon" if token.kind == "end" else "unexpected_token"
        return ExpressionError(Problem(code, {"found": token.value}, token.start, max(token.end, token.start)))

    def expression(self, least: int) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(Problem("too_deep", {"limit": MAX_DEPTH}, self.token.start, self.token.end))
        start = self.token.start
        left = self.prefix()
        while STRENGTH.get(self.token.kind, 0) > least:
            sign = self.take().kind
            right = self.expression(STRENGTH[sign])
            left = self.node(["op", sign, left, right], start)
        self.depth -= 1
        return left

    def prefix(self) -> Node:
        start = self.token.start
        if self.token.kind not in ("-", "+"):
            return self.postfix()
        sign = self.take().kind
        operand = self.expression(STRENGTH["^"])
        return operand if sign == "+" else self.node(["neg", operand], start)

    def postfix(self) -> Node:
        start = self.token.start
        value = self.atom()
        while self.token.kind == "%":
            self.take()
            value = self.node(["pct", value], start)
        return value

    def atom(self) -> Node:
        token = self.token
        if token.kind == "number":
            self.take()
            return self.node(["num", _plain(token.value)], token.start)
        if token.kind == "text":
            self.take()
            return self.node(["lit", token.value], token.start)
        if token.kind == "(":
            self.take()
            inner = self.expression(0)
            self.expect(")", token)
            return inner
        if token.kind in ("name", "braced"):
            return self.name()
        raise self.unexpected()

    def expect(self, kind: str, opened: Token) -> None:
        if self.token.kind == "end":
            raise ExpressionError(Problem("bracket_not_closed", {}, opened.start, opened.end))
        if self.token.kind != kind:
            raise self.unexpected()
        self.take()

    def name(self) -> Node:
        first = self.take()
        parts = [first]
        while self.token.kind == ".":
            self.take()
            if self.token.kind not in ("name", "braced"):
                raise self.unexpected()
            parts.append(self.take())
        upper = first.value.upper()
        if self.token.kind == "(" and all(part.kind == "name" for part in parts):
            return self.call(".".join(part.value for part in parts).upper(), first)
        if first.kind == "name" and len(parts) == 1 and upper in ("TRUE", "FALSE"):
            return self.node(["lit", CONSTANTS[upper]], first.start)
        reference = self.node(["ref", *(part.value for part in parts)], first.start)
        self.references.append(reference)
        return reference

    def call(self, name: str, first: Token) -> Node:
        opened = self.take()
        arguments: list[Node] = []
        if self.token.kind != ")":
            arguments.append(self.argument())
            while self.token.kind == ",":
                self.take()
                arguments.append(self.argument())
        self.expect(")", opened)
        if name in CONSTANTS and not arguments:
            return self.node(["lit", CONSTANTS[name]], first.start)
        return self.node(["call", name, *arguments], first.start)

    def argument(self) -> Node:
        if self.token.kind in (",", ")"):
            return self.node(["lit", None], self.token.start)
        return self.expression(0)


def _plain(number: str) -> str:
    return number if number[0] != "." else "0" + number


def tall(tree: Tree) -> int:
    """How many levels the tree has."""
    most, waiting = 0, [(tree, 1)]
    while waiting:
        node, level = waiting.pop()
        most = max(most, level)
        waiting += [(child, level + 1) for child in node if isinstance(child, list)]
    return most


def references(tree: Tree) -> set[tuple[str, ...]]:
    """Every path the tree names."""
    found: set[tuple[str, ...]] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node and node[0] == "ref":
            found.add(tuple(node[1:]))
        elif node and node[0] != "lit":
            waiting += [child for child in node if isinstance(child, list)]
    return found


def _rename(found: list[Node], names: Mapping[str, str]) -> list[Problem]:
    known = set(names.values())
    problems = []
    for reference in found:
        path = _ids(reference[1:], names, known)
        if path is None:
            problems.append(unknown_name(".".join(reference[1:]), [*names, *known], reference))
        else:
            reference[1:] = path
    return problems


def _ids(path: list[str], names: Mapping[str, str], known: set[str]) -> list[str] | None:
    for length in range(len(path), 0, -1):
        head, rest = ".".join(path[:length]), path[length:]
        if head in known or head in names:
            return [*(head if head in known else names[head]).split("."), *rest]
    return None


def nearest(word: str, known: Sequence[str]) -> str | None:
    """What is almost called so: but for capitals, or as the only one that begins with it or has it in it, or nearly."""
    low = word.casefold()
    for found in ([one for one in known if one.casefold() == low], [one for one in known if _begins(one, low)],
                  [one for one in known if low in one.casefold()]):  # fmt: skip
        if len(set(found)) == 1 and (len(low) > 1 or _begins(found[0], low)):
            return found[0]
    close = get_close_matches(word, known, 1, 0.5)
    return close[0] if close else None


def _begins(one: str, low: str) -> bool:
    return one.casefold().startswith(low)


def unknown_name(name: str, known: Iterable[str], node: Tree) -> Problem:
    """The problem that nothing is called `name`, with the closest name that exists."""
    close = nearest(name, sorted(set(known)))
    fix = ".".join(map(_written, close.split("."))) if close else None
    return Problem("unknown_name", {"name": name}, *place(node), fix)


def place(node: Tree) -> tuple[int | None, int | None]:
    """Where in the text a node was read from, if that is known."""
    return (node.start, node.end) if isinstance(node, Node) else (None, None)


def print_tree(tree: Tree, labels: Mapping[str, str] | None = None) -> str:
    """The text of a tree; `labels` maps ids (dotted paths too) to what people call them."""
    return _print(tree, 0, labels or {})


def _print(tree: Tree, least: int, labels: Mapping[str, str]) -> str:
    strength, text = _printed(tree, labels)
    return text if strength >= least else f"({text})"


def _printed(tree: Tree, labels: Mapping[str, str]) -> tuple[int, str]:
    kind = tree[0]
    if kind == "op":
        return _chain(tree, labels)
    if kind == "neg":
        return NEG, "-" + _print(tree[1], NEG, labels)
    if kind == "pct":
        return PCT, _print(tree[1], PCT, labels) + "%"
    if kind == "call":
        return ATOM, f"{tree[1]}({', '.join(_print(argument, 0, labels) for argument in tree[2:])})"
    if kind == "ref":
        return ATOM, _path(tree[1:], labels)
    return ATOM, tree[1] if kind == "num" else _literal(tree[1])


def _chain(tree: Tree, labels: Mapping[str, str]) -> tuple[int, str]:
    signs, strength = [], STRENGTH[tree[1]]
    node = tree
    while node[0] == "op" and STRENGTH[node[1]] == strength:
        signs.append(f" {node[1]} {_print(node[3], strength + 1, labels)}")
        node = node[2]
    return strength, _print(node, strength, labels) + "".join(reversed(signs))


def _path(path: list[str], labels: Mapping[str, str]) -> str:
    words = []
    above = ""
    for length, id_ in enumerate(path, start=1):
        label = labels.get(".".join(path[:length]))
        word = label.removeprefix(above + ".") if label is not None else id_
        above = label if label is not None else f"{above}.{id_}"
        words.append(_written(word if word.strip() and "}" not in word else id_))
    return ".".join(words)


def _written(name: str) -> str:
    return name if is_name(name) else "{" + name + "}"


def _literal(value: str | bool | None) -> str:
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return {True: "TRUE", False: "FALSE", None: "BLANK()"}[value]
