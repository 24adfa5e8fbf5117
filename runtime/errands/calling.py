"""Hands a call to the outside to the outbox 外呼登记: it is made after the commit, at least once."""

from collections.abc import Mapping
from typing import Any

from builder.access import system
from builder.expression.values import Failure
from builder.problem import Refusal
from runtime import compute
from runtime.effect import CallOut
from runtime.errand import Errand, refused
from runtime.evaluating import value_of
from runtime.gate import Gate
from runtime.ports import Job
from runtime.running import Running

Json = Any
TOPIC = "call"


class Calling(Errand):
    """What is sent is what the record held when the node was reached."""

    effect = CallOut

    @staticmethod
    def run(gate: Gate, running: Running, effect: CallOut) -> Mapping[str, Json] | None:
        """Keep the call with this transaction."""
        try:
            body = _body(gate, running, effect.settings["body"])
        except Refusal as refusal:
            return refused(effect, refusal)
        place = {"instance": running.instance.id, "node": effect.node, "visit": effect.visit}
        gate.world.outbox.send(Job(TOPIC, {**place, **effect.settings, "body": body}))
        return None


def _body(gate: Gate, running: Running, wanted: Mapping[str, str]) -> dict[str, Json]:
    record, live = running.record, running.live
    if not wanted:
        return {"app": live.app.id, "form": live.form.id, "record": record.id, "values": dict(record.values)}
    machine = Gate(gate.world, system("workflow"), gate.language, gate.library)
    at = compute.context(machine, live)
    found = {name: value_of(live, text, record.seen(), at) for name, text in wanted.items()}
    return {name: None if isinstance(value, Failure) else value for name, value in found.items()}
