"""Many people at one workflow on a real database 并发办理: each deed in a transaction of its own, as at the door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from builder.access import Actor, system
from builder.definition import App
from builder.parts import manifest_of, to_parts
from builder.problem import Refusal
from runtime import inbox, outside, records, tasks
from runtime.formats import same
from runtime.gate import Gate
from runtime.ports import AppHead, Clock, Department, Instance, Member
from runtime.step import fold
from server import operating
from server.settings import Settings
from server.store.identity import Workspace, add_workspace
from server.store.members import add_members
from server.store.world import world
from server.transaction import retrying, transaction
from server.wiring import Wired, wire

CROWD = 20
PEOPLE = [f"p{at:02}" for at in range(CROWD)]
STAFF = [{"id": "staff", "name": "员工", "to": {"everyone": True}, "operations": ["create", "read", "update"]}]
FORM = {"id": "deal", "name": "合同", "workflow": "deal", "groups": STAFF,
        "fields": [{"id": "name", "type": "text", "label": "名称"}]}  # fmt: skip
ACTIONS = ["approve", "reject", "return", "transfer", "delegate", "add_signer", "end"]
Deed = Callable[[Gate, str], Any]


def drawing(agree: str = "any", people: list[str] | None = None, **settings: Any) -> dict[str, Any]:
    """One approval by these people, then one by the boss."""
    who = [{"member": one} for one in people or PEOPLE]
    crowd = {"type": "approve", "agree": agree, "assignees": who, "actions": ACTIONS, **settings}
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "crowd"}},
        "crowd": {**crowd, "on": {"approved": "boss"}},
        "boss": {"type": "approve", "assignees": [{"member": "boss"}], "on": {"approved": "end"}},
        "end": {"type": "end"},
    }
    return {"id": "deal", "form": "deal", "name": "审批", "start": "draft", "nodes": nodes, "same_person": "ask"}


@dataclass
class Later:
    """A clock that is an hour ahead: what is waited for has come."""

    clock: Clock

    def now(self) -> datetime:
        """In an hour."""
        return self.clock.now() + timedelta(hours=1)


@dataclass
class FlowCompany:
    """A workspace whose only application has one workflow."""

    wired: Wired
    workspace: str = "w"

    def within(self, work: Callable[[Connection], Any]) -> Any:
        """What `work` answers in a transaction of its own."""

        def once() -> Any:
            with transaction(self.wired.engine) as connection:
                return work(connection)

        return retrying(once)

    def gate(self, connection: Connection, who: str) -> Gate:
        """The door, opened for a member, or for the machine."""
        clock = Later(self.wired.clock) if who == "system" else self.wired.clock
        around = world(connection, self.workspace, self.wired.caches, clock, self.wired.ids)
        actor = system("timer") if who == "system" else Actor("member", who, admin=who in ("admin", "boss"))
        return Gate(around, actor, "zh-CN", self.wired.compiled)

    def publish(self, flow: dict[str, Any], number: int = 1) -> None:
        """Make this workflow the live one."""
        app = App.model_validate({"id": "crm", "name": "C", "forms": {"deal": FORM}, "workflows": {"deal": flow}})
        parts = to_parts(app)
        manifest = manifest_of(parts)

        def keep(connection: Connection) -> None:
            definitions = self.gate(connection, "admin").world.definitions
            definitions.keep({manifest[name]: part for name, part in parts.items()})
            definitions.save(AppHead("crm", "C", "app", "blue", number, manifest, manifest, number))

        self.within(keep)

    def submit(self) -> str:
        """A record is submitted; answers its id."""
        made: str = self.within(
            lambda connection: records.submit(self.gate(connection, "ini"), "crm", "deal", {"name": "x"})["id"]
        )
        return made

    def do(self, who: str, deed: Deed, record: str) -> str:
        """Somebody does something; the code by which it is refused, or "". Nothing else may be raised."""
        try:
            self.within(lambda connection: deed(self.gate(connection, who), record))
        except Refusal as refusal:
            return refusal.problems[0].code
        return ""

    def stands(self, record: str) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        """The record's word and who is asked; after checking that books and tasks agree and the instance folds."""
        stands: tuple[str, tuple[tuple[str, tuple[str, ...]], ...]] = self.within(lambda c: self._stands(c, record))
        return stands

    def _stands(self, connection: Connection, record: str) -> Any:
        gate = self.gate(connection, "admin")
        instance = gate.world.instances.of_record("crm.deal", record)[0]
        open_tasks = {
            (task.node, task.assignee) for task in gate.world.instances.tasks(instance.id) if task.state == "open"
        }
        asked = {(node, who) for node, people in instance.state["open"].items() for who in people}
        events = [each.event for each in gate.world.instances.happenings(instance.id)]
        assert open_tasks == asked
        assert same(instance.state, fold(tasks.workflow_of(gate, instance), events))
        assert asked or instance.ended_at is not None
        held = gate.world.records.get("crm.deal", record)
        told = tuple((node, tuple(sorted(people))) for node, people in sorted(instance.state["open"].items()) if people)
        return (held.status if held else "", told)


def open_company(home: Path, url: str) -> FlowCompany:
    """A workspace with a crowd, on an empty database."""
    settings = Settings(home=home, database_url=url, worker_in_server=False)
    operating.migrate(settings)
    company = FlowCompany(wire(settings))
    now = company.wired.clock.now()
    names = [*PEOPLE, "ini", "boss", "admin", "new"]
    people = [Member(name, name, ("d",), admin=name in ("admin", "boss")) for name in names]

    def fill(connection: Connection) -> None:
        add_workspace(connection, Workspace("w", "W", "Asia/Shanghai", "zh-CN", None, now, "", 0, 0))
        add_members(connection, "w", people, now, {"d": Department("d", "d")})

    company.within(fill)
    return company


def answers(action: str, **said: Any) -> Deed:
    """The actor answers his task on the record."""

    def deed(gate: Gate, record: str) -> Any:
        return inbox.act(gate, task_of(gate, record, gate.actor.id), action=action, **said)

    return deed


def task_of(gate: Gate, record: str, who: str) -> str:
    """The member's newest task on the record."""
    instance: Instance = gate.world.instances.of_record("crm.deal", record)[0]
    mine = [task.id for task in gate.world.instances.tasks(instance.id) if task.assignee == who]
    return mine[-1] if mine else "none"


def withdraws(gate: Gate, record: str) -> Any:
    """The initiator takes it back."""
    return inbox.withdraw(gate, "crm", "deal", record)


def ends(gate: Gate, record: str) -> Any:
    """An admin ends it."""
    return inbox.end(gate, "crm", "deal", record)


def times_out(gate: Gate, record: str) -> Any:
    """The deadline comes, if it is still waited for."""
    instance = gate.world.instances.of_record("crm.deal", record)[0]
    for timer in gate.world.timers.of(instance.id):
        outside.come(gate, timer)
