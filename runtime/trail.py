"""Where an instance has been 流转轨迹: every visit and what it came from, so that a return voids what follows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = Any
Visit = dict[str, Json]
"""`node`, `from` (indexes of earlier visits), and `void` when a return took it back."""


def ancestors(trail: Sequence[Visit], visit: int) -> set[int]:
    """Every visit that led to `visit`."""
    found: set[int] = set()
    open_ends = list(trail[visit]["from"])
    while open_ends:
        each = open_ends.pop()
        if each not in found:
            found.add(each)
            open_ends += trail[each]["from"]
    return found


def descendants(trail: Sequence[Visit], visit: int) -> set[int]:
    """`visit` and every visit that it led to, those taken back left out."""
    after: dict[int, list[int]] = {}
    for index, each in enumerate(trail):
        for source in () if each.get("void") else each["from"]:
            after.setdefault(source, []).append(index)
    found = {visit}
    open_ends = [visit]
    while open_ends:
        for following in after.get(open_ends.pop(), ()):
            if following not in found:
                found.add(following)
                open_ends.append(following)
    return found


def latest(trail: Sequence[Visit], visits: Iterable[int], node: str) -> int | None:
    """The latest of `visits` at `node`."""
    return max((each for each in visits if trail[each]["node"] == node), default=None)


def passed(trail: Sequence[Visit], visit: int, waits: Mapping[str, bool]) -> list[int]:
    """The visits that led to `visit` at nodes that wait for a person, latest first; each node once."""
    found: dict[str, int] = {}
    for each in sorted(ancestors(trail, visit), reverse=True):
        if waits[trail[each]["node"]]:
            found.setdefault(trail[each]["node"], each)
    return list(found.values())


def just_before(trail: Sequence[Visit], sources: Iterable[int], waits: Mapping[str, bool]) -> set[int]:
    """The nearest visits at nodes that wait for a person, looking back from `sources` through the others."""
    found: set[int] = set()
    seen: set[int] = set()
    open_ends = list(sources)
    while open_ends:
        each = open_ends.pop()
        if each in seen:
            continue
        seen.add(each)
        if waits[trail[each]["node"]]:
            found.add(each)
        else:
            open_ends += trail[each]["from"]
    return found
