"""A deadline for a whole connection 限时连接: every read and write gets what is left of the time, and no more.

Who answers drop by drop, in the lines of a head or the sizes of chunks, would else be waited for without end.
"""

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore2

PIECE = 65_536


class Hurried(httpcore2.NetworkStream):
    """A stream that is over at `until`, by the clock that only goes forward."""

    def __init__(self, stream: httpcore2.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As it is there, if it comes in time."""
        return self._stream.read(max_bytes, left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Piece by piece, so that who takes it slowly gains nothing."""
        for start in range(0, len(buffer), PIECE):
            self._stream.write(buffer[start : start + PIECE], left(self._until, timeout))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> "Hurried":
        """The same, within TLS."""
        return Hurried(self._stream.start_tls(ssl_context, server_hostname, left(self._until, timeout)), self._until)

    def get_extra_info(self, info: str) -> Any:
        """What the stream tells of itself."""
        return self._stream.get_extra_info(info)


class Hurry(httpcore2.NetworkBackend):
    """Connects, and hurries what is connected."""

    def __init__(self, until: float) -> None:
        self._plain, self._until = httpcore2.SyncBackend(), until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Hurried:
        """A connection to an address."""
        limit = left(self._until, timeout)
        return Hurried(self._plain.connect_tcp(host, port, limit, local_address, socket_options), self._until)


def left(until: float, timeout: float | None) -> float:
    """The seconds that are left, at most `timeout`; raises `ReadTimeout` when there are none."""
    rest = until - time.monotonic()
    if rest <= 0:
        raise httpcore2.ReadTimeout("no time is left")
    return rest if timeout is None else min(rest, timeout)
