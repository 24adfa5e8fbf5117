"""Laws of the language 定律: names, money, days, and what nobody can make it do."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.check import check as check_app
from builder.definition import App
from builder.expression.check import compile_text, labels
from builder.expression.evaluate import evaluate, evaluate_json
from builder.expression.parse import Tree, parse, print_tree
from builder.expression.run import BUDGET
from builder.expression.values import Context, Failure, Scope, Shape
from tests.calls import calls_of
from tests.cases.random_formulas import SCOPE, expressions, values

AT = Context(now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
NAMED = {name: Shape(shape.type, f"字段 {name}") for name, shape in SCOPE.items()}
RENAMED = {name: Shape(shape.type, f"{{新}}名（{name}）") for name, shape in SCOPE.items()}
RELAXED = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@RELAXED
@given(expressions, values)
def test_renaming_fields_leaves_every_value_as_it_was(tree: Tree, record: dict[str, Any]) -> None:
    """What people see is printed with labels; read back, under whatever labels, it is the same tree."""
    shown = print_tree(tree, labels(NAMED))
    kept = compile_text(shown, NAMED).tree
    again = compile_text(print_tree(kept, labels(RENAMED)), RENAMED).tree
    assert evaluate_json(kept, NAMED, record, AT) == evaluate_json(again, RENAMED, record, AT)


@RELAXED
@given(expressions)
def test_a_printed_expression_is_read_as_the_same_one(tree: Tree) -> None:
    assert parse(print_tree(parse(print_tree(tree)))) == parse(print_tree(tree))


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), max_size=20))
def test_money_adds_up_to_the_last_cent(amounts: list[Decimal]) -> None:
    lines = [{"p": str(amount)} for amount in amounts]
    scope: Scope = {"lines": Shape("rows", columns={"p": Shape("number")})}
    got = evaluate_json(parse("SUM(lines.p)"), scope, {"lines": lines}, AT)
    assert Decimal(got) == sum(amounts, Decimal(0))


@pytest.mark.parametrize(
    ("text", "value"),
    [("ROUND(0.1 + 0.2, 2)", "0.3"), ("ROUND(-2.5)", "-3"), ("ROUND(2.5)", "3"), ("1.005 * 100", "100.5")],
)  # fmt: skip
def test_money_is_exact_and_a_half_goes_away_from_zero(text: str, value: str) -> None:
    assert evaluate_json(parse(text), {}, {}, AT) == value


@pytest.mark.parametrize(
    ("now", "today"), [("2026-11-23T15:30:00Z", "2026-11-23"), ("2026-11-23T16:30:00Z", "2026-11-24")]
)
def test_today_turns_at_midnight_of_the_workspace(now: str, today: str) -> None:
    """23:30 and 00:30 on Shanghai's clock."""
    at = Context(now=datetime.fromisoformat(now), timezone="Asia/Shanghai")
    assert evaluate_json(parse("TODAY()"), {}, {}, at) == today


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", "23"), ("2026-10-25", "25"), ("2026-06-01", "24")])
def test_a_day_in_rome_has_as_many_hours_as_it_has(day: str, hours: str) -> None:
    at = Context(timezone="Europe/Rome")
    text = f'(DATETIME(DATEDELTA("{day}", 1)) - DATETIME("{day}")) * 24'
    assert evaluate_json(parse(f"ROUND({text}, 6)"), {}, {}, at) == hours
    later = evaluate_json(parse(f'DATEDELTA(DATETIME("{day}", TIME(0, 30, 0)), 1)'), {}, {}, at)
    assert datetime.fromisoformat(later).astimezone(at.zone).strftime("%H:%M") == "00:30"


def test_a_circle_is_told_when_it_is_saved_with_its_path() -> None:
    fields = [{"id": id, "type": "number", "label": id, "formula": formula}
              for id, formula in (("a", "b + 1"), ("b", "c * 2"), ("c", "a"))]  # fmt: skip
    form = {"id": "f", "name": "F", "title": "a", "fields": fields}
    app = App.model_validate({"id": "x", "name": "X", "forms": {"f": form}})
    told = [problem.sentence("en") for problem in check_app(app) if "cycle" in problem.code or "circle" in problem.code]
    assert told
    assert all(name in told[0] for name in ("a", "b", "c"))


GREEDY = [
    "SUM(l * l * l)", "l ^ 0.5", "MEDIAN(l)", 'COUNTIF(t, "a*c*d?f*")', 'SUMIFS(l, l, ">5")', "JOIN(t, t & t)",
    'SEARCH("zzz", REPT(big, 50))', 'SUBSTITUTE(REPT(big, 50), "a", "bb")', "SUM(rows.p * rows.q)", "UNIQUE(l)",
    'WORKDAY("2026-01-01", 2000000, rows.d)', "LARGE(l, 9)", "SUMPRODUCT(l, l)", "l = l", "FACT(170) ^ 0.5",
]  # fmt: skip


@pytest.mark.parametrize("size", [100, 3_000, 30_000])
@pytest.mark.parametrize("text", GREEDY)
def test_nobody_can_make_it_work_for_long(text: str, size: int) -> None:
    """The budget ends it: a step is at most a few calls, so counting calls says it on any machine."""
    columns = {"p": Shape("number"), "q": Shape("number"), "d": Shape("date")}
    scope: Scope = {"l": Shape("list", item="number"), "t": Shape("list", item="text"), "big": Shape("text"),
                    "rows": Shape("rows", columns=columns)}  # fmt: skip
    row = {"p": "12.34", "q": "5.67", "d": "2026-01-02"}
    held = {
        "l": [f"{one}.5" for one in range(size)],
        "t": ["abc def"] * size,
        "big": "巧 Ab " * 5_000,
        "rows": [row] * size,
    }
    tree = parse(text)
    assert calls_of(lambda: evaluate_json(tree, scope, held, AT)) < 3 * BUDGET


def test_a_result_beyond_a_megabyte_is_a_failure() -> None:
    got = evaluate(parse('REPT("a", 600000) & REPT("b", 600000)'), {}, AT)
    assert isinstance(got, Failure)
    assert got.reason == "result_too_large"


@pytest.mark.parametrize("name", ["__class__", "__import__", "eval", "globals", "exec"])
def test_no_name_reaches_the_host_language(name: str) -> None:
    for text in (f"{name}()", f"a.{name}", f'{name}("1")', "{" + name + "}"):
        got = evaluate_json(parse(text), {"a": Shape("text")}, {"a": "x"}, AT)
        assert isinstance(got, Failure)


def test_days_that_are_added_stay_within_time() -> None:
    got = evaluate_json(parse('DATEDELTA("9999-12-31", 1)'), {}, {}, AT)
    assert isinstance(got, Failure)
