"""A form looked at as somebody else, before it is published 按人预览."""

from typing import Any

import pytest

from tests.server.office import Office, furnish, open_office
from tests.server.site import Person, Site

PREVIEWS = "/api/apps/crm/previews"
GROUP = {"id": "sales", "name": "Sales", "to": {"roles": []}, "operations": ["create", "read"]}


@pytest.fixture
def office(site: Site) -> Office:
    """A company with records of everybody."""
    return furnish(open_office(site))


def who(person: Person) -> str:
    """A person's id."""
    found: str = person.get("/api/session")["member"]["id"]
    return found


def drawn(boss: Person, to: dict[str, Any], **rights: Any) -> dict[str, Any]:
    """The customer's form with one permission group, as a designer has it and nobody saved it."""
    form: dict[str, Any] = boss.get("/api/apps/crm/draft")["parts"]["forms/customer"]
    return {**form, "groups": [{**GROUP, "to": to, **rights}]}


def test_a_member_is_shown_what_his_group_lets_him_see(office: Office) -> None:
    """Nothing was saved: the groups are those of the drawing."""
    wang = who(office.people["salesperson"])
    form = drawn(office.boss, {"members": [wang]}, read=["name", "level"], write=["name"])
    told = office.boss.post(PREVIEWS, {"definition": form, "member": wang})
    assert told["operations"] == ["create", "read"]
    assert sorted(told["readable"]) == ["level", "name"]
    assert told["writable"] == ["name"]


def test_columns_are_hidden_by_their_path(office: Office) -> None:
    """`lines.price` is away while the other columns stay."""
    form = office.boss.get("/api/apps/crm/draft")["parts"]["forms/opportunity"]
    form["groups"] = [{**GROUP, "to": {"everyone": True}, "hide": ["lines.price"]}]
    told = office.boss.post(PREVIEWS, {"definition": form, "role": "anything"})
    assert "lines.price" not in told["readable"]
    assert "lines.product" in told["readable"]


def test_a_role_and_an_administrator_see_what_they_may(office: Office) -> None:
    """Who holds no role of a group has nothing; an administrator everything."""
    form = drawn(office.boss, {"roles": ["r1"]})
    assert office.boss.post(PREVIEWS, {"definition": form, "role": "r2"})["operations"] == []
    assert office.boss.post(PREVIEWS, {"definition": form, "role": "r1"})["operations"] == ["create", "read"]
    everything = office.boss.post(PREVIEWS, {"definition": form, "member": who(office.boss)})
    assert "delete" in everything["operations"]


def test_only_administrators_look_as_others_and_only_as_colleagues(office: Office) -> None:
    """A salesperson may not; an id of nobody is refused."""
    form = drawn(office.boss, {"everyone": True})
    assert office.people["salesperson"].post(PREVIEWS, {"definition": form}, 403)["code"] == "admins_only"
    answer = office.boss.post(PREVIEWS, {"definition": form, "member": "nobody"}, 422)
    assert answer["code"] == "no_such_member"
    assert office.boss.post(PREVIEWS, {"definition": {"id": "x"}}, 422)["code"] == "draft_invalid"
