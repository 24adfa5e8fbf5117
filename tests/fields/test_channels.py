"""Every field type through the gate 字段的各个去处: its history, the lists, groups and exports of who may see it."""

from typing import Any

import pytest

from builder.field import Kind, field_types
from builder.problem import Refusal
from runtime import exporting, history, reading, records
from runtime.gate import Gate
from runtime.reading import Asked
from tests.fields.company import open_company, seen_by
from tests.fields.table import TABLE, Row
from tests.fields.words import Words, field_of

TITLE = {"id": "title", "type": "text", "label": "Title"}
SHUT = {
    "id": "some", "name": "Some", "to": {"everyone": True}, "operations": ["create", "read", "update", "export"],
    "hide": ["x"],
}  # fmt: skip
VALUED = [
    pytest.param(name, row, id=f"{name}-{at}")
    for name, rows in TABLE.items()
    for at, row in enumerate(rows)
    if row.values and "by" not in field_types()[name].model_fields
]
"""What is gathered from records that point here has no value that anybody sends."""
UNVALUED = [name for name, kind in field_types().items() if not kind.valued]


def company(name: str, row: Row, **form: Any) -> Gate:
    """A form with a title and this field."""
    return open_company([TITLE, field_of(name, row).dump()], **form)


def kept(gate: Gate, row: Row) -> tuple[str, Any]:
    """A record that holds the row's first value: its id, and the value as stored (a number is the machine's)."""
    computed = gate.form("app", "form").fields["x"].computed
    made = records.submit(gate, "app", "form", {"title": "t", **({} if computed else {"x": row.values[0][0]})})
    return made["id"], made["values"]["x"]


@pytest.mark.parametrize(("name", "row"), VALUED)
def test_history_tells_what_was_and_what_is(name: str, row: Row) -> None:
    """The first value, then the last one of the row or none; the records that they name are told by their titles."""
    gate = company(name, row)
    id, first = kept(gate, row)
    field = gate.form("app", "form").fields["x"]
    if not field.computed:
        last = row.values[-1][1] if row.values[-1][1] != first else None
        records.edit(gate, "app", "form", id, {"x": last}, {"x": first})
        newest = history.of(gate, "app", "form", id)[0]
        assert (newest["before"]["x"], newest["after"]["x"]) == (first, last)
        if field.points is not None:
            assert set(field.points.targets(first)) <= set(newest["titles"])
    oldest = history.of(gate, "app", "form", id)[-1]
    assert oldest["after"]["x"] == first
    assert field.type.display(oldest["after"]["x"], Words())


@pytest.mark.parametrize(("name", "row"), VALUED)
def test_who_may_not_see_the_field_finds_it_nowhere(name: str, row: Row) -> None:
    """Not in the record, its history, the list, a filter, an order, a group, the export, nor by writing it."""
    gate = company(name, row, groups=[SHUT])
    id, value = kept(gate, row)
    other = seen_by(gate, "bob")
    live = other.form("app", "form")
    assert "x" not in reading.one(other, "app", "form", id)["values"]
    assert all("x" not in {**line["before"], **line["after"]} for line in history.of(other, "app", "form", id))
    assert all("x" not in one["values"] for one in reading.page(other, "app", "form", Asked())["records"])
    assert [path for path, *_ in exporting.columns_of(other, live, ())] == ["title"]
    for asked in (Asked(filter={"field": "x", "op": "not_empty"}), Asked(sort=[{"field": "x"}])):
        with pytest.raises(Refusal):
            reading.page(other, "app", "form", asked)
    with pytest.raises(Refusal):
        reading.grouped(other, "app", "form", {"groups": [{"field": "x"}], "measures": [{"operation": "count"}]})
    with pytest.raises(Refusal):
        records.edit(other, "app", "form", id, {"x": None}, {"x": value})


@pytest.mark.parametrize(("name", "row"), [one for one in VALUED if one.values[1].texts])  # type: ignore[union-attr]
def test_groups_are_told_by_their_words(name: str, row: Row) -> None:
    """Through the gate, with a label as people read it; nobody groups by rows or by stored files."""
    gate = company(name, row)
    _, value = kept(gate, row)
    field = gate.form("app", "form").fields["x"]
    if field.kind is Kind.ROWS:
        return
    groups = reading.grouped(gate, "app", "form", {"groups": [{"field": "x"}], "measures": [{"operation": "count"}]})
    one = value[0] if isinstance(value, list) else value
    labels = {str(group["labels"][0]) for group in groups}
    said = field.type.display([one] if field.kind is Kind.LIST else one, Words())
    assert said in labels, (said, labels)


@pytest.mark.parametrize("name", UNVALUED)
def test_what_stands_on_the_page_alone_has_no_value_anywhere(name: str) -> None:
    """It cannot be written, and no list, export or history holds it."""
    gate = company(name, TABLE[name][0])
    live = gate.form("app", "form")
    with pytest.raises(Refusal):
        records.submit(gate, "app", "form", {"title": "t", "x": "1"})
    id = records.submit(gate, "app", "form", {"title": "t"})["id"]
    assert "x" not in reading.one(gate, "app", "form", id)["values"]
    assert [path for path, *_ in exporting.columns_of(gate, live, ())] == ["title"]
    assert "x" not in history.of(gate, "app", "form", id)[0]["after"]
