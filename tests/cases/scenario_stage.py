"""A scenario performed by the whole machine in memory 审批用例的舞台: records, tasks, timers, children, versions."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from builder.access import Actor, system
from builder.definition import App
from builder.parts import manifest_of, to_parts
from builder.problem import missing
from runtime import administering, inbox, outside, proxies, records, tasks
from runtime.gate import Gate
from runtime.live import Library
from runtime.memory import Memory
from runtime.ports import AppHead, Department, Instance, Member, StoredFile, Task, Version
from runtime.step import fold
from tests.cases.scenario_app import Case, Translation, slug

Json = Any
FORM = "f"
WORDS = {"add_sign": "add_signer", "addsign": "add_signer", "remove_sign": "remove_signer", "agree": "approve",
         "refuse": "reject", "resolve": "approve", "give_back": "unclaim"}  # fmt: skip
TAKE_BACK = ("take_back", "reclaim", "retrieve")
POSITIONS = {"parallel": "beside", "before": "before", "after": "after", "beside": "beside"}
OUTSIDER = "other_tenant_admin"


def company(case: Case) -> tuple[list[Member], list[Department]]:
    """Everybody whom the scenario names; `admin` is the admin, and the initiator's department has the stated head."""
    names = {case["initiator"], "admin"}
    for flow in _flows(case["flow"]):
        for node in flow["nodes"]:
            named = [*node.get("approvers", ()), *node.get("to", ()), *node.get("users", ()), _due_user(node)]
            names |= {who for who in named if who and "(" not in who and ":" not in who}
    for action in _actions(case["actions"]):
        names |= {str(action[key]) for key in ("by", "to_user", "user", "from_user") if key in action}
    for proxy in case["flow"].get("proxies", ()):
        names |= {proxy["from"], proxy["to"]}
    head = case["policy"].get("dept_head") or case["policy"].get("superior")
    gone = set(case["policy"].get("disabled", case["flow"].get("disabled", ())))
    names |= {head} if head else set()
    members = [
        Member(id, id, departments=("d",), admin=id == "admin", enabled=id not in gone)
        for id in sorted(names - {"clock", "system", OUTSIDER})
    ]
    return members, [Department("d", "d", heads=(head,) if head else ())]


def _due_user(node: Json) -> str:
    due = node.get("due")
    found: str = due.get("to_user", "") if isinstance(due, dict) else ""
    return found


def _flows(flow: Json) -> list[Json]:
    return [flow, *(inner for node in flow["nodes"] if "child" in node for inner in _flows(node["child"]))]


def _actions(actions: Json) -> list[Json]:
    return [each for action in actions for each in (action["parallel"] if "parallel" in action else [action])]


@dataclass
class Stage:
    """The company, its application, and the record that the scenario is about."""

    case: Case
    memory: Memory = field(init=False)
    library: Library = field(default_factory=Library)
    record: str = ""

    def __post_init__(self) -> None:
        self.memory = Memory(*company(self.case))
        self.publish(self._application())
        for proxy in self.case["flow"].get("proxies", ()):
            if proxy.get("active", True):
                wanted = proxies.Wanted(proxy["to"], principal=proxy["from"])
                proxies.keep(self.gate("admin"), wanted)

    def _application(self) -> App:
        flow = self.case["flow"]
        per_row = [node for node in flow["nodes"] if "per_row" in node]
        column = {"id": "n", "type": "text", "label": "n"}
        rows = [{"id": "rows", "type": "subform", "label": "rows", "fields": [column]}] if per_row else []
        made = Translation(self.case)
        made.form(FORM, flow, rows)
        return App.model_validate({"id": "case", "name": "case", "forms": made.forms, "workflows": made.workflows})

    def publish(self, app: App) -> None:
        """Make this the live version."""
        parts = to_parts(app)
        manifest = manifest_of(parts)
        number = len(self.memory.definitions.published) + 1
        self.memory.definitions.keep({manifest[name]: part for name, part in parts.items()})
        version = Version("case", number, manifest, self.memory.clock.now(), "admin", "")
        self.memory.definitions.publish(version)
        self.memory.definitions.save(AppHead("case", "case", "app", "blue", number, manifest, manifest, number))

    def gate(self, who: str) -> Gate:
        """The door, opened for a member, the machine, or somebody of another workspace."""
        if who in ("clock", "system"):
            return Gate(self.memory.world(), system("timer"), "zh-CN", self.library)
        if who == OUTSIDER:
            other = Memory([Member(who, who, admin=True)])
            return Gate(other.world(), Actor("member", who, admin=True), "zh-CN", self.library)
        members = self.memory.directory.members()
        if who not in members:
            raise missing("no_such_member")
        member = members[who]
        actor = Actor("member", who, frozenset(member.roles), frozenset(member.departments), member.admin)
        return Gate(self.memory.world(), actor, "zh-CN", self.library)

    def start(self) -> str:
        """The initiator submits the record; answers its id."""
        flow = self.case["flow"]
        rows = next((node["per_row"] for node in flow["nodes"] if "per_row" in node), 0)
        lines = {"rows": [{"n": str(index)} for index in range(rows)]} if rows else {}
        made = records.submit(self.gate(self.case["initiator"]), "case", FORM, {**flow.get("data", {}), **lines})
        self.record = made["id"]
        return self.record

    @property
    def instance(self) -> Instance:
        """The instance that the scenario is about."""
        return self.memory.instances.of_record(f"case.{FORM}", self.record)[0]

    @property
    def children(self) -> list[Instance]:
        """Its children, oldest first."""
        all = sorted(self.memory.instances.instances.values(), key=lambda one: (one.started_at, one.id))
        return [one for one in all if one.state.get("parent", {}).get("instance") == self.instance.id]

    def act(self, action: Json) -> None:
        """One action of the scenario; raises `Refusal`."""
        do = action.get("do", "")
        doing = getattr(self, f"_{do}", None)
        if doing is not None:
            doing(action)
        elif do in TAKE_BACK:
            self._take_back(action)
        elif do in ("advance", "wait", "tick"):
            self.pass_time(timedelta(**{unit: action[unit] for unit in ("days", "hours", "minutes") if unit in action}))
        else:
            self._answer(action, WORDS.get(do, do))

    def _answer(self, action: Json, word: str) -> None:
        by = action["by"]
        self.gate(by)
        task = self._task(by, action.get("child"), WORDS.get(word, word))
        said = {
            "comment": action.get("comment", ""),
            "to": action.get("to_user") or action.get("user") or slug(action.get("to", "")),
            "position": POSITIONS.get(action.get("position", ""), ""),
            "then": {"direct": "straight", "straight": "straight"}.get(action.get("resubmit", ""), ""),
            "signature": self._signature(by) if action.get("signature") else "",
        }
        inbox.act(self.gate(by), task.id, action=word, values=action.get("set", {}), **said)

    def _signature(self, by: str) -> str:
        id = f"sign{len(self.memory.files.files)}"
        self.memory.files.files[id] = StoredFile(id, "sign.png", 1, "image/png", id, by)
        return id

    def _task(self, by: str, child: int | None, word: str) -> Task:
        """The task that somebody acts on: an open one of his own, or one for which he stands in; else his last one."""
        instances = [self.instance, *self.children] if child is None else [self.children[child]]
        known = [task for one in instances for task in self.memory.instances.tasks(one.id) if task.purpose != "copy"]
        open_ones = [task for task in known if task.state == "open"]
        own = [task for task in open_ones if task.assignee == by]
        stands = [task for task in open_ones if proxies.stands_in(self.gate(by), task)]
        before = [task for task in known if task.assignee == by]
        if word in ("remove_signer", "take_back"):
            own, stands = [], []
        found = [*own, *stands, *before[::-1], *open_ones, *known]
        if not found:
            raise missing("no_such_task")
        return found[0]

    def _take_back(self, action: Json) -> None:
        self._answer({**action, "to": ""}, "take_back")

    def _withdraw(self, action: Json) -> None:
        by = action["by"]
        acted = any(line.get("person", line["by"]) == by for line in self.instance.state["log"])
        if by == self.case["initiator"] or not acted:
            inbox.withdraw(self.gate(by), "case", FORM, self.record)
        else:
            self._take_back(action)

    _revoke = _cancel = _withdraw

    def _terminate(self, action: Json) -> None:
        inbox.end(self.gate(action["by"]), "case", FORM, self.record)

    _void = _terminate

    def _suspend(self, action: Json) -> None:
        inbox.suspend(self.gate(action["by"]), "case", FORM, self.record, "")

    def _resume(self, action: Json) -> None:
        inbox.resume(self.gate(action["by"]), "case", FORM, self.record, "")

    def _read(self, action: Json) -> None:
        inbox.flow(self.gate(action["by"]), "case", FORM, self.record)

    def _urge(self, action: Json) -> None:
        inbox.urge(self.gate(action["by"]), "case", FORM, self.record, "")

    _remind = _urge

    def _jump(self, action: Json) -> None:
        gate = self.gate(action["by"])
        administering.jump(gate, gate.form("case", FORM), self.record, slug(action["to"]))

    def _activate(self, action: Json) -> None:
        gate = self.gate(action["by"])
        administering.reactivate(gate, gate.form("case", FORM), self.record, slug(action["to"]))

    _reactivate = _activate

    def _reassign(self, action: Json) -> None:
        whom = action.get("from_user") or action.get("user")
        task = next(task for task in self.memory.instances.tasks(self.instance.id)
                    if task.state == "open" and task.assignee == whom)  # fmt: skip
        administering.reassign(self.gate(action["by"]), task.id, action["to_user"])

    _change_assignee = _change_approver = _reassign

    def _handover(self, action: Json) -> None:
        whom = action.get("from_user") or action.get("user") or action["from"]
        administering.hand_over(self.gate(action["by"]), whom, action["to_user"], "")

    _hand_over = _handover

    def _batch_approve(self, action: Json) -> None:
        mine = self.memory.instances.open_of(action["by"], 100)
        administering.act_on_many(self.gate(action["by"]), [task.id for task in mine], "approve", "")

    def _publish_v2(self, action: Json) -> None:
        """A second version whose nodes have these names; the people stay where they stood."""
        case = deepcopy(dict(self.case))
        nodes = case["flow"]["nodes"]
        last = nodes[-1]
        renamed = [{**(nodes[i] if i < len(nodes) else last), "id": id} for i, id in enumerate(action["nodes"])]
        case["flow"] = {**case["flow"], "nodes": renamed, "edges": None}
        made = Translation(case)
        made.form(FORM, case["flow"])
        self.publish(
            App.model_validate({"id": "case", "name": "case", "forms": made.forms, "workflows": made.workflows})
        )

    _publish = _publish_v2

    def _edit_active_version(self, action: Json) -> None:
        """Other content under the number of the active version."""
        active = self.memory.definitions.published[-1]
        self.memory.definitions.publish(replace(active, manifest={**active.manifest, "workflows/f": "other"}))

    def _fire_timer(self, action: Json) -> None:
        timers = self.memory.timers.of(self.instance.id)
        if timers:
            self.memory.clock.moment = max(self.memory.clock.moment, timers[0].due_at)
            outside.come(self.gate("clock"), timers[0])

    def pass_time(self, by: timedelta) -> None:
        """Time passes; what is waited for comes when its moment is there."""
        until = self.memory.clock.now() + by
        while came := self.memory.timers.come(until):
            self.memory.clock.moment = max(self.memory.clock.moment, came[0].due_at)
            if not outside.come(self.gate("clock"), came[0]):
                break
        self.memory.clock.moment = until

    def asked(self, instance: Instance) -> dict[str, list[str]]:
        """Who is asked, by node; a subflow that is waited for asks its child."""
        state = instance.state
        found = {node: sorted(people) for node, people in state["open"].items() if people}
        waiting = [node for node, memo in state["active"].items() if memo.get("waits") == "children"]
        return found | {node: ["(child)"] for node in waiting}

    def folds(self) -> bool:
        """Whether every instance is the fold of its events."""
        return all(
            fold(tasks.workflow_of(self.gate("admin"), one), [each.event for each in self.events(one)]) == one.state
            for one in self.memory.instances.instances.values()
        )

    def events(self, instance: Instance) -> Any:
        """What happened to it."""
        return self.memory.instances.happenings(instance.id)

    @property
    def values(self) -> Mapping[str, Json]:
        """What the record holds."""
        found = self.memory.records.get(f"case.{FORM}", self.record)
        return found.values if found is not None else {}

    def closed(self, person: str) -> str:
        """Why the person's last closed task was closed."""
        all = [task for task in self.memory.instances.requests.values() if task.assignee == person]
        return next((task.outcome for task in reversed(all) if task.state == "closed"), "")

    def new_instance(self) -> Instance:
        """Another record is submitted."""
        made = records.submit(self.gate(self.case["initiator"]), "case", FORM, dict(self.case["flow"].get("data", {})))
        return self.memory.instances.of_record(f"case.{FORM}", made["id"])[0]
