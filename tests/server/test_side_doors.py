"""What is hidden is not to be learned by asking cleverly 旁路: each way to ask, with fields hidden from who asks."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.site import Person, Site, open_site
from tests.server.test_ripple import EVERYONE, publish
from tests.server.test_sources import colleague

APP = "/api/apps/crm/forms"
ALL = {**EVERYONE, "operations": [*EVERYONE["operations"], "import", "export"]}
SHOP = {
    "id": "shop", "name": "Shop", "title": "name", "groups": [{**ALL, "hide": ["name", "cost", "rows.cash"]}],
    "fields": [{"id": "name", "type": "text", "label": "Name", "unique": True},
               {"id": "area", "type": "text", "label": "Area"}, {"id": "cost", "type": "number", "label": "Cost"},
               {"id": "rows", "type": "subform", "label": "Rows", "fields": [
                   {"id": "what", "type": "text", "label": "What"},
                   {"id": "cash", "type": "number", "label": "Cash"}]}],
}  # fmt: skip
VISIT = {
    "id": "visit", "name": "Visit", "title": "name", "groups": [ALL],
    "fields": [{"id": "name", "type": "text", "label": "Name"},
               {"id": "shop", "type": "reference", "label": "Shop", "form": "shop"}],
}  # fmt: skip
SECRETS = ("Zebra", "7731", "5519")


class Two:
    """Two shops that differ in nothing but what is hidden, a visit to each, and Bob, from whom it is hidden."""

    def __init__(self, site: Site) -> None:
        self.ann = site.owner()
        publish(self.ann, SHOP, VISIT)
        hidden = {"Zebra Ltd": ("7731", "5519"), "Yak": ("1", "2")}
        self.shops = [
            self.ann.add("shop", name=name, area="n", cost=cost, rows=[{"what": "x", "cash": cash}])["id"]
            for name, (cost, cash) in hidden.items()
        ]
        for shop in self.shops:
            self.ann.add("visit", name="V", shop=shop)
        self.bob = colleague(site, self.ann)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """The two shops."""
    site = open_site(tmp_path_factory.mktemp("doors"))
    yield Two(site)
    for client in site.clients:
        client.close()
    site.wired.engine.dispose()


def asks(person: Person, form: str, route: str, body: Any) -> Any:
    """The answer to a question about records."""
    return person.client.post(f"{APP}/{form}/records/{route}", json=body)


def holds(text: str) -> dict[str, Any]:
    """An expression as a condition."""
    return {"field": "id", "op": "holds", "value": text}


FILTERS: list[tuple[str, Any]] = [
    ("shop", {"field": "cost", "op": "gt", "value": "100"}), ("shop", {"field": "cost", "op": "not_empty"}),
    ("shop", {"field": "name", "op": "contains", "value": "Zeb"}), ("shop", holds("cost > 100")),
    ("shop", holds("IF(cost > 100, 1, 0) = 1")), ("shop", holds("LEN(name) > 5")),
    ("shop", holds("SUM(rows.cash) > 100")), ("visit", {"field": "shop.cost", "op": "gt", "value": "100"}),
    ("visit", holds("shop.cost > 100")), ("visit", holds("LEN(shop.name) > 5")),
    ("visit", {"field": "shop.name", "op": "eq", "value": "Zebra Ltd"}),
    ("visit", {"any": [{"all": [{"field": "shop.cost", "op": "gt", "value": "100"}]}]}),
]  # fmt: skip
CLOSED: list[tuple[str, Any]] = [
    ("shop", {"field": "rows.cash", "op": "gt", "value": "9"}), ("visit", holds("SUM(shop.rows.cash) > 100")),
    ("shop", holds('MAPX("count", "Zebra Ltd", "shop", "name", "") = 1')),
]  # fmt: skip
"""What nobody can ask."""


@pytest.mark.parametrize(("form", "filter"), FILTERS + CLOSED, ids=range(len(FILTERS + CLOSED)))
def test_no_filter_asks_what_is_hidden(two: Two, form: str, filter: Any) -> None:
    """As a list, a number, a dashboard's group, a saved view: refused as a field that never was, whatever it holds."""
    never = asks(two.bob, form, "query", {"filter": {"field": "nowhere", "op": "not_empty"}})
    grouped = {"measures": [{"operation": "count"}], "filter": filter}
    for answer in (asks(two.bob, form, "query", {"filter": filter}), asks(two.bob, form, "group", grouped)):
        assert answer.status_code == never.status_code == 422
        assert answer.json()["code"] in ("unknown_field", "condition_not_reckoned")
    assert (
        two.bob.client.post(f"{APP}/{form}/views", json={"name": "x", "state": {"filter": filter}}).status_code == 422
    )
    assert (form, filter) in CLOSED or asks(two.ann, form, "query", {"filter": filter}).status_code == 200


@pytest.mark.parametrize("field", ["name", "cost", "rows.cash", "title"])
def test_nothing_hidden_is_sorted_grouped_or_measured(two: Two, field: str) -> None:
    """Neither on the form itself nor through who names it."""
    for form, path in (("shop", field), ("visit", f"shop.{field}")):
        for route, body in (
            ("query", {"sort": [{"field": path}]}),
            ("group", {"groups": [{"field": path}], "measures": [{"operation": "count"}]}),
            ("group", {"groups": [], "measures": [{"operation": "max", "field": path}]}),
        ):
            assert asks(two.bob, form, route, body).status_code == 422, (form, route, body)


@pytest.mark.parametrize("text", ["Zebra", "Zebra Ltd", "7731", "5519"])
def test_no_search_finds_what_is_hidden(two: Two, text: str) -> None:
    """Not among records, nor among what a reference offers."""
    for form in ("shop", "visit"):
        assert asks(two.bob, form, "query", {"search": text}).json()["records"] == []
    assert asks(two.bob, "visit", "options", {"field": "shop", "search": text}).json() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["first", "n", "shop", "area", "cost"], ["sum", "n", "shop", "area", "cost"],
        ["max", "n", "shop", "area", "rows.cash"], ["count", "Zebra Ltd", "shop", "name", ""],
        ["first", "n", "shop", "area", "name"], ["last", "n", "shop", "area", "title"],
    ],
)  # fmt: skip
def test_no_function_looks_up_what_is_hidden(two: Two, arguments: list[str]) -> None:
    found = two.bob.post(f"{APP}/visit/facts", {"name": "MAPX", "arguments": arguments})
    assert found == {"type": "any", "value": None, "error": "#REF!"}


def checked(person: Person, shop: str) -> dict[str, Any]:
    """What the check says of a file that names the shop so."""
    content = f"Name,Shop\nQ,{shop}\n".encode()
    read = person.post(f"{APP}/visit/imports", files={"file": ("a.csv", content)}, status=201)
    mapping = {key: read[key] for key in ("sheet", "header_row", "encoding", "delimiter")}
    verdict = person.post(f"/api/imports/{read['id']}/check", {**mapping, "columns": {"0": "name", "1": "shop"}})
    return {"good": verdict["good"], **{key: verdict["troubles"][0][key] for key in ("code", "suggestions")}}


def test_a_file_neither_guesses_nor_is_helped_to_a_title_that_is_hidden(two: Two) -> None:
    """A right guess is answered as a wrong one, and nothing like it is suggested."""
    told = [checked(two.bob, name) for name in ("Zebra Ltd", "Zebra Lt", "Nobody")]
    assert told == [{"good": 0, "code": "no_such_record", "suggestions": []}] * 3
    assert checked(two.ann, "Zebra Lt")["suggestions"] == ["Zebra Ltd"]


def test_what_is_named_elsewhere_is_kept_without_telling_its_title(two: Two) -> None:
    refused = asks(two.bob, "shop", "delete", {"ids": [two.shops[0]]})
    assert (refused.status_code, refused.json()["code"]) == (409, "still_referenced")
    assert "Zebra" not in refused.text
    assert "Zebra" in asks(two.ann, "shop", "delete", {"ids": [two.shops[0]]}).text


def test_nothing_that_bob_can_get_holds_what_is_hidden(two: Two) -> None:
    """Definition, schema of records, export, record, history, who takes part, what names it."""
    paths = [f"{form}{end}" for form in ("shop", "visit") for end in ("", "/schema", "/export?format=csv", "/views")]
    paths += [f"shop/records/{id}{end}" for id in two.shops for end in ("", "/history", "/related", "/flow", "/people")]
    for path in paths:
        answer = two.bob.client.get(f"{APP}/{path}")
        assert answer.status_code == 200, path
        assert [secret for secret in SECRETS if secret in answer.text] == [], path
    for field in ("cost", "name"):
        assert two.bob.client.get(f"{APP}/shop/fields/{field}/usage").status_code == 403
    said = [two.bob.client.patch(f"{APP}/shop/records/{two.shops[0]}", json={"values": {"cost": guess}, "before": {}})
            for guess in ("7731", "1")]  # fmt: skip
    assert said[0].status_code == said[1].status_code >= 400
    assert said[0].json() == said[1].json()
