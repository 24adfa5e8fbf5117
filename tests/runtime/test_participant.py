"""What a node hides stays hidden 参与人可见字段, also where the record is opened directly."""

import pytest

from runtime import reading
from runtime.participant import hidden_from
from tests.runtime.office import FORM, Office, changed, office

CLOSED = {
    **FORM,
    "groups": [{"id": "own", "name": "own", "to": {"members": ["ini"]}, "operations": ["create", "read"]}],
}


def seen(company: Office, who: str, record: str) -> set[str]:
    """The fields of the record that somebody gets to see."""
    return set(reading.one(company.gate(who), "crm", "deal", record)["values"])


@pytest.mark.parametrize(("who", "hidden"), [("boss", {"cost"}), ("ini", set()), ("out", set())])
def test_a_node_hides_from_whom_it_asks_and_not_from_who_submitted(who: str, hidden: set[str]) -> None:
    company = office(form=CLOSED)
    record = company.submit(amount=10, cost=7)

    assert hidden_from(company.memory.world(), who, "crm.deal", record) == hidden


def test_what_one_of_several_nodes_shows_is_not_hidden() -> None:
    flow = changed("both", assignees=[{"member": "boss"}, {"role": "finance"}])
    company = office({**flow, "same_person": "ask"}, CLOSED)
    record = company.submit(amount=5000, cost=7)

    company.act("boss", "approve")

    assert hidden_from(company.memory.world(), "boss", "crm.deal", record) == set()


def test_the_gate_hides_it_too() -> None:
    company = office(form=CLOSED)
    record = company.submit(amount=10, cost=7)

    assert "amount" in seen(company, "boss", record)
    assert "cost" not in seen(company, "boss", record)
