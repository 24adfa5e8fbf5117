"""A form as somebody else would fill it 按人预览: what the draft's permission groups let a member, or a role, do."""

from typing import Any

from pydantic import ValidationError

from builder.access import Actor, decide
from builder.definition import Form
from builder.problem import invalid
from runtime.describe import OPERATIONS
from runtime.designing import head_for_design
from runtime.gate import Gate
from runtime.personas import actor_of


def granted(gate: Gate, app: str, definition: dict[str, Any], member: str, role: str) -> dict[str, Any]:
    """Operations, readable and writable fields of the form as it is drawn; columns as `lines.price`.

    Raises `Forbidden` for who is no administrator, `Missing` for no app, `Invalid` for no form or nobody.
    """
    head_for_design(gate, app)
    form, actor = _form(definition), _actor(gate, member, role)
    paths = [
        path for field in form.fields for path in (field.id, *(f"{field.id}.{inner.id}" for inner in field.nested))
    ]
    grants = {operation: decide(actor, form, operation) for operation in OPERATIONS}
    written = [grants["create"].writable(paths), grants["update"].writable(paths)]
    return {
        "operations": [operation for operation in OPERATIONS if grants[operation].allowed],
        "readable": [path for path in paths if path in grants["read"].readable(paths)],
        "writable": [path for path in paths if any(path in known for known in written)],
    }


def _form(definition: dict[str, Any]) -> Form:
    try:
        return Form.model_validate(definition)
    except ValidationError as problem:
        raise invalid("draft_invalid", "definition", detail=str(problem.errors()[0]["msg"])[:200]) from None


def _actor(gate: Gate, member: str, role: str) -> Actor:
    if not member:
        return Actor("member", "", frozenset({role} if role else ()))
    found = gate.world.directory.members().get(member)
    if found is None or not found.enabled:
        raise invalid("no_such_member", "member")
    return actor_of(gate.world.directory, member)
