"""What comes to a workflow from the clock, from the world outside and from an admin who mends it 外部事件."""

from collections.abc import Mapping
from typing import Any

from builder.problem import LANGUAGES, Conflict, Refusal, forbidden
from runtime import tasks
from runtime.assign import admins
from runtime.errand import failure, success
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.perform import happen
from runtime.portions import set_values
from runtime.ports import Timer
from runtime.running import Running

Json = Any
TOO_LATE = frozenset({"report_too_late", "timer_stopped", "instance_ended", "instance_withdrawn"})


def come(gate: Gate, timer: Timer, *, careful: bool = True) -> bool:
    """Let a timer's moment happen, once: it is taken away with the same transaction. False when it was stopped.

    Who is not `careful` gives up the whole transaction when it is refused, and does it again with care.
    """
    instance = gate.world.instances.get(timer.instance, lock=True)
    known = [one for one in gate.world.timers.of(timer.instance) if (one.node, one.key) == (timer.node, timer.key)]
    if instance is None or not known or known[0].visit != timer.visit or known[0].due_at > gate.now:
        return False
    if instance.state.get("suspended") and instance.ended_at is None:
        gate.world.timers.hold(timer.instance, True)
        return False
    gate.world.timers.stop(timer.instance, timer.node, timer.key)
    event = {"type": "timed_out", "node": timer.node, "visit": timer.visit, "timer": timer.key}
    if careful:
        return _happens(gate, tasks.hold(gate, timer.instance), event)
    happen(gate, tasks.hold(gate, timer.instance), event)
    return True


def _happens(gate: Gate, running: Running, event: Mapping[str, Json]) -> bool:
    """What the moment asks for, or, where that may not be, that it could not be done."""
    try:
        with gate.world.records.attempt():
            happen(gate, running, event)
    except Refusal as refusal:
        if refusal.problems[0].code in TOO_LATE:
            return False
        happen(gate, running, {**event, "refused": refusal.problems[0].sentence(LANGUAGES[0])})
    return True


def answer(gate: Gate, call: Mapping[str, Json], status: int, values: Mapping[str, Json]) -> None:
    """The answer to a call is there: put its values into the record, and go on if it is waited for."""
    running = tasks.hold(gate, call["instance"])
    try:
        with gate.world.records.attempt():
            record = set_values(gate, running.live, running.record, values) if values else running.record
            event = success(call["node"], call["visit"], status=status)
            if call["wait"]:
                happen(gate, Running(running.instance, running.workflow, running.live, record), event)
    except Refusal as refusal:
        problem = refusal.problems[0]
        gave_up(gate, call, problem.code, problem.sentence(LANGUAGES[0]), problem.params)


def gave_up(gate: Gate, call: Mapping[str, Json], code: str, reason: str, params: Mapping[str, Json]) -> None:
    """A call could not be made, or its answer not be kept: the node stands as failed, or the admins are told."""
    running = tasks.hold(gate, call["instance"])
    if not call["wait"]:
        told = {"by": "system", "comment": reason[:500], "admins": admins(gate.world.directory)}
        happen_if_running(gate, running, {"type": "missed", "node": call["node"], **told})
        return
    happen_if_running(gate, running, failure(call["node"], call["visit"], code, reason, params))


def happen_if_running(gate: Gate, running: Running, event: Mapping[str, Json]) -> None:
    """Let it happen, unless the workflow has gone on or is over."""
    try:
        happen(gate, running, event)
    except Conflict as refusal:
        if refusal.problems[0].code not in TOO_LATE:
            raise


def retry(gate: Gate, live: LiveForm, record: str, node: str) -> Running:
    """An admin lets a node that failed try again 重试."""
    return _mend(gate, live, record, {"type": "retried", "node": node})


def skip(gate: Gate, live: LiveForm, record: str, node: str) -> Running:
    """An admin lets the workflow go on without it 跳过."""
    return _mend(gate, live, record, {"type": "passed_over", "node": node})


def _mend(gate: Gate, live: LiveForm, record: str, event: Mapping[str, Json]) -> Running:
    if not gate.actor.admin:
        raise forbidden("admins_only")
    return happen(gate, tasks.of_record(gate, live, record), event)
