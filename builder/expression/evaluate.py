"""Computes the value of a tree 求值: never raises, never runs host code, stops at its budget."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import localcontext
from typing import Any, cast

from builder.expression import operators
from builder.expression.catalogue import FUNCTIONS
from builder.expression.coerce import (
    flat,
    from_json,
    to_boolean,
    to_date,
    to_json,
    to_moment,
    to_number,
    to_text,
)
from builder.expression.parse import Tree
from builder.expression.table import Parameter
from builder.expression.values import (
    DECIMAL,
    NAME,
    NUM,
    REF,
    VALUE,
    Context,
    Failure,
    Fault,
    Scope,
    Shape,
    Value,
    decimal,
)

BUDGET = 200_000
LARGEST_RESULT = 1_000_000
MAX_LEVELS = 250
Result = Value | Failure
Thunk = Callable[[], Result]


def evaluate(tree: Tree, values: Mapping[str, Any], context: Context | None = None) -> Result:
    """The value of the tree over typed values by field id, or the failure it comes to."""
    return _Run(values, None, context or Context()).whole(tree)


def evaluate_json(tree: Tree, scope: Scope, values: Mapping[str, Any], context: Context | None = None) -> Any:
    """The value of the tree over what a record holds, as a record would hold it, or a `Failure`."""
    return to_json(_Run(values, scope, context or Context()).whole(tree))


class _Run:
    def __init__(self, values: Mapping[str, Any], scope: Scope | None, at: Context) -> None:
        self.values = values
        self.scope = scope
        self.at = at
        self.left = BUDGET
        self.level = 0

    def whole(self, tree: Tree) -> Result:
        with localcontext(DECIMAL):
            try:
                value = self.value(tree)
                if not isinstance(value, Failure) and size(value) > LARGEST_RESULT:
                    return Failure(VALUE, "result_too_large", {"limit": LARGEST_RESULT})
                return value
            except Fault as fault:
                return fault.failure
            except (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
                return Failure(VALUE, "broken_expression")

    def spend(self, amount: int = 1) -> None:
        self.left -= amount
        if self.left < 0:
            raise Fault(NUM, "too_much_work", limit=BUDGET)

    def value(self, tree: Tree) -> Result:
        self.left -= 1
        if self.left < 0:
            raise Fault(NUM, "too_much_work", limit=BUDGET)
        if tree[0] == "lit" and (tree[1] is None or isinstance(tree[1], str | bool)):
            return cast(Result, tree[1])
        self.level += 1
        if self.level > MAX_LEVELS:
            raise Fault(VALUE, "broken_expression")
        try:
            return self._value(tree)
        except Fault as fault:
            if fault.failure.reason == "too_much_work":
                raise
            return fault.failure
        finally:
            self.level -= 1

    def _value(self, tree: Tree) -> Result:
        kind = tree[0]
        if kind == "ref":
            return self.reference(tuple(tree[1:]))
        if kind == "num":
            return decimal(tree[1])
        if kind == "op":
            return self.chain(tree)
        if kind in ("neg", "pct"):
            operand = self.value(tree[1])
            if isinstance(operand, Failure):
                return operand
            return operators.negate(operand) if kind == "neg" else operators.percent(operand)
        if kind == "call":
            return self.call(tree[1], tree[2:])
        raise Fault(VALUE, "broken_expression")

    def chain(self, tree: Tree) -> Result:
        waiting = []
        node = tree
        while node[0] == "op":
            waiting.append(node)
            node = node[2]
        left = self.value(node)
        for node in reversed(waiting):
            right = self.value(node[3])
            if isinstance(left, Failure) or isinstance(right, Failure):
                left = left if isinstance(left, Failure) else right
                continue
            self.spend(max(weight(left), weight(right)))
            left = self.operate(node[1], left, right)
        return left

    def operate(self, sign: str, left: Value, right: Value) -> Result:
        try:
            return operators.apply(sign, left, right, self.at)
        except Fault as fault:
            return fault.failure

    def call(self, name: str, arguments: list[Tree]) -> Result:
        function = FUNCTIONS.get(name)
        if function is None:
            raise Fault(NAME, "unknown_function", name=name)
        if not function.fits(len(arguments)):
            raise Fault(VALUE, "wrong_count", name=name, signature=function.signature)
        if function.lazy:
            return cast(Result, function.work(self.at, *(self.thunk(argument) for argument in arguments)))
        ready = []
        for index, argument in enumerate(arguments):
            value = self.value(argument)
            if isinstance(value, Failure) and not function.catches:
                return value
            self.spend(weight(value))
            parameter = function.parameter(index)
            ready.append(value if isinstance(value, Failure) else self.fitted(value, parameter))
            if ready[-1] is None and parameter.waits:
                return None
        return cast(Result, function.work(self.at, *ready))

    def thunk(self, tree: Tree) -> Thunk:
        return lambda: self.value(tree)

    def fitted(self, value: Value, parameter: Parameter) -> Any:
        if value is None and parameter.keeps_blank:
            return None
        return COERCIONS[parameter.type](value, self.at)

    def reference(self, path: tuple[str, ...]) -> Result:
        shape = self.scope.get(path[0]) if self.scope is not None else None
        if shape is None and self.scope is not None:
            raise Fault(REF, "unknown_field", name=".".join(path))
        value = self.typed(self.values.get(path[0]), shape)
        for index in range(1, len(path)):
            value, shape = self.step(value, shape, path[: index + 1])
        return value

    def typed(self, raw: Any, shape: Shape | None) -> Result:
        if shape is None:
            return cast(Result, raw)
        self.spend(weight(raw))
        return from_json(raw, shape.type, self.at, shape.item)

    def step(self, value: Result, shape: Shape | None, path: tuple[str, ...]) -> tuple[Result, Shape | None]:
        inner = shape.inside.get(path[-1]) if shape is not None else None
        if shape is not None and inner is None:
            raise Fault(REF, "unknown_field", name=".".join(path))
        if value is None or isinstance(value, Failure):
            return value, inner
        if isinstance(value, list):
            self.spend(len(value))
            items = [self.inside(item, inner, path) for item in value]
            failed = next((item for item in items if isinstance(item, Failure)), None)
            return failed or flat_once(cast("list[Value]", items)), inner
        return self.inside(value, inner, path), inner

    def inside(self, value: Any, inner: Shape | None, path: tuple[str, ...]) -> Result:
        if isinstance(value, Mapping):
            return self.typed(value.get(path[-1]), inner)
        if value is None or self.at.related is None or not isinstance(value, str):
            return None
        self.spend(10)
        found = self.at.related(path[:-1], value)
        return None if found is None else self.typed(found.get(path[-1]), inner)


def flat_once(items: list[Value]) -> list[Value]:
    """The items, with those of inner lists in their place when there are any."""
    return flat(items) if any(isinstance(item, list) for item in items) else items


def weight(value: Any) -> int:
    """How much work a value is to go through."""
    if isinstance(value, list):
        return len(value)
    return len(value) // 1000 if isinstance(value, str) else 0


def size(value: Any) -> int:
    """About how many characters a value takes."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(map(size, value)) + len(value)
    if isinstance(value, Mapping):
        return sum(map(size, value.values()))
    return 8


def _list(value: Value, at: Context) -> list[Value]:
    return flat([value])


def _as_is(value: Value, at: Context) -> Value:
    return value


def _moment(value: Value, at: Context) -> date | datetime | time | None:
    return None if value is None or value == "" else to_moment(value, at)


def _date(value: Value, at: Context) -> date | None:
    return None if value is None or value == "" else to_date(value, at)


COERCIONS: dict[str, Callable[[Any, Context], Any]] = {
    "number": lambda value, at: to_number(value),
    "text": to_text,
    "boolean": lambda value, at: to_boolean(value),
    "date": _date,
    "moment": _moment,
    "any": _as_is,
    "numbers": _as_is,
    "booleans": _as_is,
    "list": _list,
}
