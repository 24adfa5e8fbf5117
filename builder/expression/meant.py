"""What a name means that is not there 名字的猜测: an option without quotes, a function called otherwise elsewhere."""

from difflib import get_close_matches
from typing import Any

from builder.expression.catalogue import FUNCTIONS
from builder.expression.parse import print_tree
from builder.expression.values import Scope, Shape

TRUTHS = {"是": True, "真": True, "yes": True, "true": True, "1": True, "对": True, "on": True, "已勾选": True,
          "否": False, "假": False, "no": False, "false": False, "0": False, "错": False, "off": False}  # fmt: skip
"""Words for yes and no."""
NOTHING = frozenset({"null", "none", "nil", "empty", "undefined", "blank", "空", "空值", "无"})
"""Words for nothing."""
NAMES = {
    "求和": "SUM", "合计": "SUM", "总和": "SUM", "平均": "AVERAGE", "平均值": "AVERAGE", "计数": "COUNT",
    "最大值": "MAX", "最大": "MAX", "最小值": "MIN", "最小": "MIN", "如果": "IF", "若": "IF", "并且": "AND",
    "且": "AND", "或者": "OR", "或": "OR", "非": "NOT", "不": "NOT", "四舍五入": "ROUND", "取整": "INT",
    "今天": "TODAY", "现在": "NOW", "年": "YEAR", "月": "MONTH", "日": "DAY", "大写": "RMBCAP",
    "包含": "CONTAINS", "为空": "ISEMPTY", "是否为空": "ISEMPTY", "长度": "LEN", "AVG": "AVERAGE",
    "MEAN": "AVERAGE", "LENGTH": "LEN", "LENB": "LEN", "STRLEN": "LEN", "SUBSTR": "MID", "SUBSTRING": "MID",
    "UCASE": "UPPER", "TOUPPER": "UPPER", "LCASE": "LOWER", "TOLOWER": "LOWER", "CEIL": "CEILING",
    "IFNULL": "COALESCE", "NVL": "COALESCE", "ISNULL": "ISBLANK", "DATEDIFF": "DATEDIF", "DATEADD": "DATEDELTA",
    "ADDDAYS": "DATEDELTA", "ADDMONTHS": "EDATE", "INCLUDES": "CONTAINS", "IN": "CONTAINS", "CASE": "SWITCH",
    "DECODE": "SWITCH", "TONUMBER": "VALUE", "NUMBER": "VALUE", "TOSTRING": "TEXT", "STR": "TEXT",
    "FORMAT": "TEXT", "POW": "POWER", "RANDOM": "RAND", "STDEV.S": "STDEV", "STDEV.P": "STDEVP", "VAR.S": "VAR",
    "MODE.SNGL": "MODE", "CURRENTUSER": "ME", "USER": "ME", "GETDATE": "TODAY", "CURRENT_DATE": "TODAY",
    "VLOOKUP": "MAPX", "XLOOKUP": "MAPX", "HLOOKUP": "MAPX", "LOOKUP": "MAPX", "INSTR": "FIND",
    "INDEXOF": "FIND", "TRUNCATE": "TRUNC", "SQR": "SQRT",
}  # fmt: skip
"""What functions are called in Chinese, in spreadsheets and in other languages."""


def meant(name: str, scope: Scope) -> tuple[str, dict[str, Any], str] | None:
    """What a name that is no field stands for: the code, its params, and what to write instead."""
    if name.lower() in NOTHING:
        return "unknown_name", {"name": name}, "BLANK()"
    if name.lower() in TRUTHS:
        return "unknown_name", {"name": name}, "TRUE" if TRUTHS[name.lower()] else "FALSE"
    if _is_option(name, scope):
        return "option_without_quotes", {"option": name}, print_tree(["lit", name])
    function = FUNCTIONS.get(name.upper()) or FUNCTIONS.get(NAMES.get(name.upper(), ""))
    if function is not None and function.fits(0):
        return "function_without_brackets", {"name": function.name}, f"{function.name}()"
    return None


def _is_option(name: str, scope: Scope) -> bool:
    shapes: list[Shape] = [*scope.values()]
    inner = [column for shape in shapes for column in (shape.columns or {}).values()]
    return any(name in (shape.options or {}).values() for shape in (*shapes, *inner))


def other_name(name: str) -> str | None:
    """The function that is called so elsewhere, or almost so here."""
    close = get_close_matches(name.upper(), FUNCTIONS, 1, 0.65)
    return NAMES.get(name.upper()) or (close[0] if close else None)
