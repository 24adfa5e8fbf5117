"""Whom rules mean today 今天是谁: names for a designer, with himself as the initiator."""

from runtime import whom
from tests.runtime.office import code, office


def test_rules_are_told_as_the_people_they_mean_now() -> None:
    company = office()

    found = whom.today(company.gate("adm"), [{"member": "boss"}, {"role": "finance"}, {"initiator": True}])

    assert [one["id"] for one in found["people"]] == ["boss", "fin", "adm"]
    assert found["open"] is False


def test_a_rule_about_a_record_is_left_open() -> None:
    company = office()

    assert whom.today(company.gate("adm"), [{"member_field": "owner"}]) == {"people": [], "open": True}
    assert whom.today(company.gate("adm"), [{"superior_of": "owner"}]) == {"people": [], "open": True}


def test_nobody_but_an_admin_may_ask_and_nonsense_is_refused() -> None:
    company = office()

    assert code(whom.today, company.gate("ini"), [{"member": "boss"}]) == "admins_only"
    assert code(whom.today, company.gate("adm"), [{"nobody": "boss"}]) == "node_setting_invalid"
