"""A deadline and a person at the same moment 限时与人同时: exactly one of them wins, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update

from server import timing
from server.doctor import examine
from server.store import tables
from server.transaction import transaction
from tests.server.site import Site
from tests.server.works import Works, employ, install

ROUNDS = 12


def make_due(works: Works) -> None:
    """Every moment has come."""
    past = works.site.wired.clock.now() - timedelta(minutes=1)
    with transaction(works.site.wired.engine) as connection:
        connection.execute(update(tables.timer).values(due_at=past))


def test_a_deadline_that_passes_and_a_person_who_rejects_at_once_have_one_winner(any_site: Site) -> None:
    works = employ(any_site)
    install(works, {"type": "notify", "message": "x"}, due=[{"after": "PT1H", "do": "submit"}])
    for _ in range(ROUNDS):
        record = works.submit()
        task = works.bob.get("/api/tasks/boxes/todo")["cards"][0]["task"]
        make_due(works)
        with ThreadPoolExecutor(3) as pool:
            person = pool.submit(works.bob.client.post, f"/api/tasks/{task}/act", json={"action": "reject"})
            clocks = [pool.submit(timing.work, works.site.wired) for _ in range(2)]
            status = person.result().status_code
            assert all(clock.result() >= 0 for clock in clocks)
        while timing.work(works.site.wired):
            pass
        stands = works.flow(record)
        told = [line["action"] for line in stands["timeline"] if line["action"] in ("reject", "auto_submitted")]
        assert (status, stands["status"], told) in [
            (200, "rejected", ["reject"]),
            (409, "approved", ["auto_submitted"]),
        ]
    assert examine(works.site.wired) == []
