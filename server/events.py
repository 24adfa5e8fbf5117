"""Telling open screens that something changed 实时: server-sent events, fed from the signals in the database."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from server import wiring
from server.hearing import Hearing
from server.store.outbox import Signal, SignalReader
from server.store.screens import still_open
from server.transaction import transaction
from server.wiring import Wired, wired_of

router = APIRouter(tags=["events"])

PAUSE = 0.4
QUIET = 20.0
WAITING = 200
MOST_SCREENS = 2_000
MOST_OF_ONE = 50
"""Pages that a member may keep open, so that nobody shuts out the others."""
CHECKED_EVERY = 2.0
"""How soon, in seconds, a screen goes dark whose session has ended."""


@dataclass(eq=False)
class Screen:
    """An open page: whose it is, by which secret, and what waits to be told to it (None: that it is over)."""

    workspace: str
    member: str
    secret: str
    loop: asyncio.AbstractEventLoop
    queue: "asyncio.Queue[Signal | None]" = field(default_factory=lambda: asyncio.Queue(WAITING))

    def tell(self, signal: Signal | None) -> None:
        """Queue the signal, unless the page reads too slowly; it asks anew when it reconnects."""
        if signal is None and self.queue.full():
            self.queue.get_nowait()
        if not self.queue.full():
            self.queue.put_nowait(signal)


class Poller:
    """One thread of a process that reads signals while any page is open, and hands them to the pages they concern."""

    def __init__(self, wired: Wired) -> None:
        self.wired = wired
        self.hearing = Hearing(wired)
        self.checked = 0.0
        self.screens: set[Screen] = set()
        self.lock = threading.Lock()
        self.awake = threading.Event()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run, name="signals", daemon=True)

    def join(self, screen: Screen) -> bool:
        """Begin to tell a page; False when there are too many."""
        with self.lock:
            own = sum((one.workspace, one.member) == (screen.workspace, screen.member) for one in self.screens)
            if len(self.screens) >= MOST_SCREENS or own >= MOST_OF_ONE:
                return False
            self.screens.add(screen)
        self.awake.set()
        return True

    def leave(self, screen: Screen) -> None:
        """A page was closed."""
        with self.lock:
            self.screens.discard(screen)
            if not self.screens:
                self.awake.clear()

    def stop(self) -> None:
        """End the thread."""
        self.ended.set()
        self.awake.set()

    def _run(self) -> None:
        reader: SignalReader | None = None
        while not self.ended.is_set():
            if not self.awake.wait(timeout=30) or self.ended.is_set():
                reader = None
                continue
            reader = reader or SignalReader(self.wired.clock.now())
            try:
                with transaction(self.wired.engine, writes=False) as connection:
                    self._darken(connection)
                    self._hand_out(connection, reader.poll(connection))
            except (SQLAlchemyError, TimeoutError):
                reader = None
            self.ended.wait(PAUSE)

    def _open(self) -> list[Screen]:
        with self.lock:
            return list(self.screens)

    def _darken(self, connection: Connection) -> None:
        """End the pages whose session or token has ended, or stands for another member by now."""
        if time.monotonic() - self.checked < CHECKED_EVERY:
            return
        self.checked = time.monotonic()
        screens = self._open()
        lasting = still_open(connection, (screen.secret for screen in screens), self.wired.clock.now())
        for screen in screens:
            if lasting.get(screen.secret) != (screen.workspace, screen.member):
                self._tell(screen, None)

    def _hand_out(self, connection: Connection, signals: list[Signal]) -> None:
        screens = self._open() if signals else []
        self.hearing.begin()
        for signal in signals:
            for screen in screens:
                heard = (
                    self.hearing.heard(connection, signal, screen.member)
                    if signal.workspace == screen.workspace
                    else None
                )
                if heard is not None:
                    self._tell(screen, heard)

    def _tell(self, screen: Screen, signal: Signal | None) -> None:
        with suppress(RuntimeError):  # its loop has ended
            screen.loop.call_soon_threadsafe(screen.tell, signal)


POLLERS: dict[int, Poller] = {}


def start(wired: Wired) -> Poller:
    """Start the process's poller."""
    poller = Poller(wired)
    POLLERS[id(wired)] = poller
    poller.thread.start()
    return poller


@router.get("/events", response_class=StreamingResponse)
async def events(request: Request) -> StreamingResponse:
    """What changed: `records`, `tasks`, `definitions`, `draft`, `import`; `bye` with the session's end 实时事件."""
    wired = wired_of(request)
    screen = Screen(*await run_in_threadpool(_who, request, wired), asyncio.get_running_loop())
    poller = POLLERS[id(wired)]
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(poller, screen), media_type="text/event-stream", headers=headers)


def _who(request: Request, wired: Wired) -> tuple[str, str, str]:
    with transaction(wired.engine, writes=False) as connection:
        asker = wiring.admit(wiring.visitor_of(request, wired, connection))
        return asker.workspace, asker.member, wiring.hashed(asker.token)


async def _stream(poller: Poller, screen: Screen) -> AsyncIterator[str]:
    if not poller.join(screen):
        return
    try:
        yield "retry: 3000\nevent: hello\ndata: {}\n\n"
        while not poller.ended.is_set():
            try:
                signal = await asyncio.wait_for(screen.queue.get(), QUIET)
                if signal is None:
                    yield "event: bye\ndata: {}\n\n"
                    return
                yield f"id: {signal.id}\nevent: {signal.topic}\ndata: {_line(signal.payload)}\n\n"
            except TimeoutError:
                yield ": still here\n\n"
    finally:
        poller.leave(screen)


def _line(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
