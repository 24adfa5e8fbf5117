"""Questions about a field that is still being converted 转换期间的筛选: refused, for they would miss records."""

from builder.problem import conflict
from runtime.gate import Gate
from runtime.retyped import changes_of


def waiting(gate: Gate, key: str, name: str) -> str:
    """What a field is called whose values are still being converted; "" for one that can be asked about."""
    running = gate.world.retypings.open().get(key)
    if running is None or gate.actor.kind == "system":
        return ""
    head, _, column = name.partition(".")
    for change in changes_of(running):
        inner = {one.id for one in change.after.nested} if change.before.nested and change.after.nested else set()
        if change.after.id == head and (not column or not inner or column in inner):
            return change.after.label
    return ""


def refuse_waiting(gate: Gate, key: str, name: str, *, named: bool = True) -> None:
    """Raises `Conflict` for a question about a field whose stored values are of two types: it would miss records."""
    label = waiting(gate, key, name)
    if label:
        raise conflict("retyping_asked", name, label=label) if named else conflict("retyping_rows")
