"""Texts of a known shape 文本格式: identity cards, postcodes, plates, and patterns of one's own.

Patterns are matched by Rust's regex engine (within pydantic), which needs time in proportion to the text: no pattern
and no text, however made, can hold the server up.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field as Setting
from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaError

from builder.problem import FieldError

Format = Literal["", "id_card", "postcode", "plate", "credit_code", "pattern"]
ID_CARD = re.compile(r"^\d{17}[\dX]$")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
POSTCODE = re.compile(r"^\d{6}$")
PLATE = re.compile(
    r"^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z]"
    r"(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJ-NP-Z0-9]{6})$"
)
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
FULL_WIDTH = str.maketrans({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


def id_card(text: str) -> str:
    """A Chinese identity number of 18 signs with a day of birth and a right check digit; raises `FieldError`."""
    bare = _bare(text)
    if not ID_CARD.match(bare) or not _is_day(bare[6:14]):
        raise FieldError("must_be_id_card")
    total = sum(int(sign) * weight for sign, weight in zip(bare[:17], WEIGHTS, strict=True))
    if CHECK_DIGITS[total % 11] != bare[17]:
        raise FieldError("id_card_check_digit")
    return bare


def postcode(text: str) -> str:
    """Six digits; raises `FieldError`."""
    bare = _bare(text)
    if not POSTCODE.match(bare):
        raise FieldError("must_be_postcode")
    return bare


def plate(text: str) -> str:
    """A Chinese number plate, of new-energy cars too; raises `FieldError`."""
    bare = _bare(text).replace("·", "").replace("-", "")
    if not PLATE.match(bare):
        raise FieldError("must_be_plate")
    return bare


def credit_code(text: str) -> str:
    """A unified social credit code with a right check sign 统一社会信用代码; raises `FieldError`."""
    bare = _bare(text)
    if len(bare) != 18 or any(sign not in CREDIT_SIGNS for sign in bare):
        raise FieldError("must_be_credit_code")
    total = sum(CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(bare[:17], CREDIT_WEIGHTS, strict=True))
    if CREDIT_SIGNS[-total % 31] != bare[17]:
        raise FieldError("must_be_credit_code")
    return bare


FORMATS: dict[str, Callable[[str], str]] = {
    "id_card": id_card, "postcode": postcode, "plate": plate, "credit_code": credit_code,
}  # fmt: skip


def _bare(text: str) -> str:
    """Without blanks, in capitals, full-width signs made plain."""
    return re.sub(r"\s+", "", text.translate(FULL_WIDTH)).upper()


def _is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def usable_pattern(pattern: str) -> str:
    """The pattern, if it is one; raises `ValueError`."""
    try:
        for each in (pattern, whole(pattern)):
            _matcher(each)
    except SchemaError:
        raise ValueError(
            "not a pattern that can be matched in linear time: no look-around, no back-references"
        ) from None
    return pattern


def matches_pattern(pattern: str, text: str) -> bool:
    """Whether the whole text matches; an empty pattern asks nothing."""
    try:
        _matcher(whole(pattern)).validate_python(text)
    except ValidationError:
        return False
    return True


def whole(pattern: str) -> str:
    """The pattern for a whole text."""
    return rf"\A(?:{pattern})\z" if pattern else ""


@lru_cache(maxsize=500)
def _matcher(pattern: str) -> TypeAdapter[str]:
    return TypeAdapter(Annotated[str, Setting(pattern=pattern)])
