"""Functions that decide 逻辑函数: conditions, and what to do about blanks and failures."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from builder.expression.coerce import flat, to_boolean
from builder.expression.operators import equal
from builder.expression.table import group
from builder.expression.values import NA, VALUE, Context, Failure, Fault, Value

Thunk = Callable[[], Any]
logic = group("logic")


def condition(thunk: Thunk) -> bool:
    """What a condition comes to; a failure goes on as a failure."""
    value = thunk()
    if isinstance(value, Failure):
        raise Fault(value.code, value.reason, **value.params)
    return to_boolean(value)


@logic(
    "IF",
    "test:boolean then:any? otherwise:any?",
    "=2|3",
    "条件成立时取第二个值，否则取第三个值（未写则为 FALSE）。",
    "The second value if the test holds, else the third (FALSE if left out).",
    ('IF(1 < 2, "yes", "no")', '"yes"'),
    ("IF(FALSE, 1)", "FALSE"),
    ("IF(FALSE, 1 / 0, 3)", "3"),
    lazy=True,
)
def if_(at: Context, test: Thunk, then: Thunk | None = None, otherwise: Thunk | None = None) -> Any:
    if condition(test):
        return then() if then else True
    return otherwise() if otherwise else False


@logic(
    "IFS",
    "test:boolean* value:any*",
    "=2|4",
    "依次判断，取第一个成立的条件对应的值；都不成立为 #N/A。",
    "The value of the first test that holds; #N/A if none does.",
    ('IFS(21 > 30, "A", 21 > 20, "B", TRUE, "C")', '"B"'),
    ("IFS(FALSE, 1)", "#N/A"),
    lazy=True,
)
def ifs(at: Context, *pairs: Thunk) -> Any:
    for test, value in zip(pairs[::2], pairs[1::2], strict=False):
        if condition(test):
            return value()
    raise Fault(NA, "nothing_fits")


@logic(
    "SWITCH",
    "value:any case:any* result:any*",
    "=3|5",
    "取与第一个值相等的选项对应的结果；最后可写一个默认值。",
    "The result of the case equal to the value; a last lone argument is the default.",
    ('SWITCH(2, 1, "one", 2, "two")', '"two"'),
    ('SWITCH(9, 1, "one", "other")', '"other"'),
    ("SWITCH(9, 1, 2)", "#N/A"),
    lazy=True,
)
def switch(at: Context, value: Thunk, *cases: Thunk) -> Any:
    sought = value()
    if isinstance(sought, Failure):
        return sought
    for case, result in zip(cases[::2], cases[1::2], strict=False):
        candidate = case()
        if isinstance(candidate, Failure):
            return candidate
        if equal(sought, candidate, at):
            return result()
    if len(cases) % 2:
        return cases[-1]()
    raise Fault(NA, "nothing_fits")


@logic(
    "CHOOSE",
    "place:number value:any*",
    "=2|3",
    "按序号取后面的第几个值，从 1 开始。",
    "The value at this place of those that follow, from 1.",
    ('CHOOSE(2, "a", "b")', '"b"'),
    ('CHOOSE(3, "a", "b")', "#VALUE!"),
)
def choose(at: Context, place: Decimal, *values: Value) -> Any:
    if not 1 <= place < len(values) + 1:
        raise Fault(VALUE, "place_outside", place=str(place)[:20], count=len(values))
    return values[int(place) - 1]


def truths(values: tuple[Value, ...]) -> list[bool]:
    """The truth values among the arguments; in lists, blanks and texts are passed over."""
    found: list[bool] = []
    for value in values:
        if isinstance(value, list):
            found += [to_boolean(item) for item in flat(value) if isinstance(item, bool | Decimal)]
        else:
            found.append(to_boolean(value))
    if not found:
        raise Fault(VALUE, "no_truth_values")
    return found


@logic(
    "AND",
    "test:booleans*",
    "boolean",
    "所有条件都成立时为 TRUE；空值视为 FALSE。",
    "TRUE if every test holds; a blank does not.",
    ("AND(1 < 2, TRUE)", "TRUE"),
    ("AND(TRUE, FALSE)", "FALSE"),
    ("AND(TRUE, BLANK())", "FALSE"),
)
def and_(at: Context, *tests: Value) -> bool:
    return all(truths(tests))


@logic(
    "OR",
    "test:booleans*",
    "boolean",
    "任一条件成立时为 TRUE。",
    "TRUE if at least one test holds.",
    ("OR(FALSE, 1 < 2)", "TRUE"),
    ("OR(0)", "FALSE"),
)
def or_(at: Context, *tests: Value) -> bool:
    return any(truths(tests))


@logic(
    "XOR",
    "test:booleans*",
    "boolean",
    "成立的条件为奇数个时为 TRUE。",
    "TRUE if an odd number of tests holds.",
    ("XOR(TRUE, FALSE)", "TRUE"),
    ("XOR(TRUE, TRUE)", "FALSE"),
)
def xor(at: Context, *tests: Value) -> bool:
    return sum(truths(tests)) % 2 == 1


@logic("NOT", "test:boolean", "boolean", "取反。", "The opposite of a truth value.", ("NOT(1 = 2)", "TRUE"))
def not_(at: Context, test: bool) -> bool:
    return not test


@logic("TRUE", "", "boolean", "真值 TRUE。", "The truth value TRUE.", ("TRUE()", "TRUE"))
def true(at: Context) -> bool:
    return True


@logic("FALSE", "", "boolean", "假值 FALSE。", "The truth value FALSE.", ("FALSE()", "FALSE"))
def false(at: Context) -> bool:
    return False


@logic(
    "CONTAINS",
    "where:any what:any",
    "boolean",
    "列表含有该值，或文本含有该段文字时为 TRUE。",
    "TRUE if the list has the value, or the text has the piece.",
    ('CONTAINS("巧板", "板")', "TRUE"),
    ('CONTAINS(SPLIT("a,b", ","), "c")', "FALSE"),
)
def contains(at: Context, where: Value, what: Value) -> bool:
    if isinstance(where, str) and isinstance(what, str):
        return what in where
    wanted = flat([what])
    held = flat([where])
    return bool(wanted) and all(any(item is not None and equal(item, one, at) for item in held) for one in wanted)
