"""What is odd about a drawing is told with an example: conditions that miss or cross each other, nobody to ask."""

from dataclasses import replace
from typing import Any

import pytest

from builder.definition import App
from builder.problem import LANGUAGES, Problem
from runtime.advice import advice
from runtime.memory import MemoryDirectory
from runtime.soundness import check
from tests.calls import calls_of
from tests.runtime.office import DEPARTMENTS, FLOW, FORM, MEMBERS

LEVELS = [{"id": "a", "label": "甲"}, {"id": "b", "label": "乙"}, {"id": "c", "label": "丙"}]
FIELDS = [
    *FORM["fields"],
    {"id": "level", "type": "choice", "label": "级别", "options": LEVELS},
    {"id": "rush", "type": "boolean", "label": "加急"},
]


def app(nodes: dict[str, Any]) -> App:
    """An app with these nodes."""
    form = {**FORM, "fields": FIELDS}
    return App.model_validate(
        {"id": "a", "name": "a", "forms": {"deal": form}, "workflows": {"deal": {**FLOW, "nodes": nodes}}}
    )


def directory(**changed: Any) -> MemoryDirectory:
    """The company, with some people or departments changed."""
    people = {one.id: changed.get(one.id, one) for one in MEMBERS}
    return MemoryDirectory(people, {one.id: changed.get(one.id, one) for one in DEPARTMENTS})


def found(nodes: dict[str, Any], company: MemoryDirectory | None = None) -> list[Problem]:
    """Everything odd; every sentence is there in both languages."""
    subject = app(nodes)
    problems = list(advice(subject, subject.workflows["deal"], company))
    assert all(one.sentence(language) not in ("", one.code) for one in problems for language in LANGUAGES)
    return problems


def branch(take: str = "first", **guards: str) -> dict[str, Any]:
    """The company's nodes with these conditions at the branch."""
    on = {**dict.fromkeys(guards, "both"), "else": "tell"}
    return {**FLOW["nodes"], "large": {"type": "branch", "label": "分", "when": guards, "on": on, "take": take}}


def test_the_companys_own_workflow_is_not_odd() -> None:
    assert found(FLOW["nodes"], directory()) == []


@pytest.mark.parametrize(
    ("guards", "code", "example"),
    [
        ({"a": "amount > 10", "b": "AND(amount > 5, amount < 20)"}, "workflow_overlap", {"amount": "15"}),
        ({"a": "AND(amount > 100, amount < 50)"}, "workflow_never_true", None),
        ({"a": "amount > 10", "b": "amount > 50"}, "workflow_never_reached", {"amount": "51"}),
        ({"a": "amount < 10", "b": "amount > 10"}, "workflow_hole", {"amount": "10"}),
        ({"a": 'level = "a"', "b": 'OR(level = "a", level = "b")'}, "workflow_hole", {"level": "c"}),
        ({"a": 'OR(level="a", level="b")', "b": 'OR(level="b", level="c")'}, "workflow_overlap", {"level": "b"}),
        ({"a": 'level = "a"', "b": 'level = "b"'}, "workflow_hole", {"level": "c"}),
        ({"a": "rush", "b": "NOT(rush)"}, "", None),
        ({"a": "amount > 50", "b": "amount > 10"}, "", None),
        ({"a": "amount > 10"}, "", None),
        ({"a": 'AND(amount > 10, level = "a")', "b": 'AND(amount < 20, level = "a")'}, "workflow_overlap",
         {"amount": "15", "level": "a"}),
    ],
)  # fmt: skip
def test_conditions_are_held_against_each_other(
    guards: dict[str, str], code: str, example: dict[str, str] | None
) -> None:
    problems = found(branch(**guards))
    assert [one.code for one in problems] == ([code] if code else [])
    assert [one.params.get("example") for one in problems] == ([example] if code else [])


def test_what_is_odd_has_a_way_on_the_canvas() -> None:
    [problem] = found(branch(a="amount > 10", b="amount > 50"))
    assert problem.params["nodes"] == ["draft", "manager", "large", "both"]
    assert problem.path == ("nodes", "large", "when", "b")


def test_the_way_of_an_example_is_one_that_a_record_with_these_values_takes() -> None:
    before = {"type": "branch", "when": {"low": "amount < 5"}, "on": {"low": "below", "else": "above"}}
    asked = {
        "type": "approve",
        "assignees": [{"superior_of": "initiator"}],
        "on": {"approved": "large", "rejected": "end"},
    }
    nodes = branch(a="amount > 10", b="AND(amount > 5, amount < 20)")
    nodes |= {"draft": {**nodes["draft"], "on": {"submit": "first"}}, "first": before, "below": asked, "above": asked}
    problem = next(one for one in found(nodes) if one.code == "workflow_overlap")
    assert problem.params["nodes"] == ["draft", "first", "above", "large", "both"]


def test_a_blank_number_makes_no_gap_where_everything_above_goes_the_other_way() -> None:
    assert found(branch(a="amount <= 10", b="AND(amount > 10, amount <= 100)")) == []


def test_an_inclusive_branch_may_overlap() -> None:
    assert found(branch("all", a="amount > 10", b="AND(amount > 5, amount < 20)")) == []


def test_what_depends_on_the_day_or_on_other_records_is_not_judged() -> None:
    assert found(branch(a="LEN(name) > 3", b="LEN(name) > 5")) == []


def test_a_role_that_nobody_holds_and_a_department_without_a_head_are_told() -> None:
    def asks(rule: dict[str, str]) -> dict[str, Any]:
        manager = {**FLOW["nodes"]["manager"], "assignees": [rule]}
        return {**FLOW["nodes"], "manager": manager}

    headless = {one.id: replace(one, heads=()) for one in DEPARTMENTS}
    assert [one.code for one in found(asks({"role": "pilot"}), directory())] == ["workflow_role_empty"]
    assert [one.code for one in found(asks({"member": "gone"}), directory())] == ["workflow_member_gone"]
    assert found(asks({"superior_of": "initiator"}), directory()) == []
    problems = found(asks({"superior_of": "initiator"}), directory(**headless))
    assert [(one.code, one.params["name"]) for one in problems] == [("workflow_no_head", "总部")]
    assert problems[0].params["nodes"] == ["draft", "manager"]
    assert [one.code for one in found(asks({"department_head": "sales"}), directory(**headless))] == [
        "workflow_no_head"
    ]
    both = {**FLOW["nodes"]["manager"], "assignees": [{"role": "pilot"}, {"role": "finance"}]}
    assert found({**FLOW["nodes"], "manager": both}, directory()) == []


def test_a_role_of_the_workspace_is_told_by_its_name() -> None:
    company = directory()
    company.named["pilot"] = "飞行员"
    manager = {**FLOW["nodes"]["manager"], "assignees": [{"role": "pilot"}]}
    [problem] = found({**FLOW["nodes"], "manager": manager}, company)
    assert (problem.code, problem.params["name"]) == ("workflow_role_empty", "飞行员")
    assert "pilot" not in problem.sentence("en")


def test_a_field_that_nobody_can_fill_is_told() -> None:
    shut = {
        id: {**node, "fields": {"name": "read"}}
        for id, node in FLOW["nodes"].items()
        if id in ("draft", "manager", "both")
    }
    assert [one.code for one in found({**FLOW["nodes"], **shut})] == ["workflow_required_closed"]


def test_two_hundred_nodes_are_judged_with_little_work() -> None:
    nodes: dict[str, Any] = {"draft": {"type": "fill", "on": {"submit": "n0"}}}
    for at in range(0, 198, 2):
        following = f"n{at + 2}" if at < 196 else "end"
        nodes[f"n{at}"] = {"type": "branch", "when": {"a": f"amount > {at}", "b": "amount > 5"},
                           "on": {"a": f"n{at + 1}", "b": f"n{at + 1}", "else": following}}  # fmt: skip
        nodes[f"n{at + 1}"] = {"type": "approve", "assignees": [{"superior_of": "initiator"}],
                               "on": {"approved": following, "rejected": "end"}}  # fmt: skip
    subject = app({**nodes, "end": {"type": "end"}})
    flow, company = subject.workflows["deal"], directory()
    assert calls_of(lambda: (check(subject, flow, company), list(advice(subject, flow, company)))) < 1_000_000


def test_conditions_are_told_with_the_labels_of_fields_and_options() -> None:
    problem = found(branch(a='OR(level = "a", level = "b")', b='level = "b"'))[0]
    assert (problem.code, problem.params["expression"]) == ("workflow_never_reached", '级别 = "乙"')
    assert all("level" not in problem.sentence(language) for language in LANGUAGES)
