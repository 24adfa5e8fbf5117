"""A tree made ready to run 编译: one Python closure for each node, made once, called for every record.

A step never raises but `Overworked`, and what only a broken tree brings about; a fault of its own is its failure.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, localcontext
from functools import partial
from typing import Any, cast

from builder.expression import operators
from builder.expression.catalogue import FUNCTIONS
from builder.expression.coerce import flat, to_boolean, to_date, to_json, to_moment, to_number, to_text
from builder.expression.parse import Tree
from builder.expression.run import BUDGET, POWER, Overworked, Result, Run, weight
from builder.expression.table import Function, Parameter
from builder.expression.values import (
    DECIMAL,
    NAME,
    REF,
    VALUE,
    Context,
    Failure,
    Fault,
    Scope,
    Shape,
    Value,
    decimal,
    in_range,
)

LARGEST_RESULT = 1_000_000
MAX_LEVELS = 250
BROKEN = (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
Step = Callable[[Run], Result]
SIMPLE: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": Decimal.__add__, "-": Decimal.__sub__, "*": Decimal.__mul__,
}  # fmt: skip


class Program:
    """A compiled expression over records of one scope; without a scope, over typed values."""

    __slots__ = ("nodes", "scope", "step", "tree")

    def __init__(self, tree: Tree, scope: Scope | None) -> None:
        making = _Making(scope)
        self.scope, self.tree = scope, tree
        self.step = making.step(tree, 1)
        self.nodes = making.nodes

    def value(self, values: Mapping[str, Any], at: Context) -> Result:
        """The value, or the failure it comes to; never raises."""
        with localcontext(DECIMAL):
            return self.within(values, at)

    def within(self, values: Mapping[str, Any], at: Context) -> Result:
        """The same for one who has set the arithmetic already."""
        try:
            run = Run(values, self.scope, at, BUDGET)
            run.spend(self.nodes)
            value = self.step(run)
            if isinstance(value, str | list | Mapping) and size(value) > LARGEST_RESULT:
                return Failure(VALUE, "result_too_large", {"limit": LARGEST_RESULT})
            return value
        except Fault as fault:
            return fault.failure
        except BROKEN:
            return Failure(VALUE, "broken_expression")

    def json(self, values: Mapping[str, Any], at: Context) -> Any:
        """The value as a record would hold it, or a `Failure`."""
        return to_json(self.value(values, at))


class _Making:
    def __init__(self, scope: Scope | None) -> None:
        self.scope = scope
        self.nodes = 0

    def step(self, tree: Tree, level: int) -> Step:
        self.nodes += 1
        if level > MAX_LEVELS:
            return _failing(Failure(VALUE, "broken_expression"))
        try:
            return self._step(tree, level)
        except Fault as fault:
            return _failing(fault.failure)
        except BROKEN:
            return _broken

    def _step(self, tree: Tree, level: int) -> Step:
        kind = tree[0]
        if kind == "lit" and (tree[1] is None or isinstance(tree[1], str | bool)):
            return _constant(tree[1])
        if kind == "num":
            with localcontext(DECIMAL):
                return _constant(decimal(tree[1]))
        if kind == "ref":
            return self.reference(tuple(tree[1:]))
        if kind == "op":
            return self.chain(tree, level)
        if kind in ("neg", "pct"):
            return _unary(operators.negate if kind == "neg" else operators.percent, self.step(tree[1], level + 1))
        if kind == "call":
            return self.call(tree[1], tree[2:], level)
        raise Fault(VALUE, "broken_expression")

    def chain(self, tree: Tree, level: int) -> Step:
        waiting = []
        node = tree
        while node[0] == "op":
            waiting.append(node)
            node = node[2]
        first = self.step(node, level + 1)
        rest = [(node[1], self.step(node[3], level + 1)) for node in reversed(waiting)]
        self.nodes += len(rest) - 1
        if len(rest) == 1:
            return _binary(rest[0][0], first, rest[0][1])
        return _chained(first, [(_operator(sign), right) for sign, right in rest])

    def reference(self, path: tuple[str, ...]) -> Step:
        shape = self.scope.get(path[0]) if self.scope is not None else None
        if self.scope is not None and shape is None:
            raise Fault(REF, "unknown_field", name=".".join(path))
        return _held(path[0], shape) if len(path) == 1 else _followed(path)

    def call(self, name: str, arguments: Sequence[Tree], level: int) -> Step:
        function = FUNCTIONS.get(name)
        if function is None:
            raise Fault(NAME, "unknown_function", name=name)
        if not function.fits(len(arguments)):
            raise Fault(VALUE, "wrong_count", name=name, signature=function.signature)
        steps = [self.step(argument, level + 1) for argument in arguments]
        if function.lazy:
            return _lazy(function, steps)
        taken = [(step, *_taking(function.parameter(index))) for index, step in enumerate(steps)]
        return _call(function.work, taken, function.catches)


def _constant(value: Result) -> Step:
    return lambda run: value


def _failing(failure: Failure) -> Step:
    return lambda run: failure


def _broken(run: Run) -> Result:
    raise ValueError


def _held(name: str, shape: Shape | None) -> Step:
    def step(run: Run) -> Result:
        raw = run.values.get(name)
        return None if raw is None else run.typed(raw, shape)

    return step


def _followed(path: tuple[str, ...]) -> Step:
    def step(run: Run) -> Result:
        try:
            return run.follow(path)
        except Overworked:
            raise
        except Fault as fault:
            return fault.failure

    return step


def _unary(work: Callable[[Value], Value], operand: Step) -> Step:
    def step(run: Run) -> Result:
        value = operand(run)
        if isinstance(value, Failure):
            return value
        try:
            return work(value)
        except Fault as fault:
            return fault.failure

    return step


Operator = Callable[[Run, Value, Value], Result]


def _operator(sign: str) -> Operator:
    def operate(run: Run, left: Value, right: Value) -> Result:
        heavy = max(weight(left), weight(right))
        if heavy:
            run.spend(heavy * POWER if sign == "^" else heavy)
        try:
            return operators.apply(sign, left, right, run.at)
        except Fault as fault:
            return fault.failure

    simple = SIMPLE.get(sign)
    return operate if simple is None else _of_numbers(simple, operate)


def _of_numbers(simple: Callable[[Decimal, Decimal], Decimal], operate: Operator) -> Operator:
    def operate_numbers(run: Run, left: Value, right: Value) -> Result:
        if left.__class__ is Decimal and right.__class__ is Decimal:
            found = simple(left, right)
            if in_range(found):
                return found
        return operate(run, left, right)

    return operate_numbers


def _binary(sign: str, first: Step, second: Step) -> Step:
    operate = _operator(sign)

    def step(run: Run) -> Result:
        left, right = first(run), second(run)
        if isinstance(left, Failure):
            return left
        return right if isinstance(right, Failure) else operate(run, left, right)

    return step


def _chained(first: Step, rest: list[tuple[Operator, Step]]) -> Step:
    def step(run: Run) -> Result:
        left = first(run)
        for operate, second in rest:
            right = second(run)
            if isinstance(left, Failure):
                continue
            left = right if isinstance(right, Failure) else operate(run, left, right)
        return left

    return step


def _lazy(function: Function, steps: list[Step]) -> Step:
    work = function.work

    def step(run: Run) -> Result:
        try:
            return cast(Result, work(run.at, *(partial(one, run) for one in steps)))
        except Overworked:
            raise
        except Fault as fault:
            return fault.failure

    return step


Taking = tuple[Step, Callable[[Any, Context], Any] | None, bool, bool]


def _call(work: Callable[..., Any], taken: list[Taking], catches: bool) -> Step:
    def step(run: Run) -> Result:
        ready = []
        try:
            for one, fit, keeps_blank, waits in taken:
                value: Any = one(run)
                if isinstance(value, Failure):
                    if not catches:
                        return value
                else:
                    if value.__class__ is list or value.__class__ is str:
                        run.spend(weight(value))
                    if fit is not None and not (value is None and keeps_blank):
                        value = fit(value, run.at)
                    if value is None and waits:
                        return None
                ready.append(value)
            return cast(Result, work(run.at, *ready))
        except Overworked:
            raise
        except Fault as fault:
            return fault.failure

    return step


def _taking(parameter: Parameter) -> tuple[Callable[[Any, Context], Any] | None, bool, bool]:
    return COERCIONS[parameter.type], parameter.keeps_blank, parameter.waits


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


def _number(value: Value, at: Context) -> Decimal:
    return value if value.__class__ is Decimal else to_number(value)


def _moment(value: Value, at: Context) -> date | datetime | time | None:
    return None if value is None or value == "" else to_moment(value, at)


def _date(value: Value, at: Context) -> date | None:
    return None if value is None or value == "" else to_date(value, at)


COERCIONS: dict[str, Callable[[Any, Context], Any] | None] = {
    "number": _number,
    "text": to_text,
    "boolean": lambda value, at: to_boolean(value),
    "date": _date,
    "moment": _moment,
    "any": None,
    "numbers": None,
    "booleans": None,
    "list": _list,
}
