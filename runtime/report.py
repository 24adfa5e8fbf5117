"""What comes back from outside 回报: an errand is done, a child has ended, something failed and is tried again."""

from collections.abc import Mapping
from typing import Any

from builder.problem import conflict
from runtime.effect import Notify
from runtime.node import Outcome
from runtime.walk import Walk

Json = Any
REPORT = ("type", "node", "visit", "result", "code", "reason", "params", "children", "child", "status", "rest")
"""What of a report is remembered while it is suspended."""


def reported(walk: Walk, event: Mapping[str, Json]) -> None:
    """An errand of a node is over; raises `Conflict` when the node was left before.

    The visit says which node it was: a migration may have given it another name since.
    """
    node = next((id for id, memo in walk.state["active"].items() if memo["visit"] == event["visit"]), "")
    if not node or "failed" in walk.state["active"][node]:
        raise conflict("report_too_late")
    if walk.state.get("suspended"):
        walk.state["heard"] = [*walk.state.get("heard", ()), {key: event[key] for key in event if key in REPORT}]
        return
    if event.get("children"):
        walk.state.setdefault("children", []).append(list(event["children"]))
        if walk.kind(node).binds:
            walk.state["bound"] = [*walk.state.get("bound", ()), *event["children"]]
    if event["result"] == "failed":
        failed(walk, node, event)
    else:
        walk.apply(node, walk.kind(node).receive(walk.here(node)))


def heard(walk: Walk, event: Mapping[str, Json]) -> None:
    """What came while it was suspended happens now that it goes on, unless the node was left otherwise meanwhile."""
    resumed = walk.event
    walk.event = {**resumed, **event}
    if any(memo["visit"] == event["visit"] and "failed" not in memo for memo in walk.state["active"].values()):
        reported(walk, walk.event)
    walk.event = resumed


def failed(walk: Walk, node: str, event: Mapping[str, Json]) -> None:
    """The node stands as failed, with the reason, until an admin retries or skips it."""
    reason = {"code": event.get("code", ""), "params": event.get("params", {}), "at": event["at"]}
    walk.state["active"][node]["failed"] = reason | ({"rest": event["rest"]} if event.get("rest") else {})
    walk.tell_admins(node, "failed", {"comment": str(event.get("reason", ""))[:500]})


def missed(walk: Walk, event: Mapping[str, Json]) -> None:
    """A call that nobody waited for could not be made: the admins are told."""
    walk.note("failed", event["by"], event["node"], None, {"auto": True, "comment": event.get("comment", "")})
    walk.effects.append(Notify(tuple(event["admins"]), "node_failed", event["node"]))


def retried(walk: Walk, event: Mapping[str, Json]) -> None:
    """An admin lets the node try again 重试."""
    node = _failed_node(walk, event)
    memo = walk.state["active"][node]
    visit, rest = memo["visit"], memo["failed"].get("rest")
    walk.note("retry", event["by"], node, visit, event)
    walk.state["active"][node] = {"visit": visit, **({"rest": rest} if rest else {})}
    walk.apply(node, walk.kind(node).enter(walk.here(node)))


def passed_over(walk: Walk, event: Mapping[str, Json]) -> None:
    """An admin lets the workflow go on without what failed 跳过."""
    node = _failed_node(walk, event)
    memo = walk.state["active"][node]
    params = memo["failed"].get("params", {})
    unwritten = {"unwritten": params["left"], "written": params["written"]} if "left" in params else {}
    walk.note("pass_over", event["by"], node, memo["visit"], {**event, **unwritten})
    exits = [exit for exit in walk.workflow.nodes[node].on if exit not in walk.kind(node).refusals]
    walk.apply(node, Outcome(exits=tuple(exits[:1])))


def _failed_node(walk: Walk, event: Mapping[str, Json]) -> str:
    node: str = event["node"]
    if "failed" not in walk.state["active"].get(node, {}):
        raise conflict("node_not_failed")
    return node
