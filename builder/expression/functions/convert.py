"""Functions that turn one type into another 转换函数, and those that know people."""

from datetime import date, datetime, time
from decimal import Decimal

from builder.expression.coerce import is_blank, read_number, to_date, to_number, to_text, whole
from builder.expression.dates import read_moment
from builder.expression.functions.format import format_days, format_moment, format_number, grouped, is_timely
from builder.expression.functions.number import chance
from builder.expression.functions.rmb import capitals
from builder.expression.table import group
from builder.expression.values import VALUE, Context, Fault, Value

convert = group("convert")


@convert(
    "TEXT",
    "value:any format:text?",
    "text",
    "把数字或日期按格式转为文本。",
    "A number or date as text, by a format.",
    ('TEXT(1234.5, "#,##0.00")', '"1,234.50"'),
    ('TEXT(0.256, "0%")', '"26%"'),
    ("TEXT(12.50)", '"12.5"'),
    ('TEXT(DATE(2026, 11, 23), "yyyy年m月d日")', '"2026年11月23日"'),
    ('TEXT(1.1, "[hh]:mm:ss")', '"26:24:00"'),
)
def text(at: Context, value: Value, code: str | None = None) -> str:
    if code is None or value is None or isinstance(value, bool | list):
        return to_text(value, at)
    if len(code) > 200:
        raise Fault(VALUE, "no_such_format", found=code[:40])
    if isinstance(value, str):
        return _text_formatted(value, code, at)
    if isinstance(value, Decimal):
        return format_days(value, code) if is_timely(code) else format_number(value, code)
    if isinstance(value, date | datetime | time):
        return format_moment(value, code, at) if is_timely(code) or code else to_text(value, at)
    raise Fault(VALUE, "wrong_type", type="rows", wanted="text")


def _text_formatted(value: str, code: str, at: Context) -> str:
    if not is_timely(code):
        number = read_number(value)
        return value if number is None else format_number(number, code)
    try:
        return format_moment(read_moment(value, at), code, at)
    except Fault:
        return value


@convert(
    "VALUE",
    "text:any",
    "number",
    "把文本转为数字。",
    "The number that a text says.",
    ('VALUE("$11,000")', "11000"),
    ('VALUE("12%")', "0.12"),
    ('VALUE("2+2")', "#VALUE!"),
)
def value(at: Context, text_: Value) -> Decimal:
    return to_number(text_)


@convert(
    "N",
    "value:any",
    "number",
    "数字取其本身，TRUE 为 1，其余为 0。",
    "A number as it is, TRUE as 1, all else as 0.",
    ("N(TRUE)", "1"),
    ('N("a")', "0"),
)
def n(at: Context, value_: Value) -> Decimal:
    return to_number(value_) if isinstance(value_, bool | Decimal) else Decimal(0)


@convert(
    "FIXED",
    "number:number digits:number? plain:boolean?",
    "text",
    "按固定小数位数转为文本。",
    "A number as text with fixed digits after the point.",
    ("FIXED(1234.567, 1)", '"1,234.6"'),
    ("FIXED(1234.567, -1)", '"1,230"'),
)
def fixed(at: Context, number: Decimal, digits: Decimal | None = None, without: bool | None = None) -> str:
    places = 2 if digits is None else whole(digits)
    if abs(places) > 127:
        raise Fault(VALUE, "number_too_large")
    return grouped(number, places, not without)


@convert(
    "DATEVALUE",
    "text:moment",
    "date",
    "把文本转为日期。",
    "The date that a text says.",
    ('DATEVALUE("2026年11月23日")', "DATE(2026, 11, 23)"),
    ('DATEVALUE("foo")', "#VALUE!"),
)
def datevalue(at: Context, moment: date | datetime | time) -> date:
    return to_date(moment, at)


@convert(
    "TIMEVALUE",
    "text:moment",
    "time",
    "把文本转为时间。",
    "The time of day that a text says.",
    ('HOUR(TIMEVALUE("3:00pm"))', "15"),
)
def timevalue(at: Context, moment: date | datetime | time) -> time:
    if isinstance(moment, datetime):
        return at.local(moment).time()
    return moment if isinstance(moment, time) else time(0)


@convert(
    "RMBCAP",
    "amount:number",
    "text",
    "人民币大写金额。",
    "An amount of money in Chinese capitals.",
    ("RMBCAP(107000.53)", '"壹拾万柒仟元伍角叁分"'),
    ("RMBCAP(1680.32)", '"壹仟陆佰捌拾元叁角贰分"'),
    ("RMBCAP(0)", '"零元整"'),
)
def rmbcap(at: Context, amount: Decimal) -> str:
    return capitals(amount)


@convert(
    "ME",
    "",
    "text",
    "当前用户的编号。",
    "The id of the person who acts, to compare with a member field.",
    ("ISTEXT(ME()) = ISTEXT(GETUSERNAME())", "TRUE"),
)
def me(at: Context) -> str | None:
    return None if at.me is None else str(at.me.get("id"))


@convert(
    "GETUSERNAME",
    "",
    "text",
    "当前用户的姓名。",
    "The name of the person who acts.",
    ("ISERROR(GETUSERNAME())", "FALSE"),
)
def getusername(at: Context) -> str | None:
    return None if at.me is None or at.me.get("name") is None else str(at.me["name"])


@convert(
    "MYDEPARTMENTS",
    "",
    "list:text",
    "当前用户所在部门的编号。",
    "The ids of the departments of the person who acts.",
    ("ISERROR(MYDEPARTMENTS())", "FALSE"),
)
def mydepartments(at: Context) -> list[Value]:
    return [] if at.me is None else [str(one) for one in at.me.get("departments") or ()]


@convert(
    "TEXTUSER", "member:any", "text", "成员的姓名。", "The names of one or more members.", ("TEXTUSER(BLANK())", '""')
)
def textuser(at: Context, member: Value) -> str:
    return _names("member", member, at)


@convert(
    "TEXTDEPT",
    "department:any",
    "text",
    "部门的名称。",
    "The names of one or more departments.",
    ("TEXTDEPT(BLANK())", '""'),
)
def textdept(at: Context, department: Value) -> str:
    return _names("department", department, at)


def _names(kind: str, ids: Value, at: Context) -> str:
    wanted = ids if isinstance(ids, list) else [ids]
    found = [to_text(one, at) for one in wanted if not is_blank(one)]
    return ", ".join((at.names(kind, one) if at.names else None) or one for one in found)


@convert(
    "UUID", "", "text", "随机生成的唯一编号。", "An identifier by chance that comes only once.", ("LEN(UUID())", "36")
)
def uuid(at: Context) -> str:
    draw = chance(at)
    digits = "".join(f"{int(draw() * 65_536) % 65_536:04x}" for _ in range(8))
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
