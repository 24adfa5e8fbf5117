"""Works off the outbox 后台任务: jobs are claimed with a lease, done at least once, tried again when they fail."""

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from runtime import portions, recalendared
from server import calling, import_worker, mailing, recompute, retyping, robots, timing, updating, upkeep
from server.calling import Later
from server.store import outbox
from server.store.engine import bell_of
from server.store.outbox import Claimed
from server.transaction import retrying, transaction
from server.wiring import Wired

log = logging.getLogger("qiaoban.worker")

LEASE = timedelta(seconds=10)
"""How long a job stays with a worker that is not heard of any more; one that lives renews it."""
HEARTBEAT = 2.5
PAUSE = 0.2
UPKEEP_EVERY = 600.0

Handler = Callable[[Wired, Claimed], None]
"""Does a job in transactions of its own; must be able to be done again from the start, or go on where it stopped."""

INSIDE: Mapping[str, Handler] = {
    "import": import_worker.run, "undo_import": import_worker.run_undo, recompute.TOPIC: recompute.run,
    portions.TOPIC: updating.run, recalendared.TOPIC: updating.calendar,
    retyping.TOPIC: retyping.run,
}  # fmt: skip
OUTSIDE: Mapping[str, Handler] = {
    "call": calling.run, "mail": mailing.run, "robot": robots.run, "post": robots.post,
}  # fmt: skip
"""What waits for somebody else's server, and holds up nothing of ours."""
HANDLERS: Mapping[str, Handler] = {**INSIDE, **OUTSIDE}


def work(wired: Wired, name: str, most: int = 20, topics: Collection[str] = tuple(HANDLERS)) -> int:
    """Claim due jobs of these topics and do them; answers how many there were."""

    def claim() -> list[Claimed]:
        with transaction(wired.engine) as connection:
            return outbox.claim(connection, name, wired.clock.now(), LEASE, most, tuple(topics))

    found = retrying(claim) if _anything(wired, topics) else []
    with _kept_alive(wired, found):
        for job in found:
            _do(wired, job)
    return len(found)


@contextmanager
def _kept_alive(wired: Wired, jobs: Sequence[Claimed]) -> Iterator[None]:
    """Renew the leases from another thread while the jobs are done, so that a dead worker's are free soon."""
    done = threading.Event()
    thread = threading.Thread(target=_renew, args=(wired, jobs, done), name="heartbeat", daemon=True)
    if jobs:
        thread.start()
    try:
        yield
    finally:
        done.set()


def _renew(wired: Wired, jobs: Sequence[Claimed], done: threading.Event) -> None:
    while not done.wait(HEARTBEAT):
        try:
            with transaction(wired.engine) as connection:
                for job in jobs:
                    outbox.renew(connection, job, wired.clock.now() + LEASE)
        except (SQLAlchemyError, TimeoutError):
            log.exception("a lease could not be renewed")


def _anything(wired: Wired, topics: Collection[str]) -> bool:
    """Whether a job is due, asked without the right to write."""
    with transaction(wired.engine, writes=False) as connection:
        return outbox.due(connection, wired.clock.now(), tuple(topics))


def _do(wired: Wired, job: Claimed) -> None:
    try:
        HANDLERS[job.topic](wired, job)
        failed = ""
    except Later as error:
        log.info("job %s %s is tried again: %s", job.topic, job.id, error)
        failed = str(error)
    except Exception as error:
        log.exception("job %s %s failed", job.topic, job.id)
        failed = f"{type(error).__name__}: {error}"

    def close() -> None:
        with transaction(wired.engine) as connection:
            if failed:
                outbox.fail(connection, job, wired.clock.now(), failed)
            else:
                outbox.complete(connection, job, wired.clock.now())

    retrying(close)


def run(wired: Wired, stopped: threading.Event) -> None:
    """Work until told to stop: imports, moments that come, and what goes outside, none of which waits for another."""
    name = wired.ids.new()
    others = [
        threading.Thread(target=_repeat, args=(turn, stopped), name=word, daemon=True)
        for word, turn in {
            "timers": lambda: timing.work(wired),
            "outside": lambda: work(wired, f"{name}-outside", 5, OUTSIDE),
        }.items()
    ]
    for thread in others:
        thread.start()
    _repeat(_Inside(wired, name), stopped, bell_of(wired.engine))
    for thread in others:
        thread.join(timeout=10)


class _Inside:
    """Imports, and now and then the tidying up."""

    def __init__(self, wired: Wired, name: str) -> None:
        self.wired, self.name, self.since_upkeep = wired, name, UPKEEP_EVERY

    def __call__(self) -> int:
        done = work(self.wired, self.name, topics=INSIDE)
        self.since_upkeep += PAUSE
        if self.since_upkeep >= UPKEEP_EVERY:
            self.since_upkeep = 0.0
            upkeep.tidy(self.wired)
        return done


def _repeat(turn: Callable[[], int], stopped: threading.Event, bell: threading.Event | None = None) -> None:
    """Turn after turn, with a pause when there was nothing to do; `bell` ends the pause."""
    while not stopped.is_set():
        if bell is not None:
            bell.clear()
        try:
            done = turn()
        except Exception:
            log.exception("the worker will try again")
            done = 0
        if not done:
            (bell or stopped).wait(PAUSE)


def start_thread(wired: Wired) -> Callable[[], None]:
    """Work in a thread of this process; answers how to stop it."""
    stopped = threading.Event()
    thread = threading.Thread(target=run, args=(wired, stopped), name="worker", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        bell_of(wired.engine).set()
        thread.join(timeout=10)

    return stop
