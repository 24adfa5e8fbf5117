"""Conditions written as expressions 表达式条件, made ready for whoever carries a filter out: a store, or `matches`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from builder.calculated import Reckoned, Refused, reckoned
from builder.expression.program import Program
from builder.expression.values import Context, Scope
from builder.filter import HOLDS, Condition, Filter, Told, conditions, map_conditions
from builder.problem import invalid
from builder.working_time import WorkingCalendar
from runtime.ports import Calculation

CONDITIONS = ("boolean", "blank")


def calculation(found: Reckoned, at: Context) -> Calculation:
    """What the store is to carry out for an expression."""
    names = tuple(sorted(found.scope))
    return Calculation(found.plan, Program(found.tree, found.scope), names, at, found.reads)


@dataclass
class Reckoning:
    """Makes the conditions of one asker ready; `made` are those so far."""

    scope: Callable[[], Scope]
    at: Context
    programs: bool
    calendar: Callable[[], WorkingCalendar]
    made: list[Calculation] = field(default_factory=list)

    def of(self, filter: Filter, strict: bool) -> Filter:
        """The filter with its expressions ready. What cannot be reckoned is refused when `strict`, else never holds."""
        return map_conditions(filter, lambda one: self._ready(one, strict)) if holding(filter) else filter

    def _ready(self, condition: Condition, strict: bool) -> Filter:
        if condition.op != HOLDS or isinstance(condition, Told):
            return condition
        at = self._at(str(condition.value))
        found = reckoned(str(condition.value), self.scope(), at, self.programs)
        if isinstance(found, Refused):
            if strict:
                raise invalid("condition_not_reckoned", "filter", zh=found.zh, en=found.en)
            return condition
        if found.kind not in CONDITIONS and strict:
            raise invalid("condition_no_truth", "filter", expression=str(condition.value)[:80])
        self.made.append(calculation(found, at))
        return Told(field=condition.field, op=HOLDS, value=condition.value, work=self.made[-1])

    def _at(self, text: str) -> Context:
        """With the working calendar for an expression that counts workdays: the store asks nothing in between."""
        days = self.calendar() if "WORKDAY" in text.upper() else None
        return self.at if days is None else replace(self.at, calendar=lambda: days)

    @property
    def names(self) -> frozenset[str]:
        """What the store reads for them."""
        return frozenset(name for one in self.made for name in one.names)


def holding(filter: Filter) -> bool:
    """Whether it has a condition that is an expression."""
    return any(one.op == HOLDS for one in conditions(filter))


def reads_of(made: Iterable[Calculation]) -> frozenset[str]:
    """Every path that the calculations read."""
    return frozenset(path for one in made for path in one.reads)
