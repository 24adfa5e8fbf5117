"""The approval scenarios 审批用例, each performed on the pure machine; replaying its events gives the same state."""

from pathlib import Path

import pytest

from tests.cases.approvals import Case, differences, read

CASES = read(Path(__file__).parents[1] / "cases" / "workflow" / "approval_cases.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[f"{case['id']} {case['title']}" for case in CASES])
def test_the_scenario_comes_out_as_it_says(case: Case) -> None:
    assert differences(case) == []
