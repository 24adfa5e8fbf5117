"""The one door to stored things 门, opened for an actor: every path to a record goes through here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

from builder.access import Actor, Grant, Slice, decide
from builder.definition import Operation
from builder.expression.values import Context
from builder.filter import EVERYTHING, Filter, resolve
from builder.problem import forbidden, missing
from builder.scope import own_scope
from builder.working_time import WorkingCalendar
from runtime import several
from runtime.live import Library, LiveApp, LiveForm
from runtime.participant import hidden_from, hidden_from_each, principals
from runtime.ports import Record, World
from runtime.reckoning import Reckoning, holding


@dataclass
class Gate:
    """An actor's view of the world. Nothing else in `runtime` hands out records."""

    world: World
    actor: Actor
    language: str
    library: Library
    depth: int = 0
    """How many changes of other records led to this one."""
    address: str = ""
    """Where the request comes from, "" for none."""
    vouches: Callable[[str, str], bool] | None = None
    """Whether who asks has verified a number for a form ("app.form"), which counts once; None: nobody verifies."""
    _grants: dict[tuple[str, str], Grant] = field(default_factory=dict)
    _apps: dict[str, LiveApp] = field(default_factory=dict)

    @property
    def timezone(self) -> str:
        """The workspace's time zone."""
        return self.world.directory.timezone()

    @cached_property
    def now(self) -> datetime:
        """The moment of this request, the same throughout."""
        return self.world.clock.now()

    @cached_property
    def today(self) -> date:
        """The day it is in the workspace."""
        return self.now.astimezone(ZoneInfo(self.timezone)).date()

    def as_system(self, reason: str) -> "Gate":
        """The same world for the machine itself, which must say why."""
        from_here = Actor("system", self.actor.id, admin=True, reason=reason)
        return Gate(self.world, from_here, self.language, self.library, self.depth)

    def app(self, id: str) -> LiveApp:
        """The live version of an app; raises `Missing`."""
        if id not in self._apps:
            head = self.world.definitions.app(id)
            if head is None or not head.live:
                raise missing("no_such_app", app=id)
            self._apps[id] = self.library.open(self.world.definitions, head, self.language)
        return self._apps[id]

    def drafted(self, app: str) -> "Gate":
        """The same view with the app as its draft has it, for those who design it; raises `Missing`."""
        head = self.world.definitions.app(app)
        if head is None:
            raise missing("no_such_app", app=app)
        draft = self.library.open(self.world.definitions, head, self.language, head.draft)
        return Gate(self.world, self.actor, self.language, self.library, _apps={app: draft})

    def form(self, app: str, form: str) -> LiveForm:
        """A form of the live version, whatever the actor may do with it: grants decide; raises `Missing`."""
        return self.app(app).form(form)

    def form_of(self, key: str) -> LiveForm:
        """The form of a record's key "app.form"."""
        app, _, form = key.partition(".")
        return self.form(app, form)

    def grant(self, live: LiveForm, operation: Operation) -> Grant:
        """What the actor may do, its row filters free of placeholders."""
        name = (live.key, operation)
        if name not in self._grants:
            raw = decide(self.actor, live.form, operation, live.app.id)
            parts = (Slice(self._rows(live, part.rows), part.read, part.write, part.hide) for part in raw.slices)
            self._grants[name] = Grant(operation, tuple(parts))
        return self._grants[name]

    def _rows(self, live: LiveForm, rows: Filter) -> Filter:
        """The rows of a slice, with expressions ready: over the record's own fields, whatever the actor may read."""
        found = self.resolved(rows)
        if not holding(found):
            return found
        at, programs = Context(self.now, self.timezone, me=self.person), self.world.records.programs
        return Reckoning(lambda: own_scope(live.scope), at, programs, self._calendar).of(found, strict=False)

    def _calendar(self) -> WorkingCalendar:
        return WorkingCalendar.model_validate(self.world.preferences.get("calendar") or {})

    def need(self, live: LiveForm, operation: Operation) -> Grant:
        """The grant; raises `Missing` when the form is not the actor's to read, `Forbidden` when only this is not."""
        grant = self.grant(live, operation)
        if not grant.allowed:
            may_see = operation != "read" and self.grant(live, "read").allowed
            raise (
                forbidden("not_allowed", operation=operation) if may_see else missing("no_such_form", form=live.form.id)
            )
        return grant

    def resolved(self, filter: Filter) -> Filter:
        """A filter with the actor's placeholders and today's periods filled in."""
        return EVERYTHING if filter == EVERYTHING else resolve(filter, self.placeholders, self.today)

    @cached_property
    def placeholders(self) -> Mapping[str, Any]:
        """What `@me` and its kin stand for."""
        people = self.world.directory.members()
        tree = self.world.directory.departments()
        me = people.get(self.actor.id)
        mine = set(me.departments) if me else set()
        headed = {id for id, department in tree.items() if self.actor.id in department.heads}
        own, below = with_below(mine, tree), with_below(headed, tree)
        return {
            "@me": self.actor.id,
            "@my_departments": sorted(own),
            "@my_department_members": sorted(p.id for p in people.values() if own & set(p.departments)),
            "@my_reports": sorted({p.id for p in people.values() if below & set(p.departments)} | {self.actor.id}),
            "@today": self.today.isoformat(),
            "@now": self.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    @property
    def person(self) -> Mapping[str, Any] | None:
        """Who acts, as expressions know him; None for a stranger and for the machine."""
        me = self.world.directory.members().get(self.actor.id)
        return {"id": me.id, "name": me.name, "departments": list(me.departments)} if me else None

    def record(self, live: LiveForm, id: str, *, lock: bool = False, deleted: bool = False) -> tuple[Record, Grant]:
        """A record with the read grant over it; raises `Missing` alike for none and not yours."""
        found = self.world.records.get(live.key, id, lock=lock)
        if found is None or (found.deleted_at is not None) is not deleted:
            raise missing("no_such_record")
        grant = self.grant(live, "read").over(found.seen(), live.kinds)
        if not grant.allowed:
            grant = self._as_participant(live, found)
        return found, grant

    def as_reader(self, live: LiveForm, record: Record) -> Grant:
        """The read grant over a record in hand; no slice when it is not the actor's to read."""
        grant = self.grant(live, "read").over(record.seen(), live.kinds)
        if grant.allowed or not self._takes_part(live, record):
            return grant
        return self._as_participant(live, record)

    def as_readers(self, live: LiveForm, records: Sequence[Record]) -> dict[str, Grant]:
        """The read grants over several records in hand, by id."""
        own = {record.id: self.grant(live, "read").over(record.seen(), live.kinds) for record in records}
        others = [id for id, grant in own.items() if not grant.allowed]
        if not others or self.actor.kind == "public":
            return own
        hidden = hidden_from_each(self.world, self.actor.id, live.key, others, self.today.isoformat())
        return own | {id: self._participating(live, fields) for id, fields in hidden.items()}

    def _takes_part(self, live: LiveForm, record: Record) -> bool:
        """Whether the actor has or had a task on the record; who came by a public link is nobody, and never has."""
        public = self.actor.kind == "public"
        took = not public and self.world.instances.takes_part(self.actor.id, live.key, record.id)
        return took or bool(not public and self._principals(live, record))

    def _principals(self, live: LiveForm, record: Record) -> frozenset[str]:
        """For whom the actor stands in on the record today."""
        return principals(self.world, self.actor.id, live.key, record.id, self.today.isoformat())

    def _as_participant(self, live: LiveForm, record: Record) -> Grant:
        """Who has or had a task on the record, or started it, may read it; never a field that his groups hide."""
        if not self._takes_part(live, record):
            raise missing("no_such_record")
        stands_in = self._principals(live, record)
        return self._participating(live, hidden_from(self.world, self.actor.id, live.key, record.id, stands_in))

    def _participating(self, live: LiveForm, hidden: frozenset[str]) -> Grant:
        """Everything but what the nodes hide and what his groups hide."""
        own = self.grant(live, "read")
        if own.allowed:
            paths = {
                path for id, entry in live.fields.items() for path in (id, *(f"{id}.{c.id}" for c in entry.nested))
            }
            hidden |= paths - own.readable(paths)
        return Grant("read", (Slice(EVERYTHING, None, frozenset(), hidden),))

    def masked(self, live: LiveForm, values: Mapping[str, Any], grant: Grant) -> dict[str, Any]:
        """The values that the grant lets read; unreadable ones are absent, in rows too."""
        if any(part.read is None and not part.hide for part in grant.slices):
            return self._told(live, {id: values.get(id) for id in live.fields})
        seen: dict[str, Any] = {}
        for id, entry in live.fields.items():
            if not grant.covers((id,)):
                continue
            value = values.get(id)
            hidden = {column.id for column in entry.nested if not grant.covers((f"{id}.{column.id}",))}
            if hidden and value:
                value = [{key: cell for key, cell in row.items() if key not in hidden} for row in value]
            seen[id] = value
        return self._told(live, seen)

    def _told(self, live: LiveForm, seen: dict[str, Any]) -> dict[str, Any]:
        for entry in live.listing:
            if seen.get(entry.id):
                seen[entry.id] = several.told(entry, seen[entry.id], partial(self.sees, live.app))
        return seen

    def sees(self, app: LiveApp, form: str, ids: Iterable[str]) -> Collection[str]:
        """Those of the ids that name records of the form which the actor may read."""
        ids = list(ids)
        if form not in app.forms:
            return ()
        target = app.form(form)
        grant = self.grant(target, "read")
        if grant.allowed and grant.everywhere:
            return ids
        return self.visible(target, self.world.records.many(target.key, ids).values()).keys()

    def meet(self, live: LiveForm, records: Iterable[Mapping[str, Any]]) -> None:
        """Look up at once what these values name in fields of several records, before they are masked one by one."""
        wanted: dict[str, set[str]] = {}
        for values in records if live.listing else ():
            for entry in live.listing:
                for form, id in several.ids_in(entry, values.get(entry.id)):
                    wanted.setdefault(form, set()).add(id)
        for form, ids in wanted.items():
            self.sees(live.app, form, sorted(ids))

    def visible(self, live: LiveForm, records: Iterable[Record]) -> dict[str, Record]:
        """Those of the records that the actor may read."""
        grant = self.grant(live, "read")
        return {record.id: record for record in records if grant.over(record.seen(), live.kinds).allowed}


def with_below(ids: set[str], tree: Mapping[str, Any]) -> set[str]:
    """The departments and all beneath them."""
    found = set(ids)
    while True:
        more = {id for id, department in tree.items() if department.parent in found} - found
        if not more:
            return found
        found |= more
