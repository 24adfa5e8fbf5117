"""The contract of every field type 字段契约, generated from one table: a row is all that a new type needs here."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from builder.field import Field, Kind, field_types
from builder.problem import FieldError
from builder.schemas import schemas
from runtime import exporting, importing
from tests.fields.table import SETTINGS_REFUSED, TABLE, Row
from tests.fields.words import Words, field_of

ROWS = [pytest.param(name, row, id=f"{name}-{at}") for name, rows in TABLE.items() for at, row in enumerate(rows)]
VALUES = [
    pytest.param(name, row, value, id=f"{name}-{at}-{place}")
    for name, rows in TABLE.items()
    for at, row in enumerate(rows)
    for place, value in enumerate(row.values)
]


def test_every_type_has_a_row_and_every_row_a_type() -> None:
    """Whoever adds a type says here what it takes and what it refuses."""
    assert set(TABLE) == set(field_types())
    valued = {name for name, kind in field_types().items() if kind.valued}
    assert {name for name, rows in TABLE.items() if all(row.values for row in rows)} == valued
    assert all(TABLE[name][0].bad for name in valued)


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_settings_are_written_down_and_read_again(name: str, row: Row) -> None:
    """As a file has them, and as the published schema allows."""
    field = field_of(name, row)
    assert Field.model_validate(field.dump()) == field
    form = {"id": "f", "name": "F", "fields": [field.dump()]}
    Draft202012Validator(schemas()["form"]).validate(form)


@pytest.mark.parametrize(("name", "settings"), SETTINGS_REFUSED)
def test_settings_that_cannot_work_are_refused(name: str, settings: dict[str, Any]) -> None:
    """When the definition is read, not when somebody fills the form."""
    with pytest.raises(ValidationError):
        Field.model_validate({"id": "x", "type": name, "label": "X", **settings})


@pytest.mark.parametrize(("name", "row", "value"), VALUES)
def test_a_value_is_understood_and_stays_what_it_is(name: str, row: Row, value: tuple[Any, Any, str]) -> None:
    """Coerced once it is as stored; coerced again nothing changes."""
    sent, stored, _ = value
    field = field_of(name, row)
    assert field.coerce(sent) == stored
    assert field.coerce(stored) == stored


@pytest.mark.parametrize(("name", "row", "value"), VALUES)
def test_a_stored_value_is_as_its_schema_says(name: str, row: Row, value: tuple[Any, Any, str]) -> None:
    """What the API promises."""
    schema = field_of(name, row).type.value_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(value[1])
    Draft202012Validator(schema).validate(None)


@pytest.mark.parametrize(("name", "row", "value"), VALUES)
def test_a_value_is_read_aloud(name: str, row: Row, value: tuple[Any, Any, str]) -> None:
    """In lists, history, print and notifications; blank is silence."""
    field = field_of(name, row)
    assert field.type.display(value[1], Words()) == value[2]
    assert field.type.display(None, Words()) == ""


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_blank_is_blank_and_what_is_wrong_is_refused_with_its_code(name: str, row: Row) -> None:
    """The code has its sentence; test_docs looks after that."""
    field = field_of(name, row)
    assert field.coerce(None) is None
    assert field.coerce("") is None
    for sent, code in row.bad:
        with pytest.raises(FieldError) as refused:
            field.coerce(sent)
        assert refused.value.problem.code == code
        assert refused.value.problem.sentence("zh-CN") != refused.value.problem.sentence("en")


@pytest.mark.parametrize(("name", "row", "value"), VALUES)
def test_what_is_exported_is_imported_as_the_same_value(name: str, row: Row, value: tuple[Any, Any, str]) -> None:
    """Through the text of a cell, made inert for spreadsheets on the way."""
    field = field_of(name, row)
    if not row.texts or field.kind is Kind.ROWS:
        assert field.kind in (Kind.LIST, Kind.ROWS)
        return
    words = Words()
    text = exporting.inert(exporting.text_of(field, value[1], words))  # type: ignore[arg-type]
    text = text[1:] if importing.QUOTED.match(text) else text
    read = importing.read_cell(field, text.strip(), words, words.timezone)  # type: ignore[arg-type]
    assert field.coerce(read) == value[1]
