"""What somebody meant whose text is no formula 公式改写: habits of other languages, put into ours if it then reads.

Each rule has a code of its own, whose sentence says how it is done here. Rules are tried one after another, each on
what those before it made; the first text that can be read is offered, under the code of the first rule that helped.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from builder.expression.parse import Tree, parse
from builder.expression.problem import ExpressionError, Problem

LONGEST, MOST_BRACKETS = 2_000, 40
"""A longer text is told of and not rewritten, nor are more brackets with signs of other languages in them."""
TEXTS = re.compile(r'"[^"]*"|“[^”]*”|＂[^＂]*＂|\{[^}]*\}')
"""What rules leave alone: texts and names in braces."""
WORDS = {
    "大于等于": ">=", "小于等于": "<=", "不等于": "<>", "大于": ">", "小于": "<", "等于": "=", "并且": "&&",
    "而且": "&&", "或者": "||", "乘以": "*", "除以": "/", "加上": "+", "减去": "-",
}  # fmt: skip
THOUSANDS = re.compile(r"(?<![\w.,，])[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])")
Change = Callable[[str], str]


@dataclass(frozen=True)
class Rule:
    """A rewriting: its code ("": what the parser says of it), and what it makes of a text; `whole` sees texts too,
    else only what lies between them."""

    code: str
    change: Change
    whole: bool = False

    def of(self, text: str) -> str:
        """The text rewritten."""
        return self.change(text) if self.whole else _between(text, self.change)


def mended(text: str, problem: Problem) -> Problem:
    """The problem with a text that can be read instead, if a rule knows one."""
    if len(text) > LONGEST:
        return problem
    made, code = text, ""
    for rule in RULES:
        after = rule.of(made)
        if after == made:
            continue
        made, code = after, code or rule.code
        if _reads(made):
            params = {"found": text[:80]} if code else problem.params
            return Problem(code or problem.code, params, 0, len(text), made.strip())
    return problem


def read(text: str) -> Tree:
    """The tree of a text; raises `ExpressionError` with what was meant, if that can be told."""
    try:
        return parse(text)
    except ExpressionError as error:
        raise ExpressionError(*(mended(text, problem) for problem in error.problems)) from None


def _reads(text: str) -> bool:
    try:
        parse(text)
    except ExpressionError:
        return False
    return True


def _between(text: str, change: Change) -> str:
    """The change made to everything but texts and names in braces."""
    found, at = "", 0
    for kept in TEXTS.finditer(text):
        found += change(text[at : kept.start()]) + kept[0]
        at = kept.end()
    return found + change(text[at:])


def _swapped(pattern: str, new: str) -> Change:
    rule = re.compile(pattern, re.IGNORECASE)
    return lambda text: rule.sub(new, text)


def _in_signs(text: str) -> str:
    for word, sign in WORDS.items():
        text = re.sub(rf"\s*{word}\s*", f" {sign} ", text)
    return text


def _quotes(text: str) -> str:
    """Single and curly quotes that go together badly, as double ones."""
    if text.count('"') % 2 == 0 and re.search("['‘’]", text):
        return re.sub(r"['‘]([^'‘’\"]*)['’]", r'"\1"', text)
    return re.sub("[“”＂‘’]", '"', text) if re.search("[“”＂‘’]", text) else text


def _closed_text(text: str) -> str:
    """A text that was not ended ends before the next separator or bracket, or with the formula."""
    bare = TEXTS.sub(lambda found: "x" * len(found[0]), text)
    if bare.count('"') != 1:
        return text
    start = bare.index('"')
    end = re.search(r"[,，;；)）]|\s*$", text[start:])
    at = start + end.start() if end else len(text)
    return text[:at] + '"' + text[at:]


def _braces(text: str) -> str:
    bare = TEXTS.sub("", text)
    return re.sub(r"\{(\w+)", r"{\1}", text) if "{" in bare else text.replace("}", "") if "}" in bare else text


def _depths(text: str) -> Iterator[tuple[int, str, int]]:
    """Every character outside of texts, with its place and how many brackets are open there."""
    kept = [found.span() for found in TEXTS.finditer(text)]
    depth = 0
    for at, letter in enumerate(text):
        if any(start <= at < end for start, end in kept):
            continue
        depth += (letter in "(（") - (letter in ")）")
        yield at, letter, depth


def _balanced(text: str) -> str:
    """As many brackets closed as are open: added at the end, or left out where there is nothing to close."""
    found, taken = text, 0
    for at, letter, depth in _depths(text):
        if depth + taken < 0 and letter in ")）":
            found = found[: at - taken] + found[at - taken + 1 :]
            taken += 1
    last = [depth for _, _, depth in _depths(found)][-1:] or [0]
    return found.rstrip() + ")" * last[0] if last[0] > 0 else found


def _called(text: str) -> str:
    """`a && b || c` as OR(AND(a, b), c), and so in every bracket, the innermost first."""
    for _ in range(MOST_BRACKETS):
        after = _joined_inside(text)
        if after == text:
            break
        text = after
    return _joined(text)


def _joined_inside(text: str) -> str:
    """The first bracket that has such signs in it, and no other such bracket, with calls in their place."""
    opened: list[int] = []
    for at, letter, _ in _depths(text):
        if letter in "(（":
            opened.append(at + 1)
        elif letter in ")）" and opened:
            start = opened.pop()
            inner = text[start:at]
            if "&&" in inner or "||" in inner:
                return text[:start] + ", ".join(map(_joined, _split(inner, ",，;；"))) + text[at:]
    return text


def _split(text: str, signs: str) -> list[str]:
    """The parts between separators that stand in no bracket and no text."""
    places = [at for at, letter, depth in _depths(text) if depth == 0 and letter in signs]
    edges = [-1, *places, len(text)]
    return [text[start + 1 : end].strip() for start, end in pairwise(edges)]


def _joined(text: str) -> str:
    for sign, name in (("||", "OR"), ("&&", "AND")):
        places = [at for at, _, depth in _depths(text) if depth == 0 and text[at : at + 2] == sign]
        if places:
            edges = [-2, *places, len(text)]
            parts = [text[start + 2 : end].strip() for start, end in pairwise(edges)]
            return f"{name}({', '.join(map(_joined, parts))})"
    return text


def _ternary(text: str) -> str:
    found = re.fullmatch(r"(.+?)[?？](.+?)[:：](.+)", text, re.S)
    return f"IF({found[1].strip()}, {found[2].strip()}, {found[3].strip()})" if found else text


def _then_else(text: str) -> str:
    found = re.fullmatch(r"\s*if\s+(.+?)\s+then\s+(.+?)(?:\s+else\s+(.+?))?\s*(?:end)?\s*", text, re.S | re.I)
    return f"IF({', '.join(part for part in found.groups() if part)})" if found else text


RULES = (
    Rule("written_leading_equals", lambda text: re.sub(r"^\s*[=＝]\s*(?![=＝])", "", text), True),
    Rule("written_trailing", lambda text: re.sub(r"[;；,，。.]+\s*$", "", text), True),
    Rule("written_quotes", _quotes, True),
    Rule("", _closed_text, True),
    Rule("written_brackets", _swapped(r"[\[【［]([^\]】］]+)[\]】］]", r"{\1}")),
    Rule("", _braces, True),
    Rule("written_words", _in_signs),
    Rule("written_comparison", lambda text: text.replace("=>", ">=").replace("=<", "<=").replace("><", "<>")
         .replace("!==", "<>").replace("===", "=").replace("~=", "<>")),
    Rule("written_power", lambda text: text.replace("**", "^")),
    Rule("written_me", _swapped(r"@me\b", "ME()")),
    Rule("written_me", _swapped(r"@today\b", "TODAY()")),
    Rule("written_money", _swapped(r"[$￥¥€]\s*(?=[0-9])", "")),
    Rule("written_thousands", lambda text: THOUSANDS.sub(lambda found: re.sub("[,，]", "", found[0]), text)),
    Rule("written_unit", _swapped(r"(?<![\w.])([0-9.]+)\s*(?:元|块|天|个|件|%%|days?|usd|rmb|cny)(?!\w)", r"\1")),
    Rule("written_empty", _swapped(r"(\S+)\s+is\s+not\s+(?:null|empty|blank)\b", r"NOT(ISEMPTY(\1))")),
    Rule("written_empty", _swapped(r"(\S+)\s+is\s+(?:null|empty|blank)\b", r"ISEMPTY(\1)")),
    Rule("", _balanced, True),
    Rule("written_then", _then_else, True),
    Rule("written_ternary", _ternary, True),
    Rule("written_logic", _swapped(r"\s+(?:and|且)\s+", " && ")),
    Rule("written_logic", _swapped(r"\s+(?:or|或)\s+", " || ")),
    Rule("written_logic", _swapped(r"[!！]\s*(?![=＝])(\w+(?:\([^()]*\))?)", r"NOT(\1)")),
    Rule("written_logic", _swapped(r"\bnot\s+([^()&|]+)", r"NOT(\1)")),
    Rule("written_logic", _called, True),
    Rule("written_remainder", _swapped(r"([\w.]+)\s*%\s*([0-9.]+)", r"MOD(\1, \2)")),
    Rule("written_comma", lambda text: re.sub(r'([\w"”)）}])\s+(?=["“{\w])', r"\1, ", text), True),
)  # fmt: skip
"""From what changes least to what changes most."""
