"""Serial numbers that a file brings 保留编号: kept when mapped on purpose, unique; the counter goes on behind."""

from pathlib import Path
from typing import Any

import pytest

from builder.fields.serial import Serial
from tests.server.site import Person, Site


def bring(person: Person, tmp_path: Path, text: str, **columns: str) -> dict[str, Any]:
    """Import customers."""
    file = tmp_path / "customers.csv"
    file.write_text(text)
    return person.bring("customer", file, {"Customer name": "name", **columns})


def numbers(person: Person) -> dict[str, str]:
    """Number by name."""
    page = person.list("customer", limit=200)["records"]
    return {one["values"]["name"]: one["values"]["no"] for one in page}


def test_numbers_are_kept_when_their_column_is_mapped(site: Site, tmp_path: Path) -> None:
    """Those without one get the next; the counter goes on behind the highest."""
    ann = site.owner()
    text = "No,Customer name\nKH-00041,A\nOLD 7,B\n,C\n"
    done = bring(ann, tmp_path, text, No="no")
    assert (done["verdict"]["bad"], done["progress"]["created"]) == (0, 3)
    assert numbers(ann) == {"A": "KH-00041", "B": "OLD 7", "C": "KH-00042"}
    assert ann.add("customer", name="D")["values"]["no"] == "KH-00043"


def test_a_column_of_numbers_is_not_guessed(site: Site, tmp_path: Path) -> None:
    """Whoever does not choose it gets fresh numbers."""
    ann = site.owner()
    label = next(
        one["label"] for one in ann.get("/api/apps/crm/forms/customer")["definition"]["fields"] if one["id"] == "no"
    )
    done = bring(ann, tmp_path, f"{label},Customer name\nKH-00041,A\n")
    assert [one["guess"] for one in done["read"]["columns"]] == ["", "name"]
    assert numbers(ann) == {"A": "KH-00001"}


def test_a_number_is_never_there_twice(site: Site, tmp_path: Path) -> None:
    """Neither in the file nor beside a record that has it; the rows are told."""
    ann = site.owner()
    ann.add("customer", name="First")
    done = bring(ann, tmp_path, "No,Customer name\nKH-00001,A\nKH-00005,B\nKH-00005,C\n", No="no")
    assert (done["verdict"]["bad"], done["progress"]["created"], done["progress"]["bad"]) == (2, 1, 2)
    assert numbers(ann) == {"First": "KH-00001", "B": "KH-00005"}


def test_an_export_comes_back_with_its_numbers(site: Site, tmp_path: Path) -> None:
    """Into another workspace, without loss; and again over itself by the number as the key, changing nothing."""
    ann, bob = site.owner(), site.owner("bob@example.com")
    for name in ("A", "B", "C"):
        ann.add("customer", name=name)
    first = ann.list("customer", search="B")["records"][0]["id"]
    ann.post(f"{ann.records('customer')}/delete", {"ids": [first]})
    sent = ann.client.get("/api/apps/crm/forms/customer/export?format=csv")
    file = tmp_path / "export.csv"
    file.write_bytes(sent.content)
    label = sent.text.lstrip("\ufeff").split(",")[0]
    assert bob.bring("customer", file, {label: "no"})["progress"]["created"] == 2
    assert numbers(bob) == numbers(ann) == {"A": "KH-00001", "C": "KH-00003"}
    assert bob.add("customer", name="D")["values"]["no"] == "KH-00004"
    again = ann.bring("customer", file, {label: "no"}, key="no")
    assert (again["progress"]["created"], again["progress"]["bad"]) == (0, 0)
    assert numbers(ann) == {"A": "KH-00001", "C": "KH-00003"}


@pytest.mark.parametrize(
    ("settings", "text", "counted"),
    [
        ({"prefix": "KH", "digits": 5}, "KH-00041", ("", 41)),
        ({"prefix": "KH", "start": 100}, "KH-0141", ("", 42)),
        ({"prefix": "HT", "date": "month", "reset": "month"}, "HT-202503-0007", ("2025-03", 7)),
        ({"prefix": "HT", "date": "year", "reset": "month"}, "HT-2025-0007", ("2026-11", 7)),
        ({"prefix": "a.b", "separator": ""}, "a.b0007", ("", 7)),
        ({"prefix": "KH"}, "XX-0001", None),
        ({"prefix": "KH"}, "KH-" + "9" * 16, None),
        (
            {"segments": [{"kind": "field", "field": "name"}, {"kind": "count"}, {"kind": "text", "text": "x"}]},
            "Ltd-0012-x",
            ("", 12),
        ),
    ],
)
def test_a_number_tells_its_count_and_period(settings: dict[str, Any], text: str, counted: Any) -> None:
    """As the field gives them; any other text is no count."""
    assert Serial.model_validate(settings).counted(text, "2026-11-23") == counted
