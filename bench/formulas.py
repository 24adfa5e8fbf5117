"""How long a chain of formulas takes 公式测速: 200 over 500 fields, on the server and in the browser's own code."""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from builder.definition import App
from builder.expression.values import Context
from runtime import compute
from runtime.live import LiveApp, LiveForm

WEB = Path(__file__).parents[1] / "web"
GIVEN, CHAIN, TURNS = 300, 200, 200


def measured() -> dict[str, float]:
    """Milliseconds (median) for the whole chain and for its last link, in both evaluators."""
    return {**_on_the_server(), **_in_the_browser()}


def chained() -> LiveForm:
    """A form of 500 fields in which each of 200 formulas reads the one before."""
    fields = [{"id": f"n{at}", "type": "number", "label": f"n{at}"} for at in range(GIVEN)]
    for at in range(CHAIN):
        before = f"f{at - 1}" if at else "0"
        formula = f"ROUND({before} + n{at} * 1.05, 2)"
        fields.append({"id": f"f{at}", "type": "number", "label": f"f{at}", "formula": formula})
    form = {"id": "chain", "name": "Chain", "fields": fields}
    return LiveApp(App.model_validate({"id": "bench", "name": "Bench", "forms": {"chain": form}}), {}).form("chain")


def _on_the_server() -> dict[str, float]:
    live, at = chained(), Context()
    values = {f"n{one}": f"{one}.25" for one in range(GIVEN)}
    compute.formulas(live, values, at)

    def whole(turn: int) -> None:
        compute.formulas(live, {**values, "n0": f"{turn}.5"}, at, {"n0"})

    def last(turn: int) -> None:
        compute.formulas(live, {**values, "n199": f"{turn}.5"}, at, {"n199"})

    return {"server_chain_ms": _each(whole), "server_last_ms": _each(last)}


def _each(work: Callable[[int], None]) -> float:
    taken = []
    for turn in range(TURNS):
        begun = time.perf_counter()
        work(turn)
        taken.append(time.perf_counter() - begun)
    return median(taken) * 1000


def _in_the_browser() -> dict[str, float]:
    with tempfile.NamedTemporaryFile(suffix=".json") as answer:
        command = ["npx", "vitest", "bench", "--run", "src/ui/record/compute.bench.ts", "--outputJson", answer.name]
        subprocess.run(command, cwd=WEB, check=True, capture_output=True)
        found = json.loads(Path(answer.name).read_text())
    benches = found["files"][0]["groups"][0]["benchmarks"]
    return {f"browser_{one['name'].split(':')[0]}_ms": one["median"] for one in benches}
