"""Functions over text 文本函数; places and lengths count characters (code points), from 1."""

import re
from decimal import Decimal

from builder.expression.coerce import flat, is_blank, to_text, whole
from builder.expression.operators import MAX_TEXT
from builder.expression.table import group
from builder.expression.values import VALUE, Context, Fault, Value

text = group("text")


def bounded(result: str) -> str:
    """The text, unless it is too large."""
    if len(result) > MAX_TEXT:
        raise Fault(VALUE, "result_too_large", limit=MAX_TEXT)
    return result


def joined(at: Context, values: list[Value], separator: str) -> str:
    """The values as one text with a separator between them; too large a text is never built."""
    pieces, length = [], 0
    for value in values:
        pieces.append(to_text(value, at))
        length += len(pieces[-1]) + len(separator)
        if length - len(separator) > MAX_TEXT:
            raise Fault(VALUE, "result_too_large", limit=MAX_TEXT)
    return separator.join(pieces)


def count_of(number: Decimal | None, default: int, least: int = 0) -> int:
    """A count or place among the arguments."""
    found = default if number is None else whole(number)
    if found < least:
        raise Fault(VALUE, "number_too_small", found=found, least=least)
    return found


@text(
    "CONCATENATE",
    "value:any*",
    "text",
    "把各个值连成一段文本。",
    "The values as one text.",
    ('CONCATENATE("单号", 12)', '"单号12"'),
)
@text(
    "CONCAT", "value:any*", "text", "把各个值连成一段文本。", "The values as one text.", ('CONCAT(1, "one")', '"1one"')
)
def concatenate(at: Context, *values: Value) -> str:
    return joined(at, flat(values), "")


@text(
    "JOIN",
    "values:list separator:text",
    "text",
    "用分隔符连接列表中的各项。",
    "The items of a list with a separator between them.",
    ('JOIN(SPLIT("a,b", ","), "-")', '"a-b"'),
)
def join(at: Context, values: list[Value], separator: str) -> str:
    return joined(at, values, separator)


@text(
    "TEXTJOIN",
    "separator:text skip:boolean value:any*",
    "text",
    "用分隔符连接各个值，可忽略空值。",
    "The values with a separator between them, with or without blanks.",
    ('TEXTJOIN("-", TRUE, "a", "", "b")', '"a-b"'),
)
def textjoin(at: Context, separator: str, skip: bool, *values: Value) -> str:
    kept = [value for value in flat(values) if not (skip and is_blank(value))]
    return joined(at, kept, separator)


@text(
    "LEFT",
    "text:text count:number?",
    "text",
    "从左边取若干个字符。",
    "The first characters of a text.",
    ('LEFT("巧板平台", 2)', '"巧板"'),
    ('LEFT("abc")', '"a"'),
)
def left(at: Context, text_: str, count: Decimal | None = None) -> str:
    return text_[: count_of(count, 1)]


@text(
    "RIGHT",
    "text:text count:number?",
    "text",
    "从右边取若干个字符。",
    "The last characters of a text.",
    ('RIGHT("13800138000", 4)', '"8000"'),
    ('RIGHT("abc", 0)', '""'),
)
def right(at: Context, text_: str, count: Decimal | None = None) -> str:
    return text_[max(0, len(text_) - count_of(count, 1)) :]


@text(
    "MID",
    "text:text start:number count:number",
    "text",
    "从指定位置起取若干个字符。",
    "Characters from a place on.",
    ('MID("巧板平台", 3, 2)', '"平台"'),
    ('MID("abc", 0, 1)', "#VALUE!"),
)
def mid(at: Context, text_: str, start: Decimal, count: Decimal) -> str:
    first = count_of(start, 1, 1) - 1
    return text_[first : first + count_of(count, 0)]


@text("LEN", "text:text", "number", "字符个数。", "How many characters a text has.", ('LEN("巧板😀")', "3"))
def len_(at: Context, text_: str) -> Decimal:
    return Decimal(len(text_))


@text(
    "TRIM",
    "text:text",
    "text",
    "去掉首尾空格，中间的连续空格只留一个。",
    "Without spaces around, and single ones within.",
    ('TRIM("  a   b ")', '"a b"'),
)
def trim(at: Context, text_: str) -> str:
    return re.sub(" +", " ", text_.strip(" "))


@text(
    "CLEAN",
    "text:text",
    "text",
    "去掉控制字符。",
    "Without control characters.",
    ('CLEAN("a" & CHAR(7) & "b")', '"ab"'),
)
def clean(at: Context, text_: str) -> str:
    return "".join(character for character in text_ if ord(character) >= 32)


@text("UPPER", "text:text", "text", "转为大写。", "In capital letters.", ('UPPER("abc")', '"ABC"'))
def upper(at: Context, text_: str) -> str:
    return bounded(text_.upper())


@text("LOWER", "text:text", "text", "转为小写。", "In small letters.", ('LOWER("ABC")', '"abc"'))
def lower(at: Context, text_: str) -> str:
    """Character by character: a sigma at the end of a word is one like any other."""
    return bounded("σ".join(part.lower() for part in text_.split("Σ")))


@text(
    "PROPER",
    "text:text",
    "text",
    "每个单词首字母大写。",
    "Every word with a capital.",
    ('PROPER("zhang san")', '"Zhang San"'),
)
def proper(at: Context, text_: str) -> str:
    return re.sub("[A-Za-z]+", lambda found: found[0][0].upper() + found[0][1:].lower(), text_)


@text(
    "REPT", "text:text count:number", "text", "重复若干次。", "The text so many times.", ('REPT("ab", 3)', '"ababab"')
)
def rept(at: Context, text_: str, count: Decimal) -> str:
    times = count_of(count, 0)
    if times * len(text_) > MAX_TEXT:
        raise Fault(VALUE, "result_too_large", limit=MAX_TEXT)
    return text_ * times


@text(
    "EXACT",
    "one:any other:any",
    "boolean",
    "两段文本完全相同时为 TRUE。",
    "TRUE if the two read the same.",
    ('EXACT("a", "A")', "FALSE"),
    ('EXACT(123, "123")', "TRUE"),
)
def exact(at: Context, one: Value, other: Value) -> bool:
    return to_text(one, at) == to_text(other, at)


@text("CHAR", "code:number", "text", "编码对应的字符。", "The character with this code.", ("CHAR(65)", '"A"'))
@text(
    "UNICHAR",
    "code:number",
    "text",
    "Unicode 编码对应的字符。",
    "The character with this Unicode number.",
    ("UNICHAR(24039)", '"巧"'),
)
def char(at: Context, code: Decimal) -> str:
    number = whole(code)
    if not 1 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise Fault(VALUE, "no_such_character", found=str(number))
    return chr(number)


@text("CODE", "text:text", "number", "首字符的编码。", "The code of the first character.", ('CODE("A")', "65"))
@text(
    "UNICODE",
    "text:text",
    "number",
    "首字符的 Unicode 编码。",
    "The Unicode number of the first character.",
    ('UNICODE("€")', "8364"),
)
def code(at: Context, text_: str) -> Decimal:
    if not text_:
        raise Fault(VALUE, "text_is_empty")
    return Decimal(ord(text_[0]))


@text(
    "SPLIT",
    "text:text separator:text",
    "list:text",
    "按分隔符拆成列表。",
    "The pieces of a text between separators, as a list.",
    ('INDEX(SPLIT("a-b-c", "-"), 2)', '"b"'),
)
def split(at: Context, text_: str, separator: str) -> list[str]:
    if not text_:
        return []
    return text_.split(separator) if separator else list(text_)


@text(
    "T",
    "value:any",
    "text",
    "值为文本时取其本身，否则为空文本。",
    "The value if it is a text, else an empty text.",
    ('T("a")', '"a"'),
    ("T(1)", '""'),
)
def t(at: Context, value: Value) -> str:
    return value if isinstance(value, str) else ""


@text(
    "UNION",
    "values:list*",
    "=1",
    "合并列表并去重。",
    "The items of all lists, each once.",
    ('JOIN(UNION(SPLIT("a,b", ","), SPLIT("b,c", ",")), "")', '"abc"'),
)
def union(at: Context, *lists: list[Value]) -> list[Value]:
    seen: set[tuple[str, Value]] = set()
    found: list[Value] = []
    for item in flat(lists):
        key = (type(item).__name__, item) if not isinstance(item, dict) else None
        if key is None or item is None or key in seen:
            continue
        seen.add(key)
        found.append(item)
    return found
