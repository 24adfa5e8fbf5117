"""At the same instant 同时办理: one effect, or one of the two orders; never stuck, never twice. QIAOBAN_LONG: more."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from tests.server.flow_company import (
    PEOPLE,
    Deed,
    FlowCompany,
    answers,
    drawing,
    ends,
    open_company,
    times_out,
    withdraws,
)

LONG = bool(os.environ.get("QIAOBAN_LONG"))
CROWDED, VOTES, PAIRS = (50, 200, 30) if LONG else (4, 10, 3)
LATE = {"already_handled", "instance_ended", "instance_withdrawn", "not_your_task", "instance_changed"}


@pytest.fixture
def company(tmp_path: Path, database_url: str) -> Iterator[FlowCompany]:
    """A company on SQLite, and again on PostgreSQL."""
    found = open_company(tmp_path, database_url)
    yield found
    found.wired.engine.dispose()


def at_once(calls: list[Any]) -> list[Any]:
    """The answers of all calls, made at the same instant by as many threads."""
    start = Barrier(len(calls))

    def run(call: Any) -> Any:
        start.wait(timeout=30)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_twenty_people_act_on_one_task_and_one_of_them_does(company: FlowCompany) -> None:
    company.publish(drawing())
    for turn in range(CROWDED):
        record = company.submit()
        words = ["approve", "reject"] if turn % 2 else ["approve"]

        said = at_once(
            [partial(company.do, who, answers(words[at % len(words)]), record) for at, who in enumerate(PEOPLE)]
        )

        assert said.count("") == 1
        assert set(said) - {""} <= LATE
        assert company.stands(record) in (("running", (("boss", ("boss",)),)), ("rejected", ()))


@pytest.mark.parametrize("agree", ["all", "ratio", "count"])
def test_the_last_two_votes_fall_at_the_same_instant(company: FlowCompany, agree: str) -> None:
    more = {"ratio": {"ratio": "100"}, "count": {"pass_count": 2}}.get(agree, {})
    company.publish(drawing(agree, PEOPLE[:2], **more))
    for _ in range(VOTES):
        record = company.submit()

        said = at_once([partial(company.do, who, answers("approve"), record) for who in PEOPLE[:2]])

        assert said == ["", ""]
        assert company.stands(record) == ("running", (("boss", ("boss",)),))


def another_version(company: FlowCompany) -> None:
    """A new version is published, in which the crowd must all agree."""
    company.publish(drawing("all", PEOPLE[:2], due=[{"after": "PT1M", "do": "submit"}], label="new"), 2)


OTHERS: dict[str, tuple[str, Deed]] = {
    "withdraw": ("ini", withdraws),
    "timeout": ("system", times_out),
    "end": ("admin", ends),
    "return": (PEOPLE[1], answers("return", to="start")),
    "transfer": (PEOPLE[1], answers("transfer", to="new")),
    "add signer": (PEOPLE[1], answers("add_signer", to="new", position="after")),
    "reject": (PEOPLE[1], answers("reject")),
}


@pytest.mark.parametrize("agree", ["any", "all"])
@pytest.mark.parametrize("other", OTHERS)
def test_an_approval_meets_something_else_and_the_end_is_one_of_the_two_orders(
    company: FlowCompany, other: str, agree: str
) -> None:
    company.publish(drawing(agree, PEOPLE[:2], due=[{"after": "PT1M", "do": "submit"}]))
    deeds = [(PEOPLE[0], answers("approve")), OTHERS[other]]
    allowed = [_in_turn(company, deeds), _in_turn(company, deeds[::-1])]
    allowed[1] = (allowed[1][0][::-1], allowed[1][1])
    for _ in range(PAIRS):
        record = company.submit()

        said = at_once([partial(company.do, who, deed, record) for who, deed in deeds])

        stands = company.stands(record)
        assert stands in [end for _, end in allowed]
        assert any([not code for code in said] == [not code for code in codes] for codes, _ in allowed), said


def _in_turn(company: FlowCompany, deeds: list[tuple[str, Deed]]) -> tuple[list[str], Any]:
    """The codes and the end when one happens after the other."""
    record = company.submit()
    codes = [company.do(who, deed, record) for who, deed in deeds]
    return codes, company.stands(record)


def test_an_approval_meets_a_new_version_and_stays_on_its_own(company: FlowCompany) -> None:
    company.publish(drawing("any", PEOPLE[:2]))
    record = company.submit()

    said = at_once([partial(company.do, PEOPLE[0], answers("approve"), record), partial(another_version, company)])

    assert said[0] == ""
    assert company.stands(record) == ("running", (("boss", ("boss",)),))
    assert company.stands(company.submit()) == ("running", (("crowd", (PEOPLE[0], PEOPLE[1])),))
