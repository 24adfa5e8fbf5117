"""The world in dicts 内存世界: every port of `runtime.ports`, for tests and for trying a draft before publishing it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from builder.problem import conflict
from runtime.memory_instances import MemoryInstances
from runtime.memory_outside import MemoryNotices, MemoryPreferences, MemoryTimers
from runtime.memory_query import SortKey
from runtime.memory_records import Hits, MemoryRecords, plain_hits
from runtime.memory_retyping import MemoryRetypings
from runtime.ports import AppHead, Department, Job, Json, Member, StoredFile, Version, World
from runtime.retyped import over

FIRST_DAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@dataclass
class MemoryClock:
    """A clock that moves only when told."""

    moment: datetime = FIRST_DAY

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def advance(self, by: timedelta) -> None:
        """Move on."""
        self.moment += by


@dataclass
class MemoryIds:
    """Ids that count: id000001, id000002 …"""

    drawn: int = 0

    def new(self) -> str:
        """The next id."""
        self.drawn += 1
        return f"id{self.drawn:06}"


class MemoryDefinitions:
    """Blobs, apps and versions."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.heads: dict[str, AppHead] = {}
        self.published: list[Version] = []

    def blobs(self, hashes: Iterable[str]) -> dict[str, Json]:
        """The JSON of each hash; raises KeyError naming one that is not there."""
        return {hash: json.loads(self.kept[hash]) for hash in hashes}

    def keep(self, blobs: Mapping[str, Json]) -> None:
        """Keep blobs by hash."""
        for hash, blob in blobs.items():
            self.kept.setdefault(hash, json.dumps(blob))

    def apps(self) -> list[AppHead]:
        """The workspace's apps, by id."""
        return sorted(self.heads.values(), key=lambda head: head.id)

    def app(self, id: str, *, lock: bool = False) -> AppHead | None:
        """One app."""
        return self.heads.get(id)

    def save(self, head: AppHead) -> None:
        """Insert or replace an app's head."""
        self.heads[head.id] = head

    def drop(self, id: str) -> None:
        """Remove an app's head (its versions stay)."""
        self.heads.pop(id, None)

    def publish(self, version: Version) -> None:
        """Keep a version; raises `Conflict` when the number is taken."""
        if any((kept.app, kept.number) == (version.app, version.number) for kept in self.published):
            raise conflict("version_taken", app=version.app, number=version.number)
        self.published.append(version)

    def versions(self, app: str) -> list[Version]:
        """An app's versions, newest first."""
        found = [version for version in self.published if version.app == app]
        return sorted(found, key=lambda version: -version.number)


@dataclass
class MemoryDirectory:
    """Members and departments as given."""

    people: dict[str, Member] = field(default_factory=dict)
    tree: dict[str, Department] = field(default_factory=dict)
    zone: str = "Asia/Shanghai"
    named: dict[str, str] = field(default_factory=dict)

    def members(self) -> Mapping[str, Member]:
        """Everybody, also the disabled."""
        return self.people

    def departments(self) -> Mapping[str, Department]:
        """The tree of departments."""
        return self.tree

    def role_names(self) -> Mapping[str, str]:
        """The roles."""
        return self.named

    def timezone(self) -> str:
        """The workspace's time zone."""
        return self.zone


@dataclass
class MemoryOutbox:
    """Jobs by id, and the signals that were given, to look at."""

    jobs: dict[str, Job] = field(default_factory=dict)
    signals: list[tuple[str, tuple[str, ...] | None, Json]] = field(default_factory=list)

    def send(self, job: Job) -> str:
        """Keep a job; a key that already waits is the same job."""
        waiting = [
            id for id, other in self.jobs.items() if job.key and (other.topic, other.key) == (job.topic, job.key)
        ]
        id = waiting[0] if waiting else f"job{len(self.jobs) + 1:06}"
        self.jobs.setdefault(id, job)
        return id

    def signal(self, topic: str, members: Sequence[str] | None, payload: Json) -> None:
        """Remember the signal."""
        self.signals.append((topic, None if members is None else tuple(members), payload))


@dataclass
class MemoryFiles:
    """Heads of files by id."""

    files: dict[str, StoredFile] = field(default_factory=dict)

    def heads(self, ids: Iterable[str]) -> dict[str, StoredFile]:
        """Those of the files that there are."""
        return {id: self.files[id] for id in ids if id in self.files}

    def add(self, stored: StoredFile, at: datetime) -> None:
        """Keep the head of a file."""
        self.files[stored.id] = stored

    def hold(self, ids: Sequence[str], form: str, record: str) -> None:
        """Say which record holds the files."""
        for id in ids:
            if id in self.files:
                self.files[id] = replace(self.files[id], form=form, record=record)


class Memory:
    """One workspace in memory; `world()` is what the machine is given."""

    def __init__(
        self,
        members: Iterable[Member] = (),
        departments: Iterable[Department] = (),
        timezone: str = "Asia/Shanghai",
        sort_key: SortKey = str.lower,
        hits: Hits = plain_hits,
    ) -> None:
        self.clock, self.ids = MemoryClock(), MemoryIds()
        self.records = MemoryRecords(sort_key, hits)
        self.instances = MemoryInstances(self._title)
        self.definitions, self.outbox, self.files = MemoryDefinitions(), MemoryOutbox(), MemoryFiles()
        self.timers, self.notices, self.preferences = MemoryTimers(), MemoryNotices(), MemoryPreferences()
        self.retypings = MemoryRetypings()
        people = {member.id: member for member in members}
        self.directory = MemoryDirectory(people, {part.id: part for part in departments}, timezone)

    def _title(self, form: str, record: str) -> str:
        held = self.records.many(form, [record]).get(record)
        return held.title if held else ""

    def world(self) -> World:
        """Everything the machine may touch."""
        return World(
            over(self.records, self.retypings, self.directory),
            self.definitions,
            self.instances,
            self.directory,
            self.outbox,
            self.files,
            self.clock,
            self.ids,
            self.timers,
            self.notices,
            self.preferences,
            self.retypings,
        )
