"""Time spent is summed up alike in memory, on SQLite and on PostgreSQL; lists of instances by workflow, too."""

import random
from dataclasses import replace
from datetime import timedelta

from runtime.ports import Happening, Instance, Span, Task
from tests.store.worlds import AT, FORM, Store

SPAN = Span(["h1", "h2"], AT, AT + timedelta(days=10))
RUN = Instance("i0", FORM, "r", "h1", {}, "running", "ann", AT, 1)


def instances() -> list[Instance]:
    """Some that run, some that ended, one of another workflow."""
    ends = [None, AT + timedelta(days=1), AT + timedelta(days=3, seconds=7), AT + timedelta(days=30)]
    made = [
        replace(RUN, id=f"i{at}", started_at=AT + timedelta(minutes=at), ended_at=end, workflow=f"h{1 + at % 2}",
                status="approved" if end else "running")
        for at, end in enumerate(ends)
    ]  # fmt: skip
    return [*made, replace(RUN, id="other", workflow="h9")]


def tasks(seed: int) -> list[Task]:
    """Many tasks that took all sorts of times."""
    dice = random.Random(seed)
    found = []
    for number in range(120):
        opened = AT + timedelta(seconds=dice.randrange(0, 12 * 86400), microseconds=dice.randrange(10**6))
        closed = opened + timedelta(seconds=dice.randrange(0, 90_000), microseconds=dice.randrange(10**6))
        done = dice.random() < 0.8
        found.append(
            Task(
                f"t{number}", dice.choice(["i0", "i1", "i2", "other"]), FORM, "r", dice.choice("ab"), "N",
                dice.choice(["approve", "approve", "copy"]), dice.choice(["ann", "bo", "cy"]),
                "done" if done else "open", opened,
                outcome=dice.choice(["approved", "returned", "rejected"]) if done else "",
                closed_at=closed if done else None,
                seen_at=opened + (closed - opened) / 3 if dice.random() < 0.6 else None,
            )
        )  # fmt: skip
    return found


def furnished(store: Store) -> str:
    """A workspace with all that."""
    name = store.workspace()
    with store.world(name) as world:
        for one in instances():
            world.instances.save(one)
        world.instances.put(tasks(7))
        late = [("i0", 1, "a", 3), ("i0", 2, "a", 3), ("i0", 3, "a", 5), ("i1", 4, "b", 1), ("other", 5, "a", 1)]
        world.instances.append([
            Happening(id, seq, AT + timedelta(hours=seq), "system", {"type": "timed_out", "node": node, "visit": visit})
            for id, seq, node, visit in late
        ])  # fmt: skip
    return name


def test_time_spent_is_the_same_on_every_store(store: Store) -> None:
    reference = Store()
    with store.world(furnished(store)) as world, reference.world(furnished(reference)) as known:
        for people in (None, ["ann", "bo"], []):
            span = replace(SPAN, people=people)
            for by_person in (False, True):
                found = world.instances.spent(span, by_person=by_person)
                assert found == known.instances.spent(span, by_person=by_person)
                assert all(one.median <= one.ninety <= one.total for one in found)
        assert sum(one.done for one in world.instances.spent(SPAN)) > 40


def test_a_deadline_counts_once_for_each_visit(store: Store) -> None:
    with store.world(furnished(store)) as world:
        assert world.instances.overdue(SPAN) == {"a": 2, "b": 1}
        assert world.instances.overdue(replace(SPAN, until=AT)) == {}


def test_ended_instances_are_counted_with_their_time(store: Store) -> None:
    with store.world(furnished(store)) as world:
        assert world.instances.ended(SPAN) == {"approved": (2, 86400 + 3 * 86400 + 7 - 180)}


def test_instances_are_listed_by_workflow_newest_first(store: Store) -> None:
    with store.world(furnished(store)) as world:
        first, following = world.instances.of_workflows(["h1", "h2"], limit=3)
        rest, end = world.instances.of_workflows(["h1", "h2"], limit=3, after=following)
        assert [one.id for one in [*first, *rest]] == ["i3", "i2", "i1", "i0"]
        assert end == ""
        running, _ = world.instances.of_workflows(["h1", "h2"], running=True)
        assert [one.id for one in running] == ["i0"]
        assert world.instances.of_workflows([])[0] == []
