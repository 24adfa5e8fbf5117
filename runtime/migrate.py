"""Moving running instances to the newest version 迁移: planned, looked at, done one by one, and taken back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from builder.definition import Workflow
from builder.problem import Problem, Refusal, conflict, missing
from runtime import node, perform, story, tasks
from runtime.designing import head_for_design
from runtime.dry_run import spoken, versions_of
from runtime.effect import CloseTask, OpenTask
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.moving import GONE, unanswered
from runtime.perform import Running
from runtime.ports import Instance
from runtime.replay import MOVES, refold
from runtime.step import UNDECIDING

Json = Any
Plan = Mapping[str, Mapping[str, str]]
"""By version's hash: node → node of the newest version, or "" for one that is no more."""

PAGE = 200
MOST = 5000
"""How many running instances are looked through."""
AT_ONCE = 100


@dataclass(frozen=True)
class Target:
    """The version that is live, which instances are moved to."""

    live: LiveForm
    workflow: Workflow
    hash: str
    number: int
    versions: Mapping[str, int]
    """Every version of the workflow: hash → the newest number with it."""


def target_of(gate: Gate, app: str, workflow: str) -> Target:
    """The live version; raises `Missing`, and `Forbidden` for who is no administrator."""
    head = head_for_design(gate, app)
    whole = gate.app(app)
    drawn = whole.app.workflows.get(workflow)
    if drawn is None or drawn.form not in whole.forms:
        raise missing("no_such_workflow", workflow=workflow)
    hash = whole.hashes[f"workflows/{workflow}"]
    return Target(whole.form(drawn.form), drawn, hash, head.number, versions_of(gate, app, workflow))


def overview(gate: Gate, app: str, workflow: str) -> dict[str, Json]:
    """What runs on which version, with a suggestion for every node, and what was moved and can be taken back."""
    target = target_of(gate, app, workflow)
    older = [hash for hash in target.versions if hash != target.hash]
    running = list(_running(gate, older))
    sources = []
    for hash in older:
        own = [one for one in running if one.workflow == hash]
        if own:
            sources.append(_source(gate, target, hash, own))
    here = list(_running(gate, [target.hash]))
    return {
        "number": target.number, "name": target.workflow.name, "form": target.workflow.form, "running": len(here),
        "sources": sources, "nodes": _nodes(target.workflow), "undoable": [one.id for one in here if _untouched(one)],
    }  # fmt: skip


def _running(gate: Gate, hashes: Sequence[str]) -> Iterator[Instance]:
    after, seen = "", 0
    while hashes and seen < MOST:
        page, after = gate.world.instances.of_workflows(list(hashes), running=True, limit=PAGE, after=after)
        yield from page
        seen += len(page)
        if not after:
            return


def _load(gate: Gate, hash: str) -> Workflow:
    return Workflow.model_validate(gate.world.definitions.blobs([hash])[hash])


def _spoken(gate: Gate, target: Target, hash: str) -> Workflow:
    """An older version in the asker's words."""
    return spoken(gate, target.live.app.id, target.workflow.id, hash, target.versions.get(hash, 0))


def _nodes(workflow: Workflow) -> list[dict[str, Json]]:
    return [
        {"id": id, "label": story.label(workflow, id) or id, "type": drawn.type, "asks": node.at(workflow, id).asks}
        for id, drawn in workflow.nodes.items()
    ]


def _source(gate: Gate, target: Target, hash: str, own: Sequence[Instance]) -> dict[str, Json]:
    old = _spoken(gate, target, hash)
    active = Counter(id for one in own for id in one.state["active"])
    passed = {visit["node"] for one in own for visit in one.state["trail"] if not visit.get("void")}
    wanted = [id for id in old.nodes if active[id] or id in passed]
    return {
        "hash": hash, "number": target.versions[hash], "running": len(own),
        "nodes": [
            {
                "id": id, "label": story.label(old, id) or id, "type": old.nodes[id].type, "active": active[id],
                "suggested": suggested(old, target.workflow, id),
            }
            for id in wanted
        ],
    }  # fmt: skip


def suggested(old: Workflow, new: Workflow, id: str) -> str:
    """The same id if it is of the same type, else the only node of that type with that label; "" when there is none."""
    drawn = old.nodes[id]
    if id in new.nodes and new.nodes[id].type == drawn.type:
        return id
    alike = [
        other
        for other, one in new.nodes.items()
        if one.type == drawn.type and one.label == drawn.label and other not in old.nodes
    ]
    return alike[0] if len(alike) == 1 else GONE


def _event(target: Target, old: Workflow, one: Instance, mapping: Mapping[str, str]) -> dict[str, Json]:
    """The migration as an event: every node named, and those that keep their people."""
    whole = {id: mapping.get(id, suggested(old, target.workflow, id)) for id in old.nodes}
    kept = [
        whole[id]
        for id in one.state["active"]
        if whole.get(id) in target.workflow.nodes and target.workflow.nodes[whole[id]].type == old.nodes[id].type
    ]
    return {"type": "migrated", "from": one.workflow, "to": target.hash, "mapping": whole, "kept": sorted(set(kept))}


def refuse_incomplete(gate: Gate, target: Target, plan: Plan, meant: Sequence[Instance]) -> None:
    """A plan in which a place where somebody stands leads nowhere is refused as a whole."""
    problems: dict[str, Problem] = {}
    drawings = {hash: _spoken(gate, target, hash) for hash in {one.workflow for one in meant}}
    for one in meant:
        old = drawings[one.workflow]
        event = _event(target, old, one, plan.get(one.workflow, {}))
        for id in one.state["active"]:
            if event["mapping"].get(id, GONE) not in target.workflow.nodes:
                params = {"node": story.label(old, id) or id, "number": target.versions.get(one.workflow, 0)}
                problems.setdefault(id, Problem("migration_unmapped", ("plan", one.workflow, id), params))
    if problems:
        raise conflict_of(list(problems.values()))


def conflict_of(problems: list[Problem]) -> Refusal:
    """All of them at once."""
    refusal = conflict("migration_incomplete")
    refusal.problems = (*refusal.problems, *problems)
    return refusal


def preview(gate: Gate, app: str, workflow: str, plan: Plan) -> dict[str, Json]:
    """Where the first running instances would stand, which tasks would be closed and opened, and who all are meant."""
    target = target_of(gate, app, workflow)
    older = [hash for hash in target.versions if hash != target.hash]
    meant = list(_running(gate, older))
    refuse_incomplete(gate, target, plan, meant)
    held = gate.world.records.many(target.live.key, [one.record for one in meant])
    there = [one for one in meant if one.record in held]
    rows = [_looked(gate, target, plan, one, held[one.record]) for one in there[:PAGE]]
    return {"rows": rows, "instances": len(there), "ids": [one.id for one in there], "more": len(meant) >= MOST}


def _looked(gate: Gate, target: Target, plan: Plan, one: Instance, record: Any) -> dict[str, Json]:
    old = _spoken(gate, target, one.workflow)
    head = {
        "instance": one.id, "record": one.record, "title": record.title, "number": target.versions[one.workflow],
        "initiator": one.initiator, "at": [story.label(old, id) or id for id in one.state["active"]],
    }  # fmt: skip
    running = Running(replace(one, workflow=target.hash), target.workflow, target.live, record)
    said = {"at": gate.now.isoformat(), "by": gate.actor.id, **_event(target, old, one, plan.get(one.workflow, {}))}
    try:
        state, effects, _ = perform.decided(gate, running, one.state, said)
    except Refusal as refusal:
        return {**head, "to": [], "closes": [], "opens": [], "problem": refusal.problems[0].sentence(gate.language)}
    closed = {(each.node, each.person) for each in effects if isinstance(each, CloseTask)}
    opened = {(each.node, each.person) for each in effects if isinstance(each, OpenTask)}
    return {
        **head, "problem": "", "to": [story.label(target.workflow, id) or id for id in state["active"]],
        "closes": _told(old, closed), "opens": _told(target.workflow, opened),
    }  # fmt: skip


def _told(workflow: Workflow, changed: set[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"node": story.label(workflow, id) or id, "person": person} for id, person in sorted(changed)]


def apply(gate: Gate, app: str, workflow: str, plan: Plan, ids: Sequence[str]) -> list[dict[str, Json]]:
    """Move these instances, each wholly or not at all; answers what became of each."""
    target = target_of(gate, app, workflow)
    meant = [one for id in ids[:AT_ONCE] if (one := gate.world.instances.get(id)) is not None]
    own = [one for one in meant if one.workflow in target.versions and one.form == target.live.key]
    moving = [one for one in own if one.workflow != target.hash and one.ended_at is None]
    refuse_incomplete(gate, target, plan, moving)
    wanted = {one.id for one in moving}
    done = [_attempt(gate, id, lambda id=id: _move(gate, target, plan, id), id in wanted) for id in ids[:AT_ONCE]]
    return _named(gate, target, own, done)


def _named(gate: Gate, target: Target, own: Sequence[Instance], done: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Of whom it is told, so that a list of what failed can be read."""
    records = {one.id: one.record for one in own}
    held = gate.world.records.many(target.live.key, records.values())
    titles = {id: held[record].title for id, record in records.items() if record in held}
    return [
        {**one, "record": records.get(one["instance"], ""), "title": titles.get(one["instance"], "")} for one in done
    ]


def _attempt(gate: Gate, id: str, do: Any, known: bool) -> dict[str, Json]:
    """One of many: its refusal is its own."""
    problem = "" if known else conflict("migration_not_here").problems[0].sentence(gate.language)
    try:
        if known:
            with gate.world.records.attempt():
                do()
    except Refusal as refusal:
        problem = refusal.problems[0].sentence(gate.language)
    return {"instance": id, "ok": not problem, "detail": problem}


def _move(gate: Gate, target: Target, plan: Plan, id: str) -> None:
    running = tasks.hold(gate, id)
    one = running.instance
    if one.workflow == target.hash or one.ended_at is not None:
        raise conflict("instance_changed")
    event = _event(target, _load(gate, one.workflow), one, plan.get(one.workflow, {}))
    moved = Running(replace(one, workflow=target.hash), target.workflow, target.live, running.record)
    perform.happen(gate, moved, event)


def undo(gate: Gate, app: str, workflow: str, ids: Sequence[str]) -> list[dict[str, Json]]:
    """Take migrations back, as long as nobody has acted since."""
    target = target_of(gate, app, workflow)
    meant = [one for id in ids[:AT_ONCE] if (one := gate.world.instances.get(id)) is not None]
    own = [one for one in meant if one.form == target.live.key]
    wanted = {one.id for one in own}
    done = [_attempt(gate, id, lambda id=id: _take_back(gate, id), id in wanted) for id in ids[:AT_ONCE]]
    return _named(gate, target, own, done)


def _take_back(gate: Gate, id: str) -> None:
    running = tasks.hold(gate, id)
    one = running.instance
    if one.ended_at is not None or not _untouched(one):
        raise conflict("migration_settled")
    events = [each.event for each in gate.world.instances.happenings(id)]
    last = max(at for at, event in enumerate(events) if event["type"] in MOVES)
    origin = events[last]["from"]
    state = refold(lambda hash: _load(gate, hash), origin, events[:last])
    if unanswered(one.state, state):
        raise conflict("migration_settled")
    before = Running(replace(one, workflow=origin), _load(gate, origin), running.live, running.record)
    event = {"type": "migration_undone", "from": one.workflow, "to": origin, "state": state}
    perform.happen(gate, before, event)


def _untouched(one: Instance) -> bool:
    """Whether it was moved, and nobody has acted since."""
    told = [line["action"] for line in one.state["log"] if line["action"] not in UNDECIDING and not line.get("auto")]
    return bool(told) and told[-1] == "migrate"
