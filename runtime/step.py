"""The workflow as a pure function 流程推进: (workflow, state, event) → (state, effects). An instance folds events."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from builder.definition import Workflow
from builder.problem import Conflict, Refusal, conflict, forbidden
from runtime import due, interventions, moving, report
from runtime.effect import Effect
from runtime.formats import FORMAT, raised
from runtime.walk import Walk

Json = Any
State = Mapping[str, Json]

NEW: State = {"format": FORMAT, "status": "", "initiator": "", "active": {}, "open": {}, "trail": [], "log": []}
"""An instance to which nothing has happened: `active` is {node: memo}, `open` {node: who is asked}."""

UNDECIDING = interventions.UNDECIDING
ALWAYS = frozenset({"resumed", "terminated", "commented", "reported", "missed", "calendar_changed"})
"""What may happen also while it is suspended."""


def step(workflow: Workflow, state: State, event: Mapping[str, Json]) -> tuple[State, tuple[Effect, ...]]:
    """What follows from `event`. Raises `Unknown` for a fact that it must carry, `Refusal` when it may not be."""
    walk = Walk(workflow, raised(state), event)
    _may_be(state, event)
    EVENTS[event["type"]](walk, event)
    walk.settle()
    return walk.state, tuple(walk.effects)


def refusal_of(do: Callable[[], object]) -> Refusal | None:
    """Why it may not be done; None when it may."""
    try:
        do()
    except Refusal as refusal:
        return refusal
    return None


def fold(workflow: Workflow, events: Iterable[Mapping[str, Json]]) -> State:
    """The state after all `events`."""
    state = NEW
    for event in events:
        state, _ = step(workflow, state, event)
    return state


def _may_be(state: State, event: Mapping[str, Json]) -> None:
    """Refuse what cannot happen to an instance in this state."""
    kind, status = event["type"], state["status"]
    if kind == "started":
        if status:
            raise conflict("already_started")
    elif kind == "reactivated":
        if status in ("", "running"):
            raise conflict("instance_running")
        if status == "withdrawn":
            raise conflict("instance_withdrawn")
    elif status != "running":
        raise conflict("instance_withdrawn" if status == "withdrawn" else "instance_ended", status=status)
    elif state.get("suspended") and kind not in ALWAYS:
        raise conflict("instance_suspended")


def _started(walk: Walk, event: Mapping[str, Json]) -> None:
    """The initiator submitted the record 发起; or (`outside`) a stranger did, for whom the link's owner stands."""
    walk.state |= {"status": "running", "initiator": event["by"]}
    if event.get("parent"):
        walk.state["parent"] = event["parent"]
    if event.get("outside"):
        walk.state["outside"] = True
    walk.enter(walk.workflow.start, [], starting=True)


def _answered(walk: Walk, event: Mapping[str, Json]) -> None:
    """Somebody who is asked, or was, did something at a node 办理."""
    node, person = event["node"], event["person"]
    if node not in walk.state["active"]:
        raise _already(walk, node)
    if event["action"] != "remove_signer" and person not in walk.state["open"].get(node, ()):
        raise _not_asked(walk, node, person)
    visit = walk.state["active"][node]["visit"]
    walk.note(event["action"], event["by"], node, visit, event)
    walk.apply(node, walk.kind(node).receive(walk.here(node)))


def _not_asked(walk: Walk, node: str, person: str) -> Refusal:
    """Why somebody who is not asked may not answer: it is not his turn, he has answered, or it never was his."""
    why = walk.kind(node).refusal(walk.here(node))
    if why is not None:
        return why
    mine = [line for line in walk.state["log"] if line.get("person", line["by"]) == person and line["node"] == node]
    return _already(walk, node) if mine and not mine[-1].get("to") else forbidden("not_your_task")


def _already(walk: Walk, node: str) -> Conflict:
    """Somebody was faster, or it was this person before: says who and when."""
    lines = [line for line in walk.state["log"] if line["node"] == node and line["action"] != "comment"]
    last = lines[-1] if lines else {}
    return conflict("already_handled", by=last.get("by", ""), at=last.get("at", ""), action=last.get("action", ""))


def _commented(walk: Walk, event: Mapping[str, Json]) -> None:
    """A remark 评论 that decides nothing."""
    node = event.get("node", "")
    walk.note("comment", event["by"], node, walk.state["active"].get(node, {}).get("visit"), event)


def _withdrawn(walk: Walk, event: Mapping[str, Json]) -> None:
    """The initiator takes it back 撤回."""
    if refuses_withdrawal(walk.workflow, walk.state, event["by"]):
        raise forbidden("cannot_withdraw")
    walk.note("withdraw", event["by"], "", None, event)
    walk.end("withdrawn", "withdrawn")


def refuses_withdrawal(workflow: Workflow, state: State, by: str) -> bool:
    """Whether `by` may not take a running instance back: not his, switched off, or somebody acted already."""
    if by != state["initiator"] or workflow.withdraw == "off":
        return True
    return workflow.withdraw != "always" and _acted(workflow, state)


def _acted(workflow: Workflow, state: State) -> bool:
    """Whether somebody decided something since the initiator last submitted, and it is not his turn again."""
    if workflow.start in state["active"]:
        return False
    told = [line for line in state["log"] if not line.get("auto") and line["action"] not in UNDECIDING]
    return bool(told) and (told[-1]["action"], told[-1]["node"]) != ("submit", workflow.start)


def _terminated(walk: Walk, event: Mapping[str, Json]) -> None:
    """An admin ends it 终止."""
    walk.note("terminate", event["by"], "", None, event)
    walk.end("ended", "ended")


def _suspended(walk: Walk, event: Mapping[str, Json]) -> None:
    """An admin stops it for a while 挂起."""
    walk.note("suspend", event["by"], "", None, event)
    walk.state["suspended"] = True


def _resumed(walk: Walk, event: Mapping[str, Json]) -> None:
    """An admin lets it go on 恢复."""
    if not walk.state.pop("suspended", False):
        raise conflict("not_suspended")
    walk.note("resume", event["by"], "", None, event)
    for heard in walk.state.pop("heard", ()):
        report.heard(walk, heard)


EVENTS: Mapping[str, Callable[[Walk, Mapping[str, Json]], None]] = {
    "started": _started,
    "answered": _answered,
    "commented": _commented,
    "withdrawn": _withdrawn,
    "terminated": _terminated,
    "suspended": _suspended,
    "resumed": _resumed,
    "taken_back": interventions.taken_back,
    "urged": interventions.urged,
    "jumped": interventions.jumped,
    "reassigned": interventions.reassigned,
    "reactivated": interventions.reactivated,
    "timed_out": due.timed_out,
    "calendar_changed": due.calendar_changed,
    "reported": report.reported,
    "missed": report.missed,
    "retried": report.retried,
    "passed_over": report.passed_over,
    "migrated": moving.migrated,
    "migration_undone": moving.undone,
}
