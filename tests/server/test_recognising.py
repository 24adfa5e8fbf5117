"""A form from a file 由表格新建表单: types guessed from the data, and the data imported."""

from pathlib import Path

import pytest

from builder.field import field_types
from builder.recognising import readings
from tests.server.site import Site
from tests.server.test_ripple import EVERYONE, publish

CASES = {
    "number": ["1", "-2.5", "1,234.50"], "date": ["2031-01-02", "2031/3/4", "2031年5月6日"],
    "datetime": ["2031-01-02 03:04", "2031-01-02 03:04:05"], "boolean": ["是", "否", "是"],
    "phone": ["13800138000", "010-12345678", "+86 138 0013 8000"], "email": ["a@example.com"],
    "url": ["https://example.com/x"], "choice": ["甲", "乙"] * 8, "longtext": ["one\ntwo"],
}  # fmt: skip
TEXTS = [["0012", "0013"], ["a", "b"], [], ["110101199003071234"], ["2031-13-45"], ["1", "x"]]


@pytest.mark.parametrize("name", CASES)
def test_a_type_knows_its_values(name: str) -> None:
    assert readings(CASES[name], field_types())[0][0] == name


@pytest.mark.parametrize("texts", TEXTS)
def test_what_is_nothing_else_is_text(texts: list[str]) -> None:
    assert readings(texts, field_types())[0][0] == "text"


def test_a_file_becomes_a_form_with_its_rows(site: Site, tmp_path: Path) -> None:
    ann = site.owner()
    rows = [
        ["Name", "Amount", "Level", "Day"],
        *([f"N{at}", f"{at}.5", "ab"[at % 2], "2031-01-02"] for at in range(10)),
    ]
    file = tmp_path / "deals.csv"
    file.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    with file.open("rb") as brought:
        told = ann.client.post("/api/apps/crm/recognised", files={"file": brought}).json()
    columns = [{**one, **one["readings"][0]} for one in told["columns"]]
    assert [one["type"] for one in columns] == ["text", "number", "choice", "date"]
    assert (told["name"], told["total"]) == ("deals", 10)
    fields = [
        {"id": f"f{one['index']}", "label": one["heading"], "type": one["type"], **one["settings"]} for one in columns
    ]
    group = {**EVERYONE, "operations": [*EVERYONE["operations"], "import"]}  # type: ignore[misc]
    publish(ann, {"id": "deal", "name": "Deal", "title": "f0", "fields": fields, "groups": [group]})
    done = ann.bring("deal", file, {one["heading"]: f"f{one['index']}" for one in columns})["progress"]
    assert (done["state"], done["created"], done["bad"]) == ("done", 10, 0)


def test_only_who_designs_may_have_a_file_recognised(site: Site, tmp_path: Path) -> None:
    ann = site.owner()
    invite = ann.post("/api/invites", {}, 201)
    bob = site.visitor()
    bob.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept",
             {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}, 201)  # fmt: skip
    refused = bob.client.post("/api/apps/crm/recognised", files={"file": ("a.csv", b"a,b\n1,2\n")})
    assert refused.status_code == 403
