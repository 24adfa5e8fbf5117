"""Measures the product over HTTP beside the floor, on SQLite and PostgreSQL 测速; adds a line to var/bench.jsonl."""

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench import formulas, machine, report, ripple, timers, workflow
from bench.cases import Asks, Case, cases
from bench.client import Measured, Wire, measure
from bench.filling import Company, fill
from bench.journeys import Journeys

ROUNDS = 3
APART = {"formulas", "workflow", "timers", "ripple"}
"""What is measured on a database of its own, or on none."""
JOURNEYS = ("clone", "task", "import")


def main() -> None:
    """Measure what was asked for."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # servers and databases end with us
    line: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "python": platform.python_version(),
        "cores": machine.cores(), "load": machine.load(), "rows": asked.rows, "note": asked.note, "databases": {},
    }  # fmt: skip
    try:
        if not asked.only or "formulas" in asked.only:
            line["formulas"] = formulas.measured()
            report.show_formulas(line["formulas"])
        if not asked.only or "workflow" in asked.only:
            line["workflow"] = workflow.measured()
            report.show_workflow(line["workflow"])
        for kind in asked.database if not asked.only or "timers" in asked.only else ():
            with _a_database(kind) as (url, folder):
                line.setdefault("timers", {})[kind] = timers.measured(url, folder, asked.count)
            report.show_timers(kind, line["timers"][kind])
        for kind in asked.database if not asked.only or "ripple" in asked.only else ():
            with _a_database(kind) as (url, folder):
                line.setdefault("ripple", {})[kind] = ripple.measured(url, folder, asked.count)
            report.show_ripple(kind, line["ripple"][kind])
        for kind in asked.database if not asked.only or set(asked.only) - APART else ():
            with tempfile.TemporaryDirectory(prefix="qiaoban-bench-") as folder:
                line["databases"][kind] = _measure(kind, Path(folder), asked)
            report.show(kind, line["databases"][kind])
    finally:
        _keep(line)


@contextmanager
def _a_database(kind: str) -> Iterator[tuple[str, Path]]:
    """An empty database of this kind, and the folder it may use."""
    with tempfile.TemporaryDirectory(prefix="qiaoban-bench-") as folder, machine.database(kind, Path(folder)) as url:
        yield url, Path(folder)


def _keep(line: dict[str, Any]) -> None:
    """What was measured, also when the run was cut short."""
    written = Path("var/bench.jsonl")
    written.parent.mkdir(exist_ok=True)
    if line["databases"] or APART & set(line):
        with written.open("a") as lines:
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")


def _arguments() -> argparse.Namespace:
    known = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known.add_argument("--small", action="store_true", help="5 000 records of each form and 2 000 of the rest")
    known.add_argument("--only", action="append", default=[], help="a row of the table, e.g. get; may be repeated")
    known.add_argument("--database", action="append", choices=["sqlite", "postgresql"], default=[])
    known.add_argument("--rows", type=int, default=_set("ROWS", 100_000), help="records of each large form")
    known.add_argument(
        "--count", type=int, default=_set("COUNT", 10_000), help="timers, dependants, rows of the import"
    )
    known.add_argument(
        "--seconds", type=float, default=_set("SECONDS", 1.0), help="how long a client goes on in each of three rounds"
    )
    known.add_argument("--note", default="", help="kept with the figures")
    asked = known.parse_args()
    asked.rows, asked.count = (5_000, 2_000) if asked.small else (asked.rows, asked.count)
    asked.database = asked.database or ["postgresql", "sqlite"]
    return asked


def _set(name: str, otherwise: Any) -> Any:
    """A size from the environment, for a first look: QIAOBAN_BENCH_ROWS=2000 make bench."""
    return type(otherwise)(os.environ.get(f"QIAOBAN_BENCH_{name}", otherwise))


def _measure(kind: str, home: Path, asked: argparse.Namespace) -> dict[str, Any]:
    run = f"{int(time.time()):x}"
    with machine.database(kind, home) as url:
        with machine.product(url, home) as server:
            found: dict[str, Any] = {"fresh_start_s": server.started_in, "cases": {}}
            cookie, company = _sign_up(server.port, asked.rows)
            begun = time.perf_counter()
            fill(url, company)
            found["fill_s"] = time.perf_counter() - begun
            _tell(f"{kind}: filled in {found['fill_s']:.0f} s")
        with machine.product(url, home) as server, machine.bare(url, home) as floor:
            found |= {"start_s": server.started_in, "idle_mb": server.memory, "floor_idle_mb": floor.memory}
            for case in cases(company, run):
                if not asked.only or case.name in asked.only:
                    begun = time.perf_counter()
                    found["cases"][case.name] = {
                        str(clients): _rounds(case, clients, server.port, floor.port, cookie, asked.seconds)
                        for clients in (1, 8)
                    }
                    _tell(f"{kind}: {case.name} measured in {time.perf_counter() - begun:.0f} s")
            journeys = Journeys(server, floor, cookie, run, asked.seconds)
            found |= _journeys(journeys, asked)
            if "task" in (asked.only or JOURNEYS):
                found["approve"] = _approvals(journeys, company)
            found |= {"loaded_mb": server.memory, "floor_loaded_mb": floor.memory}
    return found


def _tell(words: str) -> None:
    """How far it has come, beside the table."""
    print(words, file=sys.stderr, flush=True)


def _sign_up(port: int, rows: int) -> tuple[str, Company]:
    person = {"name": "Bench", "email": "bench@example.com", "password": "a long way to go", "template": "crm"}
    answer = Wire(port).ask("POST", "/api/signup", person)
    session = answer.json()
    return answer.cookie, Company(session["workspace"]["id"], session["member"]["id"], rows, rows)


def _rounds(case: Case, clients: int, product: int, floor: int, cookie: str, seconds: float) -> dict[str, Any]:
    """The sides take turns, so that what the machine does meanwhile befalls them alike."""
    sides: dict[str, tuple[int, str, Asks]] = {
        "floor": (floor, "", case.floor), "product": (product, cookie, case.product)
    }  # fmt: skip
    if case.hand is not None:
        sides["hand"] = (floor, "", case.hand)
    told = {name: Measured() for name in sides}
    for turn in range(ROUNDS + 1):
        for name, (port, whose, asks) in sides.items():
            most = case.most if turn else 5
            steps = [[asks(turn * 100_000 + n * 8 + one) for n in range(most)] for one in range(clients)]
            measured = measure(port, whose, steps, seconds if turn else 0.3)
            if turn:
                told[name].add(measured)
    answer: dict[str, Any] = {"target": case.target, "against": case.against}
    for name, measured in told.items():
        answer[f"{name}_ms"] = median(measured.times) * 1000
        answer[f"{name}_per_s"] = len(measured.times) / measured.wall
    return answer


def _approvals(journeys: Journeys, company: Company) -> dict[str, float]:
    """An approval by itself next to the floor's insert, taking turns."""
    inserts = next(case for case in cases(company, f"{journeys.run}-a") if case.name == "create").floor
    ours, floors = Measured(), Measured()
    for turn in range(ROUNDS):
        steps = [[inserts(turn * 1_000 + n) for n in range(400)]]
        floors.add(measure(journeys.floor.port, "", steps, journeys.seconds))
        ours.add(journeys.tasks(1, alone=True))
    return {"product_ms": median(ours.times) * 1000, "floor_ms": median(floors.times) * 1000}


def _journeys(journeys: Journeys, asked: argparse.Namespace) -> dict[str, Any]:
    wanted = asked.only or JOURNEYS
    found: dict[str, Any] = {}
    if "clone" in wanted:
        found["clone"] = journeys.clone()
    if "task" in wanted:
        found["task"] = {}
        for clients in (1, 8):
            measured = journeys.tasks(clients)
            rate = len(measured.times) / measured.wall
            found["task"][str(clients)] = {"product_ms": median(measured.times) * 1000, "product_per_s": rate}
    if "import" in wanted:
        found["import"] = journeys.imported(asked.count)
    return found


if __name__ == "__main__":
    main()
