"""Whom rules mean today 今天是谁: for a designer who wants to see names, with himself as the initiator."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from builder.problem import forbidden, invalid
from runtime.assign import INITIATOR, Assignee, people
from runtime.gate import Gate

Json = Any
ASKS_RECORD = ("member_field", "expression", "previous_handler", "handler_of")
"""Rules about which nobody knows more before there is a record that was handled."""


def today(gate: Gate, rules: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    """The members whom the rules mean now; `open` when some of it depends on a record. Administrators only."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    read = [_rule(rule) for rule in rules]
    directory = gate.world.directory
    plain = [rule.model_copy(update={"round_robin": False}) for rule in read if not _asks_record(gate, rule)]
    found = people(plain, directory, {}, gate.actor.id)
    members = directory.members()
    return {
        "people": [{"id": id, "name": members[id].name} for id in found],
        "open": len(plain) < len(read),
    }


def _rule(raw: Mapping[str, Json]) -> Assignee:
    try:
        return Assignee.model_validate(dict(raw))
    except ValidationError as error:
        raise invalid("node_setting_invalid", "rules", setting="rules", reason=error.errors()[0]["msg"]) from None


def _asks_record(gate: Gate, rule: Assignee) -> bool:
    said = rule.dump()
    if any(said.get(word) for word in ASKS_RECORD):
        return True
    words = [said.get(word) for word in ("superior_of", "superior_chain")]
    departments = [said.get(word) for word in ("department", "department_head")]
    known = gate.world.directory.departments()
    return any(word and word != INITIATOR for word in words) or any(
        word and word != INITIATOR and word not in known for word in departments
    )
