"""Standing proxies 代理: while somebody is away another may act for him; both names stand in the story."""

from dataclasses import dataclass
from datetime import date

from builder.problem import forbidden, invalid, missing
from runtime.gate import Gate
from runtime.ports import Proxy, Task


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
        gate.form_of(form)
    first, last = (day.isoformat() if day else "" for day in (wanted.first, wanted.last))
    proxy = Proxy(old.id if old else gate.world.ids.new(), principal, wanted.proxy, first, last, wanted.forms)
    gate.world.instances.keep_proxy(proxy)
    gate.world.outbox.signal("tasks", [principal, wanted.proxy], {})
    return proxy


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
