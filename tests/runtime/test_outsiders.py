"""Who only stands for a stranger did not submit it 外部发起: he is asked like anybody; his superiors are meant."""

from typing import Any

import pytest

from builder.access import Actor, Opening, Slice
from builder.filter import EVERYTHING
from runtime import inbox, records, story
from runtime.gate import Gate
from runtime.writing import Entry
from tests.runtime.office import Office, office


def flow(**node: Any) -> dict[str, Any]:
    """One approval, by the sales department's head unless it says otherwise."""
    asked = {"type": "approve", "label": "审批", "assignees": [{"superior_of": "initiator"}], **node}
    nodes = {
        "draft": {"type": "fill", "label": "起草", "on": {"submit": "it"}},
        "it": {**asked, "on": {"approved": "end"}},
        "end": {"type": "end"},
    }
    return {"id": "deal", "form": "deal", "name": "合同审批", "start": "draft", "nodes": nodes}


def sent(company: Office, owner: str) -> str:
    """A record that a stranger sent by a link of the owner's."""
    opening = Opening("crm.deal", "create", Slice(EVERYTHING, frozenset(), frozenset({"name"})))
    gate = Gate(company.memory.world(), Actor("public", owner, opening=opening), "zh-CN", company.library)
    live = gate.form("crm", "deal")
    added = records.add(gate, live, [Entry(gate.world.ids.new(), {"name": "来客"})])[0]
    return records.begin(gate, live, added).id


@pytest.mark.parametrize("word", ["skip", "superior", "head"])
def test_an_owner_who_approves_himself_is_asked_about_a_strangers_record(word: str) -> None:
    company = office(flow(assignees=[{"member": "ini"}], initiator=word))

    own, strangers = company.submit("ini"), sent(company, "ini")

    assert company.asked(own) == ({} if word == "skip" else {"boss": "it"})
    assert company.asked(strangers) == {"ini": "it"}


def test_the_superior_of_the_initiator_is_the_owners() -> None:
    company = office(flow())

    assert company.asked(sent(company, "ini")) == {"boss": "it"}


def test_the_story_says_that_a_stranger_sent_it_and_whose_link_it_was() -> None:
    company = office(flow())
    shown = inbox.flow(company.gate("ini"), "crm", "deal", sent(company, "ini"))

    assert shown is not None
    line = shown["timeline"][0]
    assert (line["action"], line["actor"], line["on_behalf_of"]) == ("submit", story.OUTSIDER, "ini")
