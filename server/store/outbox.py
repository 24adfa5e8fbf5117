"""What must happen after the commit, in SQL 发件箱: jobs to be claimed by workers, and signals for open screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, or_, select, tuple_, update

from runtime.ports import Clock, Ids, Job, Json
from server.store.direct import Direct, named
from server.store.tables import job, signal
from server.store.upsert import FEW, insert_one

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=6)
MOST_ATTEMPTS = 10
OVERLAP = timedelta(seconds=15)
"""How far back a reader of signals looks, for those whose transaction took longer to commit than a later one's."""

WAITING = Direct(
    select(job.c.id).where(job.c.workspace == bindparam("w"), job.c.topic == bindparam("topic"))
    .where(job.c.key == bindparam("key"))
)  # fmt: skip
SIGNAL = Direct(insert(signal).values(named(signal)), writes=True)


def waiting(connection: Connection) -> list[dict[str, Any]]:
    """The signals of this transaction that are still to be written: with its next record, or before it commits."""
    options = connection.get_execution_options()
    if not options.get("writing"):
        raise RuntimeError("a transaction that only reads was asked to write: a signal")
    found: list[dict[str, Any]] = options["signals"]
    return found


def told(connection: Connection) -> list[str]:
    """The topics of the jobs that this transaction has sent and that may be done at once."""
    found: list[str] = connection.get_execution_options().get("sent", [])
    return found


def flush(connection: Connection) -> None:
    """Write what waits."""
    rows = waiting(connection)
    if len(rows) > FEW:
        connection.execute(SIGNAL.statement, rows[:])
    for row in rows if len(rows) <= FEW else ():
        SIGNAL.rows(connection, row)
    rows.clear()


class SqlOutbox:
    """The port `Outbox`."""

    def __init__(self, connection: Connection, workspace: str, clock: Clock, ids: Ids) -> None:
        self.connection, self.workspace, self.clock, self.ids = connection, workspace, clock, ids

    def send(self, sent: Job) -> str:
        """Keep a job with this transaction; a key that already waits is the same job."""
        now = self.clock.now()
        row = {"workspace": self.workspace, "id": self.ids.new(), "topic": sent.topic, "payload": sent.payload}
        row |= {"due_at": sent.due or now, "key": sent.key or None, "created_at": now}
        if sent.due is None:
            told(self.connection).append(sent.topic)
        if insert_one(self.connection, job, row):
            return str(row["id"])
        same = WAITING.first(self.connection, {"w": self.workspace, "topic": sent.topic, "key": sent.key})
        return str(same[0]) if same else ""

    def signal(self, topic: str, members: Sequence[str] | None, payload: Json) -> None:
        """Tell open screens that something changed."""
        row = {"workspace": self.workspace, "id": self.ids.new(), "topic": topic, "payload": payload}
        listed = None if members is None else list(members)
        waiting(self.connection).append({**row, "members": listed, "at": self.clock.now()})


@dataclass(frozen=True)
class Claimed:
    """A job in a worker's hands until `leased_until`; `lease` names the worker."""

    workspace: str
    id: str
    topic: str
    payload: Json
    attempts: int
    lease: str
    leased_until: datetime


def claim(
    connection: Connection, lease: str, now: datetime, span: timedelta, limit: int = 20, topics: Sequence[str] = ()
) -> list[Claimed]:
    """Take up to `limit` due jobs; also those whose worker has let its lease run out."""
    due = or_(
        and_(job.c.state == "waiting", job.c.due_at <= now), and_(job.c.state == "running", job.c.leased_until < now)
    )
    mine = due & job.c.topic.in_(list(topics)) if topics else due
    first = select(job.c.workspace, job.c.id).where(mine).order_by(job.c.due_at, job.c.id).limit(limit)
    taken = {
        "state": "running",
        "lease": lease,
        "leased_until": now + span,
        "attempts": job.c.attempts + 1,
        "key": None,
    }
    statement = (
        update(job)
        .where(tuple_(job.c.workspace, job.c.id).in_(first.with_for_update(skip_locked=True)))
        .values(taken)
        .returning(job)
    )
    rows = connection.execute(statement).all()
    return [_claimed(row) for row in sorted(rows, key=lambda row: (row.due_at, row.id))]


def due(connection: Connection, now: datetime, topics: Sequence[str]) -> bool:
    """Whether there is anything to claim."""
    return _due(tuple(topics)).first(connection, {"now": now}) is not None


@cache
def _due(topics: tuple[str, ...]) -> Direct:
    now = bindparam("now", type_=job.c.due_at.type)
    waiting = and_(job.c.state == "waiting", job.c.due_at <= now)
    abandoned = and_(job.c.state == "running", job.c.leased_until < now)
    listed = or_(*(job.c.topic == topic for topic in topics))
    return Direct(select(job.c.id).where(listed, or_(waiting, abandoned)).limit(1))


def waiting_for(connection: Connection, workspace: str, topic: str, most: int = 5_000) -> list[Json]:
    """The payloads of a workspace's jobs of one topic that are not done."""
    open_jobs = (job.c.workspace == workspace) & (job.c.topic == topic) & job.c.state.in_(["waiting", "running"])
    return list(connection.execute(select(job.c.payload).where(open_jobs).limit(most)).scalars())


@dataclass(frozen=True)
class Wave:
    """Jobs that were sent together: how many things are left in them, and of how many."""

    left: int
    total: int


def waves(connection: Connection, workspace: str, topic: str, app: str, form: str) -> list[Wave]:
    """What is open of one topic for a form; a job that counts nothing is one thing. The jobs are not read."""
    said = job.c.payload
    open_jobs = (job.c.workspace == workspace) & (job.c.topic == topic) & job.c.state.in_(["waiting", "running"])
    mine = (said["app"].as_string() == app) & (said["form"].as_string() == form)
    each = (
        select(
            func.coalesce(said["wave"].as_string(), job.c.id).label("wave"),
            func.coalesce(said["count"].as_integer(), 1).label("left"),
            func.coalesce(said["total"].as_integer(), 1).label("total"),
        )
        .where(open_jobs, mine)
        .subquery()
    )
    rows = select(func.sum(each.c.left), func.max(each.c.total)).group_by(each.c.wave)
    return [Wave(int(left), int(total)) for left, total in connection.execute(rows)]


def _claimed(row: Row[Any]) -> Claimed:
    return Claimed(**{name: row._mapping[name] for name in Claimed.__dataclass_fields__})


def _held(claimed: Claimed) -> Any:
    one = (job.c.workspace == claimed.workspace) & (job.c.id == claimed.id)
    return one & (job.c.state == "running") & (job.c.lease == claimed.lease)


def renew(connection: Connection, claimed: Claimed, until: datetime) -> bool:
    """Keep a job longer; False when it is no longer ours."""
    return connection.execute(update(job).where(_held(claimed)).values(leased_until=until)).rowcount == 1


def complete(connection: Connection, claimed: Claimed, now: datetime) -> bool:
    """The job is done; False when it is no longer ours, so that what was done in this transaction is undone."""
    done = {"state": "done", "ended_at": now, "error": ""}
    return connection.execute(update(job).where(_held(claimed)).values(done)).rowcount == 1


def fail(connection: Connection, claimed: Claimed, now: datetime, error: str, again: bool = True) -> bool:
    """The job went wrong; it waits twice as long as before and is tried again, `MOST_ATTEMPTS` times at most."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(claimed.attempts - 1, 20))
    ended = not again or claimed.attempts >= MOST_ATTEMPTS
    state = {"state": "dead", "ended_at": now} if ended else {"state": "waiting", "due_at": now + pause}
    statement = update(job).where(_held(claimed)).values({**state, "error": error[:2000], "lease": ""})
    return connection.execute(statement).rowcount == 1


def backlog(connection: Connection, now: datetime) -> dict[str, int]:
    """How many jobs are in each state, and how many are overdue."""
    rows = connection.execute(select(job.c.state, func.count()).group_by(job.c.state))
    overdue = select(func.count()).select_from(job).where(job.c.state == "waiting", job.c.due_at <= now)
    return {**{row[0]: row[1] for row in rows}, "overdue": connection.execute(overdue).scalar_one()}


def prune_jobs(connection: Connection, before: datetime) -> int:
    """Forget the jobs that were done before."""
    return connection.execute(delete(job).where(job.c.state == "done", job.c.ended_at < before)).rowcount


@dataclass(frozen=True)
class Signal:
    """Something changed that open screens of `members` (None: everybody) may show."""

    workspace: str
    id: str
    topic: str
    members: tuple[str, ...] | None
    payload: Json
    at: datetime


class SignalReader:
    """Reads the signals of all workspaces for one process, each of them once."""

    def __init__(self, start: datetime) -> None:
        self.latest = start
        self.seen: dict[tuple[str, str], datetime] = {}

    def poll(self, connection: Connection) -> list[Signal]:
        """The signals that have come since the last call."""
        found = []
        for row in connection.execute(since(self.latest - OVERLAP)):
            if (row.workspace, row.id) not in self.seen:
                self.seen[row.workspace, row.id] = row.at
                members = None if row.members is None else tuple(row.members)
                found.append(Signal(row.workspace, row.id, row.topic, members, row.payload, row.at))
        self.latest = max([self.latest, *(each.at for each in found)])
        self.seen = {key: at for key, at in self.seen.items() if at >= self.latest - OVERLAP}
        return found


def since(moment: datetime) -> Any:
    """The signals from then on, oldest first."""
    return select(signal).where(signal.c.at >= moment).order_by(signal.c.at, signal.c.id)


def prune_signals(connection: Connection, before: datetime) -> int:
    """Forget older signals."""
    return connection.execute(delete(signal).where(signal.c.at < before)).rowcount
