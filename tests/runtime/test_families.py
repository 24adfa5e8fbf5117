"""What becomes of a child when its parent ends, is withdrawn or moved 父子流程: waited for, alone, together."""

import copy
from typing import Any

import pytest

from runtime import administering, designing, inbox, migrate
from tests.runtime.office import Office
from tests.runtime.test_migrate import published
from tests.runtime.test_outside import LINES, PER_ROW, SUB, children, company, is_fold

ALONE = {**SUB, "wait": False}
TOGETHER = {**ALONE, "together": True}


def states(made: Office) -> list[str]:
    """How the children stand."""
    return [child.status for child in children(made)]


def withdraw(made: Office, record: str) -> None:
    """The initiator takes the parent back."""
    inbox.withdraw(made.gate("ini"), "crm", "deal", record)


def end(made: Office, record: str) -> None:
    """An admin ends the parent."""
    inbox.end(made.gate("adm"), "crm", "deal", record)


def approve(made: Office, record: str) -> None:
    """The parent comes to its end."""
    made.act("dir", "approve")


def reject(made: Office, record: str) -> None:
    """The parent is refused."""
    made.act("dir", "reject")


@pytest.mark.parametrize("over", [withdraw, end, approve, reject])
def test_a_child_that_nobody_waits_for_goes_on_however_its_parent_ends(over: Any) -> None:
    made = company(ALONE)
    record = made.submit(amount=7)
    over(made, record)
    assert made.instance(record).ended_at is not None
    assert states(made) == ["running"]
    made.act("fin", "approve")
    assert states(made) == ["approved"]
    is_fold(made)


@pytest.mark.parametrize("over", [withdraw, end, approve, reject])
def test_a_child_that_is_bound_to_its_parent_ends_with_it_however_that_ends(over: Any) -> None:
    made = company(TOGETHER)
    record = made.submit(amount=7)
    assert states(made) == ["running"]
    over(made, record)
    assert made.instance(record).ended_at is not None
    assert states(made) == ["ended"]
    is_fold(made)


def test_a_bound_child_that_has_ended_stays_as_it_ended() -> None:
    made = company(TOGETHER)
    record = made.submit(amount=7)
    made.act("fin", "approve")
    approve(made, record)
    assert states(made) == ["approved"]


def test_a_parent_that_waits_is_withdrawn_with_its_children() -> None:
    made = company(PER_ROW)
    record = made.submit(lines=LINES)
    withdraw(made, record)
    assert states(made) == ["ended"] * 3
    is_fold(made)


def moved(made: Office, names: dict[str, str]) -> None:
    """A new version, in which nodes have other names, is published, and everything that runs is moved to it."""
    head = made.memory.definitions.heads["crm"]
    if not made.memory.definitions.versions("crm"):
        made.memory.definitions.publish(designing.Version("crm", 1, head.live, made.memory.clock.now(), "adm", ""))
    old = head.live["workflows/deal"]
    flow = copy.deepcopy(made.memory.definitions.blobs([old])[old])
    flow["nodes"] = {names.get(id, id): drawn for id, drawn in flow["nodes"].items()}
    for drawn in flow["nodes"].values():
        drawn["on"] = {exit: names.get(to, to) for exit, to in drawn.get("on", {}).items()}
    published(made, flow)
    ids = [one.id for one in made.memory.instances.instances.values() if one.form == "crm.deal"]
    plan = {old: {id: names.get(id, id) for id in ("it", "after", "draft", "end")}}
    assert all(row["ok"] for row in migrate.apply(made.gate("adm"), "crm", "deal", plan, ids))


def test_a_parent_hears_of_its_child_though_its_node_has_another_name_now() -> None:
    made = company(SUB)
    record = made.submit(amount=7)
    moved(made, {"it": "orders"})
    assert list(made.instance(record).state["active"]) == ["orders"]
    made.act("fin", "approve")
    assert made.asked(record) == {"dir": "after"}


def test_a_child_on_its_own_does_not_notice_that_its_parent_was_moved() -> None:
    made = company(TOGETHER)
    record = made.submit(amount=7)
    moved(made, {"it": "orders"})
    assert states(made) == ["running"]
    end(made, record)
    assert states(made) == ["ended"]


def test_a_child_that_ended_since_is_not_waited_for_again_when_the_move_is_taken_back() -> None:
    made = company(PER_ROW)
    record = made.submit(lines=LINES)
    moved(made, {"it": "orders"})
    made.act("fin", "approve")
    [row] = migrate.undo(made.gate("adm"), "crm", "deal", [made.instance(record).id])
    assert row["ok"]
    made.act("fin", "approve")
    made.act("fin", "approve")
    assert made.asked(record) == {"dir": "after"}


def test_a_move_is_not_taken_back_once_the_children_are_over() -> None:
    made = company(SUB)
    record = made.submit(amount=7)
    moved(made, {"it": "orders"})
    made.act("fin", "approve")
    [row] = migrate.undo(made.gate("adm"), "crm", "deal", [made.instance(record).id])
    assert not row["ok"]
    assert made.asked(record) == {"dir": "after"}


def test_who_jumps_away_from_where_it_waits_ends_the_children() -> None:
    made = company(SUB)
    record = made.submit(amount=7)
    administering.jump(made.gate("adm"), made.gate("adm").form("crm", "deal"), record, "after")
    assert (states(made), made.asked(record)) == (["ended"], {"dir": "after"})
    is_fold(made)


def test_a_child_may_end_while_its_parent_is_suspended_which_goes_on_when_it_is_resumed() -> None:
    made = company(PER_ROW)
    record = made.submit(lines=LINES)
    made.act("fin", "approve")
    inbox.suspend(made.gate("adm"), "crm", "deal", record, "")
    made.act("fin", "approve")
    made.act("fin", "approve")
    assert (states(made), made.asked(record)) == (["approved"] * 3, {})
    inbox.resume(made.gate("adm"), "crm", "deal", record, "")
    assert made.asked(record) == {"dir": "after"}
    is_fold(made)


def test_what_was_heard_while_it_was_suspended_is_forgotten_when_it_is_ended() -> None:
    made = company(SUB)
    record = made.submit(amount=7)
    inbox.suspend(made.gate("adm"), "crm", "deal", record, "")
    made.act("fin", "approve")
    end(made, record)
    assert (made.instance(record).status, states(made)) == ("ended", ["approved"])
    is_fold(made)
