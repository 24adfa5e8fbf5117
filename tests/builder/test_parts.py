"""Parts are named by what they say: the same meaning has the same name, another meaning another."""

from builder.definition import App
from builder.parts import digest, from_parts, manifest_of, to_parts

FORM = {"id": "f", "name": "表", "fields": [{"id": "x", "type": "text", "label": "X"}]}
APP = App.model_validate(
    {"id": "a", "name": "应用", "forms": {"f": FORM}, "locales": {"en": {"name": "App"}}, "readme": "#"}
)


def test_an_app_taken_apart_and_put_together_is_the_same() -> None:
    assert from_parts(to_parts(APP)) == APP


def test_each_part_has_a_name_of_its_own() -> None:
    assert sorted(manifest_of(to_parts(APP))) == ["app", "forms/f", "locales/en", "readme"]


def test_the_order_of_keys_says_nothing() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})


def test_the_order_of_a_branchs_guards_says_which_is_asked_first() -> None:
    first, second = {"small": "amount < 5", "any": "amount < 9"}, {"any": "amount < 9", "small": "amount < 5"}
    assert digest({"nodes": {"b": {"when": first}}}) != digest({"nodes": {"b": {"when": second}}})
