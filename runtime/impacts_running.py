"""What a publish takes away from workflows that are running 在途流程影响: fields, options and roles that they use."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from builder.definition import Workflow
from builder.expression.parse import Tree, parse
from builder.expression.problem import ExpressionError
from builder.parts import Parts
from builder.problem import Invalid, sentence
from runtime import node
from runtime.gate import Gate
from runtime.node import NodeType
from runtime.ports import AppHead

Json = Any


def of(gate: Gate, head: AppHead, live: Parts, drafted: Parts) -> Iterator[dict[str, Json]]:
    """One line for each running workflow and each thing that it would miss; none of them stops the publish."""
    gone = list(_gone(live, drafted))
    if not gone:
        return
    for hash, workflow in _running(gate, head).items():
        uses = _uses(workflow)
        missed = [one for one in gone if one[0] in ("", workflow.form) and one[1:3] in uses]
        count = gate.world.instances.running([hash]) if missed else 0
        for _, kind, _, label in missed if count else ():
            params = {"count": count, "name": workflow.name, "label": label}
            code = f"impact_running_uses_{kind}"
            yield {"code": code, "text": sentence(code, gate.language, params), "count": count, "blocking": False}


def _gone(live: Parts, drafted: Parts) -> Iterator[tuple[str, str, str, str]]:
    """What is taken away: form ("" for all), kind, id, words."""
    for name, part in live.items():
        room, _, form = name.partition("/")
        if room == "forms":
            kept = {field["id"]: field for field in (drafted.get(name) or {}).get("fields", [])}
            for field in part.get("fields", []):
                if field["id"] not in kept:
                    yield form, "field", field["id"], field["label"]
                    continue
                options = {one["id"] for one in kept[field["id"]].get("options", ())}
                for one in field.get("options", ()):
                    if one["id"] not in options:
                        yield form, "option", one["id"], f"{field['label']} › {one.get('label', one['id'])}"
    roles = {one["id"] for one in drafted.get("app", {}).get("roles", ())}
    for one in live.get("app", {}).get("roles", ()):
        if one["id"] not in roles:
            yield "", "role", one["id"], one["name"]


def _running(gate: Gate, head: AppHead) -> dict[str, Workflow]:
    """Every version of every workflow that was ever published, by hash."""
    versions = gate.world.definitions.versions(head.id)
    hashes = {hash for one in versions for part, hash in one.manifest.items() if part.startswith("workflows/")}
    blobs = gate.world.definitions.blobs(hashes)
    return {hash: Workflow.model_validate(raw) for hash, raw in blobs.items()}


def _uses(workflow: Workflow) -> set[tuple[str, str]]:
    """What the nodes name besides their conditions: kind and id."""
    found: set[tuple[str, str]] = set()
    for id in workflow.nodes:
        try:
            kind = node.at(workflow, id)
        except Invalid:
            continue
        found |= set(_by_node(kind))
    return found


def _by_node(kind: NodeType) -> Iterator[tuple[str, str]]:
    rules = [*kind.rules, *(rule for copies in kind.copies.values() for rule in copies)]
    for rule in rules:
        said: Mapping[str, Json] = rule.dump()
        for word, value in said.items():
            if isinstance(value, str):
                yield "role" if word == "role" else "field", value
    for path in kind.access:
        yield "field", path.partition(".")[0]
    for due in kind.deadlines:
        yield "field", due.field
    for guard in kind.guards.values():
        yield from _literals(guard)


def _literals(guard: str) -> Iterable[tuple[str, str]]:
    """The words that a condition compares with: option ids among them."""
    try:
        tree = parse(guard)
    except ExpressionError:
        return []
    return [("option", word) for word in _words(tree)]


def _words(tree: Tree) -> Iterator[str]:
    if tree and tree[0] == "lit" and isinstance(tree[1], str):
        yield tree[1]
    for part in tree[1:]:
        if isinstance(part, list):
            yield from _words(part)
