"""An approval scenario as one of our applications 审批用例的应用: its flow translated, its policies made settings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = Any
Case = Mapping[str, Json]

MODES = {
    "any": "any", "or": "any", "all": "all", "and": "all", "sequential": "in_turn", "in_turn": "in_turn",
    "vote": "ratio", "ratio": "ratio", "count": "count", "weight": "weight", "claim": "claim",
}  # fmt: skip
SAME = {"adjacent": "agree_adjacent", "none": "ask", "off": "ask", "history": "agree_history", "all": "agree_history"}
WITHDRAW = {
    "off": "off", "none": "off", "not_allowed": "off", "start_only": "until_acted", "until_acted": "until_acted",
    "all_nodes": "every_node", "every_node": "every_node", "any_time": "always", "always": "always",
    "anytime": "always", "before_end": "always",
}  # fmt: skip
SELF = {
    "dept_leader": "head", "dept_head": "head", "leader": "head", "superior": "superior", "skip": "skip",
    "direct_superior": "superior", "auto_pass": "skip", "auto": "skip", "self": "ask", "ask": "ask", "none": "ask",
}  # fmt: skip
EMPTY = {
    "admin": "admin", "skip": "skip", "auto_pass": "skip", "approve": "skip", "auto_submit": "skip", "pass": "skip",
    "refuse": "refuse", "error": "refuse", "stop": "refuse", "not_allowed": "refuse", "forbid": "refuse",
    "reject": "reject", "auto_reject": "reject",
}  # fmt: skip
DUE = {"approve": "submit", "submit": "submit", "pass": "submit", "reject": "reject", "return": "return",
       "transfer": "transfer", "remind": "remind"}  # fmt: skip
NODES = {
    "approval": "approve", "approve": "approve", "exclusive": "branch", "inclusive_split": "branch",
    "parallel_split": "parallel", "parallel_join": "join", "inclusive_join": "join", "join": "join",
    "subprocess": "subflow", "cc": "copy", "copy": "copy", "end": "end", "timer": "timer", "fill": "fill",
    "submit": "fill",
}  # fmt: skip
EVERYTHING = ("approve", "reject", "return", "transfer", "delegate", "add_signer", "end")
ALLOWED = {"transfer": "allow_transfer", "return": "allow_return", "delegate": "allow_delegate",
           "add_signer": "allow_add_sign", "reject": "allow_reject"}  # fmt: skip
STRAIGHT = ("direct", "straight", "back_to_refuser", "to_refuser", "to_returner", "back_to_returner")
STAFF = [{"id": "staff", "name": "全体", "to": {"everyone": True}, "operations": ["create", "read", "update"]}]


class NotSupported(Exception):
    """A scenario that speaks of something unknown here; says what."""


def slug(id: str) -> str:
    """A scenario's node id as one of ours."""
    return re.sub(r"[^a-z0-9_]", "_", id.lower())


@dataclass
class Translation:
    """The forms and workflows of a scenario."""

    case: Case
    forms: dict[str, Json] = field(default_factory=dict)
    workflows: dict[str, Json] = field(default_factory=dict)

    @property
    def policy(self) -> Mapping[str, Json]:
        """What the scenario's policies say."""
        found: Mapping[str, Json] = self.case.get("policy", {})
        return found

    def form(self, id: str, flow: Json, more: Sequence[Json] = ()) -> None:
        """A flow with its form."""
        names = {**dict.fromkeys(_named(flow), "text"), **_kinds(self.case, flow)}
        fields = [{"id": name, "type": kind, "label": name} for name, kind in sorted(names.items()) if name != "rows"]
        self.forms[id] = {"id": id, "name": id, "workflow": id, "fields": [*fields, *more], "groups": STAFF}
        self.workflows[id] = self.workflow(id, flow)

    def workflow(self, id: str, flow: Json) -> Json:
        """The flow as one of our workflows."""
        ids = [node["id"] for node in flow["nodes"]]
        edges = flow.get("edges") or [[a, b] for a, b in zip(["start", *ids], [*ids, "end"], strict=True)]
        ways = {each: [edge for edge in edges if edge[0] == each] for each in ("start", *ids)}
        nodes: dict[str, Json] = {"start": {"type": "fill", "on": {"submit": slug(ways["start"][0][1])}}}
        for node in flow["nodes"]:
            nodes[slug(node["id"])] = self._node(id, node, ways[node["id"]] or [[node["id"], "end"]])
        nodes["end"] = {"type": "end"}
        same = SAME.get(str(self.policy.get("dedupe", "adjacent")), "agree_adjacent")
        withdraw = WITHDRAW.get(str(self.policy.get("withdraw", "start_only")), "until_acted")
        return {"id": id, "form": id, "name": id, "start": "start", "nodes": nodes, "same_person": same,
                "withdraw": withdraw}  # fmt: skip

    def _node(self, flow: str, node: Json, ways: Sequence[Sequence[str]]) -> Json:
        kind, targets = node["type"], [slug(way[1]) for way in ways]
        if kind not in NODES:
            raise NotSupported(f"a node of type {kind}")
        ours = NODES[kind]
        if ours == "approve":
            return self._approve(node, targets[0])
        if ours == "parallel":
            return {"type": ours, "on": {f"way_{index}": target for index, target in enumerate(targets)}}
        if ours == "branch":
            names = ["else" if way[2] == "default" else f"way_{index}" for index, way in enumerate(ways)]
            when = {name: guard(way[2]) for name, way in zip(names, ways, strict=True) if name != "else"}
            take = "first" if kind == "exclusive" else "all"
            return {"type": ours, "when": when, "take": take, "on": dict(zip(names, targets, strict=True))}
        if ours == "subflow":
            return self._subflow(flow, node, targets[0])
        if ours == "copy":
            people = node.get("to") or node.get("users") or node.get("approvers") or []
            return {"type": ours, "assignees": [rule(who) for who in people], "on": {"next": targets[0]}}
        if ours == "timer":
            return {"type": ours, "after": f"PT{node.get('hours', 1)}H", "on": {"next": targets[0]}}
        exit = "submit" if ours == "fill" else "next"
        people = {"assignees": [rule(who) for who in node["approvers"]]} if node.get("approvers") else {}
        return {"type": ours, **people, "on": {exit: targets[0]}}

    def _subflow(self, flow: str, node: Json, target: str) -> Json:
        child = f"{flow}_{slug(node['id'])}"
        self.form(child, node["child"])
        rows = {"rows": "rows"} if "per_row" in node else {}
        wait = bool(node.get("sync", not node.get("async", False)))
        return {"type": "subflow", "form": child, "wait": wait, **rows, "on": {"done": target}}

    def _approve(self, node: Json, target: str) -> Json:
        policy = self.policy
        off = {action for action, word in ALLOWED.items() if node.get(word, True) in (False, "off")}
        settings: Json = {
            "type": "approve",
            "agree": MODES[node.get("mode", "any")],
            "assignees": [rule(who) for who in node.get("approvers", ())],
            "actions": [each for each in EVERYTHING if each not in off],
            "comment_required": [_action(each) for each in _listed(node.get("require_comment"))],
            "signature_required": [_action(each) for each in _listed(node.get("require_signature"))],
            "fields": _fields(node),
            "due": [_due(one) for one in _listed(node.get("due"))],
            "on": {"approved": target},
        }
        for theirs, ours in (("pass_ratio", "ratio"), ("pass_count", "pass_count"), ("reject_count", "reject_count"),
                             ("pass_weight", "pass_weight")):  # fmt: skip
            if theirs in node:
                settings[ours] = str(node[theirs]) if ours in ("ratio", "pass_weight") else node[theirs]
        if "weights" in node:
            weights = node["weights"]
            named = weights if isinstance(weights, dict) else dict(zip(node["approvers"], weights, strict=True))
            settings["weights"] = {who: str(weight) for who, weight in named.items()}
        if node.get("return_targets"):
            settings["return_nodes"] = [slug(each) for each in node["return_targets"]]
        if node.get("return_to") in ("start", "previous", "any"):
            settings["return_to"] = node["return_to"]
        return {**settings, **self._policies(policy)}

    def _policies(self, policy: Mapping[str, Json]) -> dict[str, Json]:
        found: dict[str, Json] = {}
        if str(policy.get("any_reject", "")).startswith("all"):
            found["rejects"] = "all"
        if policy.get("vote_compare") == ">":
            found["compare"] = "more_than"
        if policy.get("vote_early_reject") is False:
            found["early_reject"] = False
        if policy.get("self_approval"):
            found["initiator"] = SELF[policy["self_approval"]]
        if policy.get("empty_approver"):
            found["empty"] = _empty(policy["empty_approver"])
        if str(policy.get("resubmit", policy.get("after_return", ""))) in STRAIGHT:
            found["after_return"] = "straight"
        if policy.get("after_add_sign", "implies_approve") not in ("implies_approve", "implies"):
            found["add_after"] = "waits"
        nested = next((value for key, value in policy.items() if "nest" in key), None)
        if nested not in (None, False, 0, "no", "off", "forbid", "forbidden", "refuse", "not_allowed"):
            found["add_levels"] = 2
        if policy.get("reentry", policy.get("reassign")) in ("same", "history", "previous", "before"):
            found["reentry"] = "same"
        return found


def guard(text: str) -> str:
    """A condition as our formulas spell it."""
    return text.replace("==", "=").replace("!=", "<>").replace("'", '"')


def _named(flow: Json) -> set[str]:
    """The fields that a flow's nodes speak of."""
    names: set[str] = set()
    for node in flow["nodes"]:
        for key in ("required_fields", "editable", "hidden", "readonly"):
            names |= set(node.get(key, ()))
    return names


def _kinds(case: Case, flow: Json) -> dict[str, str]:
    """The fields that hold values, by what stands in them."""
    said = [
        flow.get("data", {}),
        *(action.get("set", {}) for action in case["actions"]),
        case["then"].get("stored", {}),
    ]
    values = {name: value for each in said for name, value in each.items()}
    return {name: "number" if isinstance(value, int | float) else "text" for name, value in values.items()}


def _fields(node: Json) -> dict[str, str]:
    words = (("editable", "edit"), ("required_fields", "required"), ("hidden", "hidden"), ("readonly", "read"))
    return {name: word for key, word in words for name in node.get(key, ())}


def _listed(value: Json) -> list[Json]:
    return (
        []
        if value in (None, False)
        else ["approve"]
        if value is True
        else value
        if isinstance(value, list)
        else [value]
    )


def _action(word: str) -> str:
    return {"add_sign": "add_signer", "refuse": "reject", "agree": "approve"}.get(word, word)


def _due(due: Json) -> Json:
    hours, minutes = due.get("hours", 0), due.get("minutes", 0) + 24 * 60 * due.get("days", 0)
    total = int(hours * 60 + minutes)
    found: Json = {"after": f"PT{total}M", "do": DUE[due["action"]]}
    if due.get("to") in ("start", "previous"):
        found["to"] = due["to"]
    if due.get("to_user"):
        found["assignees"] = [rule(due["to_user"])]
    if due.get("repeat_hours"):
        found |= {"every": f"PT{int(due['repeat_hours'] * 60)}M", "times": due.get("max", 100)}
    return found


def _empty(word: Json) -> Json:
    if isinstance(word, dict):
        return {"member": next(iter(word.values()))}
    return EMPTY[word] if word in EMPTY else {"member": word.partition(":")[2] or word}


def rule(who: str) -> Json:
    """Somebody by name, or by what he is: dept_head(ini), superior(ini), role:x."""
    word, _, about = who.rstrip(")").partition("(")
    if not about and ":" in who:
        word, _, about = who.partition(":")
    if word in ("dept_head", "dept_leader", "leader"):
        return {"department_head": "initiator"}
    if word in ("superior", "manager", "direct_superior"):
        return {"superior_of": "initiator"}
    if word == "role":
        return {"role": about}
    if word in ("previous_handler", "last_handler"):
        return {"previous_handler": True}
    return {"initiator": True} if word in ("initiator", "self") else {"member": who}
