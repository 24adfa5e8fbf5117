"""JSON as databases take it 编码: without NUL and lone surrogates, which PostgreSQL refuses, or numbers none reads."""

import json
import re
from typing import Any

import orjson

UNTAKEN = re.compile("[\x00\ud800-\udfff]")
HELD = 2**63
"""Whole numbers up to here are read back as they were; larger ones are kept as decimal texts, as numbers are."""
NOWHERE = "\uffff"
"""What stands for an untaken character in a question: no stored text has it, so nothing is found."""


def encode(value: Any) -> str:
    """The JSON text."""
    try:
        text = orjson.dumps(value).decode()
    except (TypeError, orjson.JSONEncodeError):
        text = json.dumps(_clean(value), ensure_ascii=True)
    return json.dumps(_clean(json.loads(text)), ensure_ascii=False) if "\\u" in text else text


def decode(text: str | bytes) -> Any:
    """The value."""
    return orjson.loads(text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return UNTAKEN.sub("", value)
    if isinstance(value, list):
        return [_clean(entry) for entry in value]
    if isinstance(value, dict):
        return {UNTAKEN.sub("", key): _clean(entry) for key, entry in value.items()}
    if isinstance(value, int) and not -HELD <= value < HELD:
        return str(value)
    return value


def askable(text: str) -> str:
    """A text from a question, as a database takes it."""
    return UNTAKEN.sub(NOWHERE, text)


def storable(text: str) -> str:
    """A text for a column, as a database takes it."""
    return UNTAKEN.sub("", text)
