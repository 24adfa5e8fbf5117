"""What is filled in and signed where somebody is asked 节点填写: the node's own say over fields, checks, signatures."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from builder.problem import Invalid, Problem, invalid
from runtime import compute, verified
from runtime.evaluating import value_of
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.node import NodeType
from runtime.ports import Record
from runtime.running import Running

Json = Any
Values = Mapping[str, Json]
OPEN = ("edit", "required")


class Write(Protocol):
    """How values are written at a task: the record engine's `write_at_task`."""

    def __call__(
        self,
        gate: Gate,
        live: LiveForm,
        record: Record,
        values: Values,
        before: Values,
        editable: frozenset[str],
        required: frozenset[str],
    ) -> Record:
        """The record as it then stands; raises `Refusal`."""
        ...


def paths(live: LiveForm, id: str) -> Iterator[str]:
    """A field, and its columns `lines.price`; what is computed is nobody's to fill in."""
    entry = live.fields.get(id)
    yield id
    for column in entry.nested if entry is not None else ():
        if not column.computed:
            yield f"{id}.{column.id}"


def editable(gate: Gate, live: LiveForm, kind: NodeType, record: Record) -> frozenset[str]:
    """What may be written at a node: the fields and columns that it opens, and at an open one what the actor may
    write anyway. A subform that is itself open gains and loses rows; one of which only columns are, keeps its rows."""
    access = kind.access
    said = {name for name, word in access.items() if word in OPEN}
    heads = [name for name in said if "." not in name]
    found = said | {path for head in heads for path in paths(live, head) if access.get(path, "edit") in OPEN}
    if not kind.open_fields:
        return frozenset(found)
    free = [path for id, entry in live.fields.items() if not entry.computed and id not in access
            for path in paths(live, id) if path not in access]  # fmt: skip
    grants = [gate.grant(live, "update").over(record.seen(), live.kinds), gate.grant(live, "create")]
    return frozenset(found).union(*(grant.writable(free) for grant in grants))


def hidden(live: LiveForm, access: Mapping[str, str]) -> frozenset[str]:
    """The fields and columns that a node hides; a subform is hidden with all its columns."""
    said = [name for name, word in access.items() if word == "hidden"]
    return frozenset(path for name in said for path in (name, *(paths(live, name) if "." not in name else ())))


def shown(values: Values, closed: Iterable[str]) -> dict[str, Json]:
    """The values without what is hidden, columns too."""
    gone = frozenset(closed)
    columns: dict[str, set[str]] = {}
    for path in gone:
        head, _, column = path.partition(".")
        if column:
            columns.setdefault(head, set()).add(column)
    seen = {id: value for id, value in values.items() if id not in gone}
    for id, cells in columns.items():
        if isinstance(seen.get(id), list):
            seen[id] = [{key: cell for key, cell in row.items() if key not in cells} for row in seen[id]]
    return seen


def written(
    gate: Gate, running: Running, kind: NodeType, values: Values, before: Values, write: Write, *, completes: bool
) -> Record:
    """The record with what was filled in at the task; what the node requires must be there when it is completed."""
    needed = frozenset(name for name, access in kind.access.items() if access == "required" and completes)
    record, live = running.record, running.live
    if values or needed:
        record = write(gate, live, record, values, before, editable(gate, live, kind, record), needed)
    if completes and kind.open_fields:
        must_be_complete(gate, live, record)
    if completes:
        _must_hold(gate, running, kind, record)
    return record


def _must_hold(gate: Gate, running: Running, kind: NodeType, record: Record) -> None:
    """The node's own checks."""
    at, seen = compute.context(gate, running.live), record.seen()
    failed = [check.message for check in kind.submit_checks if value_of(running.live, check.that, seen, at) is False]
    if failed:
        raise Invalid([Problem("check_failed", ("values",), {"message": message}) for message in failed])


def must_be_complete(gate: Gate, live: LiveForm, record: Record) -> None:
    """Refuse a record that lacks what its form requires; a draft may lack it until it is submitted."""
    moment = compute.context(gate, live)
    shown = compute.rules(live, record.values, moment)
    problems = [*compute.required_missing(live, record.values, shown), *compute.checks(live, record.values, moment)]
    problems += verified.unverified_draft(gate, live, record)
    if problems:
        raise Invalid(problems)


def sign(gate: Gate, live: LiveForm, record: str, signature: str) -> None:
    """Keep a signature 签名 with the record: an image that the signer has just stored himself."""
    if not signature:
        return
    head = gate.world.files.heads([signature]).get(signature)
    if head is None or head.by != gate.actor.id or not head.type.startswith("image/") or head.record:
        raise invalid("signature_unknown", "signature")
    gate.world.files.hold([signature], live.key, record)
