"""Timers, notices, preferences and attempts keep their promises on every store (定时与消息存储契约)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from runtime.ports import Notice, Timer, World
from server.store import timers
from server.transaction import transaction
from tests.store.worlds import AT, FORM, Store, make

FIRST = Timer("i1", "n", "0", 3, AT)
SECOND = Timer("i1", "n", "1", 3, AT + timedelta(hours=1))
OTHER = Timer("i1", "m", "0", 4, AT + timedelta(hours=2))


def notice(id: str, **more: object) -> Notice:
    """Something that Bo is told."""
    at = AT + timedelta(minutes=int(id.removeprefix("n")))
    return Notice(**{"id": id, "member": "bo", "kind": "task_opened", "at": at, "form": FORM, "record": "r", **more})  # type: ignore[arg-type]


def test_timers_are_kept_replaced_and_stopped(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.timers.start([SECOND, FIRST, OTHER])
        assert world.timers.of("i1") == [FIRST, SECOND, OTHER]
        later = replace(FIRST, due_at=AT + timedelta(days=1))
        world.timers.start([later])
        assert world.timers.of("i1") == [SECOND, OTHER, later]
        world.timers.stop("i1", "n", "1")
        assert world.timers.of("i1") == [OTHER, later]
        world.timers.stop("i1", "n")
        assert world.timers.of("i1") == [OTHER]
        world.timers.stop("i1")
        assert world.timers.of("i1") == []


def test_only_timers_whose_moment_has_come_and_that_are_not_held_come(database: Engine) -> None:
    store = Store(database)
    one, two = store.workspace(), store.workspace()
    with store.world(one) as world:
        world.timers.start([FIRST, SECOND])
    with store.world(two) as world:
        world.timers.start([FIRST])
        world.timers.hold("i1", True)
    with transaction(database) as connection:
        own = [(w, t) for w, t in timers.come(connection, AT + timedelta(minutes=1), 10_000) if w in (one, two)]
    assert own == [(one, FIRST)]
    with store.world(two) as world:
        world.timers.hold("i1", False)
    with transaction(database) as connection:
        came = timers.come(connection, AT + timedelta(hours=1), 10_000)
    assert [(w, t) for w, t in came if w in (one, two)] == [(one, FIRST), (two, FIRST), (one, SECOND)]


def test_notices_come_newest_first_page_by_page(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.notices.put([notice(f"n{index}") for index in range(5)])
        world.notices.put([notice("n9", member="ann"), notice("n8", shown=False)])
        page, following = world.notices.page("bo", limit=3)
        assert [one.id for one in page] == ["n4", "n3", "n2"]
        page, following = world.notices.page("bo", limit=3, after=following)
        assert ([one.id for one in page], following) == (["n1", "n0"], "")
        assert world.notices.unread("bo") == 5


def test_notices_are_read_by_their_own_member_only(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.notices.put([notice("n1"), notice("n2"), notice("n3", member="ann")])
        world.notices.read("ann", ["n1"], AT)
        world.notices.read("bo", ["n2", "n3"], AT)
        assert (world.notices.unread("bo"), world.notices.unread("ann")) == (1, 1)
        assert [one.id for one in world.notices.page("bo", unread=True)[0]] == ["n1"]
        world.notices.read("bo", None, AT)
        assert world.notices.unread("bo") == 0


def test_what_is_to_be_sent_is_found_oldest_first(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.notices.put([notice("n2", mail="wanted"), notice("n1", mail="wanted", robot="wanted"), notice("n3")])
        assert [one.id for one in world.notices.wanted("mail", "bo")] == ["n1", "n2"]
        assert [one.id for one in world.notices.wanted("mail", "ann")] == []
        assert [one.id for one in world.notices.wanted("robot")] == ["n1"]
        world.notices.put([replace(one, mail="sent") for one in world.notices.wanted("mail", "bo")])
        assert world.notices.wanted("mail", "bo") == []


def test_preferences_are_kept_for_the_workspace_and_for_each_member(store: Store) -> None:
    workspace = store.workspace()
    with store.world(workspace) as world:
        assert world.preferences.get("calendar") is None
        world.preferences.put("calendar", {"weekdays": [1]})
        world.preferences.put("calendar", {"weekdays": [2]}, "bo")
        world.preferences.put("calendar", {"weekdays": [3]})
    with store.world(workspace) as world:
        assert world.preferences.get("calendar") == {"weekdays": [3]}
        assert world.preferences.get("calendar", "bo") == {"weekdays": [2]}


def test_an_attempt_that_fails_leaves_records_as_they_were(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("r1", {"name": "a"})], [], {})
        with pytest.raises(LookupError):
            _fail(world)
        assert world.records.get(FORM, "r2") is None
        assert world.records.many(FORM, ["r1"])["r1"].values == {"name": "a"}
        with world.records.attempt():
            world.records.insert([make("r2", {"name": "b"})], [], {})
        assert world.records.get(FORM, "r2") is not None


def _fail(world: World) -> None:
    """Write something, and then give it up."""
    with world.records.attempt():
        world.records.insert([make("r2", {"name": "b"})], [], {})
        assert world.records.replace(make("r1", {"name": "c"}, revision=2), None, None)
        assert world.records.many(FORM, ["r1"])["r1"].values == {"name": "c"}
        raise LookupError
