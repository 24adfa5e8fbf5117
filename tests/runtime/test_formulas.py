"""What a form computes 公式: in order, only what a change concerns, and everything when the form itself changed."""

from typing import Any

import pytest

from builder.definition import App
from builder.expression.values import Context
from runtime import compute
from runtime.live import LiveApp, LiveForm

NUMBERS = ("a", "b")


def form_of(**formulas: str) -> LiveForm:
    fields: list[dict[str, Any]] = [{"id": id, "type": "number", "label": id} for id in NUMBERS]
    fields += [{"id": id, "type": "number", "label": id, "formula": text} for id, text in formulas.items()]
    fields.append({"id": "day", "type": "date", "label": "day"})
    columns = [
        {"id": "price", "type": "number", "label": "price"},
        {"id": "sum", "type": "number", "label": "sum", "formula": "price * a"},
    ]
    fields.append({"id": "lines", "type": "subform", "label": "lines", "fields": columns})
    form = {"id": "f", "name": "F", "fields": fields}
    return LiveApp(App.model_validate({"id": "x", "name": "X", "forms": {"f": form}}), {}).form("f")


def test_each_formula_comes_after_what_it_reads_whatever_their_order() -> None:
    live = form_of(third="second + 1", second="first + 1", first="a + SUM(lines.sum)")
    values: dict[str, Any] = {"a": "2", "lines": [{"id": "r", "price": "3"}]}
    compute.formulas(live, values, Context())
    assert (values["first"], values["second"], values["third"]) == ("8", "9", "10")


def test_a_change_computes_only_what_reads_it_in_the_end() -> None:
    live = form_of(one="a + 1", two="b + 1", three="one * 10")
    values: dict[str, Any] = {"a": "2", "b": "5", "one": "0", "two": "kept", "three": "0"}
    compute.formulas(live, values, Context(), {"a"})
    assert values == {"a": "2", "b": "5", "one": "3", "two": "kept", "three": "30"}


def test_a_value_that_comes_out_as_before_concerns_nobody_further() -> None:
    live = form_of(one="MIN(a, 1)", two="one + 1")
    values: dict[str, Any] = {"a": "7", "one": "1", "two": "kept"}
    compute.formulas(live, values, Context(), {"a"})
    assert values["two"] == "kept"


def test_a_column_is_computed_when_its_rows_or_the_record_beside_them_change() -> None:
    live = form_of(total="SUM(lines.sum)")
    rows = [{"id": "r", "price": "3", "sum": "0"}]
    values: dict[str, Any] = {"a": "2", "lines": rows, "total": "0"}
    compute.formulas(live, values, Context(), {"b"})
    assert (rows[0]["sum"], values["total"]) == ("0", "0")
    compute.formulas(live, values, Context(), {"a"})
    assert (rows[0]["sum"], values["total"]) == ("6", "6")


@pytest.mark.parametrize("text", ["YEAR(TODAY())", "YEAR(day) - 2000", "IF(RAND() > 2, 1, 0)"])
def test_what_hangs_on_the_clock_the_zone_or_chance_is_computed_every_time(text: str) -> None:
    live = form_of(one=text)
    assert not live.formulas.all[0].settled
    values: dict[str, Any] = {"a": "1", "day": "2026-11-23", "one": "0.5"}
    compute.formulas(live, values, Context(), {"a"})
    assert values["one"] != "0.5"


def test_a_formula_that_fails_leaves_its_own_cell_blank() -> None:
    live = form_of(broken="a / 0", fine="a + 1")
    values: dict[str, Any] = {"a": "1"}
    compute.formulas(live, values, Context())
    assert (values["broken"], values["fine"]) == (None, "2")


def test_formulas_that_turn_in_a_circle_compute_nothing() -> None:
    values: dict[str, Any] = {"a": "1"}
    compute.formulas(form_of(one="two + 1", two="one + 1"), values, Context())
    assert values == {"a": "1"}
