"""Out to a file and in again 导出再导入: into another workspace, without loss, and inert on the way."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.server.site import DATA, Person, Site

NAUGHTY = json.loads((DATA / "naughty_strings.json").read_text())
TRICKY = [
    *("=1+1", "-5", "+5", "-5%", "'quoted", "'=1+1", "''=x", "@SUM(A1)", "=cmd|' /C calc'!A0", "007", "1e5", "TRUE"),
    *("line\nbreak", "a,b;c\td|e", 'say "hi"', "2026-11-23", "1/2", "#N/A", "#REF!", "_x000D_", "_x0041_", "'", "''"),
    *("中文，标点", "𠮷野家", "👩‍👩‍👧", "a\u2028b", "\u202eabc", "é", "e\u0301", "x" * 3000, "<b>&amp;</b>", "%s{0}"),
]
DANGER = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"^-?\d+(\.\d+)?%?$")


@pytest.fixture
def ann(site: Site) -> Person:
    """Who exports."""
    return site.owner()


@pytest.fixture
def other(site: Site) -> Person:
    """Another workspace, whose owner has the same name."""
    return site.owner("other@example.com")


def export(person: Person, form: str, format: str, folder: Path, **asked: str) -> Path:
    """The exported file."""
    answer = person.client.get(f"/api/apps/crm/forms/{form}/export", params={"format": format, **asked})
    assert answer.status_code == 200
    place = folder / f"{form}.{format}"
    place.write_bytes(answer.content)
    return place


def values(person: Person, form: str, *fields: str) -> list[list[Any]]:
    """The fields of all records, by name."""
    page = person.list(form, sort=[{"field": "name"}], limit=200)
    return [[record["values"].get(field) for field in fields] for record in page["records"]]


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_tricky_texts_come_back_as_they_were(ann: Person, other: Person, tmp_path: Path, format: str) -> None:
    """Formula-like, quoted, with breaks, in many scripts."""
    for place, text in enumerate(TRICKY):
        ann.add("customer", name=f"n{place}", remark=text)
    done = other.bring("customer", export(ann, "customer", format, tmp_path), {})
    assert done["progress"]["bad"] == 0
    there, here = values(other, "customer", "name", "remark"), values(ann, "customer", "name", "remark")
    assert there == here
    assert dict(here) == {f"n{place}": text for place, text in enumerate(TRICKY)}


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_every_naughty_string_survives(ann: Person, other: Person, tmp_path: Path, format: str) -> None:
    """As stored: what the form normalised is normalised once."""
    (tmp_path / "in.csv").write_text(
        "Name,Remark\n" + "".join(f'n{place:04},"{quoted(text)}"\n' for place, text in enumerate(NAUGHTY)), "utf-8"
    )
    assert ann.bring("customer", tmp_path / "in.csv", {})["progress"]["bad"] == 0
    other.bring("customer", export(ann, "customer", format, tmp_path), {})
    there, here = everything(other), everything(ann)
    # U+FFFE and its kin are no characters of XML: a workbook holds them escaped, and so they stay.
    assert {name: there[name] for name in here if "\ufffe" not in (here[name] or "")} == {
        name: text for name, text in here.items() if "\ufffe" not in (text or "")
    }


def quoted(text: str) -> str:
    """A text within a quoted cell."""
    return text.replace('"', '""')


def everything(person: Person) -> dict[str, Any]:
    """Name → remark, over all pages."""
    found, after = {}, ""
    while True:
        page = person.list("customer", limit=200, after=after, sort=[{"field": "name"}])
        found.update({one["title"]: one["values"]["remark"] for one in page["records"]})
        after = page["next"]
        if not after:
            return found


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_every_type_and_rows_come_back_without_loss(ann: Person, other: Person, tmp_path: Path, format: str) -> None:
    """Money, dates, options, members, references by title, yes and no, and the rows of a subform."""
    prices = [("=Board", "12.50", True), ("Peg", "0.01", False), ("'Knob", "9999999999.99", True)]
    made = [
        ann.add("product", name=name, code=f"C{place}", list_price=price, unit="件", active=active)["id"]
        for place, (name, price, active) in enumerate(prices)
    ]
    customer = ann.add("customer", name="-Tangram Ltd", region="east", level="a")["id"]
    many = [{"product": id, "quantity": "3", "discount": "0.85", "price": "1.1"} for id in made]
    for place, lines in enumerate((many, [], many[:1])):
        ann.add(
            "opportunity",
            name=f"Deal {place}",
            customer=customer,
            lines=lines,
            expected_close="2030-01-01",
            estimate="5",
        )
    for form in ("product", "customer", "opportunity"):
        done = other.bring(form, export(ann, form, format, tmp_path), {})
        assert done["progress"]["bad"] == 0, done["verdict"]["troubles"]
    plain = ("name", "list_price", "unit", "active")
    assert values(other, "product", *plain) == values(ann, "product", *plain)
    money = ("name", "stage", "expected_close", "estimate", "amount", "weighted", "region")
    assert values(other, "opportunity", *money) == values(ann, "opportunity", *money)
    assert lines_of(other) == lines_of(ann)


def lines_of(person: Person) -> list[Any]:
    """The rows of the opportunities with titles for ids."""
    page = person.list("opportunity", sort=[{"field": "name"}])
    return [
        [{**line, "product": page["titles"][line["product"]], "id": ""} for line in record["values"]["lines"] or []]
        for record in page["records"]
    ]


def test_no_exported_csv_cell_is_a_formula(ann: Person, tmp_path: Path) -> None:
    """Only plain numbers may begin with a sign."""
    for place, text in enumerate([*TRICKY, *(text for text in NAUGHTY if text[:1] in DANGER)]):
        ann.add("customer", name=f"{text[:1]}n{place}", remark=text)
    raw = export(ann, "customer", "csv", tmp_path).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(DANGER) and not NUMBER.match(cell)] == []


def test_an_exported_workbook_holds_no_formula(ann: Person, tmp_path: Path) -> None:
    """No cell of type formula, no link."""
    for place, text in enumerate([*TRICKY, "https://example.com/", "mailto:a@example.com"]):
        ann.add("customer", name=f"n{place}", remark=text)
    with zipfile.ZipFile(export(ann, "customer", "xlsx", tmp_path)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert sheets
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_an_export_is_the_filtered_sorted_list_with_the_chosen_columns(ann: Person, tmp_path: Path) -> None:
    """As the page's address says."""
    for name, level in (("A", "a"), ("B", "b"), ("C", "a")):
        ann.add("customer", name=name, level=level)
    ask = {"filter": {"field": "level", "op": "eq", "value": "a"}, "sort": [{"field": "name", "descending": True}]}
    place = export(ann, "customer", "csv", tmp_path, ask=json.dumps(ask), columns="name,level")
    rows = list(csv.reader(io.StringIO(place.read_text("utf-8-sig"))))
    assert rows[0] == ["Customer name", "Level"]
    assert [row[0] for row in rows[1:]] == ["C", "A"]


@pytest.mark.parametrize(
    "params",
    [
        {"ask": "{"}, {"ask": "1"},
        {"ask": '{"sort":[1]}'}, {"ask": '{"filter":1}'}, {"ask": '{"filter":{"field":1}}'},
        {"ask": '{"search":{"a":1}}'}, {"ask": "[" * 900}, {"columns": "nonsense"}, {"format": "exe"},
    ],
)  # fmt: skip
def test_a_bad_question_is_refused_before_the_first_byte(ann: Person, params: dict[str, str]) -> None:
    """A problem document, not half a file."""
    answer = ann.client.get("/api/apps/crm/forms/customer/export", params=params)
    assert answer.status_code in (200, 422), answer.text
    assert answer.status_code == 422 or "search" in params["ask"]


def test_the_import_template_is_read_as_it_is_given(ann: Person, tmp_path: Path) -> None:
    """Every heading of it is understood by its label."""
    answer = ann.get("/api/apps/crm/forms/opportunity/import-template")
    (tmp_path / "t.xlsx").write_bytes(answer.content)
    with (tmp_path / "t.xlsx").open("rb") as file:
        read = ann.post("/api/apps/crm/forms/opportunity/imports", files={"file": ("t.xlsx", file)}, status=201)
    assert [one["heading"] for one in read["columns"] if one["why"] != "label"] == []
