"""Every route of the API, asked badly 模糊测试: answered, or refused in words, never a failure of ours.

Requests are made from the API's own document, the same ones in every run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings

from server import doctor
from tests.server import fuzzing
from tests.server.fuzzing import Known, Request
from tests.server.site import Person, Site, open_site

CRM = "/api/apps/crm"
FORMS = ("customer", "opportunity", "contract", "lead")
SKIPPED = {
    ("get", "/api/events"),
    ("post", "/api/signout"),
    ("post", "/api/apps/{app}/forms/{form}/copy"),
}
"""A stream without end, the end of the session by which others are asked, and what makes apps larger and larger."""
PER_ROUTE, FROM_STRANGERS = 8, 3


@dataclass
class Asked:
    """The site, an administrator with a full CRM, what there is in it, and the API's document."""

    site: Site
    ann: Person
    known: Known
    document: dict[str, Any]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """A full CRM."""
    site = open_site(tmp_path_factory.mktemp("fuzz"))
    site.wired.settings.outbound = False
    ann = site.owner(samples=True)
    yield Asked(site, ann, known_of(ann), site.app.openapi())
    for client in site.clients:
        client.close()
    site.wired.engine.dispose()


def known_of(person: Person) -> Known:
    """What there is in the person's own CRM."""
    records = {form: person.list(form)["records"] for form in FORMS}
    flow = person.get(f"{person.records('contract')}/{records['contract'][0]['id']}/flow")
    parts = person.get(f"{CRM}/draft")["parts"]
    fill = {"kind": "fill", "terms": {"fields": ["name", "lines"]}}
    link = person.post(f"{CRM}/forms/opportunity/links", fill, 201)
    ask = {"kind": "query", "terms": {"fields": ["name"], "asked": ["name"]}}
    query = person.post(f"{CRM}/forms/customer/links", ask, 201)
    sheet = person.post(f"{CRM}/forms/customer/imports", files={"file": ("a.csv", b"Name\nA\n")}, status=201)
    made = {name: person.post(f"/api/{name}", {"name": "N"}, 201)["id"] for name in ("members", "departments", "roles")}
    ids: dict[str, list[str]] = {
        "app": ["crm"], "form": list(FORMS), "into": ["crm"], "workflow": ["contract"], "dashboard": ["sales"],
        "room": ["forms", "workflows", "dashboards", "app"], "part": [*FORMS, "sales"], "number": ["1", "0"],
        "record": [found[0]["id"] for found in records.values()], "instance": [flow["instance"]],
        "task": [card["task"] for card in person.get("/api/tasks/boxes/handled")["cards"][:2]] or ["x"],
        "link": [link["id"]], "token": [link["token"], query["token"]], "id": [sheet["id"]], "draft": ["0123456789"],
        "member": [made["members"]], "department": [made["departments"]], "role": [made["roles"]], "event": ["ask"],
        "file": [person.post("/api/files", files={"file": ("a.txt", b"secret")}, status=201)["id"]],
        "field": ["name", "lines", "owner"], "box": ["todo", "initiated", "handled"], "recognition": ["card"],
    }  # fmt: skip
    fields = sorted({field["id"] for form in FORMS for field in parts[f"forms/{form}"]["fields"]})
    sent: list[Any] = [{"name": "A", "lines": [{"quantity": "1", "price": "2"}]}, {"name": "A"}]
    held = [found[0]["values"] for found in records.values()]
    return Known(
        ids, [*fields, "id", "created_at", "lines.product", "customer.name"], sent + held, list(parts.values())
    )


def routes(asked: Asked) -> list[tuple[str, str]]:
    """(method, path) of every route that is asked."""
    all = ((method, path) for path, methods in asked.document["paths"].items() for method in methods)
    return sorted(route for route in all if route not in SKIPPED)


def tried(asked: Asked, client: TestClient, method: str, path: str, count: int) -> list[str]:
    """What failed: the same requests are sent in every run."""
    failed: list[str] = []
    cookies = dict(client.cookies)

    @settings(max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(fuzzing.requests(method, path, asked.document, asked.known))
    def send(request: Request) -> None:
        asked.site.wired.limits.seen.clear()
        client.cookies.clear()
        client.cookies.update(cookies)
        answer = client.request(request.method, request.path, **request.sent)
        if answer.status_code >= 500:
            failed.append(f"{request.method} {request.path} {str(request.sent)[:300]} → {answer.text[:200]}")

    send()
    client.cookies.clear()
    client.cookies.update(cookies)
    return failed


@pytest.mark.parametrize(("who", "count"), [("an administrator", PER_ROUTE), ("a stranger", FROM_STRANGERS)])
def test_no_route_fails_whatever_it_is_sent(asked: Asked, who: str, count: int) -> None:
    """Names that are not there, numbers beyond all bounds, half characters, spoilt definitions, broken files.

    What was taken is worked off as anything else, and leaves everything as it must be."""
    client = TestClient(asked.site.app, raise_server_exceptions=False, headers={"accept-language": "en"})
    asked.site.clients.append(client)
    if who == "an administrator":
        client.cookies.update(dict(asked.ann.client.cookies))
    failed = [
        line
        for method, path in routes(asked)
        for line in tried(asked, client, method, path, PER_ROUTE if "/public/" in path else count)
    ]
    assert failed == []
    asked.site.work()
    assert doctor.examine(asked.site.wired) == []
    assert len(routes(asked)) > 170
