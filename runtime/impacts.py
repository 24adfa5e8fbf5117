"""Whom publishing touches 发布影响: records that hold removed fields, and workflows that are running."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from builder.expression.parse import parse, references
from builder.expression.problem import ExpressionError
from builder.field import field_types
from builder.filter import Condition
from builder.parts import Parts, digest
from builder.problem import sentence
from runtime import retype_impacts
from runtime.gate import Gate
from runtime.ports import AppHead, Column, Query

Json = Any
COUNT_BOUND = 10_000


def of(gate: Gate, head: AppHead, live: Parts, drafted: Parts) -> Iterator[dict[str, Any]]:
    """What publishing `drafted` touches; a `blocking` one must be dealt with first."""
    yield from retype_impacts.of(gate, head, live, drafted)
    for name, before in live.items():
        after = drafted.get(name) or {}
        if name.startswith("forms/"):
            yield from _field_impacts(gate, head, name, before, after)
            yield from _running_impacts(gate, head, name, before, drafted.get(name))
        if name.startswith("workflows/") and before != after:
            count = gate.world.instances.running([digest(before)])
            if count:
                yield _impact(gate, "impact_running", count, name=before.get("name", name))


def _running_impacts(
    gate: Gate, head: AppHead, name: str, before: Json, after: Json | None
) -> Iterator[dict[str, Any]]:
    """Running workflows need their form, and the fields that their guards ask about."""
    kept = {field["id"] for field in (after or {}).get("fields", [])}
    gone = {field["id"]: field["label"] for field in before.get("fields", []) if field["id"] not in kept}
    if not gone:
        return
    for hash, workflow in _workflows_of(gate, head, name.partition("/")[2]).items():
        asked = {path[0] for text in _guards(workflow) for path in _named(text)}
        count = gate.world.instances.running([hash]) if after is None or asked & set(gone) else 0
        if count:
            named = "、".join(label for id, label in gone.items() if id in asked) or before.get("name", name)
            yield _impact(gate, "impact_needed_by_running", count, blocking=True, label=named, name=workflow["name"])


def _workflows_of(gate: Gate, head: AppHead, form: str) -> dict[str, Json]:
    """Every version of the form's workflows that was ever published, by hash."""
    versions = gate.world.definitions.versions(head.id)
    hashes = {hash for one in versions for part, hash in one.manifest.items() if part.startswith("workflows/")}
    found = gate.world.definitions.blobs(hashes)
    return {hash: workflow for hash, workflow in found.items() if workflow.get("form") == form}


def _guards(workflow: Mapping[str, Json]) -> Iterator[str]:
    for node in workflow.get("nodes", {}).values():
        if isinstance(node.get("when"), dict):
            yield from (str(text) for text in node["when"].values())


def _named(text: str) -> Iterable[tuple[str, ...]]:
    try:
        return [tuple(path) for path in references(parse(text))]
    except ExpressionError:
        return []


def _field_impacts(gate: Gate, head: AppHead, name: str, before: Json, after: Json) -> Iterable[dict[str, Any]]:
    kept = {field["id"]: field for field in after.get("fields", [])}
    form = f"{head.id}.{name.partition('/')[2]}"
    for field in before.get("fields", []):
        if field["id"] in kept:
            continue
        kind = field_types()[field["type"]].kind
        count = holding(gate, form, field["id"], str(kind))
        if count:
            yield _impact(gate, "impact_field_removed", count, label=field["label"], form=before.get("name", ""))


def _impact(gate: Gate, code: str, count: int, *, blocking: bool = False, **params: Any) -> dict[str, Any]:
    text = sentence(code, gate.language, {"count": count, **params})
    return {"code": code, "text": text, "count": count, "blocking": blocking}


def holding(gate: Gate, form: str, field: str, kind: str) -> int:
    """How many records hold a value in the field, counted to a bound."""
    where = Condition(field=field, op="not_empty")
    return gate.world.records.count(Query(form, {field: Column(kind)}, where), COUNT_BOUND)


def holding_column(gate: Gate, form: str, field: str, kind: str, *, column: str) -> int:
    """How many records hold a value in a column of the field's rows, counted to a bound."""
    asked = Query(form, {field: Column(kind)}, Condition(field=field, op="not_empty"), limit=500)
    seen = count = 0
    while seen < COUNT_BOUND:
        page = gate.world.records.find(asked)
        rows = (record.values.get(field) or [] for record in page.records)
        count += sum(any(row.get(column) is not None for row in held) for held in rows)
        seen += len(page.records)
        if not page.next:
            break
        asked = replace(asked, after=page.next)
    return count
