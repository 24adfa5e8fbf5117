"""Running workflows and their tasks kept in dicts 内存中的流程实例: the port `Instances`."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TypeVar

from builder.problem import invalid
from runtime.ports import ANYTHING, Box, Happening, Instance, Proxy, Sought, Span, Spent, Tally, Task

Started = TypeVar("Started", Instance, Task)


class MemoryInstances:
    """Instances, their events and tasks."""

    def __init__(self, title: Callable[[str, str], str] = lambda form, record: "") -> None:
        self.title = title
        self.instances: dict[str, Instance] = {}
        self.events: list[Happening] = []
        self.requests: dict[str, Task] = {}
        self.stand_ins: dict[str, Proxy] = {}

    def get(self, id: str, *, lock: bool = False) -> Instance | None:
        """An instance."""
        return self.instances.get(id)

    def of_record(self, form: str, record: str) -> list[Instance]:
        """The record's instances, newest first."""
        own = [found for found in self.instances.values() if (found.form, found.record) == (form, record)]
        return sorted(own, key=lambda found: (found.started_at, found.id), reverse=True)

    def of_records(self, form: str, records: Sequence[str]) -> list[Instance]:
        """The instances of several records."""
        return [found for found in self.instances.values() if found.form == form and found.record in records]

    def tasks_of(self, instances: Sequence[str], people: Collection[str]) -> list[Task]:
        """The tasks of several instances that these people had or acted on."""
        own = [task for task in self.requests.values() if task.instance in instances]
        return [task for task in own if task.assignee in people or task.actor in people]

    def save(self, instance: Instance) -> bool:
        """Insert (revision 1) or replace if the stored revision is one less."""
        stored = self.instances.get(instance.id)
        if (stored.revision if stored else 0) != instance.revision - 1:
            return False
        self.instances[instance.id] = instance
        return True

    def append(self, happenings: Sequence[Happening]) -> None:
        """Append events."""
        self.events.extend(happenings)

    def happenings(self, instance: str) -> list[Happening]:
        """All events in order."""
        return sorted((event for event in self.events if event.instance == instance), key=lambda event: event.seq)

    def of_workflows(
        self, workflow_hashes: Sequence[str], *, running: bool = False, limit: int = 100, after: str = ""
    ) -> tuple[list[Instance], str]:
        """The instances of these workflows, newest first, with the next cursor."""
        own = [one for one in self.instances.values() if one.workflow in workflow_hashes]
        found = [one for one in own if not running or one.ended_at is None]
        return _page(sorted(found, key=lambda one: (one.started_at, one.id), reverse=True), limit, after)

    def running(self, workflow_hashes: Sequence[str]) -> int:
        """How many instances of these workflows have not ended."""
        return sum(found.workflow in workflow_hashes and found.ended_at is None for found in self.instances.values())

    def spent(self, span: Span, *, by_person: bool = False) -> list[Spent]:
        """How long the answers at each node took."""
        meant = {one.id for one in self.instances.values() if one.workflow in span.workflows}
        own = [one for one in self.requests.values() if one.instance in meant and one.purpose != "copy"]
        mine = [one for one in own if span.people is None or one.assignee in span.people]
        places = sorted({(one.node, one.assignee if by_person else "") for one in mine})
        found = [
            summed(node, person, [one for one in mine if one.node == node and person in ("", one.assignee)], span)
            for node, person in places
        ]
        return [one for one in found if one.done or one.open]

    def overdue(self, span: Span) -> dict[str, int]:
        """At how many visits of each node a deadline passed."""
        meant = {one.id for one in self.instances.values() if one.workflow in span.workflows}
        late = {
            (one.instance, one.event["node"], one.event.get("visit"))
            for one in self.events
            if one.instance in meant and one.event["type"] == "timed_out" and span.since <= one.at < span.until
        }
        return dict(Counter(node for _, node, _ in late))

    def late(self, span: Span, now: datetime) -> dict[tuple[str, str], int]:
        """By node and person: how many tasks were due in the span and not done by then."""
        meant = {one.id for one in self.instances.values() if one.workflow in span.workflows}
        return dict(Counter(
            (one.node, one.assignee) for one in self.requests.values()
            if one.instance in meant and one.purpose != "copy" and (span.people is None or one.assignee in span.people)
            and one.due_at is not None and span.since <= one.due_at < span.until
            and (one.closed_at or now) >= one.due_at
        ))  # fmt: skip

    def ended(self, span: Span) -> dict[str, tuple[int, int]]:
        """How many instances ended with each status, and the seconds that they took in all."""
        found: dict[str, tuple[int, int]] = {}
        for one in self.instances.values():
            if one.workflow in span.workflows and one.ended_at and span.since <= one.ended_at < span.until:
                count, seconds = found.get(one.status, (0, 0))
                found[one.status] = count + 1, seconds + whole_seconds(one.started_at, one.ended_at)
        return found

    def task(self, id: str, *, lock: bool = False) -> Task | None:
        """A task."""
        return self.requests.get(id)

    def tasks(self, instance: str) -> list[Task]:
        """An instance's tasks, oldest first."""
        own = [task for task in self.requests.values() if task.instance == instance]
        return sorted(own, key=lambda task: (task.opened_at, task.id))

    def put(self, tasks: Sequence[Task]) -> None:
        """Insert or replace tasks."""
        self.requests.update({task.id: task for task in tasks})

    def many(self, ids: Sequence[str]) -> dict[str, Instance]:
        """Those of the instances that there are, by id."""
        return {id: self.instances[id] for id in ids if id in self.instances}

    def box(
        self,
        member: str,
        box: Box,
        *,
        app: str = "",
        limit: int = 50,
        after: str = "",
        also: Sequence[Proxy] = (),
        sought: Sought = ANYTHING,
    ) -> tuple[list[Task], str]:
        """A member's tasks, newest first, with the next cursor; open ones also of those for whom he stands in."""
        found = [task for task in self._in(member, box, app, also) if self._meets(task, sought)]
        return _page(sorted(found, key=lambda task: (task.opened_at, task.id), reverse=True), limit, after)

    def _in(self, member: str, box: Box, app: str, also: Sequence[Proxy]) -> list[Task]:
        stands = also if box == "todo" else ()
        own = [task for task in self.requests.values() if _his(task, member, stands) and _in_app(task.form, app)]
        return [task for task in own if _in_box(task, box)]

    def _meets(self, task: Task, sought: Sought) -> bool:
        late = sought.late is None or (task.due_at is not None and task.due_at < sought.late)
        instance = self.instances.get(task.instance)
        return late and sought.node in ("", task.node) and self._holds(instance, task.form, task.opened_at, sought)

    def _holds(self, instance: Instance | None, form: str, at: datetime, sought: Sought) -> bool:
        initiator, status = (instance.initiator, instance.status) if instance else ("", "")
        title = self.title(form, instance.record) if instance else ""
        return (
            (not sought.forms or form in sought.forms)
            and sought.initiator in ("", initiator)
            and sought.status in ("", status)
            and (sought.since is None or at >= sought.since)
            and (sought.until is None or at < sought.until)
            and (not sought.text or sought.text.lower() in title.lower() or initiator in sought.people)
        )

    def tally(self, member: str, box: Box, *, now: datetime, app: str = "", also: Sequence[Proxy] = ()) -> list[Tally]:
        """What there is in a box, counted by form, node and initiator; the most first."""
        counted: Counter[tuple[str, str, str, str]] = Counter()
        late: Counter[tuple[str, str, str, str]] = Counter()
        for task in self._in(member, box, app, also):
            instance = self.instances.get(task.instance)
            key = task.form, task.node, task.label, instance.initiator if instance else ""
            counted[key] += 1
            late[key] += task.state == "open" and task.due_at is not None and task.due_at < now
        return [Tally(*key, count, late[key]) for key, count in sorted(counted.items(), key=lambda one: (-one[1], one))]

    def initiated(
        self, member: str, *, app: str = "", limit: int = 50, after: str = "", sought: Sought = ANYTHING
    ) -> tuple[list[Instance], str]:
        """The instances a member started, newest first, with the next cursor."""
        own = [found for found in self.instances.values() if found.initiator == member and _in_app(found.form, app)]
        own = [found for found in own if self._holds(found, found.form, found.started_at, sought)]
        return _page(sorted(own, key=lambda found: (found.started_at, found.id), reverse=True), limit, after)

    def open_counts(self, member: str, app: str = "", also: Sequence[Proxy] = ()) -> dict[str, int]:
        """How many open tasks ("todo") and unseen copies ("copied") the member has."""
        all = [task for task in self.requests.values() if _in_app(task.form, app)]
        own = [task for task in all if task.assignee == member]
        return {
            "todo": sum(_in_box(task, "todo") and _his(task, member, also) for task in all),
            "copied": sum(_in_box(task, "copied") and task.seen_at is None for task in own),
        }

    def open_of(self, member: str, limit: int) -> list[Task]:
        """A member's open tasks, oldest first."""
        own = [task for task in self.requests.values() if task.assignee == member and _in_box(task, "todo")]
        return sorted(own, key=lambda task: (task.opened_at, task.id))[:limit]

    def proxies(self, *, principal: str = "", proxy: str = "") -> list[Proxy]:
        """The standing proxies of a principal, or those in which somebody stands in."""
        all = sorted(self.stand_ins.values(), key=lambda one: one.id)
        return [one for one in all if principal in ("", one.principal) and proxy in ("", one.proxy)]

    def keep_proxy(self, proxy: Proxy) -> None:
        """Insert or replace a standing proxy."""
        self.stand_ins[proxy.id] = proxy

    def drop_proxy(self, id: str) -> None:
        """Remove a standing proxy."""
        self.stand_ins.pop(id, None)

    def takes_part(self, member: str, form: str, record: str) -> bool:
        """Whether the member has or had a task on the record, or started its workflow."""
        return any(
            (task.form, task.record) == (form, record) and member in (task.assignee, task.actor)
            for task in self.requests.values()
        ) or any(found.initiator == member for found in self.of_record(form, record))


def _his(task: Task, member: str, also: Sequence[Proxy]) -> bool:
    """Whether the task is the member's, or of somebody for whom he stands in."""
    return task.assignee == member or any(
        task.assignee == one.principal and (not one.forms or task.form in one.forms) for one in also
    )


def whole_seconds(start: datetime, end: datetime) -> int:
    """The seconds between two moments, each cut to the second."""
    return int(end.replace(microsecond=0).timestamp() - start.replace(microsecond=0).timestamp())


def summed(node: str, person: str, tasks: Sequence[Task], span: Span) -> Spent:
    """One line of the time spent."""
    done = [
        (one, whole_seconds(one.opened_at, one.closed_at))
        for one in tasks
        if one.state == "done" and one.closed_at and span.since <= one.closed_at < span.until
    ]
    took = sorted(seconds for _, seconds in done)
    looked = [(one, seconds) for one, seconds in done if one.seen_at and one.closed_at and one.seen_at <= one.closed_at]
    waiting = sum(whole_seconds(one.opened_at, one.seen_at) for one, _ in looked if one.seen_at)
    waits = [one.opened_at for one in tasks if one.state == "open"]
    return Spent(
        node, person, len(took), sum(took),
        median=took[(len(took) + 1) // 2 - 1] if took else 0, ninety=took[(len(took) * 9 + 9) // 10 - 1] if took else 0,
        looked=len(looked), waiting=waiting, working=sum(seconds for _, seconds in looked) - waiting,
        returned=sum(one.outcome == "returned" for one, _ in done),
        rejected=sum(one.outcome == "rejected" for one, _ in done),
        open=len(waits), oldest=min(waits, default=None),
    )  # fmt: skip


def _in_app(form: str, app: str) -> bool:
    return not app or form.startswith(f"{app}.")


def _in_box(task: Task, box: Box) -> bool:
    if task.purpose == "copy":
        return box == "copied"
    return {"todo": "open", "handled": "done"}.get(box) == task.state


def _page(found: list[Started], limit: int, after: str) -> tuple[list[Started], str]:
    ids = [entry.id for entry in found]
    if after and after not in ids:
        raise invalid("bad_cursor", "after")
    start = ids.index(after) + 1 if after else 0
    page = found[start : start + limit]
    return page, page[-1].id if page and start + limit < len(found) else ""
