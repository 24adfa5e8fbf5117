"""Cuts the text of an expression 表达式 into tokens; full-width punctuation is read like its ASCII twin."""

import re
from dataclasses import dataclass

from builder.expression.problem import ExpressionError, Problem

MAX_TEXT = 20_000
WIDE = {ord("、"): ",", ord("×"): "*", ord("÷"): "/", ord("≠"): "<>", ord("≤"): "<=", ord("≥"): ">=", ord("−"): "-"}
OPERATORS = ("<>", "<=", ">=", "==", "!=", "+", "-", "*", "/", "^", "&", "=", "<", ">", "%", "(", ")", ",", ";", ".")
SAME = {"==": "=", "!=": "<>", ";": ","}
NUMBER = re.compile(r"(?:[0-9０-９]+(?:[.．][0-9０-９]*)?|[.．][0-9０-９]+)(?:[eE][+-]?[0-9]{1,4}(?![0-9]))?")
CLOSING = {'"': '"', "“": "”", "”": "”", "＂": "＂"}


@dataclass(frozen=True)
class Token:
    """A piece of the text: `kind` is number, text, name, braced, end, or the operator itself."""

    kind: str
    value: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, ended by one of kind `end`; raises `ExpressionError`."""
    if len(text) > MAX_TEXT:
        raise ExpressionError(Problem("text_too_long", {"limit": MAX_TEXT, "length": len(text)}, 0, len(text)))
    found: list[Token] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _next(text, place)
        found.append(token)
        place = token.end
    return [*found, Token("end", "", len(text), len(text))]


def _next(text: str, place: int) -> Token:
    character = text[place]
    number = NUMBER.match(text, place)
    if number:
        return Token("number", _narrow(number.group()), place, number.end())
    if character in CLOSING:
        return _quoted(text, place)
    if character == "{":
        return _braced(text, place)
    if starts_name(character):
        end = place + 1
        while end < len(text) and continues_name(text[end]):
            end += 1
        return Token("name", text[place:end], place, end)
    return _operator(text, place)


def _operator(text: str, place: int) -> Token:
    wide = _narrow(text[place])
    two = _narrow(text[place : place + 2])
    for operator in OPERATORS:
        if two.startswith(operator) or wide == operator:
            length = 1 if wide == operator else len(operator)
            return Token(SAME.get(operator, operator), operator, place, place + length)
    raise ExpressionError(Problem("unexpected_character", {"found": text[place]}, place, place + 1))


def _quoted(text: str, place: int) -> Token:
    close = CLOSING[text[place]]
    pieces: list[str] = []
    start = place + 1
    while True:
        end = text.find(close, start)
        if end < 0:
            raise ExpressionError(Problem("text_not_closed", {"close": close}, place, len(text)))
        pieces.append(text[start:end])
        if text[end + 1 : end + 2] != close:
            return Token("text", close.join(pieces), place, end + 1)
        start = end + 2


def _braced(text: str, place: int) -> Token:
    end = text.find("}", place)
    if end < 0 or not text[place + 1 : end].strip():
        raise ExpressionError(Problem("name_not_closed", {}, place, len(text) if end < 0 else end + 1))
    return Token("braced", text[place + 1 : end], place, end + 1)


def starts_name(character: str) -> bool:
    """Whether a name may begin with this character."""
    return character.isalpha() or character == "_"


def continues_name(character: str) -> bool:
    """Whether a name may go on with this character."""
    return character.isalnum() or character == "_"


def is_name(text: str) -> bool:
    """Whether `text` can be written as a name without braces."""
    return bool(text) and starts_name(text[0]) and all(map(continues_name, text)) and text.upper() not in RESERVED


RESERVED = frozenset({"TRUE", "FALSE"})


def _narrow(text: str) -> str:
    return "".join(
        WIDE.get(code, chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else character)
        for character in text
        for code in (ord(character),)
    )
