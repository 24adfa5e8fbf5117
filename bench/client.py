"""A client as light as can be: prepared bytes over one kept connection, so that the server is what is measured."""

import multiprocessing
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

FORK = multiprocessing.get_context("fork")
PATIENCE = 60.0


@dataclass(frozen=True)
class Request:
    """One request; `body` is sent as JSON when it is no bytes."""

    method: str
    path: str
    body: Any = None
    type: str = "application/json"


Step = tuple[Request, ...]
"""Requests that are timed together."""


@dataclass
class Answer:
    """What came back."""

    status: int
    head: str
    body: bytes

    def json(self) -> Any:
        """The body read."""
        return orjson.loads(self.body)

    @property
    def cookie(self) -> str:
        """The cookie that was set, "" for none."""
        lines = (line for line in self.head.split("\r\n") if line.lower().startswith("set-cookie:"))
        return next((line.split(":", 1)[1].split(";")[0].strip() for line in lines), "")


class Wire:
    """A kept connection to a server on this machine."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.headers = "Host: 127.0.0.1\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "")

    def prepared(self, request: Request) -> bytes:
        """The bytes of a request."""
        body = request.body if isinstance(request.body, bytes) else b""
        if request.body is not None and not isinstance(request.body, bytes):
            body = orjson.dumps(request.body)
        length = f"Content-Type: {request.type}\r\nContent-Length: {len(body)}\r\n" if body else ""
        return f"{request.method} {request.path} HTTP/1.1\r\n{self.headers}{length}\r\n".encode() + body

    def send(self, prepared: bytes) -> Answer:
        """The answer to prepared bytes."""
        self.socket.sendall(prepared)
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        head, body = got[:end].decode("latin-1"), got[end + 4 :]
        length = int(head.lower().partition("content-length:")[2].partition("\r\n")[0] or 0)
        parts, held = [body], len(body)
        while held < length:
            parts.append(self._more())
            held += len(parts[-1])
        return Answer(int(head[9:12]), head, b"".join(parts))

    def _more(self) -> bytes:
        more = self.socket.recv(262_144)
        if not more:
            raise ConnectionError("the server hung up")
        return more

    def ask(self, method: str, path: str, body: Any = None, type: str = "application/json") -> Answer:
        """The answer to one request; anything but success ends the run with what the server said."""
        answer = self.send(self.prepared(Request(method, path, body, type)))
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body[:500].decode()}")
        return answer


@dataclass
class Measured:
    """How long each step took, in seconds, and how long all clients together were at it."""

    times: list[float] = field(default_factory=list)
    wall: float = 0.0

    def add(self, other: "Measured") -> None:
        """Take in another round."""
        self.times += other.times
        self.wall += other.wall


def _work(port: int, cookie: str, steps: Sequence[Step], seconds: float, ready: Any, told: Any) -> None:
    wire = Wire(port, cookie)
    prepared = [[wire.prepared(request) for request in step] for step in steps]
    ready.wait(PATIENCE)
    times, begun = [], time.perf_counter()
    for step in prepared:
        started = time.perf_counter()
        for request in step:
            answer = wire.send(request)
            if answer.status >= 300:
                told.send(f"{request[:200]!r}: {answer.status} {answer.body[:400]!r}")
                return
        ended = time.perf_counter()
        times.append(ended - started)
        if ended - begun > seconds:
            break
    told.send((times, begun, time.perf_counter()))


def measure(port: int, cookie: str, clients: Sequence[Sequence[Step]], seconds: float) -> Measured:
    """Send each client's steps from a process of its own, all at once, for so many seconds at most."""
    ready = FORK.Barrier(len(clients))
    pipes = [FORK.Pipe(duplex=False) for _ in clients]
    workers = [
        FORK.Process(target=_work, args=(port, cookie, steps, seconds, ready, pipe[1]), daemon=True)
        for steps, pipe in zip(clients, pipes, strict=True)
    ]
    for worker in workers:
        worker.start()
    found = [pipe[0].recv() for pipe in pipes]
    for worker in workers:
        worker.join()
    for one in found:
        if isinstance(one, str):
            raise RuntimeError(one)
    wall = max(ended for _, _, ended in found) - min(begun for _, begun, _ in found)
    return Measured([moment for times, _, _ in found for moment in times], wall)
