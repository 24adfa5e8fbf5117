"""Functions about what is there at all 空值与错误函数: blanks, failures, and what to take instead."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from builder.expression.coerce import is_blank
from builder.expression.table import group
from builder.expression.values import NA, Context, Failure, Fault, Value

Thunk = Callable[[], Any]
logic = group("logic")


@logic("BLANK", "", "blank", "空值。", "Nothing: the value of an unanswered field.", ("ISBLANK(BLANK())", "TRUE"))
def blank(at: Context) -> None:
    return None


@logic("NA", "", "any", "错误值 #N/A。", "The failure #N/A: not available.", ("NA()", "#N/A"))
def na(at: Context) -> None:
    raise Fault(NA, "nothing_fits")


@logic(
    "IFERROR",
    "value:any otherwise:any",
    "=1|2",
    "第一个值出错时取第二个值。",
    "The second value if the first is a failure.",
    ("IFERROR(1 / 0, 2)", "2"),
    ("IFERROR(1, 2)", "1"),
    lazy=True,
)
def iferror(at: Context, value: Thunk, otherwise: Thunk) -> Any:
    found = value()
    return otherwise() if isinstance(found, Failure) else found


@logic(
    "IFNA",
    "value:any otherwise:any",
    "=1|2",
    "第一个值为 #N/A 时取第二个值。",
    "The second value if the first is #N/A.",
    ("IFNA(NA(), 2)", "2"),
    ("IFNA(1 / 0, 2)", "#DIV/0!"),
    lazy=True,
)
def ifna(at: Context, value: Thunk, otherwise: Thunk) -> Any:
    found = value()
    return otherwise() if isinstance(found, Failure) and found.code == NA else found


@logic(
    "COALESCE",
    "value:any*",
    "=1|2",
    "第一个不为空的值。",
    "The first value that is not blank.",
    ('COALESCE(BLANK(), "", 5)', "5"),
    ("COALESCE(BLANK())", "BLANK()"),
    lazy=True,
)
def coalesce(at: Context, *values: Thunk) -> Any:
    for value in values:
        found = value()
        if isinstance(found, Failure) or not is_blank(found):
            return found
    return None


@logic(
    "ISEMPTY",
    "value:any",
    "boolean",
    "值为空（未填、空文本或空列表）时为 TRUE。",
    "TRUE if nothing is there: unanswered, empty text, empty list.",
    ('ISEMPTY("")', "TRUE"),
    ("ISEMPTY(0)", "FALSE"),
)
def isempty(at: Context, value: Value) -> bool:
    return is_blank(value)


@logic(
    "ISBLANK",
    "value:any",
    "boolean",
    "未填写时为 TRUE；出错的值不算空。",
    "TRUE if unanswered; a failure is not blank.",
    ("ISBLANK(BLANK())", "TRUE"),
    ("ISBLANK(0)", "FALSE"),
    ("ISBLANK(1 / 0)", "FALSE"),
    catches=True,
)
def isblank(at: Context, value: Any) -> bool:
    return not isinstance(value, Failure) and is_blank(value)


@logic(
    "ISERROR",
    "value:any",
    "boolean",
    "值为错误时为 TRUE。",
    "TRUE if the value is a failure.",
    ("ISERROR(1 / 0)", "TRUE"),
    ("ISERROR(1)", "FALSE"),
    catches=True,
)
def iserror(at: Context, value: Any) -> bool:
    return isinstance(value, Failure)


@logic(
    "ISNA",
    "value:any",
    "boolean",
    "值为 #N/A 时为 TRUE。",
    "TRUE if the value is #N/A.",
    ("ISNA(NA())", "TRUE"),
    ("ISNA(1 / 0)", "FALSE"),
    catches=True,
)
def isna(at: Context, value: Any) -> bool:
    return isinstance(value, Failure) and value.code == NA


@logic(
    "ISNUMBER",
    "value:any",
    "boolean",
    "值为数字时为 TRUE。",
    "TRUE if the value is a number.",
    ("ISNUMBER(12)", "TRUE"),
    ('ISNUMBER("12")', "FALSE"),
    catches=True,
)
def isnumber(at: Context, value: Any) -> bool:
    return isinstance(value, Decimal)


@logic(
    "ISTEXT",
    "value:any",
    "boolean",
    "值为文本时为 TRUE。",
    "TRUE if the value is a text.",
    ('ISTEXT("a")', "TRUE"),
    ("ISTEXT(1)", "FALSE"),
    catches=True,
)
def istext(at: Context, value: Any) -> bool:
    return isinstance(value, str)


@logic(
    "ISLOGICAL",
    "value:any",
    "boolean",
    "值为 TRUE 或 FALSE 时为 TRUE。",
    "TRUE if the value is TRUE or FALSE.",
    ("ISLOGICAL(TRUE)", "TRUE"),
    ("ISLOGICAL(1)", "FALSE"),
    catches=True,
)
def islogical(at: Context, value: Any) -> bool:
    return isinstance(value, bool)
