"""The open tasks of one workflow 流程待办: for an administrator who wants to replace somebody."""

from runtime import centre
from tests.runtime.office import code, office


def test_an_admin_sees_who_is_asked_where() -> None:
    company = office()
    record = company.submit(amount=10)

    found = centre.open_tasks(company.gate("adm"), company.instance(record).id)

    assert [(one["node"], one["assignee"]) for one in found] == [("manager", "boss")]


def test_nobody_else_does_and_what_is_not_there_is_missing() -> None:
    company = office()
    record = company.submit(amount=10)

    assert code(centre.open_tasks, company.gate("ini"), company.instance(record).id) == "admins_only"
    assert code(centre.open_tasks, company.gate("adm"), "nowhere") == "no_such_instance"
