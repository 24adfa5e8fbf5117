"""One day of business with the CRM: from a lead to the money, each with his own rights and no more."""

from typing import Any

import pytest

from builder.problem import Forbidden, Invalid, Missing, Refusal
from runtime import dashboards
from tests.templates.company import Company, open_company


@pytest.fixture
def company() -> Company:
    """The small company on its first day."""
    return open_company()


def product(company: Company, price: str = "60000") -> str:
    """Finance puts a product on the list."""
    return str(company.enter("zhaojing", "product", name="看板", list_price=price, cost="20000")["id"])


def customer(company: Company, who: str = "xiaowang", name: str = "华信精密") -> str:
    """A salesperson enters a customer."""
    return str(company.enter(who, "customer", name=name, region="east", phone="021-55556666")["id"])


def contract(company: Company, quantity: int, who: str = "xiaowang") -> str:
    """A salesperson submits a contract over so many pieces of 60 000."""
    lines = [{"product": product(company), "quantity": str(quantity), "discount": "1"}]
    dates = {"signed_on": "2026-11-23", "start_on": "2026-12-01", "end_on": "2027-11-30"}
    return str(
        company.enter(who, "contract", name="华信合同", customer=customer(company, who), lines=lines, **dates)["id"]
    )


def test_a_new_customer_belongs_to_who_entered_it_and_has_a_number(company: Company) -> None:
    values = company.see("xiaowang", "customer", customer(company))
    assert (values["owner"], values["department"], values["no"]) == ("xiaowang", "east", "KH-00001")


def test_two_customers_cannot_have_the_same_name(company: Company) -> None:
    customer(company)
    with pytest.raises(Invalid, match="value_taken"):
        customer(company, "xiaozhang")


def test_picking_a_product_carries_its_price_and_the_totals_follow(company: Company) -> None:
    lines = [{"product": product(company), "quantity": "2", "discount": "0.9"}]
    made = company.enter(
        "xiaowang", "opportunity", name="看板", customer=customer(company), stage="proposal", lines=lines
    )
    values = company.see("xiaowang", "opportunity", made["id"])
    assert values["lines"][0]["price"] == "60000"
    assert [values[id] for id in ("amount", "win_rate", "weighted", "region")] == ["108000", "0.6", "64800", "east"]


def test_without_products_the_rough_estimate_counts(company: Company) -> None:
    made = company.enter("xiaowang", "opportunity", name="意向", estimate="5000")
    assert company.see("xiaowang", "opportunity", made["id"])["weighted"] == "500"


def test_a_win_needs_its_customer_value_and_date(company: Company) -> None:
    made = company.enter("xiaowang", "opportunity", name="意向")
    with pytest.raises(Invalid) as caught:
        company.edit("xiaowang", "opportunity", made["id"], stage="won")
    assert {problem.path[-1] for problem in caught.value.problems} == {"customer", "close_value", "close_date"}


def test_a_loss_must_be_explained_when_it_happens(company: Company) -> None:
    made = company.enter("xiaowang", "opportunity", name="意向")
    with pytest.raises(Invalid) as caught:
        company.edit("xiaowang", "opportunity", made["id"], stage="lost", close_date="2026-11-23")
    assert [problem.path[-1] for problem in caught.value.problems] == ["lost_reason"]


def test_a_loss_that_comes_from_elsewhere_is_taken_without_a_reason(company: Company) -> None:
    made = company.enter("xiaowang", "opportunity", name="旧数据", stage="lost", close_date="2026-01-01")
    assert company.see("xiaowang", "opportunity", made["id"])["lost_reason"] == "unspecified"


def test_a_small_contract_needs_the_manager_only(company: Company) -> None:
    id = contract(company, 1)
    company.answer("liuqiang", "approve")
    assert company.status("contract", id) == "approved"
    assert company.see("xiaowang", "contract", id)["no"] == "HT-202611-001"


def test_a_large_contract_needs_the_director_and_finance_too(company: Company) -> None:
    id = contract(company, 2)
    company.answer("liuqiang", "approve")
    company.answer("zhoulan", "approve")
    assert (company.status("contract", id), company.waiting("zhaojing")) == ("running", 1)
    company.answer("zhaojing", "approve", values={"cost": "40000"}, before={"cost": None})
    assert company.status("contract", id) == "approved"
    assert company.see("zhaojing", "contract", id)["margin_rate"] == "0.6667"


def test_one_rejection_ends_it(company: Company) -> None:
    id = contract(company, 2)
    company.answer("liuqiang", "approve")
    company.answer("zhaojing", "reject", "信用不足")
    assert (company.status("contract", id), company.waiting("zhoulan")) == ("rejected", 0)


def test_a_returned_contract_comes_back_to_who_drafted_it(company: Company) -> None:
    id = contract(company, 1)
    company.answer("liuqiang", "return", "补充计划")
    assert company.waiting("xiaowang") == 1
    company.answer("xiaowang", "submit")
    company.answer("liuqiang", "approve")
    assert company.status("contract", id) == "approved"


def test_a_managers_own_contract_goes_to_the_general_manager(company: Company) -> None:
    contract(company, 1, "liuqiang")
    assert (company.waiting("chenzong"), company.waiting("liuqiang")) == (1, 0)


def test_finance_enters_the_payment_and_the_rest_is_carried_over(company: Company) -> None:
    id = contract(company, 1)
    company.answer("liuqiang", "approve")
    made = company.enter("zhaojing", "payment", contract=id, amount="30000", paid_on="2026-11-23")
    values = company.see("zhaojing", "payment", made["id"])
    assert (values["share"], values["owner"]) == ("0.5", "xiaowang")
    assert company.see("xiaowang", "payment", made["id"])["amount"] == "30000"


def test_nobody_pays_more_than_the_contract(company: Company) -> None:
    id = contract(company, 1)
    with pytest.raises(Invalid, match="check_failed"):
        company.enter("zhaojing", "payment", contract=id, amount="60000.01", paid_on="2026-11-23")


def test_a_colleague_sees_the_customer_without_its_phone_and_cannot_change_it(company: Company) -> None:
    id = customer(company)
    assert "phone" not in company.see("xiaoli", "customer", id)
    with pytest.raises(Refusal):
        records_edit(company, "xiaoli", id, level="a")


def records_edit(company: Company, who: str, id: str, **values: Any) -> None:
    """Somebody tries to change a customer."""
    company.edit(who, "customer", id, **values)


def test_another_department_does_not_know_of_the_customer(company: Company) -> None:
    id = customer(company)
    with pytest.raises(Missing):
        company.see("xiaozhang", "customer", id)
    assert company.see("zhoulan", "customer", id)["phone"] == "021-55556666"


def test_a_salesperson_cannot_give_himself_a_payment(company: Company) -> None:
    id = contract(company, 1)
    with pytest.raises((Forbidden, Missing)):
        company.enter("xiaowang", "payment", contract=id, amount="1", paid_on="2026-11-23")


def test_cost_is_hidden_from_sales(company: Company) -> None:
    id = product(company)
    assert "cost" not in company.see("xiaowang", "product", id)
    assert company.see("zhoulan", "product", id)["margin"] == "0.6667"


def test_all_samples_can_be_entered_and_their_workflows_end_where_they_say(company: Company) -> None:
    entered = company.enter_samples()
    stands = {"submitted": "running", "returned": "running", "approved": "approved", "rejected": "rejected"}
    for one in company.ready()["contract"]:
        assert (one.key, company.status("contract", entered[one.id])) == (one.key, stands[one.state])
    assert [company.waiting(who) for who in ("chenzong", "liuqiang", "huangmin", "zhoulan", "zhaojing")] >= [
        2,
        1,
        1,
        0,
        0,
    ]
    numbers = dashboards.data(company.gate("zhoulan"), "crm", "sales", None, None, None, ())
    assert [id for id, answer in numbers.items() if "error" in answer] == []
    assert all(answer["figure"]["value"] not in (None, "0") for id, answer in numbers.items() if "figure" in answer)


def test_a_managers_reduction_is_held_to_the_forms_checks(company: Company) -> None:
    """More than the goods are worth is refused at the task as it is in the form, and the task stays open."""
    contract(company, 1)
    with pytest.raises(Invalid, match="check_failed"):
        company.answer("liuqiang", "approve", values={"reduction": "999999"}, before={"reduction": "0"})
