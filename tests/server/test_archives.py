"""Lists that go out and come in with their files 附件包: without loss, through the gate, and no way in for harm."""

import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from server import archives
from tests.server.site import Person, Site

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
LINES = {
    "id": "lines", "type": "subform", "label": "Lines",
    "fields": [
        {"id": "what", "type": "text", "label": "What"}, {"id": "proof", "type": "attachment", "label": "Proof"},
    ],
}  # fmt: skip
FIELDS = [
    {"id": "code", "type": "text", "label": "Code", "unique": True},
    {"id": "papers", "type": "attachment", "label": "Papers", "extensions": ["txt", "png"]},
    {"id": "photos", "type": "image", "label": "Photos"},
    {"id": "signed", "type": "signature", "label": "Signed"},
    {"id": "body", "type": "richtext", "label": "Body", "max_length": 100_000},
    LINES,
]


def form(person: Person, **more: Any) -> Person:
    """Publish a form `thing` that holds files in every way."""
    title = {"id": "title", "type": "text", "label": "Title"}
    value = {"id": "thing", "name": "Thing", "title": "title", "fields": [title, *FIELDS], **more}
    draft = person.ask("PUT", "/api/apps/crm/draft/forms/thing", {"value": value, "base": ""})
    person.post("/api/apps/crm/publish", {"message": "", "revision": draft["revision"]}, 201)
    return person


def sent(person: Person, name: str, content: bytes) -> dict[str, Any]:
    """A stored file of the person's."""
    found: dict[str, Any] = person.post("/api/files", files={"file": (name, content)}, status=201)
    return found


def exported(person: Person, status: int = 200, **asked: str) -> bytes:
    """The archive of the list."""
    answer = person.client.get("/api/apps/crm/forms/thing/export", params={"format": "zip", **asked})
    assert answer.status_code == status, answer.text[:500]
    return answer.content


def packed(entries: dict[str, bytes | str]) -> bytes:
    """An archive of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def brought(person: Person, folder: Path, content: bytes, **how: Any) -> dict[str, Any]:
    """The archive imported."""
    place = folder / "thing.zip"
    place.write_bytes(content)
    return person.bring("thing", place, {}, **how)


def offered(person: Person, content: bytes) -> Any:
    """The answer to an archive dropped on the list."""
    return person.client.post("/api/apps/crm/forms/thing/imports", files={"file": ("thing.zip", content)})


def full(person: Person, title: str) -> dict[str, Any]:
    """A record with a file of every kind."""
    shown = sent(person, "shown.png", PNG + b"shown")
    record: dict[str, Any] = person.add(
        "thing",
        title=title,
        code=title,
        papers=[sent(person, "same.txt", b"one"), sent(person, "same.txt", b"two")],
        photos=[sent(person, "p&q.png", PNG)],
        signed=[sent(person, "sign.png", PNG + b"signed")],
        body=f'<p>Look: <img src="/api/files/{shown["id"]}" alt="A"><img src="/api/files/{shown["id"]}"></p>',
        lines=[{"what": "a"}, {"what": "b", "proof": [sent(person, "proof.pdf", b"%PDF")]}],
    )
    return record


def bytes_of(person: Person, file: dict[str, Any]) -> bytes:
    """What the person is given of a file."""
    content: bytes = person.get(f"/api/files/{file['id']}").content
    return content


def told(person: Person, values: dict[str, Any]) -> dict[str, Any]:
    """The record with bytes for ids."""

    def files(value: list[dict[str, Any]]) -> list[tuple[str, bytes]]:
        return [(one["name"], bytes_of(person, one)) for one in value]

    pictures = values["body"].split('src="/api/files/')[1:]
    return {
        **{key: files(values[key]) for key in ("papers", "photos", "signed")},
        "body": [bytes_of(person, {"id": text.partition('"')[0]}) for text in pictures],
        "lines": [(line["what"], files(line.get("proof") or [])) for line in values["lines"]],
        "title": values["title"],
    }


def all_of(person: Person) -> list[dict[str, Any]]:
    """The records by title."""
    return [one["values"] for one in person.list("thing", sort=[{"field": "title"}])["records"]]


def test_a_list_comes_back_with_every_file_as_its_own(any_site: Site, tmp_path: Path) -> None:
    """Attachments of one name, pictures, a signature, pictures in formatted text, files of rows; in another company."""
    ann, other = form(any_site.owner()), form(any_site.owner("other@example.com"))
    for title in ("../../etc/passwd", "con", "客户\u202e甲", "x" * 90):
        full(ann, title)
    content = exported(ann)
    done = brought(other, tmp_path, content)
    assert done["progress"]["bad"] == 0, done["verdict"]["troubles"]
    assert done["read"]["files"] == 4 * 6
    assert [told(other, one) for one in all_of(other)] == [told(ann, one) for one in all_of(ann)]
    ids = [file["id"] for one in all_of(other) for file in (*one["papers"], *one["photos"])]
    assert len(set(ids)) == len(ids)


def test_names_in_the_archive_are_safe_on_any_machine(site: Site) -> None:
    """No path leads out, no name is a device, nothing turns the way of reading, none comes twice."""
    ann = form(site.owner())
    for title in ("../../x", "con", "a\u202eb", "C:\\x", "."):
        full(ann, title)
    with zipfile.ZipFile(io.BytesIO(exported(ann))) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name == "data.xlsx" or name.startswith("files/0000") for name in names)
    assert not any(part in ("..", ".", "", "con") for name in names for part in name.split("/"))
    assert not any(sign in name for name in names for sign in "\u202e\\:\n")


def test_only_what_the_asker_may_read_goes_along(site: Site) -> None:
    """Neither fields that are closed to him, nor files of records that he may not see."""
    ann = site.owner()
    invite = ann.post("/api/invites", {}, 201)
    bob = site.visitor()
    joining = {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}
    bob.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept", joining, 201)
    bob_id = bob.get("/api/session")["member"]["id"]
    group = {"id": "some", "name": "Some", "to": {"members": [bob_id]}, "operations": ["read", "export"],
             "read": ["title", "photos"], "rows": {"field": "title", "op": "eq", "value": "open"}}  # fmt: skip
    form(ann, groups=[group])
    for title in ("open", "shut"):
        full(ann, title)
    with zipfile.ZipFile(io.BytesIO(exported(bob))) as archive:
        assert [name.rpartition("/")[2] for name in archive.namelist()] == ["data.xlsx", "p&q.png"]
    exported(bob, 422, columns="papers")


def test_a_text_too_long_for_a_cell_lies_beside_the_table(ann: Person, tmp_path: Path) -> None:
    """And comes back; a workbook alone is refused with what to do instead."""
    form(ann)
    ann.add("thing", title="long", code="long", body=f"<p>{'界' * 40_000}</p>")
    content = exported(ann)
    refused = ann.get("/api/apps/crm/forms/thing/export?format=xlsx", 422)
    assert refused["code"] == "too_long_for_a_cell"
    assert brought(ann, tmp_path, content, key="code")["progress"]["updated"] == 1
    assert all_of(ann)[0]["body"] == f"<p>{'界' * 40_000}</p>"


def test_files_that_a_record_holds_already_stay_the_same(ann: Person, tmp_path: Path) -> None:
    """Updating by a key with what was exported changes no file."""
    form(ann)
    before = full(ann, "one")["values"]
    bytes_before = told(ann, before)
    assert brought(ann, tmp_path, exported(ann), key="code")["progress"]["bad"] == 0
    after = all_of(ann)[0]
    assert [after[key] for key in ("papers", "photos", "signed", "body")] == [
        before[key] for key in ("papers", "photos", "signed", "body")
    ]
    assert told(ann, after) == bytes_before


def test_an_import_with_files_is_undone_whole(ann: Person, tmp_path: Path) -> None:
    """Nothing is left behind in the list."""
    form(ann)
    done = brought(ann, tmp_path, packed({"a.csv": "Title,Papers\nx,a.txt\n", "a.txt": "hello"}))
    assert bytes_of(ann, all_of(ann)[0]["papers"][0]) == b"hello"
    ann.post(f"/api/imports/{done['id']}/undo")
    ann.site.work()
    assert all_of(ann) == []


def test_a_cell_names_files_of_the_archive_and_nothing_else(ann: Person, tmp_path: Path) -> None:
    """Neither the machine's, nor a stored file by its id, nor a link; each is told with its row.

    A text whose picture the asker may read brings a copy of it."""
    form(ann)
    secret = full(ann, "secret")["values"]["papers"][0]["id"]
    link = zipfile.ZipInfo("files/link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    cells = ["/etc/passwd", "../../../../etc/passwd", "files/link.txt", f"/api/files/{secret}", secret, "files/no.txt"]
    table = "Title,Papers,Body\n" + "".join(f"n{at},{cell},\n" for at, cell in enumerate(cells))
    table += f'rich,,"<img src=""/api/files/{secret}"">words"\nout,,"<img src=""../../etc/passwd"">words"\n'
    content = io.BytesIO(packed({"t.csv": table, "files/ok.txt": "x", "../../etc/passwd": "root:"}))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    done = brought(ann, tmp_path, content.getvalue())
    assert (done["verdict"]["good"], done["verdict"]["bad"]) == (1, len(cells) + 1)
    assert {trouble["code"] for trouble in done["verdict"]["troubles"]} == {"file_not_in_archive"}
    body = next(values["body"] for values in all_of(ann) if values["title"] == "rich")
    assert "/api/files/" in body
    assert secret not in body


def test_what_a_field_refuses_is_refused_from_an_archive_too(ann: Person, tmp_path: Path) -> None:
    """Its endings, and how many."""
    form(ann)
    many = "\n".join(["files/a.txt"] * 11)
    table = f'Title,Papers,Photos\nexe,files/a.exe,\nmany,"{many}",\nsvg,,files/a.svg\n'
    entries: dict[str, bytes | str] = {"t.csv": table, **{f"files/a.{one}": "x" for one in ("exe", "txt", "svg")}}
    done = brought(ann, tmp_path, packed(entries))
    assert {trouble["code"] for trouble in done["verdict"]["troubles"]} == {"file_kind_refused", "too_many_files"}
    assert done["progress"]["created"] == 0


def test_a_file_that_is_broken_inside_the_archive_is_told_with_its_row(ann: Person, tmp_path: Path) -> None:
    """The other rows come in."""
    form(ann)
    raw = packed({"t.csv": "Title,Papers\na,good.txt\nb,bad.txt\n", "good.txt": "fine", "bad.txt": "A" * 5000})
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        at = archive.getinfo("bad.txt").header_offset + 30 + len("bad.txt")
    done = brought(ann, tmp_path, raw[: at + 4] + b"\x00\xff\x00" + raw[at + 7 :])
    assert (done["progress"]["created"], done["progress"]["bad"]) == (1, 1)


def bomb() -> bytes:
    """Much of nothing, said to be pictures."""
    return packed({"t.csv": "Title\nx\n", **{f"files/{at}.png": bytes(8_000_000) for at in range(3)}})


def crowd() -> bytes:
    """More entries than any list has files."""
    return packed({"t.csv": "Title\nx\n", **{f"f/{at}": b"" for at in range(archives.ENTRIES + 1)}})


def twice() -> bytes:
    """One name, two contents."""
    raw = packed({"t.csv": "Title\nx\n", "u.csv": "Title\ny\n"})
    return raw.replace(b"u.csv", b"t.csv")


def locked() -> bytes:
    """With a password."""
    raw = bytearray(packed({"t.csv": "Title\nx\n"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + place] |= 1
    return bytes(raw)


def endless() -> bytes:
    """Whose list of entries alone is larger than any."""
    raw = packed({"t.csv": "Title\nx\n"})
    at = raw.rindex(b"PK\x05\x06")
    return raw[: at + 12] + (archives.DIRECTORY + 1).to_bytes(4, "little") + raw[at + 16 :]


def nested() -> bytes:
    """A workbook that swells, within a small archive."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/s.xml", " " * 25_000_000)
    return packed({"data.xlsx": inner.getvalue()})


HOSTILE = {
    "a bomb": (bomb, "archive_too_large"),
    "a crowd": (crowd, "archive_too_large"),
    "one name twice": (twice, "archive_broken"),
    "locked": (locked, "archive_locked"),
    "an endless list": (endless, "archive_too_large"),
    "a workbook that swells": (nested, "workbook_too_large"),
    "no table": (lambda: packed({"files/a.csv": "x", "b.png": PNG}), "workbook_broken"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_archive_is_refused_before_it_is_unpacked(ann: Person, name: str) -> None:
    """With a code and a sentence, and the server lives on."""
    made, code = HOSTILE[name]
    answer = offered(form(ann), made())
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["detail"]
    assert ann.get("/api/health") == {"status": "ok"}


def test_an_archive_packed_again_on_a_chinese_windows_is_understood(ann: Person, tmp_path: Path) -> None:
    """With a folder around everything, and names in GBK without a mark."""
    form(ann)
    done = brought(ann, tmp_path, gbk({"包/t.csv": "Title,Papers\nx,附件/合同.txt\n", "包/附件/合同.txt": "好"}))
    assert done["progress"]["created"] == 1
    assert [one["name"] for one in all_of(ann)[0]["papers"]] == ["合同.txt"]


def gbk(entries: dict[str, str]) -> bytes:
    """An archive as an old Windows writes it: the names' own bytes, and no word that they are UTF-8."""

    class Old(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:
            return self.filename.encode("gb18030"), self.flag_bits & ~0x800

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(Old(name), content)
    return out.getvalue()


def test_bytes_of_the_archive_are_kept_once(ann: Person, tmp_path: Path) -> None:
    """Two records that bring the same bytes hold two files over one place."""
    form(ann)
    content = packed({"t.csv": "Title,Papers\nx,a.txt\ny,a.txt\n", "a.txt": "hello"})
    assert brought(ann, tmp_path, content)["progress"]["created"] == 2
    one, two = (values["papers"][0] for values in all_of(ann))
    assert one["id"] != two["id"]
    assert bytes_of(ann, one) == bytes_of(ann, two) == b"hello"
    assert not list(ann.site.wired.settings.files.rglob("*.part"))
