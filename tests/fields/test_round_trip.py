"""Random forms and values 随机表单: submitted, listed, filtered, exported and imported, they are what they were."""

import string
from datetime import date, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.field import field_types
from runtime import exporting, importing, reading, records
from runtime.gate import Gate
from runtime.reading import Asked
from tests.fields.company import open_company
from tests.fields.table import DEPARTMENTS, PEOPLE, TABLE, TITLES, Row

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12)
LETTERS = st.text(string.ascii_letters + "信达é ,;/'=", min_size=1, max_size=12)
MORE: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS,
    "longtext": st.lists(WORDS, max_size=3).map("\n".join),
    "richtext": WORDS,
    "number": st.decimals(0, 999_999, places=2).map(str),
    "rating": st.integers(0, 5),
    "slider": st.integers(0, 1),
    "boolean": st.booleans(),
    "date": st.dates(date(2026, 1, 1), date(2030, 1, 1)).map(str),
    "month": st.dates().map(str),
    "datetime": st.datetimes(datetime(1992, 1, 1), datetime(9999, 12, 1)).map(
        lambda at: at.replace(microsecond=0).isoformat() + "Z"
    ),
    "time": st.times().filter(lambda at: 9 <= at.hour < 20).map(lambda at: at.isoformat()[:8]),
    "address": st.lists(LETTERS, min_size=1, max_size=4).map("/".join),
    "member": st.sampled_from(sorted(PEOPLE)),
    "members": st.lists(st.sampled_from(sorted(PEOPLE)), max_size=1),
    "department": st.sampled_from(sorted(DEPARTMENTS)),
    "departments": st.lists(st.sampled_from(sorted(DEPARTMENTS)), max_size=3),
    "reference": st.sampled_from(sorted(TITLES)),
    "references": st.lists(st.sampled_from(sorted(TITLES)), max_size=2),
}
"""Beside the values of the table: what fits every row of the type."""
PLAIN = ("text",)
NAMES = sorted(name for name in TABLE if "by" not in field_types()[name].model_fields)
"""What is gathered from records that point here has nothing to submit."""


def rows_of(name: str) -> list[Row]:
    """The rows of a type whose random values are sure to fit."""
    return TABLE[name][:1] if name in PLAIN else TABLE[name]


@st.composite
def forms(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Fields of any types, and a value for each, sent as people and programs send them."""
    fields: list[dict[str, Any]] = [{"id": "title", "type": "text", "label": "题", "required": True}]
    sent: dict[str, Any] = {"title": "一"}
    for place, name in enumerate(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))):
        row = draw(st.sampled_from(rows_of(name)))
        id = f"f{place}"
        fields.append({"id": id, "type": name, "label": f"字段{place}", **row.settings})
        if not field_types()[name].valued or name == "serial":
            continue
        told = [value[0] for value in row.values]
        values: st.SearchStrategy[Any] = st.sampled_from([*told, None])
        sent[id] = draw(values | MORE[name] if name in MORE else values)
    return fields, sent


def submitted(gate: Gate, sent: dict[str, Any]) -> dict[str, Any]:
    """The record's values as a list shows them."""
    id = records.submit(gate, "app", "form", sent)["id"]
    page = reading.page(gate, "app", "form", Asked())
    assert [one["id"] for one in page["records"]] == [id]
    found: dict[str, Any] = page["records"][0]["values"]
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(form=forms())
def test_values_survive_the_whole_way(form: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    """What the list shows is what was meant; found by it; and the same after a file carried it elsewhere."""
    fields, sent = form
    gate = open_company(fields)
    live = gate.form("app", "form")
    values = submitted(gate, sent)
    meant = {id: live.fields[id].coerce(raw) for id, raw in sent.items()}
    plain = {id: value for id, value in meant.items() if not live.fields[id].nested}
    assert {id: values.get(id) for id in plain} == plain
    for id, value in plain.items():
        if isinstance(value, str | bool):
            found = reading.page(gate, "app", "form", Asked(filter={"field": id, "op": "eq", "value": value}))
            assert len(found["records"]) == 1, (id, value)
    assert carried(fields, gate) == told(values)


def told(values: dict[str, Any]) -> dict[str, Any]:
    """Without blanks, without what a file cannot bring, and rows without the ids that each place gives anew."""
    found = {id: [_row(one) for one in value] if isinstance(value, list) else value for id, value in values.items()}
    kept = {id: [one for one in value if one] if isinstance(value, list) else value for id, value in found.items()}
    return {id: value for id, value in kept.items() if value is not None and value != [] and not _is_files(value)}


def _row(one: Any) -> Any:
    return (
        {key: value for key, value in one.items() if key != "id" and value is not None}
        if isinstance(one, dict)
        else one
    )


def _is_files(value: Any) -> bool:
    return isinstance(value, list) and isinstance(value[0], dict) and "size" in value[0]


def carried(fields: list[dict[str, Any]], gate: Gate) -> dict[str, Any]:
    """The record exported here and imported into another company's form."""
    live = gate.form("app", "form")
    columns = exporting.columns_of(gate, live, ())
    lines = list(exporting.rows(gate, live, exporting.ask(gate, live, {}), columns))
    texts = [[exporting.inert(cell) for cell in line] for line in lines]
    other = open_company(fields)
    there = other.form("app", "form")
    known = importing.importable(there, other)
    places = {at: path for at, (path, _, _) in enumerate(columns) if path in known}
    plan, finding = importing.Plan(places), importing.Finding(other, there)
    read = importing.read_rows(other, there, plan, list(enumerate(texts, start=2)), finding)
    importing.settle(other, there, plan, read, finding, dry=False, seen={})
    assert [row.entry.problems for row in read] == [[]]
    serials = {entry.id for entry in live.serials}
    return told({id: value for id, value in read[0].entry.values.items() if id not in serials} | own(gate, serials))


def own(gate: Gate, serials: set[str]) -> dict[str, Any]:
    """Numbers are given anew elsewhere, and here are the same since both count from one."""
    values = reading.page(gate, "app", "form", Asked())["records"][0]["values"]
    return {id: values[id] for id in serials if id in values}
