"""The published schemas of a template's artefacts are themselves legal, and know every field type."""

import pytest
from jsonschema import Draft202012Validator

from builder.definition import App
from builder.field import field_types
from builder.locales import check_locales, in_language
from builder.schemas import schemas
from builder.template import Samples, write_files


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_schema_is_legal(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


def test_the_schema_of_a_form_knows_every_field_type() -> None:
    places = schemas()["form"]["$defs"]
    assert places["Field"]["properties"]["type"]["enum"] == sorted(field_types())


@pytest.mark.parametrize("kind", sorted(field_types()))
def test_each_field_type_with_its_defaults_fits_the_schema(kind: str) -> None:
    validator = Draft202012Validator(schemas()["form"])
    field = {"id": "x", "type": kind, "label": "X", **({"form": "other"} if kind == "reference" else {})}
    assert list(validator.iter_errors({"id": "f", "name": "F", "fields": [field]})) == []


def app(words: dict[str, str]) -> App:
    """An app with one form, and English words for it."""
    form = {
        "id": "f",
        "name": "表",
        "title": "x",
        "fields": [{"id": "x", "type": "number", "label": "数", "unit": "天"}],
    }
    return App.model_validate({"id": "a", "name": "应用", "forms": {"f": form}, "locales": {"en": words}})


WORDS = {"name": "App", "forms.f.name": "Form", "forms.f.fields.x.label": "Number", "forms.f.fields.x.unit": "days"}


def test_an_app_is_read_in_another_language_by_path() -> None:
    field = in_language(app(WORDS), "en").forms["f"].fields[0]
    assert (field.label, field.type.dump()) == ("Number", {"unit": "days"})


def test_a_language_that_nobody_wrote_leaves_the_app_as_it_is() -> None:
    assert in_language(app(WORDS), "fr") == app(WORDS)


def test_missing_and_left_over_translations_are_told() -> None:
    words = {**WORDS, "forms.g.name": "Gone", "name": " "}
    assert {(problem.code, problem.path[-1]) for problem in check_locales(app(words))} == {
        ("check_untranslated", "name"),
        ("check_dangling_words", "forms.g.name"),
    }


def test_translations_are_written_in_the_order_of_the_app() -> None:
    backwards = dict(reversed(WORDS.items()))
    assert write_files(app(backwards), Samples()) == write_files(app(WORDS), Samples())
