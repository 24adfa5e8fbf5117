"""kill -9 of server and worker at random 断电演练: nothing lost, nothing half, moments once. QIAOBAN_LONG: 50 times."""

import os
import random
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.kills import Plant, approving, lost, open_plant, submitting, untimely

KILLS = 50 if os.environ.get("QIAOBAN_LONG") else 4
VICTIMS = (("serve",), ("worker",), ("serve", "worker"))
RESTART = 10.0
"""How many seconds it may take until the server answers again, on a machine that has nothing else to do."""
LOAD = 12
"""How much must be acknowledged between two kills, at least."""


@pytest.fixture
def plant(tmp_path: Path, database_url: str) -> Iterator[Plant]:
    """On SQLite, and again on PostgreSQL."""
    made = open_plant(tmp_path, database_url)
    yield made
    made.stop.set()
    made.kill(*made.processes)
    made.wired.engine.dispose()


def at_work(plant: Plant) -> list[threading.Thread]:
    """Two who submit and three who answer."""
    people = list(plant.secrets)
    deeds: list[tuple[Any, ...]] = [(submitting, name, random.Random(name)) for name in ("one", "two")]
    answering = [(approving, people[at % 2], people[(at + 1) % 2], random.Random(at)) for at in range(3)]
    threads = [threading.Thread(target=do, args=(plant, *given)) for do, *given in (*deeds, *answering)]
    for thread in threads:
        thread.start()
    return threads


def loaded(plant: Plant, chance: random.Random) -> None:
    """Some work is acknowledged, then a moment more, whatever is going on in it."""
    wanted, pauses = plant.told.count + LOAD, 0
    while plant.told.count < wanted and not plant.told.strange and pauses < 3000:
        pauses += 1
        plant.stop.wait(0.01)
    plant.stop.wait(chance.random() * 0.3)


def drained(plant: Plant) -> None:
    """Every moment has come."""
    for _ in range(6000):
        if not plant.waiting():
            return
        threading.Event().wait(0.02)
    pytest.fail(f"{plant.waiting()} moments never come")


def summary(plant: Plant) -> str:
    """The figures in one line."""
    told, seconds = plant.told, sorted(each for each, _ in plant.restarts)
    alone = max(each for _, each in plant.restarts)
    return (
        f"{told.count} acknowledged ({len(told.submitted)} submitted, {len(told.acted)} acted, "
        f"{len(told.withdrawn)} withdrawn); restarts: median {seconds[len(seconds) // 2]:.1f} s, "
        f"most {seconds[-1]:.1f} s, most without standing in line {alone:.1f} s"
    )


@pytest.mark.timeout(3600)
def test_no_acknowledged_deed_is_lost_and_no_moment_comes_twice(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(2026)
    plant.restart("serve", "worker")
    threads = at_work(plant)
    for _ in range(KILLS):
        victims = chance.choice(VICTIMS)
        loaded(plant, chance)
        plant.kill(*victims)
        assert plant.told.strange == []
        assert [one.line() for one in plant.findings()] == []
        plant.restart(*victims)
    loaded(plant, chance)
    plant.stop.set()
    for thread in threads:
        thread.join(timeout=60)
    drained(plant)
    assert lost(plant) == []
    assert untimely(plant) == []
    assert plant.told.strange == []
    assert [one.line() for one in plant.findings()] == []
    assert max(alone for _, alone in plant.restarts) < RESTART
    with capsys.disabled():
        sys.stdout.write(f"\n{KILLS} kills: {summary(plant)}\n")
