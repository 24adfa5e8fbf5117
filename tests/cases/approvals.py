"""Runs approval scenarios on the whole machine in memory 审批用例: `python -m tests.cases.approvals FILE`."""

import json
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from typing import Any

from builder.problem import Refusal
from tests.cases.play import Company as Company
from tests.cases.play import Performance as Performance
from tests.cases.scenario_app import Case, NotSupported, slug
from tests.cases.scenario_stage import Stage

Json = Any

STATUSES = {"terminated": "ended", "revoked": "withdrawn", "cancelled": "withdrawn", "voided": "ended"}
MISSING = frozenset({"no_such_app", "no_such_form", "no_such_record", "no_such_task", "no_such_instance", "not_found"})
LATE = frozenset({"already_handled", "instance_ended", "instance_withdrawn"})
CODES: dict[str, frozenset[str]] = {
    "flow_closed": frozenset({"instance_ended", "instance_withdrawn"}),
    "suspended": frozenset({"instance_suspended"}),
    "cannot_withdraw": frozenset({"cannot_withdraw", "cannot_take_back", "took_effect_outside"}),
    "cannot_take_back": frozenset({"cannot_take_back", "took_effect_outside"}),
    "not_found": MISSING,
    "version_immutable": frozenset({"version_taken"}),
    "not_your_task": frozenset({"not_your_task", *MISSING}),
    "no_permission": frozenset({"admins_only", "not_your_task", "not_allowed", "cannot_withdraw", *MISSING}),
    "already_handled": LATE,
    "already_done": LATE,
    "node_finished": LATE,
    "task_closed": LATE | {"already_claimed"},
    "required": frozenset({"required"}),
    "required_fields": frozenset({"required"}),
    "required_field": frozenset({"required"}),
    "field_required": frozenset({"required"}),
    "field_not_editable": frozenset({"field_not_writable"}),
    "return_forbidden": frozenset({"return_off", "return_not_allowed"}),
    "return_not_allowed": frozenset({"return_off", "return_not_allowed", "return_forward", "return_to_nobody"}),
    "return_forward": frozenset({"return_forward", "return_not_allowed", "return_to_running"}),
    "forward_target": frozenset({"return_forward", "return_not_allowed", "return_to_running"}),
    "target_running": frozenset({"return_to_running"}),
    "no_approver": frozenset({"nobody_to_ask"}),
    "no_handler": frozenset({"nobody_to_ask"}),
    "nested": frozenset({"no_nested_signer"}),
    "already_approver": frozenset({"already_asked"}),
    "candidate_is_approver": frozenset({"already_asked"}),
    "duplicate_approver": frozenset({"already_asked"}),
    "pending": frozenset({"signer_pending"}),
    "one_person_only": frozenset({"signer_pending"}),
    "user_disabled": frozenset({"no_such_member"}),
    "no_such_user": frozenset({"no_such_member"}),
    "flow_running": frozenset({"instance_running"}),
    "cannot_activate": frozenset({"instance_running", "node_cannot_be_activated", "no_such_node"}),
    "not_removable": frozenset({"not_an_added_signer"}),
    "no_branch": frozenset({"exit_leads_nowhere"}),
    "no_default": frozenset({"exit_leads_nowhere"}),
    "no_condition": frozenset({"exit_leads_nowhere"}),
    "no_path": frozenset({"exit_leads_nowhere"}),
    "no_route": frozenset({"exit_leads_nowhere"}),
    "claimed": frozenset({"already_claimed"}),
    "too_many_rows": frozenset({"subflow_too_many_rows"}),
}
"""A scenario's word for a refusal, and ours for the same; a word that is ours already stands for itself."""
FAMILIES = {
    "add": ("no_nested_signer", "already_asked", "signer_pending", "no_signer_beside", "add_position_off",
            "add_signer_off", "transfer_to_self"),
    "remove": ("not_an_added_signer",),
    "activate": ("instance_running", "node_cannot_be_activated", "no_such_node", "too_long_to_reactivate"),
    "sign": ("signature_required",),
    "transfer": ("transfer_off", "transfer_to_self", "already_asked", "no_such_member"),
    "delegate": ("delegate_off", "transfer_to_self", "already_asked", "no_such_member", "delegate_only_answers"),
}  # fmt: skip
"""Words of which the beginning says what they are about; tried for words that the table above does not have."""


@dataclass
class Outcome:
    """How a scenario went: the stage, the first action that was refused, and by which code."""

    stage: Stage
    refused: int | None = None
    code: str = ""
    codes: list[str] = field(default_factory=list)


def perform(case: Case, order: tuple[int, ...] = ()) -> Outcome:
    """Play all actions; actions at the same time one after another, in this order."""
    went = Outcome(Stage(case))
    try:
        went.stage.start()
    except Refusal as refusal:
        went.refused, went.code = -1, refusal.problems[0].code
        return went
    for index, action in enumerate(case["actions"]):
        at_once = action.get("parallel", [action])
        turn = order if "parallel" in action and len(order) == len(at_once) else range(len(at_once))
        for place in turn:
            _try(went, index, at_once[place])
    return went


def _try(went: Outcome, index: int, action: Json) -> None:
    try:
        went.stage.act(action)
    except Refusal as refusal:
        went.codes.append(refusal.problems[0].code)
        if went.refused is None:
            went.refused, went.code = index, refusal.problems[0].code


def differences(case: Case) -> list[str]:
    """What does not come out as the scenario says, in any order of what happens at once; and that instances fold."""
    sizes = [len(action["parallel"]) for action in case["actions"] if "parallel" in action]
    orders: list[tuple[int, ...]] = [*permutations(range(sizes[0]))][:24] if sizes else [()]
    return [each for order in orders for each in _differences(case, perform(case, order))]


def _differences(case: Case, went: Outcome) -> Iterator[str]:
    wanted = case["then"]
    unknown = set(wanted) - set(CHECKS) - KNOWN
    if unknown:
        raise NotSupported(f"then: {', '.join(sorted(unknown))}")
    if went.refused == -1:
        yield from _not_started(wanted, went)
        return
    if not went.stage.folds():
        yield "the fold of the events is not the state"
    choices = wanted.get("exactly_one_of", [wanted, *([wanted["or"]] if "or" in wanted else [])])
    stands = {"status": went.stage.instance.status, "active": went.stage.asked(went.stage.instance)}
    if not any(_agrees(case, each, stands) for each in choices):
        yield f"stands {stands}, wanted {choices}"
    if not any("parallel" in action for action in case["actions"]):
        yield from _refusal(wanted, went)
    for key, check in CHECKS.items():
        if key in wanted:
            yield from check(went.stage, wanted[key])


def _not_started(wanted: Json, went: Outcome) -> Iterator[str]:
    """It could not be submitted: right if that is what the scenario says."""
    said = wanted.get("error")
    if said is None or not means(said, went.code):
        yield f"could not be submitted: {went.code}"


def _refusal(wanted: Json, went: Outcome) -> Iterator[str]:
    said = wanted.get("error", "")
    if said == "flow_closed" and went.code == "already_handled" and went.stage.instance.ended_at is not None:
        said = went.code
    if went.refused != wanted.get("error_at") or (said and not means(said, went.code)):
        yield f"refused {went.refused} {went.code!r}, wanted {wanted.get('error_at')} {said!r}"


def means(word: str, code: str) -> bool:
    """Whether a scenario's word for a refusal is our code."""
    if word == code or code in CODES.get(word, ()):
        return True
    if word in CODES:
        return False
    families = [codes for start, codes in FAMILIES.items() if word.startswith(start)]
    return any(code in codes for codes in families) or any(
        code in codes for known, codes in CODES.items() if known in word and len(known) > len("pending") - 1
    )


def _agrees(case: Case, wanted: Json, stands: Json) -> bool:
    status = wanted.get("status", stands["status"])
    active = {slug(node): sorted(people) for node, people in wanted.get("active", stands["active"]).items()}
    if STATUSES.get(status, status) != stands["status"]:
        return False
    proxies = {one["from"]: one["to"] for one in case["flow"].get("proxies", ()) if one.get("active", True)}
    instead = {node: sorted(proxies.get(who, who) for who in people) for node, people in stands["active"].items()}
    return bool(active in (stands["active"], instead))


def _closed(stage: Stage, wanted: Json) -> Iterator[str]:
    for person, why in wanted.items():
        if stage.closed(person) != why:
            yield f"{person} closed as {stage.closed(person)!r}, wanted {why!r}"


def _entered(stage: Stage, wanted: Json) -> Iterator[str]:
    for node, times in wanted.items():
        entered = sum(visit["node"] == slug(node) for visit in stage.instance.state["trail"])
        if entered != times:
            yield f"{node} entered {entered} times, wanted {times}"


def _stored(stage: Stage, wanted: Json) -> Iterator[str]:
    held = {name: stage.values.get(name) for name in wanted}
    if any(str(held[name]) != str(value) for name, value in wanted.items()):
        yield f"stored {held}, wanted {wanted}"


def _reminded(stage: Stage, wanted: Json) -> Iterator[str]:
    count = sum(line["action"] == "reminded" for line in stage.instance.state["log"])
    if count != wanted:
        yield f"reminded {count} times, wanted {wanted}"


def _history(stage: Stage, wanted: Json) -> Iterator[str]:
    names = {"actor": "by", "on_behalf_of": "person", "user": "by", "do": "action"}
    for one in wanted if isinstance(wanted, list) else [wanted]:
        said = {names.get(key, key): value for key, value in one.items()}
        if not any(said.items() <= line.items() for line in stage.instance.state["log"]):
            yield f"history lacks {one}"


def _child_active(stage: Stage, wanted: Json) -> Iterator[str]:
    asked = [stage.asked(child) for child in stage.children if child.ended_at is None]
    if {slug(node): sorted(people) for node, people in wanted.items()} not in asked:
        yield f"children stand {asked}, wanted {wanted}"


def _child_status(stage: Stage, wanted: Json) -> Iterator[str]:
    found = [child.status for child in stage.children]
    expected = wanted if isinstance(wanted, list) else [wanted] * len(found)
    if [STATUSES.get(each, each) for each in expected] != found:
        yield f"children are {found}, wanted {wanted}"


def _children(stage: Stage, wanted: Json) -> Iterator[str]:
    if len(stage.children) != wanted:
        yield f"{len(stage.children)} children, wanted {wanted}"


def _new_instance(stage: Stage, wanted: Json) -> Iterator[str]:
    asked = stage.asked(stage.new_instance())
    nodes = {slug(node) for node in wanted}
    people = all(who == ["*"] or sorted(who) == asked.get(slug(node)) for node, who in wanted.items())
    if set(asked) != nodes or not people:
        yield f"a new instance stands {asked}, wanted {wanted}"


def _copied(stage: Stage, wanted: Json) -> Iterator[str]:
    told = sorted(task.assignee for task in stage.memory.instances.requests.values() if task.purpose == "copy")
    if told != sorted(wanted):
        yield f"copied to {told}, wanted {wanted}"


CHECKS = {
    "closed_tasks": _closed, "times_entered": _entered, "stored": _stored, "remind_count": _reminded,
    "history_has": _history, "child_active": _child_active, "child_status": _child_status, "children": _children,
    "child_count": _children, "new_instance_active": _new_instance, "copied": _copied, "cc": _copied,
    "copies": _copied,
}  # fmt: skip
KNOWN = frozenset({"status", "active", "or", "error", "error_at", "exactly_one_of"})


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
        except Exception:
            found.append((case, "failed", traceback.format_exc(limit=-2).strip().replace("\n", " | ")))
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
