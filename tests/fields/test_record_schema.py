"""The JSON Schema of records agrees with what the API takes 数据的模式: every field type, every value of the table."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from builder.definition import Form
from builder.field import Field
from builder.record_schema import record_schema
from tests.fields.table import TABLE, Row

SEMANTIC = {
    "id_card_check_digit", "must_be_id_card", "must_be_postcode", "must_be_plate", "text_not_as_asked",
    "must_be_mobile", "must_be_credit_code", "must_be_date", "number_below", "time_too_late", "text_too_long",
    "file_kind_refused", "file_too_large", "must_be_phone",
}  # fmt: skip
"""What a type judges and no schema tells: check digits, patterns of authors, sizes of decimals in text, 30 February."""
ROWS = [(name, row) for name, rows in TABLE.items() for row in rows]


def schema_of(name: str, row: Row) -> tuple[Field, dict[str, Any]]:
    """The field, alone in a form of which everything may be read and written, and the form's schema."""
    settings = {"id": "x", "type": name, "label": "X", **row.settings}
    form = Form.model_validate({"id": "f", "name": "F", "fields": [settings]})
    field = form.fields[0]
    paths = {"x", *(f"x.{one.id}" for one in field.nested)}
    made = record_schema(form, "/x", paths, paths, paths)
    Draft202012Validator.check_schema(made)
    return field, made


def validator(made: dict[str, Any], part: str) -> Draft202012Validator:
    """Judges what is read (`values`) or sent (`create`, `update`)."""
    return Draft202012Validator({**made, "$ref": f"#/$defs/{part}"})


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_what_the_api_stores_is_as_the_schema_says(name: str, row: Row) -> None:
    """Every stored value validates as it is read and, but for what the machine computes, as it is sent back."""
    field, made = schema_of(name, row)
    for _, stored, _ in row.values:
        validator(made, "values").validate({"x": stored})
        if not field.computed:
            validator(made, "update").validate({"x": stored})
            validator(made, "create").validate({"x": stored})


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_what_the_api_refuses_the_schema_refuses(name: str, row: Row) -> None:
    """But for what only the type itself can judge."""
    field, made = schema_of(name, row)
    judge = validator(made, "update")
    passed = [(sent, code) for sent, code in row.bad if not field.computed and judge.is_valid({"x": sent})]
    assert {code for _, code in passed} <= SEMANTIC, passed


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_the_example_is_one_that_the_api_takes(name: str, row: Row) -> None:
    """It validates, and the field stores it as it stands."""
    field, made = schema_of(name, row)
    for given in made["$defs"]["create"]["examples"]:
        validator(made, "create").validate(given)
        assert all(field.coerce(value) == value for value in given.values())
