"""Views saved from a list 视图: one's own and shared ones, kept on the server, and cut to the grant of who looks."""

from typing import Any

import pytest

from tests.server.office import Office, furnish, open_office
from tests.server.site import Person, Site

VIEWS = "/api/apps/crm/forms/customer/views"
BIG = {"filter": {"field": "revenue", "op": "gt", "value": "5"}, "sort": [{"field": "name", "descending": True}]}


@pytest.fixture
def office(site: Site) -> Office:
    """Everybody by role, with records."""
    return furnish(open_office(site))


def save(person: Person, name: str = "Big", status: int = 201, shared: bool = False, **state: Any) -> dict[str, Any]:
    """Save a view."""
    body = {"name": name, "shared": shared, "state": state or BIG}
    saved: dict[str, Any] = person.post(VIEWS, body, status)
    return saved


def names(person: Person) -> list[str]:
    """The saved views that somebody may use."""
    return [view["name"] for view in person.get(VIEWS)["views"]]


def test_a_view_comes_back_as_it_was_saved(office: Office) -> None:
    """Filter, order, columns and widths; for its owner alone."""
    wang = office.people["salesperson"]
    look = {"columns": ["name", "created_at", "phone"], "widths": {"name": 320}}
    made = save(wang, **BIG, **look, base="")
    found = wang.get(VIEWS)["views"]
    assert found == [made]
    assert (made["filter"], made["sort"], made["columns"]) == (BIG["filter"], BIG["sort"], look["columns"])
    assert (made["widths"], made["shared"], made["mine"]) == (look["widths"], False, True)
    assert names(office.people["mate"]) == names(office.boss) == []


def test_a_view_is_saved_anew_renamed_and_removed(office: Office) -> None:
    """By its owner; for anybody else it is not there."""
    wang, mate = office.people["salesperson"], office.people["mate"]
    id = save(wang)["id"]
    after = {"filter": None, "sort": [], "columns": ["name"]}
    changed = wang.ask("PATCH", f"{VIEWS}/{id}", {"name": "Names", "state": after})
    assert (changed["name"], changed["filter"], changed["sort"], changed["columns"]) == ("Names", None, [], ["name"])
    for person in (mate, office.boss):
        assert person.ask("PATCH", f"{VIEWS}/{id}", {"name": "X"}, status=404)["code"] == "no_such_view"
        person.ask("DELETE", f"{VIEWS}/{id}", status=404)
        person.ask("PUT", VIEWS, {"start": id}, status=404)
    wang.ask("DELETE", f"{VIEWS}/{id}")
    assert names(wang) == []


def test_a_shared_view_is_an_administrators_to_make_and_to_change(office: Office) -> None:
    """Everybody who may read the form uses it."""
    wang, boss = office.people["salesperson"], office.boss
    assert save(wang, shared=True, status=403)["code"] == "admins_only"
    id = save(boss, shared=True)["id"]
    assert names(wang) == names(office.people["director"]) == ["Big"]
    assert [(view["shared"], view["mine"]) for view in wang.get(VIEWS)["views"]] == [(True, False)]
    wang.ask("PATCH", f"{VIEWS}/{id}", {"name": "X"}, status=403)
    wang.ask("DELETE", f"{VIEWS}/{id}", status=403)
    boss.ask("PATCH", f"{VIEWS}/{id}", {"name": "Bigger"})
    assert names(wang) == ["Bigger"]


def test_a_shared_view_never_tells_a_field_that_is_hidden_from_who_looks(office: Office) -> None:
    """One that asks by it is not there; a column of it falls away; nobody saves or prefers such a one."""
    boss, wang = office.boss, office.people["salesperson"]
    products = "/api/apps/crm/forms/product/views"
    told = {"name": "Cost", "shared": True, "state": {"filter": {"field": "cost", "op": "gt", "value": "770070"}}}
    boss.post(products, told, 201)
    boss.post(products, {"name": "By cost", "shared": True, "state": {"sort": [{"field": "cost"}]}}, 201)
    look = {"columns": ["name", "cost"], "widths": {"cost": 99}}
    boss.post(products, {"name": "Columns", "shared": True, "state": look}, 201)
    found = wang.get(products)
    assert [(view["name"], view["columns"], view["widths"]) for view in found["views"]] == [("Columns", ["name"], {})]
    assert "cost" not in wang.client.get(products).text
    own = {"name": "Mine", "state": {"filter": {"field": "cost", "op": "gt", "value": "1"}}}
    assert wang.post(products, own, 422)["code"] == "unknown_field"
    wang.ask("PUT", products, {"view": found["views"][0]["id"], "look": look})
    assert wang.get(products)["looks"] == {found["views"][0]["id"]: {"columns": ["name"], "widths": {}}}


def test_a_form_that_is_not_ones_own_has_no_views(office: Office) -> None:
    """As if there were no such form."""
    finance = office.people["finance"]
    for form in ("nowhere", "lead"):
        path = f"/api/apps/crm/forms/{form}/views"
        finance.list(form, 404)
        finance.get(path, 404)
        finance.post(path, {"name": "X", "state": {}}, 404)
        finance.ask("PUT", path, {"start": ""}, status=404)


def test_columns_and_widths_are_kept_for_each_member_by_view(office: Office) -> None:
    """In another browser too; saving the view anew takes them in, and null forgets them."""
    wang, mate = office.people["salesperson"], office.people["mate"]
    id = save(wang)["id"]
    look = {"columns": ["phone", "name"], "widths": {"phone": 222}}
    wang.ask("PUT", VIEWS, {"view": id, "look": look})
    wang.ask("PUT", VIEWS, {"view": id, "look": look})
    assert wang.get(VIEWS)["looks"] == {id: look}
    assert mate.get(VIEWS)["looks"] == {}
    wang.ask("PATCH", f"{VIEWS}/{id}", {"state": {**BIG, **look}})
    assert wang.get(VIEWS)["looks"] == {}
    wang.ask("PUT", VIEWS, {"view": id, "look": look})
    wang.ask("PUT", VIEWS, {"view": id, "look": None})
    assert wang.get(VIEWS)["looks"] == {}


def test_a_list_begins_with_the_view_of_ones_choice(office: Office) -> None:
    """Until another is chosen; each member has his own."""
    wang = office.people["salesperson"]
    id = save(office.boss, shared=True)["id"]
    wang.ask("PUT", VIEWS, {"start": id})
    assert wang.get(VIEWS)["start"] == id
    assert office.people["mate"].get(VIEWS)["start"] == ""
    wang.ask("PUT", VIEWS, {"start": "nowhere"}, status=404)
    wang.ask("PUT", VIEWS, {"start": ""})
    assert wang.get(VIEWS)["start"] == ""


def test_a_view_whose_field_is_gone_says_so_to_its_owner(office: Office) -> None:
    """It may be removed or saved anew; a shared one is not there for others."""
    boss = office.boss
    wang = office.people["salesperson"]
    save(boss, shared=True)
    save(wang, name="Own")
    draft = boss.get("/api/apps/crm/draft")
    form = draft["parts"]["forms/customer"]
    kept = [{**one, "id": "turnover"} if one["id"] == "revenue" else one for one in form["fields"]]
    text = {**form, "fields": kept}
    body = {"value": _renamed(text), "base": draft["hashes"]["forms/customer"]}
    saved = boss.ask("PUT", "/api/apps/crm/draft/forms/customer", body)
    assert saved["problems"] == []
    boss.post("/api/apps/crm/publish", {"message": "", "revision": saved["revision"]}, 201)
    found = wang.get(VIEWS)["views"]
    assert [(view["name"], view["sound"], view["filter"]) for view in found] == [("Own", False, None)]
    assert [(view["name"], view["sound"]) for view in boss.get(VIEWS)["views"]] == [("Big", False)]


def _renamed(part: Any) -> Any:
    """The part with every mention of the field under its other id."""
    if isinstance(part, dict):
        return {key: _renamed(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_renamed(value) for value in part]
    return "turnover" if part == "revenue" else part


@pytest.mark.parametrize(
    "state",
    [
        {"filter": {"field": "name", "op": "is_like", "value": "x"}},
        {"sort": [{"field": "nowhere"}]},
        {"columns": ["x"] * 301},
        {"widths": {"name": 100_000}},
        {"surprise": 1},
        {"filter": {"field": "name", "op": "in", "value": ["x"] * 100_000}},
    ],
)
def test_odd_views_are_refused(office: Office, state: dict[str, Any]) -> None:
    """Nothing is kept of them."""
    office.boss.post(VIEWS, {"name": "X", "state": state}, 422)
    assert names(office.boss) == []


def test_the_number_of_views_is_bounded(office: Office) -> None:
    """In words."""
    for _ in range(50):
        save(office.people["salesperson"])
    assert save(office.people["salesperson"], status=409)["code"] == "too_many_views"
    save(office.people["mate"])
