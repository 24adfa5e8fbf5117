"""The evaluator: it never raises, keeps to its budget, reads records as they are stored and knows only its context."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.expression.evaluate import evaluate, evaluate_json
from builder.expression.parse import Tree, parse
from builder.expression.values import Context, Failure, Shape
from tests.builder.expression.test_parse import trees

AT = Context(now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC), chance=lambda: Decimal("0.5"))
junk = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.sampled_from(["op", "call", "ref", "+"])
    ),
    lambda inner: st.lists(inner, max_size=5),
    max_leaves=15,
)
SCOPE = {"n": Shape("number"), "d": Shape("date"), "at": Shape("datetime"), "t": Shape("text"), "tags": Shape("list")}


def code(got: Any) -> str:
    assert isinstance(got, Failure)
    return got.reason


@given(trees)
def test_any_tree_comes_to_a_value_or_a_failure(tree: Tree) -> None:
    evaluate(tree, {"amount": Decimal(3), "客户": "x"}, AT)


@given(st.lists(junk, max_size=5))
def test_even_what_is_no_tree_comes_to_a_failure_or_value(tree: list[Any]) -> None:
    evaluate(tree, {}, AT)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_a_half_is_rounded_away_from_zero(number: Decimal) -> None:
    got = evaluate(["call", "ROUND", ["ref", "n"], ["num", "2"]], {"n": number}, AT)
    assert isinstance(got, Decimal)
    assert abs(got - number) <= Decimal("0.005")
    assert abs(got) >= abs(number) or abs(got - number) < Decimal("0.005")


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("1.50"), "1.5"), (True, "TRUE"), (date(2026, 1, 2), "2026-01-02"), (time(8, 5), "08:05:00"), (None, "")],
    ids=str,
)
def test_typed_values_are_used_as_they_are(value: Any, text: str) -> None:
    assert evaluate(parse('x & ""'), {"x": value}, AT) == text


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("n * 2", {"n": "1.10"}, "2.2"),
        ("n * 2", {"n": 1.1}, "2.2"),
        ("n", {"n": ""}, None),
        ("d + 1", {"d": "2026-11-23"}, "2026-11-24"),
        ("at + 1", {"at": "2026-11-23T10:00:00Z"}, "2026-11-24T10:00:00Z"),
        ("at", {"at": "2026-11-23T18:00:00+08:00"}, "2026-11-23T10:00:00Z"),
        ("t = 12", {"t": "12"}, False),
        ("tags", {"tags": ["a", "b"]}, ["a", "b"]),
    ],
)
def test_a_record_is_read_and_answered_as_it_is_stored(text: str, values: dict[str, Any], expected: Any) -> None:
    assert evaluate_json(parse(text), SCOPE, values, AT) == expected


def test_a_bad_value_fails_this_expression_only() -> None:
    assert code(evaluate_json(parse("n + 1"), SCOPE, {"n": "many"}, AT)) == "not_a_number"
    assert evaluate_json(parse('IFERROR(n, 0) & "!"'), SCOPE, {"n": "many"}, AT) == "0!"


def test_a_reference_is_followed_with_its_path_and_id() -> None:
    asked: list[Any] = []

    def related(path: tuple[str, ...], id_: str) -> dict[str, Any]:
        asked.append((path, id_))
        return {"level": "A"}

    scope = {"customer": Shape("reference", target={"level": Shape("text")})}
    at = Context(related=related)
    assert evaluate_json(parse("customer.level"), scope, {"customer": "c1"}, at) == "A"
    assert asked == [(("customer",), "c1")]


def test_what_is_not_in_the_scope_cannot_be_reached() -> None:
    values = {"secret": "x", "t": "abc"}
    assert code(evaluate_json(parse("secret"), SCOPE, values, AT)) == "unknown_field"
    assert code(evaluate_json(parse("t.__class__"), SCOPE, values, AT)) == "unknown_field"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SUM(" + ",".join(["tags"] * 300) + ")", "too_much_work"),
        ('REPT("a", 1000001)', "result_too_large"),
        ('REPT("a", 900000) & REPT("b", 900000)', "result_too_large"),
        ('tags & REPT("a", 900000)', "result_too_large"),
        ('JOIN(tags, REPT("a", 900000))', "result_too_large"),
        ('CONCATENATE(REPT("a", 600000), REPT("b", 600000))', "result_too_large"),
        ('SPLIT(REPT("a,", 400000), ",")', "too_much_work"),
    ],
)
def test_too_much_is_a_failure(text: str, reason: str) -> None:
    values = {"tags": ["x"] * 1000}
    got = evaluate_json(parse(f"COUNTA({text})") if "SPLIT" in text else parse(text), SCOPE, values, AT)
    assert code(got) == reason


def test_chance_and_the_moment_come_from_the_context_alone() -> None:
    assert evaluate(parse("RAND()"), {}, AT) == Decimal("0.5")
    assert code(evaluate(parse("RAND()"), {}, Context())) == "no_chance_here"
    assert evaluate(parse("NOW()"), {}, AT) == AT.now


def test_two_ways_to_say_the_same_sum_agree() -> None:
    rows = [{"p": Decimal(2), "q": Decimal(3)}, {"p": Decimal(5), "q": None}]
    assert evaluate(parse("SUM(lines.p * lines.q)"), {"lines": rows}) == Decimal(6)
    assert evaluate(parse("SUMPRODUCT(lines.p, lines.q)"), {"lines": rows}) == Decimal(6)
