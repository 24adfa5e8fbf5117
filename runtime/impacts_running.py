"""What a publish takes away from workflows that are running 在途流程影响: fields, options and roles that they use."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from builder.definition import Form, Workflow
from builder.expression.check import check
from builder.expression.parse import Tree, parse, references
from builder.expression.problem import ExpressionError
from builder.parts import Parts
from builder.problem import Invalid, sentence
from builder.scope import scope_of
from runtime import node, retype_impacts
from runtime.gate import Gate
from runtime.node import NodeType
from runtime.ports import AppHead

Json = Any


def of(gate: Gate, head: AppHead, live: Parts, drafted: Parts) -> Iterator[dict[str, Json]]:
    """One line for each running workflow and each thing that it would miss; none of them stops the publish."""
    gone, retyped = list(_gone(live, drafted)), list(_retyped(live, drafted))
    if not gone and not retyped:
        return
    spoken = gate.library.open(gate.world.definitions, head, gate.language).forms if retyped else {}
    labels = {form: {id: field.label for id, field in one.fields.items()} for form, one in spoken.items()}
    for hash, workflow in _running(gate, head).items():
        yield from _by_type(gate, hash, workflow, (live, drafted), retyped, labels.get(workflow.form, {}))
        uses = _uses(workflow)
        missed = [one for one in gone if one[0] in ("", workflow.form) and one[1:3] in uses]
        count = gate.world.instances.running([hash]) if missed else 0
        for _, kind, _, label in missed if count else ():
            params = {"count": count, "name": workflow.name, "label": label}
            code = f"impact_running_uses_{kind}"
            yield {"code": code, "text": sentence(code, gate.language, params), "count": count, "blocking": False}


def _retyped(live: Parts, drafted: Parts) -> Iterator[tuple[str, str]]:
    """The fields that change their type: form and id."""
    for name, part in live.items():
        if name.startswith("forms/") and name in drafted and drafted[name] != part:
            for change in retype_impacts.changed(part, drafted[name]):
                yield name.partition("/")[2], change.before.id


def _by_type(
    gate: Gate,
    hash: str,
    workflow: Workflow,
    parts: tuple[Parts, Parts],
    retyped: list[tuple[str, str]],
    labels: Mapping[str, str],
) -> Iterator[dict[str, Json]]:
    """What running instances go by that changes its type; a condition that makes no sense then is told."""
    guards = list(_guards(workflow))
    uses = {id for kind, id in _uses(workflow) if kind == "field"} | {id for _, tree in guards for id in _heads(tree)}
    touched = [id for form, id in retyped if form == workflow.form and id in uses]
    count = gate.world.instances.running([hash]) if touched else 0
    for id in touched if count else ():
        broken = [text for text, tree in guards if id in _heads(tree) and _breaks(tree, workflow.form, *parts)]
        said = _in_words(broken[0], labels) if broken else ""
        params = {"count": count, "name": workflow.name, "label": labels.get(id, id), "guard": said}
        code = "impact_running_guard_breaks" if broken else "impact_running_retyped"
        yield {"code": code, "text": sentence(code, gate.language, params), "count": count, "blocking": False}


def _guards(workflow: Workflow) -> Iterator[tuple[str, Tree]]:
    """The conditions on its lines, as texts and trees."""
    for id in workflow.nodes:
        try:
            texts = node.at(workflow, id).guards.values()
        except Invalid:
            continue
        for text in filter(None, texts):
            try:
                yield text, parse(text)
            except ExpressionError:
                continue


def _in_words(guard: str, labels: Mapping[str, str]) -> str:
    """The condition with labels where it names fields; quoted texts stay."""
    return re.sub(r'"[^"]*"|[a-z_]\w*', lambda found: labels.get(found[0], found[0]), guard)


def _heads(tree: Tree) -> set[str]:
    return {path[0] for path in references(tree)}


def _breaks(tree: Tree, form: str, live: Parts, drafted: Parts) -> bool:
    """Whether the condition makes sense to the live form and none to the drafted one."""
    return not _misfits(tree, form, live) and _misfits(tree, form, drafted)


def _misfits(tree: Tree, form: str, parts: Parts) -> bool:
    try:
        forms = {name.partition("/")[2]: Form.model_validate(part) for name, part in parts.items()
                 if name.startswith("forms/")}  # fmt: skip
    except ValidationError:
        return False
    return form in forms and bool(check(tree, scope_of(forms[form], forms), "boolean").problems)


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
