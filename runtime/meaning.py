"""Whom assignee rules mean in a running workflow 找处理人: directory, record, expressions, and whose turn it is."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from builder.access import system
from builder.expression.values import Failure
from builder.problem import Refusal
from runtime import compute
from runtime.assign import Assignee, people
from runtime.evaluating import value_of
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Record

Json = Any


def meant(
    gate: Gate, live: LiveForm, record: Record, initiator: str, rules: Sequence[Json], *, ahead: bool
) -> list[str]:
    """The people; with `ahead` it is only imagined, and nobody's turn is used up."""
    machine = Gate(gate.world, system("assignees of a workflow"), gate.language, gate.library)

    def evaluate(text: str) -> Json:
        try:
            found = value_of(live, text, record.seen(), compute.context(machine, live))
        except Refusal:
            return None
        return None if isinstance(found, Failure) else found

    def turn(rule: Assignee, group: Sequence[str]) -> str:
        if ahead:
            return group[0]
        text = json.dumps(rule.dump(), sort_keys=True, ensure_ascii=False)
        scope = hashlib.blake2s(text.encode(), digest_size=8).hexdigest()
        number = gate.world.records.draw(live.key, "round_robin", scope)
        return sorted(group)[(number - 1) % len(group)]

    known = [Assignee.model_validate(rule) for rule in rules]
    return people(known, gate.world.directory, record.seen(), initiator, evaluate=evaluate, turn=turn)
