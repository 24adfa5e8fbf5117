"""Bytes that nobody may see any more are removed 清理文件: of purged records and of imports long over."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server import installing, upkeep
from tests.server.site import Person, Site
from tests.server.test_upkeep import Later


def stored(site: Site) -> list[Path]:
    """Every file that lies in the folder of files."""
    return [path for path in site.wired.settings.files.rglob("*") if path.is_file()]


def attached(person: Person, name: str, content: bytes) -> tuple[str, str]:
    """A customer with a file; their ids."""
    file = person.post("/api/files", files={"file": (name, content)}, status=201)["id"]
    return person.add("customer", name=name, files=[{"id": file, "name": name}])["id"], file


def purge(person: Person, id: str) -> None:
    """For good."""
    person.post(f"{person.records('customer')}/delete", {"ids": [id]})
    person.post(f"{person.records('customer')}/purge", {"ids": [id]})


@pytest.fixture
def tidy(site: Site, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Tidy up as if so many days had passed."""

    def later(days: int) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(site.wired, "clock", Later(site.wired, days))
            upkeep.tidy(site.wired)

    return later


def test_purging_a_record_removes_the_bytes_of_its_files(site: Site, tidy: Callable[[int], None]) -> None:
    """Soon, and nobody reads them in between, not even who uploaded them."""
    ann = site.owner()
    id, file = attached(ann, "a.txt", b"secret")
    ann.get(f"/api/files/{file}")
    purge(ann, id)
    ann.get(f"/api/files/{file}", 404)
    assert len(stored(site)) == 1
    tidy(1)
    assert stored(site) == []


def test_bytes_that_another_record_has_too_stay(site: Site, tidy: Callable[[int], None]) -> None:
    """Those of another file, of an import, and of a record that lies in the bin."""
    ann = site.owner()
    (gone, _), (kept, file) = attached(ann, "a.txt", b"same"), attached(ann, "b.txt", b"same")
    binned, in_bin = attached(ann, "c.txt", b"other")
    purge(ann, gone)
    ann.post(f"{ann.records('customer')}/delete", {"ids": [binned]})
    tidy(1)
    assert len(stored(site)) == 2
    assert ann.client.get(f"/api/files/{file}").content == b"same"
    ann.post(f"{ann.records('customer')}/restore", {"ids": [binned]})
    assert ann.client.get(f"/api/files/{in_bin}").content == b"other"
    purge(ann, kept)
    tidy(1)
    assert len(stored(site)) == 1


def test_bytes_that_were_just_stored_again_stay(site: Site, tidy: Callable[[int], None]) -> None:
    """An upload of the same bytes may be about to name them."""
    ann = site.owner()
    purge(ann, attached(ann, "a.txt", b"same")[0])
    tidy(0)
    assert len(stored(site)) == 1


def test_the_files_of_old_imports_are_removed(site: Site, tidy: Callable[[int], None], tmp_path: Path) -> None:
    """After 30 days; what was imported stays, and starting it again says what to do."""
    ann = site.owner()
    file = tmp_path / "a.csv"
    file.write_text("Customer name\nA\n")
    done = ann.bring("customer", file, {"Customer name": "name"})
    sent = {"file": ("b.csv", b"Customer name\nB\n")}
    never = ann.post("/api/apps/crm/forms/customer/imports", files=sent, status=201)["id"]
    tidy(29)
    assert len(stored(site)) == 2
    tidy(31)
    assert stored(site) == []
    ann.post("/api/signin", {"email": "ann@example.com", "password": "correct horse"})
    assert ann.get(f"/api/imports/{done['id']}")["created"] == 1
    started = ann.post(f"/api/imports/{never}/start", {"columns": {"0": "name"}}, 404)
    assert started["code"] == "import_file_gone"
    assert [record["title"] for record in ann.list("customer")["records"]] == ["A"]


def test_others_write_while_samples_are_cleared(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch in each transaction; what somebody added himself stays."""
    ann = site.owner(samples=True)
    own = ann.add("customer", name="Own")["id"]
    batches: list[int] = []
    clear: Any = installing.sampling.clear

    def watched(gate: Any, app: str, form: str, ids: list[str]) -> None:
        batches.append(len(ids))
        clear(gate, app, form, ids)

    monkeypatch.setattr(installing.sampling, "clear", watched)
    ann.ask("DELETE", "/api/apps/crm/samples")
    assert max(batches) <= installing.BATCH
    assert len(batches) > 5
    assert [record["id"] for record in ann.list("customer")["records"]] == [own]
