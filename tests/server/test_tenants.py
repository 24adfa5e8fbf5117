"""Another workspace's ids open nothing 租户隔离: every route of the API, with real and invented ids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.server.site import Person, Site, open_site

PUBLIC = {
    ("get", "/api/session"),
    ("post", "/api/trial"),
    ("post", "/api/signup"),
    ("post", "/api/signin"),
    ("post", "/api/signout"),
    ("get", "/api/invites/{token}"),
    ("post", "/api/invites/{token}/accept"),
    ("get", "/api/resets/{token}"),
    ("post", "/api/resets/{token}"),
    ("post", "/api/public/{token}"),
    ("post", "/api/public/{token}/records"),
    ("post", "/api/public/{token}/query"),
    ("post", "/api/public/{token}/files"),
    ("post", "/api/public/{token}/events/{event}"),
    ("post", "/api/public/{token}/challenge"),
    ("post", "/api/public/{token}/captcha"),
    ("post", "/api/public/{token}/phone-codes"),
    ("post", "/api/public/{token}/judge"),
    ("post", "/api/public/{token}/phone-codes/check"),
    ("get", "/api/regions/shipped"),
    ("get", "/api/health"),
}
"""What a stranger may ask. Everything else answers 401 without a session."""
FOREIGN = ("view", "record", "link", "task", "file", "id", "token", "invite", "department", "member", "role", "proxy",
           "robot", "instance", "retyping")  # fmt: skip
"""The parameters whose value is an id of a workspace's own."""
BODIES: dict[str, Any] = {
    "records": {"values": {"name": "X"}, "before": {}},
    "act": {"action": "approve"},
    "comment": {"comment": "x"},
    "members": {"name": "X"},
    "departments": {"name": "X"},
    "roles": {"name": "X"},
    "read": {},
    "check": {"columns": {"0": "name"}},
    "start": {"columns": {"0": "name"}},
    "jump": {"to": "x"},
    "reactivate": {"to": "x"},
    "retry": {"node": "x"},
    "skip": {"node": "x"},
    "reassign": {"to": "{me}"},
    "hand-over": {"to": "{me}"},
    "urge": {},
    "suspend": {},
    "resume": {},
    "proxies": {"proxy": "{me}"},
}
"""By the last word of a path that is here; {me} is who asks."""
WROTE = ("customer", "contract")


@dataclass
class Two:
    """Ann, and Bob, whose ids Ann tries; `ids` by parameter name are Bob's."""

    site: Site
    ann: Person
    bob: Person
    ids: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Two workspaces with the same app, one of them full of things."""
    site = open_site(tmp_path_factory.mktemp("tenants"))
    found = Two(site, site.owner("ann@example.com"), site.owner("bob@example.com"))
    _fill(found)
    yield found
    for client in site.clients:
        client.close()
    site.wired.engine.dispose()


def _fill(two: Two) -> None:
    bob, ids = two.bob, two.ids
    customer = bob.add("customer", name="Bobs Ltd")["id"]
    product = bob.add("product", name="Board", list_price="1")["id"]
    days = {"signed_on": "2026-11-01", "start_on": "2026-11-01", "end_on": "2027-11-01"}
    lines = [{"product": product, "quantity": "1", "price": "1"}]
    contract = bob.add("contract", name="Bobs contract", customer=customer, lines=lines, **days)
    ids["record"] = customer
    ids["contract"] = contract["id"]
    ids["task"] = bob.get("/api/tasks/boxes/todo")["cards"][0]["task"]
    ids["file"] = bob.post("/api/files", files={"file": ("a.txt", b"secret")}, status=201)["id"]
    sent = {"file": ("a.csv", b"Customer name\nFrom file\n")}
    ids["id"] = bob.post("/api/apps/crm/forms/customer/imports", files=sent, status=201)["id"]
    ids["token"] = bob.post("/api/tokens", {"name": "t"}, 201)["id"]
    ids["invite"] = bob.post("/api/invites", {}, 201)["id"]
    terms = {"kind": "fill", "terms": {"fields": ["name"]}}
    ids["link"] = bob.post("/api/apps/crm/forms/customer/links", terms, 201)["id"]
    ids["department"] = bob.post("/api/departments", {"name": "D"}, 201)["id"]
    ids["role"] = bob.post("/api/roles", {"name": "R"}, 201)["id"]
    view = {"name": "Big", "state": {"sort": [{"field": "name"}]}}
    ids["view"] = bob.post("/api/apps/crm/forms/customer/views", view, 201)["id"]
    ids["member"] = bob.post("/api/members", {"name": "M"}, 201)["id"]
    ids["proxy"] = bob.post("/api/proxies", {"proxy": ids["member"]}, 201)["id"]
    ids["instance"] = bob.get(f"{bob.records('contract')}/{contract['id']}/flow")["instance"]
    robots = {"robots": [{"name": "R", "kind": "wecom", "url": "https://robot.example/hook"}]}
    ids["retyping"] = _retyped(bob)
    ids["robot"] = bob.ask("PUT", "/api/workspace/robots", robots)["robots"][0]["id"]


def _retyped(person: Person) -> str:
    """A field of an app of his own that changed its type; the id of that."""
    draft = person.get("/api/apps/crm/draft")
    name = "forms/product"
    fields = [{**one, "type": "longtext"} if one["id"] == "name" else one for one in draft["parts"][name]["fields"]]
    body = {"value": {**draft["parts"][name], "fields": fields}, "base": draft["hashes"][name]}
    saved = person.ask("PUT", f"/api/apps/crm/draft/{name}", body)
    person.post("/api/apps/crm/publish", {"message": "", "revision": saved["revision"]}, 201)
    return str(person.get("/api/apps/crm/retypings")[0]["id"])


def routes(two: Two) -> list[tuple[str, str]]:
    """(method, path) of every documented route."""
    paths = two.site.app.openapi()["paths"]
    return sorted((method, path) for path, methods in paths.items() for method in methods)


def _address(path: str, ids: dict[str, str], form: str) -> str:
    known = {"app": "crm", "form": form, "workflow": form, "dashboard": "sales", "room": "forms", "part": form,
             "box": "todo", "number": "1", "field": "name", "draft": "0123456789", "event": "ask", "key": "k",
             "recognition": "card",
             **ids}  # fmt: skip
    return re.sub(r"\{(\w+)\}", lambda found: known[found[1]], path)


def _tried(person: Person, method: str, path: str, ids: dict[str, str], form: str) -> tuple[int, str, list[str]]:
    """Status, code and the shape of the body."""
    words = path.strip("/").split("/")
    body = next((BODIES[word] for word in reversed(words) if word in BODIES), {})
    me = person.get("/api/session")["member"]["id"]
    sent = {"json": _filled(body, {"me": me})} if method in ("post", "put", "patch") else {}
    answer = person.client.request(method.upper(), _address(path, ids, form), **sent)
    known = answer.json() if "json" in answer.headers["content-type"] else {}
    return answer.status_code, str(known.get("code", "")), sorted(known) if isinstance(known, dict) else []


def everything(person: Person) -> dict[str, Any]:
    """All that another could have changed."""
    held = {form: person.list(form, exact=True)["records"] for form in WROTE}
    directory, tokens = person.get("/api/directory"), person.get("/api/tokens")
    invites, boxes = person.get("/api/invites"), person.get("/api/tasks/boxes/todo")
    history = [person.get(f"{person.records(form)}/{one['id']}/history") for form in WROTE for one in held[form]]
    imports = person.get("/api/apps/crm/forms/customer/imports")
    kept = [person.get(f"/api/{name}") for name in ("proxies", "workspace/robots")]
    return {"kept": kept, "held": held, "people": directory, "tokens": tokens, "invites": invites, "boxes": boxes,
            "imports": imports, "history": history}  # fmt: skip


def test_no_route_tells_a_foreign_id_from_one_that_never_was(two: Two) -> None:
    """404 with the same code and shape for both, and nothing happens over there."""
    before = everything(two.bob)
    invented = {name: value[:-4] + "zzzz" for name, value in two.ids.items()}
    tried, wrong = 0, []
    for method, path in routes(two):
        if not {found for found in re.findall(r"\{(\w+)\}", path)} & set(FOREIGN) or (method, path) in PUBLIC:
            continue
        for form in ("customer", "contract"):
            ids = {**two.ids, "record": two.ids["record" if form == "customer" else "contract"]}
            foreign = _tried(two.ann, method, path, ids, form)
            never = _tried(two.ann, method, path, invented, form)
            tried += 1
            if foreign[0] != 404 or foreign != never:
                wrong.append((method, path, foreign, never))
    assert wrong == []
    assert tried >= 40
    assert everything(two.bob) == before


CUSTOMERS = "/api/apps/crm/forms/customer/records"
FOREIGN_BODIES: dict[str, tuple[str, str, Any]] = {
    "reference": ("post", "/api/apps/crm/forms/contact/records", {"values": {"name": "X", "customer": "{record}"}}),
    "member": ("post", CUSTOMERS, {"values": {"name": "X", "owner": "{member}"}}),
    "department": ("post", CUSTOMERS, {"values": {"name": "X", "department": "{department}"}}),
    "file": ("post", CUSTOMERS, {"values": {"name": "X", "files": [{"id": "{file}", "name": "a"}]}}),
    "a member's role": ("post", "/api/members", {"name": "X", "roles": ["{role}"]}),
    "a member's department": ("post", "/api/members", {"name": "X", "departments": ["{department}"]}),
    "a department's parent": ("post", "/api/departments", {"name": "X", "parent": "{department}"}),
    "a department's head": ("post", "/api/departments", {"name": "X", "heads": ["{member}"]}),
    "an invitation's role": ("post", "/api/invites", {"roles": ["{role}"]}),
    "many to delete": ("post", f"{CUSTOMERS}/delete", {"ids": ["{record}"]}),
    "many to restore": ("post", f"{CUSTOMERS}/restore", {"ids": ["{record}"]}),
    "who stands in": ("post", "/api/proxies", {"proxy": "{member}"}),
    "for whom somebody stands in": ("post", "/api/proxies", {"proxy": "x", "principal": "{member}"}),
    "a public link's owner": (
        "post", "/api/apps/crm/forms/customer/links",
        {"kind": "fill", "terms": {"fields": ["name"], "owner": "{member}"}},
    ),
    "who is asked instead": ("post", "/api/tasks/x/reassign", {"to": "{member}"}),
    "who takes over": ("post", "/api/members/x/hand-over", {"to": "{member}"}),
    "a walk's record": ("post", "/api/apps/crm/workflows/contract/simulate", {"record": "{contract}"}),
    "many to purge": ("post", f"{CUSTOMERS}/purge", {"ids": ["{record}"]}),
}  # fmt: skip


@pytest.mark.parametrize("what", list(FOREIGN_BODIES))
def test_a_foreign_id_in_a_body_is_as_one_that_never_was(two: Two, what: str) -> None:
    """The same status and code, and the id is not taken."""
    method, path, body = FOREIGN_BODIES[what]
    answers = []
    for ids in (two.ids, {name: value[:-4] + "zzzz" for name, value in two.ids.items()}):
        answer = two.ann.client.request(method, path, json=_filled(body, ids))
        answers.append((answer.status_code, answer.json()["code"], answer.json()["path"]))
    assert answers[0] == answers[1]
    assert answers[0][0] in (404, 422)


def test_foreign_ids_among_many_do_nothing_there(two: Two) -> None:
    """Routes that answer row by row say of a foreign id what they say of one that never was."""
    before, me = everything(two.bob), two.ann.get("/api/session")["member"]["id"]
    invented = {name: value[:-4] + "zzzz" for name, value in two.ids.items()}
    migration = "/api/apps/crm/workflows/contract/migration"
    for path, body in (
        ("/api/tasks/act", {"tasks": ["{task}"], "action": "approve"}),
        ("/api/tasks/reassign", {"tasks": ["{task}"], "to": me}),
        (f"{migration}/apply", {"ids": ["{instance}"]}),
        (f"{migration}/undo", {"ids": ["{instance}"]}),
    ):
        said = []
        for ids in (two.ids, invented):
            told = two.ann.client.post(path, json=_filled(body, ids))
            said.append(told.text.replace(ids["task"], "*").replace(ids["instance"], "*"))
            assert '"ok":true' not in told.text, path
        assert said[0] == said[1], path
    assert everything(two.bob) == before


def _filled(body: Any, ids: dict[str, str]) -> Any:
    """The body with the ids in the places of their names."""
    if isinstance(body, dict):
        return {key: _filled(value, ids) for key, value in body.items()}
    if isinstance(body, list):
        return [_filled(value, ids) for value in body]
    return ids[body[1:-1]] if isinstance(body, str) and body.startswith("{") else body


def test_options_and_queries_by_foreign_ids_find_nothing(two: Two) -> None:
    """Titles of another workspace's records are not to be learned by asking for them."""
    asked = {"field": "customer", "ids": [two.ids["record"]]}
    assert two.ann.post("/api/apps/crm/forms/contact/records/options", asked) == []
    page = two.ann.list("customer", filter={"field": "id", "op": "eq", "value": two.ids["record"]})
    assert page["records"] == []
    assert two.ann.post("/api/session/workspace", {"workspace": "nowhere"}, 404)["code"] == "not_found"
    home = two.bob.get("/api/session")["workspace"]["id"]
    assert two.ann.post("/api/session/workspace", {"workspace": home}, 404)["code"] == "not_found"


def test_without_a_session_every_route_asks_to_sign_in(two: Two) -> None:
    """Except those that are public, which are listed."""
    stranger, wrong, seen = two.site.visitor(), [], set()
    for method, path in routes(two):
        if (method, path) in PUBLIC:
            seen.add((method, path))
            continue
        address = _address(path, {**dict.fromkeys(FOREIGN, "x"), **two.ids}, "customer")
        answer = stranger.client.request(method.upper(), address, **_minimal(two, method, path))
        if answer.status_code != 401:
            wrong.append((method, path, answer.status_code, answer.text[:200]))
    assert wrong == []
    assert seen == PUBLIC


def _minimal(two: Two, method: str, path: str) -> dict[str, Any]:
    """A body of the right shape: whether it is looked at before the asker must not matter."""
    operation = two.site.app.openapi()["paths"][path][method]
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return {"files": {"file": ("a.csv", b"x")}}
    asked = [one for one in operation.get("parameters", []) if one["in"] == "query" and one.get("required")]
    if not content:
        return {"params": {one["name"]: _sample(two.site.app.openapi(), one["schema"]) for one in asked}}
    schema = content["application/json"]["schema"]
    return {"json": _sample(two.site.app.openapi(), schema)}


def _sample(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    """The smallest value that the schema takes."""
    if "$ref" in schema:
        return _sample(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return _sample(document, schema["anyOf"][0])
    if "pattern" in schema:
        return "crm" if "crm" not in schema["pattern"] and "zh" not in schema["pattern"] else "zh-CN"
    kind = schema.get("type")
    if kind == "object":
        wanted = schema.get("required", [])
        return {name: _sample(document, schema["properties"][name]) for name in wanted}
    if kind == "array":
        return [_sample(document, schema["items"]) for _ in range(schema.get("minItems", 0))]
    return {"string": "x" * schema.get("minLength", 1), "integer": 1, "number": 1, "boolean": True}.get(str(kind))
