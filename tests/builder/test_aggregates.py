"""Aggregates as definitions (聚合表): checked, kept as files, told in another language, seen as forms."""

from typing import Any

import pytest
from pydantic import ValidationError

from builder.aggregate import as_form
from builder.check import check
from builder.definition import Aggregate, App
from builder.diff import compare
from builder.locales import translatable
from builder.parts import from_parts, to_parts
from builder.template import Samples, read_files, write_files
from tests.builder.test_check import app

BASE: dict[str, Any] = {
    "id": "sums", "name": "汇总", "form": "order",
    "groups": [{"id": "customer", "field": "customer", "label": "客户"}],
    "measures": [{"id": "total", "operation": "sum", "field": "total"}],
}  # fmt: skip


def aggregated(**changes: Any) -> App:
    """The small app with one aggregate."""
    return app(aggregates={"sums": {**BASE, **changes}})


def linked(**changes: Any) -> App:
    """The small app with the aggregate, and a form that takes a value from it."""
    linkage = {"aggregate": "sums", "field": "total", **changes}
    fields = [{"id": "name", "type": "text", "label": "名称"},
              {"id": "sum", "type": "number", "label": "合计", "linkage": linkage}]  # fmt: skip
    whole = aggregated()
    return App.model_validate({**whole.dump(), "forms": {**whole.dump()["forms"], "debt": {
        "id": "debt", "name": "欠款", "fields": fields}}})  # fmt: skip


def test_a_sound_aggregate_has_no_problem() -> None:
    assert check(aggregated()) == check(app())
    assert check(linked()) == check(app())
    rows = [{"id": "price", "field": "lines.price"}]
    assert check(aggregated(rows="lines", groups=rows, measures=[{"id": "n", "operation": "count"}])) == check(app())


def measured(**changes: Any) -> list[dict[str, Any]]:
    """One measure."""
    return [{"id": "total", "operation": "sum", "field": "total", **changes}]


CASES = [
    ("check_no_form", aggregated(form="x"), "form"),
    ("check_no_field", aggregated(rows="customer"), "rows"),
    ("check_aggregate_ungrouped", aggregated(groups=[]), "groups"),
    ("check_aggregate_unmeasured", aggregated(measures=[]), "measures"),
    ("check_no_field", aggregated(groups=[{"id": "a", "field": "gone"}]), "groups.0.field"),
    ("check_rows_not_counted", aggregated(groups=[{"id": "a", "field": "lines.price"}]), "groups.0.field"),
    ("check_rows_not_counted", aggregated(groups=[{"id": "a", "field": "lines"}]), "groups.0.field"),
    ("check_rows_not_counted", aggregated(filter={"field": "lines.price", "op": "gt", "value": 1}), "filter"),
    ("check_no_field", aggregated(filter={"field": "gone", "op": "empty"}), "filter"),
    ("check_no_field", aggregated(measures=measured(field="gone")), "measures.0.field"),
    ("check_not_a_number", aggregated(measures=measured(field="customer")), "measures.0.field"),
    ("check_no_field", aggregated(measures=measured(filter={"field": "gone", "op": "empty"})), "measures.0.filter"),
    ("check_rows_not_reckoned", aggregated(rows="lines", measures=measured(field="", expression="total * 2")),
     "measures.0.expression"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "unsound", "place"), CASES, ids=[f"{code}-{place}" for code, _, place in CASES])
def test_what_is_unsound_about_an_aggregate_is_found_where_it_is(code: str, unsound: App, place: str) -> None:
    found = check(unsound)
    assert (code, f"aggregates.sums.{place}") in {(one.code, ".".join(map(str, one.path))) for one in found}
    assert all(one.sentence(language) not in ("", one.code) for one in found for language in ("zh-CN", "en"))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("check_no_aggregate", {"aggregate": "sum"}),
        ("check_no_source", {"aggregate": ""}),
        ("check_no_field_there", {"field": "amount"}),
        ("check_no_field_there", {"filter": {"field": "created_at", "op": "not_empty"}}),
        ("check_no_field", {"filter": {"field": "customer", "op": "eq", "value": "@this.gone"}}),
    ],
)
def test_what_is_taken_from_an_aggregate_must_be_there(code: str, changes: dict[str, Any]) -> None:
    found = {one.code: one for one in check(linked(**changes))}
    assert code in found
    assert found[code].path[:4] == ("forms", "debt", "fields", 1)
    assert all(found[code].sentence(language) for language in ("zh-CN", "en"))


def test_two_columns_of_an_aggregate_have_different_ids() -> None:
    with pytest.raises(ValidationError, match="total"):
        Aggregate.model_validate({**BASE, "groups": [{"id": "total", "field": "customer"}]})


def test_an_aggregate_stands_in_a_file_of_its_own_and_comes_back() -> None:
    whole = linked()
    files = write_files(whole, Samples())
    assert "aggregates/sums.json" in files
    again, _ = read_files(files)
    assert again.aggregates == whole.aggregates
    assert write_files(again, Samples()) == files
    assert from_parts(to_parts(whole)) == whole


def test_the_words_of_an_aggregate_are_translated_and_its_periods_are_not() -> None:
    monthly = {"id": "month", "field": "created_at", "unit": "month", "label": "月份"}
    found = translatable(aggregated(groups=[monthly]))
    assert found["aggregates.sums.name"] == "汇总"
    assert found["aggregates.sums.groups.month.label"] == "月份"
    assert "aggregates.sums.groups.month.unit" not in found


def test_a_change_of_an_aggregate_is_told_in_words() -> None:
    before, after = to_parts(aggregated()), to_parts(aggregated(name="合计", measures=measured(label="金额")))
    said = [(one.kind, one.what) for one in compare(before, after)]
    assert said == [("changed", "aggregate"), ("changed", "measure")]
    assert all("diff_" not in one.text(language) for one in compare(before, after) for language in ("zh-CN", "en"))


def test_an_aggregate_is_seen_as_a_form_with_its_columns_as_fields() -> None:
    whole = aggregated(groups=[{"id": "day", "field": "created_at", "unit": "day"}, *BASE["groups"]],
                       measures=[*measured(), {"id": "n", "operation": "count", "label": "次数"}])  # fmt: skip
    form = as_form(whole, whole.aggregates["sums"])
    assert [(one.id, str(one.kind), one.label) for one in form.fields] == [
        ("day", "text", "day"), ("customer", "text", "客户"), ("total", "number", "合计"), ("n", "number", "次数"),
    ]  # fmt: skip
    assert form.fields[1].points is not None
    assert not any(one.computed for one in form.fields)
