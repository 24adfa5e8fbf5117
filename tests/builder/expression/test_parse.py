"""The parser: names, punctuation, positions of problems, limits, and the way back to text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.expression.parse import Tree, parse, print_tree, references, tall
from builder.expression.problem import ExpressionError

NAMES = {
    "金额": "amount",
    "客户": "customer",
    "客户.级别": "customer.level",
    "明细.小计": "lines.subtotal",
    "税 率": "rate",
}
LABELS = {id_: label for label, id_ in NAMES.items()}
names = st.sampled_from(["amount", "客户", "a b", "sum", "TRUE", "x1", "（元）"])
leaves = st.one_of(
    st.from_regex(r"[0-9]{1,5}(\.[0-9]{1,3})?", fullmatch=True).map(lambda text: ["num", text]),
    st.text(max_size=5).map(lambda text: ["lit", text]),
    st.sampled_from([["lit", True], ["lit", False], ["lit", None]]),
    st.lists(names, min_size=1, max_size=3).map(lambda path: ["ref", *path]),
)
signs = st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<>", "<", "<=", ">", ">="])


def nodes(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.tuples(signs, inner, inner).map(lambda parts: ["op", *parts]),
        inner.map(lambda tree: ["neg", tree]),
        inner.map(lambda tree: ["pct", tree]),
        st.tuples(st.sampled_from(["SUM", "WORKDAY.INTL"]), st.lists(inner, max_size=3)).map(
            lambda parts: ["call", parts[0], *parts[1]]
        ),
    )


trees = st.recursive(leaves, nodes, max_leaves=25)


def problem(text: str, names: dict[str, str] | None = None) -> tuple[str, int | None, int | None]:
    with pytest.raises(ExpressionError) as caught:
        parse(text, names)
    first = caught.value.problems[0]
    return first.code, first.start, first.end


@given(trees)
def test_a_printed_tree_is_read_as_the_same_tree(tree: Tree) -> None:
    assert parse(print_tree(tree)) == tree


SIGNS = 'ab1.(),"{}+-*/^&=<>%（），；“” 金'


@given(st.one_of(st.text(max_size=60), st.text(alphabet=SIGNS, max_size=40)))
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    with suppress(ExpressionError):
        assert parse(print_tree(parse(text))) == parse(text)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 + 2 * 3", ["op", "+", ["num", "1"], ["op", "*", ["num", "2"], ["num", "3"]]]),
        ("-2 ^ 2", ["op", "^", ["neg", ["num", "2"]], ["num", "2"]]),
        ("10%%", ["pct", ["pct", ["num", "10"]]]),
        ("lines.subtotal", ["ref", "lines", "subtotal"]),
        ("{a b}.c", ["ref", "a b", "c"]),
        ("workday.intl(1)", ["call", "WORKDAY.INTL", ["num", "1"]]),
        ("SUM（１，２；“x”）", ["call", "SUM", ["num", "1"], ["num", "2"], ["lit", "x"]]),
        ("RIGHT(,1)", ["call", "RIGHT", ["lit", None], ["num", "1"]]),
        ("true", ["lit", True]),
        ("BLANK()", ["lit", None]),
    ],
)
def test_a_text_is_read_like_a_spreadsheet_formula(text: str, tree: Tree) -> None:
    assert parse(text) == tree


def test_labels_become_ids() -> None:
    assert parse("金额 + 客户.级别 + SUM(明细.小计) * {税 率}", NAMES) == parse(
        "amount + customer.level + SUM(lines.subtotal) * rate"
    )


def test_ids_become_labels_again() -> None:
    tree = parse("amount + customer.level * rate", NAMES)
    assert print_tree(tree, LABELS) == "金额 + 客户.级别 * {税 率}"


def test_a_rename_changes_the_text_and_not_the_tree() -> None:
    tree = parse("金额 * 2", NAMES)
    assert print_tree(tree, {"amount": "总额"}) == "总额 * 2"
    assert parse("总额 * 2", {"总额": "amount"}) == tree


def test_an_unknown_name_is_a_problem_with_its_place_and_the_closest_name() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("1 + 金额额", NAMES)
    found = caught.value.problems[0]
    assert (found.code, found.start, found.end, found.fix) == ("unknown_name", 4, 7, "金额")
    assert found.sentence("zh-CN") == "没有名为“金额额”的字段。是否想写 金额？"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("nothing_written", 0, 0)),
        ("1 +", ("ended_too_soon", 3, 3)),
        ("1 2", ("unexpected_token", 2, 3)),
        ("(1", ("bracket_not_closed", 0, 1)),
        ("SUM(1", ("bracket_not_closed", 3, 4)),
        ('"abc', ("text_not_closed", 0, 4)),
        ("{abc", ("name_not_closed", 0, 4)),
        ("1 # 2", ("unexpected_character", 2, 3)),
        ("a.(1)", ("unexpected_token", 2, 3)),
    ],
)
def test_a_broken_text_says_what_is_wrong_and_where(text: str, expected: tuple[str, int, int]) -> None:
    assert problem(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 65 + "1" + ")" * 65, "too_deep"),
        ("-" * 70 + "1", "too_deep"),
        ("1" + "+1" * 300, "too_deep"),
        ("SUM(" + "1," * 10_000 + "1)", "text_too_long"),
        ("SUM(" + ",".join(["1%"] * 5_100) + ")", "too_many_nodes"),
    ],
    ids=["brackets", "signs", "chain", "text", "nodes"],
)
def test_a_text_beyond_the_limits_is_refused(text: str, code: str) -> None:
    assert problem(text)[0] == code


def test_the_height_and_the_names_of_a_tree_are_known() -> None:
    tree = parse("a.b + SUM(c, 1)")
    assert (tall(tree), references(tree)) == (3, {("a", "b"), ("c",)})
