"""The world behind glass 推演世界: what is there can be read, what is done stays here; nothing reaches the store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from runtime.gate import Gate
from runtime.memory import MemoryClock, MemoryDefinitions, MemoryFiles, MemoryIds, MemoryOutbox
from runtime.memory_instances import MemoryInstances
from runtime.memory_outside import MemoryNotices, MemoryPreferences, MemoryTimers
from runtime.memory_records import MemoryRecords
from runtime.memory_retyping import MemoryRetypings
from runtime.ports import (
    AppHead,
    Cell,
    Change,
    Definitions,
    Directory,
    Files,
    Grouping,
    Json,
    Link,
    Lock,
    Page,
    Preferences,
    Query,
    Record,
    Records,
    StoredFile,
    Version,
    World,
)


class ShadowRecords(MemoryRecords):
    """Records as they are, with those on top that were made or changed here. Lists and sums are of the real ones."""

    def __init__(self, real: Records) -> None:
        super().__init__()
        self.real, self.programs = real, real.programs

    def get(self, form: str, id: str, *, lock: Lock = False) -> Record | None:
        """The record as it stands here."""
        return self.records.get((form, id)) or self.real.get(form, id)

    def many(self, form: str, ids: Iterable[str], *, keep: Lock = False) -> dict[str, Record]:
        """Those of the records that there are."""
        wanted = list(ids)
        own = {id for id in wanted if (form, id) in self.records}
        return self.real.many(form, [id for id in wanted if id not in own]) | super().many(form, sorted(own))

    def replace(
        self,
        record: Record,
        links: Sequence[Link] | None,
        tokens: Mapping[str, str] | None,
        uniques: Mapping[str, str] | None = None,
        changes: Sequence[Change] = (),
    ) -> bool:
        """Keep it here; the real one stays as it is."""
        key = record.form, record.id
        found = None if key in self.records else self.real.get(*key)
        if found is not None:
            self.records[key] = found
        return super().replace(record, links, tokens, uniques, changes)

    def find(self, query: Query) -> Page:
        """A page of the real records."""
        return self.real.find(query)

    def count(self, query: Query, bound: int) -> int:
        """How many real ones there are."""
        return self.real.count(query, bound)

    def group(self, grouping: Grouping) -> list[Cell]:
        """Of the real ones."""
        return self.real.group(grouping)

    def held(self, form: str, field: str, values: Sequence[Json], kind: str) -> dict[str, str]:
        """Which values a real record holds, or one made here."""
        return self.real.held(form, field, values, kind) | super().held(form, field, values, kind)

    def titled(self, form: str, titles: Sequence[str]) -> dict[str, list[str]]:
        """Real records by title."""
        return self.real.titled(form, titles)

    def history(self, form: str, record: str, limit: int = 200, before: int | None = None) -> list[Change]:
        """What happened here, then what had happened before."""
        return [*super().history(form, record, limit, before), *self.real.history(form, record, limit)][:limit]


class ShadowDefinitions(MemoryDefinitions):
    """Definitions as they are; an app may be put on top as its draft, or any version, has it."""

    def __init__(self, real: Definitions) -> None:
        super().__init__()
        self.real = real

    def blobs(self, hashes: Iterable[str]) -> dict[str, Json]:
        """The JSON of each hash, from here or from there."""
        wanted = set(hashes)
        own = wanted & set(self.kept)
        return {**super().blobs(own), **self.real.blobs(wanted - own)}

    def apps(self) -> list[AppHead]:
        """The workspace's apps, those on top in place of the real ones."""
        return [self.heads.get(head.id, head) for head in self.real.apps()]

    def app(self, id: str, *, lock: bool = False) -> AppHead | None:
        """One app."""
        return self.heads.get(id) or self.real.app(id)

    def versions(self, app: str) -> list[Version]:
        """An app's versions, newest first."""
        return self.real.versions(app)


class ShadowFiles(MemoryFiles):
    """The real heads; that a record holds a file is remembered here only."""

    def __init__(self, real: Files) -> None:
        super().__init__()
        self.real = real

    def heads(self, ids: Iterable[str]) -> dict[str, StoredFile]:
        """Those of the files that there are."""
        return {**self.real.heads(ids), **super().heads(ids)}


class ShadowPreferences(MemoryPreferences):
    """What is really set, until something else is set here."""

    def __init__(self, real: Preferences) -> None:
        super().__init__()
        self.real = real

    def get(self, name: str, member: str = "") -> Json:
        """What is set."""
        return super().get(name, member) if (member, name) in self.kept else self.real.get(name, member)


@dataclass
class Shadow:
    """One world behind glass, and what has been done in it so far."""

    gate: Gate
    records: ShadowRecords
    instances: MemoryInstances
    definitions: ShadowDefinitions
    outbox: MemoryOutbox
    clock: MemoryClock
    timers: MemoryTimers
    notices: MemoryNotices
    world: World

    @classmethod
    def over(cls, gate: Gate, directory: Directory | None = None, at: datetime | None = None) -> "Shadow":
        """A world that looks like the gate's, at the same moment or at another one."""
        real = gate.world
        records, instances, definitions = (
            ShadowRecords(real.records),
            MemoryInstances(),
            ShadowDefinitions(real.definitions),
        )
        outbox, clock = MemoryOutbox(), MemoryClock(at or gate.now)
        timers, notices = MemoryTimers(), MemoryNotices()
        # every port is named, so that a port added later cannot reach the store through the glass
        world = World(
            records=records, definitions=definitions, instances=instances, directory=directory or real.directory,
            outbox=outbox, files=ShadowFiles(real.files), clock=clock, ids=MemoryIds(), timers=timers,
            notices=notices, preferences=ShadowPreferences(real.preferences), retypings=MemoryRetypings(),
        )  # fmt: skip
        return cls(gate, records, instances, definitions, outbox, clock, timers, notices, world)

    def play(self, app: str, manifest: Mapping[str, str]) -> None:
        """Let the app be as `manifest` has it."""
        head = self.world.definitions.app(app)
        if head is not None:
            self.definitions.save(replace(head, live=dict(manifest)))

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.clock.advance(by)
