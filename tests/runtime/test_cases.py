"""Saved cases: a walk kept with the app is played again at every publish and by the command that checks a folder."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from builder.case import Case, Persona
from builder.parts import digest, manifest_of
from builder.problem import Conflict, Invalid
from builder.template import Samples, read_files, write_files
from runtime import cases, designing
from server import operating
from tests.runtime.office import FLOW, Office, office

LARGE: dict[str, Any] = {
    "id": "large",
    "name": "大额",
    "initiator": {"member": "ini"},
    "values": {"amount": "5000"},
    "moves": [{"act": "approve"}, {"act": "approve", "by": {"role": "finance"}}],
    "expect": {"at": ["both"], "route": ["draft", "manager", "large", "both"]},
}


def kept(company: Office, *told: dict[str, Any], flow: dict[str, Any] | None = None) -> Office:
    """The company's draft with these cases, and perhaps another workflow."""
    head = company.memory.definitions.heads["crm"]
    parts = designing.parts_of(company.gate("adm"), head.draft)
    parts["checks/deal"] = {"id": "deal", "cases": list(told)}
    parts["workflows/deal"] = flow or parts["workflows/deal"]
    company.memory.definitions.keep({digest(part): part for part in parts.values()})
    company.memory.definitions.save(designing.replace(head, draft=manifest_of(parts)))
    return company


def verdicts(company: Office) -> list[cases.Verdict]:
    """How the draft's cases come out."""
    head = company.memory.definitions.heads["crm"]
    return cases.run(company.gate("adm"), "crm", head.draft)


def codes(company: Office) -> list[str]:
    """What is wrong with each, "" for nothing."""
    return [one.problem.code if one.problem else "" for one in verdicts(company)]


def cheaper(limit: int) -> dict[str, Any]:
    """The workflow with another limit for the countersign."""
    flow = copy.deepcopy(FLOW)
    flow["nodes"]["large"]["when"] = {"over": f"amount > {limit}"}
    return flow


def test_a_case_that_still_holds_is_silent() -> None:
    assert codes(kept(office(), LARGE)) == [""]


def test_a_case_that_ends_elsewhere_stops_the_publish_and_says_what_is_different() -> None:
    company = kept(office(), LARGE, flow=cheaper(90000))
    assert codes(company) == ["case_stopped"]
    told = kept(company, {**LARGE, "moves": [{"act": "approve"}]}, flow=cheaper(90000))
    assert codes(told) == ["case_ends_differently"]
    head = company.memory.definitions.heads["crm"]
    with pytest.raises(Conflict) as refusal:
        designing.publish(company.gate("adm"), "crm", "", head.draft_revision)
    problem = refusal.value.problems[1]
    assert problem.path == ("checks", "deal", "cases", 0)
    assert "approved" in problem.sentence("en")
    assert "会签" in problem.sentence("zh-CN")


def test_a_case_may_only_warn() -> None:
    company = kept(office(), {**LARGE, "moves": [{"act": "approve"}], "blocking": False}, flow=cheaper(90000))
    preview = designing.preview(company.gate("adm"), "crm")
    assert preview["problems"] == []
    assert "case_ends_differently" in [one["code"] for one in preview["impacts"]]
    head = company.memory.definitions.heads["crm"]
    assert designing.publish(company.gate("adm"), "crm", "", head.draft_revision)["number"] == 2


def test_another_way_to_the_same_end_is_a_difference() -> None:
    one = {**LARGE, "expect": {"at": ["both"], "route": ["draft", "manager", "both"]}}
    company = kept(office(), one)
    assert codes(company) == ["case_other_route"]
    [told] = [verdict.problem for verdict in verdicts(company)]
    assert told is not None
    assert "第 3 步起不同：应到“会签”" in told.sentence("zh-CN")
    assert "from step 3 on" in told.sentence("en")


def test_a_role_that_nobody_holds_is_played_by_a_stand_in() -> None:
    flow = copy.deepcopy(FLOW)
    flow["nodes"]["manager"]["assignees"] = [{"role": "auditor"}]
    one = {**LARGE, "moves": [{"act": "approve", "by": {"role": "auditor"}}]}
    assert codes(kept(office(), one, flow=flow)) == [""]


def test_a_member_who_is_gone_makes_a_case_unplayable_and_stops_nothing() -> None:
    company = kept(office(), {**LARGE, "initiator": {"member": "nobody"}})
    [verdict] = verdicts(company)
    assert (verdict.playable, verdict.blocking) == (False, False)


def test_cases_of_a_workflow_that_is_gone_are_said() -> None:
    company = kept(office(), LARGE)
    head = company.memory.definitions.heads["crm"]
    parts = designing.parts_of(company.gate("adm"), head.draft)
    parts["checks/other"] = parts.pop("checks/deal")
    found = designing.problems_of(company.gate("adm"), parts)
    assert [one.code for one in found] == ["check_no_flow_of_cases"]


def test_cases_are_spelled_by_ids_only_where_they_differ_from_nothing() -> None:
    case = Case.model_validate(LARGE)
    assert case.dump() == LARGE
    assert Persona().dump() == {}


CRM = Path(__file__).parents[2] / "templates" / "crm"


def folder(**changed: bytes) -> dict[str, bytes]:
    """The CRM's files, some of them replaced."""
    files = {path.relative_to(CRM).as_posix(): path.read_bytes() for path in CRM.rglob("*") if path.is_file()}
    return {**files, **{name.replace("__", "/") + ".jsonl": content for name, content in changed.items()}}


def test_cases_travel_with_the_template_in_the_same_bytes() -> None:
    files = folder()
    assert write_files(*read_files(files)) == files
    assert json.loads(files["checks/contract.jsonl"].splitlines()[0])["id"] == "small"


def test_a_case_that_is_no_case_is_refused_with_its_line() -> None:
    with pytest.raises(Invalid) as refusal:
        read_files(folder(checks__contract=b'{"id": "a", "name": "A"}\n{"id": "b", "name": "B", "moves": 3}\n'))
    assert refusal.value.problems[0].path[0] == "checks/contract.jsonl:2"


def test_the_command_that_checks_a_folder_plays_its_cases(tmp_path: Path) -> None:
    for name, content in folder().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert "5 cases" in operating.check_folder(tmp_path)
    told = tmp_path / "workflows" / "contract.json"
    told.write_text(told.read_text(encoding="utf-8").replace("amount > 100000", "amount > 50000"), encoding="utf-8")
    with pytest.raises(Invalid) as refusal:
        operating.check_folder(tmp_path)
    assert {one.code for one in refusal.value.problems} == {"case_ends_differently"}
    assert read_files(folder())[1] != Samples()
