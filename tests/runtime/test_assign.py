"""Who is meant by a rule 处理人, in the small company."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from runtime.assign import Assignee, admins, people
from runtime.memory import MemoryDirectory
from tests.runtime.office import DEPARTMENTS, MEMBERS

DIRECTORY = MemoryDirectory({each.id: each for each in MEMBERS}, {each.id: each for each in DEPARTMENTS})
VALUES = {"owner": "boss", "owners": ["fin", "ini", "fin"], "team": "finance", "nobody": None, "left": "gone"}

CASES: list[tuple[str, list[dict[str, Any]], list[str]]] = [
    ("a member", [{"member": "fin"}], ["fin"]),
    ("a member who left", [{"member": "gone"}], []),
    ("a member who never was", [{"member": "ghost"}], []),
    ("the initiator", [{"initiator": True}], ["ini"]),
    ("a role", [{"role": "director"}], ["dir"]),
    ("a member field", [{"member_field": "owner"}], ["boss"]),
    ("a field of members", [{"member_field": "owners"}], ["fin", "ini"]),
    ("a blank field", [{"member_field": "nobody"}], []),
    ("a field that names somebody who left", [{"member_field": "left"}], []),
    ("the head of the initiator's department", [{"department_head": "initiator"}], ["boss"]),
    ("the head of a department", [{"department_head": "finance"}], ["fin"]),
    ("the head of a department field", [{"department_head": "team"}], ["fin"]),
    ("the initiator's superior", [{"superior_of": "initiator"}], ["boss"]),
    ("a head's superior is the head above", [{"superior_of": "owner"}], ["dir"]),
    ("the superior of the head of all is nobody", [{"superior_of": "top"}], []),
    ("a department's members", [{"department": "sales"}], ["ini", "boss"]),
    (
        "a department's members and those beneath",
        [{"department": "head", "below": True}],
        ["ini", "boss", "dir", "fin", "adm", "out"],
    ),
    ("the initiator's own department", [{"department": "initiator"}], ["ini", "boss"]),
    ("the members of a department field", [{"department": "team"}], ["fin", "out"]),
    ("every head above, level by level", [{"superior_chain": "initiator"}], ["boss", "dir"]),
    ("the heads above up to a level", [{"superior_chain": "initiator", "levels": 1}], ["boss"]),
    ("the heads above a member field", [{"superior_chain": "owner"}], ["dir"]),
    (
        "several rules, each person once",
        [{"member": "boss"}, {"department_head": "initiator"}, {"role": "finance"}],
        ["boss", "fin"],
    ),
]


@pytest.mark.parametrize(("rules", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_rule_means(rules: list[dict[str, Any]], wanted: list[str]) -> None:
    meant = [Assignee.model_validate(rule) for rule in rules]

    assert people(meant, DIRECTORY, {**VALUES, "top": "dir"}, "ini") == wanted


def test_departments_without_a_head_are_climbed_and_a_circle_of_them_ends() -> None:
    tree = {each.id: replace(each, heads=()) for each in DEPARTMENTS}
    tree["head"] = replace(tree["head"], parent="sales")
    headless = MemoryDirectory(DIRECTORY.people, tree)

    assert people([Assignee(department_head="initiator")], headless, {}, "ini") == []
    assert people([Assignee(department_head="initiator")], headless, {}, "stranger") == []


def test_a_rule_says_exactly_one_thing() -> None:
    with pytest.raises(ValidationError, match="exactly one"):
        Assignee(member="a", role="b")


def test_admins_are_the_enabled_ones() -> None:
    assert admins(DIRECTORY) == ["adm"]


@pytest.mark.parametrize(
    ("found", "wanted"), [("fin", ["fin"]), (["fin", "boss", "fin", 7], ["fin", "boss"]), (None, []), (12, [])]
)
def test_an_expression_yields_members(found: Any, wanted: list[str]) -> None:
    rules = [Assignee(expression="x")]

    assert people(rules, DIRECTORY, {}, "ini", evaluate=lambda text: found) == wanted


def test_in_rotation_one_of_the_group_is_asked() -> None:
    rules = [Assignee.model_validate({"department": "sales", "round_robin": True})]

    assert people(rules, DIRECTORY, {}, "ini", turn=lambda rule, group: group[-1]) == ["boss"]


@pytest.mark.parametrize("rule", [{"member": "a", "below": True}, {"role": "a", "levels": 2}, {"round_robin": True}])
def test_what_says_more_says_it_about_its_own_rule(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Assignee.model_validate(rule)
