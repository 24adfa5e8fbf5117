"""A workflow played on the pure machine 纯流程推演: facts come from a small company; states pass through JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.definition import Workflow
from runtime.assign import Assignee, people
from runtime.effect import CloseTask, Copy
from runtime.node import Question, Unknown
from runtime.ports import Department, Member
from runtime.step import NEW, State, step

Json = Any


@dataclass(frozen=True)
class Company:
    """Everybody a scenario names; `admin` is the admin, and the initiator's department has the stated head."""

    ids: frozenset[str]
    head: str = ""

    def members(self) -> Mapping[str, Member]:
        """Everybody."""
        return {id: Member(id, id, departments=("d",), admin=id == "admin") for id in sorted(self.ids)}

    def departments(self) -> Mapping[str, Department]:
        """One."""
        return {"d": Department("d", "d", heads=(self.head,) if self.head else ())}

    def role_names(self) -> Mapping[str, str]:
        """None."""
        return {}

    def timezone(self) -> str:
        """Here."""
        return "Asia/Shanghai"


@dataclass
class Performance:
    """A scenario being performed; every state passes through JSON."""

    workflow: Workflow
    company: Company
    initiator: str
    values: dict[str, Json] = field(default_factory=dict)
    state: State = field(default_factory=lambda: NEW)
    events: list[Json] = field(default_factory=list)
    closed: dict[str, str] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)

    def happen(self, **event: Json) -> None:
        """Answer what the step wants to know, and keep what follows."""
        event = {"at": f"2026-11-23T10:{len(self.events):02}:00Z", "facts": {}, **event}
        while True:
            try:
                state, effects = step(self.workflow, self.state, event)
                break
            except Unknown as unknown:
                event["facts"] = {**event["facts"], unknown.question.key: self.answer(unknown.question)}
        self.state = json.loads(json.dumps(state))
        self.events.append(json.loads(json.dumps(event)))
        self.copies += [each for each in effects if isinstance(each, Copy)]
        self.closed |= {each.person: each.why for each in effects if isinstance(each, CloseTask)}

    def answer(self, question: Question) -> Json:
        """The facts of this company and these values."""
        if question.kind == "admins":
            return ["admin"]
        if question.kind == "due":
            return "2026-11-24T10:00:00+00:00"
        if question.kind == "people":
            rules = [Assignee.model_validate(rule) for rule in question.about]
            return people(rules, self.company, self.values, self.initiator)
        return {exit: holds(guard, self.values) for exit, guard in question.about.items()}

    @property
    def asked(self) -> dict[str, list[str]]:
        """Who is asked, by node."""
        return {node: sorted(people) for node, people in self.state["open"].items() if people}


def holds(guard: str, values: Mapping[str, Json]) -> bool:
    """Scenarios compare one field with one whole number."""
    for sign in "<>":
        if sign in guard:
            name, _, number = guard.partition(sign)
            left, right = values[name.strip()], int(number)
            return bool(left < right if sign == "<" else left > right)
    raise ValueError(f"the guard {guard}")
