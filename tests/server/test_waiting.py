"""Nobody waits for who reads a file 不占写锁: files are read before the database is held."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server import sheets
from server.sheets import Book
from server.transaction import transaction
from tests.server.site import Site


def free_while_reading(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whenever a file is read from now on, whether another writer gets the database meanwhile."""
    found: list[bool] = []
    read: Callable[..., Book] = sheets.read

    def write() -> None:
        with transaction(site.wired.engine):
            found.append(True)

    def watched(*given: Any, **more: Any) -> Book:
        other = threading.Thread(target=write, daemon=True)
        other.start()
        other.join(5)
        found.append(not other.is_alive())
        return read(*given, **more)

    monkeypatch.setattr(sheets, "read", watched)
    return found


def test_others_write_while_an_import_reads_its_file(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """At upload, at the check, at the start and in the worker."""
    ann = site.owner()
    found = free_while_reading(site, monkeypatch)
    file = tmp_path / "new.csv"
    file.write_text("客户名称\nA\nB\n")
    done = ann.bring("customer", file, {"客户名称": "name"})
    assert done["progress"]["created"] == 2
    assert len(found) >= 8
    assert all(found)


def test_an_undo_keeps_a_value_that_somebody_else_took(site: Site, tmp_path: Path) -> None:
    """The update cannot be taken back, for its old value is another record's by now; the undoing still ends."""
    ann = site.owner()
    draft = ann.get("/api/apps/crm/draft")
    form = draft["parts"]["forms/customer"]
    unique = ("credit_code", "name")
    form["fields"] = [{**one, "unique": True} if one["id"] in unique else one for one in form["fields"]]
    body = {"value": form, "base": draft["hashes"]["forms/customer"]}
    saved = ann.ask("PUT", "/api/apps/crm/draft/forms/customer", body)
    ann.post("/api/apps/crm/publish", {"message": "", "revision": saved["revision"]}, 201)
    ann.add("customer", name="Old", credit_code="C1")
    file = tmp_path / "new.csv"
    file.write_text("code,name\nC1,New\n")
    done = ann.bring("customer", file, {"code": "credit_code", "name": "name"}, key="credit_code")
    ann.add("customer", name="Old", credit_code="C2")
    ann.post(f"/api/imports/{done['id']}/undo")
    site.work()
    assert ann.get(f"/api/imports/{done['id']}")["state"] == "undone"
    assert sorted(one["title"] for one in ann.list("customer")["records"]) == ["New", "Old"]


def test_an_import_of_somebody_who_may_no_longer_come_in_ends_and_says_why(site: Site, tmp_path: Path) -> None:
    """It does not wait for ever."""
    boss = site.trial()
    listed = {one["name"]: one["id"] for one in boss.get("/api/session")["personas"]}
    boss.play("Director Zhou")
    file = tmp_path / "new.csv"
    file.write_text("name\nA\n")
    with file.open("rb") as content:
        read = boss.post("/api/apps/crm/forms/customer/imports", files={"file": ("new.csv", content)}, status=201)
    boss.post(f"/api/imports/{read['id']}/start", {"columns": {"0": "name"}})
    boss.play("Chen (you)")
    boss.ask("PATCH", f"/api/members/{listed['Director Zhou']}", {"enabled": False})
    site.work()
    boss.ask("PATCH", f"/api/members/{listed['Director Zhou']}", {"enabled": True})
    boss.play("Director Zhou")
    assert boss.get(f"/api/imports/{read['id']}")["state"] == "failed"
