"""Drafts, publishing, versions 设计与发布: administrators edit a draft; publishing switches atomically."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from pydantic import ValidationError

from builder.check import check
from builder.definition import Form
from builder.diff import Difference, compare
from builder.field import FieldType, field_types
from builder.parts import Parts, digest, from_parts
from builder.problem import Conflict, Problem, conflict, forbidden, invalid, missing, sentence
from builder.registry import load
from builder.retyping import refusal
from runtime import advice, cases, impacts, impacts_running, retyping, ripple, soundness
from runtime.drafted import in_words, malformed, taken_in, wordy
from runtime.gate import Gate
from runtime.node import NodeType
from runtime.ports import AppHead, Version

Json = Any
MOST_VERSIONS = 100
MOST_WORDS = 60


def head_for_design(gate: Gate, app: str, *, lock: bool = False) -> AppHead:
    """The app's head; raises `Forbidden` for who is no administrator, `Missing`."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    head = gate.world.definitions.app(app, lock=lock)
    if head is None:
        raise missing("no_such_app", app=app)
    return head


def parts_of(gate: Gate, manifest: Mapping[str, str]) -> Parts:
    """The JSON of every part of a manifest."""
    blobs = gate.world.definitions.blobs(set(manifest.values()))
    return {name: blobs[hash] for name, hash in manifest.items()}


def draft(gate: Gate, app: str) -> dict[str, Any]:
    """The draft with its words in the asker's language, what differs from the live version, and its problems."""
    head = head_for_design(gate, app)
    parts = parts_of(gate, head.draft)
    shown = {name: part for name, part in in_words(gate, parts).items() if isinstance(part, dict)}
    return {
        "app": app, "revision": head.draft_revision, "number": head.number, "parts": shown,
        "hashes": {name: digest(part) for name, part in shown.items()},
        "changed": changed_parts(head), "problems": told(gate, problems_of(gate, parts)),
        "advice": told(gate, advice.of_parts(in_words(gate, parts), gate.world.directory)),
    }  # fmt: skip


def changed_parts(head: AppHead) -> list[str]:
    """The parts in which the draft differs from the live version."""
    return sorted(name for name in {*head.live, *head.draft} if head.live.get(name) != head.draft.get(name))


def problems_of(gate: Gate, parts: Parts) -> tuple[Problem, ...]:
    """Everything that is unsound in the parts."""
    try:
        app = from_parts(parts)
    except ValidationError as error:
        return tuple(malformed(error))
    return check(app, sorted(_roles(gate)), soundness.for_check(gate.world.directory))


def _roles(gate: Gate) -> set[str]:
    return {role for member in gate.world.directory.members().values() for role in member.roles}


def told(gate: Gate, problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems with their sentences in the asker's language."""
    return [
        {"code": one.code, "path": list(one.path), "detail": one.sentence(gate.language), "params": dict(one.params)}
        for one in problems
    ]


def save(gate: Gate, app: str, name: str, value: Json, base: str) -> dict[str, Any]:
    """Save one part of the draft; raises `Conflict` when another administrator saved it since `base`.

    A part's hash is that of the part as its editor sees it, words and all: words may be kept in another part.
    """
    head = head_for_design(gate, app, lock=True)
    name = "app" if name == "app/app" else name
    if not wordy(name):
        raise invalid("part_unknown", part=name)
    parts = parts_of(gate, head.draft)
    theirs = in_words(gate, parts).get(name)
    held = digest(theirs) if theirs is not None else ""
    if base != held:
        problem = Problem("draft_conflict", (name,), {"part": _called(theirs, name)})
        raise Conflict(problem, theirs=theirs, hash=held)
    kept = dict(parts)
    if value is None:
        kept.pop(name, None)
    else:
        kept.update(taken_in(gate, kept, name, value))
    return _keep_draft(gate, head, kept, name)


def _called(part: Json, name: str) -> str:
    return str((part or {}).get("name") or name)


def _keep_draft(gate: Gate, head: AppHead, parts: Parts, name: str) -> dict[str, Any]:
    manifest = {part: digest(value) for part, value in parts.items()}
    fresh = {manifest[part]: value for part, value in parts.items() if head.draft.get(part) != manifest[part]}
    gate.world.definitions.keep(fresh)
    after = replace(head, draft=manifest, draft_revision=head.draft_revision + 1)
    gate.world.definitions.save(after)
    author = gate.world.directory.members().get(gate.actor.id)
    news = {"app": head.id, "part": name, "revision": after.draft_revision, "by_name": author.name if author else ""}
    gate.world.outbox.signal("draft", None, news)
    problems = told(gate, problems_of(gate, parts))
    shown = in_words(gate, parts).get(name)
    hash = digest(shown) if shown is not None else ""
    odd = told(gate, advice.of_parts(in_words(gate, parts), gate.world.directory))
    return {
        "revision": after.draft_revision, "hash": hash, "changed": changed_parts(after), "problems": problems,
        "advice": odd,
    }  # fmt: skip


def discard(gate: Gate, app: str) -> dict[str, Any]:
    """Make the draft equal to the live version."""
    head = head_for_design(gate, app, lock=True)
    gate.world.definitions.save(replace(head, draft=dict(head.live), draft_revision=head.draft_revision + 1))
    return draft(gate, app)


def preview(gate: Gate, app: str) -> dict[str, Any]:
    """What publishing the draft would change and touch."""
    head = head_for_design(gate, app)
    live, drafted = parts_of(gate, head.live), parts_of(gate, head.draft)
    changes = compare(in_words(gate, live), in_words(gate, drafted))
    problems = problems_of(gate, drafted)
    verdicts = [] if problems else cases.at_publish(gate, app, head.live, head.draft)
    return {
        "problems": told(gate, [*problems, *cases.problems(verdicts)]),
        "changes": spoken(gate, changes),
        "impacts": [
            *impacts.of(gate, head, live, drafted),
            *impacts_running.of(gate, head, live, drafted),
            *_warned(gate, verdicts),
            *_odd(gate, live, drafted),
        ],
    }


def _odd(gate: Gate, live: Parts, drafted: Parts) -> Iterable[dict[str, Any]]:
    """What is odd about the workflows without being wrong, and was not so before."""
    known = set(_oddities(gate, live))
    for one in advice.of_parts(in_words(gate, drafted), gate.world.directory):
        if (one.code, one.path) in known:
            continue
        yield {"code": one.code, "text": one.sentence(gate.language), "count": 1, "blocking": False}


def _oddities(gate: Gate, parts: Parts) -> Iterable[tuple[str, tuple[str | int, ...]]]:
    """What is odd about some parts, by code and place."""
    return ((one.code, one.path) for one in advice.of_parts(in_words(gate, parts), gate.world.directory))


def _warned(gate: Gate, verdicts: Iterable[cases.Verdict]) -> Iterable[dict[str, Any]]:
    """Cases that come out differently and do not stop a publish."""
    for one in verdicts:
        if one.problem is not None and not one.blocking:
            yield {"code": one.problem.code, "text": one.problem.sentence(gate.language), "count": 1, "blocking": False}


def spoken(gate: Gate, changes: Iterable[Difference]) -> list[dict[str, str]]:
    """Changes as sentences."""
    return [{"part": one.part, "kind": one.kind, "text": one.text(gate.language)} for one in list(changes)[:MOST_WORDS]]


def publish(gate: Gate, app: str, message: str, revision: int) -> dict[str, Any]:
    """Make the draft live; raises `Conflict` when it moved since the preview or has problems."""
    head = head_for_design(gate, app, lock=True)
    if head.draft_revision != revision:
        raise conflict("draft_moved")
    if not changed_parts(head):
        raise conflict("nothing_to_publish")
    live, drafted = parts_of(gate, head.live), parts_of(gate, head.draft)
    problems = problems_of(gate, drafted)
    problems = problems or tuple(cases.problems(cases.at_publish(gate, app, head.live, head.draft)))
    blocking = [one for one in impacts.of(gate, head, live, drafted) if one["blocking"]]
    if problems or blocking:
        first = Problem("draft_has_problems", (), {"count": len(problems) + len(blocking)})
        raise Conflict([first, *problems], impacts=blocking)
    return make_live(gate, head, head.draft, message)


def make_live(gate: Gate, head: AppHead, manifest: Mapping[str, str], message: str) -> dict[str, Any]:
    """Publish a manifest as the app's next version."""
    version = Version(head.id, head.number + 1, dict(manifest), gate.now, gate.actor.id, message)
    gate.world.definitions.publish(version)
    app = gate.world.definitions.blobs([manifest["app"]])[manifest["app"]]
    after = replace(head, number=version.number, live=dict(manifest), draft=dict(manifest),
                    draft_revision=head.draft_revision + 1, name=app["name"])  # fmt: skip
    gate.world.definitions.save(after)
    retyping.begin(gate, head, manifest)
    ripple.anew(gate, head.id, _computed_otherwise(gate, head.live, manifest))
    gate.world.outbox.signal("definitions", None, {"app": head.id, "number": version.number})
    return described(gate, version, head.live, after)


def _computed_otherwise(gate: Gate, before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[str]:
    """The forms that were there before and now compute a field otherwise, or one more."""
    touched = [name for name in after if name.startswith("forms/") and before.get(name) not in (None, after[name])]
    was, now = (parts_of(gate, {name: manifest[name] for name in touched}) for manifest in (before, after))
    for name in touched:
        old, new = (dict(_computations(Form.model_validate(parts[name]))) for parts in (was, now))
        if any(old.get(id) != told for id, told in new.items()):
            yield name.partition("/")[2]


def _computations(form: Form) -> Iterable[tuple[str, Json]]:
    """What each field and column of a form is computed from."""
    for entry in form.fields:
        for one in (entry, *entry.nested):
            if one.formula or one.gathers is not None:
                yield f"{entry.id}.{one.id}", one.formula or one.type.dump()


def described(gate: Gate, version: Version, before: Mapping[str, str], head: AppHead) -> dict[str, Any]:
    """A version with what it changed, in words."""
    changes: list[Difference] = []
    if before:
        touched = {name for name in {*before, *version.manifest} if before.get(name) != version.manifest.get(name)}
        old = parts_of(gate, _some(before, touched, gate.language))
        new = parts_of(gate, _some(version.manifest, touched, gate.language))
        changes = compare(in_words(gate, old), in_words(gate, new))
    author = gate.world.directory.members().get(version.author)
    return {
        "number": version.number, "at": version.at, "author": version.author,
        "author_name": author.name if author else version.author, "message": version.message,
        "live": version.number == head.number, "changes": spoken(gate, changes),
    }  # fmt: skip


def _some(manifest: Mapping[str, str], names: Iterable[str], language: str) -> dict[str, str]:
    wanted = {*names, f"locales/{language}"}
    return {name: hash for name, hash in manifest.items() if name in wanted}


def versions(gate: Gate, app: str) -> list[dict[str, Any]]:
    """The app's versions, newest first."""
    head = head_for_design(gate, app)
    found = gate.world.definitions.versions(app)[:MOST_VERSIONS]
    before = [*(version.manifest for version in found[1:]), {}]
    return [described(gate, version, old, head) for version, old in zip(found, before, strict=True)]


def restore(gate: Gate, app: str, number: int) -> dict[str, Any]:
    """Publish an older version again, as a new one."""
    head = head_for_design(gate, app, lock=True)
    old = next((version for version in gate.world.definitions.versions(app) if version.number == number), None)
    if old is None:
        raise missing("no_such_version")
    if old.manifest == head.live:
        raise conflict("nothing_to_publish")
    if changed_parts(head):
        raise conflict("draft_in_the_way")
    live, wanted = parts_of(gate, head.live), parts_of(gate, old.manifest)
    blocking = [one for one in impacts.of(gate, head, live, wanted) if one["blocking"]]
    if blocking:
        raise Conflict(Problem("draft_has_problems", (), {"count": len(blocking)}), impacts=blocking)
    return make_live(gate, head, old.manifest, sentence("restored_version", gate.language, {"number": number}))


def node_types() -> dict[str, Any]:
    """JSON Schema of each node type's settings."""
    return {name: kind.model_json_schema() for name, kind in load("runtime.nodes", NodeType).items()}


def field_type_table() -> dict[str, Any]:
    """JSON Schema and storage kind of each field type, and which types its fields can be changed to."""
    types = cast("Mapping[str, type[FieldType]]", field_types())
    return {
        name: {
            "kind": str(kind.kind),
            "settings": kind.model_json_schema(),
            "becomes": [other for other, new in types.items() if kind.valued and refusal(kind, new) is None],
        }
        for name, kind in types.items()
    }
