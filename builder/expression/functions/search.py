"""Functions that look for pieces of a text and put others in their place 查找与替换函数."""

from decimal import Decimal

from builder.expression.functions.text import bounded, count_of
from builder.expression.operators import MAX_TEXT
from builder.expression.table import group
from builder.expression.values import VALUE, Context, Fault

text = group("text")


@text(
    "FIND",
    "what:text text:text start:number?",
    "number",
    "查找文字的位置，区分大小写。",
    "The place of a piece in a text; capitals matter.",
    ('FIND("M", "Miriam McGovern")', "1"),
    ('FIND("x", "abc")', "#VALUE!"),
)
def find(at: Context, what: str, text_: str, start: Decimal | None = None) -> Decimal:
    place = text_.find(what, count_of(start, 1, 1) - 1)
    if place < 0:
        raise Fault(VALUE, "not_found", found=what[:40])
    return Decimal(place + 1)


@text(
    "SEARCH",
    "what:text text:text start:number?",
    "number",
    "查找文字的位置，不区分大小写。",
    "The place of a piece in a text; capitals do not matter.",
    ('SEARCH("margin", "Profit Margin")', "8"),
    ('SEARCH("x", "abc")', "#VALUE!"),
)
def search(at: Context, what: str, text_: str, start: Decimal | None = None) -> Decimal:
    return find(at, folded(what), folded(text_), start)


def folded(text_: str) -> str:
    """The text in small letters, as long as before."""
    return "İ".join("σ".join(part.lower() for part in piece.split("Σ")) for piece in text_.split("İ"))


@text(
    "REPLACE",
    "text:text start:number count:number new:text",
    "text",
    "从指定位置起替换若干个字符。",
    "With the characters from a place on replaced.",
    ('REPLACE("13800138000", 4, 4, "****")', '"138****8000"'),
)
def replace(at: Context, text_: str, start: Decimal, count: Decimal, new: str) -> str:
    first = count_of(start, 1, 1) - 1
    return bounded(text_[:first] + new + text_[first + count_of(count, 0) :])


@text(
    "SUBSTITUTE",
    "text:text old:text new:text which:number?",
    "text",
    "替换文字，可只替换第几处。",
    "With a piece replaced, everywhere or only its n-th time.",
    ('SUBSTITUTE("a-a-a", "-", ":", 2)', '"a-a:a"'),
    ('SUBSTITUTE("a-a", "-", "")', '"aa"'),
)
def substitute(at: Context, text_: str, old: str, new: str, which: Decimal | None = None) -> str:
    if not old:
        return text_
    if which is None:
        if text_.count(old) * len(new) > MAX_TEXT:
            raise Fault(VALUE, "result_too_large", limit=MAX_TEXT)
        return bounded(text_.replace(old, new))
    pieces = text_.split(old)
    nth = count_of(which, 1, 1)
    if nth >= len(pieces):
        return text_
    return bounded(old.join(pieces[:nth]) + new + old.join(pieces[nth:]))


@text(
    "STARTSWITH",
    "text:text piece:text",
    "boolean",
    "文本以此开头时为 TRUE。",
    "TRUE if the text begins with the piece.",
    ('STARTSWITH("QB-001", "QB")', "TRUE"),
)
def startswith(at: Context, text_: str, piece: str) -> bool:
    return text_.startswith(piece)


@text(
    "ENDSWITH",
    "text:text piece:text",
    "boolean",
    "文本以此结尾时为 TRUE。",
    "TRUE if the text ends with the piece.",
    ('ENDSWITH("a.pdf", ".pdf")', "TRUE"),
)
def endswith(at: Context, text_: str, piece: str) -> bool:
    return text_.endswith(piece)
