"""The short way and the framework's own 直路: the same answer, to the byte, whatever is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from server.straight import Straight
from tests.server.site import Person, Site, open_site

JSON = {"content-type": "application/json"}
GOOD = '{"limit": 2, "sort": [{"field": "name"}]}'
ASKED: list[tuple[str, str, str | None, dict[str, str]]] = [
    ("POST", "{records}/query", GOOD, JSON),
    ("POST", "{records}/query", GOOD, {"content-type": "application/json; charset=UTF-8"}),
    ("POST", "{records}/query", GOOD, {"content-type": "application/vnd.any+json"}),
    ("POST", "{records}/query", GOOD, {"content-type": "text/plain"}),
    ("POST", "{records}/query", GOOD, {}),
    ("POST", "{records}/query", "", JSON),
    ("POST", "{records}/query", "{", JSON),
    ("POST", "{records}/query", "[" * 9000, JSON),
    ("POST", "{records}/query", "null", JSON),
    ("POST", "{records}/query", '{"limit": "2"}', JSON),
    ("POST", "{records}/query", '{"limit": 2, "unknown": 1}', JSON),
    ("POST", "{records}/query", '{"search": "a\\u0000"}', JSON),
    ("POST", "{records}/query/", GOOD, JSON),
    ("POST", "/api/apps/CRM!/forms/customer/records/query", GOOD, JSON),
    ("POST", "/api/apps/nowhere/forms/customer/records/query", GOOD, JSON),
    ("GET", "{records}/nobody", None, {}),
    ("GET", "{records}/no%20body", None, {}),
    ("HEAD", "{records}/nobody", None, {}),
    ("DELETE", "{records}/query", None, {}),
    ("OPTIONS", "/api/session", None, {}),
    ("GET", "/api/session", None, {}),
    ("GET", "/api/session?persona=1", None, {}),
    ("GET", "/api/tasks/boxes/todo", None, {}),
    ("GET", "/api/tasks/boxes/todo?limit=2", None, {}),
    ("GET", "/api/tasks/boxes/todo?limit=many", None, {}),
    ("GET", "/api/nothing/of/the/kind", None, {}),
]
"""What is asked: method, address, body, headers."""


@contextmanager
def the_long_way(site: Site) -> Iterator[None]:
    """Every request goes the framework's own way."""
    routes = [route for route in site.app.router.routes if isinstance(route, Straight)]
    short = [route.short for route in routes]
    straight, site.app.router.middleware_stack = site.app.router.middleware_stack, site.app.router.app
    for route in routes:
        route.short = False
    try:
        yield
    finally:
        site.app.router.middleware_stack = straight
        for route, was in zip(routes, short, strict=True):
            route.short = was


def asked(person: Person, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[Any, ...]:
    """Status, headers and body of the answer."""
    address = path.format(records=person.records("customer"))
    answer = person.client.request(method, address, content=body, headers=headers, follow_redirects=False)
    return answer.status_code, sorted(answer.headers.items()), answer.content


@pytest.fixture(scope="module")
def ann(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Somebody with sample data."""
    site = open_site(tmp_path_factory.mktemp("straight"))
    yield site.trial()
    site.wired.engine.dispose()


@pytest.mark.parametrize("case", ASKED, ids=lambda case: f"{case[0]} {case[1]} {(case[2] or '')[:24]}")
def test_the_short_way_answers_as_the_framework_does(ann: Person, case: tuple[Any, ...]) -> None:
    """Status, headers and body are the same."""
    short = asked(ann, *case)
    with the_long_way(ann.site):
        assert asked(ann, *case) == short


def test_nearly_every_route_goes_the_short_way(ann: Person) -> None:
    """Only files come and go another way, and pictures that are read."""
    routes = [route for route in ann.site.app.router.routes if isinstance(route, Straight)]
    long = {route.path for route in routes if not route.short}
    assert len(routes) > 100
    assert all(any(word in path for word in ("file", "import", "export", "recogni")) for path in long), long


def test_a_route_is_found_among_those_of_its_method_and_depth(ann: Person) -> None:
    """The router itself is asked for nothing that a signpost knows."""
    found: list[str] = []
    asked_router, stack = ann.site.app.router.app, ann.site.app.router.middleware_stack

    async def watched(scope: Any, receive: Any, send: Any) -> None:
        found.append(scope["path"])
        await asked_router(scope, receive, send)

    stack.router.app = watched  # type: ignore[attr-defined]
    try:
        ann.get("/api/session")
        ann.post(f"{ann.records('customer')}/query", {"limit": 1})
        assert ann.client.get("/api/nothing/at/all").status_code == 404
    finally:
        del stack.router.app  # type: ignore[attr-defined]
    assert found == ["/api/nothing/at/all"]
