"""How a function 函数 is described: parameters, meaning in both languages, tested examples, work."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, TypeVar

from builder.expression.values import Context

MOVING = frozenset({"RAND", "RANDBETWEEN", "UUID", "MAPX", "RECNO", "GETUSERNAME", "IP"})


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, the type it takes, whether it may be left out or given again and again."""

    name: str
    type: str
    optional: bool = False
    repeats: bool = False

    @cached_property
    def waits(self) -> bool:
        """Whether the call is blank as long as this argument is: a date that is not there yet."""
        return self.type in ("date", "moment") and not self.optional

    @cached_property
    def keeps_blank(self) -> bool:
        """Whether blank is handed on as it is."""
        return self.optional and self.type not in ("any", "list")


@dataclass(frozen=True)
class Function:
    """A function: everything its help page, the checker and the evaluator need."""

    name: str
    group: str
    parameters: tuple[Parameter, ...]
    returns: str
    zh: str
    en: str
    examples: tuple[tuple[str, str], ...]
    work: Callable[..., Any]
    lazy: bool = False
    catches: bool = False

    @cached_property
    def timeless(self) -> bool:
        """Whether it answers the same for the same arguments, whoever asks, whenever and wherever."""
        return self.group in ("logic", "text", "number", "statistics") and self.name not in MOVING

    @cached_property
    def repeating(self) -> tuple[Parameter, ...]:
        """The parameters at the end that may come again."""
        return tuple(parameter for parameter in self.parameters if parameter.repeats)

    @cached_property
    def least(self) -> int:
        """How many arguments there must be."""
        return sum(not parameter.optional for parameter in self.parameters)

    @cached_property
    def most(self) -> int | None:
        """How many arguments there may be; None when without end."""
        return None if self.repeating else len(self.parameters)

    def parameter(self, index: int) -> Parameter:
        """The parameter that takes the argument of this index."""
        if index < len(self.parameters):
            return self.parameters[index]
        again = self.repeating
        return again[(index - len(self.parameters)) % len(again)]

    def fits(self, count: int) -> bool:
        """Whether the function can be called with so many arguments."""
        if count < self.least:
            return False
        return self.most is None or count <= self.most

    @property
    def signature(self) -> str:
        """How to write the call: `LEFT(text, [count])`."""
        words = [f"[{one.name}]" if one.optional else one.name for one in self.parameters]
        return f"{self.name}({', '.join([*words, '…'] if self.repeating else words)})"

    def meaning(self, language: str) -> str:
        """One line of what it does."""
        return self.zh if language.startswith("zh") else self.en


FUNCTIONS: dict[str, Function] = {}

Work = TypeVar("Work", bound=Callable[..., Any])


class Describe(Protocol):
    """Registers a function and gives it back unchanged."""

    def __call__(
        self, name: str, signature: str, returns: str, zh: str, en: str, *examples: tuple[str, str], **how: bool
    ) -> Callable[[Work], Work]:
        """A decorator for the function's work."""
        ...


def group(group_: str) -> Describe:
    """A decorator for the functions of one group: `@text("LEFT", "text:text count:number?", "text", zh, en, …)`."""

    def describe(
        name: str, signature: str, returns: str, zh: str, en: str, *examples: tuple[str, str], **how: bool
    ) -> Callable[[Work], Work]:
        parameters = tuple(map(_parameter, signature.split()))

        def register(work: Work) -> Work:
            FUNCTIONS[name] = Function(name, group_, parameters, returns, zh, en, examples, work, **how)
            return work

        return register

    return describe


def _parameter(text: str) -> Parameter:
    name, _, type_ = text.partition(":")
    return Parameter(name, type_.rstrip("?*"), "?" in type_, "*" in type_)


__all__ = ["FUNCTIONS", "Context", "Function", "Parameter", "group"]
