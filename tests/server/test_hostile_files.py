"""Files that mean harm 恶意文件: refused or read within seconds, kept in their place, and the server lives on."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.server.site import DATA, Person, Site

pytestmark = pytest.mark.timeout(30)
HOSTILE = sorted((DATA / "hostile").iterdir())
IMPORTS = "/api/apps/crm/forms/customer/imports"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


@pytest.fixture
def ann(site: Site) -> Person:
    """Somebody with an empty CRM."""
    return site.owner()


def offer(person: Person, name: str, raw: bytes) -> Any:
    """The answer to dropping the file on the list, which must come at all: what would be read for hours never does."""
    return person.client.post(IMPORTS, files={"file": (name, raw)})


@pytest.mark.parametrize("place", HOSTILE, ids=[place.stem[:40] for place in HOSTILE])
def test_a_hostile_workbook_is_refused_or_read(ann: Person, place: Path) -> None:
    """Never a 5xx; a refusal says what to do; nothing of the machine is in the answer."""
    answer = offer(ann, place.name, place.read_bytes())
    assert answer.status_code in (201, 422), answer.text
    if answer.status_code == 422:
        assert answer.json()["code"] in ("workbook_broken", "workbook_too_large", "file_empty", "file_unknown")
        assert answer.json()["detail"]
    assert "root:" not in answer.text
    assert ann.get("/api/health") == {"status": "ok"}


def book(sheet: bytes, **more: bytes) -> bytes:
    """A workbook with one sheet of these bytes."""
    root = "http://schemas.openxmlformats.org"
    office, package = f"{root}/officeDocument/2006/relationships", f"{root}/package/2006"
    default = '<Default Extension="xml" ContentType="application/xml"/>'
    main = f'<workbook xmlns="{root}/spreadsheetml/2006/main" xmlns:r="{office}">'

    def related(id: str, kind: str, target: str) -> str:
        one = f'<Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{package}/relationships">{one}</Relationships>'

    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{default}</Types>',
        "_rels/.rels": related("r", "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'{main}<sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related("r1", "worksheet", "worksheets/s.xml"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/s.xml", sheet)
        for name, raw in more.items():
            archive.writestr(name, raw)
    return out.getvalue()


def test_the_workbook_of_these_tests_is_read_when_it_is_harmless(ann: Person) -> None:
    """So that the refusals below are for their harm."""
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Customer name</t></is></c></row>'
    assert offer(ann, "a.xlsx", book(SHEET.format(row).encode())).status_code == 201


def bomb() -> bytes:
    """500 MB of blanks in half a megabyte."""
    return book(SHEET.format(" " * 500_000_000).encode())


def quoted() -> bytes:
    """A sheet that says the same thousand characters in a million cells."""
    cell = f'<c t="inlineStr"><is><t>{"x" * 1000}</t></is></c>'
    rows = "".join(f"<row>{cell * 100}</row>" for _ in range(50))
    return book(SHEET.format(rows * 60).encode())


def swollen() -> bytes:
    """Ten thousand entries."""
    return book(SHEET.format("").encode(), **{f"x{place}": b"" for place in range(10_000)})


def laughs() -> bytes:
    """Entities within entities."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row>'
    return book((head + SHEET.format(row)).encode())


def outside() -> bytes:
    """A file of the machine as an entity."""
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;root</t></is></c></row>'
    return book((head + SHEET.format(row)).encode())


MADE = {"bomb": bomb, "repeated": quoted, "many entries": swollen, "laughs": laughs, "outside": outside}
PLAIN = {
    "nothing": b"",
    "blanks": b" \n\n ",
    "half a workbook": b"PK\x03\x04 and no more",
    "old workbook, broken": b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "one endless line": b"a" * 5_000_000,
    "quotes without end": b'a,"' + b"x\n" * 200_000,
    "many columns": b"," * 200_000,
    "no text": bytes(range(128, 256)) * 50,
}


@pytest.mark.parametrize("name", list(MADE))
def test_a_workbook_made_to_swell_is_refused(ann: Person, name: str) -> None:
    """Before or while it is unpacked, in a process with bounds; the machine's own files stay closed."""
    answer = offer(ann, "a.xlsx", MADE[name]())
    assert answer.status_code in (201, 422), answer.text
    assert "root:" not in answer.text
    if name not in ("outside", "laughs"):
        assert answer.json()["code"] in ("workbook_too_large", "workbook_broken", "file_empty")
    assert ann.get("/api/health") == {"status": "ok"}


@pytest.mark.parametrize("name", list(PLAIN))
def test_a_file_that_is_no_table_is_refused_or_read(ann: Person, name: str) -> None:
    """Never a 5xx."""
    assert offer(ann, "a.csv", PLAIN[name]).status_code in (201, 422)


def test_a_claim_of_200_megabytes_is_refused_before_a_byte_is_read(ann: Person) -> None:
    """413 by the length alone, also without a length; also in the other language."""
    for path, kind in ((IMPORTS, "multipart/form-data; boundary=x"), ("/api/files", "multipart/form-data; boundary=x"),
                       (ann.records("customer"), "application/json"), ("/api/signin", "application/json")):  # fmt: skip
        headers = {"content-length": "200000000", "content-type": kind, "accept-language": "zh-CN"}
        answer = ann.client.post(path, content=b"", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
        assert "MB" in answer.json()["detail"]
        for length in ("-1", "1e9", "x", ""):
            answer = ann.client.post(path, content=b"", headers={**headers, "content-length": length})
            assert answer.status_code == 413


def test_a_body_without_a_length_is_refused(ann: Person) -> None:
    """A stream could go on for ever."""
    answer = ann.client.post(ann.records("customer"), content=(part for part in [b"{}"]))
    assert answer.status_code == 413


def test_a_text_of_ten_megabytes_gets_a_clear_answer(ann: Person) -> None:
    """422 with the field's path; nothing is stored."""
    for field in ("name", "remark", "phone", "website", "level"):
        values = {"name": "Ltd", field: "x" * 10_000_000}
        refused = ann.add("customer", 422, **values)
        assert refused["path"] == ["values", field]
        assert len(str(refused)) < 5_000
    many = {"filter": {"any": [{"field": "name", "op": "eq", "value": "x"}] * 50_000}}
    assert ann.post(f"{ann.records('customer')}/query", many, 422)["code"]
    assert ann.list("customer", exact=True)["total"] == 0


def test_deep_json_is_refused(ann: Person) -> None:
    """Neither a crash nor a stack of words."""
    for text in (
        "[" * 100_000,
        '{"values":' + "[" * 5_000 + "]" * 5_000 + "}",
        '{"values": {"name": ' + "1" * 5_000 + "}}",
    ):
        answer = ann.client.post(
            ann.records("customer"), content=text.encode(), headers={"content-type": "application/json"}
        )
        assert answer.status_code in (400, 422), answer.text[:300]
        assert answer.json()["code"] in ("bad_json", "must_be_text")
    nested: Any = {"field": "name", "op": "eq", "value": "x"}
    for _ in range(400):
        nested = {"all": [nested]}
    assert ann.post(f"{ann.records('customer')}/query", {"filter": nested}, 422)["code"]
