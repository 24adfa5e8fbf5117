"""What only administrators may do is refused to a member of the same workspace, on every such route 仅管理员."""

from typing import Any

import pytest

from tests.server.site import Person, Site, open_site

CRM = "/api/apps/crm"
FLOW = f"{CRM}/workflows/contract"
CLOSED: dict[tuple[str, str], Any] = {
    ("POST", f"{FLOW}/simulate"): {},
    ("POST", f"{FLOW}/cases"): {},
    ("POST", f"{FLOW}/dry-run"): {},
    ("GET", f"{FLOW}/migration"): None,
    ("POST", f"{FLOW}/migration/preview"): {},
    ("POST", f"{FLOW}/migration/apply"): {"ids": ["x"]},
    ("POST", f"{FLOW}/migration/undo"): {"ids": ["x"]},
    ("GET", f"{FLOW}/analysis"): None,
    ("POST", f"{CRM}/forms/contract/meant"): {"rules": []},
    ("GET", f"{CRM}/forms/customer/links"): None,
    ("POST", f"{CRM}/forms/customer/links"): {"kind": "fill", "terms": {"fields": ["name"]}},
    ("POST", "/api/expressions"): {"text": "1", "app": "crm", "form": "customer"},
    ("GET", "/api/workspace/robots"): None,
    ("PUT", "/api/workspace/robots"): {"robots": []},
    ("POST", "/api/workspace/robots/x/test"): {},
    ("PUT", "/api/workspace/calendar"): {"weekdays": [1], "hours": []},
    ("GET", "/api/workspace/signing-key"): None,
    ("POST", "/api/workspace/signing-key"): {},
    ("PUT", "/api/regions"): {"lines": []},
    ("GET", "/api/instances/x/tasks"): None,
    ("POST", "/api/tasks/x/reassign"): {"to": "x"},
    ("POST", "/api/tasks/reassign"): {"tasks": ["x"], "to": "x"},
    ("GET", "/api/members/x/tasks"): None,
    ("GET", f"{CRM}/draft"): None,
}


@pytest.fixture(scope="module")
def bob(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """A member without any role, in a workspace whose app he may partly use."""
    site: Site = open_site(tmp_path_factory.mktemp("admins"))
    invite, found = site.owner().post("/api/invites", {}, 201), site.visitor()
    found.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept",
               {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}, 201)  # fmt: skip
    return found


@pytest.mark.parametrize(("method", "path"), list(CLOSED))
def test_a_member_is_refused_what_only_administrators_may_do(bob: Person, method: str, path: str) -> None:
    body = CLOSED[method, path]
    answer = bob.client.request(method, path, **({} if body is None else {"json": body}))
    assert answer.status_code in (403, 404), answer.text[:300]
