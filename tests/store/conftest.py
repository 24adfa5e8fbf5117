"""Stores for the contract: every test that asks for `store` runs in memory, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from server.store.engine import make_engine
from server.store.schema import create
from server.transaction import transaction
from tests.store.worlds import Store

EACH = ["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
DATABASES = EACH[1:]
ENGINES = {"sqlite": "sqlite_engine", "postgresql": "postgres_engine"}


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An SQLite database for the whole run; tests keep apart by workspace."""
    folder: Path = tmp_path_factory.mktemp("store")
    yield from ready(f"sqlite:///{folder / 'store.sqlite'}")


@pytest.fixture(scope="session")
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """A PostgreSQL database for the whole run; tests keep apart by workspace."""
    yield from ready(postgres_url)


def ready(url: str) -> Iterator[Engine]:
    """An engine with every table made."""
    engine = make_engine(url, pool=60)
    with transaction(engine) as connection:
        create(connection)
    yield engine
    engine.dispose()


def store_of(name: str, request: pytest.FixtureRequest) -> Store:
    """The store of this name."""
    return Store(None if name == "memory" else request.getfixturevalue(ENGINES[name]))


@pytest.fixture(params=EACH)
def store(request: pytest.FixtureRequest) -> Store:
    """Each of the three stores."""
    return store_of(request.param, request)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> Engine:
    """Each of the two databases."""
    return request.getfixturevalue(ENGINES[request.param])
