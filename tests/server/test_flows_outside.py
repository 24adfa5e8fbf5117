"""Workflows call the world outside and wait for moments, over HTTP and for real 流程外部."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from server.store import tables
from server.transaction import transaction
from tests.server.outdoors import Listener, listening
from tests.server.site import Site
from tests.server.works import CALL, FORMS, Works, allow, employ, install


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Somebody outside."""
    with listening() as somebody:
        yield somebody


@pytest.fixture
def works(site: Site) -> Works:
    """Ann and Bob."""
    return employ(site)


@pytest.fixture
def everywhere(any_site: Site) -> Works:
    """Ann and Bob, on each database."""
    return employ(any_site)


# --- calls ----------------------------------------------------------------------------------------------------------


def test_a_call_is_signed_and_its_answer_is_written_into_the_record(everywhere: Works, listener: Listener) -> None:
    works = everywhere
    install(works, {**CALL, "url": f"{listener.url}/hook", "headers": {"X-Own": "1", "Host": "evil"}})
    allow(works, listener.host)
    listener.answers = [(200, {}, b'{"order": {"id": "A-7"}}')]
    record = works.submit(amount="5")
    assert "waiting for an answer" in works.flow(record)["waiting"]
    works.site.work()
    heard = listener.heard[0]
    assert (heard.path, heard.json) == ("/hook", {"who": "Deal 1", "much": "5"})
    key = works.ann.get("/api/workspace/signing-key")["key"]
    stamp = heard.headers["x-qiaoban-timestamp"]
    signed = hmac.new(key.encode(), f"{stamp}.".encode() + heard.body, hashlib.sha256).hexdigest()
    assert heard.headers["x-qiaoban-signature"] == f"sha256={signed}"
    assert heard.headers["x-own"] == "1"
    held = works.ann.get(f"{FORMS}/deal/records/{record}")["values"]
    assert held["number"] == "A-7"
    assert works.flow(record)["active"] == ["bob"]


def test_a_call_is_tried_again_and_then_stands_as_failed_until_an_admin_retries(
    works: Works, listener: Listener
) -> None:
    install(works, {**CALL, "url": listener.url, "retries": 2})
    allow(works, listener.host)
    listener.answers = [(500, {}, b""), (503, {}, b""), (500, {}, b""), (200, {}, b"{}")]
    record = works.submit()
    for tries in (1, 2, 3):
        works.pass_time(timedelta(minutes=5))
        assert len(listener.heard) == tries
    deliveries = {heard.headers["x-qiaoban-delivery"] for heard in listener.heard}
    assert len(deliveries) == 1
    stands = works.flow(record)
    assert stands["failures"][0]["reason"] == "The other side answered with status 500."
    assert "node_failed" in {one["kind"] for one in works.ann.get("/api/notices")["notices"]}
    works.bob.post(f"{FORMS}/deal/records/{record}/retry", {"node": "it"}, 403)
    works.ann.post(f"{FORMS}/deal/records/{record}/retry", {"node": "it"})
    works.site.work()
    assert works.flow(record)["active"] == ["bob"]


def test_what_the_other_side_will_never_take_is_not_tried_again(works: Works, listener: Listener) -> None:
    install(works, {**CALL, "url": listener.url})
    allow(works, listener.host)
    listener.answers = [(422, {}, b"")]
    record = works.submit()
    works.site.work()
    assert (len(listener.heard), works.flow(record)["failures"][0]["node"]) == (1, "it")
    works.ann.post(f"{FORMS}/deal/records/{record}/skip", {"node": "it"})
    assert works.flow(record)["active"] == ["bob"]


def test_a_call_to_a_private_address_fails_at_once_and_reaches_nobody(works: Works, listener: Listener) -> None:
    install(works, {**CALL, "url": listener.url})
    record = works.submit()
    works.site.work()
    assert listener.heard == []
    assert "cannot be called" in works.flow(record)["failures"][0]["reason"]


def test_an_answer_that_does_not_fit_leaves_the_record_alone(works: Works, listener: Listener) -> None:
    install(works, {**CALL, "url": listener.url, "answers": {"number": "a", "amount": "b"}})
    allow(works, listener.host)
    listener.answers = [(200, {}, b'{"a": "x", "b": 5000}')]
    record = works.submit()
    works.site.work()
    assert works.flow(record)["failures"][0]["node"] == "it"
    assert works.ann.get(f"{FORMS}/deal/records/{record}")["values"]["number"] is None


def test_a_withdrawn_workflow_hears_nothing_of_a_late_answer(works: Works, listener: Listener) -> None:
    install(works, {**CALL, "url": listener.url})
    allow(works, listener.host)
    record = works.submit()
    works.ann.post(f"{FORMS}/deal/records/{record}/withdraw")
    works.site.work()
    assert works.flow(record)["status"] == "withdrawn"


# --- time -----------------------------------------------------------------------------------------------------------


def test_what_is_due_happens_once_though_the_worker_slept(everywhere: Works) -> None:
    works = everywhere
    install(works, {"type": "timer", "after": "P1D"}, due=[{"after": "PT2H", "do": "submit"}])
    record = works.submit()
    works.pass_time(timedelta(hours=23))
    assert works.flow(record)["active"] == ["it"]
    works.pass_time(timedelta(days=40))
    assert works.flow(record)["active"] == ["bob"]
    assert works.flow(record)["due_at"] is not None
    works.pass_time(timedelta(days=40))
    stands = works.flow(record)
    assert stands["status"] == "approved"
    assert [line["action"] for line in stands["timeline"]].count("auto_submitted") == 1


def test_many_moments_come_together_and_a_bad_one_holds_nobody_up(everywhere: Works) -> None:
    works = everywhere
    install(works, {"type": "timer", "after": "P1D"})
    records = [works.submit() for _ in range(5)]
    with transaction(works.site.wired.engine) as connection:
        instance = works.flow(records[2])["instance"]
        broken = update(tables.instance).where(tables.instance.c.id == instance).values(state={"status": "running"})
        connection.execute(broken)
    works.pass_time(timedelta(days=2))
    others = [works.flow(record)["active"] for place, record in enumerate(records) if place != 2]
    assert others == [["bob"]] * 4
