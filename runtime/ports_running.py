"""What the machine needs from the world for running workflows 流程端口: instances, events, tasks, proxies."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Json = Any


@dataclass(frozen=True)
class Instance:
    """One performance of one workflow for one record 流程实例. `workflow` is the hash of the workflow's blob."""

    id: str
    form: str
    record: str
    workflow: str
    state: Json
    status: str
    initiator: str
    started_at: datetime
    revision: int
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Happening:
    """One event of an instance, kept for ever; an instance is the fold of these."""

    instance: str
    seq: int
    at: datetime
    actor: str
    event: Json


TaskState = Literal["open", "done", "closed"]


@dataclass(frozen=True)
class Task:
    """A request to one person at one node 待办. `purpose` is "fill", "approve" or "copy" (a copy asks nothing).

    `outcome` of a done task is the exit's word (approved, rejected, returned, submitted, transferred, read);
    of a closed one why it was closed (skipped, cancelled, withdrawn, ended).
    """

    id: str
    instance: str
    form: str
    record: str
    node: str
    label: str
    purpose: str
    assignee: str
    state: TaskState
    opened_at: datetime
    outcome: str = ""
    comment: str = ""
    closed_at: datetime | None = None
    seen_at: datetime | None = None
    actor: str = ""
    """Who acted, when it was not the assignee."""
    due_at: datetime | None = None
    """When the first deadline of its node comes, or came."""


@dataclass(frozen=True)
class Spent:
    """How long the answers at a node took 用时, of everybody or of one person; seconds.

    `looked` of the `done` tasks were opened before they were answered; `waiting` is the time until then.
    """

    node: str
    person: str
    done: int
    total: int
    median: int
    ninety: int
    """Nine of ten took no longer."""
    looked: int
    waiting: int
    working: int
    returned: int
    rejected: int
    open: int = 0
    oldest: datetime | None = None
    """Since when the oldest open task waits."""


@dataclass(frozen=True)
class Span:
    """Which work is meant: of these workflows, finished from `since` until before `until`, by these people (or all)."""

    workflows: Sequence[str]
    since: datetime
    until: datetime
    people: Sequence[str] | None = None


Box = Literal["todo", "handled", "copied"]


@dataclass(frozen=True)
class Sought:
    """What is looked for in a box 筛选; what is blank asks nothing. `until` and `late` are excluded."""

    forms: tuple[str, ...] = ()
    """As "app.form"."""
    node: str = ""
    initiator: str = ""
    status: str = ""
    """Of the instance."""
    since: datetime | None = None
    until: datetime | None = None
    late: datetime | None = None
    """Due before this moment."""
    text: str = ""
    """Stands in the record's title, without regard to case; or one of `people` is the initiator."""
    people: tuple[str, ...] = ()


ANYTHING = Sought()


@dataclass(frozen=True)
class Tally:
    """How many tasks of a box are at a node of a form, and who started them."""

    form: str
    node: str
    label: str
    initiator: str
    count: int
    late: int


@dataclass(frozen=True)
class Proxy:
    """A standing proxy 代理: from `first` to `last` (days, both included, "" for open) `proxy` may act for `principal`
    on the forms ("app.form"; none named: on all)."""

    id: str
    principal: str
    proxy: str
    first: str = ""
    last: str = ""
    forms: tuple[str, ...] = ()

    def covers(self, form: str, today: str) -> bool:
        """Whether it holds on this day for a form."""
        return (not self.forms or form in self.forms) and self.holds(today)

    def holds(self, today: str) -> bool:
        """Whether it holds on this day."""
        return (not self.first or self.first <= today) and (not self.last or today <= self.last)


class Instances(Protocol):
    """Running workflows and their tasks."""

    def get(self, id: str, *, lock: bool = False) -> Instance | None:
        """An instance; `lock` holds it until the end of the transaction."""
        ...

    def of_record(self, form: str, record: str) -> list[Instance]:
        """The record's instances, newest first."""
        ...

    def of_records(self, form: str, records: Sequence[str]) -> list[Instance]:
        """The instances of several records."""
        ...

    def tasks_of(self, instances: Sequence[str], people: Collection[str]) -> list[Task]:
        """The tasks of several instances that these people had or acted on."""
        ...

    def save(self, instance: Instance) -> bool:
        """Insert (revision 1) or replace if the stored revision is one less; False when it is not."""
        ...

    def append(self, happenings: Sequence[Happening]) -> None:
        """Append events."""
        ...

    def happenings(self, instance: str) -> list[Happening]:
        """All events in order."""
        ...

    def of_workflows(
        self, workflow_hashes: Sequence[str], *, running: bool = False, limit: int = 100, after: str = ""
    ) -> tuple[list[Instance], str]:
        """The instances of these workflows (of the running ones only), newest first, with the next cursor."""
        ...

    def running(self, workflow_hashes: Sequence[str]) -> int:
        """How many instances of these workflows have not ended."""
        ...

    def spent(self, span: Span, *, by_person: bool = False) -> list[Spent]:
        """How long the answers at each node took, or those of each person at each node."""
        ...

    def overdue(self, span: Span) -> dict[str, int]:
        """At how many visits of each node a deadline passed."""
        ...

    def late(self, span: Span, now: datetime) -> dict[tuple[str, str], int]:
        """By node and person: how many tasks were due in the span and not done by then."""
        ...

    def ended(self, span: Span) -> dict[str, tuple[int, int]]:
        """How many instances ended with each status in the span, and the seconds that they took in all."""
        ...

    def task(self, id: str, *, lock: bool = False) -> Task | None:
        """A task."""
        ...

    def tasks(self, instance: str) -> list[Task]:
        """An instance's tasks, oldest first."""
        ...

    def put(self, tasks: Sequence[Task]) -> None:
        """Insert or replace tasks."""
        ...

    def many(self, ids: Sequence[str]) -> dict[str, Instance]:
        """Those of the instances that there are, by id."""
        ...

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
        """A member's tasks, newest first, with the next cursor: open ones, done ones, or copies.

        Among the open ones are also those of the principals for whom he stands in, on the forms that `also` says.
        """
        ...

    def tally(self, member: str, box: Box, *, now: datetime, app: str = "", also: Sequence[Proxy] = ()) -> list[Tally]:
        """What there is in a box, counted by form, node and initiator; the most first."""
        ...

    def open_of(self, member: str, limit: int) -> list[Task]:
        """A member's open tasks, oldest first."""
        ...

    def proxies(self, *, principal: str = "", proxy: str = "") -> list[Proxy]:
        """The standing proxies of a principal, or those in which somebody stands in; all of them without either."""
        ...

    def keep_proxy(self, proxy: Proxy) -> None:
        """Insert or replace a standing proxy."""
        ...

    def drop_proxy(self, id: str) -> None:
        """Remove a standing proxy."""
        ...

    def initiated(
        self, member: str, *, app: str = "", limit: int = 50, after: str = "", sought: Sought = ANYTHING
    ) -> tuple[list[Instance], str]:
        """The instances a member started, newest first, with the next cursor."""
        ...

    def open_counts(self, member: str, app: str = "", also: Sequence[Proxy] = ()) -> dict[str, int]:
        """How many open tasks ("todo") and unseen copies ("copied") the member has."""
        ...

    def takes_part(self, member: str, form: str, record: str) -> bool:
        """Whether the member has or had a task on the record, or started its workflow."""
        ...
