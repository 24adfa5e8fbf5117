"""Whom a remark names: the longest name behind each @, and who was chosen."""

from runtime.mentions import _spelled
from runtime.ports import Member

MEMBERS = {one.id: one for one in (Member("w", "王"), Member("wf", "王芳"), Member("l1", "李雷"), Member("l2", "李雷"))}


def test_the_longest_name_behind_an_at_is_meant() -> None:
    assert list(_spelled("请@王芳看，@王 也看", MEMBERS, ())) == ["wf", "w"]


def test_of_two_with_one_name_both_are_meant_unless_one_was_chosen() -> None:
    assert list(_spelled("@李雷 a@b.cn", MEMBERS, ())) == ["l1", "l2"]
    assert list(_spelled("@李雷", MEMBERS, ("李雷",))) == []
