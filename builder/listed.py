"""Several words in one text 多值文本: written with commas, read back even when a word holds a comma itself."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from builder.field import Json, text_of
from builder.problem import FieldError

T = TypeVar("T")
SEPARATOR = re.compile(r"\s*[,，;；、|\n]\s*")
MOST = 500
LONGEST = 6
"""Of how many pieces a word is tried to be made."""


def words_in(text: str) -> list[str]:
    """Every word that `read_listed` may ask about in the text."""
    marks = _marks(text)
    spans = ((at, end) for at in range(len(marks) - 1) for end in range(at + 1, min(len(marks), at + LONGEST + 1)))
    found = (text[marks[at][1] : marks[end][0]].strip() for at, end in spans)
    return list(dict.fromkeys(word for word in (text.strip(), *found) if word))


def _marks(text: str) -> list[tuple[int, int]]:
    """Where the separators stand, and both ends."""
    return [(0, 0), *((mark.start(), mark.end()) for mark in SEPARATOR.finditer(text[:20_000])), (len(text), 0)]


def read_listed(text: str, find: Callable[[str], T | None], unknown: Callable[[str], T]) -> list[T]:
    """What each word of the text means, the longest words first; `unknown` says what a strange word means."""
    whole = find(text.strip())
    if whole is not None:
        return [whole]
    marks = _marks(text)
    found: list[T] = []
    at = 0
    while at < len(marks) - 1 and len(found) <= MOST:
        for end in range(min(len(marks) - 1, at + LONGEST), at, -1):
            word = text[marks[at][1] : marks[end][0]].strip()
            meant = find(word) if word else None
            if meant is not None or end == at + 1:
                found += [meant if meant is not None else unknown(word)] if word else []
                at = end
                break
    return found


def distinct_ids(raw: Json, most: int | None) -> list[str] | None:
    """The ids once each, in their order; one alone is a list of it, none is blank. Raises `FieldError`."""
    chosen = [raw] if isinstance(raw, str) else raw
    if not isinstance(chosen, list) or len(chosen) > MOST:
        raise FieldError("must_be_list")
    found = list(dict.fromkeys(text_of(one, 64) for one in chosen if one not in (None, "")))
    if most is not None and len(found) > most:
        raise FieldError("too_many_chosen", limit=most)
    return found or None


def quoted(words: Iterable[str]) -> str:
    """Words of any signs in one text: those with separators within quotes, as tables of text have them."""
    return ", ".join(
        '"' + word.replace('"', '""') + '"' if '"' in word or SEPARATOR.search(word) else word for word in words
    )


def unquoted(text: str) -> list[str]:
    """The words of such a text, and of one that people wrote with any separators."""
    if '"' not in text:
        return [word for word in SEPARATOR.split(text[:20_000]) if word]
    rows = csv.reader(io.StringIO(text[:20_000]), skipinitialspace=True)
    return [word.strip() for row in rows for word in row if word.strip()]


def inline(text: str) -> str:
    """A free word without separators, so that it stays one word."""
    return re.sub(r"[\s,，;；、|]+", " ", text).strip()
