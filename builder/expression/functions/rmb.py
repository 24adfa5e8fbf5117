"""Amounts of money in Chinese capitals 大写金额, by the rules of the central bank for payment papers."""

from decimal import ROUND_HALF_UP, Decimal

from builder.expression.functions.number import rounded
from builder.expression.values import NUM, Fault

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def capitals(amount: Decimal) -> str:
    """The amount in capitals: 元 ends with 整, 角 too, 分 does not; a run of zeros within gives one 零."""
    cents = int(rounded(abs(amount), Decimal(2), ROUND_HALF_UP) * 100)
    if cents >= 10**18:
        raise Fault(NUM, "number_out_of_range")
    if cents == 0:
        return "零元整"
    yuan, rest = divmod(cents, 100)
    jiao, fen = divmod(rest, 10)
    text = f"{integer(yuan)}元" if yuan else ""
    if rest == 0:
        text += "整"
    elif fen == 0:
        text += f"{DIGITS[jiao]}角整"
    else:
        zero = "零" if yuan and not jiao else ""
        text += (f"{DIGITS[jiao]}角" if jiao else zero) + f"{DIGITS[fen]}分"
    return ("负" if amount < 0 else "") + text


def integer(number: int) -> str:
    """A whole number in capitals."""
    text, zero = "", False
    groups = [number // 10_000**index % 10_000 for index in range(4)]
    for index in range(3, -1, -1):
        group = groups[index]
        if group == 0:
            zero = bool(text)
            text += "亿" if index == 2 and groups[3] and not text.endswith("亿") else ""
            continue
        if text and (zero or group < 1000):
            text += "零"
        text += _group(group) + ("万" if index == 3 and groups[2] else GROUPS[index])
        zero = False
    return text


def _group(group: int) -> str:
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            zero = bool(text)
            continue
        text += ("零" if zero else "") + DIGITS[digit] + PLACES[place]
        zero = False
    return text
