"""Files as people have them 导入文件: encodings, delimiters, quotes, updates by key, the error file, undo."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.server.site import Person, Site

ROWS = '客户名称{d}电话{d}备注\r\n华信科技{d}010-88886666{d}"第一行\n第二行"\r\n北京积木{d}{d}"他说""好{d}的"""\r\n'
ENGLISH = "Name,Phone,Remark\n"
COLUMNS = {"Name": "name", "Phone": "phone", "Remark": "remark", "No": "no", "Level": "level"}

TEXTS = {
    "utf-8": (ROWS.format(d=",").encode(), "utf-8", ","),
    "utf-8 with mark": (ROWS.format(d=",").encode("utf-8-sig"), "utf-8-sig", ","),
    "gbk": (ROWS.format(d=",").encode("gbk"), "gb18030", ","),
    "utf-16": (ROWS.format(d="\t").encode("utf-16"), "utf-16", "\t"),
    "semicolon": (ROWS.format(d=";").encode(), "utf-8", ";"),
    "tab, gbk": (ROWS.format(d="\t").encode("gbk"), "gb18030", "\t"),
    "bar": (ROWS.format(d="|").encode(), "utf-8", "|"),
}


@pytest.fixture
def ann(site: Site) -> Person:
    """Somebody with an empty CRM."""
    return site.owner()


def file(folder: Path, text: str | bytes, name: str = "file.csv") -> Path:
    """A file with this text."""
    place = folder / name
    place.write_bytes(text.encode() if isinstance(text, str) else text)
    return place


def upload(person: Person, text: str | bytes, status: int = 201, form: str = "customer") -> Any:
    """What the wizard says of an uploaded file."""
    raw = text.encode() if isinstance(text, str) else text
    return person.post(f"/api/apps/crm/forms/{form}/imports", files={"file": ("a.csv", raw)}, status=status)


def names(person: Person) -> dict[str, Any]:
    """The customers' values by name."""
    return {one["title"]: one["values"] for one in person.list("customer", limit=200)["records"]}


@pytest.mark.parametrize(("raw", "encoding", "delimiter"), list(TEXTS.values()), ids=list(TEXTS))
def test_encoding_and_delimiter_are_recognised(site: Site, raw: bytes, encoding: str, delimiter: str) -> None:
    """Quoted line breaks and quotes arrive as they were meant; headings are guessed by their labels."""
    visitor = site.trial("zh-CN")
    read = upload(visitor, raw)
    assert (read["encoding"], read["delimiter"], read["total"]) == (encoding, delimiter, 2)
    assert [one["guess"] for one in read["columns"]] == ["name", "phone", "remark"]
    assert [row[0] for row in read["rows"]] == ["华信科技", "北京积木"]
    assert [row[2] for row in read["rows"]] == ["第一行\n第二行", f'他说"好{delimiter}的"']


def test_rows_are_counted_as_the_file_counts_them(ann: Person, tmp_path: Path) -> None:
    """The heading is row 1; a blank line counts and is left out."""
    done = ann.bring("customer", file(tmp_path, f"{ENGLISH}A,,\n,,\nB,nonsense,\n,010-11112222,\n"), COLUMNS)
    assert [(row["row"], row["problems"][0]["field"]) for row in done["verdict"]["rows"]] == [(4, "phone"), (5, "name")]
    assert {key: done["progress"][key] for key in ("created", "bad")} == {"created": 1, "bad": 2}


def test_nothing_is_written_by_looking_and_checking(ann: Person) -> None:
    """Upload and check leave no record and draw no number."""
    read = upload(ann, f"{ENGLISH}A,,\n")
    ann.post(f"/api/imports/{read['id']}/check", {"columns": {"0": "name"}})
    assert names(ann) == {}
    assert ann.add("customer", name="First")["values"]["no"].endswith("00001")


def test_a_key_updates_what_is_there_and_adds_the_rest(ann: Person, tmp_path: Path) -> None:
    """A blank cell clears; columns that the file lacks stay."""
    ann.add("customer", name="Old", phone="010-11112222", remark="keep", address="1 Main Street")
    text = "Name,Phone\nOld,\nNew,010-33334444\n"
    done = ann.bring("customer", file(tmp_path, text), {**COLUMNS}, key="name")
    assert {key: done["verdict"][key] for key in ("creates", "updates", "bad")} == {
        "creates": 1,
        "updates": 1,
        "bad": 0,
    }
    held = names(ann)
    assert (held["Old"]["phone"], held["Old"]["remark"], held["Old"]["address"]) == (None, "keep", "1 Main Street")
    assert held["New"]["phone"] == "010-33334444"


def test_two_rows_with_one_key_are_told(ann: Person, tmp_path: Path) -> None:
    """The second would overwrite the first in silence."""
    ann.add("customer", name="Old")
    text = "Name,Phone\nOld,010-11112222\nOld,010-33334444\nNew,010-11112222\nNew,010-33334444\n"
    done = ann.bring("customer", file(tmp_path, text), {**COLUMNS}, key="name")
    assert (done["verdict"]["good"], done["verdict"]["bad"]) == (2, 2)
    assert [row["row"] for row in done["verdict"]["rows"]] == [3, 5]
    assert (done["progress"]["created"], done["progress"]["updated"], done["progress"]["bad"]) == (1, 1, 2)


def test_the_error_file_holds_the_bad_rows_with_what_is_wrong(ann: Person, tmp_path: Path) -> None:
    """Mended, it is imported again as it is; its cells are inert."""
    text = f"{ENGLISH}Good,,\n,010-11112222,=1+1\nDial,not a number,@SUM(A1)\n"
    done = ann.bring("customer", file(tmp_path, text), COLUMNS)
    answer = ann.get(f"/api/imports/{done['id']}/errors")
    headings, *rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert headings[:3] == ["Name", "Phone", "Remark"]
    assert [row[0] for row in rows] == ["", "Dial"]
    assert all(row[3] for row in rows)
    assert [row[2] for row in rows] == ["'=1+1", "'@SUM(A1)"]
    place = file(tmp_path, answer.content, "errors.xlsx")
    again = ann.bring("customer", place, COLUMNS)
    assert (again["verdict"]["total"], again["verdict"]["bad"]) == (2, 2)


def test_undo_restores_what_was_updated_and_removes_what_was_added(any_site: Site, tmp_path: Path) -> None:
    """Every value as before; what somebody changed since is kept and told."""
    ann = any_site.owner()
    ann.add("customer", name="Old", phone="010-11112222", remark="keep")
    before = names(ann)
    done = ann.bring("customer", file(tmp_path, "Name,Phone\nOld,\nNew,\nTouched,\n"), {**COLUMNS}, key="name")
    touched = next(one for one in ann.list("customer")["records"] if one["title"] == "Touched")
    ann.edit("customer", touched["id"], {"remark": None}, remark="mine now")
    ann.post(f"/api/imports/{done['id']}/undo")
    any_site.work()
    undone = ann.get(f"/api/imports/{done['id']}")
    assert undone["state"] == "undone"
    assert "1" in undone["detail"]
    after = names(ann)
    assert after.pop("Touched")["remark"] == "mine now"
    assert after == before
    assert ann.post(f"/api/imports/{done['id']}/undo", status=409)["code"] == "import_not_undoable"


def test_an_import_is_started_once(ann: Person) -> None:
    """The second click is told so."""
    read = upload(ann, f"{ENGLISH}A,,\n")
    mapping = {"columns": {"0": "name"}}
    ann.post(f"/api/imports/{read['id']}/start", mapping)
    assert ann.post(f"/api/imports/{read['id']}/start", mapping, 409)["code"] == "import_started"
    ann.site.work()
    assert len(names(ann)) == 1


MAPPINGS: dict[str, tuple[Mapping[str, Any], int, str]] = {
    "no such field": ({"columns": {"0": "nonsense"}}, 422, "unknown_field"),
    "nothing": ({"columns": {}}, 422, "nothing_mapped"),
    "twice": ({"columns": {"0": "name", "1": "name"}}, 422, "mapped_twice"),
    "not a column": ({"columns": {"x": "name"}}, 422, ""),
    "negative column": ({"columns": {"-1": "name"}}, 422, ""),
    "far column": ({"columns": {"99999999999": "name"}}, 422, "shape_wrong"),
    "no such sheet": ({"columns": {"0": "name"}, "sheet": "x"}, 422, "no_such_sheet"),
    "key not unique": ({"columns": {"0": "name", "1": "phone"}, "key": "phone"}, 422, "key_not_unique"),
    "key not mapped": ({"columns": {"1": "phone"}, "key": "name"}, 200, ""),
    "no such encoding": ({"columns": {"0": "name"}, "encoding": "klingon"}, 422, "encoding_wrong"),
    "not a text encoding": ({"columns": {"0": "name"}, "encoding": "zlib"}, 422, "encoding_wrong"),
    "an encoding that raises": ({"columns": {"0": "name"}, "encoding": "undefined"}, 422, "encoding_wrong"),
    "a slow encoding": ({"columns": {"0": "name"}, "encoding": "punycode"}, 422, "encoding_wrong"),
    "quote as delimiter": ({"columns": {"0": "name"}, "delimiter": '"'}, 422, ""),
    "line end as delimiter": ({"columns": {"0": "name"}, "delimiter": "\n"}, 422, ""),
    "nul as delimiter": ({"columns": {"0": "name"}, "delimiter": "\0"}, 422, ""),
    "heading below the end": ({"columns": {"0": "name"}, "header_row": 100}, 200, ""),
}


@pytest.mark.parametrize(("mapping", "status", "code"), list(MAPPINGS.values()), ids=list(MAPPINGS))
@pytest.mark.parametrize("route", ["check", "start"])
def test_a_mapping_that_cannot_be_is_refused(
    ann: Person, route: str, mapping: Mapping[str, Any], status: int, code: str
) -> None:
    """In words, before anything runs."""
    read = upload(ann, f"{ENGLISH}A,010-88886666,b\n")
    answer = ann.post(f"/api/imports/{read['id']}/{route}", mapping, status)
    assert not code or answer["code"] == code


def test_a_salesperson_may_not_import_where_his_role_may_not(site: Site) -> None:
    """Refused at the upload already."""
    boss = site.trial().play("Xiao Wang")
    assert upload(boss, f"{ENGLISH}A,,\n", 403)["code"] == "not_allowed"
