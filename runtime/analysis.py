"""Where a workflow's time goes 流程分析: per node and person, waiting against working, and the narrowest place."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from builder.definition import Workflow
from builder.problem import forbidden, invalid, missing, sentence
from runtime import story
from runtime.dry_run import versions_of
from runtime.gate import Gate
from runtime.live import LiveApp
from runtime.ports import Span, Spent

Json = Any
DAYS = 30
LONGEST = 366 * 3
HEATS = 4
"""How many colours the canvas has for warmth."""


def of(gate: Gate, app: str, workflow: str, since: str = "", until: str = "") -> dict[str, Json]:
    """The figures of a period. Administrators see everybody's work, the head of a department that of his people."""
    drawn = _drawn(gate, app, workflow)
    first, last = _period(gate, since, until)
    span = _span(gate, app, workflow, first, last)
    spent = gate.world.instances.spent(span)
    own = gate.world.instances.late(span, gate.now)
    late = gate.world.instances.overdue(span) if span.people is None else _by_node(own)
    ended = gate.world.instances.ended(span) if span.people is None else {}
    return {
        "since": first.isoformat(), "until": last.isoformat(), "whole": span.people is None,
        "start": drawn.start,
        "drawn": {id: {"type": one.type, "label": one.label, "on": dict(one.on)} for id, one in drawn.nodes.items()},
        "nodes": _nodes(drawn, spent, late), "people": list(_people(gate, drawn, span, own)),
        "ended": [{"status": status, "count": n, "seconds": took // n} for status, (n, took) in sorted(ended.items())],
        "bottleneck": max(spent, key=lambda one: one.total).node if any(one.total for one in spent) else "",
    }  # fmt: skip


def offered(gate: Gate, app: str) -> list[dict[str, Json]]:
    """The workflows whose figures the actor may look at, in the order of their names."""
    if not (gate.actor.admin or _heads(gate)):
        return []
    live = gate.app(app)
    seen = [drawn for drawn in live.app.workflows.values() if _readable(gate, live, drawn)]
    return [{"id": drawn.id, "name": drawn.name} for drawn in sorted(seen, key=lambda one: (one.name, one.id))]


def _readable(gate: Gate, live: LiveApp, drawn: Workflow) -> bool:
    return drawn.form in live.forms and gate.grant(live.forms[drawn.form], "read").allowed


def _drawn(gate: Gate, app: str, workflow: str) -> Workflow:
    """The live drawing, for whoever may read its form; raises `Missing`."""
    live = gate.app(app)
    drawn = live.app.workflows.get(workflow)
    if drawn is None or not _readable(gate, live, drawn):
        raise missing("no_such_workflow", workflow=workflow)
    return drawn


def _period(gate: Gate, since: str, until: str) -> tuple[date, date]:
    """The first and the last day, the last thirty if nothing is said."""
    try:
        last = date.fromisoformat(until) if until else gate.today
        first = date.fromisoformat(since) if since else last - timedelta(days=DAYS - 1)
    except (ValueError, OverflowError):
        raise invalid("analysis_period", "since", days=LONGEST) from None
    if not timedelta(0) <= last - first <= timedelta(days=LONGEST):
        raise invalid("analysis_period", "since", days=LONGEST)
    return first, last


def _span(gate: Gate, app: str, workflow: str, first: date, last: date) -> Span:
    zone = ZoneInfo(gate.timezone)
    start, end = datetime.combine(first, time(), zone), datetime.combine(last, time(), zone) + timedelta(days=1)
    return Span(tuple(versions_of(gate, app, workflow)), start, end, _of_whom(gate))


def _of_whom(gate: Gate) -> list[str] | None:
    """Whose work the actor may look at: everybody's, or that of the departments he heads; raises `Forbidden`."""
    if gate.actor.admin:
        return None
    if not _heads(gate):
        raise forbidden("analysis_for_heads")
    return list(gate.placeholders["@my_reports"])


def _heads(gate: Gate) -> bool:
    """Whether the actor is the head of any department."""
    return any(gate.actor.id in one.heads for one in gate.world.directory.departments().values())


def _nodes(drawn: Workflow, spent: list[Spent], late: Mapping[str, int]) -> list[dict[str, Json]]:
    whole = sum(one.total for one in spent)
    slowest = max((one.median for one in spent), default=0)
    return [
        {
            **_line(drawn, one), "overdue": late.get(one.node, 0), "share": one.total / whole if whole else 0.0,
            "heat": -(-one.median * HEATS // slowest) if slowest else 0,
        }
        for one in spent
    ]  # fmt: skip


Late = Mapping[tuple[str, str], int]


def _by_node(late: Late) -> dict[str, int]:
    """What a head's people were late with at each node."""
    found: dict[str, int] = {}
    for (place, _), count in late.items():
        found[place] = found.get(place, 0) + count
    return found


def _people(gate: Gate, drawn: Workflow, span: Span, late: Late) -> Iterator[dict[str, Json]]:
    members = gate.world.directory.members()
    for one in gate.world.instances.spent(span, by_person=True):
        name = members[one.person].name if one.person in members else one.person
        own = late.get((one.node, one.person), 0)
        yield {**_line(drawn, one), "person": one.person, "name": name, "overdue": own}


def _line(drawn: Workflow, one: Spent) -> dict[str, Json]:
    """One line, averages in seconds; waiting and working are known of tasks that were opened before the answer."""
    return {
        "node": one.node, "label": story.label(drawn, one.node) or one.node, "done": one.done,
        "average": one.total // one.done if one.done else 0, "median": one.median, "ninety": one.ninety,
        "waiting": one.waiting // one.looked if one.looked else None,
        "working": one.working // one.looked if one.looked else None,
        "returned": one.returned, "rejected": one.rejected, "open": one.open, "oldest": one.oldest,
    }  # fmt: skip


COLUMNS = (
    "node", "person", "done", "average", "median", "ninety", "waiting", "working", "returned", "rejected", "overdue",
    "open",
)  # fmt: skip


def table(found: Mapping[str, Json], language: str) -> tuple[list[str], list[list[str]]]:
    """The figures as a table with headings: first the nodes, then each person at each node; times in hours."""
    headings = [sentence(f"analysis_{name}", language, {}) for name in COLUMNS]
    return headings, [_cells(line) for line in (*found["nodes"], *found["people"])]


def _cells(line: Mapping[str, Json]) -> list[str]:
    cells = {**line, "node": line["label"], "person": line.get("name", "")}
    hours = {"average", "median", "ninety", "waiting", "working"}
    return [_hours(cells.get(name)) if name in hours else str(cells.get(name, "")) for name in COLUMNS]


def _hours(seconds: int | None) -> str:
    return "" if seconds is None else f"{seconds / 3600:.2f}"
