"""What is hidden turns up nowhere 隐藏字段: a crawl over every route that reads, and the side doors one by one."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.office import NUMBERS, Office, furnish, open_office
from tests.server.site import Person, Site, open_site

FORMS = ("customer", "contact", "opportunity", "follow_up", "lead", "contract", "payment", "product", "target")
COSTS = [f"{NUMBERS[whose]}9" for whose in ("salesperson", "mate", "stranger")]
MATE = [NUMBERS["mate"], "CODEmate", "CHATmate", "mailmate", "RIVALmate", "REMARKmate"]
STRANGER = [NUMBERS["stranger"], "CODEstranger", "CHATstranger", "mailstranger", "RIVALstranger", "stranger Ltd"]
SECRETS = {
    "salesperson": [NUMBERS["all"], *COSTS, *MATE, *STRANGER],
    "manager": [NUMBERS["all"], *COSTS, *STRANGER],
    "finance": ["2031-07-07", "CHAT", "RIVAL", "REMARK", "mailmate"],
    "stranger": [NUMBERS["all"], *COSTS, *MATE, "mate Ltd", "CODEsalesperson", "CHATsalesperson", "RIVALsalesperson"],
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A company in which the salesperson's contract waits for his manager and for finance."""
    site = open_site(tmp_path_factory.mktemp("hidden"))
    found = furnish(open_office(site))
    path = f"{found.boss.records('contract')}/{found.made['contract', 'salesperson']}"
    found.people["salesperson"].post(f"{path}/submit")
    yield found
    for client in site.clients:
        client.close()
    site.wired.engine.dispose()


def crawl(office: Office, person: Person) -> Iterator[tuple[str, str]]:
    """(path, body) of everything that reads: each record, list, box, dashboard, file, with every real id."""
    for form in FORMS:
        base = f"/api/apps/crm/forms/{form}"
        gets = [base, f"{base}/export?format=csv", f"{base}/imports", f"{base}/import-template"]
        for (_, _), id in office.made.items():
            gets += [f"{base}/records/{id}{end}" for end in ("", "/history", "/related", "/flow")]
        for path in gets:
            yield path, person.client.get(path).text
        yield from _posts(person, base)
    for path in ("/api/apps", "/api/apps/crm/menu", "/api/directory", "/api/session", "/api/tasks/counts"):
        yield path, person.client.get(path).text
    for board in ("sales", "receivable"):
        yield board, person.client.get(f"/api/apps/crm/dashboards/{board}").text
        yield board, person.client.post(f"/api/apps/crm/dashboards/{board}/data", json={}).text
    for box in ("todo", "initiated", "handled", "copied"):
        found = person.get(f"/api/tasks/boxes/{box}")
        yield box, str(found)
        for card in found["cards"]:
            yield card["task"], person.client.get(f"/api/tasks/{card['task']}").text


def _posts(person: Person, base: str) -> Iterator[tuple[str, str]]:
    for ask in ({"limit": 200, "total": True}, {"search": "77007"}, {"search": "CODE"}, {"deleted": True}):
        yield f"{base} {ask}", person.client.post(f"{base}/records/query", json=ask).text
    fields = [one["id"] for one in person.client.get(base).json().get("definition", {}).get("fields", [])]
    for field in fields:
        for body in ({"field": field}, {"field": field, "search": "77007"}, {"field": "lines", "column": "product"}):
            yield f"{base} {body}", person.client.post(f"{base}/records/options", json=body).text
        group = {"groups": [{"field": field}], "measures": [{"operation": "count"}]}
        yield f"{base} {group}", person.client.post(f"{base}/records/group", json=group).text


@pytest.mark.parametrize("role", list(SECRETS))
def test_no_answer_holds_what_is_hidden(office: Office, role: str) -> None:
    """Every body that the person can get is searched for values that are not his to read."""
    found = [
        (path, secret)
        for path, body in crawl(office, office.people[role])
        for secret in SECRETS[role]
        if secret in body
    ]
    assert found == []


def test_the_crawl_would_find_it(office: Office) -> None:
    """The director reads all of it by the same way."""
    whole = "".join(body for _, body in crawl(office, office.people["director"]))
    assert [secret for secrets in SECRETS.values() for secret in secrets if secret not in whole] == []


def test_a_conflict_does_not_tell_the_hidden_value(office: Office) -> None:
    """Neither by "theirs" nor by the difference between a right and a wrong guess."""
    person, id = office.people["salesperson"], office.made["contract", "salesperson"]
    office.boss.post(f"{office.boss.records('contract')}/{id}/end")
    answers = [
        person.client.patch(
            f"{person.records('contract')}/{id}", json={"values": {"cost": guess}, "before": {"cost": "1"}}
        )
        for guess in ("1", NUMBERS["salesperson"] + "9")
    ]
    assert answers[0].status_code == answers[1].status_code == 403
    assert answers[0].json() == answers[1].json()
    assert NUMBERS["salesperson"] not in answers[0].text


def test_a_mates_hidden_fields_cannot_be_probed(office: Office) -> None:
    """A filter on a field that is hidden in some rows finds the other rows only."""
    person = office.people["salesperson"]
    for op, value in (("eq", NUMBERS["mate"]), ("not_empty", None), ("gt", "0")):
        condition = {"field": "revenue", "op": op} | ({"value": value} if value else {})
        page = person.list("customer", filter=condition, total=True)
        assert office.made["customer", "mate"] not in [one["id"] for one in page["records"]]
    through = {"field": "customer.revenue", "op": "not_empty"}
    found = person.list("opportunity", filter=through)["records"]
    assert office.made["opportunity", "mate"] not in [one["id"] for one in found]
    top = person.post(f"{person.records('customer')}/group", {"measures": [{"operation": "max", "field": "revenue"}]})
    assert top[0]["values"] == [NUMBERS["salesperson"]]


@pytest.fixture
def closed(site: Site) -> Office:
    """A company in which salespeople may not see a column of rows, nor which customer an opportunity is for."""
    office = open_office(site)
    boss = office.boss
    draft = boss.get("/api/apps/crm/draft")
    form = draft["parts"]["forms/opportunity"]
    for group in form["groups"]:
        if group["id"].startswith("salesperson"):
            group["hide"] = [*group.get("hide", []), "lines.discount", "customer", "estimate"]
    body = {"value": form, "base": draft["hashes"]["forms/opportunity"]}
    saved = boss.ask("PUT", "/api/apps/crm/draft/forms/opportunity", body)
    boss.post("/api/apps/crm/publish", {"revision": saved["revision"]}, 201)
    return furnish(office)


def test_a_hidden_column_of_rows_is_nowhere_and_survives_an_edit(closed: Office) -> None:
    """Not in the record, the definition, the export, the history; and not lost when the rows are saved again."""
    boss, person = closed.boss, closed.people["salesperson"]
    id = closed.made["opportunity", "salesperson"]
    path = f"{boss.records('opportunity')}/{id}"
    rows = boss.get(path)["values"]["lines"]
    boss.edit("opportunity", id, {}, lines=[{**rows[0], "discount": "0.71"}])
    seen = person.get(path)["values"]["lines"]
    assert [row for row in seen if "discount" in row] == []
    answer = person.edit("opportunity", id, {"lines": seen}, lines=[{**seen[0], "quantity": "2"}])
    held = boss.get(path)["values"]["lines"]
    assert (held[0]["discount"], held[0]["quantity"]) == ("0.71", "2")
    forged = [{**seen[0], "quantity": "2", "discount": "0.1"}]
    person.client.patch(path, json={"values": {"lines": forged}, "before": {}})
    assert boss.get(path)["values"]["lines"][0]["discount"] == "0.71"
    base = "/api/apps/crm/forms/opportunity"
    for text in (str(answer), *(person.client.get(base + end).text for end in (f"/records/{id}/history", "/export"))):
        assert "0.71" not in text
    column = next(one for one in person.get(base)["definition"]["fields"] if one["id"] == "lines")["fields"]
    assert "discount" not in [one["id"] for one in column]


def test_a_hidden_reference_is_not_told_by_its_title(closed: Office) -> None:
    """The titles beside a page are those of readable fields only."""
    person, id = closed.people["salesperson"], closed.made["opportunity", "salesperson"]
    for answer in (person.get(f"{person.records('opportunity')}/{id}"), person.list("opportunity")):
        assert closed.made["customer", "salesperson"] not in answer["titles"]


def test_who_started_a_workflow_does_not_see_more_than_his_groups_let_him(site: Site) -> None:
    """A salesperson hands his contract to another owner: he follows it, without its cost."""
    office = furnish(open_office(site))
    person, id = office.people["salesperson"], office.made["contract", "salesperson"]
    path = f"{person.records('contract')}/{id}"
    person.post(f"{path}/submit")
    body: dict[str, Any] = {"values": {"owner": office.members["stranger"]}, "before": {}}
    office.boss.ask("PATCH", path, body)
    seen = person.get(path)
    assert seen["values"]["name"] == "Contract"
    assert {"cost", "margin", "margin_rate"} & set(seen["values"]) == set()
    assert NUMBERS["salesperson"] + "9" not in person.client.get(f"{path}/history").text
