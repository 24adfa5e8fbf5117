"""The CRM's small company at work 示例公司: the template published in the world in memory, its people acting."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.access import Actor
from builder.definition import App
from builder.parts import manifest_of, to_parts
from builder.samples import Ready, World, keys, resolve
from builder.template import Samples, read_folder
from runtime import inbox, reading, records
from runtime.gate import Gate
from runtime.live import Library
from runtime.memory import Memory
from runtime.ports import AppHead, Department, Member

FOLDER = Path(__file__).parents[2] / "templates" / "crm"
FIRST = ("product", "customer", "contact", "lead", "opportunity", "follow_up", "contract", "payment", "target")
"""The forms in an order in which each sample finds what it points to."""


@dataclass
class Company:
    """People who use the CRM; every act goes through the gate with the rights of who acts."""

    app: App
    samples: Samples
    memory: Memory
    library: Library = field(default_factory=Library)

    def gate(self, who: str) -> Gate:
        """The door, opened for somebody."""
        member = self.memory.directory.people[who]
        actor = Actor("member", who, frozenset(member.roles), frozenset(member.departments), member.admin)
        return Gate(self.memory.world(), actor, "zh-CN", self.library)

    def enter(self, who: str, form: str, **values: Any) -> dict[str, Any]:
        """Somebody adds a record; a contract is submitted at once."""
        return records.submit(self.gate(who), "crm", form, values)

    def edit(self, who: str, form: str, id: str, **values: Any) -> dict[str, Any]:
        """Somebody changes a record that he has just looked at."""
        seen = reading.one(self.gate(who), "crm", form, id)["values"]
        return records.edit(self.gate(who), "crm", form, id, values, {key: seen.get(key) for key in values})

    def see(self, who: str, form: str, id: str) -> dict[str, Any]:
        """The values that somebody may see."""
        found: dict[str, Any] = reading.one(self.gate(who), "crm", form, id)["values"]
        return found

    def answer(self, who: str, action: str, comment: str = "", **more: Any) -> None:
        """Somebody answers his newest task."""
        task = self.memory.instances.box(who, "todo")[0][0]
        inbox.act(self.gate(who), task.id, action=action, comment=comment, **more)

    def waiting(self, who: str) -> int:
        """How many tasks wait for somebody."""
        return len(self.memory.instances.box(who, "todo")[0])

    def status(self, form: str, id: str) -> str:
        """The coarse word of a record."""
        record = self.memory.records.get(f"crm.{form}", id)
        assert record is not None
        return record.status

    def ready(self) -> dict[str, tuple[Ready, ...]]:
        """The samples of today; ids are their keys."""
        now = self.memory.clock.now()
        people = {id: id for id in self.memory.directory.people}
        ids = {form: {key: f"{form}-{key}" for key in known} for form, known in keys(self.samples).items()}
        return resolve(
            self.app, self.samples, World(now.date(), now, people, {id: id for id in self.memory.directory.tree}, ids)
        )

    def enter_samples(self) -> dict[str, str]:
        """The boss enters every sample by hand, and workflows are played; answers sample id → real id."""
        entered: dict[str, str] = {}
        samples = self.ready()
        for form in FIRST:
            for one in samples[form]:
                values = {key: _told(value, entered) for key, value in one.values.items()}
                made = records.submit(self.gate("chenzong"), "crm", form, values, start=False)
                entered[one.id] = made["id"]
                if one.state:
                    self._play(one, made["id"])
        return entered

    def _play(self, one: Ready, id: str) -> None:
        inbox.submit(self.gate(one.by), "crm", one.form, id)
        for answer in one.answers:
            instance = self.memory.instances.of_record(f"crm.{one.form}", id)[0].id
            tasks = self.memory.instances.tasks(instance)
            task = next(task for task in tasks if task.state == "open" and task.assignee == answer.by)
            inbox.act(self.gate(answer.by), task.id, action=answer.action, comment=answer.comment)


def _told(value: Any, entered: dict[str, str]) -> Any:
    """A value with the keys of samples replaced by the ids they got."""
    if isinstance(value, list):
        return [_told(part, entered) for part in value]
    if isinstance(value, dict):
        return {key: _told(part, entered) for key, part in value.items()}
    return entered.get(value, value) if isinstance(value, str) else value


def open_company() -> Company:
    """The CRM published, with nothing in it yet."""
    app, samples = read_folder(FOLDER)
    people = samples.people
    members = [
        Member(one["id"], one["name"], departments=(one["department"],), roles=tuple(one.get("roles", ())),
               admin=one.get("admin", False))
        for one in people["members"]
    ]  # fmt: skip
    tree = [
        Department(one["id"], one["name"], parent=one.get("parent", ""), heads=tuple(one.get("heads", ())))
        for one in people["departments"]
    ]
    memory = Memory(members, tree)
    parts = to_parts(app)
    manifest = manifest_of(parts)
    memory.definitions.keep({manifest[name]: part for name, part in parts.items()})
    memory.definitions.save(AppHead("crm", app.name, app.icon, app.color, 1, manifest, manifest, 1))
    return Company(app, samples, memory)
