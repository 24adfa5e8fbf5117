"""An app as a folder: the same bytes after a round trip, clear words for typos, and no harm from hostile folders."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.definition import App
from builder.field import field_types
from builder.problem import Invalid
from builder.template import Samples, location, read_files, read_folder, write_files, write_folder

Json = Any

FORM: dict[str, Json] = {
    "id": "customer", "name": "客户", "title": "name",
    "fields": [
        {"id": "name", "type": "text", "label": "名称", "required": True},
        {"id": "level", "type": "choice", "label": "级别", "options": [{"id": "a", "label": "甲"}]},
        {"id": "lines", "type": "subform", "label": "明细",
         "fields": [{"id": "price", "type": "number", "label": "单价"}]},
    ],
}  # fmt: skip


def folder(form: Json = None, **files: str) -> dict[str, bytes]:
    """The files of a small app, some of them replaced."""
    app = {"format": 1, "id": "shop", "name": "小店"}
    whole = {"app.json": json.dumps(app), "forms/customer.json": json.dumps(form if form is not None else FORM)}
    return {
        name: text.encode() for name, text in {**whole, **{k.replace("__", "/"): v for k, v in files.items()}}.items()
    }


def refused(files: dict[str, bytes]) -> dict[str, str]:
    """Code → place of every problem in the files."""
    with pytest.raises(Invalid) as caught:
        read_files(files)
    assert all(
        problem.sentence(one) not in ("", problem.code) for problem in caught.value.problems for one in ("zh-CN", "en")
    )
    return {problem.code: location(problem) for problem in caught.value.problems}


def said(files: dict[str, bytes]) -> str:
    """The first problem in English."""
    with pytest.raises(Invalid) as caught:
        read_files(files)
    return caught.value.problems[0].sentence("en")


def changed(*path: str | int, value: Json) -> Json:
    """The small form with one thing in it replaced."""
    form = json.loads(json.dumps(FORM))
    holder = form
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return form


def test_a_folder_is_read_and_written_with_the_same_bytes(tmp_path: Path) -> None:
    app, samples = read_files(folder())
    write_folder(app, samples, tmp_path)
    again = write_files(*read_folder(tmp_path))
    assert again == {place.relative_to(tmp_path).as_posix(): place.read_bytes() for place in tmp_path.rglob("*.*")}


def test_writing_takes_away_forms_that_are_gone(tmp_path: Path) -> None:
    app, samples = read_files(folder())
    write_folder(app, samples, tmp_path)
    write_folder(app.model_copy(update={"forms": {}}), samples, tmp_path)
    assert not (tmp_path / "forms" / "customer.json").exists()


def test_defaults_are_left_out_and_id_type_label_come_first() -> None:
    text = write_files(*read_files(folder()))["forms/customer.json"].decode()
    assert '{"id": "name", "type": "text", "label": "名称", "required": true}' in text
    assert "max_length" not in text


def test_long_things_are_broken_over_lines_and_short_ones_are_not() -> None:
    lines = write_files(*read_files(folder()))["forms/customer.json"].decode().splitlines()
    assert max(map(len, lines)) <= 120
    assert len(lines) < 30


def test_an_unknown_key_is_named_with_its_file_and_path_and_a_guess() -> None:
    files = folder(changed("fields", 0, value={"id": "name", "type": "text", "label": "名称", "requird": True}))
    assert refused(files) == {"template_unknown_key": "forms/customer.json $.fields[0].requird"}
    assert said(files) == "There is no setting 'requird' here. Did you mean 'required'? Correct it or take it out."


def test_a_misspelt_field_type_is_named_with_a_guess() -> None:
    files = folder(changed("fields", 0, "type", value="txt"))
    assert refused(files) == {"template_not_one_of": "forms/customer.json $.fields[0].type"}
    assert "Did you mean 'text'?" in said(files)


def test_a_typo_inside_a_subform_is_found_where_it_is() -> None:
    files = folder(changed("fields", 2, "fields", 0, "formt", value="money"))
    assert refused(files) == {"template_unknown_key": "forms/customer.json $.fields[2].fields[0].formt"}


PROBLEMS = [
    ("template_key_missing", changed("fields", 0, value={"id": "name", "type": "text"}), "$.fields[0]"),
    ("template_bad_text", changed("fields", 0, "id", value="Name!"), "$.fields[0].id"),
    ("template_wrong_type", changed("fields", 0, "required", value="yes"), "$.fields[0].required"),
    ("template_wrong_type", changed("fields", value={"name": {}}), "$.fields"),
    ("template_id_twice", changed("fields", 1, "id", value="name"), "$.fields[1].id"),
    ("template_id_differs", changed("id", value="client"), "$.id"),
    ("template_bad_length", changed("name", value="长" * 10_001), "$.name"),
    ("template_out_of_range", changed("fields", 0, "max_length", value=0), "$.fields[0].max_length"),
]


@pytest.mark.parametrize(("code", "form", "path"), PROBLEMS, ids=[code for code, *_ in PROBLEMS])
def test_every_kind_of_mistake_is_told_with_its_place(code: str, form: Json, path: str) -> None:
    assert refused(folder(form))[code] == f"forms/customer.json {path}"


FILES = [
    ("template_not_json", {"forms__customer.json": '{"id": "customer",'}),
    ("template_not_json", {"forms__customer.json": '{"id": NaN}'}),
    ("template_key_twice", {"forms__customer.json": '{"id": "customer", "id": "other"}'}),
    ("template_too_deep", {"forms__customer.json": "[" * 100_000}),
    ("template_unknown_file", {"form__customer.json": "{}"}),
    ("template_unknown_file", {"../secret.json": "{}"}),
    ("template_unknown_file", {"forms__../../etc.json": "{}"}),
    ("template_unknown_file", {"locales__..json": "{}"}),
    ("template_format_unknown", {"app.json": '{"format": 99, "id": "shop", "name": "x"}'}),
    ("template_sample_no_object", {"samples__customer.jsonl": "[1]\n"}),
    ("template_invalid", {"app.json": '{"id": "shop", "name": "x", "forms": {"a": 1}}'}),
]


@pytest.mark.parametrize(("code", "files"), FILES, ids=[f"{code}-{index}" for index, (code, _) in enumerate(FILES)])
def test_a_hostile_or_broken_file_is_refused(code: str, files: dict[str, str]) -> None:
    found = refused(folder(None, **files))
    assert code in found or (code == "template_invalid" and "template_unknown_key" in found)


def test_what_only_the_models_know_is_told_with_its_place_too() -> None:
    rows = {
        "id": "rows",
        "type": "subform",
        "label": "行",
        "fields": [{"id": "inner", "type": "subform", "label": "内"}],
    }
    assert refused(folder(changed("fields", 2, value=rows)))["template_invalid"].startswith("forms/customer.json $")
    assert "a subform cannot hold a subform" in said(folder(changed("fields", 2, value=rows)))


def test_a_file_of_a_gigabyte_is_not_even_read(tmp_path: Path) -> None:
    write_folder(*read_files(folder()), tmp_path)
    with (tmp_path / "forms" / "huge.json").open("wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(Invalid, match="template_too_large"):
        read_folder(tmp_path)


def test_bytes_that_are_not_utf_8_are_refused() -> None:
    assert "template_not_utf8" in refused({**folder(), "forms/customer.json": "客户".encode("gbk")})


def test_a_folder_without_an_app_is_refused() -> None:
    assert "template_no_app" in refused({"README.md": b""})


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="template_no_folder"):
        read_folder(tmp_path / "nowhere")


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    write_folder(*read_files(folder()), tmp_path / "app")
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "app" / "forms" / "secret.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(Invalid, match="template_link_refused"):
        read_folder(tmp_path / "app")


def test_hidden_files_are_none_of_our_business(tmp_path: Path) -> None:
    write_folder(*read_files(folder()), tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    assert read_folder(tmp_path)[0].id == "shop"


def test_a_language_cannot_lead_out_of_the_folder() -> None:
    app, samples = read_files(folder())
    with pytest.raises(Invalid, match="template_bad_name"):
        write_files(app.model_copy(update={"locales": {"../../en": {}}}), samples)


labels = st.text(st.characters(codec="utf-8"), max_size=200)
slugs = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
kinds = st.sampled_from(sorted(set(field_types()) - {"reference", "references"}))
fields = st.builds(lambda id, kind, label, required: {"id": id, "type": kind, "label": label, "required": required},
                   slugs, kinds, labels, st.booleans())  # fmt: skip
forms = st.builds(lambda name, columns: {"name": name, "fields": columns}, labels,
                  st.lists(fields, max_size=6, unique_by=lambda field: field["id"]))  # fmt: skip
apps = st.builds(
    lambda name, forms, readme: App.model_validate(
        {"id": "app", "name": name, "forms": {id: {"id": id, **form} for id, form in forms.items()}, "readme": readme}
    ),
    labels, st.dictionaries(slugs, forms, max_size=4), labels,
)  # fmt: skip


@given(apps)
def test_any_app_is_the_same_after_a_round_trip(app: App) -> None:
    files = write_files(app, Samples())
    again, samples = read_files(files)
    assert again == app.model_copy(update={"readme": app.readme})
    assert write_files(again, samples) == files


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_json_whatever_breaks_the_reader(value: Json) -> None:
    with suppress(Invalid):
        assert read_files({**folder(), "forms/customer.json": json.dumps(value).encode()})
