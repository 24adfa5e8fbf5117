"""Many records computed again by the worker 批量重算: in few statements, once, and whoever is killed in between."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from server import recompute, worker
from server.store import outbox, tables
from server.store.direct import Direct
from server.store.outbox import Claimed
from server.transaction import transaction
from tests.server.site import Person, Site
from tests.server.test_ripple import APP, EVERYONE, publish, values

RATE = {
    "id": "rate", "name": "Rate", "title": "name", "groups": [EVERYONE],
    "fields": [{"id": "name", "type": "text", "label": "Name"}, {"id": "amount", "type": "number", "label": "Amount"}],
}  # fmt: skip
WHOLE = {
    "id": "whole", "name": "Whole", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "total", "type": "rollup", "label": "Total", "form": "part", "by": "whole", "operation": "sum",
         "field": "cost"},
    ],
}  # fmt: skip
PART = {
    "id": "part", "name": "Part", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "rate", "type": "reference", "label": "Rate", "form": "rate"},
        {"id": "whole", "type": "reference", "label": "Whole", "form": "whole"},
        {"id": "pieces", "type": "number", "label": "Pieces"},
        {"id": "cost", "type": "number", "label": "Cost", "formula": "pieces * rate.amount"},
    ],
}  # fmt: skip


@pytest.fixture
def ann(any_site: Site) -> Person:
    """An administrator whose wholes sum up what their parts cost at a rate."""
    person = any_site.owner()
    publish(person, RATE, WHOLE, PART)
    any_site.work()
    return person


def bring_parts(ann: Person, count: int) -> None:
    """So many parts of the whole W at the rate R, brought in a file."""
    rows = "".join(f"p{number},R,W,{number % 7}\n" for number in range(count))
    sent = {"file": ("parts.csv", f"Name,Rate,Whole,Pieces\n{rows}".encode())}
    read = ann.post(f"{APP}/forms/part/imports", files=sent, status=201)
    columns = {"0": "name", "1": "rate", "2": "whole", "3": "pieces"}
    ann.post(f"/api/imports/{read['id']}/start", {"columns": columns})
    ann.site.work()


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """How many statements are said to a database meanwhile, the long way and the short one."""
    said: Counter[str] = Counter()
    straight = Direct._answered

    def directly(self: Direct, *given: Any) -> Any:
        said["all"] += 1
        return straight(self, *given)

    def count(*_: Any) -> None:
        said["all"] += 1

    Direct._answered = directly  # type: ignore[method-assign]
    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield said
    finally:
        Direct._answered = straight  # type: ignore[method-assign]
        event.remove(Engine, "before_cursor_execute", count)


def claimed(site: Site, lease: str, span: timedelta) -> list[Claimed]:
    """The jobs that are due, in the hands of a worker called so."""
    with transaction(site.wired.engine) as connection:
        return outbox.claim(connection, lease, site.wired.clock.now(), span, 100, [recompute.TOPIC])


def times_computed(site: Site) -> int:
    """How many lines of history say that a part was computed anew."""
    anew = (tables.change.c.form == "crm.part") & (tables.change.c.note == "recomputed")
    with transaction(site.wired.engine, writes=False) as connection:
        return connection.execute(select(func.count()).select_from(tables.change).where(anew)).scalar_one()


def test_records_that_others_depend_on_are_computed_in_few_statements_however_many_they_are(
    any_site: Site, ann: Person
) -> None:
    """Each portion is looked up, computed, written and passed on together."""
    rate, whole = ann.add("rate", name="R", amount="1")["id"], ann.add("whole", name="W")["id"]
    bring_parts(ann, 600)
    assert values(ann, "whole", whole)["total"] == str(sum(number % 7 for number in range(600)))
    ann.edit("rate", rate, {"amount": "1"}, amount="2")
    with counted() as said:
        any_site.work()
    assert said["all"] < 200, "statements for three portions"
    assert times_computed(any_site) == 600 - len(range(0, 600, 7)), "those of no pieces cost nothing still"
    assert values(ann, "whole", whole)["total"] == str(2 * sum(number % 7 for number in range(600)))


def test_how_far_it_is_is_told_portion_by_portion(any_site: Site, ann: Person) -> None:
    rate = ann.add("rate", name="R", amount="1")["id"]
    ann.add("whole", name="W")
    bring_parts(ann, 600)
    ann.edit("rate", rate, {"amount": "1"}, amount="2")
    told = []
    while worker.work(any_site.wired, "test", most=1):
        found = ann.get(f"{APP}/forms/part/recomputing")
        told.append((found["left"], found["total"]))
    assert told == [(600, 600), (350, 600), (100, 600), (0, 0)]


def test_a_portion_that_a_killed_worker_held_is_done_by_the_next_and_not_twice(any_site: Site, ann: Person) -> None:
    """The first one held it, was not heard of, and comes back after the other has done it."""
    rate = ann.add("rate", name="R", amount="1")["id"]
    ann.add("whole", name="W")
    bring_parts(ann, 60)
    ann.edit("rate", rate, {"amount": "1"}, amount="2")
    [finding] = claimed(any_site, "first", timedelta(minutes=1))
    recompute.run(any_site.wired, finding)
    [portion] = claimed(any_site, "killed", timedelta(seconds=-1))
    done = times_computed(any_site)
    any_site.work()
    assert times_computed(any_site) == done + 51
    ann.edit("rate", rate, {"amount": "2"}, amount="3")
    recompute.run(any_site.wired, portion)
    assert times_computed(any_site) == done + 51, "what another has done is not done again"
    any_site.work()
    assert times_computed(any_site) == done + 102
