"""A new drawing is held against what really happened: people decide as they did, and the differences are told."""

import copy
from datetime import timedelta
from typing import Any

from builder.parts import digest, manifest_of
from runtime import designing, dry_run
from tests.runtime.office import FLOW, Office, changed, office


def drafted(company: Office, flow: dict[str, Any]) -> None:
    """The draft has this workflow."""
    head = company.memory.definitions.heads["crm"]
    parts = designing.parts_of(company.gate("adm"), head.draft) | {"workflows/deal": flow}
    company.memory.definitions.keep({digest(part): part for part in parts.values()})
    company.memory.definitions.save(designing.replace(head, draft=manifest_of(parts)))


def past() -> Office:
    """A small deal that was signed after an hour, a large one that finance refused, and one that waits."""
    company = office()
    head = company.memory.definitions.heads["crm"]
    company.memory.definitions.publish(designing.Version("crm", 1, head.live, company.memory.clock.now(), "adm", ""))
    for amount, answers in (("500", ["approve"]), ("5000", ["approve", "reject"]), ("700", [])):
        company.submit(amount=amount)
        for who, answer in zip(("boss", "fin"), answers, strict=False):
            company.memory.clock.advance(timedelta(hours=1))
            company.act(who, answer)
        company.memory.clock.advance(timedelta(hours=1))
    return company


def rows(company: Office) -> list[dict[str, Any]]:
    """What the dry run of the draft says, oldest first."""
    return list(reversed(dry_run.run(company.gate("adm"), "crm", "deal", 0, 50)["rows"]))


def test_the_same_drawing_gives_no_difference() -> None:
    found = rows(past())
    assert [(row["before"]["status"], row["differs"]) for row in found] == [
        ("approved", []),
        ("rejected", []),
        ("running", []),
    ]
    assert [row["assumed"] for row in found] == [0, 0, 0]


def test_a_lower_limit_sends_more_through_the_countersign() -> None:
    company = past()
    drafted(company, changed("large", when={"over": "amount > 100"}))
    small, large, waits = rows(company)
    assert small["differs"] == ["route"]
    assert small["first"] == {"index": 3, "was": "抄送", "now": "会签"}
    assert small["assumed"] == 2
    assert large["differs"] == waits["differs"] == []


def test_somebody_else_who_is_asked_is_named_and_decides_as_was_decided() -> None:
    company = past()
    drafted(company, changed("manager", assignees=[{"role": "finance"}]))
    small, *_ = rows(company)
    assert small["others"] == [{"node": "manager", "was": "boss", "now": "fin"}]
    assert small["differs"] == ["people"]


def test_a_step_left_out_saves_its_time_and_changes_the_outcome() -> None:
    company = past()
    flow = copy.deepcopy(FLOW)
    flow["nodes"]["large"]["on"] = {"over": "tell", "else": "tell"}
    drafted(company, flow)
    large = rows(company)[1]
    assert large["differs"] == ["route", "outcome", "time"]
    assert (large["before"]["status"], large["after"]["status"]) == ("rejected", "approved")
    assert large["before"]["seconds"] - large["after"]["seconds"] == 3600


def test_a_dry_run_stores_nothing() -> None:
    company = past()
    drafted(company, changed("large", when={"over": "amount > 100"}))
    before = repr([vars(one) for one in (company.memory.records, company.memory.instances, company.memory.outbox)])
    rows(company)
    assert (
        repr([vars(one) for one in (company.memory.records, company.memory.instances, company.memory.outbox)]) == before
    )


def test_values_written_at_a_task_are_written_again() -> None:
    company = office()
    head = company.memory.definitions.heads["crm"]
    company.memory.definitions.publish(designing.Version("crm", 1, head.live, company.memory.clock.now(), "adm", ""))
    company.submit(amount="500")
    company.memory.clock.advance(timedelta(hours=1))
    company.act("boss", "approve", values={"amount": "9000"}, before={"amount": "500"})
    drafted(company, changed("large", when={"over": "amount > 8000"}))
    [row] = rows(company)
    assert row["differs"] == []
    assert row["after"]["waiting"] == ["both"]
