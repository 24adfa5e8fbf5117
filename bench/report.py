"""The figures as a table that can be read, with what was promised beside what was measured."""

from typing import Any

HEADINGS = ("", "clients", "product ms", "floor ms", "ratio", "by hand ms", "ratio", "product/s", "floor/s", "promised")
WIDTHS = (17, 7, 10, 9, 6, 10, 6, 9, 8, 18)


def show(kind: str, found: dict[str, Any]) -> None:
    """Print one database's figures."""
    print(f"\n{kind}: filled in {found['fill_s']:.0f} s\n")
    print(_line(HEADINGS))
    for name, told in found["cases"].items():
        for clients, figures in told.items():
            print(_line(_row(name, clients, figures)))
    print()
    for line in _absolutes(found):
        print(line)


def show_timers(kind: str, told: dict[str, float]) -> None:
    """How many timers a second one worker works off when 10 000 are due at once; the target is 500 on PostgreSQL."""
    rates = ", ".join(f"{name} {rate:.0f}/s" for name, rate in told.items())
    print(f"timers on {kind}: {rates}")


def show_ripple(kind: str, told: dict[str, dict[str, float]]) -> None:
    """How long a change takes that concerns 10 000 records: the writer, the worker, and who writes meanwhile."""
    for way, found in told.items():
        print(
            f"{way} on {kind}: writer {found['writer_ms']:.0f} ms, worker {found['worker_s']:.1f} s "
            f"({found['records_per_s']:.0f}/s, {found['steps_told']:.0f} steps told), others meanwhile "
            f"{found['others_ms']:.0f} ms, at worst {found['others_worst_ms']:.0f} ms"
        )


def show_formulas(found: dict[str, float]) -> None:
    """Print how long formulas take."""
    for side, promised in (("server", 5), ("browser", 16)):
        for what, words in (("chain", "all 200 formulas"), ("last", "the one concerned")):
            print(_told(f"{side}, {words}", found[f"{side}_{what}_ms"], "ms", promised, below=True))


def show_workflow(found: dict[str, float]) -> None:
    """Print how long a workflow's step takes, and the check of a large one."""
    print(_told("a step of 30 nodes", found["step_us"], "µs", 100, below=True))
    print(_told("soundness of 200 nodes", found["soundness_ms"], "ms", 200, below=True))


def _line(cells: tuple[str, ...]) -> str:
    first, *others = (cell.ljust(width) if not place else cell.rjust(width)
                      for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True)))  # fmt: skip
    return "  ".join([first, *others])


def _row(name: str, clients: str, told: dict[str, Any]) -> tuple[str, ...]:
    hand = told.get("hand_ms")
    ratio = told["product_ms"] / told["floor_ms"]
    by_hand = told["product_ms"] / hand if hand else 0.0
    met = (by_hand if told["against"] == "hand" else ratio) <= told["target"]
    promise = f"≤ {told['target']:g}× {told['against']}" + (" ✓" if met else " ✗") if told["target"] else ""
    return (
        name, clients, f"{told['product_ms']:.2f}", f"{told['floor_ms']:.2f}", f"{ratio:.2f}",
        f"{hand:.2f}" if hand else "", f"{by_hand:.2f}" if hand else "", f"{told['product_per_s']:.0f}",
        f"{told['floor_per_s']:.0f}", promise,
    )  # fmt: skip


def _absolutes(found: dict[str, Any]) -> list[str]:
    lines = [
        _told("start, new database", found["fresh_start_s"], "s", 5, below=True),
        _told("start, filled database", found["start_s"], "s", 5, below=True),
        _told("memory, idle", found["idle_mb"], "MB", 200, below=True),
        f"memory, loaded           {found['loaded_mb']:9.1f} MB     (floor {found['floor_idle_mb']:.0f}, "
        f"loaded {found['floor_loaded_mb']:.0f})",
    ]
    if "clone" in found:
        lines.append(_told("clone, in the server", found["clone"]["in_server_ms"], "ms", 400, below=True))
        lines.append(f"clone, the very first    {found['clone']['first_ms']:9.1f} ms")
    for clients, told in found.get("task", {}).items():
        lines.append(
            _told(f"task → next, {clients} client{'s'[: int(clients) - 1]}", told["product_ms"], "ms", 50, below=True)
        )
    if "approve" in found:
        alone, floor = found["approve"]["product_ms"], found["approve"]["floor_ms"]
        lines.append(_told(f"approve, {alone:.1f} ms alone", alone / floor, "× floor's insert", 5, below=True))
    if "import" in found:
        told = found["import"]
        lines.append(_told("import", told["rows_per_second"], "rows/s", 3000, below=False))
        lines.append(f"import, floor            {told['floor_rows_per_second']:9.0f} rows/s")
    return lines


def _told(name: str, value: float, unit: str, promised: float, *, below: bool) -> str:
    met = value <= promised if below else value >= promised
    return f"{name:<24} {value:9.1f} {unit:<7}{'≤' if below else '≥'} {promised:g} {'✓' if met else '✗'}"
