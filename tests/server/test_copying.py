"""A form copied or moved within an app and to another 复制与移动表单."""

from typing import Any

from tests.server.site import Person, Site
from tests.server.test_ripple import EVERYONE, publish

TREE = {
    "id": "tree", "name": "Tree", "title": "name", "groups": [EVERYONE],
    "fields": [{"id": "name", "type": "text", "label": "Name"},
               {"id": "above", "type": "reference", "label": "Above", "form": "tree"},
               {"id": "customer", "type": "reference", "label": "Customer", "form": "customer"}],
}  # fmt: skip


def copy(person: Person, form: str, status: int = 201, **body: Any) -> Any:
    """Copy a form of the CRM."""
    return person.post(f"/api/apps/crm/forms/{form}/copy", body, status)


def drafted(person: Person, app: str) -> dict[str, Any]:
    """The parts of an app's draft."""
    parts: dict[str, Any] = person.get(f"/api/apps/{app}/draft")["parts"]
    return parts


def test_a_copy_has_ids_of_its_own_and_names_itself(site: Site) -> None:
    ann = site.owner()
    publish(ann, TREE)
    ann.add("tree", name="Oak")
    made = copy(ann, "tree", into="crm", name="Tree 2")
    parts = drafted(ann, "crm")
    found = parts[f"forms/{made['form']}"]
    assert (made["form"], found["name"], made["problems"]) == ("tree_2", "Tree 2", [])
    assert [one.get("form") for one in found["fields"]] == [None, "tree_2", "customer"]
    assert "form:tree_2" in parts["app"]["menu"][-1]["items"]


def test_a_workflow_comes_along_and_what_is_not_there_is_told(site: Site) -> None:
    ann = site.owner()
    own = ann.post("/api/apps", {"name": "Own"}, 201)["id"]
    made = copy(ann, "contract", into=own, name="Contract")
    parts = drafted(ann, own)
    flow = parts["forms/contract"]["workflow"]
    assert parts[f"workflows/{flow}"]["form"] == "contract"
    assert "check_no_form" in {problem["code"] for problem in made["problems"]}


def test_a_form_with_records_stays_and_an_empty_one_moves(site: Site) -> None:
    ann = site.owner()
    own = ann.post("/api/apps", {"name": "Own"}, 201)["id"]
    publish(ann, {**TREE, "fields": TREE["fields"][:2]})  # type: ignore[index]
    oak = ann.add("tree", name="Oak")
    assert copy(ann, "tree", 409, into=own, name="Tree", move=True)["code"] == "form_has_records"
    ann.post(f"{ann.records('tree')}/delete", {"ids": [oak["id"]]})
    assert copy(ann, "tree", 409, into=own, name="Tree", move=True)["code"] == "form_has_records"
    publish(ann, {**TREE, "id": "bush", "fields": TREE["fields"][:1]})  # type: ignore[index]
    copy(ann, "bush", into=own, name="Bush", move=True)
    assert "forms/bush" in drafted(ann, own)
    assert "forms/bush" not in drafted(ann, "crm")
    assert all("form:bush" not in group["items"] for group in drafted(ann, "crm")["app"]["menu"])


def test_only_administrators_copy(site: Site) -> None:
    ann = site.owner()
    invite = ann.post("/api/invites", {}, 201)
    bob = site.visitor()
    bob.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept",
             {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}, 201)  # fmt: skip
    copy(bob, "customer", 403, into="crm", name="Mine")
    copy(ann, "customer", 404, into="elsewhere", name="Mine")
