"""The real hour and real ids 时钟与编号."""

import secrets
import threading
import time
from datetime import UTC, datetime

EPOCH = datetime(2025, 1, 1, tzinfo=UTC).timestamp()
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class LiveClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.now(UTC)


class LiveIds:
    """Ids of 20 characters, ordered by time: 10 of microseconds, 10 of chance (or one more than the last)."""

    def __init__(self) -> None:
        self.lock, self.last = threading.Lock(), 0

    def new(self) -> str:
        """A fresh id, greater than every one before it."""
        fresh = (time.time_ns() // 1000) * 36**10 + secrets.randbelow(36**10)
        with self.lock:
            self.last = fresh if fresh > self.last else self.last + 1
            fresh = self.last
        text = ""
        while fresh:
            fresh, digit = divmod(fresh, 36)
            text = DIGITS[digit] + text
        return text.rjust(20, "0")


class LiveSequence:
    """Numbers that grow with time: milliseconds since 2025 with twelve bits more, small enough for JavaScript."""

    def __init__(self) -> None:
        self.lock, self.last = threading.Lock(), 0

    def draw(self, count: int) -> range:
        """`count` numbers in a row, greater than all before in this process."""
        now = int((time.time() - EPOCH) * 1000) << 12
        with self.lock:
            first = max(self.last + 1, now)
            self.last = first + count - 1
        return range(first, first + count)
