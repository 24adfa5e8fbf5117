"""What the machine needs from the world: protocols only, bound to one workspace 端口.

Every port is made for one workspace and one transaction; nothing in `runtime` can name another workspace.
Ids are opaque texts. Moments are aware datetimes in UTC.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from builder.expression.planned import Plan
from builder.expression.program import Program
from builder.expression.values import Context, Failure
from builder.filter import EVERYTHING, Filter
from runtime.ports_retyping import Retypings as Retypings
from runtime.ports_running import ANYTHING as ANYTHING
from runtime.ports_running import Box as Box
from runtime.ports_running import Happening as Happening
from runtime.ports_running import Instance as Instance
from runtime.ports_running import Instances as Instances
from runtime.ports_running import Proxy as Proxy
from runtime.ports_running import Sought as Sought
from runtime.ports_running import Span as Span
from runtime.ports_running import Spent as Spent
from runtime.ports_running import Tally as Tally
from runtime.ports_running import Task as Task
from runtime.ports_running import TaskState as TaskState

Json = Any
Values = Mapping[str, Json]


@dataclass(frozen=True)
class Record:
    """One filled form 数据. `form` is "app.form"; `status` is the workflow's coarse word, "" without one."""

    form: str
    id: str
    values: Values
    revision: int
    status: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    version: str = ""
    deleted_at: datetime | None = None
    sample: bool = False
    title: str = ""
    """The value of the title field as words; kept by the record engine for references, search and pickers."""

    def seen(self) -> dict[str, Json]:
        """Its values with the system fields among them, as filters see it."""
        return {
            **self.values,
            "id": self.id,
            "created_at": stamp(self.created_at),
            "created_by": self.created_by,
            "updated_at": stamp(self.updated_at),
            "updated_by": self.updated_by,
            "status": self.status,
        }


def stamp(moment: datetime) -> str:
    """A moment as records hold it: 2026-11-23T10:00:00Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Through:
    """A way through a reference: `reference` is the field of this form, `form` the other "app.form".

    Records of the other form that do not answer `where` (what the asker may see) count as blank.
    `columns` says how to read the other form's fields that `where` names.
    """

    reference: str
    form: str
    field: str
    where: Filter = EVERYTHING
    columns: "Mapping[str, Column]" = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Calculation:
    """A column that is not stored but reckoned 计算列: its plan for a database, its program for everybody else.

    The names in both are those of the query's columns, paths through references among them; `reads` are all the paths
    it reads, columns of subforms among them. Without a plan only a store that runs programs can reckon it.
    """

    plan: Plan | None
    program: Program
    names: tuple[str, ...]
    at: Context
    reads: tuple[str, ...] = ()

    def of(self, values: Mapping[str, Any]) -> "Json":
        """Its value over a record's values by name, as a record would hold it; a failure is blank."""
        found = self.program.json(values, self.at)
        return None if isinstance(found, Failure) else found


@dataclass(frozen=True)
class Column:
    """How the store reads a field: its kind, the scale of its decimals. Paths (`customer.level`) carry `through`.

    `row` names the column of the rows that a grouping unfolds.
    """

    kind: str
    scale: int = 8
    through: Through | None = None
    calculation: "Calculation | None" = None
    row: str = ""


@dataclass(frozen=True)
class Order:
    """Sort by a field; `ranks` gives option ids their own order; texts sort by their collation key."""

    field: str
    descending: bool = False
    ranks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """Which records of one form. `where` is resolved (no placeholders); `columns` names every field it uses.

    `orders` always end by id. `after` is the cursor that the page before gave. `search` is a quick search over
    the record's tokens; the store restricts it to tokens of `search_fields`.
    """

    form: str
    columns: Mapping[str, Column]
    where: Filter = EVERYTHING
    search: str = ""
    search_fields: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    after: str = ""
    limit: int = 50
    deleted: bool = False
    counted: bool = False
    """Whether all that answer shall be counted on the way, where the page has to look at every one of them anyway."""


@dataclass(frozen=True)
class Page:
    """Some records in order, the cursor of the next page ("" at the end), and how many there are if it turned out."""

    records: tuple[Record, ...]
    next: str = ""
    total: int | None = None


@dataclass(frozen=True)
class By:
    """A group: a column, and for times the unit to cut to, in the workspace's zone."""

    field: str
    unit: str = ""


@dataclass(frozen=True)
class Sum:
    """A measure: count, sum, average, min, max of a column, over the records that also answer `where`."""

    operation: str
    field: str = ""
    where: Filter = EVERYTHING


@dataclass(frozen=True)
class Grouping:
    """Groups and measures over the records of a form that answer `where`. At most `limit` groups come back.

    With `rows` over the rows that they hold in that field, each with what its record holds.
    """

    form: str
    columns: Mapping[str, Column]
    where: Filter = EVERYTHING
    by: tuple[By, ...] = ()
    measures: tuple[Sum, ...] = ()
    timezone: str = "Asia/Shanghai"
    limit: int = 1000
    rows: str = ""


Cell = tuple[tuple[Json, ...], tuple[Json, ...]]
"""One group: its keys, and its measures as decimal texts (None where nothing was there)."""


@dataclass(frozen=True)
class Change:
    """One line of a record's history 操作日志: what was, what is, by whom. `batch` ties the changes of one import."""

    record: str
    form: str
    at: datetime
    actor: str
    operation: Literal["create", "update", "delete", "restore", "purge"]
    before: Values
    after: Values
    batch: str = ""
    note: str = ""
    seq: int = 0


@dataclass(frozen=True)
class Link:
    """One reference: `field` of the record `source` names `target`. `field` may be a column path `lines.product`."""

    form: str
    source: str
    field: str
    target_form: str
    target: str


Lock = bool | Literal["values"]
MANY = 1_000_000


@dataclass(frozen=True)
class Rewrite:
    """A record that replaces what is stored of it, and what is its own: as `Records.replace` takes them."""

    record: Record
    links: Sequence[Link] | None
    tokens: Values | None
    uniques: Mapping[str, str] | None
    changes: Sequence[Change] = ()


class Records(Protocol):
    """Records, their links and their history. Writes keep links, search tokens and sort keys in step."""

    @property
    def programs(self) -> bool:
        """Whether it evaluates every expression itself; else calculated columns need a plan."""
        ...

    def get(self, form: str, id: str, *, lock: Lock = False) -> Record | None:
        """The record, also a deleted one; `lock` holds it until the end of the transaction.

        With "values" only its values are held: who names it in a reference need not wait, and is not waited for.
        """
        ...

    def many(self, form: str, ids: Iterable[str], *, keep: Lock = False) -> dict[str, Record]:
        """Those of the records that there are, deleted ones left out; with `keep` none is deleted meanwhile.

        With "values" nobody else changes them meanwhile either; they are held in the order of their ids."""
        ...

    def insert(
        self,
        records: Sequence[Record],
        links: Sequence[Link],
        tokens: Mapping[str, Mapping[str, str]],
        uniques: Mapping[str, Mapping[str, str]] | None = None,
        changes: Sequence["Change"] = (),
    ) -> None:
        """Keep new records. `tokens` maps record id → field id → the text to search it by; `changes` are logged.

        `uniques` maps record id → field id → the value no other live record may hold; raises
        `Conflict` with `value_taken` at the field when one does.
        """
        ...

    def replace(
        self,
        record: Record,
        links: Sequence[Link] | None,
        tokens: Mapping[str, str] | None,
        uniques: Mapping[str, str] | None = None,
        changes: Sequence["Change"] = (),
    ) -> bool:
        """Keep the record if the stored revision is one less than `record.revision`; None leaves links or tokens alone.

        Then `changes` are logged with it.

        `uniques` are all the values of the record that no other may hold, None leaves them alone; a deleted
        record holds none, so restoring it must name them again. Raises `Conflict` with `value_taken`.
        """
        ...

    def replace_all(self, rewrites: Sequence[Rewrite]) -> bool:
        """Keep all of them, as `replace` does; False when one of them was changed by somebody else.

        The transaction is then to be undone."""
        ...

    def purge(self, form: str, ids: Sequence[str]) -> None:
        """Remove the records with their links, tokens and history for good."""
        ...

    def find(self, query: Query) -> Page:
        """A page of records in order."""
        ...

    def count(self, query: Query, bound: int) -> int:
        """How many there are, counted no further than `bound`."""
        ...

    def group(self, grouping: Grouping) -> list[Cell]:
        """Groups with their measures, in the order of their keys."""
        ...

    def held(self, form: str, field: str, values: Sequence[Json], kind: str) -> dict[str, str]:
        """Which of `values` a live record already holds in `field`: value text → record id. For unique fields."""
        ...

    def claims(self, form: str, field: str, values: Sequence[str], kind: str) -> bool:
        """Whether `insert` itself will find out who holds these values, so that `held` need not be asked before."""
        ...

    def titled(self, form: str, titles: Sequence[str]) -> dict[str, list[str]]:
        """Live records by exact title: title → ids."""
        ...

    def pointing(
        self, target_form: str, target: str, limit: int = 100, by: tuple[str, str] | None = None
    ) -> list[Link]:
        """References to a record, from live records; `by`: those of one form ("app.form") in one field alone."""
        ...

    def naming(self, target_form: str, targets: Iterable[str], by: tuple[str, str], limit: int = MANY) -> list[str]:
        """The live records that name one of `targets` in `by`, one form ("app.form") and field; at most `limit`."""
        ...

    def announce(self, what: str, values: Iterable[str], *, changes: bool = False, waits: bool = False) -> bool:
        """Say until the end of the transaction that a value to be kept follows from these, or that these change.

        `what` is a form ("app.form") and the values its records, or a field of it ("app.form/field") and what stands
        there. False when another transaction is just doing the opposite; whether it or we end first is open then.
        With `waits` it is waited for."""
        ...

    @property
    def unsure(self) -> bool:
        """Whether something that follows from others was announced while it was being changed."""
        ...

    def log(self, changes: Sequence[Change]) -> None:
        """Append to the history."""
        ...

    def history(self, form: str, record: str, limit: int = 200, before: int | None = None) -> list[Change]:
        """A record's history, newest first."""
        ...

    def batch(self, batch: str, limit: int = 1000, after: int = 0) -> list[Change]:
        """The changes of one batch, in order, after `after`."""
        ...

    def draw(self, form: str, field: str, scope: str, count: int = 1, *, apart: bool = False) -> int:
        """Draw `count` numbers from a counter; answers the first. The first ever is 1.

        Within this transaction, which then holds the counter; or `apart` from it: nobody waits, and what it drew is
        lost when it comes to nothing. Drawing none holds the counter in both cases."""
        ...

    def attempt(self) -> AbstractContextManager[None]:
        """Everything written within, to whatever port, is as if it had never been when it raises."""
        ...


@dataclass(frozen=True)
class AppHead:
    """An app of the workspace: which version is live, which draft is being edited, where it came from.

    `live` and `draft` are manifests: part name → hash of its JSON. `template` is "crm" when cloned from one,
    `base` the manifest it was cloned with. `draft_revision` counts saves of the draft.
    """

    id: str
    name: str
    icon: str
    color: str
    number: int
    live: Mapping[str, str]
    draft: Mapping[str, str]
    draft_revision: int
    template: str = ""
    base: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Version:
    """A published app 版本; immutable, numbered."""

    app: str
    number: int
    manifest: Mapping[str, str]
    at: datetime
    author: str
    message: str


class Definitions(Protocol):
    """Content-addressed definitions. Blobs of built-in templates are shared; a workspace's own stay with it."""

    def blobs(self, hashes: Iterable[str]) -> dict[str, Json]:
        """The JSON of each hash; raises KeyError naming one that is not there."""
        ...

    def keep(self, blobs: Mapping[str, Json]) -> None:
        """Keep blobs by hash; keeping one twice is nothing."""
        ...

    def apps(self) -> list[AppHead]:
        """The workspace's apps."""
        ...

    def app(self, id: str, *, lock: bool = False) -> AppHead | None:
        """One app."""
        ...

    def save(self, head: AppHead) -> None:
        """Insert or replace an app's head."""
        ...

    def drop(self, id: str) -> None:
        """Remove an app's head (its versions stay)."""
        ...

    def publish(self, version: Version) -> None:
        """Keep a version."""
        ...

    def versions(self, app: str) -> list[Version]:
        """An app's versions, newest first."""
        ...


@dataclass(frozen=True)
class Member:
    """A person in the workspace 成员."""

    id: str
    name: str
    departments: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    admin: bool = False
    enabled: bool = True
    email: str = ""
    title: str = ""


@dataclass(frozen=True)
class Department:
    """A node in the tree of members 部门; `heads` are member ids."""

    id: str
    name: str
    parent: str = ""
    heads: tuple[str, ...] = ()


class Directory(Protocol):
    """Who is who in the workspace."""

    def members(self) -> Mapping[str, Member]:
        """Everybody, also the disabled."""
        ...

    def departments(self) -> Mapping[str, Department]:
        """The tree of departments."""
        ...

    def role_names(self) -> Mapping[str, str]:
        """The workspace's roles by id."""
        ...

    def timezone(self) -> str:
        """The workspace's IANA time zone."""
        ...


@dataclass(frozen=True)
class Job:
    """Something that must happen after the commit, at least once. `key` makes it unique while it waits."""

    topic: str
    payload: Json
    due: datetime | None = None
    key: str = ""


class Outbox(Protocol):
    """What must happen after the commit; and the signals that wake open screens."""

    def send(self, job: Job) -> str:
        """Keep a job with this transaction; answers its id."""
        ...

    def signal(self, topic: str, members: Sequence[str] | None, payload: Json) -> None:
        """Tell open screens (of `members`, or of everybody when None) that something changed."""
        ...


@dataclass(frozen=True)
class StoredFile:
    """A file's head 附件. `record` is "" until a record holds it."""

    id: str
    name: str
    size: int
    type: str
    digest: str
    by: str
    form: str = ""
    record: str = ""


class Files(Protocol):
    """Heads of stored files; the bytes are the edge's affair."""

    def heads(self, ids: Iterable[str]) -> dict[str, StoredFile]:
        """Those of the files that there are."""
        ...

    def hold(self, ids: Sequence[str], form: str, record: str) -> None:
        """Say which record holds the files."""
        ...

    def add(self, stored: StoredFile, at: datetime) -> None:
        """Keep the head of a file whose bytes are there."""
        ...


class Clock(Protocol):
    """The hour."""

    def now(self) -> datetime:
        """This moment in UTC."""
        ...


class Ids(Protocol):
    """New ids, ordered by time."""

    def new(self) -> str:
        """A fresh opaque id of at most 32 characters of [0-9a-z]."""
        ...


@dataclass(frozen=True)
class Timer:
    """A moment that a visit of a node waits for 定时; `key` tells the timers of a node apart."""

    instance: str
    node: str
    key: str
    visit: int
    due_at: datetime


class Timers(Protocol):
    """What is waited for. A timer that has come is taken away in the transaction in which it happens."""

    def start(self, timers: Sequence[Timer]) -> None:
        """Keep timers; one of the same node and key is replaced."""
        ...

    def stop(self, instance: str, node: str = "", key: str = "") -> None:
        """Forget an instance's timers, or those of a node, or one of them."""
        ...

    def of(self, instance: str) -> list[Timer]:
        """An instance's timers, the next one first."""
        ...

    def waiting(self, limit: int, after: str = "") -> list[str]:
        """Instances that wait for a moment, in order of their ids, from behind `after` on."""
        ...

    def hold(self, instance: str, held: bool) -> None:
        """Let none of them come while the instance is suspended, or let them come again."""
        ...


@dataclass(frozen=True)
class Notice:
    """What a member is told 消息: something happened (`kind`) at a node of a workflow, or in words of its own (`text`).

    `mail` and `robot` are "", "wanted" or "sent"; `shown` says whether it stands in the message centre.
    """

    id: str
    member: str
    kind: str
    at: datetime
    form: str
    record: str
    instance: str = ""
    node: str = ""
    label: str = ""
    task: str = ""
    actor: str = ""
    text: str = ""
    shown: bool = True
    mail: str = ""
    robot: str = ""
    read_at: datetime | None = None


class Notices(Protocol):
    """What members were told."""

    def put(self, notices: Sequence[Notice]) -> None:
        """Insert or replace notices."""
        ...

    def page(self, member: str, *, unread: bool = False, limit: int = 30, after: str = "") -> tuple[list[Notice], str]:
        """A member's shown notices, newest first, with the next cursor."""
        ...

    def unread(self, member: str) -> int:
        """How many shown notices the member has not read, counted to a hundred."""
        ...

    def read(self, member: str, ids: Sequence[str] | None, at: datetime) -> None:
        """Mark notices of the member (all of them when None) as read."""
        ...

    def wanted(self, channel: str, member: str = "", limit: int = 100) -> list[Notice]:
        """Notices still to be sent by "mail" (of a member) or by "robot", oldest first."""
        ...


class Preferences(Protocol):
    """What a workspace (member "") or a member has set, by name 偏好设置."""

    def get(self, name: str, member: str = "") -> Json:
        """What was set; None when nothing was."""
        ...

    def put(self, name: str, value: Json, member: str = "") -> None:
        """Set it."""
        ...


@dataclass(frozen=True)
class World:
    """Everything the machine may touch, for one workspace and one transaction."""

    records: Records
    definitions: Definitions
    instances: Instances
    directory: Directory
    outbox: Outbox
    files: Files
    clock: Clock
    ids: Ids
    timers: Timers
    notices: Notices
    preferences: Preferences
    retypings: Retypings
