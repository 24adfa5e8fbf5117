"""Running workflows, definitions and files keep their promises on every store (流程与定义存储契约)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from builder.problem import Conflict, Invalid
from runtime.ports import AppHead, Happening, Instance, Job, Sought, StoredFile, Task, Version, World
from server.store.files import SqlFiles
from tests.store.worlds import AT, FORM, Store, make

RUN = Instance("i1", FORM, "r1", "hash1", {"nodes": {"start": {}}}, "running", "ann", AT, 1)
HEAD = AppHead(
    "crm", "客户", "icon", "red", 1, {"app": "h1"}, {"forms/z": "h2", "forms/a": "h3"}, 3, "crm", {"app": "h0"}
)


def task(id: str, **more: object) -> Task:
    """A request to Bo."""
    known = {"instance": "i1", "form": FORM, "record": "r1", "node": "n", "label": "审批", "purpose": "approve"}
    at = AT + timedelta(minutes=int(id.removeprefix("t")))
    return Task(**{"id": id, **known, "assignee": "bo", "state": "open", "opened_at": at, **more})  # type: ignore[arg-type]


def test_an_instance_is_saved_once_for_each_revision(store: Store) -> None:
    with store.world(store.workspace()) as world:
        assert world.instances.save(RUN)
        assert not world.instances.save(RUN)
        ended = replace(RUN, revision=2, status="approved", ended_at=AT)
        assert world.instances.save(ended)
        assert not world.instances.save(ended)
        assert world.instances.get("i1", lock=True) == ended
        assert world.instances.get("i2") is None


def test_instances_of_a_record_come_newest_first(store: Store) -> None:
    with store.world(store.workspace()) as world:
        for index in range(3):
            world.instances.save(replace(RUN, id=f"i{index}", started_at=AT + timedelta(minutes=index)))
        world.instances.save(replace(RUN, id="other", record="r2", ended_at=AT))
        assert [found.id for found in world.instances.of_record(FORM, "r1")] == ["i2", "i1", "i0"]
        assert world.instances.running(["hash1", "hash2"]) == 3
        assert world.instances.running([]) == 0


def test_events_come_back_in_order(store: Store) -> None:
    with store.world(store.workspace()) as world:
        events = [Happening("i1", seq, AT, "ann", {"kind": "answered", "n": seq}) for seq in (2, 1, 3)]
        world.instances.append(events)
        world.instances.append([])
        assert [event.seq for event in world.instances.happenings("i1")] == [1, 2, 3]
        assert world.instances.happenings("i1")[0] == events[1]


def test_tasks_are_put_and_put_again(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.instances.put([task("t1"), task("t0")])
        done = task("t1", state="done", outcome="approved", comment="同意", closed_at=AT, actor="ann")
        world.instances.put([done])
        assert world.instances.task("t1", lock=True) == done
        assert world.instances.task("t9") is None
        assert [found.id for found in world.instances.tasks("i1")] == ["t0", "t1"]


def test_boxes_hold_what_belongs_in_them(store: Store) -> None:
    with store.world(store.workspace()) as world:
        closed, copy = task("t3", state="closed"), task("t4", purpose="copy")
        seen, strange = task("t5", purpose="copy", seen_at=AT), task("t6", form="crmx.a")
        world.instances.put(
            [task("t1"), task("t2", state="done"), closed, copy, seen, strange, task("t7", assignee="cy")]
        )
        boxes = {box: [t.id for t in world.instances.box("bo", box)[0]] for box in ("todo", "handled", "copied")}
        assert boxes == {"todo": ["t6", "t1"], "handled": ["t2"], "copied": ["t5", "t4"]}
        assert [found.id for found in world.instances.box("bo", "todo", app="crm")[0]] == ["t1"]
        assert world.instances.open_counts("bo") == {"todo": 2, "copied": 1}
        assert world.instances.open_counts("bo", "crm") == {"todo": 1, "copied": 1}


def test_boxes_are_paged(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.instances.put([task(f"t{index}", opened_at=AT + timedelta(minutes=index // 2)) for index in range(5)])
        pages, after = [], ""
        while not pages or after:
            page, after = world.instances.box("bo", "todo", limit=2, after=after)
            pages.append([found.id for found in page])
        assert pages == [["t4", "t3"], ["t2", "t1"], ["t0"]]
        with pytest.raises(Invalid):
            world.instances.box("bo", "todo", after="hostile")


def test_who_started_what_is_known(store: Store) -> None:
    with store.world(store.workspace()) as world:
        for index in range(3):
            world.instances.save(replace(RUN, id=f"i{index}", record=f"r{index}"))
        page, after = world.instances.initiated("ann", limit=2)
        rest, end = world.instances.initiated("ann", limit=2, after=after)
        assert ([found.id for found in page + rest], end) == (["i2", "i1", "i0"], "")
        assert world.instances.initiated("ann", app="hr") == ([], "")


def test_only_those_concerned_take_part(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.instances.save(RUN)
        world.instances.put([task("t1", actor="cy")])
        part = [name for name in ("ann", "bo", "cy", "di") if world.instances.takes_part(name, FORM, "r1")]
        assert part == ["ann", "bo", "cy"]
        assert not world.instances.takes_part("ann", FORM, "r2")


def test_an_app_comes_back_with_its_parts_in_order(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.definitions.save(HEAD)
        world.definitions.save(replace(HEAD, draft_revision=4))
        found = world.definitions.app("crm")
        assert found == replace(HEAD, draft_revision=4)
        assert list(found.draft) == ["forms/z", "forms/a"]
        assert world.definitions.app("crm", lock=True) == found
        world.definitions.drop("crm")
        assert world.definitions.apps() == []
        assert world.definitions.app("crm") is None


def test_blobs_are_kept_by_hash_and_nobody_can_spoil_them(store: Store) -> None:
    workspace = store.workspace()
    with store.world(workspace) as world:
        world.definitions.keep({"h1": {"b": [1], "a": 2}, "h2": "x"})
        world.definitions.keep({"h1": {"other": 1}})
        world.definitions.blobs(["h1"])["h1"]["b"].append(2)
        assert world.definitions.blobs(["h1", "h2"]) == {"h1": {"b": [1], "a": 2}, "h2": "x"}
        with pytest.raises(KeyError, match="h3"):
            world.definitions.blobs(["h1", "h3"])
    with store.world(store.workspace()) as world, pytest.raises(KeyError):
        world.definitions.blobs(["h1"])


def test_versions_come_newest_first(store: Store) -> None:
    with store.world(store.workspace()) as world:
        published = [Version("crm", number, {"app": f"h{number}"}, AT, "ann", "第一版") for number in (1, 2, 10)]
        for version in published:
            world.definitions.publish(version)
        assert world.definitions.versions("crm") == published[::-1]
        assert world.definitions.versions("hr") == []
        with pytest.raises(Conflict):
            world.definitions.publish(published[0])


def test_workflows_and_definitions_of_others_are_not_seen(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.instances.save(RUN)
        world.instances.put([task("t1")])
        world.instances.append([Happening("i1", 1, AT, "ann", {})])
        world.definitions.save(HEAD)
        world.definitions.publish(Version("crm", 1, {}, AT, "ann", ""))
    with store.world(store.workspace()) as world:
        instances = world.instances
        assert (instances.get("i1"), instances.task("t1"), instances.tasks("i1")) == (None, None, [])
        assert (instances.happenings("i1"), instances.of_record(FORM, "r1"), instances.running(["hash1"])) == (
            [],
            [],
            0,
        )
        assert (instances.box("bo", "todo"), instances.initiated("ann")) == (([], ""), ([], ""))
        assert instances.open_counts("bo") == {"todo": 0, "copied": 0}
        assert not instances.takes_part("bo", FORM, "r1")
        assert (world.definitions.apps(), world.definitions.versions("crm")) == ([], [])
        assert not instances.save(replace(RUN, revision=2))


def test_a_key_that_waits_is_one_job(store: Store) -> None:
    with store.world(store.workspace()) as world:
        first = world.outbox.send(Job("mail", {"to": "ann"}, key="k"))
        assert world.outbox.send(Job("mail", {"to": "bo"}, key="k")) == first
        assert world.outbox.send(Job("hook", {}, key="k")) != first
        assert world.outbox.send(Job("mail", {})) != world.outbox.send(Job("mail", {}))


def test_files_are_registered_held_and_strangers_to_others(database: Engine) -> None:
    store = Store(database)
    mine = store.workspace()
    file = StoredFile("f1", "合同.pdf", 5, "application/pdf", "d" * 64, "ann")
    with store.world(mine) as world:
        assert isinstance(world.files, SqlFiles)
        world.files.add(file, AT)
        world.files.hold(["f1"], FORM, "r1")
        assert world.files.heads(["f1", "f2"]) == {"f1": replace(file, form=FORM, record="r1")}
    with store.world(store.workspace()) as world:
        world.files.hold(["f1"], FORM, "r2")
        assert world.files.heads(["f1"]) == {}


def people(store_world: World) -> None:
    """Three tasks of bo: two of ann's instance, one of cy's; one was due."""
    store_world.instances.save(RUN)
    store_world.instances.save(replace(RUN, id="i2", initiator="cy", status="approved"))
    store_world.instances.put(
        [
            task("t1", due_at=AT),
            task("t2", node="finance", label="财务", opened_at=AT + timedelta(days=1)),
            task("t3", instance="i2", form="hr.leave", due_at=AT + timedelta(days=9)),
        ]
    )


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(), ["t2", "t3", "t1"]),
        (Sought(forms=(FORM,)), ["t2", "t1"]),
        (Sought(node="finance"), ["t2"]),
        (Sought(initiator="cy"), ["t3"]),
        (Sought(status="approved"), ["t3"]),
        (Sought(since=AT + timedelta(hours=1)), ["t2"]),
        (Sought(until=AT + timedelta(hours=1)), ["t3", "t1"]),
        (Sought(late=AT + timedelta(days=2)), ["t1"]),
        (Sought(text="acme"), ["t2", "t1"]),
        (Sought(text="100%"), []),
        (Sought(text="nobody", people=("cy",)), ["t3"]),
    ],
    ids=["all", "form", "node", "initiator", "status", "since", "until", "late", "title", "no-pattern", "person"],
)
def test_a_box_can_be_narrowed(store: Store, sought: Sought, found: list[str]) -> None:
    with store.world(store.workspace()) as world:
        people(world)
        titles = {FORM: "Acme & Söhne", "hr.leave": "Other"}
        world.records.insert([make("r1", {}, form, title=title) for form, title in titles.items()], [], {})
        assert [each.id for each in world.instances.box("bo", "todo", sought=sought)[0]] == found


def test_what_somebody_started_can_be_narrowed_too(store: Store) -> None:
    with store.world(store.workspace()) as world:
        people(world)
        found = world.instances.initiated("cy", sought=Sought(status="approved"))[0]
        assert [each.id for each in found] == ["i2"]
        assert world.instances.initiated("ann", sought=Sought(status="approved")) == ([], "")
        assert set(world.instances.many(["i1", "i2", "gone"])) == {"i1", "i2"}


def test_many_records_are_looked_at_together(store: Store) -> None:
    with store.world(store.workspace()) as world:
        people(world)
        world.instances.put([task("t4", assignee="cy"), task("t5", assignee="cy", actor="dee")])
        assert {one.id for one in world.instances.of_records(FORM, ["r1", "r9"])} == {"i1", "i2"}
        assert world.instances.of_records(FORM, []) == []
        found = world.instances.tasks_of(["i1", "i9"], {"bo", "dee"})
        assert sorted(one.id for one in found) == ["t1", "t2", "t5"]
        assert world.instances.tasks_of([], {"bo"}) == []


def test_a_box_is_counted_by_form_node_and_initiator(store: Store) -> None:
    with store.world(store.workspace()) as world:
        people(world)
        lines = world.instances.tally("bo", "todo", now=AT + timedelta(days=2))
        assert sorted((line.form, line.node, line.initiator, line.count, line.late) for line in lines) == [
            (FORM, "finance", "ann", 1, 0),
            (FORM, "n", "ann", 1, 1),
            ("hr.leave", "n", "cy", 1, 0),
        ]
        assert world.instances.tally("bo", "handled", now=AT) == []
