"""Standing proxies keep their promises on every store (代理存储契约)."""

from dataclasses import replace

from runtime.ports import Proxy
from tests.store.test_instances import task
from tests.store.worlds import Store

AWAY = Proxy("p1", "bo", "cy", "2026-11-01", "2026-11-30", ("crm.deal",))


def test_a_proxy_is_kept_changed_found_from_both_sides_and_dropped(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.instances.keep_proxy(AWAY)
        world.instances.keep_proxy(replace(AWAY, id="p2", proxy="di", forms=()))
        world.instances.keep_proxy(replace(AWAY, last=""))

        assert world.instances.proxies(principal="bo") == [
            replace(AWAY, last=""),
            replace(AWAY, id="p2", proxy="di", forms=()),
        ]
        assert [one.id for one in world.instances.proxies(proxy="di")] == ["p2"]
        world.instances.drop_proxy("p1")
        assert [one.id for one in world.instances.proxies()] == ["p2"]


def test_another_workspace_has_no_part_in_it(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.instances.keep_proxy(AWAY)
    with store.world(store.workspace()) as other:
        assert other.instances.proxies() == []


def test_the_todo_box_holds_what_one_stands_in_for_on_those_forms(store: Store) -> None:
    with store.world(store.workspace()) as world:
        form = task("t1").form
        world.instances.put(
            [task("t1"), task("t2", form="crm.other"), task("t3", assignee="cy"), task("t4", state="done")]
        )
        some, all = replace(AWAY, forms=(form,)), replace(AWAY, forms=())

        found = {
            len(also): [one.id for one in world.instances.box("cy", "todo", also=also)[0]] for also in ((), (some,))
        }
        assert found == {0: ["t3"], 1: ["t3", "t1"]}
        assert [one.id for one in world.instances.box("cy", "todo", also=(all,))[0]] == ["t3", "t2", "t1"]
        assert world.instances.box("cy", "handled", also=(all,))[0] == []
        assert world.instances.open_counts("cy", also=(some,)) == {"todo": 2, "copied": 0}
        assert [one.id for one in world.instances.open_of("bo", 10)] == ["t1", "t2"]
