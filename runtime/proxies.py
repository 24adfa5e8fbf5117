"""Standing proxies 代理: while somebody is away another may act for him; both names stand in the story."""

from dataclasses import dataclass
from datetime import date

from builder.definition import Operation
from builder.problem import Missing, conflict, forbidden, invalid, missing
from runtime.gate import Gate
from runtime.ports import Box, Proxy, Task

MOST, MOST_FOR_ONE = 20, 100
"""How many proxies a member may have, and for how many one may stand in: every look into a box asks for each."""
KNOWING: tuple[Operation, ...] = ("read", "create")


@dataclass(frozen=True)
class Wanted:
    """A proxy as somebody sets it; `principal` "" is himself."""

    proxy: str
    principal: str = ""
    first: date | None = None
    last: date | None = None
    forms: tuple[str, ...] = ()


def standing_in(gate: Gate) -> list[Proxy]:
    """For whom the actor may act today; not for somebody who has left."""
    if gate.actor.kind != "member":
        return []
    today = gate.today.isoformat()
    found = [one for one in gate.world.instances.proxies(proxy=gate.actor.id) if one.holds(today)]
    members = gate.world.directory.members() if found else {}
    return [one for one in found if one.principal in members and members[one.principal].enabled]


def stands_in(gate: Gate, task: Task) -> bool:
    """Whether the actor may act on another's task today."""
    today = gate.today.isoformat()
    return any(one.principal == task.assignee and one.covers(task.form, today) for one in standing_in(gate))


def listed(gate: Gate) -> list[Proxy]:
    """The actor's own proxies and those in which he stands in; an admin sees all."""
    port = gate.world.instances
    if gate.actor.admin:
        return port.proxies()
    return [*port.proxies(principal=gate.actor.id), *port.proxies(proxy=gate.actor.id)]


def keep(gate: Gate, wanted: Wanted, id: str = "") -> Proxy:
    """Set a proxy for oneself, or as an admin for anybody; raises `Refusal`."""
    principal = wanted.principal or gate.actor.id
    old = _own(gate, id) if id else None
    if principal != gate.actor.id and not gate.actor.admin:
        raise forbidden("not_your_proxy")
    if principal == wanted.proxy:
        raise invalid("proxy_same_person", "proxy")
    members = gate.world.directory.members()
    for name, person in (("principal", principal), ("proxy", wanted.proxy)):
        if person not in members or not members[person].enabled:
            raise invalid("no_such_member", name)
    if wanted.first and wanted.last and wanted.last < wanted.first:
        raise invalid("proxy_dates", "last")
    for form in wanted.forms:
        _must_know(gate, form)
    if old is None and len(gate.world.instances.proxies(principal=principal)) >= MOST:
        raise conflict("too_many_proxies", most=MOST)
    if old is None and len(gate.world.instances.proxies(proxy=wanted.proxy)) >= MOST_FOR_ONE:
        raise conflict("stands_in_for_too_many", "proxy", most=MOST_FOR_ONE)
    first, last = (day.isoformat() if day else "" for day in (wanted.first, wanted.last))
    proxy = Proxy(old.id if old else gate.world.ids.new(), principal, wanted.proxy, first, last, wanted.forms)
    gate.world.instances.keep_proxy(proxy)
    gate.world.outbox.signal("tasks", [principal, wanted.proxy], {})
    return proxy


def _must_know(gate: Gate, key: str) -> None:
    """Refuse a form that is not there; for who may not open it, and is not asked about it, it is not there."""
    try:
        live = gate.form_of(key)
        known = gate.actor.admin or any(gate.grant(live, each).allowed for each in KNOWING) or _is_asked(gate, key)
    except Missing:
        known = False
    if not known:
        raise missing("no_such_form", "forms")


def _is_asked(gate: Gate, form: str) -> bool:
    """Whether the actor has, or had, a task on the form."""
    boxes: tuple[Box, ...] = ("todo", "handled")
    lines = (gate.world.instances.tally(gate.actor.id, box, now=gate.now, app=form.partition(".")[0]) for box in boxes)
    return any(line.form == form for found in lines for line in found)


def drop(gate: Gate, id: str) -> None:
    """Take a proxy away."""
    old = _own(gate, id)
    gate.world.instances.drop_proxy(old.id)
    gate.world.outbox.signal("tasks", [old.principal, old.proxy], {})


def _own(gate: Gate, id: str) -> Proxy:
    found = next((one for one in listed(gate) if one.id == id), None)
    if found is None:
        raise missing("no_such_proxy")
    if found.principal != gate.actor.id and not gate.actor.admin:
        raise forbidden("not_your_proxy")
    return found
