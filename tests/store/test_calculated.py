"""Expressions that a database reckons come to what the evaluator comes to, failures included, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, Engine

from builder.expression.evaluate import evaluate_json
from builder.expression.parse import Tree, parse
from builder.expression.values import Context, Failure, Scope, Shape
from builder.filter import Condition
from runtime.ports import By, Cell, Column, Grouping, Sum, Through
from tests.cases import in_sql
from tests.cases.random_formulas import SCOPE, expressions, values
from tests.store.worlds import FORM, Store, make

AT = Context(now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
FULL = {"a": "3", "b": "7", "t": "巧板", "u": "a b", "p": True, "d": "2026-11-23", "e": "2024-02-29",
        "m": "2026-11-22T18:00:00Z"}  # fmt: skip


@pytest.fixture
def connection(database: Engine) -> Iterator[Connection]:
    """A connection to each of the databases."""
    with database.connect() as connection:
        yield connection


def same(connection: Connection, tree: Tree, record: dict[str, Any], at: Context = AT, scope: Scope = SCOPE) -> None:
    """The database's outcome is the evaluator's: the same value, or a failure with the same code."""
    made = in_sql.calculation_of(tree, scope, at)
    expected, got = evaluate_json(tree, scope, record, at), in_sql.outcome(connection, made, record)
    if isinstance(expected, Failure) or isinstance(got, Failure):
        assert isinstance(expected, Failure), (tree, record, expected, got)
        assert isinstance(got, Failure), (tree, record, expected, got)
        expected, got = expected.code, got.code
    assert got == expected, (tree, record)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(expressions, values)
def test_any_expression_comes_to_the_same_as_in_the_evaluator(
    connection: Connection, tree: Tree, record: dict[str, Any]
) -> None:
    try:
        in_sql.calculation_of(tree, SCOPE, AT)
    except in_sql.Refused:
        return
    same(connection, tree, record)


@pytest.mark.parametrize("timezone", ["Asia/Shanghai", "Europe/Rome", "America/New_York"])
@pytest.mark.parametrize(
    "text",
    [
        "a / b", "a / b * b", "1 / 3 + 2 / 3", "a / 0", "IF(a > 1, a / 0, 1)", "IFERROR(a / 0, b)",
        "ROUND(2.5) + ROUND(-2.5)", "MOD(-7, 3)", "0.1 + 0.2", "10000000000000000000000000000000000001 * 10.5",
        't & " " & u & a', "LEFT(t, 1) & RIGHT(u, 1)", 'IF(ISEMPTY(t), "none", t)', "a & 1 / 3", "YEAR(m) & DAY(m)",
        "m > d", "m >= TODAY()", "DAYS(d, e)", "EDATE(e, 12)", "EOMONTH(e)", "DATE(2026, 14, 46)", "d & p",
        "LEFT(t, -1)", "IFS(a > 5, 1, FALSE, 2)", 'SWITCH(t, "巧板", 1, 2)', "SUM(a, BLANK(), b) / COUNT(a, BLANK())",
        "AND(p, a < b, t <> u)", "XOR(p, p, p)", "AVERAGE(BLANK())",
        'LEN(COALESCE(t, "0"))', "IFNA(NA(), a)", 'FIND("b", u)', 'REPLACE(u, 2, 1, t)', "REPT(t, 3)",
        "QUOTIENT(b, a)", "a ^ 3", "LOG(a)", "LEFT(u, a)", "CEILING(a, b)", "t + 1", "VALUE(a & \"%\")",
        "DATEDIF(e, d)", 'DATEDIF(e, d, "ym")', 'TEXT(d, "yyyy年m月d日")', 'TEXT(a / b, "#,##0.00")',
        "FIXED(a * 12345)",
        'SEARCH("B", u)', "UPPER(\"é\") & t", "NETWORKDAYS(\"2026-01-01\", \"2026-02-01\") + a", "NA() + a",
        "IF(p, \"yes\", \"no\")",
        "SUM(a, IF(p, b, BLANK()))", "WEEKDAY(d, 2)", "WEEKNUM(d, 2)", "FACT(a) + EXP(b) + SQRT(a)", 
        "UPPER(t & u)", "LOWER(u & t)", 'UPPER("x" & t) = UPPER("X" & t)', "PRODUCT(a, b, 2)",
        "PRODUCT(p = TRUE, b)", "PRODUCT(a)", "PRODUCT(t, b, 1 / a)",
        'TEXT(m, "yyyy-mm-dd hh:mm:ss")', 'TEXT(m, "H:m")', 'TEXT(d, "yyyy/m/d HH:mm")', 'TEXT(m, "m月d日 h时m分")',
        'TEXT(m, "mm:ss")', 'TEXT(a / 7, "[hh]:mm:ss")', 'TEXT(b, "[h]:mm")',
        'ENDSWITH(u, "b")', "HOUR(m) * 60 + MINUTE(m)", "HOUR(d)", "m & \"\"",
    ],
)  # fmt: skip
def test_what_people_write_comes_to_the_same(connection: Connection, text: str, timezone: str) -> None:
    at = Context(now=AT.now, timezone=timezone)
    same(connection, parse(text), FULL, at)
    same(connection, parse(text), {}, at)


LINES = {"lines": Shape("rows", columns={"price": Shape("number"), "count": Shape("number"), "kind": Shape("text"),
                                         "day": Shape("date"), "paid": Shape("boolean")}),
         "tags": Shape("list", item="text"), "some": Shape("list"), "a": Shape("number"), "b": Shape("number"),
         "t": Shape("text")}  # fmt: skip
ROWS = [
    {"price": "10.5", "count": "2", "kind": "desk", "day": "2026-11-01", "paid": True},
    {"price": "0.25", "count": "4", "kind": "lamp", "day": None, "paid": False},
    {"price": None, "count": "7", "kind": "", "day": "2026-12-01", "paid": None},
    {"price": "-3", "count": None, "kind": None, "day": "2025-01-01", "paid": True},
]
ORDERS: list[dict[str, Any]] = [
    {"lines": ROWS, "tags": ["x", "y"], "some": [1, "2", True, None, "", 0.5, "x*y"], "a": "2", "b": "0", "t": "y"},
    {"lines": ROWS[:1], "tags": [], "some": [], "a": None, "t": "desk"},
    {"lines": [], "a": "1", "b": "1"},
    {},
    {"lines": [{"price": "many"}], "some": ["a"], "tags": ["desk"], "t": "desk"},
]
OVER_LISTS = [
    "SUM(lines.price)", "SUM(lines.price * lines.count)", "SUM(lines.price, a, lines.count)", "AVERAGE(lines.price, a)",
    "COUNT(lines)", "COUNT(lines.price, a)", "COUNTA(lines.kind)", "COUNTBLANK(lines.kind, t)", "MIN(lines.price)",
    "MAX(lines.price, a)", "MEDIAN(lines.count)", "LARGE(lines.count, 2)", "SMALL(lines.count, a)", "COUNT(lines.day)",
    'SUMIF(lines.kind, "desk", lines.price)', 'SUMIF(lines.kind, "<>desk", lines.count)', 'COUNTIF(lines.kind, "?a*")',
    'COUNTIF(lines.count, ">2")', 'AVERAGEIF(lines.count, ">=2", lines.price)', 'COUNTIF(lines.kind, "")',
    'SUMIFS(lines.price, lines.kind, "desk", lines.count, "<5")', 'MAXIFS(lines.price, lines.paid, TRUE)',
    'COUNTIFS(lines.paid, "TRUE", lines.count, 2)', "SUMPRODUCT(lines.price, lines.count)", "OR(lines.paid)",
    "AND(lines.paid, a > 1)", "XOR(lines.paid)", "CONTAINS(tags, t)", "CONTAINS(lines.kind, t)", 'JOIN(tags, "-")',
    'JOIN(lines.price, ";")', "ISEMPTY(lines)", "ISEMPTY(tags)", "ISBLANK(lines.price)", "SUM(some)", "COUNT(some)",
    "COUNTA(some)", "MAX(some)", 'COUNTIF(some, "x~*y")', 'COUNTIF(some, "2")', 'COUNTIF(some, "<>x")', "AND(some)",
    'SUMIF(some, ">0")', "MEDIAN(some)", "SUM(lines.price * a / b)", "SUM(some, lines.price) + COUNT(tags)",
    'SUMIF(some, ">0", lines.price)', "SUM(lines.price - lines.count)", 'IF(SUM(lines.price) > a, "much", t)',
    "SUM(-lines.price) + SUM(lines.price%)", 'SUMIF(a, ">1")', "COUNTIF(some, TRUE)", "SUM(lines.count / lines.price)",
    "COUNTIF(lines.count, a)", "SUMIF(lines.count, a * 2, lines.price)", "COUNTIF(lines.paid, a > 1)",
    "COUNTIF(lines.day, DATE(2026, 11, a))", "COUNTIFS(lines.count, a, lines.price, b)", "COUNTIF(lines.count, 4)",
    'COUNTIF(lines.day, "x")', 'SUMPRODUCT(lines.price, 2)',
]  # fmt: skip


@pytest.mark.parametrize("text", OVER_LISTS)
def test_what_is_made_of_lists_comes_to_the_same(connection: Connection, text: str) -> None:
    """Columns of subforms, choices and mixed lists: full, short, empty, absent and broken."""
    for record in ORDERS:
        same(connection, parse(text), record, scope=LINES)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("lines.price", "single value"), ("lines.price * 2", "single value"), ("MIN(lines.day)", "single numbers"),
        ("COUNTIF(lines.kind, t)", "written out"), ("PRODUCT(lines.price)", "multiply a list"),
        ("a ^ b", "whole powers"),
        ('TEXT(a, "[h]")', "formats"), ("lines.gone + 1", "cannot stand here"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_of_lists_is_refused_with_the_reason(text: str, word: str) -> None:
    with pytest.raises(in_sql.Refused, match=word):
        in_sql.calculation_of(parse(text), LINES, AT)


def test_every_character_has_the_other_case_that_the_evaluator_gives_it(connection: Connection) -> None:
    """All of Unicode, in texts of some thousand: what a server's locale says of capitals is not asked."""
    every = "".join(chr(code) for code in (*range(0x20, 0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE0200)))
    for start in range(0, len(every), 9_000):
        part = "ΑΣ ςΣ. İıßǅ" + every[start : start + 9_000]
        for text in ("UPPER(t)", "LOWER(t)"):
            same(connection, parse(text), {"t": part})


def test_what_reads_no_record_is_reckoned_once(connection: Connection) -> None:
    """Every function may be used of values written out, and of who asks; it costs the database no step."""
    at = Context(now=AT.now, me={"id": "ann", "name": "Ann", "departments": ["d1"]})
    for text in (
        'UPPER("é")',
        "PRODUCT(2, 3) + a",
        "t = ME()",
        'TEXT(NOW(), "hh:mm") & t',
        "1 / 0",
        "IFERROR(1 / 0, a)",
    ):
        same(connection, parse(text), FULL, at)
    assert in_sql.calculation_of(parse("YEARFRAC(TODAY(), TODAY() + 30)"), SCOPE, at).plan.work == "constant"
    with pytest.raises(in_sql.Refused, match="ME"):
        in_sql.calculation_of(parse("t = ME()"), SCOPE, AT)


def test_a_value_that_is_not_what_its_field_holds_fails_its_own_cell(connection: Connection) -> None:
    same(connection, parse("a + 1"), {"a": "many"})
    same(connection, parse("YEAR(d)"), {"d": "2026-13-01"})


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("PROPER(t)", "PROPER"), ("d + 1", "DATEDELTA"), ("a = t", "compare"), ("YEAR(t)", "read a text"),
        ("ROUND(a, b)", "digits"), ("IF(p, a, t)", "different types"), ("lines.price", "cannot stand here"),
    ],
)  # fmt: skip
def test_what_a_database_cannot_reckon_is_refused_with_the_reason(text: str, word: str) -> None:
    with pytest.raises(in_sql.Refused, match=word):
        in_sql.calculation_of(parse(text), SCOPE, AT)


def test_a_long_expression_does_not_grow_beyond_its_length(connection: Connection) -> None:
    """Every step is written once, however often it is named; beyond a bound it is refused."""
    tree = parse("a")
    for _ in range(6):
        tree = ["call", "IF", ["op", ">", tree, ["num", "1"]], ["op", "/", tree, ["num", "2"]], ["num", "1"]]
    same(connection, tree, FULL)
    with pytest.raises(in_sql.Refused, match="too long"):
        in_sql.calculation_of(parse("a" + " * b + a" * 40), SCOPE, AT)


DEALS = {
    "a": {"amount": "100", "share": "0.25", "stage": "won", "customer": "c1"},
    "b": {"amount": "0.1", "share": "3", "stage": "lost", "customer": "c2"},
    "c": {"amount": "7", "share": "0", "stage": "won"},
    "d": {"stage": "won"},
}


def reckoned(text: str, **names: Shape) -> Column:
    """A calculated column over the deals."""
    at = Context()
    made = in_sql.calculation_of(parse(text), names, at)
    return Column(in_sql.KINDS.get(made.plan.kind, "text"), calculation=made)


def grouped(store: Store, column: Column, *measures: Sum, by: tuple[By, ...] = (), **more: Any) -> list[Cell]:
    """Measures over the deals with a column `_reckoned_0`."""
    numbers, words = Column("number"), Column("text")
    columns = {"amount": numbers, "share": numbers, "stage": words, "customer": words, "_reckoned_0": column,
               "customer.level": Column("number", through=Through("customer", "crm.client", "level"))}  # fmt: skip
    with store.world(store.workspace()) as world:
        world.records.insert([make(id, values) for id, values in DEALS.items()], [], {})
        world.records.insert([make("c1", {"level": "4"}, form="crm.client")], [], {})
        return world.records.group(Grouping(FORM, columns, by=by, measures=measures, **more))


def test_a_calculated_measure_is_the_same_on_every_store(store: Store) -> None:
    column = reckoned("amount * share", amount=Shape("number"), share=Shape("number"))
    measures = [Sum(operation, "_reckoned_0") for operation in ("sum", "average", "min", "max", "count")]
    assert grouped(store, column, *measures) == [((), ("25.3", "6.325", "0", "25", "4"))]


def test_a_record_whose_calculation_fails_is_left_out_of_the_sum_and_breaks_nothing(store: Store) -> None:
    column = reckoned("amount / share", amount=Shape("number"), share=Shape("number"))
    found = grouped(store, column, Sum("sum", "_reckoned_0"), Sum("count", "_reckoned_0"), by=(By("stage"),))
    assert [(keys, (value[:8] if value else value, count)) for keys, (value, count) in found] == [
        (("lost",), ("0.033333", "1")), (("won",), ("400", "1")),
    ]  # fmt: skip


def test_a_calculated_column_reads_through_references_and_can_be_filtered_and_grouped_by(store: Store) -> None:
    column = reckoned("IF({customer.level} > 3, 10, 1)", **{"customer.level": Shape("number")})
    keen = Condition.model_construct(field="_reckoned_0", op="gt", value=5)
    assert grouped(store, column, Sum("count"), where=keen) == [((), ("1",))]
    assert grouped(store, column, Sum("count"), by=(By("_reckoned_0"),)) == [(("1",), ("3",)), (("10",), ("1",))]
