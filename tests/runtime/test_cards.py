"""Cards of a box 待办卡片: narrowed, counted, with the fields that the workflow chose, red when they are late."""

from datetime import timedelta

from runtime import inbox
from runtime.ports import Sought
from tests.runtime.office import FLOW, Office, changed, office


def titles(company: Office, who: str, sought: Sought, box: str = "todo") -> list[str]:
    """The titles that are found."""
    return [card["title"] for card in inbox.box(company.gate(who), box, sought=sought)["cards"]]


def test_a_box_is_narrowed_by_title_and_by_initiator() -> None:
    company = office()
    company.submit(name="华信", amount=1)
    company.submit(name="福安", amount=2)

    assert titles(company, "boss", Sought(text="福")) == ["福安"]
    assert titles(company, "boss", Sought(text="小王")) == ["福安", "华信"]
    assert titles(company, "boss", Sought(text="没有")) == []
    assert titles(company, "ini", Sought(text="华信"), "initiated") == ["华信"]
    assert titles(company, "boss", Sought(forms=("crm.leave",))) == []


def test_a_title_that_the_node_hides_is_not_told_by_finding_it() -> None:
    company = office(changed("manager", fields={"name": "hidden"}))
    company.submit(name="secret", amount=1)

    assert titles(company, "boss", Sought()) == [""]
    assert titles(company, "boss", Sought(text="secret")) == []


def test_a_workflow_chooses_what_its_cards_show() -> None:
    company = office({**FLOW, "brief": ["invoice", "amount", "gone"]})
    company.submit(amount=10, cost=2, invoice="I-1")

    card = inbox.box(company.gate("ini"), "initiated")["cards"][0]

    assert [line["label"] for line in card["summary"]] == ["发票号", "金额"]


def test_a_card_is_late_when_its_first_deadline_has_passed_and_says_so_before() -> None:
    company = office(changed("manager", due=[{"after": "P1D", "do": "remind"}, {"after": "P3D", "do": "submit"}]))
    record = company.submit(amount=10)

    card = inbox.box(company.gate("boss"), "todo")["cards"][0]
    assert (card["overdue"], card["due_at"] - card["opened_at"]) == (False, timedelta(days=1))
    flow = inbox.flow(company.gate("ini", "en"), "crm", "deal", record)
    assert flow is not None
    assert "then they are reminded" in flow["waiting"]
    assert titles(company, "boss", Sought(late=company.memory.clock.now())) == []

    company.memory.clock.advance(timedelta(days=2))

    assert inbox.box(company.gate("boss"), "todo")["cards"][0]["overdue"] is True
    assert titles(company, "boss", Sought(late=company.memory.clock.now())) == ["华信"]
    assert inbox.tally(company.gate("boss"), "todo")["overdue"] == 1


def test_a_box_is_counted_by_form_node_and_initiator() -> None:
    company = office()
    company.submit(amount=10)
    company.submit(amount=20)

    assert inbox.tally(company.gate("boss"), "todo") == {
        "forms": [{"id": "crm.deal", "name": "合同", "count": 2}],
        "nodes": [{"form": "crm.deal", "id": "manager", "label": "主管审批", "count": 2}],
        "initiators": [{"id": "ini", "count": 2}],
        "overdue": 0,
    }
    assert inbox.tally(company.gate("boss"), "todo", "other")["forms"] == []
