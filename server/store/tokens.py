"""What a text can be found by 检索词: characters and pairs of Chinese, words, pinyin; the same on every database.

A token is spelled in [0-9a-z] alone (other characters by their code point), so no database's own splitting touches it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import add

from server.store.collation import reading

RUN = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|([^\W_]+)")
LONGEST_TEXT, LONGEST_WORD, LONGEST_NAME, MOST_TERMS = 2000, 40, 24, 8
TAG_LENGTH = 8

Term = frozenset[tuple[str, bool]]
"""What one typed word asks of a field: tokens that must all be there, some of them only as beginnings."""


@lru_cache(maxsize=10_000)
def tokens(text: str) -> frozenset[str]:
    """Everything a text can be found by."""
    found: set[str] = set()
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()
    for chinese, word in RUN.findall(text):
        if word:
            found.add(_spell(word[:LONGEST_WORD]))
        else:
            spelled = [_spell(character) for character in chinese]
            found.update(spelled)
            found.update(map(add, spelled, spelled[1:]))
            if len(text) <= LONGEST_NAME:
                found.update(_spoken(chinese))
    return frozenset(found)


def _pairs(run: str) -> Iterable[str]:
    return (run[index : index + 2] for index in range(len(run) - 1))


def _spoken(run: str) -> set[str]:
    """Pinyin initials from every character on (信达科技: xdkj, dkj, kj, j), and the whole spelled out."""
    syllables = [_syllable(character) for character in run]
    initials = "".join([syllable[:1] for syllable in syllables])
    return {initials[index:] for index in range(len(initials))} | ({"".join(syllables)} - {""})


@lru_cache(maxsize=30_000)
def _syllable(character: str) -> str:
    return reading(character).rstrip("12345")


@lru_cache(maxsize=30_000)
def _spell(text: str) -> str:
    return text if text.isascii() else "".join(c if c.isascii() else f"{ord(c):05x}" for c in text)


def terms(asked: str) -> list[Term]:
    """What was typed, as terms: a record is found when each of them is covered by one of its fields."""
    found: list[Term] = []
    for typed in unicodedata.normalize("NFKC", asked[:200]).casefold().split()[:MOST_TERMS]:
        term: set[tuple[str, bool]] = set()
        for chinese, word in RUN.findall(typed):
            if word:
                term.add((_spell(word[:LONGEST_WORD]), True))
            else:
                term.update((_spell(part), False) for part in (_pairs(chinese) if len(chinese) > 1 else chinese))
        if term:
            found.append(frozenset(term))
    return found


def hits(asked: str, texts: Sequence[str]) -> bool:
    """Whether a record with these texts is found: the rule that both databases answer with an index."""
    wanted = terms(asked)
    return bool(wanted) and all(any(_covers(tokens(text), term) for text in texts) for term in wanted)


def _covers(held: frozenset[str], term: Term) -> bool:
    return all(
        token in held or (beginning and any(other.startswith(token) for other in held)) for token, beginning in term
    )


@lru_cache(maxsize=10_000)
def tag(workspace: str, form: str, field: str) -> str:
    """The mark that every token of a field carries, so that one index keeps workspaces, forms and fields apart."""
    digest = hashlib.blake2s(f"{workspace}\x1f{form}\x1f{field}".encode(), digest_size=8).digest()
    return f"{int.from_bytes(digest):016x}"[:TAG_LENGTH]


def marked(workspace: str, form: str, texts: Mapping[str, str]) -> list[str]:
    """The tokens of a record's searchable texts, each with its field's mark."""
    found: list[str] = []
    for field, text in texts.items():
        mark = tag(workspace, form, field)
        found += [mark + token for token in tokens(text)] if text else ()
    return sorted(found)
