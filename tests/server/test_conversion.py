"""An action that adds a record closes the one it comes from 转换: both or neither, with the asker's own rights."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.server.office import Office, furnish, open_office
from tests.server.site import Person, Site


@pytest.fixture
def office(site: Site) -> Office:
    """Everybody by role, with records."""
    return furnish(open_office(site))


def convert(
    person: Person, lead: str, status: int = 201, action: str = "to_customer", target: str = "customer", **values: Any
) -> Any:
    """Add a customer from a lead."""
    source = {"form": "lead", "record": lead, "action": action}
    body = {"values": {"name": "From a lead", **values}, "source": source}
    return person.post(person.records(target), body, status)


def test_converting_a_lead_closes_it_and_names_the_customer(office: Office) -> None:
    """In the same transaction; its history says who; it cannot be converted again."""
    wang, lead = office.people["salesperson"], office.made["lead", "salesperson"]
    made = convert(wang, lead)
    held = wang.get(f"{wang.records('lead')}/{lead}")
    assert (held["values"]["stage"], held["values"]["converted_to"]) == ("converted", made["id"])
    line = wang.get(f"{wang.records('lead')}/{lead}/history")[0]
    assert (line["actor"], line["after"]) == (office.members["salesperson"], {
        "converted_to": made["id"], "stage": "converted"
    })  # fmt: skip
    assert convert(wang, lead, 409)["code"] == "action_over"
    assert len(wang.list("customer", search="From a lead")["records"]) == 1


def test_a_customer_that_is_refused_leaves_the_lead_open(office: Office) -> None:
    """And a lead that cannot be closed leaves no customer."""
    wang, lead = office.people["salesperson"], office.made["lead", "salesperson"]
    convert(wang, lead, 422, name="")
    assert wang.get(f"{wang.records('lead')}/{lead}")["values"]["stage"] == "new"
    assert convert(wang, office.made["lead", "stranger"], 404)["code"] == "no_such_record"
    assert convert(wang, lead, 404, action="nothing")["code"] == "no_such_action"
    assert convert(wang, lead, 404, action="new_follow_up")["code"] == "no_such_action"
    assert wang.list("customer", search="From a lead")["records"] == []


def test_of_two_who_convert_at_once_one_succeeds(office: Office) -> None:
    """The other is told; there is one customer."""
    boss, wang, lead = office.boss, office.people["salesperson"], office.made["lead", "salesperson"]
    body = {"values": {"name": "Twice"}, "source": {"form": "lead", "record": lead, "action": "to_customer"}}
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(one.client.post, one.records("customer"), json=body) for one in (boss, wang)]
    assert sorted(answer.result().status_code for answer in sent) == [201, 409]
    assert len(boss.list("customer", search="Twice")["records"]) == 1


def test_who_may_not_change_the_lead_converts_nothing(office: Office) -> None:
    """Reading it and adding customers is not enough."""
    boss = office.boss
    draft = boss.get("/api/apps/crm/draft")
    form = draft["parts"]["forms/lead"]
    for group in form["groups"]:
        group["operations"] = [one for one in group["operations"] if one != "update"]
    body = {"value": form, "base": draft["hashes"]["forms/lead"]}
    saved = boss.ask("PUT", "/api/apps/crm/draft/forms/lead", body)
    boss.post("/api/apps/crm/publish", {"message": "", "revision": saved["revision"]}, 201)
    wang, lead = office.people["salesperson"], office.made["lead", "salesperson"]
    assert convert(wang, lead, 403)["code"] == "not_allowed"
    assert boss.list("customer", search="From a lead")["records"] == []


@pytest.mark.parametrize(
    ("then_set", "code"),
    [
        ({"nowhere": "x"}, "check_no_field"),
        ({"stage": "sold"}, "check_then_set"),
        ({"stage": "@new"}, "check_then_set"),
        ({"converted_to": "abc"}, "check_then_set"),
        ({"no": "KH-1"}, "check_no_field"),
    ],
)
def test_an_action_sets_only_what_the_field_takes(office: Office, then_set: dict[str, Any], code: str) -> None:
    """The designer is told before anything is published."""
    draft = office.boss.get("/api/apps/crm/draft")
    form = draft["parts"]["forms/lead"]
    form["actions"][0]["then_set"] = then_set
    body = {"value": form, "base": draft["hashes"]["forms/lead"]}
    saved = office.boss.ask("PUT", "/api/apps/crm/draft/forms/lead", body)
    told = [problem["code"] for problem in saved["problems"] if "lead" in problem["path"]]
    assert told == [code]
