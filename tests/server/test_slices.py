"""Rights that differ from record to record 授权分片: what is open in one's own records stays closed in another's."""

from pathlib import Path
from typing import Any

from tests.server.office import Office, open_office
from tests.server.site import Site

OWN = {"field": "owner", "op": "eq", "value": "@me"}
GROUPS = [
    {"id": "own", "name": "own", "to": {"everyone": True}, "rows": OWN,
     "operations": ["create", "read", "update", "import"], "write": ["name", "phone", "credit_code", "owner"]},
    {"id": "all", "name": "all", "to": {"everyone": True},
     "operations": ["create", "read", "update", "import"], "write": ["phone", "owner"]},
]  # fmt: skip


def ruled(site: Site, groups: list[dict[str, Any]], **more: Any) -> Office:
    """A company whose customers are governed by these groups."""
    office = open_office(site)
    draft = office.boss.get("/api/apps/crm/draft")
    form = {**draft["parts"]["forms/customer"], "groups": groups, **more}
    form["fields"] = [{**one, "unique": True} if one["id"] == "credit_code" else one for one in form["fields"]]
    body = {"value": form, "base": draft["hashes"]["forms/customer"]}
    saved = office.boss.ask("PUT", "/api/apps/crm/draft/forms/customer", body)
    office.boss.post("/api/apps/crm/publish", {"message": "", "revision": saved["revision"]}, 201)
    return office


def test_a_new_record_brings_nothing_in_fields_that_are_closed_where_it_will_be(site: Site) -> None:
    """The name is open in one's own customers alone, so no customer of another's can be named."""
    office = ruled(site, GROUPS)
    person, other = office.people["salesperson"], office.members["stranger"]
    person.add("customer", 201, name="Mine", owner=office.members["salesperson"])
    assert person.add("customer", 403, name="Theirs", owner=other)["code"] == "field_not_writable"


def test_an_import_updates_only_fields_that_are_open_in_the_very_record(site: Site, tmp_path: Path) -> None:
    """The phone of another's customer may be changed, its name may not."""
    office = ruled(site, GROUPS)
    theirs = {"name": "Theirs", "credit_code": "C1", "owner": office.members["stranger"]}
    made = office.boss.add("customer", **theirs)["id"]
    own = {"name": "Mine", "credit_code": "C2", "owner": office.members["salesperson"]}
    mine = office.boss.add("customer", **own)["id"]
    file = tmp_path / "new.csv"
    file.write_text("code,name\nC1,Stolen\nC2,Renamed\n")
    columns = {"code": "credit_code", "name": "name"}
    person = office.people["salesperson"]
    done = person.bring("customer", file, columns, key="credit_code")
    assert (done["progress"]["updated"], done["progress"]["bad"]) == (1, 1)
    read = office.boss.records("customer")
    assert office.boss.get(f"{read}/{made}")["values"]["name"] == "Theirs"
    assert office.boss.get(f"{read}/{mine}")["values"]["name"] == "Renamed"


def test_an_import_gives_away_no_record_that_its_importer_could_not_own_afterwards(site: Site, tmp_path: Path) -> None:
    """Who created a record does not change by an update, so the rule is asked about the real creator."""
    rows = {"any": [OWN, {"field": "created_by", "op": "eq", "value": "@me"}]}
    office = ruled(site, [{**GROUPS[0], "rows": rows}, {**GROUPS[1], "operations": ["read"]}])
    own = {"name": "Mine", "credit_code": "C2", "owner": office.members["salesperson"]}
    mine = office.boss.add("customer", **own)["id"]
    file = tmp_path / "gift.csv"
    file.write_text("code,owner\nC2,Xiao Zhang\n")
    columns = {"code": "credit_code", "owner": "owner"}
    done = office.people["salesperson"].bring("customer", file, columns, key="credit_code")
    assert done["progress"]["bad"] == 1
    held = office.boss.get(f"{office.boss.records('customer')}/{mine}")
    assert held["values"]["owner"] == office.members["salesperson"]


def test_a_list_needs_no_field_of_its_own_order_that_the_asker_may_not_read(site: Site) -> None:
    """A form sorted by a hidden field is still listed, and every record of it."""
    office = ruled(site, [{**GROUPS[1], "hide": ["phone"], "write": None}], sort=[{"field": "phone"}])
    made = office.boss.add("customer", name="Any")["id"]
    assert [one["id"] for one in office.people["salesperson"].list("customer")["records"]] == [made]
