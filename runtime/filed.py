"""Files of records 附件: who may read one, and copies of those that another record holds."""

from collections.abc import Sequence
from dataclasses import replace

from builder.problem import Refusal
from runtime.gate import Gate
from runtime.named import holders
from runtime.ports import StoredFile


def may_read(gate: Gate, head: StoredFile) -> bool:
    """Whether the file is one's own and no record's yet, or its record and field may be read."""
    if not head.record:
        return head.by == gate.actor.id
    try:
        live = gate.form_of(head.form)
        record, grant = gate.record(live, head.record)
    except Refusal:
        return False
    seen = gate.masked(live, record.values, grant)
    held = (pair for id, value in seen.items() for pair in holders(live.fields[id], value))
    return any(head.id in kind.files(value) for kind, value in held) or _signs(gate, head)


def _signs(gate: Gate, head: StoredFile) -> bool:
    """Whether it is a signature in the record's story, which whoever may see the record may see."""
    told = gate.world.instances.of_record(head.form, head.record)
    return any(line.get("signature") == head.id for instance in told for line in instance.state["log"])


def copies(gate: Gate, heads: Sequence[StoredFile], dry: bool) -> dict[str, StoredFile]:
    """New heads of the same bytes, the actor's own, by the old ids: of files of other records that he may read.

    A record that is duplicated or filled from another so has files of its own: what is done to the one never touches
    the other's. With `dry` nothing is stored."""
    if gate.actor.kind != "member":
        return {}
    ids, me = gate.world.ids, gate.actor.id
    new = {head.id: replace(head, id=ids.new(), by=me, form="", record="") for head in heads if may_read(gate, head)}
    for head in () if dry else new.values():
        gate.world.files.add(head, gate.now)
    return new
