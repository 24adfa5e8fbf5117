"""What a simulation does beside the moves 模拟的后台: the worker's portions, and the subflows that are waited for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from builder.access import system
from builder.problem import invalid
from runtime import inbox, node, outside, portions, story
from runtime.gate import Gate
from runtime.live import LiveApp, LiveForm
from runtime.personas import acting
from runtime.ports import Change, Instance, Job, Task
from runtime.shadow import Shadow

Json = Any
MOST_PORTIONS, MOST_DEEDS = 100, 100
AGREEING = ("approve", "submit")


def work_off(shadow: Shadow) -> None:
    """What the worker would write is written at once, portion after portion."""
    machine, jobs = Gate(shadow.world, system("simulation"), shadow.gate.language, shadow.gate.library), shadow.outbox
    for _ in range(MOST_PORTIONS):
        id = next((id for id, job in jobs.jobs.items() if job.topic == portions.TOPIC), "")
        if not id:
            return
        payload = jobs.jobs[id].payload
        jobs.jobs[id] = Job("updated", payload)
        portions.go_on(machine, payload)


def children(shadow: Shadow, parent: Instance) -> list[Instance]:
    """The subflows that the instance waits for and that still run."""
    memos = parent.state["active"].values()
    ids = [id for memo in memos if memo.get("waits") == "children" for id in memo.get("children", ())]
    found = [shadow.instances.get(id) for id in ids]
    return [one for one in found if one is not None and one.ended_at is None]


def agree(shadow: Shadow, app: LiveApp, child: Instance) -> None:
    """Everybody whom a subflow asks agrees, and its moments come, until it is over; raises `Refusal` where it stays."""
    for _ in range(MOST_DEEDS):
        now = shadow.instances.get(child.id)
        if now is None or now.ended_at is not None:
            return
        inner = next((each for each in children(shadow, now)), None)
        if inner is not None:
            agree(shadow, app, inner)
        elif not (_answered(shadow, app, now) or _come(shadow, now)):
            break
    raise invalid("case_child_stays", form=_form(app, child).form.name)


def _answered(shadow: Shadow, app: LiveApp, child: Instance) -> bool:
    workflow = app.app.workflows[_form(app, child).form.workflow or ""]
    for task in shadow.instances.tasks(child.id):
        deeds = node.at(workflow, task.node).offers if task.state == "open" else ()
        deed = next((each for each in AGREEING if each in deeds), "")
        if deed:
            gate = acting(shadow.gate, shadow.world, task.assignee)
            said = {"comment": "", "values": {}, "before": {}, "to": "", "position": ""}
            inbox.act(gate, task.id, action=deed, **said)
            return True
    return False


def _come(shadow: Shadow, child: Instance) -> bool:
    coming = next(iter(shadow.timers.of(child.id)), None)
    if coming is None:
        return False
    shadow.clock.moment = max(shadow.clock.moment, coming.due_at)
    machine = Gate(shadow.world, system("simulation"), shadow.gate.language, shadow.gate.library)
    return outside.come(machine, coming)


def _form(app: LiveApp, child: Instance) -> LiveForm:
    return app.form(child.form.partition(".")[2])


def where(shadow: Shadow, app: LiveApp, task: Task) -> str:
    """The form and the node of a subflow's task, in words."""
    child = shadow.instances.get(task.instance)
    if child is None:
        return ""
    form = _form(app, child).form
    return f"{form.name} · {story.label(app.app.workflows[form.workflow or ''], task.node) or task.node}"


def changes(app: LiveApp, record: str, found: Sequence[Change]) -> list[Mapping[str, Json]]:
    """What was changed or added: the same in several records is told once, with their number."""
    told: dict[str, dict[str, Json]] = {}
    for change in found:
        for line in _lines(app, record, change):
            key = repr([line[name] for name in ("form", "field", "before", "after")])
            told.setdefault(key, {**line, "count": 0})["count"] += 1
    return list(told.values())


def _lines(app: LiveApp, record: str, change: Change) -> Iterator[dict[str, Json]]:
    form = change.form.partition(".")[2]
    live = app.form(form)
    one = {"form": form, "record": change.record, "form_name": live.form.name if change.record != record else ""}
    if change.operation == "create":
        title = str(change.after.get(live.form.title_field) or "")
        yield {**one, "field": "", "label": live.form.name, "before": None, "after": title}
    for name in sorted({**change.before, **change.after}) if change.operation == "update" else ():
        label = live.fields[name].label if name in live.fields else name
        yield {**one, "field": name, "label": label, "before": change.before.get(name),
               "after": change.after.get(name)}  # fmt: skip
