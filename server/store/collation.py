"""Sort keys for texts 排序键: computed here so that every database, and the world in memory, order alike.

A key compares by code points. ASCII texts sort by their lower case, which a database can do itself; only other texts
need a key of their own. Digits and Latin letters come first, then Chinese by pinyin.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pypinyin import Style, pinyin

LENGTH = 60
FOLDED = "~"
"""Beside a text's sort key stands its case-folded form under `~field`, where ASCII lower case is not the same."""
AFTER_LATIN = "~"


def sort_key(text: str) -> str:
    """What to compare instead of the text."""
    return text.lower() if text.isascii() else _foreign(text[:LENGTH])


@lru_cache(maxsize=50_000)
def _foreign(text: str) -> str:
    return "".join(_weight(character) for character in unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=30_000)
def _weight(character: str) -> str:
    if character.isascii():
        return character
    spelled = reading(character)
    if spelled:
        return f"{AFTER_LATIN}{spelled} {character}"
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() else character


@lru_cache(maxsize=30_000)
def reading(character: str) -> str:
    """A Chinese character's pinyin with its tone as a digit: 信 is `xin4`; "" for other characters."""
    found = pinyin(character, style=Style.TONE3, errors="ignore", neutral_tone_with_five=True)
    return str(found[0][0]) if found and found[0] else ""


def keys_of(values: Mapping[str, Any]) -> dict[str, str] | None:
    """The keys to keep beside a record's values: for texts outside ASCII alone, so most records have few."""
    keys: dict[str, str] = {}
    for field, value in values.items():
        if isinstance(value, str) and not value.isascii():
            keys[field] = _clean(sort_key(value))
            folded = value.casefold()
            if folded != ascii_lower(value):
                keys[FOLDED + field] = folded
    return keys or None


def _clean(key: str) -> str:
    return key.replace("\x00", "")


_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def ascii_lower(text: str) -> str:
    """Lower case of A to Z alone, as a database without a locale does it."""
    return text.translate(_UPPER)
