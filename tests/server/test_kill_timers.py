"""kill -9 while moments come 断电与定时: each happens exactly once, and nothing is left half done."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bench.timers import fill
from server import operating
from server.doctor import examine
from server.settings import Settings
from server.store import tables, timers
from server.transaction import transaction
from server.wiring import Wired, wire
from tests.e2e.conftest import Server, start

COUNT = 500
KILLS = 3
SPACE = "killed"


@pytest.fixture
def wired(tmp_path: Path, database_url: str) -> Iterator[Wired]:
    """A database, on each kind, in which many approvals are overdue."""
    settings = Settings(home=tmp_path / "home", database_url=database_url)
    operating.migrate(settings)
    held = wire(settings)
    with transaction(held.engine) as connection:
        fill(held, connection, SPACE, {"do": "submit"}, COUNT)
    yield held
    held.engine.dispose()


def left(wired: Wired) -> int:
    """How many moments have come and not happened yet."""
    with transaction(wired.engine, writes=False) as connection:
        return timers.waiting(connection, wired.clock.now())


def until(wired: Wired, server: Server, few: int) -> None:
    """Wait until no more than `few` are left; the asking itself paces the loop."""
    for _ in range(20_000):
        if server.process.poll() is not None:
            break
        if left(wired) <= few:
            return
        threading.Event().wait(0.005)
    log = (server.folder / "server.log").read_text(encoding="utf-8")[-2000:]
    pytest.fail(f"the worker stands still, or has ended: {left(wired)} left\n{log}")


@pytest.mark.timeout(600)
def test_every_moment_comes_once_though_the_server_is_killed_again_and_again(wired: Wired, tmp_path: Path) -> None:
    settings = {"HOME": str(wired.settings.home), "DATABASE_URL": wired.settings.database_url}
    for turn in range(1, KILLS + 1):
        server = start(tmp_path, **settings)
        try:
            until(wired, server, COUNT * (KILLS - turn) // KILLS)
        finally:
            server.process.kill()
            server.process.wait()
    with transaction(wired.engine, writes=False) as connection:
        count = func.count().label("count")
        each = select(count).where(tables.happening.c.workspace == SPACE).group_by(tables.happening.c.instance)
        events = connection.execute(each).scalars().all()
        ended = select(func.count()).select_from(tables.instance).where(tables.instance.c.status == "approved")
        approved = connection.execute(ended).scalar_one()
    assert (left(wired), approved, set(events), len(events)) == (0, COUNT, {2}, COUNT)
    assert [finding for finding in examine(wired) if finding.rule != "file_missing"] == []
