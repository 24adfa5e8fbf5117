"""What a publish must know of fields that change their type 改类型影响: what makes no sense, what still runs."""

from collections.abc import Iterator, Sequence
from typing import Any

from builder.field import Field, Json
from builder.filter import Condition
from builder.parts import Parts
from builder.problem import Problem, sentence
from builder.retyping import Change, changes, refused
from runtime import retyping
from runtime.gate import Gate
from runtime.ports import AppHead, Column, Query

COUNTED = 10_000


def of(gate: Gate, head: AppHead, live: Parts, drafted: Parts) -> Iterator[dict[str, Any]]:
    """What a publish must know of fields that change their type, or go while they do."""
    spoken = gate.library.open(gate.world.definitions, head, gate.language).forms
    for name, before in live.items():
        if name.startswith("forms/") and drafted.get(name):
            found = list(changed(before, drafted[name]))
            id = name.partition("/")[2]
            form, key = spoken[id].form.name, f"{head.id}.{id}"
            yield from _in_between(gate, key, form, found, _gone(before, drafted[name]))
            for change in found:
                label = spoken[id].fields[change.before.id].label
                yield from _impact(gate, key, form, label, change)


def changed(before: Json, after: Json) -> Iterator[Change]:
    """The fields of a form's part that change their type; what else is unsound about them is told elsewhere."""
    kept = {one["id"]: one for one in after.get("fields", [])}
    pairs = [(one, kept[one["id"]]) for one in before.get("fields", []) if one["id"] in kept and one != kept[one["id"]]]
    for old, new in pairs:
        yield from changes([Field.model_validate(old)], [Field.model_validate(new)])


def _gone(before: Json, after: Json) -> set[str]:
    return {one["id"] for one in before.get("fields", [])} - {one["id"] for one in after.get("fields", [])}


def _in_between(gate: Gate, key: str, form: str, found: Sequence[Change], gone: set[str]) -> Iterator[dict[str, Any]]:
    """Nothing comes between the records and their conversion but taking it back."""
    running = gate.world.retypings.open().get(key)
    if running is None or not (found or gone & {one["before"]["id"] for one in running.fields}):
        return
    if gone or not retyping.reverses(running, found):
        left = int(running.progress["total"]) - int(running.progress["seen"])
        yield _told(gate, "impact_retyping_runs", max(left, 0), blocking=True, form=form)


def _impact(gate: Gate, key: str, form: str, label: str, change: Change) -> Iterator[dict[str, Any]]:
    old = change.before
    where = Condition(field=old.id, op="not_empty")
    count = gate.world.records.count(Query(key, {old.id: Column(str(old.kind))}, where), COUNTED)
    wrong = refusal(gate, key, change)
    if wrong is not None and count:
        reason = wrong.sentence(gate.language)
        yield _told(gate, "impact_type_refused", count, blocking=True, label=label, form=form, reason=reason)
    elif count:
        yield _told(gate, "impact_type_changes", count, label=label, form=form)


def _told(gate: Gate, code: str, count: int, *, blocking: bool = False, **params: Any) -> dict[str, Any]:
    text = sentence(code, gate.language, {"count": count, **params})
    return {"code": code, "text": text, "count": count, "blocking": blocking}


def refusal(gate: Gate, key: str, change: Change) -> Problem | None:
    """Why it makes no sense; going back to what the field once was always does."""
    wrong = refused(change)
    if wrong is None:
        return None
    past = (one for one in gate.world.retypings.of(key.partition(".")[0]) if one.form == key)
    was = {(one["before"]["id"], one["before"]["type"]) for found in past for one in found.fields}
    return None if (change.after.id, change.after.type.name()) in was else wrong
