"""Where a page ended 翻页游标: opaque to its holder, and read back with suspicion."""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from builder.problem import Invalid, invalid
from server.store.encoding import UNTAKEN

LONGEST = 8000


def write(mark: str, place: Sequence[Any]) -> str:
    """A cursor for the place; `mark` says for which question it is good."""
    return (
        base64.urlsafe_b64encode(json.dumps([mark, list(place)], separators=(",", ":")).encode()).decode().rstrip("=")
    )


def read(text: str, mark: str, length: int) -> list[Any]:
    """The place; raises `Invalid` for a cursor that we did not write, or wrote for another question."""
    try:
        raw = base64.urlsafe_b64decode(text[:LONGEST] + "=" * (-len(text) % 4))
        given, place = json.loads(raw)
    except (ValueError, binascii.Error, TypeError, RecursionError) as error:
        raise bad() from error
    if given != mark or not isinstance(place, list) or len(place) != length or not all(map(_is_plain, place)):
        raise bad()
    return place


def _is_plain(value: Any) -> bool:
    if isinstance(value, str):
        return UNTAKEN.search(value) is None
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31)


def bad() -> Invalid:
    """The refusal of a cursor."""
    return invalid("bad_cursor", "after")


def mark_of(*parts: Any) -> str:
    """A short name for a question."""
    return hashlib.blake2s(repr(parts).encode(), digest_size=6).hexdigest()


def write_moment(at: datetime, id: str) -> str:
    """A cursor in a list ordered by moment and id."""
    return write("moment", [at.isoformat(), id])


def read_moment(text: str) -> tuple[datetime, str]:
    """The moment and id of such a cursor."""
    at, id = read(text, "moment", 2)
    if not isinstance(id, str):
        raise bad()
    return moment(at), id


def moment(value: Any) -> datetime:
    """A moment from a cursor."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise bad() from error
    if found.tzinfo is None:
        raise bad()
    return found
