"""The checker: types, problems in words a clerk understands, fixes, dependencies, circles."""

import pytest

from builder.expression.check import check, compile_text, labels, order
from builder.expression.parse import parse, print_tree
from builder.expression.values import Shape

CUSTOMER = {"level": Shape("text", "级别"), "credit": Shape("number", "信用额度")}
SCOPE = {
    "amount": Shape("number", "金额"),
    "name": Shape("text", "名称"),
    "stage": Shape("text", "状态", options={"won": "已签", "lost": "丢单"}),
    "due": Shape("date", "到期日"),
    "at": Shape("datetime", "时间"),
    "agreed": Shape("boolean", "同意"),
    "tags": Shape("list", "标签", item="text"),
    "customer": Shape("reference", "客户", target=lambda: CUSTOMER),
    "lines": Shape("rows", "明细", columns={"price": Shape("number", "单价"), "kind": Shape("text", "类别")}),
    "other": Shape("any"),
    "twin_a": Shape("number", "同名"),
    "twin_b": Shape("number", "同名"),
}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("金额 * 2", "number"),
        ('名称 & "x"', "text"),
        ("金额 > 1", "boolean"),
        ("due + 1", "date"),
        ("1 + due", "date"),
        ("at - 0.5", "datetime"),
        ("due - TODAY()", "number"),
        ("due + TIME(1, 0, 0)", "datetime"),
        ("IF(agreed, due, at)", "datetime"),
        ("IF(agreed, 1, BLANK())", "number"),
        ('IF(agreed, 1, "x")', "any"),
        ("IF(agreed, due)", "any"),
        ("SUM(明细.单价)", "number"),
        ("明细.单价 * 2", "list:number"),
        ("MAX(due, TODAY())", "date"),
        ("INDEX(tags, 1)", "text"),
        ("UNIQUE(tags)", "list:text"),
        ("客户.级别", "text"),
        ("COALESCE(amount, 0)", "number"),
        ('SWITCH(stage, "won", 1, 0)', "number"),
        ("COUNT(lines)", "number"),
        ("-amount", "number"),
        ("other + 1", "number"),
        ("lines", "rows"),
        ("BLANK()", "blank"),
    ],
)
def test_an_expression_has_a_type(text: str, type_: str) -> None:
    found = compile_text(text, SCOPE)
    assert (found.type, found.problems) == (type_, ())


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("RIGHT(金额, 2)", "argument_type", "TEXT(金额)"),
        ("ROUND(名称)", "argument_type", "VALUE(名称)"),
        ("YEAR(名称)", "argument_type", "DATEVALUE(名称)"),
        ("IF(名称, 1, 2)", "argument_type", "NOT(ISEMPTY(名称))"),
        ("IF(tags, 1, 2)", "argument_type", "NOT(ISEMPTY(标签))"),
        ("ABS(明细.单价)", "argument_type", "SUM(明细.单价)"),
        ("名称 * 2", "operand_type", "VALUE(名称)"),
        ("due * 2", "operand_type", None),
        ("-名称", "operand_type", "VALUE(名称)"),
        ("金额 = 名称", "compared_types", "金额 = VALUE(名称)"),
        ('due > "soon"', "compared_types", None),
        ("SUM(明细)", "rows_need_a_column", "明细.单价"),
        ("明细 & 1", "rows_need_a_column", "明细.单价"),
        ("-明细", "rows_need_a_column", "明细.单价"),
        ('状态 = "已鉴"', "unknown_option", '"已签"'),
        ("客户.级", "nothing_inside", "客户.级别"),
        ("金 + 1", "unknown_name", "金额"),
        ("同名 + 1", "ambiguous_name", "twin_a"),
        ("SUMM(1, 2)", "unknown_function", "SUM(1, 2)"),
        ("ROUND()", "wrong_count", None),
        ("1 +", "ended_too_soon", None),
    ],
)
def test_a_problem_has_a_code_a_sentence_and_perhaps_a_fix(text: str, code: str, fix: str | None) -> None:
    (found,) = compile_text(text, SCOPE).problems
    assert (found.code, found.fix) == (code, fix)
    assert found.sentence("zh-CN") != found.sentence("en")


def test_the_sentence_names_the_argument_and_suggests_what_to_write() -> None:
    (found,) = compile_text("1 + LEN(RIGHT(金额, 2))", SCOPE).problems
    assert found.sentence("zh-CN") == "RIGHT 的第 1 个参数应为文本；金额 是数字。是否想写 TEXT(金额)？"
    assert found.sentence("en") == "RIGHT needs a text as argument 1; 金额 is a number. Did you mean TEXT(金额)?"
    assert found.as_json("en")["start"] == 14


@pytest.mark.parametrize(("text", "wanted"), [("金额 > 1", "boolean"), ("金额", "number"), ("due", "datetime")])
def test_a_result_that_fits_its_place_is_accepted(text: str, wanted: str) -> None:
    assert compile_text(text, SCOPE, wanted).sound


def test_a_result_that_does_not_fit_its_place_is_a_problem() -> None:
    (found,) = compile_text("金额", SCOPE, "text").problems
    assert (found.code, found.fix) == ("result_type", "TEXT(金额)")


def test_labels_of_fields_and_options_become_ids() -> None:
    found = compile_text('AND(金额 > 1000, 状态 = "已签")', SCOPE)
    assert found.tree == parse('AND(amount > 1000, stage = "won")')


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ('SWITCH(状态, "已签", "已签", "丢单", 2, "已签")', 'SWITCH(stage, "won", "已签", "lost", 2, "已签")'),
        ('CONTAINS(状态, "已签")', 'CONTAINS(stage, "won")'),
        ('COUNTIF(状态, "<>x")', 'COUNTIF(stage, "<>x")'),
        ('CONTAINS(名称, "已签")', 'CONTAINS(name, "已签")'),
    ],
)
def test_options_become_ids_where_they_are_compared(text: str, same: str) -> None:
    found = compile_text(text, SCOPE)
    assert (found.tree, found.problems) == (parse(same), ())


def test_a_checked_tree_prints_with_labels() -> None:
    found = compile_text("SUM(lines.price) + customer.credit", SCOPE)
    assert print_tree(found.tree, labels(SCOPE)) == "SUM(明细.单价) + 客户.信用额度"


def test_dependencies_are_the_fields_and_the_paths() -> None:
    found = check(parse("amount + SUM(lines.price) + customer.credit"), SCOPE)
    assert found.dependencies == {"amount", "lines", "customer"}
    assert found.paths == {("amount",), ("lines", "price"), ("customer", "credit")}


def test_a_text_that_says_a_date_may_stand_for_one() -> None:
    assert compile_text('DAYS(due, "2026-01-01") + IF(due > "2026-01-01", 1, 0)', SCOPE).sound


def test_formulas_are_ordered_after_what_they_read() -> None:
    trees = {"total": parse("net + tax"), "tax": parse("net * 0.13"), "net": parse("amount")}
    assert order(trees) == (["net", "tax", "total"], [])


def test_a_circle_is_told_with_its_path() -> None:
    trees = {"a": parse("b + 1"), "b": parse("c"), "c": parse("a")}
    assert order(trees)[1] == [["a", "b", "c", "a"]]


def test_a_label_that_cannot_be_written_or_is_not_alone_gives_way_to_the_id() -> None:
    scope = {
        "a": Shape("number", "同名"),
        "b": Shape("number", "同名"),
        "c": Shape("number", "a}b"),
        "d": Shape("text", "a"),
    }
    assert print_tree(parse("a + b + c + d"), labels(scope)) == "a + b + c + d"


def test_a_label_with_a_dot_is_one_name() -> None:
    scope = {"lines": Shape("rows", "No. 1", columns={"p": Shape("number", "a.b")})}
    text = print_tree(parse("lines.p"), labels(scope))
    assert text == "{No. 1}.{a.b}"
    assert compile_text(text, scope).tree == ["ref", "lines", "p"]
