"""Which type of field a column of texts is 识别字段类型: each type that knows its kind says how sure it is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from builder.problem import FieldError, Refusal

Sure = tuple[float, dict[str, Any]]
"""How certain, from 0 to 1, and the settings that the type needs for these texts."""


@runtime_checkable
class Recognising(Protocol):
    """A type that knows its values when it sees them as texts."""

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """How sure it is that these texts, none of them blank, are its values; None: they are not."""
        ...


def all_read(texts: Sequence[str], read: Callable[[str], Any]) -> bool:
    """Whether every text is understood."""
    try:
        return bool(texts) and all(read(text) is not None for text in texts)
    except (FieldError, Refusal, ValueError, ArithmeticError):
        return False


def readings(texts: Sequence[str], types: Mapping[str, type[Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Every type that the texts may be with its settings, the surest first; of equals the first by name."""
    known = {name: kind for name, kind in types.items() if isinstance(kind, Recognising)}
    answers = {name: sure for name, kind in sorted(known.items()) if (sure := kind.recognise(texts)) is not None}
    return [(name, answers[name][1]) for name in sorted(answers, key=lambda name: -answers[name][0])]
