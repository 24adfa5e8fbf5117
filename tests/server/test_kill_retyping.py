"""kill -9 while a field changes its type 断电: it goes on where it was, each record once, and can be taken back."""

import threading
from collections import Counter
from typing import Any

import httpx2
import pytest

from tests.server.test_kill import FORMS, Power, begin, kill, running, sign_up, until

ROWS = 2_000
APP = "/api/apps/crm"
__all__ = ["running"]


def text_of(place: int) -> str:
    """What the remark of a record says: a number mostly, spelled in a way of its own."""
    return f"n/a {place}" if place % 10 == 0 else f"{place},000.50"


def imported(visitor: httpx2.Client) -> None:
    """Many customers with remarks."""
    lines = "".join(f'Ltd {place},"{text_of(place)}"\n' for place in range(ROWS))
    file = ("a.csv", f"Customer name,Remark\n{lines}".encode())
    read = visitor.post(f"{FORMS}/customer/imports", files={"file": file}).json()
    mapping = {"columns": {str(one["index"]): one["guess"] for one in read["columns"]}}
    assert visitor.post(f"/api/imports/{read['id']}/start", json=mapping).status_code == 200
    until(visitor, read["id"], lambda progress: progress["state"] == "done")


def retype(visitor: httpx2.Client) -> None:
    """Publish the remark as a number."""
    draft = visitor.get(f"{APP}/draft").json()
    form = draft["parts"]["forms/customer"]
    fields = [
        {"id": "remark", "type": "number", "label": "Remark"} if one["id"] == "remark" else one
        for one in form["fields"]
    ]
    body = {"value": {**form, "fields": fields}, "base": draft["hashes"]["forms/customer"]}
    saved = visitor.put(f"{APP}/draft/forms/customer", json=body).json()
    assert saved["problems"] == []
    publish = visitor.post(f"{APP}/publish", json={"message": "", "revision": saved["revision"]})
    assert publish.status_code == 201, publish.text


def come_to(visitor: httpx2.Client, seen: int) -> dict[str, Any]:
    """The latest change of type once so many records are done."""
    for _ in range(100_000):
        found: dict[str, Any] = visitor.get(f"{APP}/retypings").json()[0]
        if found["seen"] >= seen:
            return found
        threading.Event().wait(0.02)
    pytest.fail(f"it stands still: {found}")


def remarks(visitor: httpx2.Client) -> Counter[Any]:
    """What all records hold."""
    found: Counter[Any] = Counter()
    after = ""
    while True:
        asked = {"limit": 200, "after": after}
        page = visitor.post(f"{FORMS}/customer/records/query", json=asked).json()
        found.update(one["values"]["remark"] for one in page["records"])
        after = page["next"]
        if not after:
            return found


def test_a_change_of_type_goes_on_after_the_server_was_killed(running: Power) -> None:
    """Twice: while it is made, and while it is taken back."""
    visitor = running.client(begin(running))
    sign_up(visitor)
    imported(visitor)
    before = remarks(visitor)
    retype(visitor)
    expected = Counter(None if place % 10 == 0 else f"{place}000.5" for place in range(ROWS))
    visitor = stopped(running, visitor)
    assert remarks(visitor) == expected, "half of them are converted, and nobody can tell which"
    done = come_to(visitor, ROWS)
    assert remarks(visitor) == expected
    counts = {name: done["fields"][0][name] for name in ("converted", "refused")}
    assert counts == {"converted": ROWS - ROWS // 10, "refused": ROWS // 10}
    assert visitor.post(f"{APP}/retypings/{done['id']}/undo", json={}).status_code == 201
    visitor = stopped(running, visitor)
    assert remarks(visitor) == before
    come_to(visitor, ROWS)
    assert remarks(visitor) == before


def stopped(running: Power, visitor: httpx2.Client) -> httpx2.Client:
    """Killed in the middle, and begun again."""
    assert come_to(visitor, 1)["seen"] < ROWS
    kill(running.servers[-1])
    return running.client(begin(running), visitor.cookies)
