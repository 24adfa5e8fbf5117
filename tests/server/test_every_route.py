"""Every route of the API, those of tomorrow too 逐路由: bodies are strict, and a member without rights gets little."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.site import Person, Site, open_site
from tests.server.team import CREDENTIALS
from tests.server.test_no_failure import known_of
from tests.server.test_tenants import _sample

Json = dict[str, Any]


def writes(document: Json) -> Iterator[tuple[str, Json]]:
    """(method and path, schema) of every JSON body."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if found:
                yield f"{method} {path}", found["schema"]


def objects(document: Json, schema: Any, seen: set[str]) -> Iterator[Json]:
    """Every object with named properties that may be sent within."""
    if isinstance(schema, list):
        for part in schema:
            yield from objects(document, part, seen)
    elif isinstance(schema, dict):
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if name and name not in seen:
            seen.add(name)
            yield from objects(document, document["components"]["schemas"][name], seen)
        if "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(document, part, seen)


def test_no_body_takes_a_key_that_it_does_not_name(site: Site) -> None:
    """Nobody sends along a workspace, an owner, a state or a role: what is not named is refused."""
    document = site.app.openapi()
    found = [(where, one) for where, schema in writes(document) for one in objects(document, schema, set())]
    assert len(found) > 80
    assert [(where, one.get("title")) for where, one in found if one.get("additionalProperties") is not False] == []


ANYBODY = re.compile(
    r"^(?:get /api/(?:session|apps|health|field-types|node-types|functions|directory|regions(?:/\w+)?)"
    r"|get /api/(?:notices(?:/\w+)?|tasks/\w+.*|proxies|tokens|workspace/(?:calendar(?:/following)?|holidays))"
    r"|put /api/notices/channels|post /api/notices/read|post /api/tasks/(?:act|reassign)"
    r"|get /api/apps/{app}/(?:menu|dashboards/{dashboard}|forms/{form}/imports)"
    r"|post /api/apps/{app}/dashboards/{dashboard}/data|delete /api/apps/{app}/forms/{form}/drafts/{draft}"
    r"|post /api/tokens|post /api/files|post /api/public/.*|get /api/invites/.*|get /api/resets/.*)$"
)
"""What somebody may ask who belongs to the workspace and has no right to any form: what is his own, and what is cut to
his rights (a menu, a dashboard, his own imports)."""
ENDS = {"post /api/signout", "post /api/trial", "post /api/signup", "post /api/signin", "get /api/events"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of this file."""
    made = open_site(tmp_path_factory.mktemp("routes"))
    yield made
    for client in made.clients:
        client.close()
    made.wired.engine.dispose()


def joined(site: Site, ann: Person) -> Person:
    """A member whom no group of any form names."""
    invite, person = ann.post("/api/invites", {}, 201), site.visitor()
    place = f"/api{invite['link'].replace('/invite/', '/invites/')}/accept"
    person.post(place, {"name": "Bob", **CREDENTIALS}, 201)
    return person


def test_who_has_no_right_gets_nothing_but_what_is_listed(site: Site) -> None:
    """A route that is added is closed to him until somebody says here that it is not."""
    ann = site.owner(samples=True)
    ids, bob, document = known_of(ann).ids, joined(site, ann), site.app.openapi()
    answered = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if f"{method} {path}" in ENDS:
                continue
            site.wired.limits.seen.clear()
            address = re.sub(r"\{(\w+)\}", lambda found: ids.get(found[1], ["x"])[0], path)
            answer = bob.client.request(method.upper(), address, **_asked(document, operation))
            if answer.status_code < 400:
                answered.append(f"{method} {path}")
    assert [one for one in answered if not ANYBODY.match(one)] == []
    assert len(answered) > 15


def _asked(document: Json, operation: Json) -> Json:
    """The smallest request of the right shape."""
    content = operation.get("requestBody", {}).get("content", {})
    wanted = [one for one in operation.get("parameters", []) if one["in"] == "query" and one.get("required")]
    sent: Json = {"params": {one["name"]: _sample(document, one["schema"]) for one in wanted}}
    if "multipart/form-data" in content:
        return {**sent, "files": {"file": ("a.csv", b"Name\nA\n")}}
    return {**sent, "json": _sample(document, content["application/json"]["schema"])} if content else sent
