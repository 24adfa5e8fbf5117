"""Attachments 附件: named safely, never shown as pages, read by who may read the record and field that hold them."""

from typing import Any

import pytest

from tests.server.office import Office, open_office
from tests.server.site import Person, Site

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\boot.ini": "boot.ini",
    "/etc/cron.d/x": "x",
    "a/../../b.txt": "b.txt",
    "nul\x00byte.txt": "nul_byte.txt",
    "line\nbreak.txt": "line_break.txt",
    ".": "file",
    "..": "file",
    " .hidden. ": "hidden",
    'quo"te.txt': "quo_te.txt",
    "报价单.pdf": "报价单.pdf",
    "x" * 300 + ".txt": "x" * 180 + ".txt",
}
KINDS = {
    "a.svg": (SVG, False),
    "a.html": (b"<script>alert(1)</script>", False),
    "a.xhtml": (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", False),
    "a.xml": (b"<x/>", False),
    "a.js": (b"alert(1)", False),
    "a.pdf.html": (b"<script>", False),
    "a": (b"<script>", False),
    "a.png": (b"<script>alert(1)</script>", True),
    "a.pdf": (b"%PDF-1.4", True),
    "a.txt": (b"<script>", True),
}


@pytest.fixture
def office(site: Site) -> Office:
    """A company without records."""
    return open_office(site)


def upload(person: Person, name: str = "a.txt", raw: bytes = b"secret") -> dict[str, Any]:
    """A stored file's head."""
    head: dict[str, Any] = person.post("/api/files", files={"file": (name, raw)}, status=201)
    return head


def status(person: Person, file: dict[str, Any]) -> int:
    """How a download is answered."""
    return person.client.get(f"/api/files/{file['id']}").status_code


@pytest.mark.parametrize(("given", "kept"), list(NAMES.items()), ids=range(len(NAMES)))
def test_a_name_loses_its_path_and_what_could_hurt(office: Office, given: str, kept: str) -> None:
    """And the bytes lie under their hash, whatever the name."""
    person = office.boss
    boundary = "x"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{given}"\r\n\r\n'
    if set(given) & {'"', "\n", "\x00", "\\"}:
        file = upload(person, given)
    else:
        body = f"{head}secret\r\n--{boundary}--\r\n".encode()
        kind = {"content-type": f"multipart/form-data; boundary={boundary}"}
        file = person.client.post("/api/files", content=body, headers=kind).json()
    assert "/" not in file["name"]
    assert ".." not in file["name"]
    assert file["name"].endswith(kept.rpartition(".")[2] if "." in kept else kept)
    root = person.site.wired.settings.files
    assert all(len(place.name) == 64 for place in root.rglob("*") if place.is_file())


@pytest.mark.parametrize("name", list(KINDS))
def test_only_harmless_kinds_are_shown_by_the_browser(office: Office, name: str) -> None:
    """Everything is sandboxed and not sniffed; pages and pictures with scripts are only ever downloaded."""
    raw, shown = KINDS[name]
    file = upload(office.boss, name, raw)
    answer = office.boss.client.get(f"/api/files/{file['id']}")
    assert answer.content == raw
    assert answer.headers["content-disposition"].startswith("inline" if shown else "attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    if not shown:
        assert answer.headers["content-type"] == "application/octet-stream"


def test_a_file_that_no_record_holds_is_its_uploaders_alone(office: Office) -> None:
    """Not even the administrator's; and nobody else can put it into a record."""
    mine = upload(office.people["salesperson"])
    assert [status(office.people[role], mine) for role in ("salesperson", "mate", "director", "admin")] == [
        200, 404, 404, 404,
    ]  # fmt: skip
    thief = office.people["mate"]
    refused = thief.add("customer", 422, name="X", files=[{"id": mine["id"], "name": mine["name"]}])
    assert refused["code"] == "no_such_file"


def test_a_held_file_is_read_with_its_record(office: Office) -> None:
    """Own department yes, another not; nobody once the field holds it no more."""
    person = office.people["salesperson"]
    file = upload(person)
    made = person.add("customer", name="Ltd", files=[{"id": file["id"], "name": file["name"]}])
    roles = ("salesperson", "mate", "manager", "director", "finance", "stranger")
    assert [status(office.people[role], file) for role in roles] == [200, 200, 200, 200, 200, 404]
    stolen = office.people["stranger"].add("customer", 422, name="X", files=[{"id": file["id"], "name": "a.txt"}])
    assert stolen["code"] == "no_such_file"
    person.edit("customer", made["id"], {}, files=[])
    assert {status(office.people[role], file) for role in roles} == {404}


def test_a_copy_of_a_record_has_files_of_its_own(office: Office) -> None:
    """Whoever may read a file may put it into another record, too: a copy, which lasts when the first is let go."""
    person, mate = office.people["salesperson"], office.people["mate"]
    file = upload(person)
    first = person.add("customer", name="Ltd", files=[{"id": file["id"], "name": file["name"]}])
    copy = mate.add("customer", name="Ltd 2", files=first["values"]["files"])
    held = copy["values"]["files"]
    assert [(each["name"], each["size"]) for each in held] == [(file["name"], file["size"])]
    assert held[0]["id"] != file["id"]
    person.edit("customer", first["id"], {}, files=[])
    assert (status(person, file), status(mate, held[0])) == (404, 200)
    judged = mate.post(
        "/api/apps/crm/forms/customer/records/judge",
        {"values": {"name": "Ltd 3", "files": held}, "seen": ["name", "files"]},
    )
    assert "no_such_file" not in str(judged)


def test_a_held_file_is_read_with_its_field(office: Office) -> None:
    """Who may read the record but not the field may not read the file."""
    boss = office.boss
    draft = boss.get("/api/apps/crm/draft")
    form = draft["parts"]["forms/customer"]
    for group in form["groups"]:
        if group["id"] == "finance_read":
            group["hide"] = ["files"]
    body = {"value": form, "base": draft["hashes"]["forms/customer"]}
    saved = boss.ask("PUT", "/api/apps/crm/draft/forms/customer", body)
    boss.post("/api/apps/crm/publish", {"revision": saved["revision"]}, 201)
    file = upload(boss)
    boss.add("customer", name="Ltd", files=[{"id": file["id"], "name": file["name"]}])
    assert [status(office.people[role], file) for role in ("director", "finance")] == [200, 404]


@pytest.mark.parametrize("id", ["..%2f..%2fqiaoban.db", "%2e%2e", "x" * 5000, "%00", "a'--", "\u202e"])
def test_an_id_that_is_none_finds_nothing(office: Office, id: str) -> None:
    """404 or 422, never a file of the machine."""
    assert office.boss.client.get(f"/api/files/{id}").status_code in (404, 422)
    assert office.boss.client.get("/../../../../etc/passwd").text.find("root:") < 0
    assert office.boss.client.get("/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd").text.find("root:") < 0
