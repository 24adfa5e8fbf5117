"""What people decided in a past instance 历史办理: taken out of its events, to walk another drawing by it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from runtime.ports import Change, Happening, Instance, Record

Json = Any
Values = Mapping[str, Json]

WHOLE = frozenset({"withdrawn", "terminated"})
"""What happens to an instance as a whole."""
CLOCKED = "timed_out"
CARRIED = ("to", "position", "comment", "signature", "then")


@dataclass
class Decision:
    """One answer: by whom, where, how long after the node was reached, and what was written with it."""

    type: str
    node: str
    person: str
    by: str
    action: str
    more: Mapping[str, Json]
    wait: timedelta
    after: timedelta
    """How long after the start."""
    edits: Values
    used: bool = False


def of(instance: Instance, happenings: Sequence[Happening], changes: Sequence[Change]) -> list[Decision]:
    """Every decision in its order; changes of the record go with the decision that came next."""
    edits = sorted((one for one in changes if one.operation == "update"), key=lambda one: (one.at, one.seq))
    found = []
    before = instance.started_at
    for one in happenings:
        event = one.event
        if event["type"] not in ("answered", CLOCKED, *WHOLE) or event.get("action") == "comment":
            continue
        written: dict[str, Json] = {}
        for change in edits:
            if before < change.at <= one.at:
                written |= change.after
        before = one.at
        found.append(_decision(instance, one, event, written))
    return found


def _decision(instance: Instance, one: Happening, event: Mapping[str, Json], written: Values) -> Decision:
    node = event.get("node", "")
    return Decision(
        type=event["type"], node=node, person=event.get("person", ""), by=event.get("by", ""),
        action=event.get("action", event.get("timer", "")),
        more={key: event[key] for key in CARRIED if event.get(key)},
        wait=one.at - _reached(instance, node, one.at), after=one.at - instance.started_at, edits=written,
    )  # fmt: skip


def _reached(instance: Instance, node: str, before: datetime) -> datetime:
    """When the node had last been reached before that moment."""
    visits = [datetime.fromisoformat(each["at"]) for each in instance.state["trail"] if each["node"] == node]
    return max((each for each in visits if each <= before), default=before)


def at_start(record: Record, changes: Sequence[Change], started: datetime) -> dict[str, Json]:
    """The record's values as they were when it was submitted."""
    values = dict(record.values)
    for change in sorted(changes, key=lambda one: (one.at, one.seq), reverse=True):
        if change.operation == "update" and change.at > started:
            values |= change.before
    return {name: value for name, value in values.items() if value is not None}


def facts(happenings: Sequence[Happening], nodes: frozenset[str]) -> dict[str, Json]:
    """Whom the directory named then, at nodes whose rules are the same today: people leave, a drawing does not."""
    return dict(_people(happenings, nodes))


def _people(happenings: Sequence[Happening], nodes: frozenset[str]) -> Iterator[tuple[str, Json]]:
    for one in happenings:
        for key, answer in one.event.get("facts", {}).items():
            kind, _, node = key.partition(":")
            if kind == "people" and node.partition(":")[0] in nodes:
                yield key, answer
