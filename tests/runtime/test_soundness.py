"""Unsound workflows 流程检查: each is found, with its place and a way that shows it."""

import copy
from pathlib import Path
from typing import Any

import pytest

from builder.definition import App
from builder.problem import LANGUAGES, Problem
from builder.template import read_folder
from runtime.memory import MemoryDirectory
from runtime.soundness import check, for_check
from tests.runtime.office import DEPARTMENTS, FLOW, FORM, MEMBERS

DIRECTORY = MemoryDirectory({each.id: each for each in MEMBERS}, {each.id: each for each in DEPARTMENTS})
PERSON = {"type": "approve", "assignees": [{"initiator": True}]}


def app(nodes: dict[str, Any], start: str = "draft") -> App:
    """An app with this workflow over the company's form, which also names a person and a department."""
    fields = [*FORM["fields"], {"id": "owner", "type": "member", "label": "负责人"}]
    fields.append({"id": "team", "type": "department", "label": "部门"})
    flow = {**FLOW, "nodes": nodes, "start": start}
    return App.model_validate(
        {"id": "a", "name": "a", "forms": {"deal": {**FORM, "fields": fields}}, "workflows": {"deal": flow}}
    )


def changed(**nodes: Any) -> dict[str, Any]:
    """The company's nodes with some settings changed; None takes a node away."""
    found = copy.deepcopy(FLOW["nodes"])
    for id, settings in nodes.items():
        found[id] = {**found.get(id, {}), **settings} if settings is not None else None
    return {id: node for id, node in found.items() if node is not None}


def problems(nodes: dict[str, Any], start: str = "draft") -> list[Problem]:
    """What is wrong, by today's directory."""
    subject = app(nodes, start)
    return list(check(subject, subject.workflows["deal"], DIRECTORY))


def found(nodes: dict[str, Any], start: str = "draft") -> list[tuple[str, tuple[Any, ...]]]:
    """Codes and places."""
    return [(problem.code, problem.path) for problem in problems(nodes, start)]


def split(**more: Any) -> dict[str, Any]:
    """Two branches that are joined."""
    return {
        "draft": {"type": "fill", "on": {"submit": "split"}},
        "split": {"type": "parallel", "on": {"a": "one", "b": "two"}},
        "one": {**PERSON, "on": {"approved": "join"}},
        "two": {**PERSON, "on": {"approved": "join", "rejected": "no"}},
        "join": {"type": "join", "on": {"next": "yes"}},
        "yes": {"type": "end"},
        "no": {"type": "end", "status": "rejected"},
        **more,
    }


def test_the_company_s_workflow_is_sound() -> None:
    assert found(changed()) == []


def test_two_joined_branches_are_sound_also_when_a_rejection_ends_everything() -> None:
    assert found(split()) == []


def test_the_workflows_of_every_template_are_sound() -> None:
    folders = [folder for folder in (Path(__file__).parents[2] / "templates").iterdir() if folder.is_dir()]
    apps = [read_folder(folder)[0] for folder in folders]

    assert [problem for each in apps for flow in each.workflows.values() for problem in for_check()(each, flow)] == []


CASES: list[tuple[str, dict[str, Any], str, tuple[Any, ...]]] = [
    ("an unknown type", changed(manager={"type": "ponder"}), "node_type_unknown", ("nodes", "manager", "type")),
    ("an unknown setting", changed(manager={"mood": 1}), "node_setting_unknown", ("nodes", "manager", "mood")),
    ("a bad setting", changed(manager={"agree": "most"}), "node_setting_invalid", ("nodes", "manager", "agree")),
    ("nobody named", changed(manager={"assignees": []}), "workflow_nobody_named", ("nodes", "manager", "assignees")),
    (
        "an unknown role",
        changed(manager={"assignees": [{"role": "directr"}]}),
        "workflow_no_role",
        ("nodes", "manager", "assignees", 0, "role"),
    ),
    (
        "an unknown member",
        changed(manager={"assignees": [{"member": "ghost"}]}),
        "workflow_no_member",
        ("nodes", "manager", "assignees", 0, "member"),
    ),
    (
        "a field that names nobody",
        changed(manager={"assignees": [{"member_field": "amount"}]}),
        "workflow_no_member_field",
        ("nodes", "manager", "assignees", 0, "member_field"),
    ),
    (
        "the superior of nobody",
        changed(manager={"assignees": [{"superior_of": "team"}]}),
        "workflow_no_member_field",
        ("nodes", "manager", "assignees", 0, "superior_of"),
    ),
    (
        "the head of nothing",
        changed(manager={"assignees": [{"department_head": "moon"}]}),
        "workflow_no_department",
        ("nodes", "manager", "assignees", 0, "department_head"),
    ),
    (
        "an unknown field",
        changed(manager={"fields": {"prize": "edit"}}),
        "workflow_no_field",
        ("nodes", "manager", "fields", "prize"),
    ),
    (
        "a guard that does not parse",
        changed(large={"when": {"over": "amount >"}}),
        "workflow_guard",
        ("nodes", "large", "when", "over"),
    ),
    (
        "a guard that is not written yet",
        changed(large={"when": {"over": " "}}),
        "workflow_guard_missing",
        ("nodes", "large", "when", "over"),
    ),
    (
        "a guard that names a field that is not there",
        changed(large={"when": {"over": "amont > 3"}}),
        "workflow_guard",
        ("nodes", "large", "when", "over"),
    ),
    (
        "a guard that is not true or false",
        changed(large={"when": {"over": "TODAY()"}}),
        "workflow_guard",
        ("nodes", "large", "when", "over"),
    ),
    ("no else", changed(large={"on": {"over": "both"}}), "workflow_no_else", ("nodes", "large", "on", "else")),
    (
        "a missing exit",
        changed(both={"on": {"rejected": "closed"}}),
        "workflow_exit_missing",
        ("nodes", "both", "on", "approved"),
    ),
    (
        "an exit nobody takes",
        changed(both={"on": {"approved": "tell", "maybe": "tell"}}),
        "workflow_exit_unknown",
        ("nodes", "both", "on", "maybe"),
    ),
    (
        "two exits of a copy",
        changed(tell={"on": {"a": "signed", "b": "closed"}}),
        "workflow_one_exit",
        ("nodes", "tell", "on"),
    ),
    (
        "one branch",
        split(split={"type": "parallel", "on": {"a": "one"}}),
        "workflow_too_few_branches",
        ("nodes", "split", "on"),
    ),
    ("an unreachable node", changed(island={"type": "end"}), "workflow_unreachable", ("nodes", "island")),
    ("no end", {"draft": {"type": "fill", "on": {"submit": "draft"}}}, "workflow_no_end", ("nodes",)),
    (
        "a dead end",
        changed(
            tell={"on": {"next": "manager"}}, both={"on": {"approved": "tell"}}, manager={"on": {"approved": "large"}}
        ),
        "workflow_dead_end",
        ("nodes", "draft"),
    ),
    (
        "an automatic loop",
        changed(tell={"on": {"next": "large"}}),
        "workflow_automatic_loop",
        ("nodes", "large"),
    ),
    ("a join of one", split(one={**PERSON, "on": {"approved": "yes"}}), "workflow_join_of_one", ("nodes", "join")),
    (
        "a join without a split",
        split(split={"type": "branch", "when": {"a": "amount > 1"}, "on": {"a": "one", "else": "two"}}),
        "workflow_join_without_split",
        ("nodes", "join"),
    ),
    (
        "a branch that ends everything",
        split(one={**PERSON, "on": {"approved": "yes"}}),
        "workflow_split_without_join",
        ("nodes", "split", "on", "a"),
    ),
    (
        "branches that meet without a join",
        split(
            one={**PERSON, "on": {"approved": "last"}},
            two={**PERSON, "on": {"approved": "last"}},
            last={**PERSON, "on": {"approved": "join"}},
        ),
        "workflow_branches_meet",
        ("nodes", "last"),
    ),
]


@pytest.mark.parametrize(("nodes", "code", "place"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_fault_is_found_at_its_place(nodes: dict[str, Any], code: str, place: tuple[Any, ...]) -> None:
    assert (code, place) in found(nodes)


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_a_whole_sentence_in_both_languages(case: Any, language: str) -> None:
    for problem in problems(case[1]):
        words = problem.sentence(language)
        assert words != problem.code
        assert "{" not in words


def test_a_workflow_does_not_start_at_an_approval() -> None:
    assert found(changed(), start="manager")[0] == ("workflow_cannot_start", ("start",))


def test_the_counter_example_is_a_way_through_the_drawing() -> None:
    loop = next(each for each in problems(changed(tell={"on": {"next": "large"}})) if "loop" in each.code)

    assert loop.params["nodes"] == ["large", "tell", "large"]
    assert loop.params["path"] == "large → 抄送 → large"


def test_without_a_directory_a_member_is_taken_at_his_word() -> None:
    subject = app(changed(manager={"assignees": [{"member": "ghost"}, {"department_head": "moon"}]}))

    codes = [problem.code for problem in check(subject, subject.workflows["deal"])]

    assert "workflow_no_member" not in codes
    assert "workflow_no_department" not in codes


LOOSE = {"lost": {**PERSON, "on": {"approved": "more"}}, "more": {**PERSON, "on": {"approved": "signed"}}}
LINES = {
    "workflow_unreachable": (changed(**LOOSE), "more", ["lost", "more"]),
    "workflow_no_else": (
        changed(large={"on": {"over": "both"}}),
        "large",
        ["draft", "manager", "large"],
    ),
    "workflow_exit_missing": (changed(manager={"on": {}}), "manager", ["draft", "manager"]),
    "workflow_nobody_named": (changed(both={"assignees": []}), "both", ["draft", "manager", "large", "both"]),
    "workflow_join_of_one": (
        split(two={**PERSON, "on": {"approved": "yes"}}),
        "join",
        ["draft", "split", "one", "join"],
    ),
    "workflow_join_without_split": (
        split(split={"type": "branch", "when": {"a": "amount > 1"}, "on": {"a": "one", "else": "two"}}),
        "join",
        ["draft", "split", "one", "join"],
    ),
    "workflow_cannot_start": ({**changed(), "draft": {**PERSON, "on": {"approved": "manager"}}}, "", ["draft"]),
}


@pytest.mark.parametrize("code", LINES)
def test_a_problem_carries_a_way_that_shows_it(code: str) -> None:
    nodes, place, line = LINES[code]
    told = [one for one in problems(nodes) if one.code == code and (not place or place in one.path)]
    assert told
    assert told[0].params["nodes"] == line


def test_every_problem_of_a_node_carries_a_way() -> None:
    for nodes, _, _ in LINES.values():
        for problem in problems(nodes):
            if len(problem.path) > 1 and problem.path[0] == "nodes":
                assert problem.params["nodes"][-1] in nodes, problem


def test_a_branch_without_an_else_comes_with_a_record_that_goes_nowhere() -> None:
    told = [one for one in problems(changed(large={"on": {"over": "both"}})) if one.code == "workflow_no_else"]
    assert told[0].params["example"] == {"amount": "999"}


def test_where_there_is_no_end_the_way_shows_how_far_one_comes() -> None:
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "one"}},
        "one": {**PERSON, "on": {"approved": "two"}},
        "two": {**PERSON, "on": {"approved": "one"}},
    }
    told = [one for one in problems(nodes) if one.code == "workflow_no_end"]
    assert told[0].params["nodes"] == ["draft", "one", "two"]
