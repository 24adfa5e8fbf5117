"""A workflow is tried behind glass: everything that would happen is told, and nothing happens."""

import copy
from typing import Any

from builder.case import Move, Persona
from runtime import simulate
from runtime.simulate import Frame, Simulation
from tests.runtime.office import FLOW, Office, changed, office


def play(company: Office, *moves: dict[str, Any], record: str = "", **values: Any) -> Simulation:
    """A walk on the live version, begun by ini."""
    gate = company.gate("adm")
    head = gate.world.definitions.app("crm")
    assert head is not None
    walk = simulate.begin(gate, "crm", "deal", head.live, Persona(member="ini"), values, record)
    walk.begin()
    for move in moves:
        walk.move(Move.model_validate(move))
    return walk


def code(frame: Frame) -> str:
    """Why the move was refused; "" when it was not."""
    return frame.problem.code if frame.problem else ""


def everything(company: Office) -> str:
    """All that the world holds, as words."""
    memory = company.memory
    held = (memory.records, memory.instances, memory.outbox, memory.files, memory.definitions)
    return repr([vars(one) for one in held])


def test_a_walk_tells_tasks_values_and_messages() -> None:
    walk = play(
        office(),
        {"act": "approve", "values": {"amount": "5000"}},
        {"act": "approve", "by": {"role": "finance"}},
        {"act": "reject", "by": {"role": "director"}},
        name="x",
    )
    started, agreed, finance, refused = walk.frames
    assert started.open == {"manager": ("boss",)}
    assert agreed.changes[0]["after"] == "5000"
    assert agreed.open == {"both": ("dir", "fin")}
    moved = {one["person"]: one["state"] for one in agreed.tasks}
    assert moved == {"boss": "done", "dir": "open", "fin": "open"}
    assert (code(finance), refused.status) == ("", "rejected")
    assert ("rejected", ["ini"]) in [(one["about"], one["people"]) for one in refused.messages]
    assert refused.visited == ("draft", "manager", "large", "both", "closed")
    assert ("manager", "large") in refused.ways


def test_nothing_is_stored_by_a_walk() -> None:
    company = office()
    record = company.submit(amount="10")
    before = everything(company)
    walk = play(company, {"act": "approve", "values": {"amount": "70000"}}, record=record)
    assert walk.running.record.values["amount"] == "70000"
    assert everything(company) == before


def test_a_refused_move_says_why_and_the_walk_stays() -> None:
    walk = play(office(), {"act": "approve", "by": {"role": "finance"}})
    assert code(walk.frames[-1]) == "case_not_asked"
    assert walk.frames[-1].open == {"manager": ("boss",)}
    walk.move(Move(act="return"))
    assert code(walk.frames[-1]) == "comment_required"


def test_a_walk_needs_only_what_the_drawing_asks_about() -> None:
    walk = play(office(), {"act": "approve"}, {"act": "withdraw"}, amount="1")
    assert walk.frames[1].status == "approved"
    assert code(walk.frames[2]) == "instance_ended"


def test_the_draft_is_walked_before_it_is_published() -> None:
    company = office()
    flow = copy.deepcopy(FLOW)
    flow["nodes"]["manager"]["assignees"] = [{"role": "finance"}]
    other = office(flow)
    head = other.memory.definitions.heads["crm"]
    company.memory.definitions.keep(other.memory.definitions.blobs(head.live.values()))
    walk = simulate.begin(company.gate("adm"), "crm", "deal", head.live, Persona(member="ini"), {})
    walk.begin()
    assert walk.frames[0].open == {"manager": ("fin",)}


def test_what_can_be_done_next_is_offered_for_each_persona() -> None:
    offered = simulate.offers(play(office()))
    assert offered[0]["person"] == "boss"
    assert "approve" in offered[0]["actions"]
    assert offered[0]["return_to"] == [{"id": "draft", "label": "起草"}]
    assert offered[0]["editable"] == ["amount"]


def test_a_deadline_is_awaited_and_its_deed_is_told() -> None:
    due = [{"after": "PT2H", "do": "remind"}, {"after": "P1D", "do": "submit"}]
    walk = play(office(changed("manager", due=due)), {"act": "wait"}, {"act": "wait"}, {"act": "wait"}, amount="1")
    started, reminded, passed, over = walk.frames
    assert reminded.messages[0]["people"] == ["boss"]
    assert (passed.status, passed.visited[1]) == ("approved", "manager")
    assert passed.at > reminded.at > started.at
    assert code(over) == "case_no_deadline"


def test_a_call_is_not_made_but_told_and_answered_when_time_passes() -> None:
    call = {"type": "webhook", "label": "ERP", "url": "https://erp.example.com/x", "wait": True}
    nodes = copy.deepcopy(FLOW)
    nodes["nodes"]["tell"] = {**call, "on": {"next": "signed"}}
    walk = play(office(nodes), {"act": "approve"}, {"act": "wait"}, amount="1")
    _, waits, done = walk.frames
    assert {"topic": "call", "node": "tell", "address": "https://erp.example.com/x"} in waits.jobs
    assert (waits.active, waits.status) == (("tell",), "running")
    assert done.status == "approved"
