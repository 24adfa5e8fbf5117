"""One evaluation under way 一次求值: what it reads, and how much work it may still do."""

from collections.abc import Mapping
from typing import Any, cast

from builder.expression.coerce import flat, from_json
from builder.expression.values import NUM, REF, Context, Failure, Fault, Scope, Shape, Value

BUDGET = 200_000
"""About 50 ms: counted in steps and not by a clock, so that everybody stops at the same place."""
ITEM, POWER = 5, 100
"""What an item of a list costs, and how much dearer it is raised to a power."""
Result = Value | Failure


class Overworked(Fault):
    """Ends the whole evaluation, not one call: it has worked enough."""


class Run:
    """The values, the world and the budget of one evaluation."""

    __slots__ = ("at", "left", "scope", "values")

    def __init__(self, values: Mapping[str, Any], scope: Scope | None, at: Context, budget: int = BUDGET) -> None:
        self.values = values
        self.scope = scope
        self.at = at
        self.left = budget

    def spend(self, amount: int) -> None:
        """Take from the budget; raises `Overworked` when it is used up."""
        self.left -= amount
        if self.left < 0:
            raise Overworked(NUM, "too_much_work", limit=BUDGET)

    def typed(self, raw: Any, shape: Shape | None) -> Result:
        """What a record holds as a value of this language."""
        if shape is None:
            return cast(Result, raw)
        self.spend(weight(raw))
        return from_json(raw, shape.type, self.at, shape.item)

    def follow(self, path: tuple[str, ...]) -> Result:
        """What a path of names leads to: into rows, and behind references."""
        shape = self.scope.get(path[0]) if self.scope is not None else None
        if shape is None and self.scope is not None:
            raise Fault(REF, "unknown_field", name=".".join(path))
        value = self.typed(self.values.get(path[0]), shape)
        for index in range(1, len(path)):
            value, shape = self._step(value, shape, path[: index + 1])
        return value

    def _step(self, value: Result, shape: Shape | None, path: tuple[str, ...]) -> tuple[Result, Shape | None]:
        inner = shape.inside.get(path[-1]) if shape is not None else None
        if shape is not None and inner is None:
            raise Fault(REF, "unknown_field", name=".".join(path))
        if value is None or isinstance(value, Failure):
            return value, inner
        if isinstance(value, list):
            self.spend(ITEM * len(value))
            self._meet(path[:-1], value)
            items = [self._inside(item, inner, path) for item in value]
            failed = next((item for item in items if isinstance(item, Failure)), None)
            return failed or flat_once(cast("list[Value]", items)), inner
        return self._inside(value, inner, path), inner

    def _meet(self, path: tuple[str, ...], ids: list[Any]) -> None:
        """Tell who looks up what references lead to that all of these will be asked for."""
        meet = getattr(self.at.related, "meet", None)
        if meet is not None and ids and isinstance(ids[0], str):
            meet(path, [id for id in ids if isinstance(id, str)])

    def _inside(self, value: Any, inner: Shape | None, path: tuple[str, ...]) -> Result:
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
        return ITEM * len(value)
    return len(value) // 100 if isinstance(value, str) else 0
