"""What a workflow waits for beside people 等待: a moment, an answer, its children, an admin; and what is due when."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from builder.problem import sentence
from runtime.gate import Gate
from runtime.node import at
from runtime.running import Running

Json = Any
SHOWN = 100
"""How many of the records that were not written are named."""


def shown(gate: Gate, moment: str) -> str:
    """A moment in the workspace's zone, as people read it."""
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(gate.timezone)).strftime("%Y-%m-%d %H:%M")


def waits(running: Running) -> Iterator[tuple[str, str, Mapping[str, Json]]]:
    """The active nodes at which nobody is asked: node, what is waited for ("failed" before all), memo."""
    state = running.instance.state
    for node, memo in state["active"].items():
        word = "failed" if "failed" in memo else memo.get("waits", "")
        if word and not state["open"].get(node):
            yield node, word, memo


def next_due(running: Running, node: str) -> str:
    """When the next deadline of the node comes; "" for none."""
    held = running.instance.state.get("due", {}).get(node, {})
    return min((each["at"] for each in held.values()), default="")


def due_at(running: Running, node: str) -> datetime | None:
    """The same as a moment."""
    found = next_due(running, node)
    return datetime.fromisoformat(found) if found else None


def _then(running: Running, node: str) -> str:
    """What the next deadline of the node does; "" when it is no rule's."""
    held = running.instance.state.get("due", {}).get(node, {})
    key = min(held, key=lambda each: held[each]["at"], default="")
    rules = at(running.workflow, node).deadlines
    return rules[int(key)].do if key.isdigit() and int(key) < len(rules) else ""


def sentences(gate: Gate, running: Running) -> Iterator[str]:
    """Why it waits, in the asker's words."""
    state, nodes = running.instance.state, running.workflow.nodes
    for node, word, memo in waits(running):
        params = {"node": nodes[node].label or node, "since": shown(gate, state["trail"][memo["visit"]]["at"])}
        if word == "failed":
            yield sentence("waiting_failed", gate.language, {**params, "reason": reason(gate, memo)})
        elif word == "time":
            yield sentence("waiting_time", gate.language, {**params, "until": shown(gate, memo["until"])})
        else:
            count = len(memo.get("children", ())) - len(memo.get("over", ()))
            code = f"waiting_{word}" if word in ("children", "errand") else "waiting_answer"
            yield sentence(code, gate.language, {**params, "count": count})
    for node in state["open"]:
        if due := next_due(running, node):
            params = {"node": nodes[node].label or node, "until": shown(gate, due)}
            then = _then(running, node)
            yield sentence(f"waiting_due_{then}" if then else "waiting_due", gate.language, params)


def reason(gate: Gate, memo: Mapping[str, Json]) -> str:
    """Why the node has failed, in the asker's language."""
    failed = memo["failed"]
    return sentence(failed["code"], gate.language, failed.get("params", {}))


def failures(gate: Gate, running: Running) -> list[dict[str, Json]]:
    """The nodes that have failed: id, label, why, since when."""
    nodes = running.workflow.nodes
    return [
        {"node": node, "label": nodes[node].label or node, "reason": reason(gate, memo), "at": memo["failed"]["at"],
         **_unwritten(gate, running, memo["failed"])}
        for node, word, memo in waits(running)
        if word == "failed"
    ]  # fmt: skip


def _unwritten(gate: Gate, running: Running, failed: Mapping[str, Json]) -> dict[str, Json]:
    """Of an update that stopped: how many records were written and are not, and which, as far as the asker may know."""
    params, rest = failed.get("params", {}), failed.get("rest") or {"records": [], "form": ""}
    if "left" not in params:
        return {}
    found = {"written": params["written"], "left": params["left"], "form": rest["form"]}
    if rest["form"] not in running.live.app.forms:
        return found
    live = running.live.app.form(rest["form"])
    held = gate.world.records.many(live.key, rest["records"][:SHOWN])
    reader = gate.as_reader
    seen = [held[id] for id in rest["records"][:SHOWN] if id in held and reader(live, held[id]).allowed]
    return {**found, "records": [{"id": one.id, "title": one.title} for one in seen]}


def family(gate: Gate, running: Running) -> dict[str, Json]:
    """The parent and the children that the asker may see, as places of their records."""
    state = running.instance.state
    ids = [each for line in state.get("children", ()) for each in line]
    ids += [each for memo in state["active"].values() for each in memo.get("children", ())]
    parent = state.get("parent", {}).get("instance", "")
    children = [place for id in dict.fromkeys(ids) if (place := _place(gate, id))]
    return {"parent": _place(gate, parent) if parent else None, "children": children}


def _place(gate: Gate, id: str) -> dict[str, Json] | None:
    found = gate.world.instances.get(id)
    app, _, form = found.form.partition(".") if found else ("", "", "")
    if found is None or form not in gate.app(app).forms:
        return None
    live = gate.form(app, form)
    record = gate.world.records.get(found.form, found.record)
    if record is None or not gate.as_reader(live, record).allowed:
        return None
    place = {"instance": id, "app": app, "form": form, "form_name": live.form.name, "record": found.record}
    return {**place, "title": record.title, "status": found.status, "ended_at": found.ended_at}
