"""Runs approval scenarios on the pure machine 审批用例: `python -m tests.cases.approvals FILE`."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.definition import Workflow
from builder.problem import Refusal
from runtime.assign import Assignee, people
from runtime.effect import CloseTask
from runtime.node import Question, Unknown
from runtime.ports import Department, Member
from runtime.step import NEW, State, fold, step

Json = Any
Case = Mapping[str, Json]

UNSUPPORTED_TYPES = {"subprocess": "no subflows"}
UNSUPPORTED_ACTIONS = {
    "advance": "no deadlines",
    "fire_timer": "no deadlines",
    "publish_v2": "versions are tested with publishing",
    "edit_active_version": "versions are tested with publishing",
    "read": "workspaces are kept apart by the ports",
}
UNSUPPORTED_POLICIES = {
    ("dedupe", "history"): "only adjacent nodes agree again",
    ("withdraw", "all_nodes"): "only the initiator withdraws",
}
CODES = {"flow_closed": ("instance_ended", "instance_withdrawn"), "suspended": ("instance_suspended",)}
STATUSES = {"terminated": "ended"}
MODES = {"any": "any", "all": "all", "sequential": "in_turn", "vote": "ratio"}
TYPES = {"exclusive": "branch", "inclusive_split": "branch", "parallel_split": "parallel"}


class NotSupported(Exception):
    """A scenario that speaks of something this machine does not have; says what."""


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
        self.closed |= {each.person: each.why for each in effects if isinstance(each, CloseTask)}

    def answer(self, question: Question) -> Json:
        """The facts of this company and these values."""
        if question.kind == "admins":
            return ["admin"]
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
    raise NotSupported(f"the guard {guard}")


def translate(case: Case) -> Workflow:
    """The scenario's flow as one of our workflows."""
    flow, policy = case["flow"], case["policy"]
    for key, value in policy.items():
        if (key, value) in UNSUPPORTED_POLICIES:
            raise NotSupported(UNSUPPORTED_POLICIES[key, value])
    if "proxies" in flow:
        raise NotSupported("no standing proxies")
    ids = [node["id"] for node in flow["nodes"]]
    edges = flow.get("edges") or [[a, b] for a, b in zip(["start", *ids], [*ids, "end"], strict=True)]
    ways = {id: [edge for edge in edges if edge[0] == id] for id in ("start", *ids)}
    nodes: dict[str, Json] = {"start": {"type": "fill", "on": {"submit": slug(ways["start"][0][1])}}}
    for node in flow["nodes"]:
        nodes[slug(node["id"])] = _node(node, ways[node["id"]] or [[node["id"], "end"]], policy)
    nodes["end"] = {"type": "end"}
    same = {"adjacent": "agree_adjacent", "none": "ask"}.get(policy.get("dedupe", ""), "agree_adjacent")
    return Workflow.model_validate(
        {"id": "case", "form": "f", "name": "case", "start": "start", "nodes": nodes, "same_person": same}
    )


def slug(id: str) -> str:
    """A scenario's node id as one of ours."""
    return id.lower()


def _node(node: Json, ways: Sequence[Sequence[str]], policy: Json) -> Json:
    kind, targets = node["type"], [slug(way[1]) for way in ways]
    if kind in UNSUPPORTED_TYPES:
        raise NotSupported(UNSUPPORTED_TYPES[kind])
    if kind in ("parallel_join", "inclusive_join"):
        return {"type": "join", "on": {"next": targets[0]}}
    if kind == "parallel_split":
        return {"type": "parallel", "on": {f"way_{index}": target for index, target in enumerate(targets)}}
    if kind in ("exclusive", "inclusive_split"):
        names = ["else" if way[2] == "default" else f"way_{index}" for index, way in enumerate(ways)]
        when = {name: way[2] for name, way in zip(names, ways, strict=True) if name != "else"}
        take = "first" if kind == "exclusive" else "all"
        return {"type": "branch", "when": when, "take": take, "on": dict(zip(names, targets, strict=True))}
    return _approve(node, targets[0], policy)


def _approve(node: Json, target: str, policy: Json) -> Json:
    if "due" in node:
        raise NotSupported("no deadlines")
    actions = ["approve", "reject", "return", "transfer", "delegate", "add_signer"]
    settings: Json = {
        "type": "approve",
        "agree": MODES[node["mode"]],
        "assignees": [_rule(who) for who in node["approvers"]],
        "actions": [each for each in actions if each != "transfer" or node.get("allow_transfer", True)],
        "on": {"approved": target},
    }
    if "pass_ratio" in node:
        settings["ratio"] = str(node["pass_ratio"])
    if policy.get("any_reject") == "all_reject":
        settings["rejects"] = "all"
    if policy.get("self_approval") == "dept_leader":
        settings["initiator"] = "head"
    if policy.get("empty_approver"):
        settings["empty"] = policy["empty_approver"]
    settings["comment_required"] = node.get("require_comment", [])
    settings["fields"] = {name: "required" for name in node.get("required_fields", [])}
    settings["fields"] |= {name: "edit" for name in node.get("editable", [])}
    return settings


def _rule(who: str) -> Json:
    return {"department_head": "initiator"} if who.startswith("dept_head") else {"member": who}


def company(case: Case) -> Company:
    """Everybody whom the scenario names."""
    names = {who for node in case["flow"]["nodes"] for who in node.get("approvers", ()) if "(" not in who}
    names |= {str(action[key]) for action in case["actions"] for key in ("by", "to_user") if key in action}
    return Company(frozenset(names | {case["initiator"], "admin"}), case["policy"].get("dept_head") or "")


def perform(case: Case) -> tuple[Performance, int | None, str]:
    """The performance after all actions, the first action that was refused, and by which code."""
    play = Performance(translate(case), company(case), case["initiator"], dict(case["flow"].get("data", {})))
    play.happen(type="started", by=case["initiator"])
    refused: int | None = None
    code = ""
    for index, action in enumerate(case["actions"]):
        try:
            _act(play, action)
        except Refusal as refusal:
            if refused is None:
                refused, code = index, refusal.problems[0].code
    return play, refused, code


def _act(play: Performance, action: Json) -> None:
    """One action of a scenario."""
    do, by = action.get("do", "parallel"), action.get("by", "")
    if do in UNSUPPORTED_ACTIONS or "parallel" in action:
        raise NotSupported(UNSUPPORTED_ACTIONS.get(do, "races are tested on a database"))
    play.values |= action.get("set", {})
    simple = {"withdraw": "withdrawn", "terminate": "terminated", "suspend": "suspended", "resume": "resumed"}
    if do == "stash":
        return
    if do in simple:
        play.happen(type=simple[do], by=by, comment=action.get("comment", ""))
        return
    to = action.get("to_user") or action.get("user") or slug(action.get("to", ""))
    words = {"add_sign": "add_signer", "remove_sign": "remove_signer"}
    position = action.get("position", "")
    node = next((node for node, asked in play.asked.items() if by in asked), next(iter(play.state["active"]), ""))
    play.happen(type="answered", node=node, person=by, by=by, action=words.get(do, do), to=to, position=position)


def differences(case: Case) -> list[str]:
    """What does not come out as the scenario says; and the law that an instance is the fold of its events."""
    play, refused, code = perform(case)
    wanted = case["then"]
    found: list[str] = []
    if fold(play.workflow, play.events) != play.state:
        found.append("the fold of the events is not the state")
    expected = [wanted, *([wanted["or"]] if "or" in wanted else [])]
    stands = {"status": play.state["status"], "active": play.asked}
    if not any(_agrees(each, stands) for each in expected):
        found.append(f"stands {stands}, wanted {wanted}")
    if refused != wanted.get("error_at") or code not in CODES.get(wanted.get("error", ""), (wanted.get("error", ""),)):
        found.append(f"refused {refused} {code!r}, wanted {wanted.get('error_at')} {wanted.get('error')!r}")
    for person, why in wanted.get("closed_tasks", {}).items():
        if play.closed.get(person) != why:
            found.append(f"{person} closed as {play.closed.get(person)!r}, wanted {why!r}")
    for node, times in wanted.get("times_entered", {}).items():
        entered = sum(visit["node"] == slug(node) for visit in play.state["trail"])
        if entered != times:
            found.append(f"{node} entered {entered} times, wanted {times}")
    if any(play.values.get(name) != value for name, value in wanted.get("stored", {}).items()):
        found.append(f"stored {play.values}, wanted {wanted['stored']}")
    return found


def _agrees(wanted: Json, stands: Json) -> bool:
    status = wanted.get("status", stands["status"])
    active = {slug(node): sorted(people) for node, people in wanted.get("active", stands["active"]).items()}
    return bool(STATUSES.get(status, status) == stands["status"] and active == stands["active"])


def read(file: Path) -> list[Case]:
    """The scenarios of a file, one a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def verdicts(cases: Iterable[Case]) -> list[tuple[Case, str, str]]:
    """For each case: passed, failed or not supported, and why."""
    found: list[tuple[Case, str, str]] = []
    for case in cases:
        try:
            wrong = differences(case)
            found.append((case, "failed" if wrong else "passed", "; ".join(wrong)))
        except NotSupported as reason:
            found.append((case, "not supported", str(reason)))
    return found


def main() -> int:
    """Print every verdict that is not "passed", and the counts."""
    results = verdicts(read(Path(sys.argv[1])))
    for case, verdict, reason in results:
        if verdict != "passed":
            sys.stdout.write(f"{case['id']} {case['level']:9} {verdict}: {case['title']} ({reason})\n")
    counts = Counter((verdict, case["level"]) for case, verdict, _ in results)
    sys.stdout.write(
        ", ".join(f"{verdict} {level}: {count}" for (verdict, level), count in sorted(counts.items())) + "\n"
    )
    return int(any(verdict == "failed" for _, verdict, _ in results))


if __name__ == "__main__":
    sys.exit(main())
