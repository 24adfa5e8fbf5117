"""Which arguments of a function are compared with which 选项的比较: there the label of an option means the option."""

from collections.abc import Callable, Iterator

Pairs = Iterator[tuple[int, int]]
"""The place of what is compared, and the place of what it is compared with."""


def _first_two(count: int) -> Pairs:
    yield 0, 1


def _either(count: int) -> Pairs:
    yield 0, 1
    yield 1, 0


def _cases(count: int) -> Pairs:
    return ((0, at) for at in range(1, count, 2) if at + 1 < count)


def _in_pairs(count: int) -> Pairs:
    return ((at, at + 1) for at in range(0, count - 1, 2))


def _in_pairs_after(count: int) -> Pairs:
    return ((at, at + 1) for at in range(1, count - 1, 2))


COMPARING: dict[str, Callable[[int], Pairs]] = {
    "SWITCH": _cases, "CONTAINS": _first_two, "EXACT": _either, "COUNTIF": _first_two, "SUMIF": _first_two,
    "AVERAGEIF": _first_two, "COUNTIFS": _in_pairs, "SUMIFS": _in_pairs_after, "AVERAGEIFS": _in_pairs_after,
    "MAXIFS": _in_pairs_after, "MINIFS": _in_pairs_after,
}  # fmt: skip
CRITERIA = frozenset(name for name in COMPARING if name.endswith(("IF", "IFS")))
"""Functions whose texts may begin with a sign and hold wildcards: "<>done", "张*"."""
SIGNS = ("<>", "=")


def compared(name: str, count: int) -> list[tuple[int, int]]:
    """Of a call with so many arguments."""
    return [pair for pair in COMPARING[name](count) if max(pair) < count] if name in COMPARING else []


def cut(name: str, text: str) -> tuple[str, str]:
    """The sign that a criterion begins with, and the rest; elsewhere a text has no sign."""
    sign = next((one for one in SIGNS if text.startswith(one)), "") if name in CRITERIA else ""
    return sign, text[len(sign) :]
