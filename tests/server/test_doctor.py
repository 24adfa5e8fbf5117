"""The doctor finds what is broken, and nothing where all is well 体检, on both databases."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, update
from typer.testing import CliRunner

from server.cli import cli
from server.doctor import examine
from server.store import tables
from server.transaction import transaction
from tests.server.site import Site
from tests.server.works import Works, employ, install

WAIT = {"type": "timer", "after": "P1D"}
Break = Callable[[Connection, str], Any]


@pytest.fixture
def works(any_site: Site) -> Works:
    """Two deals: one waits for a moment, one has been approved; on each database."""
    works = employ(any_site)
    install(works, WAIT)
    works.submit()
    works.pass_time(timedelta(days=2))
    task = works.bob.get("/api/tasks/boxes/todo")["cards"][0]["task"]
    works.bob.post(f"/api/tasks/{task}/act", {"action": "approve"})
    works.submit()
    return works


def rules(works: Works) -> set[str]:
    """What the doctor finds."""
    return {finding.rule for finding in examine(works.site.wired)}


def broken(works: Works, how: Break) -> set[str]:
    """What the doctor finds when something was done to the database."""
    with transaction(works.site.wired.engine) as connection:
        running = select(tables.instance.c.id).where(tables.instance.c.ended_at.is_(None))
        how(connection, connection.execute(running).scalar_one())
    return rules(works)


def state(connection: Connection, id: str) -> Any:
    """An instance's state."""
    return connection.execute(select(tables.instance.c.state).where(tables.instance.c.id == id)).scalar_one()


def keep(connection: Connection, id: str, **values: Any) -> None:
    """Change an instance's row."""
    connection.execute(update(tables.instance).where(tables.instance.c.id == id).values(**values))


def give_task(connection: Connection, instance: str, person: str) -> None:
    """An open task that the machine knows nothing of."""
    row = connection.execute(select(tables.task).limit(1)).one()._mapping
    more = {"id": "stray", "instance": instance, "assignee": person, "state": "open", "closed_at": None}
    connection.execute(insert(tables.task).values({**row, **more}))


def test_where_all_is_well_nothing_is_found(works: Works) -> None:
    assert rules(works) == set()


def test_a_whole_crm_with_samples_is_well(any_site: Site) -> None:
    boss = any_site.trial()
    contracts = boss.list("contract", limit=5)["records"]
    assert contracts
    any_site.work()
    assert {finding.rule for finding in examine(any_site.wired)} == set()


def test_a_state_that_is_not_the_fold_of_its_events_is_found(works: Works) -> None:
    def change(connection: Connection, id: str) -> None:
        keep(connection, id, state={**state(connection, id), "initiator": "somebody"})

    assert broken(works, change) == {"state_differs"}


def test_events_that_are_gone_are_found(works: Works) -> None:
    def forget(connection: Connection, id: str) -> None:
        connection.execute(delete(tables.happening).where(tables.happening.c.instance == id))

    assert broken(works, forget) == {"state_differs"}


def test_an_instance_that_waits_for_nothing_is_found(works: Works) -> None:
    def stop(connection: Connection, id: str) -> None:
        connection.execute(delete(tables.timer).where(tables.timer.c.instance == id))

    assert broken(works, stop) == {"timers_differ", "waits_for_nothing"}


def test_tasks_and_timers_of_an_ended_instance_are_found(works: Works) -> None:
    def end(connection: Connection, id: str) -> None:
        give_task(connection, id, works.ids["Bob"])
        keep(connection, id, ended_at=works.site.wired.clock.now())

    assert broken(works, end) >= {"ended_has_task", "ended_has_timer"}


def test_a_task_for_nobody_and_one_that_the_machine_did_not_ask_for_are_found(works: Works) -> None:
    assert broken(works, lambda connection, id: give_task(connection, id, "nobody")) == {
        "task_without_person",
        "tasks_differ",
    }


def test_a_task_of_a_disabled_person_is_found(works: Works) -> None:
    works.pass_time(timedelta(days=2))
    assert rules(works) == set()

    def disable(connection: Connection, id: str) -> None:
        connection.execute(update(tables.member).where(tables.member.c.id == works.ids["Bob"]).values(enabled=False))

    assert broken(works, disable) == {"task_without_person"}


def test_a_record_with_another_status_or_none_at_all_is_found(works: Works) -> None:
    def relabel(connection: Connection, id: str) -> None:
        record = connection.execute(select(tables.instance.c.record).where(tables.instance.c.id == id)).scalar_one()
        connection.execute(update(tables.record).where(tables.record.c.id == record).values(status="approved"))

    def lose(connection: Connection, id: str) -> None:
        record = connection.execute(select(tables.instance.c.record).where(tables.instance.c.id == id)).scalar_one()
        connection.execute(delete(tables.record).where(tables.record.c.id == record))

    assert broken(works, relabel) == {"status_differs"}
    assert broken(works, lose) == {"record_gone"}


def test_orphans_of_every_kind_are_found(works: Works) -> None:
    def lose(connection: Connection, id: str) -> None:
        space = connection.execute(select(tables.instance.c.workspace).limit(1)).scalar_one()
        link = {"form": "own.deal", "source": "a", "field": "f", "target_form": "own.deal", "target": "b"}
        connection.execute(insert(tables.link).values({"workspace": space, **link}))
        head = {"id": "f1", "name": "a", "size": 1, "type": "t", "digest": "ab" * 32, "by": "x", "form": "own.deal"}
        at = works.site.wired.clock.now()
        connection.execute(insert(tables.file).values({"workspace": space, **head, "record": "gone", "created_at": at}))
        give_task(connection, "gone", works.ids["Bob"])
        timer = {"instance": "gone", "node": "n", "key": "0", "visit": 0, "due_at": at + timedelta(days=1)}
        connection.execute(insert(tables.timer).values({"workspace": space, **timer}))
        event = {"instance": "gone", "seq": 1, "at": at, "actor": "x", "event": {}}
        connection.execute(insert(tables.happening).values({"workspace": space, **event}))

    found = {"orphan_link", "orphan_file", "orphan_task", "orphan_timer", "orphan_happening", "file_missing"}
    assert broken(works, lose) == found


def test_a_parent_that_waits_for_children_that_are_over_and_a_child_without_its_parent_are_found(works: Works) -> None:
    def bear(connection: Connection, id: str) -> None:
        before = state(connection, id)
        node = next(iter(before["active"]))
        before["active"][node] = {**before["active"][node], "waits": "children", "children": ["gone"]}
        keep(connection, id, state={**before, "parent": {"instance": "gone"}})

    assert broken(works, bear) == {"state_differs", "children_over", "parent_gone"}


def test_a_child_that_runs_though_its_parent_is_over_is_found(works: Works) -> None:
    def leave(connection: Connection, id: str) -> None:
        over = select(tables.instance.c.id).where(tables.instance.c.ended_at.is_not(None))
        parent = {"instance": connection.execute(over).scalar_one(), "wait": True}
        keep(connection, id, state={**state(connection, id), "parent": parent})

    assert broken(works, leave) == {"state_differs", "child_left"}


def test_a_job_that_was_given_up_is_told_but_is_no_disease(works: Works) -> None:
    def give_up(connection: Connection, id: str) -> None:
        connection.execute(update(tables.job).values(state="dead", error="no"))

    works.submit()
    assert broken_quietly(works, give_up) == [("dead_job", False)]


def broken_quietly(works: Works, how: Callable[[Connection, str], None]) -> list[tuple[str, bool]]:
    """What is found, and whether it is serious."""
    with transaction(works.site.wired.engine) as connection:
        space = connection.execute(select(tables.instance.c.workspace).limit(1)).scalar_one()
        now = works.site.wired.clock.now()
        job = {"workspace": space, "id": "j", "topic": "mail", "payload": {}, "due_at": now, "created_at": now}
        connection.execute(delete(tables.job))
        connection.execute(insert(tables.job).values(job))
        how(connection, "")
    return [(finding.rule, finding.serious) for finding in examine(works.site.wired)]


def test_the_command_says_it_in_lines_and_as_json_and_by_its_exit_code(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = works.site.wired.settings
    monkeypatch.setenv("QIAOBAN_HOME", str(settings.home))
    monkeypatch.setenv("QIAOBAN_DATABASE_URL", settings.database_url)
    runner = CliRunner()
    well = runner.invoke(cli, ["doctor"])
    assert (well.exit_code, "一切正常" in well.output) == (0, True)
    broken(works, lambda connection, id: connection.execute(delete(tables.timer)))
    ill = runner.invoke(cli, ["doctor", "--json"])
    assert ill.exit_code == 1
    assert {one["rule"] for one in json.loads(ill.output)} == {"timers_differ", "waits_for_nothing"}
    lines = runner.invoke(cli, ["doctor"])
    assert "waits_for_nothing" in lines.output
