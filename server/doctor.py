"""Is everything as it must be? 体检: every instance the fold of its events, nothing waiting for nothing, no orphan."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from builder.definition import Workflow
from builder.problem import Refusal, sentence
from runtime import portions
from runtime.errands.calling import TOPIC
from runtime.formats import same
from runtime.perform import BACK_TO_DRAFT
from runtime.replay import refold
from server import filing
from server.settings import Settings
from server.store import examining
from server.store.caches import Caches
from server.store.definitions import SqlDefinitions
from server.store.examining import Examined
from server.transaction import snapshot
from server.wiring import Wired

Json = Any
WARNINGS = frozenset({"dead_job"})
"""What an operator should know, though nothing is broken."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be."""

    rule: str
    workspace: str
    what: str

    @property
    def serious(self) -> bool:
        """Whether something is broken."""
        return self.rule not in WARNINGS

    def line(self) -> str:
        """The finding in both languages."""
        words = " / ".join(sentence(f"doctor_{self.rule}", language, {}) for language in ("zh-CN", "en"))
        return f"{self.workspace} {self.rule}: {self.what} — {words}"

    def as_json(self) -> dict[str, Json]:
        """The finding for a machine."""
        return {**asdict(self), "serious": self.serious, "sentence": sentence(f"doctor_{self.rule}", "en", {})}


def examine(wired: Wired, wanted: str = "") -> list[Finding]:
    """Everything that is not as it must be, as of one moment, in one workspace or in all."""
    found = []
    with snapshot(wired.engine) as connection:
        for id in examining.workspaces(connection, wanted):
            found += [Finding(rule, id, what) for rule, what in _workspace(wired.settings, connection, id)]
    return found


def stale(found: tuple[str, tuple[str, str, str, tuple[str, ...]]]) -> Finding:
    """What `values_checked` found, as a finding."""
    workspace, (app, form, record, fields) = found
    return Finding("value_stale", workspace, f"{app}.{form} {record}: {', '.join(fields)}")


def _workspace(settings: Settings, connection: Any, id: str) -> Iterator[tuple[str, str]]:
    people = examining.people(connection, id)
    calls = examining.waiting_calls(connection, id, (TOPIC, portions.TOPIC))
    drawings = Drawings(SqlDefinitions(connection, id, Caches(), None))
    running: dict[str, bool] = {}
    links: dict[str, dict[str, Json]] = {}
    for one in examining.instances(connection, id):
        running[one.instance.id] = one.instance.ended_at is None
        if one.instance.state.get("parent"):
            links[one.instance.id] = one.instance.state["parent"]
        for rule in _instance(one, drawings, people, calls):
            yield rule, f"{one.instance.id} ({one.instance.form} {one.instance.record})"
    for child, link in links.items():
        if link["instance"] not in running:
            yield "parent_gone", f"{child} → {link['instance']}"
        elif running[child] and not running[link["instance"]] and (link.get("wait") or link.get("together")):
            yield "child_left", f"{child} → {link['instance']}"
    yield from _children(connection, id, running)
    yield from examining.orphans(connection, id)
    for file, digest in examining.files(connection, id):
        if not filing.path_of(settings.files, id, digest).exists():
            yield "file_missing", f"{file} ({digest[:12]}…)"
    for topic, job, error in examining.dead_jobs(connection, id):
        yield "dead_job", f"{topic} {job}: {error[:200]}"


class Drawings:
    """The workflows that instances are pinned to, each read once."""

    def __init__(self, definitions: SqlDefinitions) -> None:
        self.definitions, self.known = definitions, dict[str, Workflow]()

    def of(self, hash: str) -> Workflow | None:
        """The workflow, or None when it is not there or cannot be read."""
        if hash not in self.known:
            try:
                self.known[hash] = Workflow.model_validate(self.definitions.blobs([hash])[hash])
            except (KeyError, ValueError):
                return None
        return self.known[hash]

    def need(self, hash: str) -> Workflow:
        """The workflow; raises `LookupError`."""
        found = self.of(hash)
        if found is None:
            raise LookupError(hash)
        return found


def _instance(one: Examined, drawings: Drawings, people: dict[str, bool], calls: set[tuple[str, int]]) -> Iterator[str]:
    """The rules that an instance breaks."""
    state, workflow = one.instance.state, drawings.of(one.instance.workflow)
    if workflow is None:
        yield "drawing_gone"
    elif not _is_fold(one, drawings):
        yield "state_differs"
    if one.status is None:
        yield "record_gone"
    opened = {(task.node, task.assignee) for task in one.tasks if task.state == "open" and task.purpose != "copy"}
    asked = {(node, person) for node, persons in state.get("open", {}).items() for person in persons}
    waited = {(node, key) for node, keys in state.get("due", {}).items() for key in keys}
    timers = {(timer.node, timer.key) for timer in one.timers}
    if one.instance.ended_at is not None:
        if opened:
            yield "ended_has_task"
        if timers:
            yield "ended_has_timer"
        return
    if opened != asked:
        yield "tasks_differ"
    if timers != waited:
        yield "timers_differ"
    if any(not people.get(task.assignee) for task in one.tasks if task.state == "open" and task.purpose != "copy"):
        yield "task_without_person"
    if one.status is not None and one.status != BACK_TO_DRAFT.get(state.get("status", ""), state.get("status", "")):
        yield "status_differs"
    if not opened and not timers and not _waits(one, calls):
        yield "waits_for_nothing"


def _is_fold(one: Examined, drawings: Drawings) -> bool:
    """Whether it is the fold of its events, over every version that it was on."""
    try:
        events = [happened.event for happened in one.happened]
        return same(one.instance.state, refold(drawings.need, one.instance.workflow, events))
    except (Refusal, LookupError, TypeError, ValueError):
        return False


def _waits(one: Examined, calls: set[tuple[str, int]]) -> bool:
    """Whether something is awaited that is neither a task nor a timer, or has come while it is suspended."""
    return bool(one.instance.state.get("heard")) or any(
        "failed" in memo or memo.get("waits") == "children" or (one.instance.id, memo["visit"]) in calls
        for memo in one.instance.state.get("active", {}).values()
    )


def _children(connection: Any, id: str, running: dict[str, bool]) -> Iterator[tuple[str, str]]:
    """A parent that waits has a child that runs."""
    for one in examining.instances(connection, id):
        waits = one.instance.ended_at is None and not one.instance.state.get("heard")
        for node, memo in one.instance.state.get("active", {}).items() if waits else ():
            children = memo.get("children", ())
            if memo.get("waits") == "children" and "failed" not in memo and not any(running.get(c) for c in children):
                yield "children_over", f"{one.instance.id} {node}"
