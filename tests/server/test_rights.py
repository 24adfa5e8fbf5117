"""The table of rights 权限表 over HTTP: role × form × operation × whose record, as tests/cases/rights.py says."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cases.rights import RIGHTS, Right
from tests.server.office import Office, furnish, open_office
from tests.server.site import Person, open_site

WHOSE = {
    "salesperson": {"own": "salesperson", "mates": "mate", "foreign": "stranger"},
    "manager": {"own": "mate", "mates": "salesperson", "foreign": "stranger"},
}
ANYBODY = {"own": "salesperson", "mates": "mate", "foreign": "stranger"}
EDITS = {
    "follow_up": "next_step",
    "payment": "payer",
    "product": "unit",
    "target": "amount",
    "contract": "customer_signer",
}
TABLE = pytest.mark.parametrize("right", RIGHTS, ids=[f"{one.role} {one.form}" for one in RIGHTS])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One company for the whole table; what a test deletes it restores."""
    site = open_site(tmp_path_factory.mktemp("rights"))
    yield furnish(open_office(site))
    for client in site.clients:
        client.close()
    site.wired.engine.dispose()


def theirs(office: Office, right: Right) -> dict[str, tuple[str, str]]:
    """Record id → what the role may do with it, and whose it is."""
    if right.form == "product":
        return {office.made["product", "all"]: (right.own, "all")}
    whose = WHOSE.get(right.role, ANYBODY)
    return {
        office.made[right.form, whose[which]]: (getattr(right, which), which) for which in ("own", "mates", "foreign")
    }


def status(person: Person, method: str, path: str, body: Any = None) -> int:
    """The status alone."""
    return person.client.request(method, path, json=body).status_code


@TABLE
def test_lists_and_counts_hold_the_declared_records(office: Office, right: Right) -> None:
    """Query, its total, group counts and search find the same."""
    person = office.people[right.role]
    wanted = {id for id, (may, _) in theirs(office, right).items() if "l" in may}
    path = person.records(right.form)
    if not wanted:
        assert status(person, "POST", f"{path}/query", {}) == 404
        assert status(person, "POST", f"{path}/group", {"measures": [{"operation": "count"}]}) == 404
        return
    page = person.list(right.form, total=True)
    assert {record["id"] for record in page["records"]} == wanted
    assert page["total"] == len(wanted)
    counted = person.post(f"{path}/group", {"measures": [{"operation": "count"}]})
    assert counted[0]["values"] == [str(len(wanted))]


@TABLE
def test_a_record_is_read_with_everything_around_it_or_not_at_all(office: Office, right: Right) -> None:
    """The record, its history, related lists and flow: 200 together or 404 together."""
    person = office.people[right.role]
    for id, (may, _) in theirs(office, right).items():
        paths = [f"{person.records(right.form)}/{id}{end}" for end in ("", "/history", "/related", "/flow")]
        assert [status(person, "GET", path) for path in paths] == [200 if "g" in may else 404] * 4


@TABLE
def test_an_edit_is_taken_or_refused_as_declared(office: Office, right: Right) -> None:
    """403 for what may be read only, 404 for what is not there for him."""
    person = office.people[right.role]
    field = EDITS.get(right.form, "remark")
    field = {"lead": "position"}.get(right.form, field)
    if right.role == "finance" and right.form == "contract":
        field = "cost"
    for id, (may, _) in theirs(office, right).items():
        path = f"{person.records(right.form)}/{id}"
        held = office.boss.get(path)["values"].get(field)
        value = held or ("5" if field == "amount" else "x")
        wanted = 200 if "e" in may else 403 if "g" in may else 404
        assert status(person, "PATCH", path, {"values": {field: value}, "before": {}}) == wanted


@TABLE
def test_a_record_is_deleted_and_restored_as_declared(office: Office, right: Right) -> None:
    """Deleting and restoring take the same right; both are all or none."""
    person = office.people[right.role]
    path = person.records(right.form)
    table = theirs(office, right)
    reads, deletes = (any(letter in may for may, _ in table.values()) for letter in "ld")
    for id, (may, _) in table.items():
        found = status(person, "DELETE", f"{path}/{id}")
        if "d" not in may:
            # Who may delete nothing of a form is told so, of every id alike.
            assert found == (403 if "g" in may or (reads and not deletes) else 404)
            continue
        assert found in (200, 409)
        if found == 200:
            assert status(person, "POST", f"{path}/restore", {"ids": [id]}) == 200
    office.boss.get(f"{path}/{next(iter(theirs(office, right)))}")


@TABLE
def test_create_export_and_import_are_given_as_declared(office: Office, right: Right) -> None:
    """A bad body shows that creating is allowed: 422 is a right to try."""
    person = office.people[right.role]
    reads = any("l" in may for may, _ in theirs(office, right).values())
    no = 403 if reads else 404
    base = f"/api/apps/crm/forms/{right.form}"
    assert status(person, "POST", f"{base}/records", {"values": {"nonsense": 1}}) == (422 if "c" in right.whole else no)
    assert status(person, "GET", f"{base}/export?format=csv") == (200 if "x" in right.whole else no)
    sent = person.client.post(f"{base}/imports", files={"file": ("a.csv", b"Name\nx\n")})
    assert sent.status_code == (201 if "i" in right.whole else no)


@TABLE
def test_a_hidden_field_is_as_if_it_were_not_there(office: Office, right: Right) -> None:
    """In filter, sort, group, measure, export, options and definition; never in a record."""
    person, path = office.people[right.role], f"/api/apps/crm/forms/{right.form}"
    for field in right.hidden:
        asked = [
            ("records/query", {"filter": {"field": field, "op": "not_empty"}}),
            ("records/query", {"filter": {"any": [{"field": field, "op": "gt", "value": 1}]}}),
            ("records/query", {"sort": [{"field": field}]}),
            ("records/group", {"groups": [{"field": field}], "measures": [{"operation": "count"}]}),
            ("records/group", {"measures": [{"operation": "sum", "field": field}]}),
            ("records/group", {"measures": [{"operation": "count", "filter": {"field": field, "op": "not_empty"}}]}),
        ]
        unknown = [(where, _renamed(body, field)) for where, body in asked]
        for (where, body), (_, other) in zip(asked, unknown, strict=True):
            refused, same = (person.client.post(f"{path}/{where}", json=one) for one in (body, other))
            assert refused.status_code == same.status_code == 422
            assert refused.json()["code"] == same.json()["code"]
        if "x" in right.whole:
            assert status(person, "GET", f"{path}/export?format=csv&columns={field}") == 422
        definition = person.get(path)
        assert field not in {one["id"] for one in definition["definition"]["fields"]} | set(definition["readable"])
        assert all(field not in record["values"] for record in person.list(right.form)["records"])


def _renamed(body: Any, field: str) -> Any:
    """The same question about a field that nobody has."""
    if isinstance(body, dict):
        return {key: _renamed(value, field) for key, value in body.items()}
    if isinstance(body, list):
        return [_renamed(value, field) for value in body]
    return "nonsense" if body == field else body
